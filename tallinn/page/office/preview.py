"""What a file would do, before anything is stored: its rows in figures, the effect in sentences, and each change."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from tallinn.effect import Move, in_sentences
from tallinn.ingest.changes import RowChange, changes_as_rows, how_many
from tallinn.ingest.submission import Submission
from tallinn.page import marks
from tallinn.page.office.desk import Understood
from tallinn.wording import _, count, day_short, ngettext

MOST = 2_000
"""Changed rows in one table; the figures above it speak of all of them."""


def figures(submission: Submission) -> None:
    """Rows read, taken and held; what is added, changed and removed."""
    totals = {
        name: sum(len(getattr(each, name)) for each in submission.comparisons) for name in ("added", "changed", "unchanged", "removed")
    }
    shown = [
        (_("Rows read"), submission.rows_accepted + submission.rows_held),
        (_("Held for errors"), submission.rows_held),
        (_("Added"), totals["added"]),
        (_("Changed"), totals["changed"]),
        (_("Unchanged"), totals["unchanged"]),
        (_("Removed"), totals["removed"]),
    ]
    with st.grid(6, min_column_width=110, gap="small"):
        for label, number in shown:
            st.metric(label, count(number))


def expected(outcome: Understood) -> None:
    """The file beside the last one of the same sender, and what stands out."""
    last = outcome.expectation
    if last is None:
        st.caption(_("This sender has sent nothing of the kind before, so there is nothing to compare it with."))
        return
    if last.remarks:
        st.warning(marks.bullets(marks.plain(remark) for remark in last.remarks), title=_("Look twice"))
    before = _("Last time: {file}, {date}").format(file=last.file, date=day_short(last.submitted_at.date()))
    headers = [_("What"), _("This file"), marks.plain(before)]
    st.markdown(marks.table(headers, ([marks.plain(text) for text in (line.what, line.now, line.before)] for line in last.lines)))


def effect(outcome: Understood) -> None:
    """How the headline and each donor move; and what of it the public will see."""
    if outcome.moves:
        st.markdown(marks.bullets(marks.plain(line) for line in in_sentences(list(outcome.moves))))
    else:
        st.markdown(_("The commitments of no donor move."))
    if _same(outcome.moves, outcome.public_moves):
        return
    if outcome.public_moves:
        st.info(
            marks.bullets(marks.plain(line) for line in in_sentences(list(outcome.public_moves))),
            title=_("The public pages move otherwise, because some rows are not labelled TLP:CLEAR"),
        )
    else:
        words = _("Rows without the label TLP:CLEAR are not public: partners see TLP:GREEN, and their own donor's TLP:AMBER.")
        st.info(words, title=_("The public pages do not move"))


def _same(moves: Sequence[Move], others: Sequence[Move]) -> bool:
    return [(move.donor, move.change) for move in moves] == [(move.donor, move.change) for move in others]


def changes(submission: Submission, key: str) -> None:
    """Every row that would change, be removed or be added, made only when somebody looks."""
    n = how_many(submission)
    if not n:
        return
    title = ngettext("{n} row that would change", "{n} rows that would change", n).format(n=count(n))
    panel = st.expander(title, on_change="rerun", key=f"changes_{key}")
    if not panel.open:
        return
    with panel:
        found = changes_as_rows(submission, MOST)
        for what, heading in {"changed": _("Changed"), "removed": _("Removed"), "added": _("Added")}.items():
            rows = [each for each in found if each.what == what]
            for dataset in dict.fromkeys(each.dataset for each in rows):
                st.markdown(f"**{heading}: {marks.plain(dataset)}**")
                frame = _values(rows, dataset) if what == "changed" else _rows(rows, dataset)
                st.dataframe(frame, hide_index=True, alt=f"{heading}: {dataset}", key=f"{what}_{key}_{dataset}")
        if n > MOST:
            st.caption(_("The first {n} of {all}.").format(n=count(MOST), all=count(n)))


def _values(rows: Sequence[RowChange], dataset: str) -> pd.DataFrame:
    """Old and new of each value that changes, one a line."""
    lines = [(row.key, value.title, value.old, value.new) for row in rows if row.dataset == dataset for value in row.values]
    return pd.DataFrame(lines, columns=[_("Row"), _("Column"), _("On file"), _("In this file")], dtype="str")


def _rows(rows: Sequence[RowChange], dataset: str) -> pd.DataFrame:
    """Rows that come or go with all that is known of them, one a line."""
    cells = [{_("Row"): row.key, **{value.title: value.new or value.old for value in row.values}} for row in rows if row.dataset == dataset]
    return pd.DataFrame(cells).fillna("")
