"""Rows of an answer as a table for people, and as a file to take away."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from tallinn.ask import Answer
from tallinn.page.columns import Column, column, config
from tallinn.page.kept import Kept
from tallinn.wording import _, count, unknown

MOST_ROWS = 1_000
"""Rows of a table that are sent to a reader; nobody scrolls through more, and the CSV file has all."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def table(answer: Answer, columns: Sequence[str] = (), *, alt: str, key: str | None = None) -> None:
    """The answer's rows, in these columns or in all. `alt` says in a few words what the table is."""
    rows, settings = _kept.of(answer, columns=tuple(columns) or tuple(answer.rows.columns))
    st.dataframe(rows, column_config=settings, hide_index=True, placeholder=_("not published"), alt=alt, key=key)
    if len(answer.rows) > MOST_ROWS:
        told = _("The first {shown} of {all} rows. A filter brings others here; the CSV file under “How this is made” has all of them.")
        st.caption(told.format(shown=count(MOST_ROWS), all=count(len(answer.rows))))


def _prepare(answer: Answer, *, columns: tuple[str, ...]) -> tuple[pa.Table, dict[str, Any]]:
    """The rows as Streamlit sends them, and how each column looks."""
    rows = answer.rows.head(MOST_ROWS)
    looks = {name: column(name, rows[name]) for name in columns}
    shown = pd.DataFrame({name: _with_words(rows[name], look) for name, look in looks.items()})
    return pa.Table.from_pandas(shown, preserve_index=False), {
        name: config(look, gaps=bool(rows[name].isna().any())) for name, look in looks.items()
    }


def _with_words(values: "pd.Series[Any]", described: Column) -> "pd.Series[Any]":
    """Text where something is not stated says so; numbers, dates and links keep their gaps, which the table words."""
    if described.kind not in ("text", "long"):
        return values
    absent = "" if described.blank else _("not stated")
    return pd.Series([absent if unknown(value) else _as_text(value) for value in values], index=values.index, dtype="str")


def _as_text(value: Any) -> str:
    return value.date().isoformat() if isinstance(value, datetime) else str(value)


_kept = Kept(_prepare)


def csv_file(answer: Answer) -> bytes:
    """All rows and columns as CSV (UTF-8 with the mark that spreadsheets look for); no text in it can act as a formula."""
    return _files.of(answer)


def _csv(answer: Answer) -> bytes:
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(answer.rows.columns)
    writer.writerows([_cell(value) for value in row] for row in answer.rows.itertuples(index=False))
    return sheet.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    """A cell of a CSV file: unknown is empty, and text that a spreadsheet would run is marked as text."""
    if not isinstance(value, str):
        return "" if unknown(value) else value
    return f"'{value}" if value.startswith(FORMULA_SIGNS) else value


_files = Kept(_csv, most=20)
