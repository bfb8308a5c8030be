"""The last step with a file: the verb chosen by name, then one commit, then a receipt."""

import streamlit as st

from tallinn.effect import in_sentences
from tallinn.ingest.accept import Receipt, accept
from tallinn.ingest.compare import Mode
from tallinn.ingest.findings import Refused
from tallinn.ingest.submission import Submission
from tallinn.lake import Moved
from tallinn.page import marks
from tallinn.page.office import desk, door
from tallinn.page.office.desk import Case, Understood
from tallinn.wording import _, count, ngettext

KINDS = ("added", "changed", "unchanged", "removed")
MODES: tuple[Mode, ...] = ("update", "replace")


def verb(case: Case) -> None:
    """Add and update, or replace: what becomes of the rows that this sender has on file."""
    names = {"update": _("Add and update"), "replace": _("Replace")}
    kept = _("Rows with a known key are revised, others are added. Nothing is removed, and a blank cell erases nothing.")
    of_iati = _("Rows with a known key are revised, others are added. Money that an activity of the file no longer states is removed.")
    captions = [
        of_iati if case.file and any(sheet.published for sheet in case.file.sheets) else kept,
        _("The file is all there is: rows that this sender sent before and that are not in it are removed."),
    ]
    st.radio(
        _("What should happen to what this sender has on file?"),
        MODES,
        index=MODES.index(case.choices.mode),
        format_func=names.__getitem__,
        captions=captions,
        key=f"mode_{case.id}",
        on_change=lambda: case.decide(mode=st.session_state[f"mode_{case.id}"]),
    )


def take_in(case: Case, submission: Submission) -> None:
    """Why the file is taken in, and the button that does it."""
    if not submission.rows_accepted and not submission.rows_held:
        st.info(_("There is no row in this file that could be taken."))
        return
    with st.form(f"take_{case.id}", border=False):
        st.text_input(_("Why, for the history"), max_chars=500, key=f"why_{case.id}", placeholder=case.name)
        st.form_submit_button(_button(submission), type="primary", key=f"accept_{case.id}", on_click=_accept, args=(case, submission))
    if case.problem:
        st.error(marks.plain(case.problem))


def _button(submission: Submission) -> str:
    taken = ngettext("Take in {n} row", "Take in {n} rows", submission.rows_accepted).format(n=count(submission.rows_accepted))
    if not submission.rows_held:
        return taken
    return _("{take_in_rows} and hold {n}").format(take_in_rows=taken, n=count(submission.rows_held))


def _accept(case: Case, submission: Submission) -> None:
    """One commit. Whoever was faster makes this preview out of date: then it is made anew, for the person to look at again."""
    case.problem = None
    try:
        why = str(st.session_state[f"why_{case.id}"] or "").strip()
        with door.acting("take a file in") as (lake, who):
            case.receipt = accept(submission, lake, author=who, message=why or case.name)
    except Moved:
        case.stale = True
        case.problem = _("Somebody else changed the data meanwhile. The preview was made anew: look at it, and take the file in again.")
    except Refused as reason:
        case.problem = str(reason)
    except door.NotStaff:
        case.problem = _("Only the staff may take files in. Nothing was stored.")
    else:
        desk.others_moved(case)


def receipt(taken: Receipt, outcome: Understood | None) -> None:
    """What changed, and where to go from here."""
    if taken.submission_id is None:
        st.success(_("This very file was taken before and changes nothing: nothing was stored."))
        return
    st.success(marks.bullets(marks.plain(line) for line in _lines(taken, outcome)), title=_title(taken.submission_id))
    held = taken.submission.rows_held
    if held:
        words = ngettext("{n} row is held because of errors.", "{n} rows are held because of errors.", held).format(n=count(held))
        st.warning(_("{rows_are_held} Mend them, or give them up, on the page Submissions.").format(rows_are_held=words))
    with st.container(horizontal=True):
        st.page_link("pages/2_funding.py", label=_("Funding by donor"), icon=":material/bar_chart:")
        st.page_link("pages/7_submissions.py", label=_("Submissions: the file, what waits, undo"), icon=":material/history:")


def _title(number: int) -> str:
    return _("Taken in as submission {number}").format(number=number)


def _lines(taken: Receipt, outcome: Understood | None) -> list[str]:
    """What the commit did to each dataset and to the figures."""
    line = _("{dataset}: {added} added, {changed} changed, {unchanged} unchanged, {removed} removed.")
    counts = [
        line.format(dataset=_(each.dataset.title), **{name: count(len(getattr(each, name))) for name in KINDS})
        for each in taken.submission.comparisons
    ]
    return [*counts, *in_sentences(list(outcome.moves if outcome else ()))]
