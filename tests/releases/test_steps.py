"""A figure changes in public only with a release: prepared by one person, approved by another, published, and never edited."""

from datetime import timedelta

import pytest

from tallinn.ask import ask
from tallinn.audience import Audience
from tallinn.founding import found
from tallinn.ingest.findings import Refused
from tallinn.lake import Lake
from tallinn.releases import (
    Dossier,
    approve,
    dossier,
    dossiers,
    drop,
    named,
    next_publication,
    now,
    prepare,
    publish,
    published,
    releases,
    working,
)
from tallinn.store import open_store
from tests.samples import taken, workbook


@pytest.fixture
def office(lake: Lake) -> Lake:
    """A lake with one need, and a release of it in force."""
    taken(workbook(needs=[{"need": "old"}]), lake)
    publish(lake, approve(lake, prepare(lake, author="Mari", note="The first").id, author="Olena").id, author="Mari")
    return lake


def needs(lake: Lake, release=None) -> list[str]:
    store = open_store(lake, Audience("public"), release or published(lake))
    return sorted(ask(store, "needs").rows["need"])


def a_second(lake: Lake, **options) -> Dossier:
    taken(workbook(needs=[{"need": "new"}]), lake)
    return prepare(lake, author="Mari", note="The second", **options)


def approved(lake: Lake) -> str:
    return approve(lake, a_second(lake).id, author="Olena").id


def test_what_is_taken_in_is_not_public_before_it_is_published(office):
    taken(workbook(needs=[{"need": "new"}]), office)
    assert needs(office) == ["old"]
    assert needs(office, working(office)) == ["new"]
    second = prepare(office, author="Mari", note="")
    taken(workbook(needs=[{"need": "newer"}]), office)
    approve(office, second.id, author="Olena")
    assert needs(office) == ["old"]
    publish(office, second.id, author="Mari")
    assert needs(office) == ["new"]


def test_whoever_prepared_a_release_does_not_approve_it(office):
    second = a_second(office)
    with pytest.raises(Refused, match="Somebody else must approve"):
        approve(office, second.id, author="Mari")
    assert dossier(office, second.id).state == "prepared"


def test_no_step_is_left_out_or_taken_twice(office):
    second = a_second(office).id
    with pytest.raises(Refused, match="only an approved one is published"):
        publish(office, second, author="Olena")
    approve(office, second, author="Olena")
    with pytest.raises(Refused, match="only a prepared one is approved"):
        approve(office, second, author="Ivan")
    publish(office, second, author="Olena")
    for again in (approve, publish):
        with pytest.raises(Refused):
            again(office, second, author="Ivan")


def test_one_release_at_a_time_is_on_its_way(office):
    second = a_second(office).id
    with pytest.raises(Refused, match=f"Release {second} is not published yet"):
        prepare(office, author="Olena", note="")
    drop(office, second, author="Olena", reason="too early")
    assert dossier(office, second).state == "dropped"
    assert prepare(office, author="Olena", note="").id != second


def test_what_is_published_stays(office):
    first = published(office)
    with pytest.raises(Refused, match="stays as it is"):
        drop(office, first.id, author="Olena", reason="wrong")
    publish(office, approved(office), author="Mari")
    assert named(office, first.id) == first
    assert needs(office, first) == ["old"]
    assert [each.id for each in releases(office)] == [published(office).id, first.id]


def test_a_release_waits_for_its_hour(office):
    first, hour = published(office), now() + timedelta(hours=2)
    second = publish(office, approved(office), author="Mari", at=hour)
    assert second.state == "scheduled"
    assert published(office) == first
    assert next_publication(office) == hour
    assert published(office, hour).id == second.id
    assert published(office, hour).date == hour.date()
    with pytest.raises(Refused, match="no published release"):
        named(office, second.id)
    assert named(office, second.id, unpublished=True).snapshot == second.snapshot


def test_a_moment_that_is_over_is_none_to_publish_at(office):
    with pytest.raises(Refused, match="is over"):
        publish(office, approved(office), author="Mari", at=now() - timedelta(minutes=1))


def test_an_error_leads_to_a_correction_with_a_note(office):
    first = published(office).id
    with pytest.raises(Refused, match="what was wrong"):
        prepare(office, author="Mari", note=" ", corrects=first)
    with pytest.raises(Refused, match="to correct"):
        prepare(office, author="Mari", note="x", corrects="1999-01")
    correction = a_second(office, corrects=first)
    assert (correction.corrects, correction.note) == (first, "The second")


def test_releases_are_named_by_their_month_and_counted_within_it(office):
    month = f"{now():%Y-%m}"
    assert published(office).id == month
    assert a_second(office).id == f"{month}.2"


def test_every_step_says_who_took_it(office):
    (first,) = dossiers(office)
    assert (first.prepared_by, first.approved_by, first.published_by) == ("Mari", "Olena", "Mari")
    with pytest.raises(Refused, match="who does this"):
        prepare(office, author=" ", note="")


def test_a_name_that_no_release_has_is_refused_in_words(office):
    for ask_for in (named, dossier):
        with pytest.raises(Refused, match="“2020-01”"):
            ask_for(office, "2020-01")


def test_the_first_start_publishes_what_it_took_in(founded_lake, founded_directory):
    first = published(founded_lake)
    assert first.id.count("-") == 1
    before = founded_lake.snapshot()
    found(founded_directory)
    assert founded_lake.snapshot() == before
    assert len(releases(founded_lake)) == 1
