"""A cell is read as what it says or becomes a finding; never as something else."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tallinn.datasets import datasets
from tallinn.ingest.cells import Amount, Noted, Unclear, meanings
from tallinn.ingest.findings import finding
from tallinn.ingest.recognise import recognise
from tallinn.ingest.sheets import Duration, Failed, Money, Percent
from tallinn.ingest.values import values
from tests.samples import Table, csv_file, saved, sent, workbook


def meaning(cell: Any, field: str, dataset: str = "contributions") -> Any:
    return meanings([cell], datasets()[dataset].field(field))[0]


def read(cell: Any, field: str, dataset: str = "contributions") -> Any:
    """The value of a cell, or the rule of the finding it becomes, in brackets."""
    found = meaning(cell, field, dataset)
    if isinstance(found, Unclear):
        return [found.rule]
    return found.value if isinstance(found, Noted) else found


def remark(cell: Any, field: str, dataset: str = "contributions") -> str | None:
    """The rule of the remark that comes with a cell's value; None if there is none."""
    found = meaning(cell, field, dataset)
    return found.rule if isinstance(found, Noted) else None


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


@pytest.mark.parametrize("cell", [timedelta(days=10, hours=15), date(1900, 1, 1), datetime(1904, 1, 1), True], ids=str)
def test_a_duration_a_truth_or_the_first_day_of_a_calendar_is_no_date(cell):
    sheet = sent(workbook(contributions=[{"value_date": cell}])).sheets[0]
    assert [found.rule for found in values(recognise(sheet)).findings] == ["not-a-date"]


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
    return values(recognise(sent(content, file).sheets[0])).values[name].to_pylist()


# Everything else


@pytest.mark.parametrize(
    ("cell", "truth"), [("Yes", True), ("no", False), (True, True), (False, False), (1, True), (0.0, False), ("TRUE", True)]
)
def test_yes_and_no_are_known_in_the_forms_of_spreadsheets(cell, truth):
    assert read(cell, "in_kind") is truth


@pytest.mark.parametrize("cell", [0.5, 1.9, 2, -1, float("inf"), "maybe", "tja", date(2025, 1, 1)], ids=repr)
def test_what_is_neither_yes_nor_no_is_asked_back(cell):
    assert read(cell, "in_kind") == ["not-yes-or-no"]


@pytest.mark.parametrize("cell", ["Так", "jah", "JA", "oui", "tak", "kyllä", "sì", "✓"])
def test_yes_is_known_in_the_languages_of_the_donors(cell):
    assert read(cell, "in_kind") is True


@pytest.mark.parametrize("cell", ["Ні", "ei", "Nein", "non", "nie", "nej", "nei", "FALSCH"])
def test_no_is_known_in_the_languages_of_the_donors(cell):
    assert read(cell, "in_kind") is False


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


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("Government, Private sector", "Government; Private sector"),
        ("Government; Energy, water and heat", "Government; Energy, water and heat"),
        ("Cisco Systems, Inc.", "Cisco Systems, Inc."),
        ("Ministry of Digital Transformation, its agencies and others", "Ministry of Digital Transformation, its agencies and others"),
    ],
)
def test_commas_separate_short_words_only(cell, items):
    assert read(cell, "implementers", "projects") == items


@pytest.mark.parametrize("cell", ["https://www.vm.ee/en", "www.vm.ee"])
@pytest.mark.parametrize("field", ["type", "sector", "name", "target"])
def test_an_address_where_a_word_is_expected_is_remarked_on(cell, field):
    assert remark(cell, field, "incidents") == "address-in-text"


def test_an_address_in_a_note_or_in_running_text_is_none_of_our_business():
    assert remark("https://www.vm.ee/en", "note", "incidents") is None
    assert remark("see https://www.vm.ee/en", "target", "incidents") is None


def test_an_address_without_its_beginning_is_proposed_and_not_taken():
    (unclear,) = meanings(["www.vm.ee/en"], datasets()["contributions"].field("source_url"))
    assert (unclear.rule, unclear.facts["proposal"]) == ("not-an-address", "https://www.vm.ee/en")


@pytest.mark.parametrize("cell", ["TBC", "tbd", "n/a", "N.A.", "k.A.", "NA", "-", "—", "?", "невідомо", "unknown", "b.d."])
@pytest.mark.parametrize("field", ["amount", "value_date", "donor_id", "currency", "stage", "in_kind", "source_url"])
def test_a_word_for_an_unknown_value_is_no_value_and_said(cell, field):
    assert remark(cell, field) == "unknown-word"
    assert read(cell, field) is None


