"""Money over time: what the Mechanism reports, what the rows on file explain, and what happened meanwhile."""

from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tallinn import theme
from tallinn.charts import chart, spans
from tallinn.wording import _, day, day_short, euros, euros_short, period

LOOKS = {
    "reported": {"color": theme.REPORTED, "width": 2.5, "dash": "dot", "shape": "hv"},
    "itemised": {"color": theme.ITEMISED, "width": 3, "shape": "hv"},
}
MOST_POINTS = 40
"""Figures that a listener can still follow."""
LANE_HEIGHT = 19
PLOT_HEIGHT = 250


def funding_over_time(rows: pd.DataFrame, milestones: pd.DataFrame, *, until: date | None = None) -> go.Figure:
    """Cumulative money reported and itemised, as steps, under numbered milestones. Draws queries/funding_over_time.sql and milestones.sql.

    The lines reach to `until` (the data date); without it, to the last date on either frame.
    """
    records = sorted(dated(rows, "date"), key=lambda one: one["date"])
    events = sorted(dated(milestones, "date_start"), key=lambda one: one["date_start"])
    if all(one.get("amount_eur") is None for one in records):
        return chart.empty(_("No amount with a date has been published."))
    last = max([one["date"] for one in records] + [one["date_start"] for one in events] + ([until] if until else []))
    lines = {name: [one for one in records if one.get("line") == name and one.get("amount_eur") is not None] for name in LOOKS}
    undated = without_date(rows, lines["itemised"])
    places = [spans.middle(one["date_start"], one.get("precision")) for one in events]
    heights = spans.lanes(places)
    shelf = (max(heights, default=-1) + 1) * LANE_HEIGHT + 10
    data = [steps(name, line, last) for name, line in lines.items() if line]
    data += [milestone_marks(events, places, heights)] if events else []
    return chart.figure(
        data,
        layout_of(lines, last, places, heights, shelf),
        title=title(lines, undated),
        alt=alt(lines, events, undated),
        notes=notes(events, undated),
    )


def layout_of(lines: dict[str, list[chart.Record]], last: date, places: list[date], heights: list[int], shelf: int) -> dict[str, Any]:
    """Two panels over one time axis: the money, and a shelf of milestones above it."""
    height = PLOT_HEIGHT + shelf + chart.FOOT
    part = 1 - shelf / (height - chart.FOOT)
    quiet = {"visible": False, "fixedrange": True, "anchor": "x", "domain": [part, 1], "range": [-0.6, max(heights, default=0) + 0.6]}
    threads = [{"type": "line", "xref": "x", "yref": "paper", "x0": str(place), "x1": str(place), "y0": 0, "y1": part} for place in places]
    return {
        "height": height,
        "xaxis": {**theme.TIME_AXIS, "anchor": "y"},
        "yaxis": chart.value_axis(_("EUR million"), domain=[0, part - 0.03]),
        "yaxis2": quiet,
        "shapes": [{**thread, "layer": "below", "line": {"color": theme.GRID, "width": 1}} for thread in threads],
        "annotations": [line_label(name, line, last) for name, line in lines.items() if line],
    }


def steps(name: str, line: list[chart.Record], last: date) -> chart.Trace:
    """One cumulative line, level since the last known figure."""
    look = dict(LOOKS[name])
    points = [*line, {**line[-1], "date": last}] if line[-1]["date"] < last else line
    sizes = [8] * len(line) + [0] * (len(points) - len(line))
    return {
        "type": "scatter",
        "mode": "lines+markers" if name == "reported" else "lines",
        "name": line_name(name),
        "x": [str(one["date"]) for one in points],
        "y": [chart.millions(one["amount_eur"]) for one in points],
        "line": look,
        "marker": {"size": sizes, "color": look["color"]},
        "hoverinfo": "text",
        "hovertext": [point_words(name, one) for one in points],
    }


def line_name(name: str) -> str:
    return {"reported": _("Reported by the Mechanism"), "itemised": _("Commitments itemised on file")}[name]


def point_words(name: str, one: chart.Record) -> str:
    told = [f"<b>{line_name(name)}</b>", f"{day(one['date'])}: {euros(one['amount_eur'])}"]
    extra = [chart.wrapped(str(one[field]), 46) for field in ("label", "note") if one.get(field)]
    return "<br>".join([*told, *extra])


