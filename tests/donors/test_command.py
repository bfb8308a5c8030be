"""The command that lists what donors say of their figures."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tallinn.cli import main
from tallinn.confirmations import answer, state
from tallinn.lake import Lake
from tallinn.releases import publish_first, published
from tests.samples import taken, workbook

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(directory: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command on a lake with a comment that was answered, and a dispute that was not."""
    with Lake(directory) as lake:
        taken(workbook(contributions=[{}, {"donor_id": "SWE"}]), lake)
        publish_first(lake, "tests")
        release = published(lake).id
        state(lake, release, "EST", "comment", "More follows.", "contributions-1", "anna@est")
        answer(lake, 1, "Noted.", author="Olena")
        state(lake, release, "SWE", "disputed", "Too little.", None, "per@swe")

    def result(*arguments: str) -> tuple[int, str, str]:
        status = main(["confirmations", "--lake", str(directory), *arguments])
        return status, *capsys.readouterr()

    return result


def test_it_lists_every_statement_the_newest_first_with_what_was_done(run):
    status, out, err = run()
    first, second = out.splitlines()
    assert (status, err) == (0, "")
    assert first.startswith("2  Sweden. Disputed, release ") and first.endswith("“Too little.”")
    assert second.startswith("1  Estonia. Comment, release ") and "contributions-1: anna@est on" in second and second.endswith("“Noted.”")


def test_it_can_be_asked_for_a_donor_a_release_or_what_waits(run):
    assert [each["statement_id"] for each in json.loads(run("--open", "--json")[1])] == [2]
    assert [each["stated_by"] for each in json.loads(run("--donor", "Estonia", "--json")[1])] == ["anna@est"]
    assert run("--open", "--donor", "EST")[1] == "No donor has said anything of this.\n"
    assert run("--release", "1999-01") == (2, "", "There is no release “1999-01”.\n")
