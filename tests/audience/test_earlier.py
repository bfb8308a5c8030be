"""What earlier releases said of a project is told to those who see it now, as they could read it then."""

from typing import Any

import pytest

from tallinn.ask import ask
from tallinn.audience import Audience
from tallinn.lake import Lake
from tallinn.releases import published, working
from tallinn.store import open_store
from tests.published import released
from tests.samples import taken, workbook

PUBLIC, PARTNER, STAFF = Audience("public"), Audience("partner"), Audience("staff")


@pytest.fixture
def told(lake: Lake):
    """The history of project P as an audience reads it in the release in force (the staff: in the newest state)."""

    def history(audience: Audience) -> list[tuple[Any, ...]]:
        release = working(lake) if audience == STAFF else published(lake)
        rows = ask(open_store(lake, audience, release), "project_history", project="P").rows
        said = rows[["release_id", "status", "differs"]].astype(object)
        return list(said.where(said.notna(), None).itertuples(index=False, name=None))

    return history


def sends(lake: Lake, **says: Any) -> None:
    taken(workbook(projects=[{"project_id": "P", **says}]), lake)


def test_each_release_says_how_it_had_the_project_and_what_differed(lake, told):
    sends(lake, status="Pipeline/identification", planned_start="2025-03-01")
    first = released(lake).id
    sends(lake, status="Implementation", planned_start="2025-03-01", actual_start="2025-05-02")
    second = released(lake).id
    assert told(PUBLIC) == [(first, "1", None), (second, "2", "status; start")]


def test_what_is_not_published_is_the_last_state_for_the_staff_alone(lake, told):
    sends(lake, status="Implementation")
    first = released(lake).id
    sends(lake, status="Closed")
    assert told(PUBLIC) == [(first, "2", None)]
    assert [(status, differs) for _release, status, differs in told(STAFF)] == [("2", None), ("4", "status")]


def test_an_earlier_release_tells_of_none_that_came_later(lake):
    sends(lake, status="Implementation")
    first = released(lake)
    sends(lake, status="Closed")
    released(lake)
    rows = ask(open_store(lake, PUBLIC, first), "project_history").rows
    assert rows["release_id"].tolist() == [first.id]


def test_each_release_keeps_the_label_that_the_project_had_in_it(lake, told):
    sends(lake, status="Implementation", tlp="TLP:GREEN")
    first = released(lake).id
    sends(lake, status="Closed", tlp="TLP:CLEAR")
    second = released(lake).id
    assert [release for release, *_said in told(PUBLIC)] == [second]
    assert [release for release, *_said in told(PARTNER)] == [first, second]


def test_of_a_project_that_is_no_longer_seen_nothing_is_told(lake, told):
    sends(lake, status="Implementation")
    released(lake)
    sends(lake, status="Closed", tlp="TLP:AMBER")
    released(lake)
    assert told(PUBLIC) == []
