"""Invented and real data never meet: neither in a lake, nor on a page without a word about it."""

from dataclasses import replace
from pathlib import Path

import pytest

from tallinn import charts
from tallinn.ask import ask
from tallinn.audience import Audience
from tallinn.cli import main
from tallinn.demonstration import fill as filling
from tallinn.demonstration.files import files
from tallinn.demonstration.fill import fill, write_files
from tallinn.demonstration.invent import invent
from tallinn.founding import found
from tallinn.ingest.accept import bring_in
from tallinn.ingest.findings import Refused
from tallinn.ingest.invented import MARK
from tallinn.ingest.read import read
from tallinn.lake import Lake
from tallinn.page.drawing import draw
from tallinn.page.take_away import file_name
from tallinn.releases import published
from tallinn.store import open_store

SMALL = 0.02


@pytest.fixture
def few_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """A demonstration of two files."""
    monkeypatch.setattr(filling, "files", lambda facts: files(facts)[-2:])


def told(_line: str) -> None:
    """Nobody listens."""


def test_a_lake_with_real_data_is_not_filled(directory: Path):
    with pytest.raises(Refused, match="real data"):
        fill(directory, tell=told, scale=SMALL)
    with Lake(directory) as lake:
        assert not lake.is_demonstration()


def test_the_place_of_the_default_lake_is_not_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(filling, "DEFAULT_LAKE", tmp_path / "lake")
    with pytest.raises(Refused, match="is for real data"):
        fill(tmp_path / "lake", tell=told, scale=SMALL)
    assert not (tmp_path / "lake").exists()


def test_a_lake_with_real_data_takes_no_invented_file(lake: Lake):
    for name in ("needs.csv", "us_projects.xlsx"):
        sent = next(sent for sent in files(invent(SMALL)) if sent.name == name)
        with pytest.raises(Refused, match=f"{name} was not taken: .* invented for a demonstration"):
            bring_in(read(sent.name, sent.content), lake, author="tests", donor=sent.donor)
    assert lake.history() == []


def test_a_demonstration_that_was_cut_short_goes_on_where_it_stopped_and_never_with_public_facts(few_files, tmp_path: Path):
    with pytest.raises(KeyboardInterrupt):
        fill(tmp_path, tell=interrupt, scale=SMALL)
    found(tmp_path)
    with Lake(tmp_path) as lake:
        assert (lake.is_demonstration(), lake.founded(), len(lake.history())) == (True, False, 1)
    lines: list[str] = []
    fill(tmp_path, tell=lines.append, scale=SMALL)
    assert [line.partition(":")[0] for line in lines] == ["2 of 2"]
    fill(tmp_path, tell=lines.append, scale=SMALL)
    found(tmp_path)
    with Lake(tmp_path) as lake:
        assert (lake.founded(), len(lake.history()), len(lines)) == (True, 2, 1)


def interrupt(_line: str) -> None:
    raise KeyboardInterrupt


def test_release_files_and_figures_of_a_demonstration_say_so(demonstration: Lake):
    assert published(demonstration).id.startswith("DEMONSTRATION-20")
    status = ask(open_store(demonstration, Audience("public"), published(demonstration)), "project_status")
    assert file_name(status, "csv").startswith("project_status_DEMONSTRATION-20")
    assert MARK in texts(draw(charts.project_status, status).figure)
    real = replace(status, release=replace(status.release, demonstration=False))
    assert MARK not in texts(draw(charts.project_status, real).figure)


def texts(figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def test_the_command_line_fills_a_lake_and_says_that_it_is_invented(few_files, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["demo", "--lake", str(tmp_path / "lake"), "--scale", str(SMALL)]) == 0
    assert "All of its data are invented" in capsys.readouterr().out
    assert main(["history", "--lake", str(tmp_path / "lake")]) == 0
    assert MARK in capsys.readouterr().err
    assert main(["demo", "--lake", str(tmp_path / "lake"), "--scale", str(SMALL)]) == 0


def test_the_command_line_writes_the_files_for_training(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["demo", "--files", str(tmp_path), "--scale", str(SMALL)]) == 0
    assert len(list(tmp_path.iterdir())) == len(files(invent(SMALL)))
    assert "files written" in capsys.readouterr().out
    assert write_files(tmp_path, scale=SMALL)[0].name.startswith("01 ")


@pytest.mark.parametrize("share", ["0", "2", "half"])
def test_a_share_that_is_none_is_refused(share, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["demo", "--scale", share])
    assert "--scale" in capsys.readouterr().err
