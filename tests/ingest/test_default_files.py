"""Every file in data/ is taken whole, and every file in the collection of awkward ones is answered."""

import os
from pathlib import Path

import pytest

from tallinn.cli import main
from tallinn.ingest import read as reading
from tallinn.settings import default_files

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
AWKWARD = sorted(path for path in SAMPLES.glob("*") if path.name != "MANIFEST.csv")


@pytest.mark.parametrize("path", default_files(), ids=lambda path: path.name)
def test_every_default_file_is_taken_whole(founded_lake, path):
    (submission,) = [each for each in founded_lake.history() if each["file_name"] == path.name]
    assert submission["rows_held"] == 0
    assert submission["rows_accepted"] == submission["rows_read"] > 0
    assert founded_lake.file(submission["sha256"]) == path.read_bytes()


def test_no_default_file_gives_cause_for_an_error(founded_lake):
    assert {found["level"] for found in founded_lake.table("findings").to_pylist()} <= {"warning", "advice"}


@pytest.mark.skipif(not AWKWARD, reason="the collection of awkward files is not part of this repository")
def test_there_are_awkward_files_to_try():
    assert len(AWKWARD) > 20


@pytest.mark.child
@pytest.mark.parametrize("path", AWKWARD, ids=lambda path: path.name)
def test_an_awkward_file_is_answered_in_findings_or_one_sentence(path, empty_directory, monkeypatch, capfd):
    monkeypatch.setenv("TALLINN_LAKE", str(empty_directory))
    monkeypatch.setattr(reading, "READER_SECONDS", 60)
    status = main(["check", os.fspath(path), "--json"])
    answer = capfd.readouterr()
    assert status in {0, 1, 2}
    assert "Traceback" not in answer.out + answer.err
    assert len(answer.err.splitlines()) == (1 if status == 2 else 0)
    assert path.name in answer.out + answer.err
