"""Releases: states of the lake that one person prepared, another approved, and that were published. What is published never changes.

Each step is a record that is only ever added; what became of a release is read off its steps.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Literal

from tallinn.datasets import datasets
from tallinn.ingest.findings import Refused
from tallinn.ingest.retry import again_if_moved
from tallinn.lake import Change, Lake
from tallinn.lake_tables import records
from tallinn.wording import _, later

State = Literal["prepared", "approved", "scheduled", "published", "dropped"]
Day = date
MOST_LETTERS = 300
"""Of the reason for one change."""
FIRST_NOTE = later("The data that this installation began with.")
STATES = {
    "prepared": later("prepared"),
    "approved": later("approved"),
    "scheduled": later("scheduled"),
    "published": later("published"),
    "dropped": later("dropped"),
}


@dataclass(frozen=True)
class Release:
    """One snapshot of the lake under the name that stands beside every figure taken from it.

    `date`: the day of publication, or, where it is not published, of the snapshot. `demonstration`: all of it is invented.
    `published_at`: the moment of publication (UTC). `marking`: the most closed TLP label of the rows that a reader sees of it, where that
    is not TLP:CLEAR. `reasons`: why contributions differ from the release before, by their keys, in the words of whoever prepared it.
    """

    id: str
    snapshot: int
    date: date
    demonstration: bool = False
    is_published: bool = True
    next_date: Day | None = None
    note: str = ""
    corrects: str | None = None
    published_at: datetime | None = None
    marking: str = field(default="", compare=False)
    reasons: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def marked_id(self) -> str:
        """Its name as it stands on what a reader takes away."""
        return f"{self.id} {self.marking}" if self.marking else self.id


@dataclass(frozen=True)
class Dossier:
    """What is known of a release from its steps: who prepared, approved and published it, when, and why. Times are UTC."""

    id: str
    state: State
    snapshot: int
    note: str
    corrects: str | None
    next_date: date | None
    prepared_by: str
    prepared_at: datetime
    approved_by: str | None = None
    approved_at: datetime | None = None
    published_by: str | None = None
    published_at: datetime | None = None
    dropped_by: str | None = None
    reason: str | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether it still has to be approved or published."""
        return self.state in ("prepared", "approved")


def working(lake: Lake) -> Release:
    """The newest state of the lake: the release in force, where no row has changed since, else named by its date and snapshot."""
    snapshot, demonstration = lake.snapshot(), lake.is_demonstration()
    for in_force in releases(lake)[:1]:
        if not lake.changed(in_force.snapshot + 1, snapshot) & datasets().keys():
            return in_force
    today = lake.committed_at(snapshot).date()
    return Release(f"{_prefix(lake)}UNPUBLISHED-{today.isoformat()}.{snapshot}", snapshot, today, demonstration, is_published=False)


def published(lake: Lake, at: datetime | None = None) -> Release:
    """The release that is in force (at a moment, UTC). Raises Refused before the first."""
    in_force = releases(lake, at)
    if not in_force:
        raise Refused(_("Nothing has been published yet."))
    return in_force[0]


def releases(lake: Lake, at: datetime | None = None) -> list[Release]:
    """The releases that the public may read, the newest first."""
    found = [each for each in dossiers(lake, at) if each.state == "published"]
    return [_release_of(each, lake) for each in sorted(found, key=lambda each: (each.published_at, each.snapshot), reverse=True)]


def named(lake: Lake, release_id: str, *, unpublished: bool = False) -> Release:
    """A release that the public may read, or (`unpublished`) one that may still become public. Raises Refused for any other name."""
    found = next((each for each in dossiers(lake) if each.id == release_id), None)
    if found is None or not (found.state == "published" or (unpublished and found.state != "dropped")):
        raise Refused(_("There is no published release “{release}”.").format(release=release_id))
    return _release_of(found, lake)


def next_publication(lake: Lake) -> datetime | None:
    """When (UTC) the next release that waits for its hour becomes public; None where none does."""
    return min((each.published_at for each in dossiers(lake) if each.state == "scheduled" and each.published_at), default=None)


