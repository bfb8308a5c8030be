"""A process can be killed at any moment and several can write at once: no file is lost or taken twice, and nothing is ever half there."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tallinn.datasets import datasets
from tallinn.ingest.accept import accept
from tallinn.ingest.findings import Refused
from tallinn.ingest.held import dismiss
from tallinn.ingest.undo import undo
from tallinn.lake import Change, Lake, Moved
from tallinn.lake_tables import records
from tests.lake.processes import CONTEXT, LONGEST, accept_and_say_so, bring_in_files, found_at_once, found_with, start, together
from tests.samples import csv_file, taken, understood, workbook

ROUNDS = 10
# Longer than a commit takes on a slow machine; most rounds are cut short within it.
LONGEST_LIFE = 0.5


def needs(name: str, rows: int = 3) -> bytes:
    return csv_file("needs", [{"need_id": f"{name}-{number}"} for number in range(rows)])


def state(lake: Lake) -> tuple[int, ...]:
    """Submissions, files, and rows of two datasets: a file is there in all of them or in none."""
    return len(lake.history()), lake.table("files").num_rows, len(lake.rows("needs")), len(lake.rows("projects"))


def one_more(counts: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(count + 1 for count in counts)


def test_a_process_killed_at_any_moment_leaves_the_old_state_or_the_new(directory):
    moments = random.Random(20231220)
    old: tuple[int, ...] = (0, 0, 0, 0)
    for round_ in range(ROUNDS):
        content = workbook(needs=[{"need_id": f"N-{round_}"}], projects=[{"project_id": f"P-{round_}"}])
        about_to = CONTEXT.Event()
        process = start(accept_and_say_so, directory, "sent.xlsx", content, about_to)
        assert about_to.wait(LONGEST)
        process.join(moments.uniform(0, LONGEST_LIFE))
        process.kill()
        process.join()
        with Lake(directory) as lake:
            found = state(lake)
        assert found in {old, one_more(old)}
        old = found
    with Lake(directory) as lake:
        taken(workbook(needs=[{"need_id": "N-last"}], projects=[{"project_id": "P-last"}]), lake)
        assert state(lake) == one_more(old)


def test_of_two_processes_that_bring_in_different_files_none_loses_one(directory):
    first, second = ({f"{name}{number}.csv": needs(f"{name}{number}") for number in range(2)} for name in "ab")
    assert together(bring_in_files, (directory, first), (directory, second)) == [0, 0]
    with Lake(directory) as lake:
        assert {each["file_name"] for each in lake.history()} == {*first, *second}
        assert sorted(each["submission_id"] for each in lake.history()) == [1, 2, 3, 4]
        assert len(lake.rows("needs")) == 12


def test_of_two_processes_that_bring_in_the_same_file_one_takes_it(directory):
    same = {"same.csv": needs("same")}
    assert together(bring_in_files, (directory, same), (directory, same)) == [0, 0]
    with Lake(directory) as lake:
        assert state(lake) == (1, 1, 3, 0)


def test_of_two_processes_that_bring_in_the_same_key_one_finds_it_taken(directory):
    estonian, latvian = (workbook(contributions=[{"contribution_id": "same", "donor_id": donor}]) for donor in ("EST", "LVA"))
    assert together(bring_in_files, (directory, {"EST.xlsx": estonian}), (directory, {"LVA.xlsx": latvian})) == [0, 0]
    with Lake(directory) as lake:
        assert len(lake.rows("contributions")) == 1
        assert [found["rule"] for found in lake.table("findings").to_pylist()] == ["key-of-another-sender"]


# A person never sees that somebody else was faster


class Overtaken(Lake):
    """A lake that somebody else changes whenever a commit is prepared, so many times."""

    def overtake(self, times: int) -> "Overtaken":
        self.times = times
        return self

    def commit(self, changes: list[Change], **options: Any) -> int:
        if self.times:
            self.times -= 1
            somebody_s = Change("findings", None, [], records("findings", [{"message": "faster"}]))
            super().commit([somebody_s], author="somebody", message="", since=self.snapshot())
        return super().commit(changes, **options)


@pytest.fixture
def overtaken(directory: Path) -> Iterator[Overtaken]:
    with Overtaken(directory) as lake:
        yield lake.overtake(0)


def test_taking_undoing_and_dismissing_are_prepared_again_when_somebody_else_was_faster(overtaken):
    taken(workbook(contributions=[{}, {"amount": "a lot"}]), overtaken.overtake(3))
    dismiss(overtaken.overtake(3), ["1-Contributions-3"], author="Mari", reason="reported twice")
    undo(1, overtaken.overtake(3), author="Mari", reason="")
    assert overtaken.rows("contributions").empty


def test_after_many_attempts_a_person_is_told_in_words(overtaken):
    with pytest.raises(Refused, match="Try again"):
        taken(needs("a"), overtaken.overtake(1000), name="a.csv")
    assert not overtaken.history()


def test_a_prepared_submission_says_that_the_lake_has_moved(overtaken):
    submission = understood(needs("a"), overtaken, name="a.csv")
    with pytest.raises(Moved):
        accept(submission, overtaken.overtake(1), author="Mari", message="")


# The first start


@pytest.fixture
def default_data(tmp_path: Path) -> list[Path]:
    """Two files to found a lake with."""
    files = [tmp_path / f"{name}.csv" for name in "ab"]
    for file in files:
        file.write_bytes(needs(file.stem))
    return files


def rows(directory: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every dataset, with the file, sheet and row it came from."""
    with Lake(directory) as lake:
        assert lake.founded()
        assert lake.table("founding").num_rows == 1
        return {name: sorted(map(tuple, lake.rows(name).astype(str).to_numpy().tolist())) for name in datasets()}


def test_a_first_start_that_is_killed_goes_on_where_it_stopped(tmp_path, default_data):
    found_with(tmp_path / "in one go", default_data)
    moments = random.Random(20231220)
    cut_short = tmp_path / "cut short"
    for _round in range(3):
        process = start(found_with, cut_short, default_data)
        process.join(moments.uniform(0, LONGEST_LIFE))
        process.kill()
        process.join()
    found_with(cut_short, default_data)
    assert rows(cut_short) == rows(tmp_path / "in one go")


def test_of_two_first_starts_at_once_the_second_waits(tmp_path, default_data):
    found_with(tmp_path / "alone", default_data)
    assert together(found_at_once, *[(tmp_path / "both", default_data)] * 2) == [0, 0]
    assert rows(tmp_path / "both") == rows(tmp_path / "alone")


def test_a_lake_is_founded_once(tmp_path, default_data):
    found_with(tmp_path / "lake", default_data)
    with Lake(tmp_path / "lake") as lake:
        before = lake.snapshot()
    found_with(tmp_path / "lake", [*default_data, tmp_path / "not there.csv"])
    with Lake(tmp_path / "lake") as lake:
        assert lake.snapshot() == before
