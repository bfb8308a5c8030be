"""Undo takes back exactly what one submission did, or says which later one stands in the way."""

import shutil
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallinn.datasets import datasets
from tallinn.ingest.findings import Refused
from tallinn.ingest.held import dismiss
from tallinn.ingest.undo import undo
from tallinn.lake import Lake
from tests.samples import taken, workbook

OURS = {"contribution_id": "one"}


def everything(lake: Lake) -> dict[str, list[Any]]:
    """All rows of all datasets, and the rows that are held."""
    return {name: sorted(map(repr, lake.table(name).to_pylist())) for name in (*datasets(), "held_rows")}


def undone(number: int, lake: Lake):
    return undo(number, lake, author="Mari", reason="sent by mistake")


def test_what_was_added_leaves_and_what_was_changed_is_as_before(lake):
    taken(workbook(contributions=[OURS, {"contribution_id": "two"}]), lake)
    before = everything(lake)
    taken(workbook(contributions=[{**OURS, "amount": 5}, {"contribution_id": "new"}], needs=[{}]), lake)
    done = undone(2, lake)
    assert everything(lake) == before
    assert (done.left, done.back) == ({"contributions": 2, "needs": 1}, {"contributions": 1, "needs": 0})


def test_what_was_replaced_away_comes_back(lake):
    taken(workbook(contributions=[OURS, {"contribution_id": "two"}]), lake)
    before = everything(lake)
    taken(workbook(contributions=[{"contribution_id": "three"}]), lake, mode="replace")
    undone(2, lake)
    assert everything(lake) == before


def test_rows_that_it_held_go_and_rows_that_it_mended_wait_again(lake):
    taken(workbook(contributions=[{**OURS, "amount": "a lot"}]), lake)
    before = everything(lake)
    taken(workbook(contributions=[OURS, {"contribution_id": "two", "amount": "more"}]), lake)
    assert everything(lake) != before
    undone(2, lake)
    assert everything(lake) == before


def test_a_later_change_stands_in_the_way_and_is_named(lake):
    for amount in (1, 2, 3):
        taken(workbook(contributions=[{**OURS, "amount": amount}]), lake, name=f"file {amount}.xlsx")
    with pytest.raises(Refused, match=r"submission 3 \(file 3\.xlsx, .*\) changed “one” later"):
        undone(2, lake)


def test_a_later_reference_stands_in_the_way(lake):
    taken(workbook(contributions=[OURS]), lake)
    taken(workbook(contributions=[{"contribution_id": "paid", "stage": "Disbursement", "realises": "one"}]), lake)
    with pytest.raises(Refused, match=r"submission 2 .* refers to it"):
        undone(1, lake)


def test_a_row_does_not_come_back_to_name_one_that_was_removed_since(lake):
    paid = {"contribution_id": "paid", "stage": "Disbursement", "realises": "one"}
    for rows in ([OURS, paid], [OURS], [{"contribution_id": "other"}]):
        taken(workbook(contributions=rows), lake, mode="replace")
    with pytest.raises(Refused, match=r"submission 3 .* changed “one” later"):
        undone(2, lake)
    undone(3, lake)
    undone(2, lake)
    assert sorted(lake.table("contributions")["contribution_id"].to_pylist()) == ["one", "paid"]


def test_a_row_that_was_dismissed_goes_with_its_submission(lake):
    taken(workbook(contributions=[{**OURS, "amount": "a lot"}]), lake)
    dismiss(lake, ["1-Contributions-2"], author="Mari", reason="reported twice")
    undone(1, lake)
    assert len(lake.table("held_rows")) == 0


def test_a_later_submission_that_mended_a_row_stands_in_the_way(lake):
    taken(workbook(contributions=[{**OURS, "amount": "a lot"}]), lake)
    taken(workbook(contributions=[OURS]), lake)
    with pytest.raises(Refused, match="submission 2 "):
        undone(1, lake)


def test_it_is_told_in_the_history_and_cannot_be_done_twice(lake):
    taken(workbook(contributions=[OURS]), lake)
    undone(1, lake)
    assert (lake.history()[0]["undone_by"], lake.history()[0]["undone_reason"]) == ("Mari", "sent by mistake")
    for number in (1, 7):
        with pytest.raises(Refused):
            undone(number, lake)


def test_the_same_file_can_be_sent_again_after_it_was_undone(lake):
    content = workbook(contributions=[OURS])
    taken(content, lake)
    after = everything(lake)
    undone(1, lake)
    assert taken(content, lake).submission_id == 2
    assert len(everything(lake)["contributions"]) == len(after["contributions"])


FILES = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from("abcd"), st.integers(1, 5), min_size=1, max_size=3),
        st.sampled_from(["EST", "SWE"]),
        st.sampled_from(["update", "replace"]),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=6, deadline=None)
@given(files=FILES)
def test_undoing_one_after_the_other_is_the_inverse_of_taking_them(empty_directory, tmp_path_factory, files):
    directory = tmp_path_factory.mktemp("undo") / "lake"
    shutil.copytree(empty_directory, directory)
    with Lake(directory) as lake:
        states = {0: everything(lake)}
        for amounts, donor, mode in files:
            rows = [{"contribution_id": f"{donor}-{key}", "amount": amount, "donor_id": donor} for key, amount in amounts.items()]
            number = taken(workbook(contributions=rows), lake, mode=mode).submission_id
            if number:
                states[number] = everything(lake)
        for number in sorted(states, reverse=True)[:-1]:
            undone(number, lake)
            assert everything(lake) == states[number - 1]


@settings(max_examples=6, deadline=None)
@given(files=FILES, order=st.permutations([1, 2, 3, 4]))
def test_in_any_order_it_takes_back_its_own_rows_alone_or_is_refused(empty_directory, tmp_path_factory, files, order):
    directory = tmp_path_factory.mktemp("undo") / "lake"
    shutil.copytree(empty_directory, directory)
    with Lake(directory) as lake:
        for amounts, donor, mode in files:
            rows = [{"contribution_id": f"{donor}-{key}", "amount": amount, "donor_id": donor} for key, amount in amounts.items()]
            taken(workbook(contributions=rows), lake, mode=mode)
        for number in order:
            before = everything(lake)
            others = {row["contribution_id"] for row in lake.table("contributions").to_pylist() if row["submission_id"] != number}
            try:
                undone(number, lake)
            except Refused:
                assert everything(lake) == before
            rows = lake.table("contributions").to_pylist()
            assert len({row["contribution_id"] for row in rows}) == len(rows)
            assert others <= {row["contribution_id"] for row in rows}
