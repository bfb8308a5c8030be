"""Notable incidents as triangles above a chart over time: named where there is room, and counted nowhere there."""

from datetime import date
from typing import Any

import pandas as pd

from tallinn import theme
from tallinn.charts import chart, spans
from tallinn.charts.notable import when
from tallinn.wording import _

NEWEST, MOST_MARKS, MOST_NAMES, LONGEST_NAME = 600, 60, 5, 24
"""Notable incidents that are looked at and drawn, those that can stand beside each other with their names, and letters of a name."""
Series = list[chart.Record]


def within(notable: pd.DataFrame, first: date, end: date) -> Series:
    """Notable incidents of the time that is drawn, with their day, or the middle of the time that they are known to lie in.

    They come the newest first.
    """
    dated = [{**one, "date_start": chart.as_date(one.get("date_start"))} for one in chart.records(notable.head(NEWEST))]
    placed = [
        {**one, "day": spans.middle(one["date_start"], one.get("precision"))} for one in dated if one["date_start"] and one.get("name")
    ]
    drawn = [one for one in placed if first <= one["day"] < end]
    return sorted(drawn, key=lambda one: one["day"])[-MOST_MARKS:]


def trace(marks: Series, height: float) -> chart.Trace:
    """A triangle for each, in a row above the counts, with its name under the pointer."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": _("notable incidents"),
        "x": [str(one["day"]) for one in marks],
        "y": [height] * len(marks),
        "marker": {"symbol": "triangle-down-open", "size": 9, "color": theme.SLATE, "line": {"width": 1.5}},
        "hoverinfo": "text",
        "hovertext": [f"<b>{chart.harmless(str(one['name']))}</b><br>{when(one)}" for one in marks],
    }


def labels(marks: Series, height: float, reach: tuple[date, date]) -> list[dict[str, Any]]:
    """Names of those that have room for one, the newest first."""
    room = (reach[1] - reach[0]) / MOST_NAMES
    named: Series = []
    for one in reversed(marks):
        if (not named or named[-1]["day"] - one["day"] >= room) and len(str(one["name"])) <= LONGEST_NAME:
            named.append(one)
    return [
        chart.annotation(
            chart.wrapped(str(one["name"]), 12, lines=2),
            x=str(one["day"]),
            y=height,
            xanchor="right" if reach[1] - one["day"] < room / 2 else "center",
            yanchor="bottom",
            yshift=6,
            font={"size": 10},
        )
        for one in named
    ]


def notes(marks: Series) -> list[str]:
    if not marks:
        return []
    return [_("Triangles: notable incidents that were collected from many sources. They explain nothing by themselves.")]


def told(marks: Series) -> str:
    if not marks:
        return ""
    return " " + _("Notable incidents: {names}.").format(
        names="; ".join(_("{day}: {n}").format(day=when(one), n=one["name"]) for one in marks)
    )
