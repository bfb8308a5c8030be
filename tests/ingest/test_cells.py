"""A cell is read as what it says or becomes a finding; never as something else."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tallinn.datasets import code_lists, datasets
from tallinn.ingest.cells import Unclear, value
from tallinn.ingest.read import Duration
from tallinn.ingest.recognise import recognise
from tallinn.ingest.values import values
from tests.samples import Table, csv_file, saved, sent, workbook

CENT = Decimal("0.01")


def read(cell: Any, field: str, dataset: str = "contributions") -> Any:
    """The value of a cell, or the rule of the finding it becomes, in brackets."""
    try:
        return value(cell, datasets()[dataset].field(field))
    except Unclear as unclear:
        return [unclear.rule]


# Amounts


def meanings(text: str) -> set[Decimal]:
    """Every number that some reader somewhere would take a text for."""
    return set(_meanings(text.strip().replace("−", "-")))


def _meanings(text: str) -> Iterator[Decimal]:
    for thousands, point in [(",", "."), (".", ","), *((space, point) for space in " \u00a0\u202f'’" for point in ".,")]:
        leading = r"[1-9]\d{0,2}" if thousands in ",." else r"\d{1,3}"
        if re.fullmatch(rf"[+-]?({leading}(\{thousands}\d{{3}})+|\d+)(\{point}\d+)?", text):
            yield Decimal(text.replace(thousands, "").replace(point, "."))


@given(st.text("0123456789.,", min_size=1, max_size=12) | st.text("0123456789.,'’ \u00a0\u202f+-−", max_size=14))
@settings(max_examples=500, deadline=None)
def test_a_text_is_read_as_the_only_number_it_can_mean_or_not_at_all(text):
    found = read(text, "amount")
    assert found is None or isinstance(found, list) or {found} == meanings(text)


@given(st.decimals(-(10**14), 10**14, places=2), st.sampled_from([" ", "\u00a0", "\u202f", "'", "’"]), st.sampled_from(".,"), st.booleans())
@settings(deadline=None)
def test_an_amount_written_with_thousands_signs_and_cents_comes_back(amount, thousands, point, minus_sign):
    text = f"{amount:,.2f}".replace(".", "p").replace(",", thousands).replace("p", point)
    assert read(text.replace("-", "−") if minus_sign else text, "amount") == amount


@given(st.integers(-(10**14), 10**14))
@settings(deadline=None)
def test_a_whole_amount_comes_back_as_number_and_as_text(amount):
    assert read(amount, "amount") == read(float(amount), "amount") == read(str(amount), "amount") == amount


@given(st.floats())
@settings(deadline=None)
def test_a_number_comes_back_to_the_nearest_cent_or_not_at_all(amount):
    found = read(amount, "amount")
    if not isinstance(found, list):
        assert found == Decimal(repr(amount)).quantize(CENT, ROUND_HALF_EVEN)


AMBIGUOUS = ["1.234", "1,234", "-1.234", "999,999", "1,234,567", "1.234.567", "1.234,56", "1,234.56"]
NO_NUMBERS = [
    "12,5 m",
    "1e6",
    "1E5",
    "inf",
    "nan",
    "-",
    "EUR 5",
    "5 EUR",
    "€5",
    "5%",
    "(500)",
    "1_000",
    "0x10",
    "1 2345",
    "12 34",
    "1/2",
    "½",
    "²",
]
NO_NUMBER_CELLS = [True, False, date(2025, 1, 1), datetime(2025, 1, 1, 12), Duration("1 day"), float("inf"), float("-inf"), float("nan")]


@pytest.mark.parametrize("cell", AMBIGUOUS)
def test_a_number_with_two_readings_is_asked_back(cell):
    assert read(cell, "amount") == ["ambiguous-number"]


@pytest.mark.parametrize("cell", [*NO_NUMBERS, *NO_NUMBER_CELLS], ids=repr)
def test_what_is_no_number_is_never_made_one(cell):
    assert read(cell, "amount") == ["not-a-number"]


@pytest.mark.parametrize("cell", [10**15, -1e15, 1e300, "1" * 400])
def test_a_number_beyond_any_amount_is_asked_back(cell):
    assert read(cell, "amount") == ["number-too-large"]


@pytest.mark.parametrize("cell", ["0,123", "0.004", "1 234,567", "1234.567"])
def test_a_text_more_precise_than_cents_is_asked_back(cell):
    assert read(cell, "amount") == ["too-precise"]


def test_the_error_of_floating_point_is_no_part_of_an_amount():
    assert read(0.1 + 0.2, "amount") == Decimal("0.30")


@given(st.floats() | st.integers() | st.text("0123456789.,- eE", max_size=12))
@settings(deadline=None)
def test_a_count_is_a_whole_number_or_not_at_all(cell):
    found = read(cell, "count", "incident_counts")
    if isinstance(found, int):
        assert {Decimal(found)} == (meanings(cell) if isinstance(cell, str) else {Decimal(cell)})
    else:
        assert found is None or isinstance(found, list)


# Amounts and dates as a spreadsheet program writes them


@given(st.lists(st.decimals(-(10**12), 10**12, places=2), min_size=20, max_size=60))
@settings(max_examples=5, deadline=None)
def test_amounts_written_as_numbers_come_back_from_a_workbook_and_as_text_from_a_csv(amounts):
    rows = [{"amount": amount} for amount in amounts]
    assert column("amount", workbook(contributions=rows)) == amounts
    assert column("amount", csv_file("contributions", rows), "sent.csv") == amounts


@given(st.lists(st.dates(date(1990, 1, 1), date(2100, 12, 31)), min_size=10, max_size=60))
@settings(max_examples=5, deadline=None)
def test_date_cells_come_back_as_their_day_in_both_calendars_of_spreadsheets(days):
    rows = [{"value_date": day} for day in days]
    assert column("value_date", workbook(contributions=rows)) == column("value_date", of_1904(rows)) == [day.isoformat() for day in days]


def test_the_hour_of_a_date_cell_is_left_out():
    assert column("value_date", workbook(contributions=[{"value_date": datetime(2025, 7, 2, 23, 59, 59)}])) == ["2025-07-02"]


@pytest.mark.parametrize("cell", [timedelta(days=10, hours=15), date(1900, 1, 1), datetime(1904, 1, 1), True, 45658], ids=str)
def test_a_duration_a_truth_or_the_first_day_of_a_calendar_is_no_date(cell):
    sheet = sent(workbook(contributions=[{"value_date": cell}])).sheets[0]
    assert [found.rule for found in values(recognise(sheet)).findings] == ["not-a-date"]


@pytest.mark.parametrize("cell", ["2025", 2025, "2025-07", "2025-Q3", "2025/2026"])
def test_a_day_is_asked_for_where_only_a_day_will_do(cell):
    assert read(cell, "period_start", "incident_counts") == ["not-a-day"]


def of_1904(rows: list[dict[str, Any]]) -> bytes:
    """A workbook that counts its days from 1904, as old ones from a Macintosh do."""
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    table = Table("contributions", rows)
    for row in [table.headers, *table.cells()]:
        book.active.append(row)
    return saved(book)


def column(name: str, content: bytes, file: str = "sent.xlsx") -> list[Any]:
    """The values of one column of a file, read, recognised and understood cell by cell."""
    return values(recognise(sent(content, file).sheets[0])).frame[name].tolist()


# Everything else


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("est", "EST"),
        ("EE", "EST"),
        ("Estonia", "EST"),
        ("Eesti", "EST"),
        ("Эстония", "EST"),
        ("the netherlands", ["unknown-country"]),
        ("eu", "EU"),
    ],
)
def test_a_country_is_known_by_code_and_by_name_in_many_languages(cell, code):
    assert read(cell, "donor_id") == code


@pytest.mark.parametrize("cell", ["Atlantis", "E", "ESTT", 5, True, "Estonia; Sweden"])
def test_an_unknown_country_is_asked_back(cell):
    assert read(cell, "donor_id") == ["unknown-country"]


@pytest.mark.parametrize(
    ("cell", "code"), [("eur", "EUR"), ("€", "EUR"), ("Euro", "EUR"), ("US Dollar", "USD"), ("українська гривня", "UAH"), ("₴", "UAH")]
)
def test_a_currency_is_known_by_code_sign_and_name(cell, code):
    assert read(cell, "currency") == code


@pytest.mark.parametrize("cell", ["$", "kr", "¥", "крона", "EUR/USD", "money"])
def test_a_sign_of_several_currencies_is_asked_back(cell):
    assert read(cell, "currency") == ["unknown-currency"]


@pytest.mark.parametrize("name", code_lists()["stages"].codes)
def test_a_code_is_known_by_itself_and_by_its_name_in_any_case(name):
    title = next(row["name"] for row in code_lists()["stages"].rows if row["code"] == name)
    assert read(name, "stage") == read(title.upper(), "stage") == read(f" {title} ", "stage") == name


@pytest.mark.parametrize(
    ("cell", "truth"), [("Yes", True), ("no", False), (True, True), (False, False), (1, True), (0.0, False), ("TRUE", True)]
)
def test_yes_and_no_are_known_in_the_forms_of_spreadsheets(cell, truth):
    assert read(cell, "in_kind") is truth


@pytest.mark.parametrize("cell", [0.5, 1.9, 2, -1, float("inf"), "maybe", "ja", date(2025, 1, 1)], ids=repr)
def test_what_is_neither_yes_nor_no_is_asked_back(cell):
    assert read(cell, "in_kind") == ["not-yes-or-no"]


@pytest.mark.parametrize("cell", ["#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"])
@pytest.mark.parametrize("field", ["amount", "value_date", "purpose", "stage", "contribution_id"])
def test_the_error_of_a_formula_is_no_value(cell, field):
    assert read(cell, field) == ["formula-error"]


@pytest.mark.parametrize(
    "cell", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "www.vm.ee", "https://a b", 'https://a"b', "https://a<b"]
)
def test_only_a_plain_web_address_is_a_source(cell):
    assert read(cell, "source_url") == ["not-an-address"]


@pytest.mark.parametrize("cell", [None, "", " ", "\u00a0", "\n", "\x00", "\x00\x01", "\u200b", "\ufeff"], ids=repr)
@pytest.mark.parametrize("field", ["contribution_id", "amount", "value_date", "donor_id", "stage", "in_kind", "tlp", "source_url"])
def test_a_cell_in_which_nothing_can_be_seen_is_blank(cell, field):
    assert read(cell, field) is None


@pytest.mark.parametrize("key", ["C-1", "C\u200b-1", "\u202eC-1\u202c", "C-1\x00", " C-1\ufeff", "\u200fC-1"], ids=ascii)
def test_keys_that_look_the_same_are_the_same(key):
    assert read(key, "contribution_id") == "C-1"


def test_an_accent_may_be_composed_in_either_way():
    assert read("Re\u0301seau", "contribution_id") == read("R\u00e9seau", "contribution_id")
    assert read("Tu\u0308rkiye", "donor_id") == "TUR"


@pytest.mark.parametrize(
    ("cell", "key"), [(12.0, "12"), (12, "12"), ("012", "012"), (10**30, str(10**30)), (date(2025, 1, 1), "2025-01-01")], ids=str
)
def test_a_number_can_be_a_key_and_leading_zeros_stay(cell, key):
    assert read(cell, "contribution_id") == key


def test_a_list_keeps_its_order_and_names_each_thing_once():
    assert read("Sweden; EST\nsweden ;; ", "donor_ids", "projects") == "SWE; EST"


@given(st.one_of(st.text(max_size=20), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes(), st.none()), st.data())
@settings(deadline=None)
def test_no_cell_breaks_any_field(cell, data):
    dataset = data.draw(st.sampled_from(sorted(datasets())))
    field = data.draw(st.sampled_from(datasets()[dataset].names))
    read(cell, field, dataset)
