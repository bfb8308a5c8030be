"""What was published stays as it was, byte for byte, and nothing else is offered; the lists of releases tell what there is."""

import json
import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from tallinn import site
from tallinn.audience import Audience
from tallinn.ingest.undo import undo
from tallinn.lake import Change, Lake
from tallinn.lake_tables import records
from tallinn.open_data import release_documents
from tallinn.releases import now, prepare
from tallinn.store import open_store
from tests.published import by_path, released
from tests.samples import taken, workbook

SUBMISSIONS = 200
ATOM = "{http://www.w3.org/2005/Atom}"


def of_the_site(lake: Lake) -> dict[str, bytes]:
    return by_path(site.documents(lake))


def filled(lake: Lake) -> None:
    """Rows of several datasets, out of order."""
    rows = [{"contribution_id": f"C-{number}", "amount": number, "purpose": f"+ purpose {number}"} for number in (3, 1, 2)]
    taken(
        workbook(contributions=rows, needs=[{"need_id": "N-2"}, {"need_id": "N-1"}], projects=[{"status": "Closed", "start": "2024"}]), lake
    )


def rewritten(lake: Lake, key: str, need: str) -> None:
    """One need written anew, as a submission does it, without the file."""
    since = lake.snapshot()
    rows = records("needs", [{"need_id": key, "need": need, "tlp": "TLP:CLEAR", "submission_id": 1}])
    lake.commit([Change("needs", "need_id", [key], rows)], author="Mari", message=need, since=since)


def test_a_release_is_the_same_bytes_after_submissions_an_undo_and_a_compaction(lake):
    filled(lake)
    release = released(lake)
    before = by_path(release_documents(open_store(lake, Audience("public"), release)))
    first = taken(workbook(contributions=[{"contribution_id": "C-1", "amount": 1000}]), lake).submission_id
    for number in range(SUBMISSIONS):
        rewritten(lake, f"N-{number % 7}", f"Something else {number}")
    undo(first, lake, author="Mari", reason="Sent by mistake")
    files = len(list(lake.directory.rglob("*.parquet")))
    lake.compact()
    assert len(list(lake.directory.rglob("*.parquet"))) < files
    after = by_path(release_documents(open_store(lake, Audience("public"), release)))
    assert after == before
    assert before["contributions.csv"].count(b"\r\n") == 4


def test_the_newest_release_is_at_both_its_addresses_and_the_older_one_stays(lake):
    filled(lake)
    first = released(lake)
    taken(workbook(needs=[{"need_id": "N-3"}]), lake)
    second = released(lake)
    made = of_the_site(lake)
    old, new = made[f"open-data/releases/{first.id}/needs.csv"], made[f"open-data/releases/{second.id}/needs.csv"]
    assert made["open-data/needs.csv"] == new != old
    assert b"N-3" in new and b"N-3" not in old
    names = {path.removeprefix("open-data/") for path in made if path.startswith("open-data/") and "/releases/" not in path}
    frozen = {path.removeprefix(f"open-data/releases/{first.id}/") for path in made if f"/{first.id}/" in path}
    assert names - frozen == {"releases.json", "releases.atom", "openapi.json"} and frozen <= names


def test_what_waits_for_approval_or_its_hour_is_not_there(lake):
    filled(lake)
    released(lake)
    taken(workbook(needs=[{"need_id": "N-embargoed"}]), lake)
    waiting = released(lake, at=now() + timedelta(days=1))
    taken(workbook(needs=[{"need_id": "N-prepared"}]), lake)
    prepared = prepare(lake, author="Mari", note="")
    made = of_the_site(lake)
    everything = b" ".join(content for path, content in made.items() if not path.endswith((".xlsx", ".parquet", ".png"))).decode()
    assert waiting.id not in str(list(made)) + everything and prepared.id not in str(list(made)) + everything
    assert "N-embargoed" not in everything and "N-prepared" not in everything


def test_the_lists_of_releases_tell_notes_and_corrections_the_newest_first(lake):
    filled(lake)
    first = released(lake, note="The beginning", next_date=date(2030, 1, 15))
    taken(workbook(needs=[{"need_id": "N-9"}]), lake)
    second = released(lake, note="A need <was> missing & is here", corrects=first.id)
    made = of_the_site(lake)
    listed = json.loads(made["open-data/releases.json"])["releases"]
    assert [(each["id"], each["note"], each["corrects"]) for each in listed] == [
        (second.id, "A need <was> missing & is here", first.id),
        (first.id, "The beginning", None),
    ]
    assert listed[1]["next_date"] == "2030-01-15" and listed[0]["address"] == f"/open-data/releases/{second.id}/"
    feed = ElementTree.fromstring(made["open-data/releases.atom"])
    entries = feed.findall(f"{ATOM}entry")
    summaries = [entry.findtext(f"{ATOM}summary") for entry in entries]
    assert summaries == [f"Corrects release {first.id}. A need <was> missing & is here", "The beginning"]
    for element in (feed, *entries):
        assert element.findtext(f"{ATOM}id").startswith("urn:uuid:") and element.findtext(f"{ATOM}title")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", element.findtext(f"{ATOM}updated"))
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 2
    page = made["open-data/index.html"].decode()
    assert f'href="releases/{first.id}/"' in page and "A need &lt;was&gt; missing &amp; is here" in page


def test_only_what_the_public_may_see_becomes_open_data(lake):
    filled(lake)
    release = released(lake)
    for audience in (Audience("staff"), Audience("partner", "EST")):
        with pytest.raises(ValueError, match="public"):
            release_documents(open_store(lake, audience, release))
