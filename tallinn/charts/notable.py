"""Notable incidents: when, against which sector or of which type; the dots are the listed ones, not all there were."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tallinn import theme
from tallinn.charts import chart, crowded, ranking, spans
from tallinn.wording import _, count, ngettext, period

LANE_HEIGHT = 34
MOST_DOTS = 300
"""Dots that can still be told apart."""
EXACT = ("day", None)


def incidents(rows: pd.DataFrame, *, lane: str = "type_name") -> go.Figure:
    """Listed incidents as dots on a time axis, one lane a type or a sector (`lane`: type_name or sector_name). Draws queries/incidents.sql.

    An incident of several sectors stands in the lane of each. A hollow dot on a line: only the month, half-year or year is known.
    More than can be told apart are fields, one a month.
    """
    if rows.empty:
        return chart.empty(_("No listed incident matches these filters."))
    if len(rows) > MOST_DOTS and rows["date_start"].notna().any():
        return crowded.incidents_by_month(rows, lane=lane)
    records = [{**one, "date_start": chart.as_date(one.get("date_start"))} for one in chart.records(rows)]
    dated = [one for one in records if one["date_start"] is not None]
    spots = [(name, one) for one in dated for name in chart.members(one.get(lane)) or [_("not stated")]]
    if not spots:
        message = _("None of these incidents has a date.")
        return chart.empty(message, alt=alt(records), notes=notes(records))
    names = [name for name, _n in Counter(name for name, _one in spots).most_common()]
    heights = lane_heights(spots, names)
    wrapped = [chart.wrapped(name, 16) for name in names]
    layout = {
        "height": len(names) * LANE_HEIGHT + chart.FOOT,
        "xaxis": {**theme.TIME_AXIS, "showgrid": True, "gridcolor": theme.GRID, "range": padded(dated)},
        "yaxis": chart.name_axis(wrapped),
        "shapes": [lane_line(at) for at in range(len(names))],
    }
    data = [stretches(spots, heights), dots(spots, heights)]
    return chart.figure(data, layout, title=title(records, spots, names), alt=alt(records), notes=notes(records))


def lane_heights(spots: list[tuple[str, chart.Record]], names: list[str]) -> list[float]:
    """The height of each dot: its lane, shifted where dots of one month would cover each other."""
    months: Counter[tuple[str, int, int]] = Counter()
    heights = []
    for name, one in spots:
        month = (name, one["date_start"].year, one["date_start"].month)
        at = months[month]
        months[month] += 1
        heights.append(names.index(name) + (0, -0.24, 0.24, -0.36, 0.36)[at % 5])
    return heights


def dots(spots: list[tuple[str, chart.Record]], heights: list[float]) -> chart.Trace:
    exact = [one.get("precision") in EXACT for _name, one in spots]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [str(spans.middle(one["date_start"], one.get("precision"))) for _name, one in spots],
        "y": heights,
        "marker": {
            "symbol": ["circle" if sure else "circle-open" for sure in exact],
            "size": 11,
            "color": theme.ATTACKS,
            "opacity": 0.85,
            "line": {"width": [0 if sure else 2 for sure in exact], "color": theme.ATTACKS},
        },
        "hoverinfo": "text",
        "hovertext": [described(one) for _name, one in spots],
    }


def stretches(spots: list[tuple[str, chart.Record]], heights: list[float]) -> chart.Trace:
    """A thin line as long as the period, where no day is known."""
    vague = [(one, height) for (_name, one), height in zip(spots, heights, strict=True) if one.get("precision") not in EXACT]
    x: list[str | None] = []
    for one, _height in vague:
        x += [str(one["date_start"]), str(spans.last_day(one["date_start"], one.get("precision"))), None]
    y = [place for _one, height in vague for place in (height, height, None)]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": theme.ATTACKS, "width": 2},
        "opacity": 0.5,
        "hoverinfo": "skip",
    }


def lane_line(at: int) -> dict[str, Any]:
    line = {"color": theme.GRID, "width": 1}
    return {"type": "line", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": at, "y1": at, "line": line, "layer": "below"}


def padded(dated: list[chart.Record]) -> list[str]:
    """The range of the time axis with half a dot's room at both ends."""
    first: date = min(one["date_start"] for one in dated)
    last = max(spans.last_day(one["date_start"], one.get("precision")) for one in dated)
    margin = max((last - first) / 30, timedelta(days=5))
    return [str(first - margin), str(last + margin)]


