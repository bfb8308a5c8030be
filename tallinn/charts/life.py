"""One project's life: what was planned and what has happened, each as exactly as it is known."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tallinn import theme
from tallinn.charts import chart, timeline
from tallinn.wording import _, day, day_short, period

LANES = {"planned": ("planned_start", "planned_end"), "actual": ("actual_start", "actual_end"), "unsaid": ("start", "end")}
LANE = 58
AS_LONG = timedelta(days=30)
"""The bar of a plan without an end: long enough to be seen."""


def project_dates(rows: pd.DataFrame) -> go.Figure:
    """Planned above actual, with the day of the release across both. Draws queries/project_dates.sql for one project."""
    records = [] if rows.empty else [one for one in chart.records(rows) if one.get("first_day") and one.get("last_day")]
    known = {str(one.get("kind")): one for one in records}
    lanes = [(name, known.get(start), known.get(end)) for name, (start, end) in LANES.items() if start in known or end in known]
    if not lanes:
        return chart.empty(_("Neither a start nor an end of this project has been published."))
    today = next((chart.as_date(one["release_date"]) for one in records if one.get("release_date") is not None), None)
    data = [trace for at, lane in enumerate(lanes) for trace in lane_traces(at, *lane, today)]
    words = [dated_words(one) for one in records if str(one.get("kind")) in date_names()]
    alt = _("Timeline of one project. {dates}.").format(dates="; ".join(words))
    return chart.figure(data, layout_of(lanes, today), title=title(known), alt=alt, notes=notes(lanes, today))


def lane_traces(at: int, name: str, start: chart.Record | None, end: chart.Record | None, today: date | None) -> list[chart.Trace]:
    """A bar, pale where only a month or a year is known; an arrowhead where no end is; a mark alone where no start is."""
    hover = "<br>".join(chart.harmless(dated_words(one)) for one in (start, end) if one)
    if start is None:
        return [mark(at, str(end["last_day"]) if end else "", "diamond-open", name, hover)]
    begins = chart.as_date(start["first_day"]) or date.min
    one = {
        "start_date": begins,
        "start_precision": start.get("precision"),
        "end_date": chart.as_date(end["last_day"]) if end else None,
        "end_precision": end.get("precision") if end else None,
    }
    reaches = today if name == "actual" and today and today > begins else begins + AS_LONG
    bars = [bar(stretch, name, hover) for stretch in timeline.stretches_of(at, one, reaches)]
    return bars if end else [*bars, mark(at, str(reaches), "triangle-right", name, hover)]


def bar(stretch: timeline.Stretch, name: str, hover: str) -> chart.Trace:
    """A plan is striped, a fact is not; of a date that is not said to be either the bar is grey."""
    color = theme.GREY if name == "unsaid" else theme.PROJECTS
    look = theme.hatched(color) if name == "planned" else theme.solid(color)
    length = ((stretch.end - stretch.start) + timeline.ONE_DAY) // timeline.ONE_DAY * timeline.DAY_IN_MS
    place = {"orientation": "h", "base": [str(stretch.start)], "width": 0.4, "hovertext": [hover], "showlegend": False}
    return chart.bar([length], [stretch.at + 0.12], {**look, "opacity": 1 if stretch.certain else theme.IMPRECISE_OPACITY}, **place)


def mark(at: int, when: str, symbol: str, name: str, hover: str) -> chart.Trace:
    look = {"symbol": symbol, "size": 14, "color": theme.GREY if name == "unsaid" else theme.PROJECTS}
    place = {"x": [when], "y": [at + 0.12], "hoverinfo": "text", "hovertext": [hover], "cliponaxis": False, "showlegend": False}
    return {"type": "scatter", "mode": "markers", "marker": look, **place}


def layout_of(lanes: list[Any], today: date | None) -> dict[str, Any]:
    """The lanes under their names, on a time axis that reaches to the release."""
    days = [one[side] for _name, *ends in lanes for one in ends if one for side in ("first_day", "last_day")]
    known = [each for each in [*map(chart.as_date, days), today] if each]
    margin = max((max(known) - min(known)) / 20, AS_LONG)
    names = [lane_names()[name] for name, *_ends in lanes]
    words = [chart.annotation(f"<b>{name}</b>", x=0, xref="paper", y=at - 0.3) for at, name in enumerate(names)]
    layout: dict[str, Any] = {
        "height": len(lanes) * LANE + chart.FOOT + 20,
        "xaxis": {
            **theme.TIME_AXIS,
            "range": [str(min(known) - margin), str(max(known) + margin)],
            "showgrid": True,
            "gridcolor": theme.GRID,
        },
        "yaxis": {**chart.name_axis(names), "showticklabels": False},
        "annotations": words,
    }
    if today:
        line = {"type": "line", "xref": "x", "yref": "paper", "x0": str(today), "x1": str(today), "y0": 0, "y1": 1}
        layout["shapes"] = [{**line, "line": {"color": theme.INK, "width": 1.5, "dash": "dot"}}]
    return layout


def lane_names() -> dict[str, str]:
    return {"planned": _("Planned"), "actual": _("Actual"), "unsaid": _("Planned or actual, which is not said")}


def date_names() -> dict[str, str]:
    return {
        "planned_start": _("planned start: {date}"),
        "planned_end": _("planned end: {date}"),
        "actual_start": _("actual start: {date}"),
        "actual_end": _("actual end: {date}"),
        "start": _("start, planned or actual: {date}"),
        "end": _("end, planned or actual: {date}"),
    }


def dated_words(one: chart.Record) -> str:
    return date_names()[str(one["kind"])].format(date=date_words(one))


def date_words(one: chart.Record) -> str:
    return period(one["date"]) if one.get("date") else day(chart.as_date(one["first_day"]))


def title(known: dict[str, chart.Record]) -> str:
    """From when to when, as far as it has happened, else as it is planned."""
    began, begins = (known.get(name) for name in ("actual_start", "planned_start"))
    ended, ends = (known.get(name) for name in ("actual_end", "planned_end"))
    start, end = began or begins or known.get("start"), ended or ends or known.get("end")
    words = {"start": date_words(start) if start else "", "end": date_words(end) if end else ""}
    if start and end:
        texts = {
            (True, True): _("Ran from {start} to {end}"),
            (True, False): _("Began {start}, planned to end {end}"),
            (False, False): _("Planned from {start} to {end}"),
        }
        plain = _("From {start} to {end}")
        said = (start is began, end is ended) if (start in (began, begins) and end in (ended, ends)) else None
        return (texts.get(said, plain) if said else plain).format(**words)
    if start:
        text = _("Began {start}; no end has been published") if start is began else _("Start: {start}; no end has been published")
        return text.format(**words)
    return _("End: {end}; no start has been published").format(**words)


def notes(lanes: list[Any], today: date | None) -> list[str]:
    """The day of the release, and what arrows and pale bars mean."""
    said = [_("The dotted line is the day of the release, {date}.").format(date=day_short(today))] if today else []
    if any(start and not end for _name, start, end in lanes):
        said.append(_("An arrow: no end is published."))
    if any(one and one.get("precision") not in (None, "day") for _name, *ends in lanes for one in ends):
        said.append(_("Pale: known to the month or year."))
    return said
