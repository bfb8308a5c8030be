"""Rows that wait because of errors: mended in the table and taken in, or given up with a reason."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from tallinn.giveback import mend
from tallinn.ingest.findings import Refused
from tallinn.ingest.held import dismiss, held_rows
from tallinn.page import marks
from tallinn.page.office import door
from tallinn.page.office.name import author, field, say
from tallinn.wording import _, count, ngettext

MOST = 200
"""Rows of one sheet in the table; with more of them, a corrected file is the better way."""
Row = dict[str, Any]


def rows(submissions: Sequence[Mapping[str, Any]]) -> None:
    """The rows that wait, by submission and sheet."""
    names = {each["submission_id"]: each["file_name"] for each in submissions if each["waiting"]}
    if not names:
        st.success(_("No row waits."))
        return
    number = st.selectbox(
        _("Rows of the file"),
        list(names),
        format_func=lambda number: _("{number} · {file}").format(number=number, file=names[number]),
        key="waiting",
        bind="query-params",
    )
    with door.lake() as lake:
        waiting = held_rows(lake, number)
    by_sheet: dict[str, list[Row]] = {}
    for row in waiting:
        by_sheet.setdefault(row["sheet"] or "", []).append(row)
    for sheet, of_sheet in by_sheet.items():
        _table(number, sheet, of_sheet)


def _table(number: int, sheet: str, waiting: list[Row]) -> None:
    """The rows of one sheet, to be mended or given up."""
    words = ngettext("{n} row waits.", "{n} rows wait.", len(waiting)).format(n=count(len(waiting)))
    st.markdown(f"**{marks.plain(sheet)}** {words}" if sheet else words)
    shown, form = waiting[:MOST], f"{number}_{sheet}"
    if len(waiting) > MOST:
        st.caption(_("The first {n} are shown. With so many, a corrected file is the better way.").format(n=MOST))
    with st.form(f"mend_{form}"):
        st.data_editor(
            _as_frame(shown),
            hide_index=True,
            disabled=[_("Row"), _("What is wrong")],
            num_rows="fixed",
            row_height=58,
            column_config={_("Row"): st.column_config.NumberColumn(width=50), _("What is wrong"): st.column_config.TextColumn(width=320)},
            alt=_("Rows with errors, to be mended in their cells"),
            key=f"editor_{form}",
        )
        field(form)
        st.text_input(_("Why, if rows are given up"), max_chars=500, key=f"reason_{form}")
        with st.container(horizontal=True):
            st.form_submit_button(
                _("Take in what was mended"), type="primary", on_click=_mend, args=(number, shown, form), key=f"take_{form}"
            )
            st.form_submit_button(_("Give up the ticked rows"), on_click=_dismiss, args=(shown, form), key=f"dismiss_{form}")


def _as_frame(waiting: Sequence[Row]) -> pd.DataFrame:
    headers = list(dict.fromkeys(header for row in waiting for header, _text in row["cells"]))
    return pd.DataFrame([_as_row(row, headers) for row in waiting])


def _as_row(row: Row, headers: Sequence[str]) -> Row:
    fixed = {_("Give up"): False, _("Row"): row["row_number"], _("What is wrong"): row["problems"]}
    return {**fixed, **dict.fromkeys(headers, ""), **{header: text or "" for header, text in row["cells"]}}


def _edits(waiting: Sequence[Row], form: str) -> dict[str, dict[str, Any]]:
    """Held row → column → what was written into it."""
    edited: Mapping[int, dict[str, Any]] = st.session_state[f"editor_{form}"]["edited_rows"]
    return {waiting[int(place)]["held_id"]: dict(cells) for place, cells in edited.items()}


def _mend(number: int, waiting: Sequence[Row], form: str) -> None:
    edits = {
        held: {header: text or "" for header, text in cells.items() if header != _("Give up")}
        for held, cells in _edits(waiting, form).items()
    }
    edits = {held: cells for held, cells in edits.items() if cells}
    try:
        who = author(form)
        if not edits:
            raise Refused(_("No cell was changed. Write the right value into the cells that are wrong."))
        with door.lake() as lake:
            receipt = mend(lake, number, edits, author=who)
    except Refused as reason:
        say("error", str(reason))
    except door.NotStaff:
        say("error", _("Only the staff may mend rows. Nothing was changed."))
    else:
        submission = receipt.submission
        taken = ngettext("{n} row was taken in.", "{n} rows were taken in.", submission.rows_accepted).format(
            n=count(submission.rows_accepted)
        )
        if submission.rows_held:
            taken += " " + ngettext("{n} still has errors.", "{n} still have errors.", submission.rows_held).format(
                n=count(submission.rows_held)
            )
        say("error" if submission.rows_held else "success", taken)


def _dismiss(waiting: Sequence[Row], form: str) -> None:
    ticked = [held for held, cells in _edits(waiting, form).items() if cells.get(_("Give up"))]
    try:
        who = author(form)
        if not ticked:
            raise Refused(_("Tick “Give up” in the rows that are not to be taken."))
        with door.lake() as lake:
            dismiss(lake, ticked, author=who, reason=str(st.session_state[f"reason_{form}"] or ""))
    except Refused as reason:
        say("error", str(reason))
    except door.NotStaff:
        say("error", _("Only the staff may give rows up. Nothing was changed."))
    else:
        say("success", ngettext("{n} row was given up.", "{n} rows were given up.", len(ticked)).format(n=count(len(ticked))))
