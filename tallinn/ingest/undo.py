"""Undo: a new commit that takes back exactly what one submission did, or says which later submission stands in the way."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tallinn.datasets import Dataset, datasets
from tallinn.ingest.findings import Refused
from tallinn.ingest.retry import again_if_moved
from tallinn.lake import Change, Lake
from tallinn.lake_tables import records
from tallinn.wording import _, day

KEYED = {**{name: dataset.key for name, dataset in datasets().items()}, "held_rows": "held_id"}
"""The tables that a submission writes to by key."""


@dataclass(frozen=True)
class Undone:
    """What was taken back: the rows of each dataset that left, and those that came back as they were before."""

    submission_id: int
    snapshot: int
    left: dict[str, int]
    back: dict[str, int]

    def facts(self) -> dict[str, Any]:
        return {"submission_id": self.submission_id, "snapshot": self.snapshot, "rows_left": self.left, "rows_back": self.back}


def undo(number: int, lake: Lake, *, author: str, reason: str) -> Undone:
    """Take back a submission. Raises Refused when there is none, when it was undone before, or when later ones build on it."""
    return again_if_moved(_undo, number, lake, author=author, reason=reason)


def _undo(number: int, lake: Lake, *, author: str, reason: str) -> Undone:
    since = lake.snapshot()
    history = {each["submission_id"]: each for each in lake.history()}
    if number not in history:
        raise Refused(_("There is no submission {number}.").format(number=number))
    submission = history[number]
    if submission["undone_at"] is not None:
        raise Refused(_("Submission {number} has been undone before.").format(number=number))
    effects = {name: lake.effect(name, submission["snapshot"]) for name in KEYED}
    effects = {name: effect for name, effect in effects.items() if len(effect[0]) or len(effect[1])}
    for name, (came, left) in effects.items():
        _check_nothing_later(name, came, left, number, lake, history)
    changes = [Change(name, KEYED[name], came[KEYED[name]].to_pylist(), left) for name, (came, left) in effects.items()]
    moment = datetime.now(UTC).replace(tzinfo=None)
    record = {"submission_id": number, "undone_at": moment, "undone_by": author, "undone_reason": reason}
    message = _("Submission {number} undone: {reason}").format(number=number, reason=reason or _("no reason given"))
    snapshot = lake.commit([*changes, Change("undone", None, [], records("undone", [record]))], author=author, message=message, since=since)
    counts = {name: (len(came), len(left)) for name, (came, left) in effects.items() if name in datasets()}
    return Undone(
        number, snapshot, {name: came for name, (came, _l) in counts.items()}, {name: left for name, (_c, left) in counts.items()}
    )


def _check_nothing_later(name: str, came: pa.Table, left: pa.Table, number: int, lake: Lake, history: dict[int, dict[str, Any]]) -> None:
    """Every row that the submission wrote must be as it wrote it, every row that it removed must still be absent."""
    key, now = KEYED[name], lake.table(name)
    touched = pa.array({*came[key].to_pylist(), *left[key].to_pylist()}, pa.string())
    current = {row[key]: row for row in now.filter(pc.is_in(now[key], touched)).to_pylist()}
    written = {row[key]: row for row in came.to_pylist()}
    for each in touched.to_pylist():
        if current.get(each) != written.get(each) and not _dismissed(current.get(each)):
            raise Refused(_in_the_way(each, number, _who_changed(name, each, current.get(each), number, lake, history)))
    if name in datasets():
        _check_nothing_lacks(datasets()[name], came, left, number, lake, history)
        _check_nothing_refers(datasets()[name], {*written} - {*left[key].to_pylist()}, number, lake, history)


def _dismissed(row: dict[str, Any] | None) -> bool:
    """Whether this is a held row that a person gave up: it goes with its submission."""
    return row is not None and row.get("state") == "dismissed"


def _check_nothing_lacks(
    dataset: Dataset, came: pa.Table, left: pa.Table, number: int, lake: Lake, history: dict[int, dict[str, Any]]
) -> None:
    """A row that would come back must find the rows of its dataset that it names; a later submission may have removed them."""
    there = ({*lake.table(dataset.name)[dataset.key].to_pylist()} - {*came[dataset.key].to_pylist()}) | {*left[dataset.key].to_pylist()}
    for field in dataset.fields:
        if field.references == f"{dataset.name}.{dataset.key}":
            for named in left[field.name].drop_null().to_pylist():
                if named not in there:
                    raise Refused(_in_the_way(named, number, _who_changed(dataset.name, named, None, number, lake, history)))


def _check_nothing_refers(dataset: Dataset, vanishing: set[str], number: int, lake: Lake, history: dict[int, dict[str, Any]]) -> None:
    """A row of a later submission that names a row which would vanish would name nothing."""
    if not vanishing:
        return
    for field in dataset.fields:
        if field.references == f"{dataset.name}.{dataset.key}":
            rows = lake.table(dataset.name).select([dataset.key, field.name, "submission_id"])
            for row in rows.filter(pc.is_in(rows[field.name], pa.array(vanishing, pa.string()))).to_pylist():
                if row["submission_id"] != number:
                    raise Refused(_in_the_way(row[field.name], number, history[row["submission_id"]]))


def _who_changed(
    name: str, key: str, current: dict[str, Any] | None, number: int, lake: Lake, history: dict[int, dict[str, Any]]
) -> dict[str, Any]:
    """The later submission that wrote the row as it is now, or that removed it."""
    if current and current["submission_id"] in history and current["submission_id"] != number:
        return history[current["submission_id"]]
    later = [each for each in sorted(history) if each > number and history[each]["undone_at"] is None]
    return next(
        (history[each] for each in later if _touches(lake.effect(name, history[each]["snapshot"]), KEYED[name], key)), history[number]
    )


def _touches(effect: tuple[pa.Table, pa.Table], column: str, key: str) -> bool:
    return any(key in part[column].to_pylist() for part in effect)


def _in_the_way(key: str, number: int, later: dict[str, Any]) -> str:
    reason = _(
        "Submission {number} cannot be undone: submission {later} ({file}, {date}) changed “{key}” later, or refers to it. Undo it first."
    )
    return reason.format(
        number=number, key=key, later=later["submission_id"], file=later["file_name"], date=day(later["submitted_at"].date())
    )
