"""What a file would do, before anything is stored: its rows in figures, the effect in sentences, and each change."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from tallinn.effect import Move, in_sentences
from tallinn.ingest.compare import Comparison
from tallinn.ingest.submission import Submission
from tallinn.page import marks
from tallinn.page.office.desk import Understood
from tallinn.wording import _, count, day_short

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
        st.info(_("Rows without the label TLP:CLEAR are seen by the staff alone."), title=_("The public pages do not move"))


def _same(moves: Sequence[Move], others: Sequence[Move]) -> bool:
    return [(move.donor, move.change) for move in moves] == [(move.donor, move.change) for move in others]


def changes(submission: Submission, key: str) -> None:
    """Each dataset's added, changed and removed rows, made only when somebody looks."""
    for each in submission.comparisons:
        if each.changes_nothing:
            continue
        panel = st.expander(_title(each), on_change="rerun", key=f"changes_{key}_{each.dataset.name}")
        if panel.open:
            with panel:
                _changes(each, f"{key}_{each.dataset.name}")


def _title(each: Comparison) -> str:
    words = _("{dataset}: {added} added, {changed} changed, {unchanged} unchanged, {removed} removed")
    counts = {name: count(len(getattr(each, name))) for name in ("added", "changed", "unchanged", "removed")}
    return words.format(dataset=_(each.dataset.title), **counts)


def _changes(each: Comparison, key: str) -> None:
    if each.revised:
        st.dataframe(
            pd.DataFrame([{"key": r.key, "field": r.field, "old": str(r.old), "new": str(r.new)} for r in each.revised[:MOST]]),
            hide_index=True,
            key=f"rev_{key}",
        )
    if each.added:
        st.dataframe(each.coming.to_pandas().head(MOST), hide_index=True, key=f"add_{key}")
