"""What a file does not say itself, decided by a person: who sends it, which sheet counts, and sheet by sheet what it holds."""

import streamlit as st

from tallinn.ingest.likeness import is_guidance
from tallinn.ingest.recognise import Table
from tallinn.ingest.sheets import Sheet
from tallinn.page import marks
from tallinn.page.office.desk import Case
from tallinn.page.office.grid import grid
from tallinn.page.office.senders import senders
from tallinn.page.office.table_form import table_form
from tallinn.wording import _

SHOWN_ROWS = 40


def sender(case: Case) -> None:
    """Who sends the file. Left open, the file says it, or it is the office's own."""
    names = senders()
    st.selectbox(
        _("Who sends this file?"),
        list(names),
        index=list(names).index(case.choices.donor) if case.choices.donor in names else None,
        format_func=names.__getitem__,
        placeholder=_said_by_the_file(case),
        key=f"donor_{case.id}",
        on_change=lambda: case.decide(donor=st.session_state[f"donor_{case.id}"]),
        help=_("What was decided for this sender's earlier files is offered again. “Replace” takes away what this sender sent before."),
    )


def _said_by_the_file(case: Case) -> str:
    said = case.shown.sender if case.shown and case.choices.donor is None else None
    if said:
        return _("The file says: {donor}").format(donor=senders().get(said, said))
    return _("The project office, or donors whom the file names")


def which_sheet(case: Case) -> None:
    """All visible sheets, or a single one, which may be hidden."""
    sheets = case.file.sheets if case.file else ()
    if len(sheets) < 2:
        return
    hidden = {sheet.name for sheet in sheets if sheet.hidden}
    st.selectbox(
        _("Which sheet?"),
        [sheet.name for sheet in sheets],
        index=None,
        format_func=lambda name: _("{sheet} (hidden)").format(sheet=name) if name in hidden else name,
        placeholder=_("All visible sheets"),
        key=f"sheet_{case.id}",
        on_change=lambda: case.decide(sheet=st.session_state[f"sheet_{case.id}"]),
    )


def tables(case: Case) -> None:
    """Each sheet that is read: as it was sent, and the form that says what it is."""
    for sheet, table in _sheets(case):
        if len(case.file.sheets if case.file else ()) > 1:
            st.subheader(marks.plain(sheet.name), anchor=False)
        as_sent(sheet, f"{case.id}_{sheet.name}")
        table_form(case, sheet, table)


def _sheets(case: Case) -> list[tuple[Sheet, Table | None]]:
    """The sheets that hold data or might, with what they were taken as when they were last understood."""
    if case.file is None:
        return []
    known = dict(zip((sheet.name for sheet in case.shown.sheets), case.shown.tables, strict=True)) if case.shown else {}
    sheets = [sheet for sheet in case.file.sheets if case.choices.sheet in (None, sheet.name) and sheet.height and not is_guidance(sheet)]
    return [(sheet, known.get(sheet.name)) for sheet in sheets if case.choices.sheet or not sheet.hidden]


def as_sent(sheet: Sheet, key: str) -> None:
    """The first rows of a sheet with the numbers and letters of a spreadsheet, made only when somebody looks."""
    panel = st.expander(_("The sheet as it was sent"), type="compact", on_change="rerun", key=f"sent_{key}")
    if panel.open:
        with panel:
            st.dataframe(grid(sheet, 1, SHOWN_ROWS), alt=_("The first rows of the sheet"), key=f"rows_{key}")
            if sheet.height > SHOWN_ROWS:
                st.caption(_("The first {n} of {rows} rows.").format(n=SHOWN_ROWS, rows=sheet.height))
