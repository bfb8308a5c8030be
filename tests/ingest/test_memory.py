"""What was decided for one file is not asked again for the next: per sender and sheet, also where the form has changed a little."""

import json

import pytest

from tallinn.ingest.decisions import Decisions
from tallinn.ingest.submission import Submission
from tallinn.ingest.undo import undo
from tallinn.lake import Lake
from tests.samples import Table, csv_file, remarks, taken, understood, workbook

CONSTANTS = {"stage": "commitment", "within_mechanism": "yes", "tlp": "TLP:CLEAR", "currency": "EUR"}
GRANT = Decisions(constants=CONSTANTS, columns={"Grant": "amount"}, ignored=frozenset({"Colour"}), dataset="contributions")
FIRST = b"Donor,Grant,Colour\nEST,5,red\n"


def undecided(submission: Submission) -> list[str]:
    """What is asked: undecided headers, and fields that are missing."""
    tables = [table for table in submission.tables if table]
    missing = [found.column for table in tables for found in table.findings if found.rule == "missing-column"]
    return [column.header for table in tables for column in table.columns if not column.decided] + missing


def rows(submission: Submission, *fields: str) -> list[tuple]:
    return [tuple(row.values()) for each in submission.checked for row in each.accepted.select(list(fields)).to_pylist()]


def again(lake: Lake, content: bytes, **options) -> Submission:
    return understood(content, lake, name="again.csv", **options)


def told(submission: Submission) -> list[tuple[str, str]]:
    return sorted((found.column, found.value) for found in submission.findings if found.rule == "remembered-value")


# The same form


def test_columns_ignored_headers_and_values_for_all_rows_are_remembered_and_told(lake):
    taken(FIRST, lake, name="first.csv", decisions=GRANT)
    submission = again(lake, FIRST.replace(b"5", b"6"))
    assert rows(submission, "amount", "currency", "stage", "tlp") == [(6, "EUR", "commitment", "TLP:CLEAR")]
    assert {column.header: column.reason for column in submission.tables[0].columns} == {
        "Donor": "name", "Grant": "remembered", "Colour": "remembered",
    }  # fmt: skip
    assert told(submission) == [("Currency", "EUR"), ("Stage", "commitment"), ("TLP label", "TLP:CLEAR"), ("Within the Mechanism", "yes")]


def test_values_are_remembered_where_every_column_is_known_by_its_name(lake):
    content = b"contribution_id,Donor,Stage,Amount,Within Mechanism\na,EST,Pledge,5,yes\n"
    taken(content, lake, name="first.csv", decisions=Decisions(constants={"currency": "EUR", "tlp": "TLP:CLEAR"}))
    assert rows(again(lake, content.replace(b"a,", b"b,")), "currency", "tlp") == [("EUR", "TLP:CLEAR")]


def test_our_own_form_is_no_edition_of_the_form_of_another_dataset(lake):
    """They share half of their headers: sources, notes, labels and the projects that rows name."""
    taken(csv_file("capabilities"), lake, name="capabilities.csv")
    assert undecided(again(lake, csv_file("milestones"))) == []


def test_what_is_said_now_counts_and_an_empty_text_takes_a_value_back(lake):
    taken(FIRST, lake, name="first.csv", decisions=GRANT)
    submission = again(lake, FIRST, decisions=Decisions(constants={"stage": "pledge", "tlp": ""}))
    assert rows(submission, "stage", "tlp", "currency") == [("pledge", None, "EUR")]
    assert [column for column, _value in told(submission)] == ["Currency", "Within the Mechanism"]
    taken(FIRST.replace(b"5", b"6"), lake, name="second.csv", decisions=Decisions(constants={"tlp": ""}))
    assert again(lake, FIRST).tables[0].constants.keys() == {"stage", "currency", "within_mechanism"}


def test_a_person_s_decision_is_remembered_against_the_name_of_a_column(lake):
    decided = Decisions(constants=CONSTANTS, columns={"Grant": "amount"}, ignored=frozenset({"Amount"}), dataset="contributions")
    content = b"Donor,Amount,Grant\nEST,1,5\n"
    taken(content, lake, name="first.csv", decisions=decided)
    assert rows(again(lake, content), "amount") == [(5,)]


def test_organisations_as_stated_are_remembered_with_their_only_donor(lake):
    content = b"Donor,Grant\nBohemian Fund,5\nTotal,5\n"
    decided = Decisions(constants=CONSTANTS, columns={"Grant": "amount"}, dataset="contributions", as_stated=frozenset({"donor_id"}))
    taken(content, lake, name="first.csv", decisions=decided)
    submission = again(lake, content.replace(b"5", b"6"))
    assert (submission.sender, rows(submission, "donor_id", "amount")) == ("Bohemian Fund", [("Bohemian Fund", 6)])


def test_a_header_below_titles_that_a_person_pointed_at_is_found_again(lake):
    content = b"A long report,of the ministry,with many,words\n,Wer,Wieviel,\n,EST,5,\n"
    decided = Decisions(dataset="contributions", header_row=2, columns={"Wer": "donor_id", "Wieviel": "amount"}, constants=CONSTANTS)
    taken(content, lake, name="first.csv", decisions=decided)
    assert rows(again(lake, content.replace(b"5", b"6")), "amount") == [(6,)]


