"""What differs between two releases: row by row and donor by donor, new money apart from the effect of exchange rates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from tallinn.audience import Store
from tallinn.datasets import Dataset, datasets
from tallinn.releases import Release
from tallinn.wording import _, count, euros, listing, ngettext

Kind = Literal["added", "withdrawn", "reclassified", "revised", "re-converted", "reworded"]
CLASSIFYING = ("donor", "stage", "within_mechanism", "not_counted", "duplicate_of", "realises", "reason", "in_kind")
"""What decides whether and where a contribution counts."""
VALUING = ("amount", "currency", "value_date", "period")
"""What decides how much it is."""
CENT = Decimal("0.01")
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Revision:
    """A contribution that differs. `before` and `after` are its part in what is committed within the Mechanism, in euros.

    `by_rate` is what of the change is due to another exchange rate alone.
    """

    key: str
    donor: str
    kind: Kind
    before: Decimal
    after: Decimal
    by_rate: Decimal = NOTHING

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
    """Two releases as one audience may see them."""

    earlier: Release
    later: Release
    revisions: tuple[Revision, ...]
    rows: tuple[Rows, ...]

    def of_donor(self, donor: str) -> tuple[Revision, ...]:
        return tuple(each for each in self.revisions if each.donor == donor)

    @property
    def donors(self) -> list[str]:
        """Donors with a difference, those with the largest first."""
        sizes: dict[str, Decimal] = {}
        for each in self.revisions:
            sizes[each.donor] = sizes.get(each.donor, NOTHING) + abs(each.change)
        return sorted(sizes, key=lambda donor: (-sizes[donor], donor))


def compared(earlier: Store, later: Store) -> Comparison:
    """What differs between two stores of one audience."""
    old, new = _contributions(earlier), _contributions(later)
    found = (_revision(key, old.get(key), new.get(key)) for key in sorted(old.keys() | new.keys()))
    revisions = sorted(filter(None, found), key=lambda each: (-abs(each.change), each.key))
    rows = (_rows(dataset, earlier, later) for name, dataset in datasets().items() if name != "contributions")
    return Comparison(
        earlier.release, later.release, tuple(revisions), tuple(each for each in rows if each.added or each.changed or each.withdrawn)
    )


def _contributions(store: Store) -> dict[str, dict[str, Any]]:
    """Every contribution with what it counts for, and all that is said of it."""
    with store.cursor() as cursor:
        found = cursor.execute(
            "SELECT money.*, donors.donor, coalesce(money.committed_eur, 0) AS committed"
            " FROM money INNER JOIN donors USING (donor_id) WHERE money.scope = 'mechanism'"
        ).to_arrow_table()
    return {row["contribution_id"]: row for row in found.to_pylist()}


def _revision(key: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Revision | None:
    known = new or old
    if known is None or (kind := _kind(old, new)) is None:
        return None
    before, after = (row["committed"] if row else NOTHING for row in (old, new))
    return Revision(key, known["donor"], kind, before, after, _by_rate(old, new) if old and new else NOTHING)


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
    both = old.keys() & new.keys()
    changed = sum(old[key] != new[key] for key in both)
    return Rows(dataset, len(new.keys() - both), changed, len(old.keys() - both))


def _by_key(dataset: Dataset, store: Store) -> dict[str, tuple[Any, ...]]:
    columns = ", ".join(f'"{name}"' for name in dataset.names)
    with store.cursor() as cursor:
        rows = cursor.execute(f'SELECT "{dataset.key}", {columns} FROM "{dataset.name}"').fetchall()  # noqa: S608 - our own schema's names
    return {row[0]: row for row in rows}


def in_sentences(comparison: Comparison) -> list[str]:
    """The headline first, then each donor with a difference, then the other datasets."""
    headline = _moved(_("The Mechanism"), comparison.revisions)
    donors = [_moved(donor, comparison.of_donor(donor)) for donor in comparison.donors]
    return [headline, *donors, *map(_counted, comparison.rows)]


def _moved(who: str, revisions: Iterable[Revision]) -> str:
    """How the commitments of one or all have moved, by new money and by rates, and by how many rows of each kind."""
    revisions = list(revisions)
    change = sum((each.change for each in revisions), NOTHING)
    by_rate = sum((each.by_rate for each in revisions), NOTHING)
    kinds = dict.fromkeys(each.kind for each in revisions)
    rows = listing(f"{count(sum(each.kind == kind for each in revisions))} {_(kind)}" for kind in kinds) or _("no row differs")
    words = {"who": who, "change": _signed(change), "money": _signed(change - by_rate), "rate": _signed(by_rate), "rows": rows}
    if by_rate:
        return _("{who}: {change} committed, {money} of it by the rows and {rate} by exchange rates ({rows}).").format(**words)
    if change:
        return _("{who}: {change} committed ({rows}).").format(**words)
    return _("{who}: the same is committed ({rows}).").format(**words)


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
