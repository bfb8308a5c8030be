"""Rows with errors wait with their submission: listed, mended through the same ingest, superseded by a later file, or dismissed."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from tallinn.giveback import held_workbook, mend
from tallinn.ingest.accept import Receipt
from tallinn.ingest.decisions import Decisions
from tallinn.ingest.findings import Refused
from tallinn.ingest.held import dismiss, held_rows
from tallinn.ingest.undo import undo
from tallinn.lake import Lake
from tests.samples import Table, csv_file, errors, remarks, saved, taken, workbook

BAD = {"contribution_id": "bad", "amount": "a lot"}
GOOD = {"contribution_id": "good", "amount": 5}


@pytest.fixture
def waiting(lake: Lake) -> Lake:
    """A lake in which one row of submission 1 is held."""
    taken(workbook(contributions=[GOOD, BAD]), lake)
    return lake


def states(lake: Lake) -> list[tuple[str, str, int | None]]:
    return [(row["row_key"], row["state"], row["settled_in"]) for row in lake.table("held_rows").to_pylist()]


def test_a_held_row_is_listed_with_its_cells_its_place_and_what_is_wrong(waiting):
    (row,) = held_rows(waiting)
    assert (row["held_id"], row["sheet"], row["row_number"]) == ("1-Contributions-3", "Contributions", 3)
    assert ("Amount", "a lot") in row["cells"]
    assert "“a lot” is no number" in row["problems"]


def mended(lake: Lake, number: int, **edits: str) -> Receipt:
    """The only held row of a submission, mended."""
    (row,) = held_rows(lake, number)
    return mend(lake, number, {row["held_id"]: edits}, author="Mari")


def amounts(lake: Lake) -> dict[str, int]:
    return dict(zip(*(lake.table("contributions")[each].to_pylist() for each in ("contribution_id", "amount")), strict=True))


def test_a_mended_row_goes_through_the_same_ingest_and_is_taken_once(waiting):
    receipt = mended(waiting, 1, Amount="7")
    assert (receipt.submission.rows_accepted, receipt.submission.file.name) == (1, "sent held rows.xlsx")
    assert states(waiting) == [("bad", "mended", 2)]
    assert held_rows(waiting) == []
    assert amounts(waiting) == {"good": 5, "bad": 7}
    assert waiting.history()[0]["mends"] == 1


def test_a_row_that_is_not_mended_after_all_waits_once(waiting):
    receipt = mended(waiting, 1, Amount="much")
    assert errors(receipt.submission) == [("not-a-number", "G2")]
    assert amounts(waiting) == {"good": 5}
    assert sorted(states(waiting), key=str) == [("bad", "held", None), ("bad", "superseded", 2)]
    mended(waiting, 2, Amount="7")
    assert amounts(waiting) == {"good": 5, "bad": 7}
    assert held_rows(waiting) == []
    undo(3, waiting, author="Mari", reason="")
    undo(2, waiting, author="Mari", reason="")
    assert states(waiting) == [("bad", "held", None)]


def test_a_row_that_comes_again_with_its_error_waits_once(waiting):
    taken(workbook(contributions=[{**BAD, "amount": "still a lot"}]), waiting)
    assert sorted(states(waiting), key=str) == [("bad", "held", None), ("bad", "superseded", 2)]


def test_a_row_with_a_made_key_keeps_it_when_it_is_mended(lake):
    constants = {"stage": "commitment", "within_mechanism": "yes", "tlp": "TLP:CLEAR"}
    twins = b"Donor,Amount,Currency,Purpose\nEST,5,EUR,a\nEST,a lot,EUR,a\n"
    taken(twins, lake, name="sent.csv", decisions=Decisions(constants=constants))
    (held,) = held_rows(lake)
    mended(lake, 1, Amount="7")
    assert sorted(amounts(lake).values()) == [5, 7]
    assert amounts(lake)[held["row_key"]] == 7
    assert states(lake) == [(held["row_key"], "mended", 2)]


def test_what_no_one_mended_is_read_as_it_was_sent(lake):
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(contributions=[{**GOOD, "amount": 1234, "stage": "?!", "value_date": date(2025, 7, 2)}]))
    )
    book.active["E2"].number_format = '#,##0 "EUR"'
    taken(saved(book), lake)
    (row,) = mended(lake, 1, Stage="Pledge").submission.checked[0].accepted.to_pylist()
    assert (row["amount"], row["currency"], row["value_date"]) == (1234, "EUR", "2025-07-02")


def test_rows_that_are_not_held_cannot_be_mended(waiting):
    with pytest.raises(Refused, match="None of these rows"):
        mend(waiting, 1, {"1-Contributions-2": {"Amount": "7"}}, author="Mari")


def test_every_kind_of_cell_comes_back_as_it_was_sent(lake):
    book = openpyxl.load_workbook(io.BytesIO(workbook(contributions=[{**GOOD, "stage": "?!"}, {**GOOD, "amount": 0.1 + 0.2}])))
    cells = {"A3": "_x005F_x0041_", "E3": 1234.5678, "K3": "=1+1", "C3": "?!", "U3": "two\nlines, “quoted”; " + "long " * 6000, "D3": True}
    for address, value in cells.items():
        book.active[address].value = value
    book.active["K3"].data_type, book.active["E3"].number_format = "s", '#,##0.00 "SEK"'
    book.active["F3"].value = None
    taken(saved(book), lake)
    mend(lake, 1, {"1-Contributions-3": {"Stage": "Pledge"}}, author="Mari")
    (row,) = lake.table("contributions").to_pylist()
    assert (row["contribution_id"], row["amount"], row["currency"], row["in_kind"]) == ("_x0041_", Decimal("1234.57"), "SEK", True)
    assert (row["purpose"], row["note"]) == ("=1+1", cells["U3"].strip())


def test_a_row_that_was_held_in_a_csv_is_known_by_its_number(lake):
    taken(csv_file("needs", [{"tlp": "secret"}]), lake, name="sent.csv")
    assert [row["held_id"] for row in held_rows(lake)] == ["1--2"]


def test_a_corrected_file_mends_the_row_by_its_key(waiting):
    taken(workbook(contributions=[{**BAD, "amount": 7}]), waiting)
    assert states(waiting) == [("bad", "mended", 2)]


def test_a_file_that_replaces_everything_supersedes_what_was_held(waiting):
    taken(workbook(contributions=[GOOD]), waiting, mode="replace")
    assert states(waiting) == [("bad", "superseded", 2)]


def test_another_sender_settles_nothing(waiting):
    taken(workbook(contributions=[{"contribution_id": "theirs", "donor_id": "SWE"}]), waiting, mode="replace")
    assert states(waiting) == [("bad", "held", None)]


def test_a_row_is_dismissed_by_name_and_with_a_reason(waiting):
    with pytest.raises(Refused, match="Say why"):
        dismiss(waiting, ["1-Contributions-3"], author="Mari", reason=" ")
    with pytest.raises(Refused, match="No such row"):
        dismiss(waiting, ["9-X-1"], author="Mari", reason="none")
    dismiss(waiting, ["1-Contributions-3"], author="Mari", reason="reported twice")
    assert states(waiting) == [("bad", "dismissed", None)]
    assert held_rows(waiting) == []


# A file to take away


def taken_away(lake: Lake, number: int) -> openpyxl.Workbook:
    _name, content = held_workbook(lake, number)
    return openpyxl.load_workbook(io.BytesIO(content))


def test_held_rows_are_taken_away_with_what_is_wrong_beside_them_and_settled_when_they_come_back(waiting):
    book = taken_away(waiting, 1)
    head, row = list(book["Contributions"].iter_rows(values_only=True))
    assert (head[:4], row[0]) == (("Held row", "What is wrong", "Contribution ID", "Donor"), "1-Contributions-3")
    assert "“a lot” is no number" in row[1]
    book["Contributions"].cell(2, head.index("Amount") + 1).value = 7
    receipt = taken(saved(book), waiting, name="corrected.xlsx")
    assert receipt.submission.mends == 1
    assert (states(waiting), amounts(waiting)) == ([("bad", "mended", 2)], {"good": 5, "bad": 7})
    assert "held-rows-back" in remarks(receipt.submission)


def test_rows_of_two_sheets_keep_their_own_headers_and_decisions(lake):
    sheets = [
        Table("contributions", [{"contribution_id": "a", "Sum": "?!"}], sheet="Promised", without=["stage", "amount"]),
        Table("contributions", [{"contribution_id": "b", "Sum": "Agency", "amount": "?!"}], sheet="Paid", without=["stage"]),
        Table("needs", [{"tlp": "secret", "Sum": "x"}], sheet="Needs"),
    ]
    decided = {
        "Promised": Decisions(columns={"Sum": "amount"}, constants={"stage": "pledge"}),
        "Paid": Decisions(columns={"Sum": "channel"}, constants={"stage": "disbursement"}),
        "Needs": Decisions(ignored=frozenset({"Sum"})),
    }
    taken(workbook(*sheets), lake, decisions=decided)
    edits = {"1-Promised-2": {"Sum": "5"}, "1-Paid-2": {"Amount": "3"}, "1-Needs-2": {"TLP label": "TLP:CLEAR"}}
    mend(lake, 1, edits, author="Mari")
    assert held_rows(lake) == []
    rows = lake.table("contributions").select(["contribution_id", "stage", "amount", "channel"]).to_pylist()
    assert sorted(tuple(row.values()) for row in rows) == [("a", "pledge", 5, None), ("b", "disbursement", 3, "Agency")]


def test_only_the_rows_that_a_person_edits_are_sent_and_the_others_wait_on(lake):
    taken(workbook(contributions=[BAD, {**BAD, "contribution_id": "worse"}]), lake)
    mend(lake, 1, {"1-Contributions-2": {"Amount": "7"}}, author="Mari")
    assert sorted(states(lake)) == [("bad", "mended", 2), ("worse", "held", None)]


def test_a_row_whose_fault_lay_elsewhere_is_taken_without_an_edit(lake):
    payment = {"contribution_id": "paid", "stage": "Disbursement", "realises": "one"}
    taken(workbook(contributions=[payment]), lake)
    taken(workbook(contributions=[{"contribution_id": "one"}]), lake)
    mend(lake, 1, {"1-Contributions-2": {}}, author="Mari")
    assert amounts(lake) == {"paid": 100, "one": 100}


def test_rows_of_the_office_that_name_one_donor_only_are_still_the_office_s(lake):
    both = [{"contribution_id": "a", "amount": "?!"}, {"contribution_id": "b", "donor_id": "SWE"}]
    taken(workbook(contributions=both), lake)
    mend(lake, 1, {"1-Contributions-2": {"Amount": "7"}}, author="Mari")
    assert lake.table("contributions")["sender"].to_pylist() == [None, None]
    assert held_rows(lake) == []


def test_held_rows_are_read_as_they_were_and_not_with_what_is_remembered_since(lake):
    bare = Table("contributions", [{**BAD, "tlp": None}])
    taken(workbook(bare), lake)
    taken(workbook(Table("contributions", [GOOD], without=["tlp"])), lake, decisions=Decisions(constants={"tlp": "TLP:CLEAR"}))
    mended(lake, 1, Amount="7")
    assert dict(zip(*(lake.table("contributions")[each].to_pylist() for each in ("contribution_id", "tlp")), strict=True)) == {
        "good": "TLP:CLEAR", "bad": None,
    }  # fmt: skip


def test_they_are_added_even_where_a_person_chose_to_replace(waiting):
    taken(saved(taken_away(waiting, 1)), waiting, mode="replace")
    assert amounts(waiting) == {"good": 5}


def test_no_held_row_is_taken_for_a_total_or_a_title(lake):
    constants = {"donor_id": "EST", "within_mechanism": "yes", "currency": "EUR", "stage": "pledge"}
    lines = b"Purpose,Amount,Date\na,1,x\nb,2,x\nc,3,x\nSum total of it,4,x\n"
    taken(lines, lake, name="sent.csv", decisions=Decisions(constants=constants))
    edits = {row["held_id"]: {"Date": ""} for row in held_rows(lake)}
    mend(lake, 1, edits, author="Mari")
    assert sorted(amounts(lake).values()) == [1, 2, 3, 4]


def test_rows_of_two_submissions_or_of_none_are_refused_with_the_reason(waiting):
    taken(workbook(contributions=[{"contribution_id": "other", "amount": "?!"}]), waiting)
    book, other = taken_away(waiting, 1), taken_away(waiting, 2)
    book.active.append([cell.value for cell in other.active[2]])
    with pytest.raises(Refused, match="held rows of the submissions 1 and 2"):
        taken(saved(book), waiting)
    undo(2, waiting, author="Mari", reason="")
    with pytest.raises(Refused, match="none of its rows is held any more"):
        taken(saved(other), waiting)


def test_a_file_of_held_rows_that_comes_twice_changes_nothing_the_second_time(waiting):
    book = taken_away(waiting, 1)
    book.active["G2"] = 7
    content = saved(book)
    assert taken(content, waiting).submission_id == 2
    assert taken(content, waiting).submission_id is None
