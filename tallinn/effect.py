"""What a submission would do to the figures: the counting rules run on the lake as it is and as it would be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tallinn.ask import ask
from tallinn.audience import Audience
from tallinn.datasets import code_lists, datasets
from tallinn.ingest.names import in_language
from tallinn.ingest.submission import Submission
from tallinn.lake import Lake
from tallinn.lake_tables import RECORDS, columns_of, without_rows
from tallinn.releases import Release, working
from tallinn.store import Store, store_of
from tallinn.wording import _, count, euros, later, listing, ngettext

MOVING = ("contributions", "organisations")
"""The datasets on which commitments depend."""
REASONS = 3
"""Reasons of one move that are told one by one, the largest first."""


@dataclass(frozen=True)
class Reason:
    """A contribution that moves a sum: by how many euros, and what happened to it."""

    key: str
    change: float
    what: str


@dataclass(frozen=True)
class Move:
    """A change, in euros, of what is committed within the Mechanism: of one donor, or of all together (donor None)."""

    donor: str | None
    change: float
    reasons: tuple[Reason, ...] = ()


STAFF = Audience("staff")


def effect(submission: Submission, lake: Lake, audience: Audience = STAFF) -> list[Move]:
    """The headline's move first, then each donor's with its reasons, as this audience will see it; nothing where nothing moves."""
    changed = {each.dataset.name: each for each in submission.comparisons if each.dataset.name in MOVING and not each.changes_nothing}
    if not changed:
        return []
    now = {name: lake.table(name) for name in MOVING}
    then = now | {name: each.after(now[name]).select(list(columns_of(each.dataset))) for name, each in changed.items()}
    keys = [key for each in changed.values() for key in [*each.leaving, *each.coming[each.dataset.key].to_pylist()]]
    return _moves(now, then, keys, working(lake), audience)


def effect_of(snapshot: int, lake: Lake, audience: Audience = STAFF) -> list[Move]:
    """The same for a commit of the past: how the figures moved with this snapshot."""
    before, after = ({name: lake.table(name, number) for name in MOVING} for number in (snapshot - 1, snapshot))
    keys = [key for name in MOVING for rows in lake.effect(name, snapshot) for key in rows[datasets()[name].key].to_pylist()]
    return _moves(before, after, keys, working(lake), audience)


def _moves(
    now: Mapping[str, pa.Table], then: Mapping[str, pa.Table], keys: Sequence[str], release: Release, audience: Audience
) -> list[Move]:
    """What moves between two states of the tables; `keys` are those of all rows that differ."""
    before, after = (_Figures(_store(tables, release, audience)) for tables in _narrowed(now, then, pa.array(keys, pa.string())))
    donors = sorted({*before.donors, *after.donors})
    moves = [Move(donor, _change(before.donors, after.donors, donor), _reasons(before, after, donor)) for donor in donors]
    total = Move(None, round(sum(after.donors.values()) - sum(before.donors.values()), 2))
    return [move for move in [total, *moves] if move.change]


def _narrowed(now: Mapping[str, pa.Table], then: Mapping[str, pa.Table], keys: pa.Array) -> tuple[Mapping[str, pa.Table], ...]:
    """Both without the contributions that neither differ nor, in one step or several, realise or are realised by one that does.

    What part of the sums those have cannot move, unless an organisation differs: then all stay.
    """
    if not now["organisations"].equals(then["organisations"]):
        return now, then
    links = pa.concat_tables([each["contributions"].select(["contribution_id", "realises"]) for each in (now, then)])
    links = links.filter(links["realises"].is_valid())
    keys, reached = keys.unique(), 0
    while reached < len(keys):
        reached = len(keys)
        near = links.filter(pc.or_(*(pc.is_in(column, keys) for column in links.columns)))
        keys = pa.chunked_array([keys, *(chunk for column in near.columns for chunk in column.chunks)]).unique()
    return tuple(
        {**each, "contributions": each["contributions"].filter(pc.is_in(each["contributions"]["contribution_id"], keys))}
        for each in (now, then)
    )


def in_sentences(moves: list[Move]) -> list[str]:
    """How the headline and each donor's commitments would move, and because of which rows."""
    return [_in_words(move) for move in moves]


