"""What every chart shares: a figure with its title, description and notes; names kept harmless and short; labels that find room.

A chart's title, text alternative and notes travel in `figure.layout.meta` ("title", "alt", "notes"): plain text, drawn by the page.
Positions on a name axis are row numbers from the top, so two things of the same name stay two.
"""

import textwrap
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tallinn import theme
from tallinn.charts import dates
from tallinn.wording import _, count, listing, ngettext, separators, unknown

Record = dict[str, Any]
Trace = dict[str, Any]

PLOT_WIDTH = 330
LETTER_WIDTH = 7
ROW_HEIGHT = 30
FOOT = 52
LONGEST_WORD = 19
LEAST_HEIGHT = 130
LEAST_WITH_LEGEND = 190


def figure(data: list[Trace], layout: dict[str, Any], *, title: str, alt: str, notes: Iterable[str] = ()) -> go.Figure:
    """The figure with the house look. Skips Plotly's validation, which takes five times as long; the tests validate every chart."""
    meta = {"title": title, "alt": alt, "notes": list(notes)}
    layout["height"] = max(layout["height"], LEAST_WITH_LEGEND if layout.get("showlegend") else LEAST_HEIGHT)
    layout = {**theme.LAYOUT, "separators": separators(), **dates.worded(data, layout), "meta": meta}
    return go.Figure({"data": data, "layout": layout}, _validate=False)


def empty(message: str, *, alt: str = "", notes: Iterable[str] = ()) -> go.Figure:
    """A figure that says in words that there is nothing to draw."""
    text = annotation(wrapped(message, 40), x=0.5, y=0.5, xref="paper", yref="paper", xanchor="center", yanchor="middle", font={"size": 14})
    hidden = {"visible": False, "fixedrange": True}
    return figure(
        [], {"height": 140, "xaxis": hidden, "yaxis": hidden, "annotations": [text]}, title=message, alt=alt or message, notes=notes
    )


