"""The lake keeps every version of every row, wherever it lies; a field that a schema gains becomes a column."""

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from tallinn import lake_tables
from tallinn.datasets import datasets
from tallinn.lake import Change, Lake, Moved, version_mark
from tallinn.lake_tables import records
from tallinn.releases import working
from tests.samples import copied, taken, workbook


def test_a_value_comes_back_as_it_went_in(lake):
    rows = [{"amount": Decimal("12345678901234.56"), "in_kind": True}, {"amount": Decimal("-0.01"), "in_kind": None}]
    taken(workbook(contributions=rows, incident_counts=[{"period_start": date(2025, 1, 1)}]), lake)
    held = lake.rows("contributions")
    assert held["amount"].tolist() == [Decimal("12345678901234.56"), Decimal("-0.01")]
    assert held["in_kind"].tolist() == [True, None]
    assert lake.rows("incident_counts")["period_start"].tolist() == [date(2025, 1, 1)]


def test_an_old_version_stays_readable(lake):
    first = taken(workbook(needs=[{"need": "old"}]), lake).snapshot
    taken(workbook(needs=[{"need": "new"}, {}]), lake)
    assert lake.table("needs", first)["need"].to_pylist() == ["old"]
    assert sorted(lake.table("needs")["need"].to_pylist()) == ["Training", "new"]


def test_the_working_state_is_named_by_its_day_and_snapshot(lake):
    taken(workbook(needs=[{}]), lake)
    release = working(lake)
    assert release.snapshot == lake.snapshot()
    assert release.id == f"UNPUBLISHED-{lake.committed_at(release.snapshot).date()}.{release.snapshot}"


def test_a_lake_can_be_moved_and_copied(lake, directory, tmp_path):
    taken(workbook(needs=[{}]), lake)
    copy = copied(directory, tmp_path / "it's a copy, ünï")
    shutil.rmtree(directory / "files")
    with Lake(copy) as moved:
        assert len(moved.rows("needs")) == 1
        taken(workbook(needs=[{"need": "more"}]), moved)
        assert moved.rows("needs")["need"].tolist() == ["more"]


def test_a_lake_can_be_named_from_any_folder(tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    with Lake(Path("lake")) as lake:
        taken(workbook(needs=[{}]), lake)
    monkeypatch.chdir(tmp_path / "elsewhere")
    with Lake(Path("../lake")) as lake:
        assert len(lake.rows("needs")) == 1


def test_a_field_that_a_schema_gains_becomes_a_column_unknown_in_older_rows(lake, directory, monkeypatch):
    before = taken(workbook(needs=[{}]), lake).snapshot
    needs = datasets()["needs"]
    wider = {**datasets(), "needs": replace(needs, fields=(*needs.fields, replace(needs.field("note"), name="urgency")))}
    monkeypatch.setattr(lake_tables, "datasets", lambda: wider)
    with Lake(directory) as reopened:
        assert reopened.rows("needs")["urgency"].tolist() == [None]
        assert reopened.table("needs", before)["urgency"].to_pylist() == [None]


def test_opening_a_lake_again_commits_nothing(lake, directory):
    with Lake(directory) as again:
        assert again.snapshot() == lake.snapshot()


def test_whoever_compared_with_an_older_state_must_compare_again(lake):
    seen = lake.snapshot()
    taken(workbook(needs=[{}]), lake)
    with pytest.raises(Moved):
        lake.commit([], author="late", message="", since=seen)


def test_a_commit_that_fails_half_way_leaves_nothing_behind(lake):
    before = lake.snapshot()
    fits = Change("files", None, [], records("files", [{"sha256": "x", "size": 1, "content": b"x"}]))
    does_not = Change("submissions", None, [], pa.table({"submission_id": ["no number"]}))
    with pytest.raises(duckdb.ConversionException):
        lake.commit([fits, does_not], author="a", message="m", since=before)
    assert lake.snapshot() == before
    assert not lake.knows("x")
    assert taken(workbook(needs=[{}]), lake).snapshot == before + 1


def test_a_file_that_was_never_sent_is_not_known(lake):
    with pytest.raises(KeyError):
        lake.file("0" * 64)


def test_the_mark_of_a_version_changes_with_every_commit(lake, directory):
    marks = [version_mark(directory)]
    for need in "ab":
        taken(workbook(needs=[{"need": need}]), lake)
        marks.append(version_mark(directory))
    assert len(set(marks)) == 3
