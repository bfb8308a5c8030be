"""Which earlier money each sum of an IATI file is: an activity's payments are drawn from its commitments, and these from its pledges.

IATI does not link them row by row, but an activity's payments are made out of what it has committed, or what the programme has that it is
a part of. Sums are drawn in the order of their dates. One that is larger than what is left of the oldest commitment is divided, so that
an activity is committed for the larger of two totals, its commitments or its payments, and never for both added up.
"""

from bisect import insort
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

ROUNDING = Decimal("0.005")
"""The share by which payments may exceed their commitment before it is more than rounding; as tallinn/ingest/rules has it."""
ENDLESS = Decimal("Infinity")
PLEDGE, COMMITMENT, PAYMENT = 1, 2, 3


@dataclass(frozen=True)
class Entry:
    """One transaction. `level` is PLEDGE, COMMITMENT or PAYMENT; `day` sorts (blank: last); no `amount` when it cannot be read."""

    key: str
    activity: str
    stage: str
    level: int
    donor: str
    currency: str | None
    amount: Decimal | None
    day: str


@dataclass(frozen=True)
class Part:
    """A sum, or a part of one, that is drawn from one earlier sum (`realises` is its key) or from none.

    `beyond`: its activity has commitments or pledges in this currency, but nothing was left of them. `converted`: it has them in other
    currencies alone, so how much is left of them cannot be known.
    """

    key: str
    amount: Decimal | None
    realises: str | None = None
    beyond: bool = False
    converted: bool = False


@dataclass(eq=False)
class _Source:
    """An earlier sum, its place among those of its level, and how much of it is left; `used` by stage, as no stage may exceed it."""

    entry: Entry
    key: str
    place: int
    amount: Decimal
    left: Decimal
    used: dict[str, Decimal] = field(default_factory=dict)
    is_live: bool = False

    def room(self, stage: str) -> Decimal:
        return min(self.left, self.amount - self.used.get(stage, Decimal()))

    def draw(self, amount: Decimal, stage: str) -> None:
        self.left -= amount
        self.used[stage] = self.used.get(stage, Decimal()) + amount


@dataclass
class _Draw:
    """What an entry has taken from a source, or beyond all of them."""

    source: _Source | None
    amount: Decimal
    stage: str


_Share = tuple[_Source | None, Decimal]


def _alone(activity: str) -> list[str]:
    return [activity]


def drawn(entries: Sequence[Entry], kin: Callable[[str], Sequence[str]] = _alone) -> list[list[Part]]:
    """The parts of each entry, in the order of the entries. The first has the entry's key, the others that with /part-2, /part-3, …

    `kin` has for an activity those whose commitments it may draw on, itself first.
    """
    ledger = _Ledger(kin)
    found: dict[int, list[Part]] = {}
    order = sorted(range(len(entries)), key=lambda index: (entries[index].day or "~", index))
    for level in (PLEDGE, COMMITMENT, PAYMENT):
        own = [index for index in order if entries[index].level == level]
        found |= {index: ledger.parts(entries[index]) for index in own}
        ledger.open([(entries[index], part) for index in own for part in found[index]])
    return [found[index] for index in range(len(entries))]


