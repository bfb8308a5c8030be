"""A release: the state of the lake that a figure was taken from."""

from dataclasses import dataclass
from datetime import date

from tallinn.lake import Lake


@dataclass(frozen=True)
class Release:
    """One snapshot of the lake under the name that stands beside every figure taken from it. `demonstration`: all of it is invented."""

    id: str
    snapshot: int
    date: date
    demonstration: bool = False


def current(lake: Lake) -> Release:
    """The newest state of the lake, named by its date and snapshot; invented data say so in the name itself."""
    snapshot, demonstration = lake.snapshot(), lake.is_demonstration()
    day = lake.committed_at(snapshot).date()
    kind = "DEMONSTRATION-" if demonstration else ""
    return Release(f"{kind}{day.isoformat()}.{snapshot}", snapshot, day, demonstration)
