"""What differs between two releases: row by row and donor by donor, new money apart from the effect of exchange rates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tallinn.ask import Answer
from tallinn.datasets import Dataset, datasets
from tallinn.ingest.names import in_language
from tallinn.releases import Release
from tallinn.store import Store
from tallinn.wording import _, count, euros, listing, ngettext

Kind = Literal["added", "withdrawn", "reclassified", "revised", "corrected", "re-converted", "reworded"]
CLASSIFYING = ("donor", "stage", "within_mechanism", "not_counted", "duplicate_of", "realises", "reason", "in_kind")
"""What decides whether and where a contribution counts."""
VALUING = ("amount", "currency", "value_date", "period")
"""What decides how much it is."""
CENT = Decimal("0.01")
MONEY = """SELECT money.*, donors.donor, coalesce(money.committed_eur, 0) AS committed
FROM money
INNER JOIN donors USING (donor_id)
WHERE money.scope = 'mechanism'"""
"""Asked of both releases."""
NOTHING = Decimal(0)
STEPS = ("added", "withdrawn", "revised", "corrected", "reclassified", "by_rate")
"""What can move the headline, in the order of the bridge."""


@dataclass(frozen=True)
class Revision:
    """A contribution that differs. `before` and `after` are its part in what is committed within the Mechanism, in euros.

    `by_rate` is what of the change is due to another exchange rate alone, `reason` what whoever prepared the later release says of it. An
    amount or date that differs is corrected where the later release corrects the earlier one, else revised.
    """

    key: str
    donor_id: str
    donor: str
    kind: Kind
    before: Decimal
    after: Decimal
    by_rate: Decimal = NOTHING
    reason: str = ""

    @property
    def change(self) -> Decimal:
        return self.after - self.before


@dataclass(frozen=True)
class Rows:
    """How many rows of a dataset came, changed and went."""

    dataset: Dataset
    added: int
    changed: int
    withdrawn: int


@dataclass(frozen=True)
class Comparison:
    """Two releases as one audience may see them. `totals`: what is committed in each, in euros."""

    stores: tuple[Store, Store]
    revisions: tuple[Revision, ...]
    totals: tuple[Decimal, Decimal]

    @cached_property
    def rows(self) -> tuple[Rows, ...]:
        """The other datasets in which something differs."""
        found = (_rows(dataset, *self.stores) for name, dataset in datasets().items() if name != "contributions")
        return tuple(each for each in found if each.added or each.changed or each.withdrawn)

    @property
    def earlier(self) -> Release:
        return self.stores[0].release

    @property
    def later(self) -> Release:
        return self.stores[1].release

    def of_donor(self, donor_id: str) -> tuple[Revision, ...]:
        return tuple(each for each in self.revisions if each.donor_id == donor_id)

    @property
    def donors(self) -> dict[str, str]:
        """Ids and names of donors with a difference, those with the largest first."""
        sizes: dict[tuple[str, str], Decimal] = {}
        for each in self.revisions:
            sizes[each.donor_id, each.donor] = sizes.get((each.donor_id, each.donor), NOTHING) + abs(each.change)
        return dict(sorted(sizes, key=lambda donor: (-sizes[donor], donor[1])))


def compared(earlier: Store, later: Store) -> Comparison:
    """What differs between two stores of one audience."""
    old, new = _contributions(earlier), _contributions(later)
    found = (_revision(key, old.get(key), new.get(key)) for key in sorted(old.keys() | new.keys()))
    is_correction, reasons = later.release.corrects == earlier.release.id, later.release.reasons
    told = (_told(each, reasons.get(each.key, ""), is_correction=is_correction) for each in found if each)
    revisions = sorted(told, key=lambda each: (-abs(each.change), each.key))
    totals = tuple(sum((row["committed"] for row in rows.values()), NOTHING) for rows in (old, new))
    return Comparison((earlier, later), tuple(revisions), (totals[0], totals[1]))


def _told(revision: Revision, reason: str, *, is_correction: bool) -> Revision:
    kind: Kind = "corrected" if is_correction and revision.kind == "revised" else revision.kind
    return replace(revision, kind=kind, reason=reason)


def _contributions(store: Store) -> dict[str, dict[str, Any]]:
    """Every contribution with what it counts for, and all that is said of it."""
    with store.cursor() as cursor:
        found = cursor.execute(MONEY).to_arrow_table()
    return {row["contribution_id"]: row for row in found.to_pylist()}


def _revision(key: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Revision | None:
    known = new or old
    if known is None or (kind := _kind(old, new)) is None:
        return None
    before, after = (row["committed"] if row else NOTHING for row in (old, new))
    return Revision(
        key, known["donor_id"], in_language(known["donor"]), kind, before, after, _by_rate(old, new) if old and new else NOTHING
    )


def _kind(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Kind | None:
    """What happened to a row; None where nothing did."""
    if old is None or new is None:
        return "added" if old is None else "withdrawn"
    if any(old[name] != new[name] for name in CLASSIFYING):
        return "reclassified"
    if any(old[name] != new[name] for name in VALUING):
        return "revised"
    if old["rate"] != new["rate"]:
        return "re-converted"
    if old["committed"] != new["committed"]:
        # Another row of the same money covers more or less of it.
        return "reclassified"
    fields = datasets()["contributions"].names
    return "reworded" if any(old[name] != new[name] for name in fields) else None


def _by_rate(old: Mapping[str, Any], new: Mapping[str, Any]) -> Decimal:
    """What the new amount is more or less in euros than it would be at the old rate."""
    if old["currency"] != new["currency"] or not old["rate"] or not new["rate"] or not old["committed"] or not new["committed"]:
        return NOTHING
    at_old_rate = (Decimal(new["amount"]) / Decimal(str(old["rate"]))).quantize(CENT)
    return Decimal(new["committed"]) - at_old_rate


def _rows(dataset: Dataset, earlier: Store, later: Store) -> Rows:
    old, new = (_by_key(dataset, store) for store in (earlier, later))
    both = new.join(old, keys="key", join_type="inner", right_suffix="_before")
    changed = pc.sum(pc.not_equal(both["row"], both["row_before"])).as_py() or 0
    return Rows(dataset, new.num_rows - both.num_rows, changed, old.num_rows - both.num_rows)


def _by_key(dataset: Dataset, store: Store) -> pa.Table:
    """Each row by its key, as a number that is another one where the row is: of a million rows nothing else is moved."""
    columns = ", ".join(f'"{name}"' for name in dataset.names)
    with store.cursor() as cursor:
        return cursor.execute(
            f'SELECT "{dataset.key}" AS key, hash({columns}) AS row FROM "{dataset.name}"'  # noqa: S608 - our own schema's names
        ).to_arrow_table()


def bridge(comparison: Comparison) -> Answer:
    """The steps from the earlier headline to the later one, which add up exactly: by what happened to rows, and by exchange rates.

    Columns: step (earlier, a Kind, by_rate, later), amount_eur, rows.
    """
    moves: dict[str, tuple[Decimal, int]] = {}
    for each in comparison.revisions:
        amount, rows = moves.get(each.kind, (NOTHING, 0))
        moves[each.kind] = (amount + each.change - each.by_rate, rows + 1)
    by_rate = [each.by_rate for each in comparison.revisions if each.by_rate]
    moves["by_rate"] = (sum(by_rate, NOTHING), len(by_rate))
    before, after = comparison.totals
    steps = [("earlier", before, None), *((step, *moves[step]) for step in STEPS if moves.get(step, (NOTHING,))[0]), ("later", after, None)]
    table = pd.DataFrame(steps, columns=["step", "amount_eur", "rows"]).astype({"amount_eur": "float64", "rows": "Int64"})
    asked = {"since": comparison.earlier.id, "release": comparison.later.id}
    return Answer("headline_bridge", _("What moved the headline from one release to the next?"), MONEY, table, comparison.later, asked)


def in_sentences(comparison: Comparison) -> list[str]:
    """The headline first, then each donor with a difference, then the other datasets."""
    headline = moved(_("The Mechanism"), comparison.revisions)
    donors = [moved(name, comparison.of_donor(donor_id)) for donor_id, name in comparison.donors.items()]
    return [headline, *donors, *map(_counted, comparison.rows)]


def moved(who: str, revisions: Iterable[Revision]) -> str:
    """How the commitments of one or all have moved, by new money and by rates, and by how many rows of each kind."""
    revisions = list(revisions)
    change = sum((each.change for each in revisions), NOTHING)
    by_rate = sum((each.by_rate for each in revisions), NOTHING)
    kinds = dict.fromkeys(each.kind for each in revisions)
    rows = listing(_of_kind(kind, sum(each.kind == kind for each in revisions)) for kind in kinds) or _("no row differs")
    words = {"who": who, "change": _signed(change), "money": _signed(change - by_rate), "rate": _signed(by_rate), "rows": rows}
    if by_rate:
        return _("{who}: {change} committed, {money} of it by the rows and {rate} by exchange rates ({rows}).").format(**words)
    if change:
        return _("{who}: {change} committed ({rows}).").format(**words)
    return _("{who}: the same is committed ({rows}).").format(**words)


def kind_name(kind: Kind) -> str:
    """What happened to a contribution."""
    return {
        "added": _("added"),
        "withdrawn": _("withdrawn"),
        "reclassified": _("reclassified"),
        "revised": _("revised"),
        "corrected": _("corrected"),
        "re-converted": _("re-converted"),
        "reworded": _("reworded"),
    }[kind]


def _of_kind(kind: Kind, n: int) -> str:
    words = {
        "added": ngettext("{n} added", "{n} added", n),
        "withdrawn": ngettext("{n} withdrawn", "{n} withdrawn", n),
        "reclassified": ngettext("{n} reclassified", "{n} reclassified", n),
        "revised": ngettext("{n} revised", "{n} revised", n),
        "corrected": ngettext("{n} corrected", "{n} corrected", n),
        "re-converted": ngettext("{n} re-converted", "{n} re-converted", n),
        "reworded": ngettext("{n} reworded", "{n} reworded", n),
    }
    return words[kind].format(n=count(n))


def _signed(amount: Decimal) -> str:
    return f"{'−' if amount < 0 else '+'}{euros(float(abs(amount)))}" if amount else euros(0.0)


def _counted(rows: Rows) -> str:
    total = rows.added + rows.changed + rows.withdrawn
    words = ngettext(
        "{dataset}: {n} row differs ({added} added, {changed} changed, {withdrawn} withdrawn).",
        "{dataset}: {n} rows differ ({added} added, {changed} changed, {withdrawn} withdrawn).",
        total,
    )
    named = {"added": count(rows.added), "changed": count(rows.changed), "withdrawn": count(rows.withdrawn)}
    return words.format(dataset=_(rows.dataset.title), n=count(total), **named)
