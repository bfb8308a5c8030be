"""What a submission would do to the figures: the counting rules run on the lake as it is and as it would be."""

from dataclasses import dataclass

import pyarrow as pa

from tallinn.ask import ask
from tallinn.audience import Audience, store_of
from tallinn.datasets import datasets
from tallinn.ingest.submission import Submission
from tallinn.lake import Lake, arrow, columns_of
from tallinn.releases import current


@dataclass(frozen=True)
class Move:
    """A change, in euros, of what is committed within the Mechanism: of one donor, or of all together (donor None)."""

    donor: str | None
    change: float


def effect(submission: Submission, lake: Lake) -> list[Move]:
    """The headline's move first, then each donor's; nothing where nothing moves."""
    tables = {name: lake.table(name) for name in [*datasets(), "submissions"]}
    before, after = _committed(tables, lake), _committed({**tables, **_as_it_would_be(submission, lake)}, lake)
    moves = [Move(donor, round(after.get(donor, 0) - before.get(donor, 0), 2)) for donor in sorted({*before, *after})]
    total = Move(None, round(sum(after.values()) - sum(before.values()), 2))
    return [move for move in [total, *moves] if move.change]


def _committed(tables: dict[str, pa.Table], lake: Lake) -> dict[str, float]:
    rows = ask(store_of(tables, Audience("staff"), current(lake)), "donor_ladder").rows.dropna(subset="committed_eur")
    return dict(zip(rows["donor"], rows["committed_eur"], strict=True))


def _as_it_would_be(submission: Submission, lake: Lake) -> dict[str, pa.Table]:
    return {each.dataset.name: arrow(each.after(lake.rows(each.dataset.name)), columns_of(each.dataset)) for each in submission.comparisons}
