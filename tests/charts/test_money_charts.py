"""Charts of money: unknown is not zero, stages are never stacked, the bridge ends at the headline."""

from datetime import date
from itertools import pairwise

import pytest

from tallinn import charts
from tallinn.charts.over_time import turning_points
from tests.charts import samples


def named(figure, name):
    return next(trace for trace in figure.data if trace.name == name)


def test_paid_and_not_yet_paid_make_the_commitment():
    figure = charts.donor_ladder(samples.donor_ladder())
    paid, not_paid = named(figure, "Disbursed"), named(figure, "Committed, no payment reported")
    assert list(paid.x) == [0.5]
    estonia = list(not_paid.y).index(paid.y[0])
    assert not_paid.base[estonia] + not_paid.x[estonia] == pytest.approx(1.5)
    assert all(start == 0 for at, start in enumerate(not_paid.base) if at != estonia)


def test_a_pledge_is_a_bar_of_its_own():
    figure = charts.donor_ladder(samples.donor_ladder())
    pledged = named(figure, "Pledged, not committed")
    assert list(pledged.x) == [10.0]
    assert list(pledged.base) == [0]
    assert pledged.marker.pattern.shape == "/"


def test_donors_without_an_amount_have_words_and_no_bar():
    figure = charts.donor_ladder(samples.donor_ladder())
    bars = [trace for trace in figure.data if trace.type == "bar"]
    with_bar = {round(y) for trace in bars for y in trace.y}
    assert with_bar == {0, 1, 2, 3, 4}
    assert len(figure.layout.yaxis.ticktext) == 13
    words = next(trace for trace in figure.data if trace.type == "scatter" and "markers" in trace.mode)
    assert set(words.hovertext) == {
        "nothing published",
        "1 row on file, not counted",
        "1 row, not converted to euro",
        "3 rows on file, none counted",
        "5 rows on file, none counted",
    }
    assert "Finland: nothing published" in figure.layout.meta["alt"]


def test_the_ladder_says_who_committed_most_of_how_much():
    assert charts.donor_ladder(samples.donor_ladder()).layout.meta["title"] == "Sweden has committed most: EUR 12.1m of EUR 16.7m itemised"


def test_donors_beyond_the_top_are_named():
    figure = charts.donor_ladder(samples.donor_ladder(), top=2)
    assert figure.layout.meta["notes"][0] == "Not drawn: Estonia, Italy and Netherlands."


def test_what_donors_say_of_their_figures_stands_under_their_bars():
    figure = charts.donor_ladder(samples.donor_ladder(), samples.confirmations())
    labels = [trace for trace in figure.data if trace.type == "scatter"]
    words = {text.strip(): y for trace in labels for text, y in zip(trace.text, trace.y, strict=True)}
    names = list(figure.layout.yaxis.ticktext)
    sweden, poland = (next(at for at, name in enumerate(names) if name.startswith(donor)) for donor in ("Sweden", "Poland"))
    assert round(words["✓ confirmed by Sweden on 3 Dec 2026"] - sweden, 2) == 0.37
    assert round(words["× disputed by Poland on 1 Dec 2026"] - poland, 2) == 0.37
    for told in ("Sweden (3 December 2026) confirmed these figures.", "Poland (1 December 2026) disputed these figures"):
        assert told in figure.layout.meta["alt"] and told in " ".join(figure.layout.meta["notes"])
    silent = charts.donor_ladder(samples.donor_ladder(), samples.confirmations().head(0))
    assert "confirmed" not in str(silent.to_dict()) and silent.layout.height < figure.layout.height


def test_how_recent_figures_are_stands_beside_the_name_of_each_donor_with_rows():
    figure = charts.donor_ladder(samples.donor_ladder())
    names = [name.replace("<br>", " ") for name in figure.layout.yaxis.ticktext]
    assert {"Sweden • fresh", "Norway ◆ update due", "Estonia ▲ update overdue", "Canada ? date not known", "Finland"} <= set(names)
    note = figure.layout.meta["notes"][-1]
    assert note.startswith("An update is due from Norway, Estonia, Denmark and Netherlands:") and "late report" in note


def test_the_bridge_ends_at_the_headline():
    rows = samples.counting_waterfall()
    bars = charts.counting_waterfall(rows).data[0]
    assert bars.base[-1] == 0
    assert bars.x[-1] == pytest.approx(rows.amount_eur.iloc[-1] / 1e6)
    reasons = list(zip(bars.base, bars.x, strict=True))[:-1]
    for (start, _length), (next_start, next_length) in pairwise(reasons):
        assert next_start + next_length == pytest.approx(start or bars.x[0])
    assert reasons[-1][0] == pytest.approx(bars.x[-1])