def _in_words(move: Move) -> str:
    who, amount = in_language(move.donor) if move.donor else _("The Mechanism"), euros(abs(move.change))
    if not move.reasons:
        rises = _("{who}: commitments rise by {amount}.") if move.change > 0 else _("{who}: commitments fall by {amount}.")
        return rises.format(who=who, amount=amount)
    more = len(move.reasons) - REASONS
    told = [_("{key} {what}").format(key=reason.key, what=reason.what) for reason in move.reasons[:REASONS]]
    reasons = listing([*told, ngettext("{n} more row", "{n} more rows", more).format(n=count(more))] if more > 0 else told)
    why = (
        _("{who}: commitments rise by {amount} because {reasons}.")
        if move.change > 0
        else _("{who}: commitments fall by {amount} because {reasons}.")
    )
    return why.format(who=who, amount=amount, reasons=reasons)


class _Figures:
    """What donors have committed in a store, and the contributions behind it."""

    def __init__(self, store: Store) -> None:
        ladder = ask(store, "donor_ladder").rows.dropna(subset="committed_eur")
        self.donors: dict[str, float] = dict(zip(ladder["donor"], ladder["committed_eur"], strict=True))
        with store.cursor() as cursor:
            found = cursor.execute(
                "SELECT money.contribution_id, donors.donor, money.stage, money.amount, money.currency, money.reason, money.realises,"
                " money.value_date, coalesce(money.committed_eur, 0)::DOUBLE AS committed_eur"
                " FROM money INNER JOIN donors USING (donor_id) WHERE money.scope = 'mechanism'"
            ).to_arrow_table()
        self.rows: dict[str, dict[str, Any]] = {row["contribution_id"]: row for row in found.to_pylist()}


def _store(tables: Mapping[str, pa.Table], release: Release, audience: Audience) -> Store:
    """A store with these tables, and the others empty: what does not move the figures need not be copied."""
    nothing = {name: without_rows(columns_of(dataset)) for name, dataset in datasets().items()} | {
        "submissions": without_rows(RECORDS["submissions"])
    }
    return store_of({**nothing, **tables}, audience, release)


def _change(before: Mapping[str, float], after: Mapping[str, float], donor: str) -> float:
    return round(after.get(donor, 0) - before.get(donor, 0), 2)


def _reasons(before: _Figures, after: _Figures, donor: str) -> tuple[Reason, ...]:
    """The donor's contributions whose part in the sum changes, the largest change first."""
    keys = {key for figures in (before, after) for key, row in figures.rows.items() if row["donor"] == donor}
    pairs = {key: (before.rows.get(key), after.rows.get(key)) for key in keys}
    changes = {key: round(_part(new, donor) - _part(old, donor), 2) for key, (old, new) in pairs.items()}
    reasons = [Reason(key, change, _what_happened(*pairs[key])) for key, change in changes.items() if change]
    return tuple(sorted(reasons, key=lambda reason: (-abs(reason.change), reason.key)))


def _part(row: dict[str, Any] | None, donor: str) -> float:
    """What a row adds to the sum of a donor."""
    return row["committed_eur"] if row and row["donor"] == donor else 0.0


def _what_happened(old: dict[str, Any] | None, new: dict[str, Any] | None) -> str:
    """What became of a row, in words that follow its key."""
    if old is None:
        return _("is new")
    if new is None:
        return _("is no longer reported")
    reasons = {row["code"]: _(row["name"]).lower() for row in code_lists()["count_reasons"].rows}
    if old["reason"] != new["reason"]:
        return _("became: {reason}").format(reason=reasons[new["reason"]]) if new["reason"] else _("counts now")
    for name, words in _CHANGES.items():
        if old[name] != new[name]:
            return _(words)
    return _("covers another part of the same money")


_CHANGES = {
    "donor": later("is of another donor now"),
    "stage": later("changed its stage"),
    "amount": later("changed its amount"),
    "currency": later("changed its currency"),
    "value_date": later("changed its date"),
    "realises": later("realises another row now"),
}