def _release_of(dossier: Dossier, lake: Lake) -> Release:
    """The release that a dossier is about."""
    moment = dossier.published_at or lake.committed_at(dossier.snapshot)
    is_published = dossier.state == "published"
    return Release(
        dossier.id,
        dossier.snapshot,
        moment.date(),
        lake.is_demonstration(),
        is_published,
        dossier.next_date,
        dossier.note,
        dossier.corrects,
        dossier.published_at if is_published else None,
        reasons=dossier.reasons,
    )


def dossiers(lake: Lake, at: datetime | None = None) -> list[Dossier]:
    """Every release, the newest first, as it stands at a moment (UTC; now unless said)."""
    steps: dict[str, dict[str, dict[str, Any]]] = {}
    for step in lake.table("release_steps").to_pylist():
        steps.setdefault(step["release_id"], {})[step["step"]] = step
    moment = at or now()
    found = [_dossier(each, moment) for each in steps.values()]
    return sorted(found, key=lambda each: each.prepared_at, reverse=True)


def _dossier(steps: dict[str, dict[str, Any]], moment: datetime) -> Dossier:
    prepared, nobody = steps["prepared"], {"taken_by": None, "taken_at": None, "effective_at": None, "note": None}
    approved, public, dropped = (steps.get(name, nobody) for name in ("approved", "published", "dropped"))
    return Dossier(
        id=prepared["release_id"],
        state=_state(steps, moment),
        snapshot=prepared["snapshot"],
        note=prepared["note"] or "",
        corrects=prepared["corrects"],
        next_date=prepared["next_date"],
        prepared_by=prepared["taken_by"],
        prepared_at=prepared["taken_at"],
        approved_by=approved["taken_by"],
        approved_at=approved["taken_at"],
        published_by=public["taken_by"],
        published_at=public["effective_at"],
        dropped_by=dropped["taken_by"],
        reason=dropped["note"],
        reasons=json.loads(prepared["reasons"] or "{}"),
    )


def _state(steps: dict[str, dict[str, Any]], moment: datetime) -> State:
    if "dropped" in steps:
        return "dropped"
    if "published" in steps:
        return "published" if steps["published"]["effective_at"] <= moment else "scheduled"
    return "approved" if "approved" in steps else "prepared"


def prepare(
    lake: Lake,
    *,
    author: str,
    note: str,
    next_date: date | None = None,
    corrects: str | None = None,
    reasons: Mapping[str, str] | None = None,
) -> Dossier:
    """Name the state of the lake as it is now. Raises Refused while another release waits, and for a correction without a note.

    `reasons`: why contributions differ, by their keys; everybody who sees such a row reads its reason.
    """
    kept = {key: " ".join(reason.split())[:MOST_LETTERS] for key, reason in (reasons or {}).items() if reason.strip()}
    return again_if_moved(_prepare, lake, author=author, note=note, next_date=next_date, corrects=corrects, reasons=kept)


def _prepare(lake: Lake, *, author: str, note: str, next_date: date | None, corrects: str | None, reasons: Mapping[str, str]) -> Dossier:
    since, all_of_them = lake.snapshot(), dossiers(lake)
    for each in all_of_them:
        if each.is_open:
            raise Refused(_("Release {release} is not published yet. Publish or drop it first.").format(release=each.id))
    if corrects and corrects not in {each.id for each in all_of_them if each.state == "published"}:
        raise Refused(_("There is no published release “{release}” to correct.").format(release=corrects))
    if corrects and not note.strip():
        raise Refused(_("A correction says in its note what was wrong."))
    named_so = _next_name(lake, {each.id for each in all_of_them})
    said = {"note": note, "next_date": next_date, "corrects": corrects, "reasons": json.dumps(reasons, ensure_ascii=False)}
    step = {"step": "prepared", "snapshot": since, **said}
    _commit(lake, named_so, [step], author, since)
    return dossier(lake, named_so)


