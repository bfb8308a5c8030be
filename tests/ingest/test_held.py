"""Rows with errors wait with their submission: listed, mended through the same ingest, superseded by a later file, or dismissed."""

import io
from datetime import date

import openpyxl
import pytest

from tallinn.ingest import memory
from tallinn.ingest.accept import Receipt, accept
from tallinn.ingest.decisions import Decisions
from tallinn.ingest.findings import Refused
from tallinn.ingest.held import HELD_ID, dismiss, held_rows, mended_file
from tallinn.ingest.submission import understand
from tallinn.lake import Lake
from tests.samples import csv_file, errors, saved, sent, taken, workbook

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
    """The only held row of a submission, mended and sent through the same ingest with the decisions of its sheet."""
    (row,) = held_rows(lake, number)
    name, content = mended_file(lake, number, {row["held_id"]: edits})
    before = next(each for each in lake.history() if each["submission_id"] == number)
    (decided,) = memory.read(before["decisions"]).values()
    again = decided.under(Decisions(ignored=frozenset({HELD_ID})))
    submission = understand(sent(content, name), lake, decisions=again, donor=before["sender"])
    return accept(submission, lake, author="Mari", message="mended", mends=number)


def amounts(lake: Lake) -> dict[str, int]:
    return dict(zip(*(lake.table("contributions")[each].to_pylist() for each in ("contribution_id", "amount")), strict=True))


def test_a_mended_row_goes_through_the_same_ingest_and_is_taken_once(waiting):
    receipt = mended(waiting, 1, Amount="7")
    assert (receipt.submission.rows_accepted, receipt.submission.file.name) == (1, "sent.xlsx mended rows.csv")
    assert states(waiting) == [("bad", "mended", 2)]
    assert held_rows(waiting) == []
    assert amounts(waiting) == {"good": 5, "bad": 7}
    assert waiting.history()[0]["mends"] == 1


def test_a_row_that_is_not_mended_after_all_waits_once_more(waiting):
    receipt = mended(waiting, 1, Amount="much")
    assert errors(receipt.submission) == [("not-a-number", "E2")]
    assert amounts(waiting) == {"good": 5}
    assert {row["row_key"] for row in held_rows(waiting)} == {"bad"}


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
        mended_file(waiting, 1, {"1-Contributions-2": {"Amount": "7"}})


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
