"""Horizontal bars of one measure, longest first as the query gives them: the form that several charts share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tallinn import theme
from tallinn.charts import chart

NAME_WIDTH = 18


@dataclass(frozen=True)
class Ranked:
    """One bar: its name, its value (None where it is not known), the label beside it and the text on hover."""

    name: str
    value: float | None
    label: str
    hover: str
    marker: dict[str, Any]


def bars(ranked: Sequence[Ranked], *, unit: str, above: bool = False) -> tuple[list[chart.Trace], dict[str, Any]]:
    """Traces and layout; `above` sets long names over their bars instead of left of them."""
    names = [chart.wrapped(one.name, 44 if above else NAME_WIDTH, lines=1 if above else 3) for one in ranked]
    axis = chart.amount_axis(unit, [one.value for one in ranked], [one.label for one in ranked], names=0 if above else widest(names))
    layout = {
        "height": len(ranked) * (44 if above else row_height(names)) + chart.FOOT,
        "xaxis": axis,
        "yaxis": chart.name_axis(names),
    }
    if above:
        layout["yaxis"] = {**chart.name_axis(names), "showticklabels": False}
        layout["annotations"] = [chart.annotation(name, x=0, xref="paper", y=at - 0.3, yanchor="middle") for at, name in enumerate(names)]
    return traces(ranked, shift=0.18 if above else 0, mark_at=axis["range"][1] * 0.012), layout


def traces(ranked: Sequence[Ranked], *, shift: float, mark_at: float) -> list[chart.Trace]:
    """Bars where the value is known, marks with words where it is not."""
    here = [(at + shift, one) for at, one in enumerate(ranked) if one.value is not None]
    gone = [(at + shift, one) for at, one in enumerate(ranked) if one.value is None]
    text = {
        "text": [one.label for _at, one in here],
        "hovertext": [one.hover for _at, one in here],
        "textposition": "outside",
        "textangle": 0,
    }
    marker = theme.each([one.marker for _at, one in here])
    width = 0.42 if shift else 0.64
    drawn = [chart.bar([one.value for _at, one in here], [at for at, _one in here], marker, orientation="h", width=width, **text)]
    if gone:
        drawn.append(chart.absent([mark_at] * len(gone), [at for at, _one in gone], [one.label for _at, one in gone]))
    return drawn


def widest(names: Sequence[str]) -> int:
    """Letters in the longest line of the names."""
    return max((len(line) for name in names for line in name.split("<br>")), default=0)


def row_height(names: Sequence[str]) -> int:
    """Pixels a row needs for the name with the most lines."""
    lines = max((name.count("<br>") + 1 for name in names), default=1)
    return max(chart.ROW_HEIGHT, lines * 15 + 8)
