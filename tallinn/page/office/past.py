"""What was taken in: the history, one submission in detail with its file, and undoing it."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from tallinn.datasets import datasets
from tallinn.effect import effect_of, in_sentences
from tallinn.ingest.findings import Refused, level_name
from tallinn.ingest.held import held_rows
from tallinn.ingest.names import country_name
from tallinn.ingest.undo import undo
from tallinn.lake import Lake, version_mark
from tallinn.languages import language
from tallinn.page import marks
from tallinn.page.office import door
from tallinn.page.saying import say
from tallinn.report import undone_in_words
from tallinn.settings import lake_dir
from tallinn.wording import _, count, day, ngettext

Submission = dict[str, Any]
MOST_FINDINGS = 5_000


def history() -> list[Submission]:
    """All submissions, the newest first, each with the number of its rows that wait; read once for each state of the lake."""
    door.check("read the history")
    return _history(lake_dir(), version_mark(lake_dir()))


@lru_cache(maxsize=4)
def _history(_directory: Path, _mark: tuple[int, ...]) -> list[Submission]:
    with door.lake() as lake:
        waiting = pd.Series([row["submission_id"] for row in held_rows(lake)], dtype="int64").value_counts()
        return [{**each, "waiting": int(waiting.get(each["submission_id"], 0))} for each in lake.history()]


def table(submissions: list[Submission]) -> None:
    """The history as a table."""
    shown = pd.DataFrame([_row(each) for each in submissions])
    st.dataframe(shown, hide_index=True, alt=_("Submissions, the newest first"), key="history")


def _row(each: Submission) -> dict[str, Any]:
    verbs = {"update": _("add and update"), "replace": _("replace")}
    return {
        _("No."): each["submission_id"],
        _("Taken in"): each["submitted_at"],
        _("By"): _(each["author"]),
        _("Sender"): _sender(each),
        _("File"): each["file_name"],
        _("Verb"): verbs[each["mode"]],
        _("Rows taken"): each["rows_accepted"],
        _("Rows waiting"): each["waiting"],
        _("Why"): _(each["message"]),
        _("Undone"): _undone(each) or "",
    }


def _sender(each: Submission) -> str:
    return country_name(each["sender"]) if each["sender"] else _("project office")


def _undone(each: Submission) -> str | None:
    if each["undone_at"] is None:
        return None
    words = _("{date} by {who}: {why}")
    return words.format(date=day(each["undone_at"].date()), who=each["undone_by"], why=each["undone_reason"] or _("no reason given"))


def chosen(submissions: list[Submission]) -> Submission:
    """The submission to look at; its number stands in the address."""
    by_number = {each["submission_id"]: each for each in submissions}
    number = st.selectbox(
        _("Submission"),
        list(by_number),
        format_func=lambda number: f"{number} · {by_number[number]['file_name']}",
        key="submission",
        bind="query-params",
    )
    return by_number[number]


def detail(each: Submission) -> None:
    """Who, when, what and with which effect; the file as it was sent; what was said about it."""
    facts = _facts(each["submission_id"], language.get(), lake_dir(), version_mark(lake_dir()))
    st.markdown(marks.bullets(marks.plain(line) for line in [_taken(each), *facts["rows"], *facts["moves"]]))
    if undone := _undone(each):
        st.warning(marks.plain(undone), title=_("Undone"))
    with st.container(horizontal=True):
        st.download_button(
            _("The file as it was sent"),
            door.later(lambda lake: lake.file(each["sha256"])),
            each["file_name"],
            "application/octet-stream",
            key=f"file_{each['submission_id']}",
            on_click="ignore",
            icon=":material/download:",
        )
    if facts["findings"]:
        n = len(facts["findings"])
        panel = st.expander(ngettext("{n} remark about it", "{n} remarks about it", n).format(n=count(n)), on_change="rerun", key="remarks")
        if panel.open:
            panel.dataframe(pd.DataFrame(facts["findings"]), hide_index=True, alt=_("Findings with their places"))


def _taken(each: Submission) -> str:
    words = _("{who} took it in on {date}, as the file of {sender}. “{why}”")
    return words.format(who=_(each["author"]), date=day(each["submitted_at"].date()), sender=_sender(each), why=_(each["message"]))


@lru_cache(maxsize=64)
def _facts(number: int, _language: str, _directory: Path, _mark: tuple[int, ...]) -> dict[str, Any]:
    with door.lake() as lake:
        each = next(each for each in lake.history() if each["submission_id"] == number)
        return {
            "rows": _rows(each, lake),
            "moves": in_sentences(effect_of(each["snapshot"], lake)),
            "findings": _findings(number, lake),
        }


def _rows(each: Submission, lake: Lake) -> list[str]:
    """What the commit did to each dataset."""
    line = _("{dataset}: {came} rows written, {left} rows taken away or written anew.")
    effects = {name: lake.effect(name, each["snapshot"]) for name in (each["datasets"] or "").split("; ") if name}
    return [
        line.format(dataset=_(datasets()[name].title), came=count(len(came)), left=count(len(left)))
        for name, (came, left) in effects.items()
    ]


def _findings(number: int, lake: Lake) -> list[dict[str, Any]]:
    rows = [row for row in lake.table("findings").to_pylist() if row["submission_id"] == number]
    return [
        {
            _("Level"): level_name(row["level"]),
            _("Cell"): f"{row['sheet'] or ''}!{row['cell'] or ''}".strip("!"),
            _("Column"): row["field"],
            _("Value"): row["value"],
            _("What, and what to do"): row["message"],
        }
        for row in rows[:MOST_FINDINGS]
    ]


def undoing(each: Submission) -> None:
    """Take the submission back."""
    if each["undone_at"] is not None:
        return
    with st.form("undo", border=True):
        st.markdown(_("Undo takes back exactly what this submission did. The file and the history stay."))
        st.text_input(_("Why it is undone (required)"), max_chars=500, key="undo_reason")
        st.form_submit_button(_("Undo this submission"), on_click=_undo, args=(each["submission_id"],), key="undo_button")


def _undo(number: int) -> None:
    reason = str(st.session_state["undo_reason"] or "").strip()
    try:
        with door.acting("undo a submission") as (lake, who):
            if not reason:
                raise Refused(_("Say why it is undone."))
            done = undone_in_words(undo(number, lake, author=who, reason=reason))
    except Refused as refused:
        say("error", str(refused))
    except door.NotStaff:
        say("error", _("Only the staff may undo. Nothing was changed."))
    else:
        say("success", done)
