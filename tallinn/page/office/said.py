"""What is to be said about a file: three levels with their counts, by sheet and rule, and from each remark the way to its cell."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from tallinn.ingest.findings import Finding, rules
from tallinn.ingest.submission import Submission
from tallinn.page import marks
from tallinn.page.office.grid import around
from tallinn.wording import _, count

LEVELS = ("error", "warning", "advice")
TALL = 58
"""Pixels of a row in which a remark has room for its two lines."""
MOST = 5_000
"""Remarks in one table; the annotated workbook has them all."""


def findings(submission: Submission, key: str) -> None:
    """All findings of a submission, one level at a time."""
    if not submission.findings:
        st.success(_("Nothing is to be said about this file: no error, no warning, no advice."))
        return
    chosen = _filtered(submission.findings, key)
    if not chosen:
        st.info(_("Nothing of this kind."))
        return
    shown = pd.DataFrame([_row(found) for found in chosen[:MOST]])
    event = st.dataframe(
        shown,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        row_height=TALL,
        column_config={
            _("Cell"): st.column_config.TextColumn(width="small"),
            _("Column"): st.column_config.TextColumn(width=130),
            _("Value"): st.column_config.TextColumn(width=150),
            _("What, and what to do"): st.column_config.TextColumn(width=560),
        },
        alt=_("Findings with their places"),
        key=f"findings_{key}",
    )
    if len(chosen) > MOST:
        st.caption(_("The first {n} of {all}. The workbook with the findings has them all.").format(n=count(MOST), all=count(len(chosen))))
    for place in event.selection.rows:
        _cell(submission, chosen[place], key)
    if not event.selection.rows:
        st.caption(_("Select a row to see its cell."))


def _filtered(found: Sequence[Finding], key: str) -> list[Finding]:
    """The findings of the level, sheets and rules that are chosen."""
    counts = Counter[str]()
    for each in found:
        counts[each.level] += each.rows
    level = st.segmented_control(
        _("What was found"),
        LEVELS,
        default=next(level for level in LEVELS if counts[level]),
        required=True,
        format_func=lambda level: _level(level, counts[level]),
        key=f"level_{key}",
    )
    of_level = [each for each in found if each.level == level]
    sheets = sorted({each.sheet for each in of_level if each.sheet})
    kinds = Counter(each.rule for each in of_level)
    with st.container(horizontal=True):
        if len(sheets) > 1:
            sheets = st.multiselect(_("Sheets"), sheets, placeholder=_("All sheets"), key=f"sheets_{key}") or sheets
        wanted = list(kinds)
        if len(kinds) > 1:
            wanted = (
                st.multiselect(
                    _("Kinds"),
                    list(kinds),
                    format_func=lambda rule: _("{name} ({n})").format(name=_(rules()[rule]["name"]), n=kinds[rule]),
                    placeholder=_("All kinds"),
                    key=f"kinds_{key}_{level}",
                )
                or wanted
            )
    return [each for each in of_level if each.rule in wanted and (not each.sheet or each.sheet in sheets)]


def _level(level: str, n: int) -> str:
    words = {"error": _("Cannot be taken: {n}"), "warning": _("Looks wrong: {n}"), "advice": _("Could be better: {n}")}
    return words[level].format(n=count(n))


def _row(found: Finding) -> dict[str, str]:
    return {
        _("Cell"): f"{found.sheet}!{found.cell}".lstrip("!") if found.sheet and found.cell else found.cell or found.sheet or "",
        _("Column"): found.column or "",
        _("Value"): found.value or "",
        _("What, and what to do"): found.message,
    }


def _cell(submission: Submission, found: Finding, key: str) -> None:
    """The cell that a finding speaks of, among its neighbours."""
    st.markdown(marks.plain(found.message))
    sheet = next((sheet for sheet in submission.sheets if sheet.name == found.sheet), None)
    if sheet is None or not found.cell:
        st.caption(_("This concerns the whole file or sheet."))
        return
    place = f"{sheet.name}!{found.cell}".lstrip("!")
    st.dataframe(around(sheet, found.cell), alt=_("The rows around {cell}").format(cell=place), key=f"around_{key}")
