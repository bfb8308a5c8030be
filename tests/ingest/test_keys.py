"""A row that its file names by nothing gets a key of what says which row it is: the same in every file, whatever else changes."""

import random

from tallinn.ingest.decisions import Decisions
from tallinn.lake import Lake
from tests.samples import Table, errors, remarks, taken, the_finding, understood, workbook

DECIDED = Decisions(constants={"stage": "commitment", "within_mechanism": "yes", "tlp": "TLP:CLEAR"})
HEADER = "Donor,Amount,Currency,Date,Purpose"
LINES = [f"EST,{10 + number},EUR,2025-0{number},training" for number in range(1, 6)]
TWINS = ["EST,1,EUR,2025,laptops", "EST,2,EUR,2025,laptops", "EST,3,EUR,2025,laptops"]


def keys(lines: list[str], lake: Lake, header: str = HEADER) -> list[str]:
    submission = understood("\n".join([header, *lines]).encode(), lake, name="sent.csv", decisions=DECIDED)
    return submission.checked[0].accepted["contribution_id"].to_pylist()


def test_a_made_key_begins_with_its_sender_and_is_the_same_in_every_order(empty_lake):
    shuffled = random.Random(2023).sample(LINES, len(LINES))
    assert dict(zip(LINES, keys(LINES, empty_lake), strict=True)) == dict(zip(shuffled, keys(shuffled, empty_lake), strict=True))
    assert all(key.startswith("EST-") for key in keys(LINES, empty_lake))
    assert len({*keys(LINES, empty_lake)}) == len(LINES)


def test_a_made_key_stays_when_the_amount_changes_or_columns_move(empty_lake):
    (key,) = keys(["EST,1,EUR,2025,laptops"], empty_lake)
    assert keys(["EST,2,USD,2025,laptops"], empty_lake) == [key]
    assert keys(["laptops,2025,Estonia,EUR,1"], empty_lake, "Purpose,Date,Donor,Currency,Amount") == [key]
    assert keys(["EST,1,EUR,2025,phones"], empty_lake) != [key]


def test_rows_of_the_same_identity_are_numbered(empty_lake):
    first, second, third = keys(TWINS, empty_lake)
    assert (second, third) == (f"{first}-2", f"{first}-3")


def test_they_are_numbered_over_all_sheets_of_a_file(empty_lake):
    sheets = [Table("contributions", [{"amount": number}], sheet=str(number), without=["contribution_id"]) for number in (1, 2)]
    submission = understood(workbook(*sheets), empty_lake)
    first, second = submission.checked[0].accepted["contribution_id"].to_pylist()
    assert second == f"{first}-2"
    assert errors(submission) == []


def test_the_next_file_corrects_the_same_rows_and_adds_none(lake):
    for amounts in ((1, 2), (1, 3)):
        lines = [HEADER, *(f"EST,{amount},EUR,2025-0{month},x" for month, amount in enumerate(amounts, start=1))]
        receipt = taken("\n".join(lines).encode(), lake, name="sent.csv", decisions=DECIDED)
    (comparison,) = receipt.submission.comparisons
    assert (len(comparison.added), [(each.field, each.new) for each in comparison.revised]) == (0, [("amount", 3)])


def test_that_keys_were_made_and_of_what_is_said_once(empty_lake):
    submission = understood("\n".join([HEADER, *LINES]).encode(), empty_lake, name="sent.csv", decisions=DECIDED)
    assert "its 5 rows" in the_finding(submission, "made-keys").message
    assert "Donor, Stage, Value date" in the_finding(submission, "made-keys").message
    assert "made-keys" not in remarks(understood(workbook(contributions=[{}]), empty_lake))