def approve(lake: Lake, release_id: str, *, author: str) -> Dossier:
    """Confirm a prepared release. Raises Refused unless somebody else prepared it."""
    return again_if_moved(_take_step, lake, release_id, author, {"step": "approved"}, _may_be_approved)


def _may_be_approved(found: Dossier, author: str) -> None:
    if found.state != "prepared":
        raise Refused(_("Release {release} is {state}; only a prepared one is approved.").format(release=found.id, state=_(found.state)))
    if found.prepared_by == author:
        raise Refused(_("{author} prepared release {release}. Somebody else must approve it.").format(author=author, release=found.id))


def publish(lake: Lake, release_id: str, *, author: str, at: datetime | None = None) -> Dossier:
    """Publish an approved release, now or at a moment to come (UTC). Raises Refused for one that nobody has approved."""
    if at and at < now():
        raise Refused(_("{moment} is over. Name a moment to come, or publish at once.").format(moment=f"{at:%Y-%m-%d %H:%M}"))
    return again_if_moved(_take_step, lake, release_id, author, {"step": "published", "effective_at": at or now()}, _may_be_published)


def _may_be_published(found: Dossier, _author: str) -> None:
    if found.state != "approved":
        raise Refused(_("Release {release} is {state}; only an approved one is published.").format(release=found.id, state=_(found.state)))


def drop(lake: Lake, release_id: str, *, author: str, reason: str) -> Dossier:
    """Give up a release that is not public yet. Raises Refused for one that is, and without a reason."""
    if not reason.strip():
        raise Refused(_("Say why the release is dropped."))
    return again_if_moved(_take_step, lake, release_id, author, {"step": "dropped", "note": reason}, _may_be_dropped)


def _may_be_dropped(found: Dossier, _author: str) -> None:
    if found.state in ("published", "dropped"):
        problem = _("Release {release} is {state} and stays as it is. An error in it is mended by a release that corrects it.")
        raise Refused(problem.format(release=found.id, state=_(found.state)))


def publish_first(lake: Lake, author: str) -> None:
    """Publish what a lake was founded with, unless it has a release."""
    since = lake.snapshot()
    if not lake.founded() or not lake.is_empty("release_steps"):
        return
    first = {"step": "prepared", "snapshot": since, "note": FIRST_NOTE}
    steps: list[dict[str, Any]] = [first, {"step": "approved"}, {"step": "published", "effective_at": now()}]
    _commit(lake, _next_name(lake, set()), steps, author, since)


def dossier(lake: Lake, release_id: str) -> Dossier:
    """What is known of a release. Raises Refused where there is none of this name."""
    found = next((each for each in dossiers(lake) if each.id == release_id), None)
    if found is None:
        raise Refused(_("There is no release “{release}”.").format(release=release_id))
    return found


def _take_step(lake: Lake, release_id: str, author: str, step: dict[str, Any], check: Callable[[Dossier, str], None]) -> Dossier:
    since = lake.snapshot()
    check(dossier(lake, release_id), author)
    _commit(lake, release_id, [step], author, since)
    return dossier(lake, release_id)


def _commit(lake: Lake, release_id: str, steps: list[dict[str, Any]], author: str, since: int) -> None:
    if not author.strip():
        raise Refused(_("Say who does this."))
    rows = [{"release_id": release_id, "taken_by": author.strip(), "taken_at": now(), **step} for step in steps]
    message = _("Release {release}: {steps}").format(release=release_id, steps=", ".join(step["step"] for step in steps))
    lake.commit([Change("release_steps", None, [], records("release_steps", rows))], author=author, message=message, since=since)


def _next_name(lake: Lake, taken: set[str]) -> str:
    """2026-11, or 2026-11.2 for the second release of a month."""
    month = f"{_prefix(lake)}{now():%Y-%m}"
    return next(name for name in (month, *(f"{month}.{number}" for number in range(2, len(taken) + 3))) if name not in taken)


def _prefix(lake: Lake) -> str:
    return "DEMONSTRATION-" if lake.is_demonstration() else ""


def now() -> datetime:
    """The moment, in UTC, as the lake keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)
