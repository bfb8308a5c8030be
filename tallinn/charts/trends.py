"""Incidents of one list over time: how many, whether more than a year before, when the level changed, and how sure that is."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tallinn import theme, trends
from tallinn.charts import chart, marks
from tallinn.wording import _, change, count, day, decimal, later, ngettext, share

A_YEAR = {"day": 365, "week": 52, "month": 12, "quarter": 4, "year": 1}
WINDOW = {"day": 28, "week": 13, "month": 12, "quarter": 4, "year": 3}
BANDED = ("month", "quarter", "year")
"""Units of which few enough have room for a band each."""
MOST_CHANGES, FEW = 6, 100
OF_WINDOW = {
    "day": later("mean of 28 days"),
    "week": later("mean of 13 weeks"),
    "month": later("mean of 12 months"),
    "quarter": later("mean of 4 quarters"),
    "year": later("mean of 3 years"),
}
Series = list[chart.Record]


def incident_trend(rows: pd.DataFrame, notable: pd.DataFrame | None = None) -> go.Figure:
    """Incidents in each period with their mean, the band of each count, and where the level changed.

    Draws queries/incident_trend.sql, with notable incidents (queries/incidents.sql) as marks above, which are counted nowhere here.
    """
    series = [{**one, "day": chart.as_date(one.get("period_start"))} for one in chart.records(rows)]
    series = [one for one in series if one["day"] is not None and one.get("incidents") is not None]
    if not series:
        return chart.empty(_("No incident of this list has a date."))
    unit = str(series[0].get("unit")) if series[0].get("unit") in A_YEAR else "month"
    parts = trends.stretches([chart.whole(one["incidents"]) for one in series])
    gaps = [(series[end], series[start]) for (_start, end), (start, _end) in pairwise(parts)]
    pieces = [series[start:end] for start, end in parts]
    shown = [one for piece in pieces for one in (*piece, None)][:-1]
    series = [one for piece in pieces for one in piece]
    whole = [one for one in pieces[-1] if not one.get("incomplete")]
    counts = [chart.whole(one["incidents"]) for one in whole]
    changed = trends.changes(counts)
    data = [*band_traces(whole, unit), counted(shown), *mean_trace(whole, counts, unit)]
    top = max(chart.whole(one["incidents"]) for one in series) or 1
    end = series[-1]["day"] + timedelta(days=366 // A_YEAR[unit])
    drawn = [] if notable is None else marks.within(notable, series[0]["day"], end)
    data += [marks.trace(drawn, top * 1.2)] if drawn else []
    layout = {
        "height": 380,
        "showlegend": True,
        "xaxis": theme.TIME_AXIS,
        "yaxis": chart.value_axis(_("incidents"), range=[0, top * (1.4 if drawn else 1.15)]),
        "annotations": marks.labels(drawn, top * 1.2, (series[0]["day"], series[-1]["day"])),
        "shapes": [change_line(whole[at]["day"]) for at in changed],
    }
    notes = [*map(gap_words, gaps), *marks.notes(drawn), *trend_notes(series, whole, counts, unit, changed)]
    title = trend_title(counts, unit)
    return chart.figure(data, layout, title=title, alt=f"{trend_alt(series, title)}{marks.told(drawn)}", notes=notes)


def counted(shown: Sequence[chart.Record | None]) -> chart.Trace:
    """A mark for each period, none for a gap (None); that of the period in which the list ends is hollow."""
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": _("incidents"),
        "x": [None if one is None else str(one["day"]) for one in shown],
        "y": [None if one is None else chart.whole(one["incidents"]) for one in shown],
        "line": {"color": theme.pale(theme.ATTACKS, 0.45), "width": 1},
        "marker": {
            "color": theme.ATTACKS,
            "size": 7 if len(shown) < FEW else 3,
            "symbol": ["circle-open" if one and one.get("incomplete") else "circle" for one in shown],
        },
        "connectgaps": False,
        "hoverinfo": "text",
        "hovertext": ["" if one is None else described(one) for one in shown],
    }


def described(one: chart.Record) -> str:
    told = _("{day}: {n}").format(day=day(one["day"]), n=count(one["incidents"]))
    return f"{told}<br>{_('incomplete')}" if one.get("incomplete") else told


def gap_words(gap: tuple[chart.Record, chart.Record]) -> str:
    """That a time without any incident is not shown as nothing."""
    first, after = gap
    told = _(
        "From {first} to {after} the list has none at all: it seems not to cover this time, which is left out; statistics begin after it."
    )
    return told.format(first=day(first["day"]), after=day(after["day"]))


def band_traces(whole: Series, unit: str) -> list[chart.Trace]:
    """The exact interval of each count, where few periods have room for it."""
    if unit not in BANDED or len(whole) < 2:
        return []
    bands = [trends.band(chart.whole(one["incidents"])) for one in whole]
    days = [str(one["day"]) for one in whole]
    edge = {"type": "scatter", "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    return [
        {**edge, "x": days, "y": [low for low, _high in bands], "showlegend": False},
        {
            **edge,
            "x": days,
            "y": [high for _low, high in bands],
            "fill": "tonexty",
            "fillcolor": theme.pale(theme.ATTACKS, 0.18),
            "name": _("95 % band of the rate"),
        },
    ]


def mean_trace(whole: Series, counts: Sequence[int], unit: str) -> list[chart.Trace]:
    means = trends.moving_average(counts, WINDOW[unit])
    known = [(one["day"], mean) for one, mean in zip(whole, means, strict=True) if mean is not None]
    if len(known) < 2:
        return []
    line = {"type": "scatter", "mode": "lines", "name": _(OF_WINDOW[unit]), "line": {"color": theme.BLUE, "width": 3}}
    hover = [_("{day}: mean {n}").format(day=day(at), n=decimal(mean)) for at, mean in known]
    return [{**line, "x": [str(at) for at, _mean in known], "y": [mean for _at, mean in known], "hoverinfo": "text", "hovertext": hover}]


def change_line(at: date) -> dict[str, Any]:
    look = {"color": theme.SLATE, "width": 1.5, "dash": "dash"}
    return {"type": "line", "x0": str(at), "x1": str(at), "yref": "paper", "y0": 0, "y1": 1, "line": look}


def trend_title(counts: Sequence[int], unit: str) -> str:
    """The last year of whole periods against the one before it."""
    n = A_YEAR[unit]
    if len(counts) < 2 * n:
        total = sum(counts)
        return ngettext("{n} incident; less than two years to compare", "{n} incidents; less than two years to compare", total).format(
            n=count(total)
        )
    last, before = sum(counts[-n:]), sum(counts[-2 * n : -n])
    if not before:
        return ngettext(
            "{n} incident in the last twelve months, none in the twelve before",
            "{n} incidents in the last twelve months, none in the twelve before",
            last,
        ).format(n=count(last))
    if last == before:
        return ngettext(
            "{n} incident in the last twelve months, as many as in the twelve before",
            "{n} incidents in the last twelve months, as many as in the twelve before",
            last,
        ).format(n=count(last))
    told = ngettext(
        "{n} incident in the last twelve months, {change} on the twelve before",
        "{n} incidents in the last twelve months, {change} on the twelve before",
        last,
    )
    return told.format(n=count(last), change=change(last / before - 1))


def trend_notes(series: Series, whole: Series, counts: Sequence[int], unit: str, changed: Sequence[int]) -> list[str]:
    """What the statistics say, each in a sentence, with its method."""
    notes = [change_words(whole, counts, changed)]
    season = trends.seasonality(counts, A_YEAR[unit])
    if season is None:
        notes.append(_("Seasons cannot be told from less than two full years, nor from whole years."))
    else:
        notes.append(
            _("{share} of what is not trend comes back every year (STL, a decomposition into trend, season and rest).").format(
                share=share(season)
            )
        )
    spread = trends.dispersion(counts)
    if spread is not None and unit in BANDED:
        notes.append(
            _("The band is the exact 95 % interval of a Poisson count. Variance by mean is {spread}; above 1 it is too narrow.").format(
                spread=decimal(spread)
            )
        )
    if any(one.get("incomplete") for one in series):
        notes.append(_("The hollow mark is a period in which the list ends: it is in no mean and no test."))
    left = chart.whole(series[0].get("not_placed"))
    if left:
        notes.append(ngettext("{n} incident has too vague a date.", "{n} incidents have too vague a date.", left).format(n=count(left)))
    return notes


def change_words(whole: Series, counts: Sequence[int], changed: Sequence[int]) -> str:
    method = _("(PELT on square roots, penalty by the modified BIC)")
    if len(counts) < trends.FEWEST:
        return _("Too few periods to look for changes of level.")
    if not changed:
        return _("No change of level was found {method}.").format(method=method)
    days = [day(whole[at]["day"]) for at in changed]
    told = ngettext(
        "Dashed: the level changed {n} time, from {days} {method}.", "Dashed: the level changed {n} times, from {days} {method}.", len(days)
    )
    return told.format(n=count(len(days)), days=chart.some(days, MOST_CHANGES), method=method)


def trend_alt(series: Series, title: str) -> str:
    """The title, and the years with their numbers."""
    years = [
        _("{year}: {n}").format(year=year, n=count(sum(chart.whole(one["incidents"]) for one in group)))
        for year, group in groupby(series, key=lambda one: one["day"].year)
    ]
    return _("Incidents over time. {title}. By year: {years}.").format(title=title, years="; ".join(years))
