"""Incidents of one list in periods: nothing lost, nothing counted twice, and no two lists added up."""

from collections import Counter
from datetime import date, timedelta

import pytest

from tallinn.ask import ask
from tests.samples import store

OTHERS = [{"incident_id": f"X-{n}", "date": "2024-05-05", "source_publisher": f"Paper {n}"} for n in range(3)]


def listed(days: list[str]) -> list[dict[str, str]]:
    return [{"incident_id": f"L-{n}", "date": day, "source_publisher": "A list"} for n, day in enumerate(days)]


DAYS = [str(date(2023, 11, 15) + timedelta(n * 7 % 400)) for n in range(150)]


@pytest.mark.parametrize(("unit", "of"), [("month", 7), ("year", 4), ("day", 10)])
def test_each_incident_of_the_list_is_in_its_period(unit, of):
    asked = store(incidents=[*listed(DAYS), *OTHERS])
    rows = ask(asked, "incident_trend", list="A list", unit=unit).rows
    found = {str(one.period_start)[:of]: one.incidents for one in rows.itertuples() if one.incidents}
    assert found == dict(Counter(day[:of] for day in DAYS))
    assert rows["period_start"].is_monotonic_increasing and rows["period_start"].is_unique


def test_weeks_begin_on_monday_and_quarters_add_up():
    asked = store(incidents=listed(DAYS))
    weeks, quarters = (ask(asked, "incident_trend", list="A list", unit=unit).rows for unit in ("week", "quarter"))
    assert {day.weekday() for day in weeks["period_start"]} == {0}
    assert weeks["incidents"].sum() == quarters["incidents"].sum() == len(DAYS)


def test_a_date_that_is_too_vague_for_the_unit_is_told_and_not_placed():
    asked = store(incidents=[*listed(DAYS), {"incident_id": "vague", "date": "2024-03", "source_publisher": "A list"}])
    for unit, vague in (("day", 1), ("month", 0), ("year", 0)):
        rows = ask(asked, "incident_trend", list="A list", unit=unit).rows
        assert set(rows["not_placed"]) == {vague} and rows["incidents"].sum() == len(DAYS) + 1 - vague


def test_the_period_in_which_the_list_ends_is_incomplete():
    rows = ask(store(incidents=listed(DAYS)), "incident_trend", list="A list", unit="month").rows
    assert rows["incomplete"].tolist() == [False] * (len(rows) - 1) + [True]


def test_sources_with_few_incidents_are_one_collection():
    lists = ask(store(incidents=[*listed(DAYS), *OTHERS]), "incident_lists").rows
    assert dict(zip(lists["list"], lists["incidents"], strict=True)) == {"A list": 150, "collected": 3}


def test_another_word_for_a_unit_is_a_month_and_breaks_nothing():
    asked = store(incidents=listed(DAYS))
    assert len(ask(asked, "incident_trend", list="A list", unit="'; DROP").rows) == len(ask(asked, "incident_trend", list="A list").rows)


def test_rows_behind_a_list_are_those_of_the_list():
    asked = store(incidents=[*listed(DAYS), *OTHERS])
    assert set(ask(asked, "incidents", list="collected").rows["incident_id"]) == {"X-0", "X-1", "X-2"}
    assert set(ask(asked, "incidents", list="A list").rows["all_rows"]) == {150}
