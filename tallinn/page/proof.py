"""How a figure was made: the question, the SQL, the rows, and the cells of the files that they were taken from."""

import streamlit as st

from tallinn.ask import Answer, question
from tallinn.page import marks
from tallinn.page.current import ask
from tallinn.page.kept import Kept
from tallinn.page.table import csv_file, table
from tallinn.wording import _, count, day, listing, ngettext

ROWS_BEHIND = {
    "headline": ("contributions", "reported_totals"),
    "counting_waterfall": ("contributions",),
    "donor_ladder": ("contributions",),
    "funding_by_year": ("contributions",),
    "funding_by_category": ("contributions",),
    "funding_over_time": ("contributions", "reported_totals"),
    "project_status": ("projects",),
    "project_categories": ("projects",),
    "project_partners": ("projects",),
    "incident_types": ("incidents",),
    "incident_sectors": ("incidents",),
}
"""Answers that sum up, and the queries that list the rows they sum up; all other answers carry their cells themselves."""

CELL = ("file_name", "sheet", "row_number")
SOURCE = ("source_publisher", "source_url")


def how_made(name: str, *answers: Answer) -> None:
    """A panel that proves a figure. Nothing in it is made before it is opened. `name` is unique on the page."""
    panel = st.expander(_("How this is made"), type="compact", on_change="rerun", key=f"made_{name}")
    if panel.open:
        with panel:
            for answer in answers:
                _prove(f"{name}_{answer.name}", answer)


def _prove(name: str, answer: Answer) -> None:
    st.markdown(f"**{marks.plain(answer.question)}**")
    if asked := _asked(answer):
        st.caption(asked)
    st.code(answer.sql, language="sql")
    table(answer, alt=_("Rows of the answer: {question}").format(question=answer.question), key=f"rows_{name}")
    st.download_button(
        _("Download as CSV"),
        csv_file(answer),
        file_name(answer),
        "text/csv",
        key=f"csv_{name}",
        icon=":material/download:",
        on_click="ignore",
    )
    _cells(name, answer)


def file_name(answer: Answer) -> str:
    """What a file of the rows is called: the question and the release, which says so if its data are invented."""
    return f"{answer.name}_{answer.release.id}.csv"


def _asked(answer: Answer) -> str:
    """The values that were asked with."""
    given = [(name, value) for name, value in answer.parameters.items() if value]
    words = [f"{name} = {value if isinstance(value, str) else listing(value)}" for name, value in given]
    return marks.plain(_("Asked with {choices}.").format(choices="; ".join(words))) if words else ""


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
    names = ROWS_BEHIND.get(answer.name)
    return tuple(_asked_alike(name, answer) for name in names) if names else (answer,)


def _asked_alike(name: str, answer: Answer) -> Answer:
    taken = question(name).defaults
    return ask(name, **{key: value for key, value in answer.parameters.items() if key in taken})


def provenance(answer: Answer) -> str:
    """Rows, sources and release in a sentence, to stand under a figure."""
    return _sentences.of(answer)


def _provenance(answer: Answer) -> str:
    listed = [rows.rows for rows in behind(answer) if "source_url" in rows.rows]
    facts = ask("release_facts")
    words = {"date": day(facts.rows["data_date"].iloc[0]), "release": facts.release.id}
    if not listed:
        return _("Data to {date}, release {release}.").format(**words)
    rows = sum(map(len, listed))
    sources = len(set().union(*(each["source_url"].dropna() for each in listed)))
    words["rows"] = ngettext("{n} row on file", "{n} rows on file", rows).format(n=count(rows))
    words["sources"] = ngettext("{n} public source", "{n} public sources", sources).format(n=count(sources))
    return _("{rows} from {sources}. Data to {date}, release {release}.").format(**words)


_sentences = Kept(_provenance)
