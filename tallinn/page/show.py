"""A chart on a page: its takeaway, the figure, its notes, and the proof."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from tallinn import theme
from tallinn.ask import Answer
from tallinn.page import marks
from tallinn.page.drawing import Chart, draw
from tallinn.page.proof import how_made, provenance
from tallinn.page.table import table

Clicked = Callable[..., None]
PROSE_WIDTH = 860
"""Pixels: lines much longer than this are hard to read."""


def prose(text: str) -> None:
    """A paragraph of the page's own words, in Markdown."""
    st.markdown(text, width=PROSE_WIDTH)


def show(chart: Chart, *answers: Answer, unit: str = "", key: str = "", clicked: Clicked | None = None, **options: Any) -> None:
    """Draw the rows of the answers.

    `unit` is a sentence about what is measured; `key` tells two charts of a kind apart; options are the chart's own keywords. `clicked` is
    given the `customdata` of a point that somebody clicks, before the page runs again.
    """
    name = key or chart.__name__
    drawing = draw(chart, *answers, **options)
    with st.container(gap="xsmall"):
        if drawing.empty:
            st.info(marks.plain(drawing.title))
        else:
            st.markdown(f"#### {marks.plain(drawing.title)}")
            # The key changes with the colour scheme: the browser colours a figure's text only when it is put on the page.
            place = f"{name}_{st.context.theme.type}"
            listening = _listening(place, clicked) if clicked else {}
            st.plotly_chart(drawing.figure, key=place, theme="streamlit", config=theme.CONFIG, alt=drawing.alt, **listening)
        st.caption(" ".join(filter(None, [*map(marks.plain, drawing.notes), unit, marks.plain(provenance(answers[0]))])), width=PROSE_WIDTH)
        how_made(name, *answers, drawing=None if drawing.empty else drawing)


def _listening(place: str, clicked: Clicked) -> dict[str, Any]:
    """The options of a chart that can be clicked. On a phone it would keep the page from being scrolled, and hear nothing (plotly.js 3)."""
    is_phone = "Mobi" in st.context.headers.get("User-Agent", "")
    return {} if is_phone else {"on_select": partial(_hear, place, clicked), "selection_mode": "points"}


def _hear(place: str, clicked: Clicked) -> None:
    points = st.session_state[place].selection.points
    if points and points[0].get("customdata"):
        clicked(*points[0]["customdata"])


def show_table(answer: Answer, columns: Sequence[str], *, alt: str, nothing: str = "") -> None:
    """Rows of an answer as a table, with their proof; where there are none, `nothing` says so. `alt` says what the table is."""
    if nothing and answer.rows.empty:
        st.markdown(nothing)
        return
    with st.container(gap="xsmall"):
        table(answer, columns, alt=alt, key=answer.name)
        st.caption(marks.plain(provenance(answer)))
        how_made(f"table_{answer.name}", answer)
