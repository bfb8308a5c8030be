"""Rules about several rows: within a file, between its sheets, and between the file and what is on file."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from tallinn.ingest.submission import Submission
from tallinn.lake import Lake
from tests.samples import Table, cell_of, copied, errors, remarks, taken, the_finding, understood, workbook

PLEDGE = {"contribution_id": "pledge", "stage": "Pledge", "amount": 100}
COMMITMENT = {"contribution_id": "commitment", "amount": 60, "realises": "pledge"}
PAYMENT = {"contribution_id": "payment", "stage": "Disbursement", "amount": 60, "realises": "commitment"}
REALISES, KEY = cell_of("contributions", "realises")[0], "A"


@pytest.fixture(scope="module")
def begun(empty_directory, tmp_path_factory) -> Iterator[Lake]:
    """A lake in which Estonia has pledged 100 euros, committed 60 of them, and paid; and Sweden has a row of its own."""
    with Lake(copied(empty_directory, tmp_path_factory.mktemp("begun") / "lake")) as lake:
        taken(workbook(contributions=[PLEDGE, COMMITMENT, PAYMENT], projects=[{"project_id": "P-1"}]), lake)
        taken(workbook(contributions=[{"contribution_id": "swedish", "donor_id": "SWE"}]), lake)
        yield lake


def contributions(lake: Lake, *rows: Mapping[str, Any], **options: Any) -> Submission:
    return understood(workbook(contributions=rows), lake, **options)


def of_estonia(lake: Lake, *rows: Mapping[str, Any], **options: Any) -> Submission:
    return contributions(lake, *rows, donor="EST", **options)


def held(submission: Submission) -> list[int]:
    return [number for each in submission.checked for number in each.held["row_number"].to_pylist()]


# Keys


def test_a_key_that_stands_twice_holds_both_rows_and_names_them(empty_lake):
    submission = contributions(empty_lake, {"contribution_id": "same"}, {}, {"contribution_id": "same"})
    assert errors(submission) == [("duplicate-key", "A2"), ("duplicate-key", "A4")]
    assert "rows 2, 4" in submission.findings[0].message


def test_a_key_that_stands_in_two_sheets_of_a_dataset_holds_both_rows(empty_lake):
    twice = [Table("contributions", [{"contribution_id": "same"}], sheet=name) for name in ("2024", "2025")]
    submission = understood(workbook(*twice), empty_lake)
    assert [(found.sheet, found.rule) for found in submission.findings] == [("2024", "duplicate-key"), ("2025", "duplicate-key")]


def test_the_same_key_may_stand_in_two_datasets(empty_lake):
    assert not understood(workbook(needs=[{"need_id": "1"}], incidents=[{"incident_id": "1"}]), empty_lake).findings


def test_nobody_can_change_the_row_of_another_sender(begun):
    submission = of_estonia(begun, {"contribution_id": "swedish", "amount": 1})
    assert errors(submission) == [("key-of-another-sender", "A2")]
    assert submission.changes_nothing


# References


def test_a_row_may_realise_one_above_or_below_it_or_in_another_sheet(empty_lake):
    assert errors(contributions(empty_lake, PAYMENT, COMMITMENT, PLEDGE)) == []
    apart = [Table("contributions", [row], sheet=row["contribution_id"]) for row in (PAYMENT, COMMITMENT, PLEDGE)]
    assert errors(understood(workbook(*apart), empty_lake)) == []


def test_a_row_may_realise_one_that_is_on_file(begun):
    assert errors(of_estonia(begun, {"stage": "Commitment", "amount": 40, "realises": "pledge"})) == []


def test_money_never_goes_back_a_stage(begun):
    backwards = [
        ("Pledge", "pledge"),
        ("Pledge", "payment"),
        ("Commitment", "commitment"),
        ("Commitment", "payment"),
        ("Disbursement", "payment"),
    ]
    rows = [{"stage": stage, "amount": 1, "realises": realises} for stage, realises in backwards]
    assert errors(of_estonia(begun, *rows)) == [("stage-order", f"{REALISES}{number}") for number in range(2, 7)]


def test_a_row_that_others_realise_cannot_become_a_later_stage_than_theirs(begun):
    submission = of_estonia(begun, {**PLEDGE, "stage": "Expenditure"})
    assert errors(submission) == [("stage-order", cell_of("contributions", "stage"))]


@pytest.mark.parametrize("field", ["realises", "duplicate_of"])
def test_a_row_that_names_an_unknown_row_or_itself_is_held(empty_lake, field):
    submission = contributions(empty_lake, {field: "nowhere"}, {"contribution_id": "self", field: "self"})
    column = cell_of("contributions", field)[0]
    assert errors(submission) == [("unknown-reference", f"{column}2"), ("reference-to-itself", f"{column}3")]


def test_rows_that_name_each_other_in_a_circle_are_held(empty_lake):
    circle = [{"contribution_id": one, "duplicate_of": other} for one, other in ("ab", "bc", "ca")]
    beside = {"contribution_id": "d", "duplicate_of": "a"}
    submission = contributions(empty_lake, *circle, beside)
    assert [rule for rule, _cell in errors(submission)] == ["reference-to-itself"] * 3 + ["names-a-held-row"]


def test_a_circle_cannot_be_closed_through_a_row_on_file(begun):
    submission = of_estonia(begun, {**PLEDGE, "duplicate_of": "again"}, {"contribution_id": "again", "duplicate_of": "pledge"})
    assert {rule for rule, _cell in errors(submission)} == {"reference-to-itself"}


def test_who_names_a_held_row_is_held_too_down_the_whole_chain(empty_lake):
    submission = contributions(empty_lake, {**PLEDGE, "amount": "lots"}, COMMITMENT, PAYMENT, {"contribution_id": "free"})
    assert errors(submission) == [
        ("not-a-number", cell_of("contributions", "amount")),
        ("names-a-held-row", f"{REALISES}3"),
        ("names-a-held-row", f"{REALISES}4"),
    ]
    assert held(submission) == [2, 3, 4]


def test_who_names_a_held_row_that_is_on_file_in_an_older_form_is_taken(begun):
    submission = of_estonia(begun, {**PLEDGE, "amount": "lots"}, {"stage": "Commitment", "amount": 1, "realises": "pledge"})
    assert held(submission) == [2]


def test_a_project_may_be_sent_later_than_the_money_for_it(begun):
    submission = of_estonia(begun, {"project_ids": "P-1; P-2"})
    assert the_finding(submission, "not-yet-on-file").value == "P-2"
    assert held(submission) == []


# Realised twice over


def test_what_realises_a_pledge_may_not_exceed_it(empty_lake):
    halves = [{"amount": 50, "realises": "pledge"}, {"amount": 51, "realises": "pledge"}]
    submission = contributions(empty_lake, PLEDGE, *halves)
    assert errors(submission) == [("realised-twice-over", f"{REALISES}3"), ("realised-twice-over", f"{REALISES}4")]
    assert "101.00 EUR of its 100.00 EUR" in submission.findings[0].message


SECOND_HALVES = {
    "in full": {"amount": 50},
    "but for rounding": {"amount": 50.4},
    "in another currency": {"amount": 500, "currency": "SEK"},
    "by an unknown amount": {"amount": None, "currency": None},
    "by a duplicate": {"amount": 500, "duplicate_of": "in full"},
    "but cancelled": {"amount": 500, "not_counted": "Cancelled"},
    "less a correction": {"amount": -10},
}


def test_a_pledge_may_be_realised_in_parts(empty_lake):
    pledges = [{**PLEDGE, "contribution_id": how} for how in SECOND_HALVES]
    halves = [{"amount": 50, "realises": how, **second} for how in SECOND_HALVES for second in ({}, SECOND_HALVES[how])]
    assert errors(contributions(empty_lake, *pledges, *halves)) == []


def test_a_commitment_and_its_payment_are_not_added_to_each_other(empty_lake):
    payment = {**PAYMENT, "realises": "pledge"}
    assert errors(contributions(empty_lake, PLEDGE, COMMITMENT, payment)) == []


def test_a_negative_pledge_can_be_realised_by_a_negative_commitment(empty_lake):
    rows = [{**PLEDGE, "amount": -100}, {**COMMITMENT, "amount": -100}]
    assert errors(contributions(empty_lake, *rows)) == []


def test_what_is_on_file_counts_towards_what_a_file_realises(begun):
    submission = of_estonia(begun, {"amount": 41, "realises": "pledge"})
    assert errors(submission) == [("realised-twice-over", f"{REALISES}2")]


def test_a_row_that_is_sent_again_is_not_counted_twice(begun):
    assert errors(of_estonia(begun, {**COMMITMENT, "amount": 100})) == []
    assert errors(of_estonia(begun, COMMITMENT, PAYMENT)) == []
    assert errors(of_estonia(begun, {"contribution_id": "new", "amount": 100, "realises": "pledge"}, PLEDGE, mode="replace")) == []


def test_a_pledge_cannot_become_smaller_than_what_realises_it(begun):
    assert errors(of_estonia(begun, {**PLEDGE, "amount": 50})) == [("realised-twice-over", cell_of("contributions", "amount"))]


def test_a_blank_cell_does_not_slip_past_a_rule(begun):
    submission = of_estonia(begun, {**COMMITMENT, "realises": None, "amount": 500})
    assert errors(submission) == [("realised-twice-over", f"{REALISES}2")]


# Dates and currencies


def test_an_end_before_its_start_is_held(empty_lake):
    backwards = [("2025-07-02", "2025-07-01"), ("2025", "2024"), ("2025-Q3", "2025-06"), ("2025-H2", "2024/2025-H1")]
    submission = understood(workbook(projects=[{"start": start, "end": end} for start, end in backwards]), empty_lake)
    assert errors(submission) == [("end-before-start", cell_of("projects", "end", row)) for row in range(2, 6)]


def test_an_end_that_may_lie_after_its_start_is_taken(empty_lake):
    fine = [("2025-07-02", "2025-07-02"), ("2025-07-02", "2025"), ("2025", "2025-01"), ("2025", None), (None, "2020")]
    assert errors(understood(workbook(projects=[{"start": start, "end": end} for start, end in fine]), empty_lake)) == []


def test_every_dataset_with_a_start_and_an_end_has_them_in_order(empty_lake):
    backwards = {
        "incident_counts": [{"period_start": "2025-02-01", "period_end": "2025-01-31"}],
        "capabilities": [{"available_from": "2026", "available_until": "2025"}],
    }
    assert [rule for rule, _cell in errors(understood(workbook(**backwards), empty_lake))] == ["end-before-start"] * 2


@pytest.mark.parametrize("stage", ["Disbursement", "Expenditure"])
def test_nothing_is_paid_in_the_future(empty_lake, stage):
    next_year = str(date.today().year + 1)
    submission = contributions(empty_lake, {"stage": stage, "value_date": next_year}, {"stage": "Commitment", "value_date": next_year})
    assert errors(submission) == [("payment-in-the-future", cell_of("contributions", "value_date"))]


def test_the_running_year_is_not_the_future(empty_lake):
    assert not contributions(empty_lake, {"stage": "Disbursement", "value_date": str(date.today().year)}).findings


@pytest.mark.parametrize(("dataset", "amount"), [("contributions", "amount"), ("projects", "budget")])
def test_an_amount_has_a_currency(empty_lake, dataset, amount):
    rows: Sequence[Mapping[str, Any]] = [{amount: 5, "currency": None}, {amount: None, "currency": None}]
    assert errors(understood(workbook(**{dataset: rows}), empty_lake)) == [("amount-without-currency", cell_of(dataset, "currency"))]


def test_what_cannot_be_converted_is_taken_and_said(empty_lake):
    rows = [{"currency": "UAH"}, {"currency": "SEK", "value_date": None}, {"currency": "SEK", "value_date": None, "period": "2025"}]
    submission = contributions(empty_lake, *rows)
    assert remarks(submission) == {"no-rate-for-currency", "no-date-to-convert"}
    assert submission.rows_accepted == 3