def records(rows: pd.DataFrame) -> list[Record]:
    """The rows as dicts: unknown values are None, timestamps are dates."""
    names = [str(name) for name in rows.columns]
    columns = [[value_of(value) for value in rows[name].tolist()] for name in rows.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def value_of(value: Any) -> Any:
    """One cell of an answer as plain Python."""
    if isinstance(value, (str, int)) or pd.api.types.is_list_like(value):
        return value
    if unknown(value):
        return None
    return value.date() if isinstance(value, datetime) else value


def number(value: Any) -> float | None:
    """A cell as a number; None stays None."""
    return None if value is None else float(value)


def millions(value: Any) -> float | None:
    """An amount in millions; None stays None."""
    return None if value is None else float(value) / 1_000_000


def known(values: Iterable[Any]) -> list[float]:
    """The numbers among the values."""
    return [float(value) for value in values if value is not None]


def total(values: Iterable[Any]) -> float | None:
    """The sum of what is known; None where nothing is."""
    numbers = known(values)
    return sum(numbers) if numbers else None


def whole(value: Any) -> int:
    """A number of rows or things; none stated counts as none."""
    return 0 if value is None else int(value)


def words(value: Any, *, otherwise: str = "") -> str:
    """Text of a cell, or the words for its absence."""
    return str(value) if value is not None and str(value).strip() else otherwise or _("not stated")


def harmless(text: str) -> str:
    """Text that Plotly draws as it is: its labels otherwise obey HTML tags and fill in %{names}."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("%{", "%&#123;")


def wrapped(text: str, width: int = 18, *, lines: int = 3) -> str:
    """Harmless text in lines of about `width` letters, as Plotly breaks them."""
    return "<br>".join(map(harmless, folded(text, width, lines=lines)))


def folded(text: str, width: int, *, lines: int) -> list[str]:
    """Text in lines of about `width` letters; a very long one ends in an ellipsis, only a very long word is broken."""
    longest = max(map(len, text.split()), default=0)
    found = textwrap.wrap(text.replace("/", "/ "), max(width, min(longest, LONGEST_WORD)), max_lines=lines, placeholder=" …")
    return [line.replace("/ ", "/") for line in found]


def members(value: Any) -> list[str]:
    """The values of a list cell, whether it came as text separated by semicolons or as a list."""
    parts = str(value).split(";") if isinstance(value, str) else ([] if value is None else list(value))
    return [str(part).strip() for part in parts if str(part).strip()]


def some(names: Iterable[str], most: int = 10) -> str:
    """A list of names for a sentence: the first of them, and how many more there are."""
    known = list(names)
    rest = len(known) - most
    return listing(known if rest <= 0 else [*known[:most], ngettext("{n} more", "{n} more", rest).format(n=count(rest))])


def annotation(text: str, **place: Any) -> dict[str, Any]:
    """Text in the plot without an arrow."""
    return {"text": text, "showarrow": False, "align": "left", "xanchor": "left", "yanchor": "middle", **place}


def reach(values: Sequence[float | None], labels: Sequence[str], *, names: int = 0) -> list[float]:
    """The range of a value axis from zero that leaves room for each label beside its bar on a phone.

    `names` is the width in letters of the names left of the axis.
    """
    plot = max(PLOT_WIDTH - names * LETTER_WIDTH, 160)
    ends = [max(value or 0.0, 0.0) / (1 - label_part(label, plot)) for value, label in zip(values, labels, strict=True)]
    return [min([0.0, *known(values)]) * 1.1, max(ends, default=0.0) or 1.0]


def label_part(label: str, plot: int) -> float:
    """The part of the plot's width that a label takes."""
    return min((max(map(len, label.split("<br>"))) + 1) * LETTER_WIDTH / plot, 0.65)


def name_axis(names: Sequence[str], *, ticks: Sequence[float] | None = None) -> dict[str, Any]:
    """The vertical axis of a chart of horizontal bars, first name on top."""
    positions = list(range(len(names))) if ticks is None else list(ticks)
    return {**theme.NAME_AXIS, "tickmode": "array", "tickvals": positions, "ticktext": list(names), "range": [len(names) - 0.5, -0.5]}


def value_axis(title: str, **options: Any) -> dict[str, Any]:
    """An axis of amounts or counts that says its unit."""
    return {**theme.VALUE_AXIS, "title": {"text": title, "font": {"size": theme.TEXT_SIZE, "color": theme.INK}, "standoff": 6}, **options}


def amount_axis(title: str, values: Sequence[float | None], labels: Sequence[str], *, names: int = 0) -> dict[str, Any]:
    """The value axis under lying bars, with room for their labels; without figures where no value is known."""
    axis = value_axis(title, range=reach(values, labels, names=names))
    return axis if known(values) else {**axis, "showticklabels": False, "showgrid": False}


def bar(x: Sequence[Any], y: Sequence[Any], marker: dict[str, Any], **options: Any) -> Trace:
    """Bars; pass `orientation="h"` for lying ones."""
    return {
        "type": "bar",
        "x": list(x),
        "y": list(y),
        "marker": marker,
        "hoverinfo": "text",
        "cliponaxis": False,
        "constraintext": "none",
        **options,
    }


def absent(x: Sequence[Any], y: Sequence[Any], texts: Sequence[str], **options: Any) -> Trace:
    """Open grey marks with words where an amount is not known, so that unknown is not drawn as zero."""
    mark = {"symbol": "diamond-open", "color": theme.GREY, "size": 8, "line": {"width": 1.5}}
    place = {"mode": "markers+text", "text": [f" {text}" for text in texts], "textposition": "middle right", "cliponaxis": False}
    return {
        "type": "scatter",
        "x": list(x),
        "y": list(y),
        "marker": mark,
        "hoverinfo": "text",
        "hovertext": list(texts),
        **place,
        **options,
    }


def legend_only(name: str, marker: dict[str, Any]) -> Trace:
    """An entry of the legend without anything drawn."""
    return {"type": "bar", "x": [None], "y": [None], "name": name, "marker": marker, "showlegend": True, "hoverinfo": "skip"}


def as_date(value: Any) -> date | None:
    """A cell as a calendar day; text must be an ISO date."""
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value)[:10])
