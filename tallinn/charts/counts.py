"""Published counts on a time axis: each a stretch as long as its period, as high as its number a day."""

from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tallinn import theme
from tallinn.charts import chart, units
from tallinn.wording import _, count, day_short, decimal, ngettext, period


def incident_counts(rows: pd.DataFrame, breaks: pd.DataFrame | None = None, *, measure: str = "per_day") -> go.Figure:
    """All counts of one series by period, with breaks of the series as dashed lines.

    Draws queries/incident_counts.sql and queries/series_breaks.sql.

    `measure` is "per_day", which makes periods of different length comparable, or "count". Raises ValueError for rows of two series:
    they were counted by different methods and never share an axis.
    """
    if rows.empty:
        return chart.empty(_("This series has no published counts."))
    records = chart.records(rows)
    if len({one.get("series") for one in records}) > 1:
        raise ValueError("incident_counts draws one series at a time")
    drawn = [
        one for one in records if one.get(measure) is not None and one.get("period_start") is not None and one.get("period_end") is not None
    ]
    if not drawn:
        said = told(records, drawn, measure)
        return chart.empty(said["title"], alt=said["alt"], notes=said["notes"])
    names = list(dict.fromkeys(line_of(one) for one in drawn))
    data = [stretch_trace(at, name, [one for one in drawn if line_of(one) == name], measure) for at, name in enumerate(names)]
    marks = [] if breaks is None or breaks.empty else [one for one in chart.records(breaks) if break_day(one) is not None]
    return chart.figure(data, layout_of(drawn, marks, measure, legend=len(names) > 1), **told(records, drawn, measure, marks))


def layout_of(drawn: list[chart.Record], marks: list[chart.Record], measure: str, *, legend: bool) -> dict[str, Any]:
    """Time across, counts up, with room on top for what the breaks are."""
    unit = str(drawn[0].get("unit") or "incidents")
    axis_title = chart.harmless(units.a_day(unit) if measure == "per_day" else units.in_the_period(unit))
    top = max(float(one[measure]) for one in drawn)
    return {
        "height": 360,
        "showlegend": legend,
        "xaxis": theme.TIME_AXIS,
        "yaxis": chart.value_axis(axis_title, range=[0, (top or 1) * (1.4 if marks else 1.1)]),
        "shapes": [break_line(one) for one in marks],
        "annotations": [break_label(one) for one in marks],
    }


def line_of(one: chart.Record) -> str:
    """Counts of the whole are one line whatever they are called; those of parts are a line each."""
    return _("Total") if one.get("dimension") in (None, "total") else chart.words(one.get("value_name"))


def stretch_trace(at: int, name: str, records: list[chart.Record], measure: str) -> chart.Trace:
    """The stretches of one value; a gap between two."""
    color = theme.SERIES[at] if at < len(theme.SERIES) else theme.GREY
    ordered = sorted(records, key=lambda one: str(one["period_start"]))
    points = [(day, one) for one in ordered for day in (one["period_start"], one["period_end"], None)]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": chart.harmless(name),
        "x": [None if day is None else str(day) for day, _one in points],
        "y": [None if day is None else float(one[measure]) for day, one in points],
        "line": {"color": color, "width": 5},
        "marker": {
            "color": color,
            "size": 9,
            "symbol": ["diamond-open" if one.get("conflict") else "line-ns-open" for _day, one in points],
        },
        "connectgaps": False,
        "hoverinfo": "text",
        "hovertext": [text for one in ordered for text in [described(one)] * 3],
    }


def described(one: chart.Record) -> str:
    """One count in words, for the hover."""
    lines = [f"<b>{chart.harmless(period_words(one))}</b>"]
    lines.append(_("{name}: {n}").format(name=chart.harmless(chart.words(one.get("value_name"))), n=count(one.get("count"))))
    if one.get("per_day") is not None:
        lines.append(_("{n} a day, {days} days").format(n=decimal(one["per_day"]), days=count(one.get("days"))))
    if one.get("conflict"):
        lines.append(_("another report differs"))
    return "<br>".join(lines)


def period_words(one: chart.Record) -> str:
    """The period as the query words it, else its two ends."""
    if one.get("period_label"):
        return str(one["period_label"])
    return _("{start} to {end}").format(
        start=day_short(chart.as_date(one.get("period_start"))), end=day_short(chart.as_date(one.get("period_end")))
    )


def break_day(one: chart.Record) -> date | None:
    """The first day after the break; the query gives it beside the date as stated."""
    return chart.as_date(one.get("date_start") or one.get("date"))


def break_line(one: chart.Record) -> dict[str, Any]:
    line = {"color": theme.GREY, "width": 1.5, "dash": "dash"}
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": str(break_day(one)),
        "x1": str(break_day(one)),
        "y0": 0,
        "y1": 1,
        "line": line,
    }


def break_label(one: chart.Record) -> dict[str, Any]:
    text = chart.wrapped(chart.words(one.get("what"), otherwise=_("series break")), 20)
    return chart.annotation(
        text, x=str(break_day(one)), xref="x", y=1, yref="paper", xanchor="right", yanchor="top", align="right", xshift=-4
    )


def told(records: list[chart.Record], drawn: list[chart.Record], measure: str, marks: list[chart.Record] | None = None) -> dict[str, Any]:
    """Title, text alternative and notes."""
    line = _("{period}, {name}: {n}, {per_day} a day")
    parts = [
        line.format(
            period=period_words(one),
            name=chart.words(one.get("value_name")),
            n=count(one.get("count")),
            per_day=decimal(one.get("per_day")),
        )
        for one in records
    ]
    alt = _("Published counts by period, as stretches on a time axis. {counts}.").format(counts="; ".join(parts))
    breaks = [
        _("Series break, {date}: {what}").format(date=period(str(one["date"])), what=chart.words(one.get("what"))) for one in marks or []
    ]
    return {"title": title(drawn, measure), "alt": alt, "notes": [*left_out(records, drawn), *breaks]}


def title(drawn: list[chart.Record], measure: str) -> str:
    """The lowest and the highest of the published numbers."""
    if not drawn:
        return _("No count of this series states both ends of its period")
    totals = [one for one in drawn if one.get("dimension") in (None, "total")] or drawn
    high = max(totals, key=lambda one: float(one[measure]))
    when = period_words(high)
    if measure == "per_day":
        return _("Highest published daily average: {n} a day, {period}").format(n=decimal(high["per_day"]), period=when)
    return _("Highest published count: {n}, {period}").format(n=count(high["count"]), period=when)


def left_out(records: list[chart.Record], drawn: list[chart.Record]) -> list[str]:
    """Counts without both ends of their period cannot be placed; they are named."""
    gone = [one for one in records if one not in drawn]
    text = ngettext(
        "{n} count does not state both ends of its period and is in the table only.",
        "{n} counts do not state both ends of their period and are in the table only.",
        len(gone),
    )
    return [text.format(n=len(gone))] if gone else []
