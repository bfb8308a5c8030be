"""A long file tells how far it has come, and whoever stops it leaves nothing behind."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tallinn.datasets import datasets
from tallinn.ingest import read as reading
from tallinn.ingest.progress import STEP, Stretch, Told, stretches
from tallinn.ingest.read import read
from tallinn.ingest.submission import understand
from tests.samples import csv_file, sent, workbook

pytestmark = pytest.mark.child

SLOW = "import json, time\ntime.sleep(0.5)\nprint(json.dumps({'refused': 'slow'}))"
ENDLESS = "import os, time, pathlib\npathlib.Path({path!r}).write_text(str(os.getpid()))\ntime.sleep(600)"


class Stopped(Exception):
    """Somebody pressed cancel."""


@dataclass(frozen=True)
class Cancel:
    """Stops the work as soon as a file is there, or so much is done."""

    once: Path | None = None
    at: float = 0.0

    def __call__(self, done: float) -> None:
        if done >= self.at and (self.once is None or (self.once.exists() and self.once.read_text())):
            raise Stopped


def open_files() -> set[str]:
    return {each.name for each in Path("/proc/self/fd").iterdir()}


def test_the_reader_is_heard_of_while_it_reads(monkeypatch):
    monkeypatch.setattr(reading, "_CHILD", SLOW)
    monkeypatch.setattr(reading, "TICK", 0.02)
    told: list[float] = []
    with pytest.raises(reading.Refused, match="slow"):
        read("sent.csv", b"a,b", told.append)
    assert len(set(told)) > 3
    assert told == sorted(told)
    assert all(0 <= done < 1 for done in told)


def test_a_file_that_is_read_is_told_as_done():
    told: list[float] = []
    read("sent.csv", csv_file("needs"), told.append)
    assert told[-1] == 1


def test_who_stops_the_reading_stops_the_reader_and_leaves_nothing(monkeypatch, tmp_path):
    note, scratch = tmp_path / "pid", tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    monkeypatch.setattr(reading, "_CHILD", ENDLESS.format(path=str(note)))
    before = open_files()
    with pytest.raises(Stopped):
        read("sent.csv", b"a,b", Cancel(once=note))
    assert not Path(f"/proc/{note.read_text()}").exists()
    assert list(scratch.iterdir()) == []
    assert open_files() == before


def test_every_step_of_understanding_is_told(empty_lake):
    told: list[float] = []
    understand(sent(workbook(contributions=[{}], needs=[{}])), empty_lake, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1
    # At least once for each column and for each rule.
    assert len(set(told)) > 2 * len(datasets()["needs"].fields)


def test_who_stops_the_understanding_leaves_the_lake_as_it_was(lake):
    file, before = sent(workbook(needs=[{}])), lake.snapshot()
    for at in (0.1, 0.4, 0.7, 0.9, 1.0):
        with pytest.raises(Stopped):
            understand(file, lake, progress=Cancel(at=at))
    assert lake.snapshot() == before
    assert understand(file, lake).rows_accepted == 1


def test_a_long_column_of_cells_that_are_asked_one_by_one_is_told_too(empty_lake):
    told: list[float] = []
    rows = [{"sector": f"Energy {number}"} for number in range(2 * STEP)]
    understand(sent(csv_file("incidents", rows), "sent.csv"), empty_lake, progress=told.append)
    names = datasets()["incidents"].names
    column = Stretch(told.append, 0.1, 0.5)
    first, last = (0.1 + 0.4 * (names.index("sector") + end) / len(names) for end in (0, 1))
    assert column.first <= first < last <= column.last
    assert len({done for done in told if first < done < last}) > 1


def test_a_stretch_is_told_as_a_part_of_the_whole():
    told: list[float] = []
    for part in stretches(Stretch(told.append, 0.5, 1.0), 2):
        part(0.0)
        part(1.0)
    assert told == [0.5, 0.75, 0.75, 1.0]


def test_what_is_gone_through_twice_comes_forward_all_the_time():
    told: list[float] = []
    items = Told(range(3 * STEP), told.append)
    assert [*items, *items] == [*range(3 * STEP)] * 2
    assert told == sorted(set(told))
    assert told[-1] < 1