def line_label(name: str, line: list[chart.Record], last: date) -> dict[str, Any]:
    """The name of the line and its last figure, at its right end."""
    text = _("{line}:<br>{amount}").format(line=line_name(name), amount=euros_short(line[-1]["amount_eur"]))
    place = {"x": str(last), "y": chart.millions(line[-1]["amount_eur"]), "xanchor": "right", "yanchor": "bottom", "yshift": 5}
    return chart.annotation(f"<b>{text}</b>", **{**place, "align": "right"})


def milestone_marks(events: list[chart.Record], places: list[date], heights: list[int]) -> chart.Trace:
    """Numbered dots; hollow where the day is not known or reports differ."""
    firm = [one.get("precision") in (None, "day") and not one.get("conflict") for one in events]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "yaxis": "y2",
        "x": [str(place) for place in places],
        "y": heights,
        "text": [str(at) for at in range(1, len(events) + 1)],
        "textfont": {"size": 10, "color": ["#FFFFFF" if sure else theme.INK for sure in firm]},
        "marker": {
            "size": 17,
            "symbol": ["circle" if sure else "circle-open" for sure in firm],
            "color": theme.MILESTONES,
            "line": {"width": 1.5, "color": theme.MILESTONES},
        },
        "hoverinfo": "text",
        "hovertext": [f"<b>{period(one.get('date'))}</b><br>{chart.wrapped(chart.words(one.get('title')), 40)}" for one in events],
    }


def dated(rows: pd.DataFrame, column: str) -> list[chart.Record]:
    """The rows that have a date in this column, as `datetime.date`."""
    records = [] if rows.empty else chart.records(rows)
    return [{**one, column: chart.as_date(one[column])} for one in records if one.get(column) is not None]


def without_date(rows: pd.DataFrame, line: list[chart.Record]) -> float | None:
    """What the last, undated row of the itemised line adds to the last dated one; None where every row has a date."""
    whole = [one["amount_eur"] for one in chart.records(rows) if one.get("date") is None and one.get("line") == "itemised"]
    known = chart.known(whole)
    return max(known) - (float(line[-1]["amount_eur"]) if line else 0.0) if known else None


def title(lines: dict[str, list[chart.Record]], undated: float | None) -> str:
    """What is itemised beside what is reported."""
    reported = lines["reported"][-1]["amount_eur"] if lines["reported"] else None
    itemised = chart.total([line[-1]["amount_eur"] for line in [lines["itemised"]] if line] + [undated])
    if reported is None:
        return _("The rows on file add up to {itemised}; no total has been reported").format(itemised=euros_short(itemised))
    if itemised is None:
        return _("{reported} is reported; no commitment on file explains it").format(reported=euros_short(reported))
    text = _("{reported} is reported; commitments of {itemised} are itemised on file")
    return text.format(itemised=euros_short(itemised), reported=euros_short(reported))


def turning_points(line: list[chart.Record]) -> list[chart.Record]:
    """Every figure of a line; of many, the last of each year."""
    return line if len(line) <= MOST_POINTS else list({one["date"].year: one for one in line}.values())


def alt(lines: dict[str, list[chart.Record]], events: list[chart.Record], undated: float | None) -> str:
    """Each figure with its date, and the milestones."""
    point = _("{date}: {amount}")
    said = []
    for name, line in lines.items():
        points = "; ".join(point.format(date=day(one["date"]), amount=euros(one["amount_eur"])) for one in turning_points(line))
        said.append(_("{line}: {points}.").format(line=line_name(name), points=points or _("not published")))
    if undated is not None:
        said.append(_("Itemised without a date: {amount}.").format(amount=euros(undated)))
    if events:
        titles = "; ".join(f"{at}. {period(one.get('date'))}: {chart.words(one.get('title'))}" for at, one in enumerate(events, 1))
        said.append(_("Milestones: {milestones}.").format(milestones=titles))
    return _("Lines of cumulative money over time. {lines}").format(lines=" ".join(said))


def notes(events: list[chart.Record], undated: float | None) -> list[str]:
    """What no line shows, and the key to the numbers."""
    said = [] if undated is None else [_("{amount} itemised without a date is not on the line.").format(amount=euros(undated))]
    entry = _("{n} {title} ({date})")
    key = [entry.format(n=at, title=chart.words(one.get("title")), date=milestone_date(one)) for at, one in enumerate(events, 1)]
    return [*said, _("Milestones: {milestones}.").format(milestones="; ".join(key))] if key else said


def milestone_date(one: chart.Record) -> str:
    return day_short(one["date_start"]) if one.get("precision") == "day" else period(one.get("date"))