# Several sheets


TWO = [
    Table("contributions", [{"Phase": "x"}], sheet="Promised", without=["stage"]),
    Table("contributions", [{"contribution_id": "paid", "Phase": "x"}], sheet="Paid", without=["stage"]),
]
BY_SHEET = {
    "Promised": Decisions(constants={"stage": "pledge"}, ignored=frozenset({"Phase"})),
    "Paid": Decisions(constants={"stage": "disbursement"}, ignored=frozenset({"Phase"})),
}


def test_sheets_of_one_form_keep_their_own_decisions(lake):
    taken(workbook(*TWO), lake, decisions=BY_SHEET)
    submission = understood(workbook(*reversed(TWO)), lake)
    assert submission.decided
    assert rows(submission, "sheet", "stage") == [("Paid", "disbursement"), ("Promised", "pledge")]


def test_nothing_is_guessed_where_two_sheets_of_a_form_were_decided_differently_and_the_names_changed(lake):
    taken(workbook(*TWO), lake, decisions=BY_SHEET)
    renamed = Table("contributions", [{"Phase": "x"}], sheet="Promised 2026", without=["stage"])
    assert undecided(understood(workbook(renamed), lake)) == ["Stage"]


def test_a_sheet_that_was_left_out_stays_out_and_that_is_told(lake):
    book = workbook(Table("contributions"), Table("projects"))
    taken(book, lake, decisions={"Projects": Decisions(left_out=True)})
    submission = understood(workbook(Table("contributions", [{"amount": 7}]), Table("projects")), lake)
    assert [table and table.dataset.name for table in submission.tables] == ["contributions", None]
    assert "sheet-left-out-again" in remarks(submission)
    chosen = understood(book, lake, decisions={"Projects": Decisions(dataset="projects")})
    assert [table and table.dataset.name for table in chosen.tables] == ["contributions", "projects"]


# A changed form


@pytest.mark.parametrize("donor", [None, "EST"], ids=["told by a column", "named"])
def test_a_new_column_alone_is_asked_about(lake, donor):
    taken(FIRST, lake, name="first.csv", decisions=GRANT, donor=donor)
    submission = again(lake, b"Donor,Grant,Colour,Shape\nEST,6,red,round\n", donor=donor)
    assert undecided(submission) == ["Shape"]
    assert rows(again(lake, b"Donor,Grant\nEST,6\n", donor=donor), "amount", "currency") == [(6, "EUR")]


def test_a_new_column_in_one_of_two_sheets_is_the_only_question(lake):
    taken(workbook(*TWO), lake, decisions=BY_SHEET)
    changed = Table("contributions", [{"Phase": "x", "Shape": "round"}], sheet="Paid", without=["stage"])
    assert undecided(understood(workbook(TWO[0], changed), lake)) == ["Shape"]


def test_a_form_that_has_little_in_common_with_earlier_ones_brings_no_values(lake):
    taken(FIRST, lake, name="first.csv", decisions=GRANT)
    other = again(lake, b"Donor,Colour,Amount,Date,Purpose,Channel\nEST,red,5,2025,a,b\n", donor="EST")
    assert undecided(other) == ["Stage", "Within the Mechanism"]


# Whose decisions


def test_the_sender_s_own_decisions_count_before_those_of_others(lake):
    for donor, currency in (("SWE", "SEK"), ("EST", "EUR")):
        decided = Decisions(constants={**CONSTANTS, "currency": currency}, columns={"Grant": "amount"}, dataset="contributions")
        taken(b"Donor,Grant\n%s,5\n" % donor.encode(), lake, name=f"{donor}.csv", decisions=decided)
    assert rows(again(lake, b"Donor,Grant\nSWE,6\n"), "currency") == [("SEK",)]
    assert rows(again(lake, b"Donor,Grant\nEST,6\n"), "currency") == [("EUR",)]


def test_values_from_another_sender_s_file_of_the_same_form_are_told_as_a_warning(lake):
    taken(FIRST, lake, name="first.csv", decisions=GRANT)
    submission = again(lake, b"Donor,Grant,Colour\nSWE,6,red\n")
    assert submission.decided
    warned = [found for found in submission.findings if found.rule == "value-of-another-sender"]
    assert "Rows that state no Currency were read as “EUR”, as decided for “first.csv”" in {
        found.message.split(", a file")[0] for found in warned
    }


def test_what_was_undone_is_forgotten(lake):
    taken(FIRST, lake, name="first.csv", decisions=GRANT)
    undo(1, lake, author="Mari", reason="")
    assert undecided(again(lake, FIRST, dataset="contributions")) == ["Grant", "Colour", "Stage", "Within the Mechanism"]


def test_a_field_that_a_schema_lost_is_not_remembered(lake):
    taken(FIRST, lake, name="first.csv", decisions=GRANT)
    forms = json.loads(lake.history()[0]["decisions"])
    old = json.dumps(
        [{**form, "columns": {"Grant": "amount", "Colour": "hue"}, "ignored": [], "constants": {"hue": "red"}} for form in forms]
    )
    lake._connection.execute("UPDATE lake.submissions SET decisions = ?", [old])
    assert undecided(again(lake, FIRST)) == ["Colour", "Stage", "Within the Mechanism"]
