"""Charts of projects: dates as exact as they are known, statuses in IATI order."""

from datetime import date

import pytest

from tallinn import charts, theme
from tallinn.charts import chart, spans
from tests.charts import samples

UNTIL = date(2026, 3, 31)


def test_statuses_keep_the_iati_order_and_none_stated_is_hatched():
    figure = charts.project_status(samples.project_status())
    inside, rest = figure.data[:2]
    assert figure.layout.yaxis.ticktext[0].startswith("Pipeline/")
    assert [a + b for a, b in zip(inside.x, rest.x, strict=True)] == [7, 11, 0, 1, 0, 4, 6]
    assert inside.marker.pattern.shape == ("", "", "", "", "", "", "/")
    assert inside.marker.color[1] == theme.STATUSES["2"]


def test_an_unknown_number_of_projects_has_no_bar():
    rows = samples.project_status()
    rows["projects"] = rows["projects"].astype(float)
    rows.loc[0, "projects"] = None
    figure = charts.project_status(rows)
    assert list(figure.data[0].y) == [1, 2, 3, 4, 5, 6]
    assert figure.data[-1].hovertext == ("not published",)


def test_partners_are_drawn_one_role_at_a_time():
    rows = samples.project_partners()
    assert charts.project_partners(rows).layout.meta["title"] == "Named most often as implementer: ESTDEV, in 4 projects"
    assert list(charts.project_partners(rows, role="sector").data[0].x) == [16]
    assert charts.project_partners(rows, top=2).layout.meta["notes"] == ["3 more are in the table."]


def pieces(title: str) -> list[tuple[str, int, float]]:
    """Start, days and opacity of the pieces of one project's bar."""
    rows = samples.project_timeline()
    rows = rows[rows.title.str.startswith(title)]
    bars = charts.project_timeline(rows, until=UNTIL).data[0]
    return [(base, x // 86_400_000, opacity) for base, x, opacity in zip(bars.base, bars.x, bars.marker.opacity, strict=True)]


def test_a_start_known_to_the_year_is_pale_for_that_year():
    pale, solid = pieces("Tallinn Mechanism Project Office")
    assert pale == ("2025-01-01", 365, theme.IMPRECISE_OPACITY)
    assert solid == ("2025-12-31", 91, 1)


def test_exact_dates_are_solid():
    assert pieces("UA-EE Cyber Shield") == [("2024-12-09", 3, 1)]


def test_an_imprecise_end_is_pale():
    assert pieces("UK Ukraine Cyber Programme")[-1] == ("2026-01-01", 365, theme.IMPRECISE_OPACITY)


def test_only_open_ends_have_an_arrow_and_undated_projects_are_named_apart():
    figure = charts.project_timeline(samples.project_timeline(), until=UNTIL)
    assert set(figure.data[1].x) == {"2026-03-31"}
    assert len(figure.data[1].x) == 5
    notes = figure.layout.meta["notes"]
    assert notes[0] == "An arrow: no end date is published; the bar reaches to 31 March 2026."
    assert notes[1].startswith("2 projects have no published start date: Ternopil oblast network and server upgrade and ")
    assert figure.layout.meta["title"] == "8 of 10 projects have a published start date, 3 have an end date"


def test_of_many_projects_those_that_began_last_are_drawn_and_the_others_told():
    rows = samples.project_timeline()
    figure = charts.project_timeline(rows, until=UNTIL, top=3)
    assert len(figure.layout.annotations) == 3
    assert figure.layout.meta["title"] == charts.project_timeline(rows, until=UNTIL).layout.meta["title"]
    assert figure.layout.meta["notes"][0] == "5 projects that began earlier are in the list only; a filter brings them here."


def test_a_long_list_of_names_says_how_many_more_there_are():
    assert chart.some(["a", "b"]) == "a and b"
    assert chart.some("abcdefghijkl", most=2) == "a, b and 10 more"


@pytest.mark.parametrize(
    ("start", "precision", "end"),
    [
        ("2024-02-01", "month", "2024-02-29"),
        ("2025-07-01", "half-year", "2025-12-31"),
        ("2025-10-01", "quarter", "2025-12-31"),
        ("2024-12-09", "day", "2024-12-09"),
    ],
)
def test_periods_begin_and_end_where_the_calendar_says(start, precision, end):
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    assert spans.last_day(first, precision) == last
    assert spans.first_day(last, precision) == first


def test_marks_of_one_day_stand_in_different_lanes():
    day = date(2025, 10, 30)
    assert spans.lanes([day, day, day]) == [0, 1, 2]
    assert spans.lanes([date(2023, 1, 1), date(2025, 1, 1)]) == [0, 0]
    assert spans.lanes([]) == []


def test_a_single_one_is_told_as_one():
    rows = samples.project_delivery()
    late = charts.project_delivery(rows.assign(projects=[1, *rows["projects"][1:]])).layout.meta["title"]
    assert late == "One of 26 projects is late; of 12 it cannot be said"
    one_open = charts.needs(samples.needs().iloc[:3]).layout.meta["title"]
    assert one_open.startswith("One of 3 needs is open")
