"""Figures, each drawn once for an answer and then sent as it stands to every visitor."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from tallinn import theme
from tallinn.ask import Answer
from tallinn.ingest.invented import MARK
from tallinn.page.kept import Kept

Chart = Callable[..., go.Figure]
STAMP = {
    "text": MARK,
    "xref": "paper",
    "yref": "paper",
    "x": 0.5,
    "y": 0.5,
    "showarrow": False,
    "opacity": 0.45,
    "font": {"size": 22, "color": theme.GREY},
}
"""Written across a chart of invented data, which may leave the page as a picture."""


@dataclass(frozen=True, eq=False)
class Drawing:
    """A figure with its takeaway, its text alternative and its notes. An empty one has only its takeaway: that there is nothing to draw.

    Two are the same only if they are one, so that what is made of one can be kept by it.
    """

    figure: go.Figure
    empty: bool
    title: str
    alt: str
    notes: tuple[str, ...]


class Finished(go.Figure):  # type: ignore[misc]
    """A figure that will not change any more. Streamlit asks every figure for a dict at each run, which takes longer than to send it."""

    _dict: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """The same dict each time; it is only read."""
        return self._dict


def finished(figure: go.Figure) -> go.Figure:
    """The figure itself, from now on a finished one: to make another of its parts takes ten milliseconds."""
    made = figure.to_dict()
    figure.__class__ = Finished
    figure._dict = made
    return figure


def draw(chart: Chart, *answers: Answer, **options: Any) -> Drawing:
    """The chart of these answers' rows. Options are the chart's own keywords."""
    return _kept.of(*answers, chart=chart, options=tuple(sorted(options.items())))


def _draw(*answers: Answer, chart: Chart, options: tuple[tuple[str, Any], ...]) -> Drawing:
    figure = chart(*(answer.rows for answer in answers), **dict(options))
    if any(answer.release.demonstration for answer in answers):
        figure.add_annotation(STAMP)
    meta = figure.layout.meta
    return Drawing(finished(figure), not figure.data, meta["title"], meta["alt"], tuple(meta.get("notes", ())))


_kept = Kept(_draw)
