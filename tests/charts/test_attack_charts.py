"""Charts of attacks: comparable periods, one series an axis, conflicts and gaps visible."""

from datetime import date

import pandas as pd
import pytest

from tallinn import charts
from tallinn.charts.notable import MOST_DOTS
from tests.charts import samples


def test_an_incomplete_year_is_striped():
    bars = charts.attacks_by_year(samples.attacks_by_year()).data[0]
    assert bars.marker.pattern.shape == ("", "", "", "", "/")
    assert bars.text[3] == "<b>5,927</b><br>16.2 a day<br>+37.4%"


def test_the_title_compares_the_last_complete_year():
    title = charts.attacks_by_year(samples.attacks_by_year()).layout.meta["title"]
    assert title == "5,927 incidents in 2025, 16.2 a day: 37.4% more than the year before"


def test_another_report_is_a_mark_and_a_note():
    figure = charts.attacks_by_year(samples.attacks_by_year())
    assert list(figure.data[1].y) == [2543]
    assert "2023: another report says 2,543, not 2,541." in figure.layout.meta["notes"]


@pytest.mark.parametrize("stated", ["2541; 2,600 (later revision)", [2541, 2600]])
def test_alternatives_may_be_text_or_a_list(stated):
    rows = pd.DataFrame({"year": [2023], "incidents": [2543], "alternatives": [stated]})
    assert list(charts.attacks_by_year(rows).data[1].y) == [2541, 2600]


def test_a_year_without_a_count_is_a_gap_with_words():
    figure = charts.attacks_by_year(samples.attacks_by_year().query("year != 2024"))
    assert list(figure.data[0].x) == [2022, 2023, 2025, 2026]
    assert list(figure.data[-1].x) == [2024]
    assert "not<br>published" in figure.data[-1].text[0]


def test_a_change_of_rules_is_said():
    rows = samples.attacks_by_year().assign(rules_changed=lambda frame: frame.year == 2025, unit="events")
    figure = charts.attacks_by_year(rows)
    assert "The rules of counting changed between 2024 and 2025, so no change is given." in figure.layout.meta["notes"]
    assert figure.layout.yaxis.title.text == "events a year"


def test_two_series_never_share_an_axis():
    rows = samples.incident_counts()
    rows.loc[0, "series"] = "automated"
    with pytest.raises(ValueError, match="one series at a time"):
        charts.incident_counts(rows)


def test_a_count_is_as_long_as_its_period_and_as_high_as_its_daily_number():
    trace = charts.incident_counts(samples.incident_counts()).data[0]
    assert (trace.x[-3], trace.x[-2]) == ("2025-01-01", "2025-12-31")
    assert trace.y[-3] == trace.y[-2] == pytest.approx(5927 / 365)
    assert trace.x[-1] is None
    assert trace.marker.symbol.count("diamond-open") == 3


def test_counts_without_an_end_are_named_not_drawn():
    figure = charts.incident_counts(samples.incident_counts(), samples.series_breaks())
    assert len(figure.data[0].x) == 13 * 3
    assert figure.layout.meta["notes"][0].startswith("1 count does not state both ends")
    assert [shape.line.dash for shape in figure.layout.shapes] == ["dash"]
    assert figure.layout.shapes[0].x0 == "2025-11-01"


def test_parts_get_a_line_each():
    rows = samples.incident_counts().assign(dimension="sector")
    rows.loc[0, "value_name"] = "energy"
    assert [trace.name for trace in charts.incident_counts(rows).data] == ["energy", "all"]


def test_a_breakdown_shows_the_latest_period_or_the_one_asked_for():
    rows = samples.attack_breakdown()
    latest = charts.attack_breakdown(rows)
    assert list(latest.data[0].x) == [2115, 1170, 1039, 279, 0]
    assert latest.data[1].hovertext == ("not published",)
    assert latest.layout.meta["title"] == "2025: local authorities first, with 2,115 (35.7% of the total)"
    assert list(charts.attack_breakdown(rows, period="2023").data[0].x) == [347]


def test_an_incident_stands_in_each_of_its_sectors():
    figure = charts.incidents(samples.incidents(), lane="sector_name")
    assert len(figure.data[1].x) == 17
    assert "not stated" in figure.layout.yaxis.ticktext


def test_incidents_known_to_a_month_or_year_are_hollow_on_a_line_of_their_length():
    lines, dots = charts.incidents(samples.incidents()).data
    assert dots.marker.symbol.count("circle-open") == 5
    assert lines.x[:2] == ("2022-01-01", "2022-12-31")


def test_dots_of_one_month_do_not_cover_each_other():
    dots = charts.incidents(samples.incidents()).data[1]
    assert len(set(zip(dots.x, dots.y, strict=True))) == len(dots.x)


def test_more_incidents_than_dots_can_show_are_fields_of_months():
    one = samples.incidents().iloc[[2]]
    energy = one.assign(type_name="wiper; DDoS", date_start=date(2022, 3, 1))
    figure = charts.incidents(pd.concat([one] * MOST_DOTS + [energy]))
    (fields,) = figure.data
    assert fields.type == "heatmap"
    assert list(fields.x) == ["2022-01-15", "2022-02-15", "2022-03-15"]
    assert [list(row) for row in fields.z] == [[MOST_DOTS, None, 1], [None, None, 1]]
    assert figure.layout.meta["title"] == "301 listed incidents; most often: wiper (301)"
    assert "wiper: 301 in 2022; DDoS: 1 in 2022" in figure.layout.meta["alt"]


def test_of_many_incidents_those_without_a_date_are_counted_apart():
    one = samples.incidents().iloc[[2]]
    figure = charts.incidents(pd.concat([one] * MOST_DOTS + [one.assign(date_start=None)]))
    assert figure.layout.meta["notes"][-1] == "1 has no date and is in the table only."


def test_notable_incidents_stand_above_the_counts_with_the_names_that_have_room_and_are_counted_nowhere():
    plain, marked = charts.incident_trend(samples.incident_trend()), charts.incident_trend(samples.incident_trend(), samples.incidents())
    marks = next(trace for trace in marked.data if trace.name == "notable incidents")
    drawn = [text.partition("</b>")[0].removeprefix("<b>") for text in marks.hovertext]
    assert "Kyivstar" in drawn and "WhisperGate" not in drawn, "those before the list begins are left out"
    assert min(marks.y) > plain.layout.yaxis.range[1]
    assert "Kyivstar" in [note.text for note in marked.layout.annotations]
    assert marked.layout.meta["title"] == plain.layout.meta["title"]
    assert "Kyivstar" in marked.layout.meta["alt"] and "Triangles" in " ".join(marked.layout.meta["notes"])


def test_as_many_incidents_as_before_are_called_so_and_no_change_of_nothing():
    level = samples.incident_trend().assign(incidents=3)
    for chart in (charts.incident_trend, charts.incident_years):
        title = chart(level).layout.meta["title"]
        assert "as many" in title and "%" not in title


def test_a_single_incident_after_a_year_without_any_is_told_as_one():
    rows = samples.incident_trend().assign(incidents=0)
    rows.loc[rows.index[-2], "incidents"] = 1
    assert charts.incident_trend(rows).layout.meta["title"] == "1 incident in the last twelve months, none in the twelve before"
