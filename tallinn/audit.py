"""The audit trail: who submitted, mended, undid, prepared, approved, published, spoke for a donor, signed in or out, and who was refused.

What changes data is recorded with the change itself; only what leaves no other trace is noted here. Nothing is ever edited or removed.
"""

from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from typing import Literal

import pyarrow.compute as pc

from tallinn.confirmations import statements
from tallinn.csv_file import csv_file
from tallinn.ingest.retry import again_if_moved
from tallinn.lake import Change, Lake
from tallinn.lake_tables import records
from tallinn.releases import now
from tallinn.wording import _, later

Noted = Literal["signed in", "signed out", "refused"]
ACTS = {
    "submitted": later("submitted"),
    "mended": later("mended"),
    "undid": later("undid"),
    "gave up": later("gave up"),
    "prepared": later("prepared"),
    "approved": later("approved"),
    "published": later("published"),
    "dropped": later("dropped"),
    "confirmed": later("confirmed"),
    "disputed": later("disputed"),
    "commented": later("commented"),
    "answered": later("answered"),
    "signed in": later("signed in"),
    "signed out": later("signed out"),
    "refused": later("refused"),
}
"""All that is done, in words."""
MOST_LETTERS = 500


@dataclass(frozen=True)
class Event:
    """Something that somebody did, or was not let do. Time in UTC; `about` says to what."""

    happened_at: datetime
    who: str
    act: str
    about: str


def note(lake: Lake, act: Noted, *, who: str, about: str = "", session: str = "") -> None:
    """Add what leaves no other trace. A sign-in or sign-out of the same session is noted once."""
    again_if_moved(_note, lake, act, who, about[:MOST_LETTERS], session)


def _note(lake: Lake, act: Noted, who: str, about: str, session: str) -> None:
    since = lake.snapshot()
    if session:
        noted = lake.table("events")
        if pc.any(pc.and_(pc.equal(noted["session"], session), pc.equal(noted["act"], act))).as_py():
            return
    event = {"happened_at": now(), "who": who, "act": act, "about": about, "session": session}
    lake.commit([Change("events", None, [], records("events", [event]))], author=who, message=act, since=since)


def trail(lake: Lake) -> list[Event]:
    """Everything that is known of who did what, the newest first."""
    events = [*_submissions(lake), *_given_up(lake), *_releases(lake), *_stated(lake), *_noted(lake)]
    return sorted(events, key=lambda event: event.happened_at, reverse=True)


def as_csv(events: list[Event]) -> bytes:
    """The trail as a file; moments in UTC."""
    return csv_file([field.name for field in fields(Event)], map(astuple, events))


def _submissions(lake: Lake) -> Iterator[Event]:
    for each in lake.history():
        number, mended = each["submission_id"], each["mends"] is not None
        about = _("submission {number}: {file}").format(number=number, file=each["file_name"])
        yield Event(each["submitted_at"], each["author"], "mended" if mended else "submitted", about)
        if each["undone_at"]:
            reason = each["undone_reason"] or _("no reason given")
            yield Event(each["undone_at"], each["undone_by"], "undid", _("{submission}. {why}").format(submission=about, why=reason))


def _given_up(lake: Lake) -> Iterator[Event]:
    for row in lake.table("held_rows").to_pylist():
        if row["state"] == "dismissed":
            about = _("row {row} of submission {number}. {why}").format(
                row=row["row_number"], number=row["submission_id"], why=row["reason"] or ""
            )
            yield Event(row["settled_at"], row["settled_by"], "gave up", about)


def _releases(lake: Lake) -> Iterator[Event]:
    for step in lake.table("release_steps").to_pylist():
        about = _("release {release}").format(release=step["release_id"])
        if step["step"] == "published" and step["effective_at"] > step["taken_at"]:
            about = _("{release}, public from {moment} UTC").format(release=about, moment=f"{step['effective_at']:%Y-%m-%d %H:%M}")
        if step["note"]:
            about = _("{release}. {why}").format(release=about, why=step["note"])
        yield Event(step["taken_at"], step["taken_by"], step["step"], about)


def _stated(lake: Lake) -> Iterator[Event]:
    for each in statements(lake):
        about = _("statement {number} for {donor}, release {release}").format(
            number=each.statement_id, donor=each.donor_id, release=each.release_id
        )
        yield Event(each.stated_at, each.stated_by, "commented" if each.verdict == "comment" else each.verdict, about)
        if each.answered_by and each.answered_at:
            yield Event(each.answered_at, each.answered_by, "answered", about)


def _noted(lake: Lake) -> Iterator[Event]:
    for event in lake.table("events").to_pylist():
        yield Event(event["happened_at"], event["who"], event["act"], event["about"] or "")
