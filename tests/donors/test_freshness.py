"""How recent a donor's figures are: fresh, due, overdue or not known, as of the day of the release and for ever."""

from datetime import date, timedelta

import pytest

from tallinn import source
from tallinn import store as opening
from tallinn.ask import ask
from tallinn.audience import Audience
from tallinn.datasets import CodeList, code_lists
from tallinn.freshness import last_reports
from tallinn.ingest.undo import undo
from tallinn.lake import Lake
from tallinn.releases import working
from tallinn.store import open_store
from tests.samples import store, taken, workbook

ON = date(2025, 7, 2)
"""The day of the release that tests.samples.store is made of."""


def of_estonia(reader: Audience | None = None, reports: dict[str, date] | None = None, **row) -> tuple[str, str, bool]:
    """Freshness, where it is known from, and whether it is dated."""
    seen = store(reader, reports=reports, contributions=[row])
    (found,) = [each for each in ask(seen, "donor_freshness").rows.to_dict("records") if each["donor_id"] == "EST"]
    return found["freshness"], str(found["known_from"]).partition(";")[0], found["figures_of"] == found["figures_of"]


@pytest.mark.parametrize(("days", "said"), [(0, "fresh"), (92, "fresh"), (93, "due"), (122, "due"), (123, "overdue")])
def test_a_report_is_fresh_for_a_quarter_due_for_a_month_and_then_overdue(days, said):
    day = ON - timedelta(days=days)
    assert of_estonia(reports={"EST": day}) == (said, "own_report", True)


@pytest.mark.parametrize("source_date", ["2025-07-01", "2019", "2025-04"])
def test_of_a_donor_that_has_not_reported_itself_nothing_is_overdue(source_date):
    assert of_estonia(source_date=source_date) == ("sources", "public_sources", True)


def test_a_donor_with_an_interval_of_its_own_is_held_against_that(monkeypatch):
    lists = code_lists()
    usual = lists["reporting_frequency"]
    own = {**usual.rows[0], "code": "EST", "every_days": "366"}
    monkeypatch.setattr(opening, "reference", source.reference.__wrapped__)
    monkeypatch.setattr(source, "code_lists", lambda: {**lists, usual.name: CodeList(usual.name, (*usual.rows, own))})
    day = date(2024, 10, 1)
    seen = store(contributions=[{}, {"donor_id": "SWE"}], reports={"EST": day, "SWE": day})
    rows = ask(seen, "donor_freshness").rows.set_index("donor_id")
    assert rows["freshness"].to_dict() == {"EST": "fresh", "SWE": "overdue"}
    assert rows["every_days"].to_dict() == {"EST": 366, "SWE": 92}


def test_what_a_donor_reports_itself_goes_before_what_others_write_of_it():
    assert of_estonia(reports={"EST": date(2024, 1, 1)}, source_date="2025-07-01")[0] == "overdue"


def test_without_any_date_nothing_is_said_of_it():
    assert of_estonia() == ("unknown", "None", False)
    members = store(organisations=[{"organisation_id": "FIN", "name": "Finland"}], reports={"FIN": ON})
    assert ask(members, "donor_freshness").rows["freshness"].tolist() == ["unknown"]


def test_a_report_does_not_tell_that_there_are_rows_that_a_reader_may_not_see():
    row = {"tlp": "TLP:AMBER", "source_date": "2025-07-01"}
    seen = store(
        Audience("public"), organisations=[{"organisation_id": "EST", "name": "Estonia"}], reports={"EST": ON}, contributions=[row]
    )
    assert ask(seen, "donor_freshness").rows["freshness"].tolist() == ["unknown"]
    assert of_estonia(Audience("partner", "EST"), {"EST": ON}, **row)[0] == "fresh"


def test_the_newest_file_of_a_donor_is_its_last_report_unless_it_was_undone(lake: Lake):
    assert last_reports(lake, working(lake)) == {}
    taken(workbook(contributions=[{"contribution_id": "EST-1"}]), lake)
    reported = working(lake)
    assert last_reports(lake, reported) == {"EST": lake.history()[0]["submitted_at"].date()}
    taken(workbook(contributions=[{"contribution_id": "S-1", "donor_id": "SWE"}, {"contribution_id": "N-1", "donor_id": "NOR"}]), lake)
    assert last_reports(lake, working(lake)).keys() == {"EST"}, "a file of several donors is the office's"
    undo(1, lake, author="Olena", reason="sent by mistake")
    assert last_reports(lake, working(lake)) == {}
    assert last_reports(lake, reported).keys() == {"EST"}, "a release says for ever what it said"


def test_what_a_lake_was_founded_with_no_donor_has_sent(founded_lake: Lake):
    release = working(founded_lake)
    assert last_reports(founded_lake, release) == {}
    rows = ask(open_store(founded_lake, Audience("public"), release), "donor_freshness").rows
    assert set(rows["known_from"].dropna()) == {"public_sources"}