def test_unknown_can_be_said_in_a_text_but_a_dash_cannot():
    assert read("unknown", "attributed_to", "incidents") == "unknown"
    assert read("NA", "attributed_to", "incidents") is None
    assert read("NA", "impact", "incidents") == "NA"


def test_characters_that_were_taken_out_are_said_once():
    assert remark("two\u200bwords", "purpose") == "cleaned-text"
    assert remark("EUR\u200b 12", "amount") == "cleaned-text"
    assert remark("\ufeff12\u200e", "amount") == "cleaned-text"
    assert remark("TB\u200bC", "amount") == "unknown-word"


@pytest.mark.parametrize("amount", ["1\u200b2", "1\x00000", "1\x962", "\x9612", "\x8012", "1\u200b\u200b2 m"])
def test_digits_are_not_joined_across_what_nobody_sees(amount):
    assert read(amount, "amount") == ["hidden-in-number"]


@pytest.mark.parametrize("text", ["20\u200b25", "2024\x962026", "2025-0\u200b7-02"])
def test_dates_are_not_joined_across_what_nobody_sees(text):
    assert read(text, "period") == ["hidden-in-number"]


def test_cells_that_are_no_text_can_be_text():
    field = datasets()["contributions"].field("channel")
    cells = [True, 2.0, 2.5, datetime(2025, 7, 2), datetime(2025, 7, 2, 10), Money(5, "EUR"), Percent(0.25), Duration("1 day")]
    assert meanings(cells, field) == ["yes", "2", "2.5", "2025-07-02", "2025-07-02 10:00:00", "EUR 5", "25%", "1 day"]


def test_each_cell_has_its_meaning_in_its_place():
    cells = [None, "1.234", " ", Failed("#N/A"), "12.345.678", "TBC", Failed("")]
    found = meanings(cells, datasets()["contributions"].field("amount"))
    assert [each.rule if isinstance(each, (Unclear, Noted)) else each for each in found] == [
        None,
        Amount(Decimal("1234")),
        None,
        "formula-error",
        Amount(Decimal("12345678")),
        "unknown-word",
        "formula-without-result",
    ]


@given(st.one_of(st.text(max_size=20), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes(), st.none()), st.data())
@settings(deadline=None)
def test_no_cell_breaks_any_field(cell, data):
    dataset = data.draw(st.sampled_from(sorted(datasets())))
    field = data.draw(st.sampled_from(datasets()[dataset].names))
    for as_stated in (False, True):
        assert len(meanings([cell, cell], datasets()[dataset].field(field), as_stated=as_stated, unit=1000)) == 2


SAID = [
    ("amount", "1-2 million"),
    ("amount", "approx. 5m"),
    ("amount", "5 %"),
    ("amount", "$5"),
    ("amount", "TBC"),
    ("value_date", "until 2025"),
    ("value_date", "from 2025"),
    ("value_date", "2024/25"),
    ("value_date", "2-Jul-25"),
    ("value_date", 45658),
    ("stage", "paid"),
    ("stage", "Comitment"),
    ("donor_id", "Norwey"),
    ("donor_id", "European Commission"),
    ("source_url", "www.vm.ee"),
    ("channel", "https://www.vm.ee"),
    ("channel", "two\u200bwords"),
]


@pytest.mark.parametrize(("field", "cell"), SAID, ids=str)
def test_everything_that_is_said_about_a_cell_has_a_text_with_all_its_facts(field, cell):
    found = meaning(cell, field)
    said = finding(found.rule, column="Column", value=cell, **found.facts)
    assert "{" not in said.message and said.message.endswith((".", "?"))
    assert said.level == "error" if isinstance(found, Unclear) else said.level != "error"


@pytest.mark.parametrize("options", [{"unit": 1000}, {"as_stated": True}])
def test_what_is_said_on_request_has_a_text_too(options):
    amounts = meanings(["1,5 million", "1.234", "1,5"], datasets()["contributions"].field("amount"), unit=options.get("unit", 1))
    donors = meanings(["Norwey"], datasets()["contributions"].field("donor_id"), as_stated=options.get("as_stated", False))
    for found in [*amounts, *donors]:
        if isinstance(found, (Unclear, Noted)):
            assert "{" not in finding(found.rule, column="Column", value="x", **found.facts).message
