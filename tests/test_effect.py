# ruff: noqa: F811 - fixtures are named by their tests
"""What a file would do to the headline and to each donor, in sentences with the rows that cause it."""

from typing import Any

from tallinn.effect import effect, in_sentences
from tallinn.lake import Lake
from tests.lakes import _quickly_opened, directory, empty_directory, lake  # noqa: F401 - fixtures
from tests.samples import taken, understood, workbook

MILLION = 1_000_000
NORWEGIAN = {"contribution_id": "NOR-7", "donor_id": "NOR", "amount": 2 * MILLION}


def said(lake: Lake, *rows: dict[str, Any], **options: Any) -> list[str]:
    return in_sentences(effect(understood(workbook(contributions=rows), lake, **options), lake))


def begun(lake: Lake, *rows: dict[str, Any]) -> Lake:
    if rows:
        taken(workbook(contributions=rows), lake)
    return lake


def test_a_new_row_raises_its_donor_and_the_headline(lake):
    assert said(begun(lake), NORWEGIAN) == [
        "The Mechanism: commitments rise by EUR 2 million.",
        "Norway: commitments rise by EUR 2 million because NOR-7 is new.",
    ]


def test_a_cancelled_row_is_named_with_what_became_of_it(lake):
    assert said(begun(lake, NORWEGIAN), {**NORWEGIAN, "not_counted": "Cancelled"}) == [
        "The Mechanism: commitments fall by EUR 2 million.",
        "Norway: commitments fall by EUR 2 million because NOR-7 became: cancelled.",
    ]


def test_a_smaller_amount_and_a_row_that_is_gone_are_told_the_largest_first(lake):
    begun(lake, NORWEGIAN, {**NORWEGIAN, "contribution_id": "NOR-8", "amount": 5 * MILLION})
    assert said(lake, {**NORWEGIAN, "amount": MILLION}, mode="replace")[1:] == [
        "Norway: commitments fall by EUR 6 million because NOR-8 is no longer reported and NOR-7 changed its amount."
    ]


def test_more_than_three_rows_are_counted(lake):
    rows = [{**NORWEGIAN, "contribution_id": f"NOR-{number}", "amount": number * MILLION} for number in range(1, 6)]
    assert said(begun(lake), *rows)[1] == (
        "Norway: commitments rise by EUR 15 million because NOR-5 is new, NOR-4 is new, NOR-3 is new and 2 more rows."
    )


def test_money_that_goes_from_one_donor_to_another_leaves_the_headline_alone(lake):
    begun(lake, NORWEGIAN)
    moved = said(lake, {**NORWEGIAN, "donor_id": "SWE"}, donor="NOR")
    assert moved == [
        "Norway: commitments fall by EUR 2 million because NOR-7 is of another donor now.",
        "Sweden: commitments rise by EUR 2 million because NOR-7 is of another donor now.",
    ]


def test_a_payment_far_from_the_row_that_changes_is_told_where_it_covers_another_part_of_the_money(lake):
    chain = [{**NORWEGIAN, "contribution_id": f"NOR-{n}", "realises": f"NOR-{n - 1}" if n > 1 else None} for n in (1, 2, 3)]
    stages = ["Pledge", "Commitment", "Disbursement"]
    rows = [{**row, "stage": stage, "amount": amount * MILLION} for row, stage, amount in zip(chain, stages, (9, 5, 2), strict=True)]
    begun(lake, *rows, {**NORWEGIAN, "contribution_id": "another", "amount": MILLION})
    assert said(lake, {**rows[1], "not_counted": "Cancelled"})[1:] == [
        "Norway: commitments fall by EUR 3 million because NOR-2 became: cancelled and NOR-3 covers another part of the same money."
    ]


def test_what_moves_no_money_says_nothing(lake):
    begun(lake, NORWEGIAN)
    assert said(lake, NORWEGIAN) == []
    assert said(lake, {**NORWEGIAN, "note": "as announced"}) == []
    assert said(lake, {**NORWEGIAN, "contribution_id": "NOR-9", "amount": None, "currency": None}) == []
    assert in_sentences(effect(understood(workbook(needs=[{}]), lake), lake)) == []


def test_an_effect_stores_nothing(lake):
    before = begun(lake, NORWEGIAN).snapshot()
    said(lake, {**NORWEGIAN, "amount": 1})
    assert lake.snapshot() == before
