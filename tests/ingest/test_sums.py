"""Rows of sums that no word tells are left out where that is certain and held where it is not; a sum is never counted as money."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallinn.ingest.decisions import Decisions
from tallinn.ingest.recognise import Table, recognise
from tallinn.ingest.sheets import Sheet
from tests.samples import errors, the_finding, understood, workbook

HEADER = ["Purpose", "Amount", "Date", "Channel"]
ONE, TWO = ["Training", 5, "2025", "Agency"], ["Laptops", 6.5, "2024", "Agency"]
THREE = ["Exercise", 7, "2023", "Agency"]
CONSTANTS = {"donor_id": "EST", "stage": "commitment", "within_mechanism": "yes", "currency": "EUR"}


def table(*rows: list, header: list = HEADER, **options) -> Table:
    return recognise(Sheet.of([header, *rows]), Decisions(dataset="contributions", constants=CONSTANTS, **options))


def kept(found: Table) -> list[int]:
    """The numbers of the rows that are taken for data without doubt."""
    return [row + 1 for row in found.rows.to_pylist() if row not in found.doubtful]


def left_out(found: Table) -> list[tuple[str, int]]:
    return [(said.rule, said.row) for said in found.findings if said.rule.endswith("-row")]


@pytest.mark.parametrize("label", [None, "Norway", "2025", 2025, "Celkem", "Kokku kõik"], ids=str)
def test_a_row_that_only_adds_up_is_left_out_whatever_its_label(label):
    found = table(ONE, TWO, [label, 11.5, None, None])
    assert (kept(found), left_out(found)) == ([2, 3], [("sum-row", 4)])


def test_it_is_told_with_its_place(empty_lake):
    content = b"Purpose,Amount,Date,Channel\na,5,2025,x\nb,6,2024,x\nNorway,11,,\n"
    submission = understood(content, empty_lake, name="sent.csv", decisions=Decisions(constants=CONSTANTS))
    assert (submission.rows_accepted, submission.rows_held) == (2, 0)
    found = the_finding(submission, "sum-row")
    assert (found.level, found.cell, found.value) == ("warning", "A4", "Norway")


def test_sums_of_sections_and_of_everything_are_left_out():
    found = table(["First part"], ONE, TWO, [None, 11.5], ["Second part"], THREE, ONE, TWO, [None, 18.5], [None, 30])
    assert kept(found) == [3, 4, 7, 8, 9]
    assert sorted(left_out(found)) == [("sum-row", 5), ("sum-row", 10), ("sum-row", 11), ("title-row", 2), ("title-row", 6)]


def test_after_a_named_total_the_next_sum_begins_anew():
    found = table(ONE, TWO, ["Subtotal", 11.5], THREE, TWO, ["2025", 13.5, None, None])
    assert kept(found) == [2, 3, 5, 6]


def test_a_sum_above_the_rows_is_left_out_too():
    assert kept(table([None, 11.5, None, None], ONE, TWO)) == [3, 4]


def test_a_sum_in_thousands_or_with_its_currency_is_one_as_well():
    header = ["Purpose", "Amount in thousands", "Date", "Channel"]
    assert kept(table(["a", "1,2", "2025", "x"], ["b", "2,5", "2024", "x"], [None, "3,7", None, None], header=header)) == [2, 3]
    assert kept(table(["a", "EUR 1.50", "2025", "x"], ["b", "EUR 2.50", "2024", "x"], [None, "EUR 4.00", None, None])) == [2, 3]


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ([ONE, TWO, ["Norway", 11.5, "2025", None]], "perhaps-a-sum"),
        ([ONE, ["Norway", 5, None, None]], "perhaps-a-sum"),
        ([ONE, TWO, ["Norway", 11.49, None, None]], "perhaps-a-sum"),
        ([ONE, TWO, [None, 12, None, None]], "amount-alone"),
        ([ONE, TWO, ["2025", 12, None, None]], "amount-alone"),
    ],
    ids=["with a date", "of one row", "of rounded amounts", "of other rows", "of other rows, with a year"],
)
def test_what_may_be_a_sum_is_held_and_asked_about(rows, rule, empty_lake):
    found = table(*rows)
    assert found.doubtful == {len(rows): rule}
    lines = [HEADER, *rows]
    content = "\n".join(",".join("" if cell is None else str(cell) for cell in line) for line in lines).encode()
    submission = understood(content, empty_lake, name="sent.csv", decisions=Decisions(constants=CONSTANTS))
    assert errors(submission) == [(rule, f"B{len(lines)}")]
    assert (submission.rows_accepted, submission.rows_held) == (len(rows) - 1, 1)


def test_in_a_table_that_says_hardly_anything_the_last_row_may_be_a_sum():
    header = ["Purpose", "Amount"]
    assert table(["a", 5], ["b", 6], ["Norway", 11], header=header).doubtful == {3: "perhaps-a-sum"}
    assert table(["a", 5], ["b", 6], ["c", 7], header=header).doubtful == {}
    assert table(["a", 5], ["b", 5], header=header).doubtful == {}


@pytest.mark.parametrize(
    "last",
    [["Support", 11.5, "2025", "Agency"], ["Support", 12, None, None], [None, 12, "2.8.2025", None], [None, None, "2025", None]],
    ids=["a full row that happens to add up", "a row that says what it is for", "an amount with a date", "no amount"],
)
def test_a_row_of_its_own_is_taken(last):
    found = table(ONE, TWO, last)
    assert kept(found) == [2, 3, 4]


def test_two_columns_of_numbers_must_both_add_up():
    header = ["Title", "Budget", "Start", "Leader"]
    rows = [["a", 5, "2025", "x"], ["b", 6, "2025", "x"], [None, 11, None, None]]
    found = recognise(Sheet.of([header, *rows]), Decisions(dataset="projects", ignored=frozenset({"Leader"})))
    assert kept(found) == [2, 3]


def test_in_a_table_that_often_says_little_no_row_is_asked_about():
    little = [[None, amount, "2025", None] for amount in (3, 9, 31)]
    assert table(ONE, TWO, *little, ["Course", 100, "2025", "Agency"]).doubtful == {}


@settings(deadline=None)
@given(amounts=st.lists(st.integers(1, 10**9), min_size=2, max_size=8), label=st.sampled_from([None, "Norge", "2025"]))
def test_the_money_of_a_table_is_the_same_with_a_sum_below_it(amounts, label):
    rows = [[f"purpose {number}", amount / 100, "2025", "Agency"] for number, amount in enumerate(amounts)]
    found = table(*rows, [label, sum(amounts) / 100, None, None])
    assert kept(found) == list(range(2, len(rows) + 2))


@pytest.mark.parametrize("paid_first", [False, True])
def test_a_commitment_that_its_payments_add_up_to_is_no_sum(paid_first, empty_lake):
    commitment = {"contribution_id": "EST-1", "donor_id": "EST", "stage": "commitment", "amount": 100, "value_date": None}
    payments = [
        {"contribution_id": f"EST-1-{n}", "donor_id": "EST", "stage": "disbursement", "amount": amount, "realises": "EST-1"}
        for n, amount in enumerate((80, 20))
    ]
    rows = [*payments, commitment] if paid_first else [commitment, *payments]
    submission = understood(workbook(contributions=rows), empty_lake)
    assert (submission.rows_accepted, submission.rows_held) == (3, 0)
