"""Rows of an answer as a table for people, and as a file to take away."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from tallinn.ask import Answer
from tallinn.columns import Column, column
from tallinn.csv_file import csv_file
from tallinn.page import filters, speech
from tallinn.page.columns import config
from tallinn.page.kept import Kept
from tallinn.page.links import address
from tallinn.wording import _, count, unknown

MOST_ROWS = 1_000
"""Rows of a table that are sent to a reader; nobody scrolls through more, and the CSV file has all."""


def table(answer: Answer, columns: Sequence[str] = (), *, alt: str, key: str | None = None) -> None:
    """The answer's rows, in these columns or in all. `alt` says in a few words what the table is."""
    names, chosen = tuple(columns) or tuple(answer.rows.columns), (filters.release(), speech.chosen())
    rows, settings = _kept.of(answer, columns=names, chosen=chosen)
    st.dataframe(rows, column_config=settings, hide_index=True, placeholder=_("not published"), alt=alt, key=key)
    if len(answer.rows) > MOST_ROWS:
        told = _("The first {shown} of {all} rows. A filter brings others here; the CSV file under “How this is made” has all of them.")
        st.caption(told.format(shown=count(MOST_ROWS), all=count(len(answer.rows))))


def _prepare(answer: Answer, *, columns: tuple[str, ...], chosen: tuple[str, str]) -> tuple[pa.Table, dict[str, Any]]:
    """The rows as Streamlit sends them, and how each column looks. `chosen` are the release and language that links keep to."""
    rows = answer.rows.head(MOST_ROWS)
    looks = {name: column(name, rows[name]) for name in columns}
    shown = pd.DataFrame({name: _shown(rows[name], look, *chosen) for name, look in looks.items()})
    return pa.Table.from_pandas(shown, preserve_index=False), {
        name: config(look, gaps=bool(rows[name].isna().any())) for name, look in looks.items()
    }


def _shown(values: "pd.Series[Any]", described: Column, release: str, lang: str) -> "pd.Series[Any]":
    """The values of a column, those that have a page of their own as the way to it."""
    if described.kind in ("donor", "project"):
        return values.map(lambda name: None if unknown(name) else address(described.kind, str(name), release=release, lang=lang)).astype(
            "str"
        )
    return _with_words(values, described)


def _with_words(values: "pd.Series[Any]", described: Column) -> "pd.Series[Any]":
    """Text where something is not stated says so; numbers, dates and links keep their gaps, which the table words."""
    if described.kind == "average":
        return values.astype("float").round(1)
    if described.kind not in ("text", "long"):
        return values
    absent = "" if described.blank else _("not stated")
    return pd.Series([absent if unknown(value) else _as_text(value) for value in values], index=values.index, dtype="str")


def _as_text(value: Any) -> str:
    return value.date().isoformat() if isinstance(value, datetime) else str(value)


_kept = Kept(_prepare)


def answer_file(answer: Answer) -> bytes:
    """All rows and columns of an answer as CSV; unknown is an empty cell."""
    return _files.of(answer)


def _csv(answer: Answer) -> bytes:
    rows = answer.rows.itertuples(index=False)
    return csv_file(answer.rows.columns, ([None if unknown(value) else value for value in row] for row in rows))


_files = Kept(_csv, most=20)
