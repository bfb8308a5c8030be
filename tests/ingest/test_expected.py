"""Is this what you expected? A file stands beside the last one of its sender, and what stands out is said."""

import pytest

from tallinn.ingest.expected import Expectation, expected
from tallinn.ingest.undo import undo
from tallinn.lake import Lake
from tallinn.report import expected_in_words
from tests.samples import taken, understood, workbook

BEFORE = [{"amount": 100}, {"amount": 200}, {"amount": None}, {"stage": "Pledge", "amount": 50}]


def beside(lake: Lake, rows: list[dict], **options) -> Expectation | None:
    return expected(understood(workbook(contributions=rows), lake, donor="EST", **options), lake)


@pytest.fixture
def before(lake: Lake) -> Lake:
    """A lake in which Estonia has sent one file."""
    taken(workbook(contributions=BEFORE), lake, donor="EST", name="first.xlsx")
    return lake


def test_rows_donors_days_and_sums_stand_beside_those_of_the_last_file(before):
    found = beside(before, [*BEFORE, {"amount": 1.5}])
    assert (found.submission_id, found.file) == (1, "first.xlsx")
    assert {line.what: (line.now, line.before) for line in found.lines} == {
        "Rows of Contributions": ("5", "4"),
        "Donors": ("Estonia", "Estonia"),
        "First day": ("2 July 2025", "2 July 2025"),
        "Last day": ("2 July 2025", "2 July 2025"),
        "Commitment, EUR": ("EUR 301.50", "EUR 300"),
        "Pledge, EUR": ("EUR 50", "EUR 50"),
    }
    assert found.remarks == []


def test_nothing_stands_beside_a_first_file_or_one_of_another_dataset_or_sender(before):
    assert expected(understood(workbook(needs=[{}]), before, donor="EST"), before) is None
    assert expected(understood(workbook(contributions=BEFORE), before, donor="SWE"), before) is None


def test_nothing_is_expected_of_a_file_while_a_column_is_undecided(before):
    assert beside(before, [{**BEFORE[0], "Colour": "red"}]) is None


def test_what_was_undone_is_not_the_last_file(before):
    taken(workbook(contributions=[{"amount": 7}]), before, donor="EST")
    assert beside(before, BEFORE).submission_id == 2
    undo(2, before, author="Mari", reason="")
    assert beside(before, BEFORE).submission_id == 1
    undo(1, before, author="Mari", reason="")
    assert beside(before, BEFORE) is None


def test_a_file_that_was_taken_stands_beside_the_one_before_it_and_not_itself(before):
    receipt = taken(workbook(contributions=[{"amount": 7}]), before, donor="EST")
    assert expected(receipt.submission, before).submission_id == 1


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (BEFORE[:2], "Contributions: only 2 rows can be taken; the last file had 4."),
        ([*BEFORE, *({"amount": 1} for _ in range(8))], "Contributions: 12 rows can be taken; the last file had only 4."),
        ([{**row, "amount": 1000} for row in BEFORE], "Commitment, EUR: EUR 3,000 in this file, EUR 300 in the last one. Check whether"),
        ([{**row, "amount": 1} for row in BEFORE], "Pledge, EUR: EUR 1 in this file, EUR 50 in the last one. Check whether"),
        ([{**row, "value_date": "2024"} for row in BEFORE], "The last day in this file is 31 December 2024; the last"),
        ([{**row, "currency": "SEK"} for row in BEFORE], "SEK did not occur in the last file."),
        ([{**row, "stage": "Pledge"} for row in BEFORE], "Commitment, EUR: nothing in this file; the last one had EUR 300."),
    ],
)  # fmt: skip
def test_what_stands_out_is_said(before, rows, sentence):
    found = beside(before, rows, mode="replace")
    assert any(remark.startswith(sentence) for remark in found.remarks)
    words = expected_in_words(found)
    assert words.startswith("Is this what you expected?")
    assert "Beside the last file of this sender, first.xlsx of " in words


def test_a_donor_that_is_gone_is_said(lake):
    both = [{"contribution_id": "a"}, {"contribution_id": "b", "donor_id": "SWE"}, {"contribution_id": "c", "donor_id": "LVA"}]
    taken(workbook(contributions=both), lake)
    found = expected(understood(workbook(contributions=both[:2]), lake), lake)
    assert found.remarks == ["The last file had rows of Latvia; this one has none."]


def test_held_rows_are_no_rows(before):
    found = beside(before, [{**row, "currency": "kr"} for row in BEFORE])
    assert found.lines[0].now == "0"
    assert "Contributions: only 0 rows can be taken; the last file had 4." in found.remarks
