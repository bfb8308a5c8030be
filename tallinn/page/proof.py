"""How a figure was made: the question, the SQL, the rows, and the cells of the files that they were taken from."""

from functools import partial

import streamlit as st

from tallinn.ask import Answer
from tallinn.page import marks
from tallinn.page.current import ask
from tallinn.page.drawing import Drawing
from tallinn.page.kept import Kept
from tallinn.page.table import answer_file, table
from tallinn.page.take_away import asked, file_name, take_away
from tallinn.provenance import behind as of_rows
from tallinn.provenance import sources
from tallinn.wording import _

CELL = ("file_name", "sheet", "row_number")
SOURCE = ("source_publisher", "source_url")


def how_made(name: str, *answers: Answer, drawing: Drawing | None = None) -> None:
    """What of a figure can be taken away, and a panel that proves it. Nothing is made before it is opened. `name` is unique on the page."""
    take_away(name, answers[0], drawing)
    panel = st.expander(_("How this is made"), type="compact", on_change="rerun", key=f"made_{name}")
    if panel.open:
        with panel:
            for answer in answers:
                _prove(f"{name}_{answer.name}", answer)


def _prove(name: str, answer: Answer) -> None:
    st.markdown(f"**{marks.plain(answer.question)}**")
    if chosen := asked(answer, sign="`"):
        st.caption(chosen)
    st.code(answer.sql, language="sql")
    table(answer, alt=_("Rows of the answer: {question}").format(question=answer.question), key=f"rows_{name}")
    st.download_button(
        _("Download as CSV"),
        answer_file(answer),
        file_name(answer, "csv"),
        "text/csv",
        key=f"csv_{name}",
        icon=":material/download:",
        on_click="ignore",
    )
    _cells(name, answer)


def _cells(name: str, answer: Answer) -> None:
    """Which cells of which files, with the source of each row."""
    listed = [rows for rows in behind(answer) if "row_number" in rows.rows and len(rows.rows)]
    if listed:
        st.markdown(_("The rows behind it, as they stand in the files, each with its public source:"))
    for rows in listed:
        columns = [rows.rows.columns[0], *(column for column in (*CELL, *SOURCE) if column in rows.rows)]
        table(rows, columns, alt=_("Files, sheets and rows that the figure was made from"), key=f"cells_{name}_{rows.name}")


def behind(answer: Answer) -> tuple[Answer, ...]:
    """The answers that list the rows of the files, asked with the same choices."""
    return of_rows(answer, ask)


def provenance(answer: Answer) -> str:
    """Rows, sources and release in a sentence, to stand under a figure."""
    return _sentences.of(answer)


_sentences = Kept(partial(sources, ask=ask))
