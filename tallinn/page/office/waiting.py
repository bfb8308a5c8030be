"""Rows that wait because of errors: mended in the table and taken in, or given up with a reason."""

import zlib
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

import pandas as pd
import streamlit as st

from tallinn.giveback import held_workbook, mend
from tallinn.ingest.findings import Refused
from tallinn.ingest.held import dismiss, held_rows
from tallinn.page import marks
from tallinn.page.office import door
from tallinn.page.saying import say
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
    st.download_button(
        _("These rows as a workbook, to be corrected and uploaded"),
        door.later(lambda lake: held_workbook(lake, number)[1]),
        _("{file} held rows.xlsx").format(file=PurePath(names[number]).stem),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key=f"held_{number}",
        on_click="ignore",
        icon=":material/download:",
    )
    by_sheet: dict[str, list[Row]] = {}
    for row in waiting:
        by_sheet.setdefault(row["sheet"] or "", []).append(row)
    for sheet, of_sheet in by_sheet.items():
        _table(number, sheet, of_sheet)


def _table(number: int, sheet: str, waiting: list[Row]) -> None:
    """The rows of one sheet, to be mended or given up."""
    words = ngettext("{n} row waits.", "{n} rows wait.", len(waiting)).format(n=count(len(waiting)))
    st.markdown(f"**{marks.plain(sheet)}** {words}" if sheet else words)
    shown = waiting[:MOST]
    # The widgets are made anew for other rows: what is written into a table stays with the place of a row.
    form = f"{number}_{sheet}_{zlib.crc32(' '.join(row['held_id'] for row in shown).encode())}"
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
        st.text_input(_("Why, if rows are given up"), max_chars=500, key=f"reason_{form}")
        with st.container(horizontal=True):
            take = _("Take in what was mended")
            st.form_submit_button(take, type="primary", on_click=_mend, args=(number, shown, form, False), key=f"take_{form}")
            st.form_submit_button(_("Try all again"), on_click=_mend, args=(number, shown, form, True), key=f"again_{form}")
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


def _mend(number: int, waiting: Sequence[Row], form: str, everything: bool) -> None:
    """Take in the rows that were edited, or all of them, because what they name may have come since."""
    edits = {
        held: {header: text or "" for header, text in cells.items() if header != _("Give up")}
        for held, cells in _edits(waiting, form).items()
    }
    edits = {row["held_id"]: edits.get(row["held_id"], {}) for row in waiting if everything or edits.get(row["held_id"])}
    try:
        if not edits:
            raise Refused(_("No cell was changed. Write the right value into the cells that are wrong."))
        with door.acting("mend rows") as (lake, who):
            submission = mend(lake, number, edits, author=who).submission
    except Refused as reason:
        say("error", str(reason))
    except door.NotStaff:
        say("error", _("Only the staff may mend rows. Nothing was changed."))
    else:
        say("warning" if submission.rows_held else "success", _outcome(submission.rows_accepted, submission.rows_held))


def _outcome(taken: int, still_held: int) -> str:
    words = ngettext("{n} row was taken in.", "{n} rows were taken in.", taken).format(n=count(taken))
    if not still_held:
        return words
    return words + " " + ngettext("{n} still has errors.", "{n} still have errors.", still_held).format(n=count(still_held))


def _dismiss(waiting: Sequence[Row], form: str) -> None:
    ticked = [held for held, cells in _edits(waiting, form).items() if cells.get(_("Give up"))]
    try:
        if not ticked:
            raise Refused(_("Tick “Give up” in the rows that are not to be taken."))
        with door.acting("give rows up") as (lake, who):
            dismiss(lake, ticked, author=who, reason=str(st.session_state[f"reason_{form}"] or ""))
    except Refused as reason:
        say("error", str(reason))
    except door.NotStaff:
        say("error", _("Only the staff may give rows up. Nothing was changed."))
    else:
        say("success", ngettext("{n} row was given up.", "{n} rows were given up.", len(ticked)).format(n=count(len(ticked))))