def incident_name(one: chart.Record) -> str:
    return chart.words(one.get("name"), otherwise=_("unnamed incident"))


def when(one: chart.Record) -> str:
    stated = one.get("date") or one.get("date_start")
    return period(None if stated is None else str(stated))


def described(one: chart.Record) -> str:
    told = [f"<b>{chart.wrapped(incident_name(one), 42)}</b>", when(one)]
    facts = [", ".join(chart.members(one.get("sector_name"))), one.get("type_name"), one.get("target")]
    return "<br>".join([*told, *[chart.wrapped(str(fact), 46) for fact in facts if fact]])


def title(records: list[chart.Record], spots: list[tuple[str, chart.Record]], names: list[str]) -> str:
    """How many are listed, and the fullest lane."""
    n = len(records)
    most = sum(name == names[0] for name, _one in spots)
    text = ngettext("{n} listed incident", "{n} listed incidents; most often: {name} ({most})", n)
    return text.format(n=n, name=names[0], most=most)


def alt(records: list[chart.Record]) -> str:
    """Every incident with its date."""
    line = _("{when}: {name}")
    told = "; ".join(line.format(when=when(one), name=incident_name(one)) for one in records)
    return _("Listed incidents over time. {incidents}.").format(incidents=told)


def notes(records: list[chart.Record]) -> list[str]:
    """That the list is a choice; what hollow means; what has no date."""
    said = [_("The list is a selection of notable incidents, not a count.")]
    if any(one["date_start"] is not None and one.get("precision") not in EXACT for one in records):
        said.append(_("Hollow dots: the day is not known; the line shows the period."))
    gone = [incident_name(one) for one in records if one["date_start"] is None]
    return [*said, _("Without a date: {names}.").format(names=chart.some(gone))] if gone else said


def incident_types(rows: pd.DataFrame, *, top: int = 15) -> go.Figure:
    """Listed incidents by type. Draws queries/incident_types.sql."""
    return listed_by(rows, "type", top=top)


def incident_sectors(rows: pd.DataFrame, *, top: int = 15) -> go.Figure:
    """Listed incidents by sector; one of several sectors counts in each. Draws queries/incident_sectors.sql."""
    return listed_by(rows, "sector", top=top)


def listed_by(rows: pd.DataFrame, field: str, *, top: int) -> go.Figure:
    if rows.empty:
        return chart.empty(_("No incident is listed."))
    records = chart.records(rows)
    ranked = [incident_bar(one, field) for one in records[:top]]
    data, layout = ranking.bars(ranked, unit=_("listed incidents"))
    first = next((one for one in ranked if one.value), None)
    title = _("Listed most often: {name} ({n})").format(name=first.name, n=first.label) if first else _("No number of incidents is known")
    told = "; ".join(_("{name}: {n}").format(name=one.name, n=one.label) for one in ranked)
    alt = _("Bars of listed incidents. {bars}.").format(bars=told)
    return chart.figure(data, layout, title=title, alt=alt, notes=[_("The list is a selection of notable incidents, not a count.")])


def incident_bar(one: chart.Record, field: str) -> ranking.Ranked:
    name, n = chart.words(one.get(f"{field}_name")), chart.number(one.get("incidents"))
    label = _("not published") if n is None else count(n)
    marker = theme.hatched() if one.get(field) is None else theme.solid(theme.ATTACKS)
    return ranking.Ranked(name, n, label, f"<b>{chart.wrapped(name, 40)}</b><br>{label}", marker)
