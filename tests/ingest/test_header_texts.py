"""What a header means, what it only seems to mean, and which rows below it are data."""

import time

import pyarrow as pa
import pytest

from tallinn.datasets import datasets
from tallinn.ingest.headers import meaning_of
from tallinn.ingest.measures import letter_apart, measure
from tallinn.ingest.recognise import Table, recognise
from tallinn.ingest.sheets import Sheet

MONEY = ["Donor", "Stage", "Within the Mechanism", "Amount", "Currency", "Value date"]
GIFT = ["Estonia", "Commitment", "Yes", 100, "EUR", "2025-07-02"]


def recognised(*rows: list[object]) -> Table:
    table = recognise(Sheet.of(rows, "sent"))
    assert table is not None
    return table


def left_out(table: Table) -> list[tuple[str, int | None]]:
    rules = ("subtotal-row", "title-row", "footer-row", "repeated-header", "numbering-row")
    return [(found.rule, found.row) for found in table.findings if found.rule in rules]


@pytest.mark.parametrize(
    ("header", "currency", "unit"),
    [
        ("Amount (EUR)", "EUR", 1),
        ("amountUSD", "USD", 1),
        ("Сума, грн", "UAH", 1),
        ("Сума (тис. грн)", "UAH", 1000),
        ("Betrag (T€)", "EUR", 1000),
        ("Betrag in Mrd. EUR", "EUR", 1_000_000_000),
        ("Summa (tuh eurot)", "EUR", 1000),
        ("Belopp i SEK", "SEK", 1),
        ("Montant (en milliers d'euros)", "EUR", 1000),
        ("Funding / Amount (EUR million)", "EUR", 1_000_000),
        ("Amount (€m)", "EUR", 1_000_000),
        ("Amount £m", "GBP", 1_000_000),
        ("Amount EURm", "EUR", 1_000_000),
        ("Amount USD (M)", "USD", 1_000_000),
        ("Amount, in EUR m", "EUR", 1_000_000),
        ("Value (USD mn)", "USD", 1_000_000),
        ("amount_keur", "EUR", 1000),
        ("AmountThousands", None, 1000),
        ("Amount (€ '000)", "EUR", 1000),
        ("Amount (EUR 1000s)", "EUR", 1000),
        ("Сума (млн. дол. США)", "USD", 1_000_000),
        ("Bedrag (x € 1.000)", "EUR", 1000),
        ("Bedrag in duizenden euro's", "EUR", 1000),
        ("Montant (Md€)", "EUR", 1_000_000_000),
        ("Beløp (mill. kr)", None, 1_000_000),
        ("Beløb i 1.000 kr.", None, 1000),
        ("Belopp i tusental kronor", None, 1000),
        ("Kwota w tysiącach zł", "PLN", 1000),
        ("Importo (migliaia di euro)", "EUR", 1000),
        ("Määrä tuhansissa", None, 1000),
        ("Summa (miljonites)", None, 1_000_000),
        ("Amount (EUR/USD)", None, 1),
    ],
)
def test_a_header_says_its_currency_and_unit_and_still_means_the_amount(header, currency, unit):
    assert meaning_of(header, datasets()["contributions"]) == ("amount", "synonym")
    assert (measure(header).currency, measure(header).unit) == (currency, unit)


@pytest.mark.parametrize(
    "header",
    ["Amount Applied For", "Amount (requested)", "Requested / Amount", "Betrag (geplant)", "Date (end)", "Date (EUR)", "Beløb m. moms"],
)
def test_a_decoy_is_never_taken(header):
    assert meaning_of(header, datasets()["contributions"]) == (None, "")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("All amounts in EUR thousands", "1,000"),
        ("Angaben in 1.000 EUR", "1,000"),
        ("Суми в тис. грн", "1,000"),
        ("(tkr)", "1,000"),
        ("Figures are in USD, millions", "1,000,000"),
    ],
)
def test_a_unit_that_stands_only_above_the_table_or_in_the_name_of_the_sheet_is_said(text, unit):
    for sheet in (Sheet.of([[text], MONEY, GIFT], "sent"), Sheet.of([MONEY, GIFT], text)):
        (found,) = [found for found in recognise(sheet).findings if found.rule == "unit-outside-table"]
        assert (found.value, found.level) == (text, "warning") and unit in found.message


def test_a_title_that_tells_of_a_sum_says_no_unit():
    table = recognised(["Support worth EUR 5 million, 241.7 млн євро"], MONEY, GIFT)
    assert "unit-outside-table" not in {found.rule for found in table.findings}


def test_a_unit_above_the_table_is_not_said_where_the_header_has_it():
    table = recognised(["In EUR thousands"], [*MONEY[:3], "Amount (thousands)", *MONEY[4:]], GIFT)
    assert [found.rule for found in table.findings] == ["header-unit"]


@pytest.mark.parametrize(
    ("header", "letter"), [("Bewilligte Summe, T", "T"), ("Montant, k", "k"), ("Sum [x]", "x"), ("Amount (K)", None), ("Amount in T", None)]
)
def test_a_letter_apart_at_the_end_may_be_a_unit(header, letter):
    assert letter_apart(header) == letter


@pytest.mark.parametrize("header", ["Beløb m. moms", "Budget 10 000", "Amount 2000", "Amount (k. A.)", "Kommune"])
def test_a_letter_or_a_number_by_itself_is_no_unit(header):
    assert measure(header).unit == 1


def test_of_two_amounts_in_different_currencies_none_is_taken_by_itself():
    table = recognised([*MONEY[:3], "Amount (EUR)", "Amount (USD)", *MONEY[4:]], [*GIFT[:3], 100, 110, *GIFT[4:]])
    assert "amount" not in table.mapping and not table.decided


def test_totals_titles_and_notes_are_left_out_and_told():
    total = ["Total", None, None, 200, "EUR", None]
    table = recognised(MONEY, [1, 2, 3, 4, 5, 6], ["Nordic states"], GIFT, GIFT, total, ["Source: ministry"])
    assert table.rows.to_pylist() == [3, 4]
    assert sorted(left_out(table)) == [("footer-row", 7), ("numbering-row", 2), ("subtotal-row", 6), ("title-row", 3)]


def test_a_row_that_says_total_and_everything_else_stays():
    header = ["Dimension", "Series", "Period start", "Value", "Count"]
    table = recognised(header, *[["Total", "CERT-UA processed", "2025-01-01", "all", 10]] * 3)
    assert len(table.rows) == 3 and left_out(table) == []


def test_a_need_of_which_nothing_else_is_known_is_data():
    table = recognised(["Need", "Category"], ["Training", "Training"], ["Starlink", None], ["Laptops", None])
    assert len(table.rows) == 3


def test_a_row_of_thousands_of_texts_is_no_header():
    table = recognised([f"h{number}" for number in range(16_000)], MONEY, GIFT)
    assert table.header_row == 2


def test_a_million_rows_are_recognised_without_a_wait():
    cells = [pa.array([text] * 1_000_000) for text in map(str, GIFT)]
    header = [pa.array([text]) for text in MONEY]
    columns = tuple(pa.concat_arrays(pair) for pair in zip(header, cells, strict=True))
    began = time.perf_counter()
    assert len(recognise(Sheet("sent", False, columns, (False,) * 6)).rows) == 1_000_000
    assert time.perf_counter() - began < 3
