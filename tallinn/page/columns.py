"""How each column of an answer looks in a table of Streamlit's."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from tallinn.columns import Column, Kind
from tallinn.page.links import SHOWN

NUMBERS = ("amount", "number", "average", "share", "change", "date")
WORDS_WIDTH = 120
"""Pixels that "not published" takes."""


def config(described: Column, *, gaps: bool) -> Any:
    """Streamlit's settings for a column; one of numbers with gaps has room for the words that stand in them."""
    return LOOKS[described.kind](described.title, **({"width": WORDS_WIDTH} if gaps and described.kind in NUMBERS else {}))


LOOKS: dict[Kind, Callable[[str], Any]] = {
    "text": st.column_config.TextColumn,
    "long": partial(st.column_config.TextColumn, width="large"),
    "amount": partial(st.column_config.NumberColumn, format="localized"),
    "number": partial(st.column_config.NumberColumn, format="localized"),
    "average": partial(st.column_config.NumberColumn, format="localized"),
    "share": partial(st.column_config.NumberColumn, format="percent"),
    "change": partial(st.column_config.NumberColumn, format="percent"),
    "date": partial(st.column_config.DateColumn, format="YYYY-MM-DD"),
    "link": partial(st.column_config.LinkColumn, display_text=":material/open_in_new:"),
    "donor": partial(st.column_config.LinkColumn, display_text=SHOWN),
    "project": partial(st.column_config.LinkColumn, display_text=SHOWN),
    "yes": st.column_config.CheckboxColumn,
}
