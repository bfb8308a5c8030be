"""A release: the state of the lake that a figure was taken from."""

from dataclasses import dataclass
from datetime import date

from tallinn.lake import Lake


@dataclass(frozen=True)
class Release:
    """One snapshot of the lake under the name that stands beside every figure taken from it."""

    id: str
    snapshot: int
    date: date


def current(lake: Lake) -> Release:
    """The newest state of the lake, named by its date and snapshot."""
    snapshot = lake.snapshot()
    day = lake.committed_at(snapshot).date()
    return Release(f"{day.isoformat()}.{snapshot}", snapshot, day)