def test_reasons_without_a_value_are_words_not_bars():
    figure = charts.counting_waterfall(samples.counting_waterfall())
    assert len(figure.data[0].x) == 5
    assert any("no value in euro" in text for trace in figure.data[2:] for text in trace.text)
    assert figure.layout.meta["title"] == "7 of 31 rows on file make up the EUR 16.7m committed"


def test_stages_of_a_year_stand_beside_each_other():
    figure = charts.funding_by_year(samples.funding_by_year())
    spans = sorted(
        (x - width / 2, x + width / 2)
        for trace in figure.data
        if trace.type == "bar"
        for x, width in zip(trace.x, trace.width, strict=True)
    )
    assert len(spans) == 6
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert all(not trace.base for trace in figure.data if trace.type == "bar")
    assert figure.layout.barmode != "stack"


def test_an_unknown_amount_of_a_year_is_a_mark_not_a_bar():
    figure = charts.funding_by_year(samples.funding_by_year())
    assert 0 not in [y for trace in figure.data if trace.type == "bar" for y in trace.y]
    assert len(named(figure, "No amount in euro").x) == 1
    assert figure.layout.xaxis.ticktext[-2:] == ("Several<br>years", "No date")


def test_categories_without_a_rate_have_words():
    figure = charts.funding_by_category(samples.funding_by_category())
    assert len(figure.data[0].x) == 4
    assert figure.data[1].hovertext == ("no amount in euro, 1 row",)


def test_the_reported_and_the_itemised_line_end_at_their_last_figure():
    figure = charts.funding_over_time(samples.funding_over_time(), samples.milestones())
    ends = {trace.name: trace.y[-1] for trace in figure.data if trace.name}
    assert ends == {"Reported by the Mechanism": 241.7, "Commitments itemised on file": 14.72}
    assert all(trace.line.shape == "hv" for trace in figure.data if trace.name)
    assert figure.layout.meta["title"] == "EUR 241.7m is reported; commitments of EUR 16.7m are itemised on file"
    assert figure.layout.meta["notes"][0] == "EUR 2 million itemised without a date is not on the line."


def test_milestones_that_would_touch_stand_in_different_lanes():
    marks = charts.funding_over_time(samples.funding_over_time(), samples.milestones()).data[-1]
    assert len(set(zip(marks.x, marks.y, strict=True))) == len(samples.milestones())
    assert marks.marker.symbol.count("circle-open") == 6


def test_over_time_without_milestones():
    figure = charts.funding_over_time(samples.funding_over_time(), samples.milestones().head(0))
    assert len(figure.data) == 2


def test_of_a_line_with_many_figures_the_description_tells_the_last_of_each_year():
    days = [date(2024 + month // 12, month % 12 + 1, day) for month in range(24) for day in (1, 15)]
    line = [{"date": day, "amount_eur": at} for at, day in enumerate(days)]
    assert [one["date"] for one in turning_points(line)] == [date(2024, 12, 15), date(2025, 12, 15)]
    assert turning_points(line[:5]) == line[:5]


def test_who_committed_most_is_told_of_the_last_year_that_is_over():
    figure = charts.donors_by_year(samples.donors_by_year())
    told = figure.layout.meta
    assert told["title"] == "In 2025 most was committed by Sweden: EUR 12m"
    assert [list(row) for row in figure.data[0].z] == [[None, None, 12.05], [0.5, None, 2.0]]
    assert "Committed without a single year: Estonia: EUR 1m." in told["notes"]
    running = samples.donors_by_year().assign(last_full_year=2024)
    assert charts.donors_by_year(running).layout.meta["title"] == "No commitment of 2024 is on file"


def test_a_donor_s_totals_stay_where_they_are_until_the_day_of_the_release():
    figure = charts.donor_over_time(samples.donor_over_time())
    assert {trace.x[-1] for trace in figure.data} == {"2025-07-02"}
    assert all(trace.y[-1] == trace.y[-2] for trace in figure.data)


def test_a_donor_s_payment_after_the_day_of_the_release_is_on_its_line():
    rows = samples.donor_over_time().assign(release_date=date(2024, 1, 1))
    assert {trace.x[-1] for trace in charts.donor_over_time(rows).data} == {"2025-01-31"}
