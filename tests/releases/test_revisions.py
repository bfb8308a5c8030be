"""Two releases are told apart row by row; what is new money is told apart from what the exchange rate did."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallinn.ask import ask
from tallinn.releases import Release
from tallinn.revisions import Comparison, bridge, compared, in_sentences
from tests.samples import store

ONE = {"contribution_id": "one"}


def between(earlier: list[dict[str, Any]], later: list[dict[str, Any]], **others: Any) -> Comparison:
    return compared(store(contributions=earlier), store(contributions=later, **others))


def only(comparison: Comparison) -> tuple[str, Decimal, Decimal]:
    """Kind, change and effect of the rate of the one contribution that differs."""
    (found,) = comparison.revisions
    return found.kind, found.change, found.by_rate


@pytest.mark.parametrize(
    ("before", "after", "kind", "change"),
    [
        ([], [ONE], "added", 100),
        ([ONE], [], "withdrawn", -100),
        ([ONE], [{**ONE, "amount": 130}], "revised", 30),
        ([ONE], [{**ONE, "not_counted": "cancelled"}], "reclassified", -100),
        ([ONE], [{**ONE, "within_mechanism": "related"}], "reclassified", -100),
        ([{**ONE, "within_mechanism": "related"}], [ONE], "reclassified", 100),
        ([ONE], [{**ONE, "note": "Signed in May"}], "reworded", 0),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_happened_to_a_row(before, after, kind, change):
    assert only(between(before, after)) == (kind, change, 0)


def test_what_a_correction_revises_is_corrected_and_each_row_has_its_reason():
    earlier, later = store(contributions=[ONE]), store(contributions=[{**ONE, "amount": 130}])
    correction = replace(later.release, id="next", corrects=earlier.release.id, reasons={"one": "A nought was missing", "hidden": "no"})
    (found,) = compared(earlier, replace(later, release=correction)).revisions
    assert (found.kind, found.reason) == ("corrected", "A nought was missing")
    unrelated = replace(correction, corrects="an older one")
    assert compared(earlier, replace(later, release=unrelated)).revisions[0].kind == "revised"


def test_the_same_rows_are_no_difference():
    same = between([ONE], [ONE])
    assert (same.revisions, same.rows) == ((), ())
    assert in_sentences(same) == ["The Mechanism: the same is committed (no row differs)."]


def test_a_new_date_moves_the_euros_of_a_row_by_its_rate_alone():
    row = {**ONE, "amount": 1000, "currency": "SEK"}
    kind, change, by_rate = only(between([{**row, "value_date": "2024-01-02"}], [{**row, "value_date": "2025-01-02"}]))
    assert kind == "revised" and change == by_rate != 0


def test_more_money_at_another_rate_is_split_into_both():
    old = {**ONE, "amount": 1000, "currency": "SEK", "value_date": "2024-01-02"}
    new = {**old, "amount": 2000, "value_date": "2025-01-02"}
    _kind, change, by_rate = only(between([old], [new]))
    _kind, at_the_old_rate, none = only(between([old], [{**old, "amount": 2000}]))
    assert none == 0
    assert change - by_rate == at_the_old_rate > 0


def test_a_payment_that_covers_a_commitment_changes_nothing_that_is_committed():
    paid = {"contribution_id": "paid", "stage": "disbursement", "realises": "one", "amount": 40}
    comparison = between([ONE], [ONE, paid])
    assert sum(each.change for each in comparison.revisions) == 0
    assert [each.kind for each in comparison.revisions] == ["added"]


def test_donors_are_told_apart_the_largest_change_first():
    later = [ONE, {"contribution_id": "SWE-1", "donor_id": "SWE", "amount": 3_100_000}, {"contribution_id": "NOR-7", "donor_id": "NOR"}]
    told = in_sentences(between([{**ONE, "amount": 400_100}], later))
    assert told[0] == "The Mechanism: +EUR 2.7 million committed (2 added and 1 revised)."
    assert told[1] == "Sweden: +EUR 3.1 million committed (1 added)."
    assert told[2].startswith("Estonia: −EUR 400,000 committed (1 revised)")


def test_rows_of_other_datasets_are_counted():
    comparison = compared(
        store(needs=[{"need_id": "a"}, {"need_id": "b"}]), store(needs=[{"need_id": "a", "need": "More"}, {"need_id": "c"}])
    )
    assert in_sentences(comparison)[-1] == "Needs: 3 rows differ (1 added, 1 changed, 1 withdrawn)."


def test_the_releases_are_named():
    assert isinstance(between([], []).earlier, Release)


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "amount": st.integers(1, 10**9),
            "currency": st.sampled_from(["EUR", "SEK", "UAH"]),
            "stage": st.sampled_from(["pledge", "commitment", "disbursement"]),
            "value_date": st.sampled_from(["2024-01-02", "2025-01-02"]),
            "within_mechanism": st.sampled_from(["yes", "related"]),
            "not_counted": st.sampled_from([None, "cancelled"]),
        }
    ),
    max_size=6,
)


@settings(max_examples=15, deadline=None)
@given(ROWS, ROWS)
def test_the_steps_of_the_bridge_add_up_to_the_headlines_of_both_releases(before, after):
    named = ([{"contribution_id": f"c{n}", **row} for n, row in enumerate(rows)] for rows in (before, after))
    stores = [store(contributions=rows) for rows in named]
    comparison = compared(*stores)
    first, *moves, last = bridge(comparison).rows["amount_eur"]
    assert first + sum(moves) == pytest.approx(last, abs=0.005)
    for total, one in zip((first, last), stores, strict=True):
        assert total == pytest.approx(ask(one, "headline").rows["committed_eur"].fillna(0).iloc[0], abs=0.005)
    change = sum(each.change for each in comparison.revisions)
    assert comparison.totals[0] + change == comparison.totals[1]


def test_other_datasets_are_compared_row_by_row():
    need = {"need_id": "N-1", "need": "Generators"}
    other = {"need_id": "N-2", "need": "Firewalls"}
    comparison = compared(store(needs=[need, other]), store(needs=[{**need, "need": "Large generators"}, {**other, "need_id": "N-3"}]))
    (found,) = comparison.rows
    assert (found.dataset.name, found.added, found.changed, found.withdrawn) == ("needs", 1, 1, 1)
