"""The preview shows what would change as people read it: rows that come and go with all they say, and old beside new values."""

import pytest

from tallinn.datasets import datasets
from tallinn.ingest.changes import RowChange, ValueChange, changes_as_rows, how_many, shown
from tallinn.ingest.submission import Submission
from tallinn.lake import Lake
from tallinn.report import report_in_words
from tests.samples import taken, understood, workbook

ONE = {"contribution_id": "one", "purpose": "training"}


@pytest.fixture
def filled(lake: Lake) -> Lake:
    taken(workbook(contributions=[ONE, {"contribution_id": "two", "currency": "SEK"}]), lake)
    return lake


def preview(lake: Lake, *rows: dict, **options) -> Submission:
    return understood(workbook(contributions=list(rows)), lake, **options)


def test_changed_values_stand_beside_each_other_in_words(filled):
    row = {**ONE, "amount": 1250.5, "currency": "USD", "stage": "Pledge", "value_date": "2025-Q3", "note": "see annex", "in_kind": "yes"}
    (change,) = changes_as_rows(preview(filled, row))
    assert (change.what, change.dataset, change.key) == ("changed", "Contributions", "one")
    assert set(change.values) == {
        ValueChange("Stage", "Commitment", "Pledge"),
        ValueChange("In kind", "unknown", "yes"),
        ValueChange("Amount", "EUR 100", "USD 1,250.50"),
        ValueChange("Currency", "EUR", "USD"),
        ValueChange("Value date", "2 July 2025", "Q3 2025"),
        ValueChange("Note", "unknown", "see annex"),
    }


def test_rows_that_are_removed_and_added_are_shown_with_all_they_say(filled):
    submission = preview(filled, ONE, {"contribution_id": "three", "amount": None}, mode="replace")
    removed, added = changes_as_rows(submission)
    assert (removed.what, removed.key, added.what, added.key) == ("removed", "two", "added", "three")
    assert ValueChange("Amount", "SEK 100", "") in removed.values
    assert ValueChange("Donor", "", "Estonia") in added.values
    assert "Amount" not in {value.title for value in added.values}


def test_what_is_the_same_is_not_shown(filled):
    assert changes_as_rows(preview(filled, ONE)) == []


def test_many_rows_are_counted_and_only_some_of_them_shown(filled):
    submission = preview(filled, *({"contribution_id": f"new {number}"} for number in range(30)))
    assert (len(changes_as_rows(submission, 20)), len(changes_as_rows(submission)), how_many(submission)) == (20, 30, 30)
    words = report_in_words(submission)
    assert words.count("\nadded new ") == 20
    assert words.endswith("… and 10 more rows.")


def test_the_report_lists_changes_a_line_each(filled):
    words = report_in_words(preview(filled, {**ONE, "amount": 5}, mode="replace"))
    assert "changed one: Amount EUR 100 → EUR 5\nremoved two: Donor Estonia; Stage Commitment; Amount SEK 100;" in words
    assert max(map(len, words.splitlines())) <= 200


@pytest.mark.parametrize("dataset", sorted(datasets()))
def test_every_field_of_every_dataset_has_words(empty_lake, dataset):
    submission = understood(workbook(**{dataset: [{}]}), empty_lake)
    (change,) = changes_as_rows(submission)
    assert isinstance(change, RowChange)
    assert all(value.new and not value.old for value in change.values)


def test_lists_of_countries_dates_and_counts_are_words_too():
    projects, counts = datasets()["projects"], datasets()["incident_counts"]
    assert shown({"donor_ids": "EST; SWE"}, projects.field("donor_ids")) == "Estonia and Sweden"
    assert shown({"count": 5927}, counts.field("count")) == "5,927"