class _Ledger:
    """The earlier sums, and what was drawn from them.

    `sources` has all sums of an activity and currency, `live` those of one level of which something is left, the oldest first. `draws`
    are by activity, currency and level, the newest last.
    """

    def __init__(self, kin: Callable[[str], Sequence[str]]) -> None:
        self.kin = kin
        self.sources: dict[str, dict[str | None, list[_Source]]] = {}
        self.live: dict[tuple[str, str | None, int], list[_Source]] = {}
        self.draws: dict[tuple[str, str | None, int], list[_Draw]] = {}

    def open(self, parts: Sequence[tuple[Entry, Part]]) -> None:
        """From now on, later sums may be drawn from these. Negative ones take away from the newest of their activity and currency."""
        for place, (entry, part) in enumerate(parts):
            amount = ENDLESS if part.amount is None else part.amount
            if amount > 0:
                source = _Source(entry, part.key, place, amount, amount)
                self.sources.setdefault(entry.activity, {}).setdefault(entry.currency, []).append(source)
                self._keep(source)
        for entry, amount in [(entry, part.amount) for entry, part in parts if part.amount and part.amount < 0]:
            self._take_away(entry, -amount)

    def parts(self, entry: Entry) -> list[Part]:
        if not any(activity in self.sources for activity in self.kin(entry.activity)) or not entry.currency or entry.amount == 0:
            return [Part(entry.key, entry.amount)]
        has_own = any(entry.currency in self.sources.get(activity, ()) for activity in self.kin(entry.activity))
        if not has_own or entry.amount is None:
            return [Part(entry.key, entry.amount, self._oldest(entry, any_currency=not has_own).key, converted=not has_own)]
        shares = self._drawn(entry, entry.amount) if entry.amount > 0 else self._given_back(entry, entry.amount)
        return [
            Part(entry.key if number == 1 else f"{entry.key}/part-{number}", amount, source.key if source else None, beyond=source is None)
            for number, (source, amount) in enumerate(shares, start=1)
        ]

    def _oldest(self, entry: Entry, *, any_currency: bool) -> _Source:
        """The first commitment; the first pledge where there is none."""
        known = (self.sources.get(activity, {}) for activity in self.kin(entry.activity))
        sources = (
            source for each in known for currency, some in each.items() if any_currency or currency == entry.currency for source in some
        )
        return min(sources, key=lambda source: -source.entry.level)

    def _take_away(self, entry: Entry, amount: Decimal) -> None:
        for activity in self.kin(entry.activity):
            for source in self.live.get((activity, entry.currency, entry.level), [])[::-1]:
                taken = min(amount, source.left)
                source.left, amount = source.left - taken, amount - taken
                self._keep(source)
                if not amount:
                    return

    def _drawn(self, entry: Entry, amount: Decimal) -> list[_Share]:
        """From the oldest commitment of this activity and donor on; what nothing is left for is beyond them."""
        shares: list[_Share] = []
        for source in self._in_turn(entry):
            room = source.room(entry.stage)
            if room > 0:
                whole = amount <= room + (0 if source.amount == ENDLESS else source.amount * ROUNDING)
                shares.append((source, amount if whole else room))
                amount -= shares[-1][1]
            if not amount:
                break
        if amount:
            shares.append((None, amount))
        self.draws.setdefault(_of(entry), []).extend(_Draw(source, share, entry.stage) for source, share in shares)
        self._settle(entry, shares)
        return shares

    def _in_turn(self, entry: Entry) -> Iterator[_Source]:
        """Commitments before pledges; those of the activity itself before its kin's; those of its donor before others'."""
        for level in range(entry.level - 1, 0, -1):
            for activity in self.kin(entry.activity):
                live = self.live.get((activity, entry.currency, level), [])
                yield from (source for source in live if source.entry.donor == entry.donor)
                yield from (source for source in live if source.entry.donor != entry.donor)

    def _given_back(self, entry: Entry, amount: Decimal) -> list[_Share]:
        """A refund gives back what was drawn last, of its own stage first; what nobody has drawn is given to the oldest commitment."""
        given: dict[int, _Share] = {}
        latest = reversed(self.draws.get(_of(entry), []))
        for draw in sorted(latest, key=lambda draw: draw.stage != entry.stage):
            back = min(draw.amount, -amount)
            if back > 0:
                draw.amount -= back
                given[id(draw.source)] = (draw.source, given.get(id(draw.source), (None, Decimal()))[1] - back)
                amount += back
        if amount:
            oldest = self._oldest(entry, any_currency=False)
            given[id(oldest)] = (oldest, given.get(id(oldest), (None, Decimal()))[1] + amount)
        shares = list(given.values())
        self._settle(entry, shares)
        return shares

    def _settle(self, entry: Entry, shares: Sequence[_Share]) -> None:
        for source, share in shares:
            if source:
                source.draw(share, entry.stage)
                self._keep(source)

    def _keep(self, source: _Source) -> None:
        """Among the live ones, in its place, as long as something is left of it."""
        live = self.live.setdefault(_of(source.entry), [])
        if source.is_live and source.left <= 0:
            live.remove(source)
        elif not source.is_live and source.left > 0:
            insort(live, source, key=lambda each: each.place)
        source.is_live = source.left > 0


def _of(entry: Entry) -> tuple[str, str | None, int]:
    return entry.activity, entry.currency, entry.level
