"""Rows with errors wait with their submission: listed, mended through the same ingest, superseded by a later file, or dismissed."""

import pytest

from tallinn.ingest import memory
from tallinn.ingest.accept import accept
from tallinn.ingest.findings import Refused
from tallinn.ingest.held import HELD_ID, dismiss, held_rows, mended_file
from tallinn.ingest.submission import understand
from tallinn.lake import Lake
from tests.samples import sent, taken, workbook

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


def test_a_mended_row_goes_through_the_same_ingest_and_is_taken_once(waiting):
    name, content = mended_file(waiting, 1, {"1-Contributions-3": {"Amount": "7"}})
    (decided,) = memory.read(waiting.history()[0]["decisions"]).values()
    file = sent(content, name)
    submission = understand(file, waiting, decisions=decided.under(decided.__class__(ignored=frozenset({HELD_ID}))))
    receipt = accept(submission, waiting, author="Mari", message="mended", mends=1)
    assert receipt.submission.rows_accepted == 1
    assert states(waiting) == [("bad", "mended", 2)]
    assert held_rows(waiting) == []
    assert dict(zip(*(waiting.table("contributions")[each].to_pylist() for each in ("contribution_id", "amount")), strict=True)) == {
        "good": 5,
        "bad": 7,
    }


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
