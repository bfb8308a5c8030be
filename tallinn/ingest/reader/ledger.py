"""Which earlier money each sum of an IATI activity is: payments are drawn from its commitments, and commitments from its pledges.

IATI does not link them row by row, but within one activity a payment is made out of what that activity has committed. Sums are drawn
in the order of their dates. One that is larger than what is left of the oldest commitment is divided, so that the activity is committed
for the larger of two totals, its commitments or its payments, and never for both added up.
"""

from bisect import insort
from collections.abc import Iterator, Sequence
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

    key: str
    place: int
    level: int
    donor: str
    currency: str | None
    amount: Decimal
    left: Decimal
    used: dict[str, Decimal] = field(default_factory=dict)
    is_live: bool = False

    def room(self, stage: str) -> Decimal:
        return min(self.left, self.amount - self.used.get(stage, Decimal()))

    def draw(self, amount: Decimal, stage: str) -> None:
        self.left -= amount
        self.used[stage] = self.used.get(stage, Decimal()) + amount


def drawn(entries: Sequence[Entry]) -> list[list[Part]]:
    """The parts of each entry, in the order of the entries. The first has the entry's key, the others that with /part-2, /part-3, …"""
    ledger = _Ledger()
    found: dict[int, list[Part]] = {}
    order = sorted(range(len(entries)), key=lambda index: (entries[index].day or "~", index))
    for level in (PLEDGE, COMMITMENT, PAYMENT):
        own = [index for index in order if entries[index].level == level]
        found |= {index: ledger.parts(entries[index]) for index in own}
        ledger.open([(entries[index], part) for index in own for part in found[index]])
    return [found[index] for index in range(len(entries))]


class _Ledger:
    """The earlier sums of an activity, and what was drawn from them (from None: beyond them), the newest last.

    `sources` has all sums of a currency, `live` those of a currency and level of which something is left, the oldest first.
    """

    def __init__(self) -> None:
        self.sources: dict[str | None, list[_Source]] = {}
        self.live: dict[tuple[str | None, int], list[_Source]] = {}
        self.draws: list[tuple[_Source | None, Decimal, Entry]] = []

    def open(self, parts: Sequence[tuple[Entry, Part]]) -> None:
        """From now on, later sums may be drawn from these. Negative ones take away from the newest of their currency."""
        new = [
            _Source(part.key, place, entry.level, entry.donor, entry.currency, amount, amount)
            for place, (entry, part) in enumerate(parts)
            if (amount := ENDLESS if part.amount is None else part.amount) > 0
        ]
        for entry, amount in [(entry, part.amount) for entry, part in parts if part.amount and part.amount < 0]:
            lost = -amount
            for source in reversed(new):
                if source.currency == entry.currency:
                    taken = min(lost, source.left)
                    source.left, lost = source.left - taken, lost - taken
        for source in new:
            self.sources.setdefault(source.currency, []).append(source)
            self._keep(source)

    def parts(self, entry: Entry) -> list[Part]:
        if not self.sources or not entry.currency or entry.amount == 0:
            return [Part(entry.key, entry.amount)]
        own = self.sources.get(entry.currency)
        if not own or entry.amount is None:
            oldest = _oldest(own or [source for sources in self.sources.values() for source in sources])
            return [Part(entry.key, entry.amount, oldest.key, converted=not own)]
        shares = self._drawn(entry, entry.amount) if entry.amount > 0 else self._given_back(entry, entry.amount)
        return [
            Part(entry.key if number == 1 else f"{entry.key}/part-{number}", amount, source.key if source else None, beyond=source is None)
            for number, (source, amount) in enumerate(shares, start=1)
        ]

    def _drawn(self, entry: Entry, amount: Decimal) -> list[tuple[_Source | None, Decimal]]:
        """From the oldest commitment of this donor on, then from those of other donors; what nothing is left for is beyond them."""
        shares: list[tuple[_Source | None, Decimal]] = []
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
        for from_whom, share in shares:
            self.draws.append((from_whom, share, entry))
            if from_whom:
                from_whom.draw(share, entry.stage)
                self._keep(from_whom)
        return shares

    def _in_turn(self, entry: Entry) -> Iterator[_Source]:
        for level in range(entry.level - 1, 0, -1):
            live = self.live.get((entry.currency, level), [])
            yield from (source for source in live if source.donor == entry.donor)
            yield from (source for source in live if source.donor != entry.donor)

    def _given_back(self, entry: Entry, amount: Decimal) -> list[tuple[_Source | None, Decimal]]:
        """A refund gives back what was drawn last, of its own stage first; what nobody has drawn is given to the oldest commitment."""
        shares: list[tuple[_Source | None, Decimal]] = []
        for place in sorted(range(len(self.draws)), key=lambda place: (self.draws[place][2].stage != entry.stage, -place)):
            source, taken, earlier = self.draws[place]
            if amount < 0 and taken > 0 and earlier.currency == entry.currency and earlier.level == entry.level:
                share = -min(taken, -amount)
                self.draws[place] = (source, taken + share, earlier)
                shares.append((source, share))
                amount -= share
        if amount < 0:
            shares.append((_oldest(self.sources[entry.currency]), amount))
        for source, share in shares:
            if source:
                source.draw(share, entry.stage)
                self._keep(source)
        return _added_up(shares)

    def _keep(self, source: _Source) -> None:
        """Among the live ones, in its place, as long as something is left of it."""
        live = self.live.setdefault((source.currency, source.level), [])
        if source.is_live and source.left <= 0:
            live.remove(source)
        elif not source.is_live and source.left > 0:
            insort(live, source, key=lambda each: each.place)
        source.is_live = source.left > 0


def _oldest(sources: Sequence[_Source]) -> _Source:
    """The oldest commitment; the oldest pledge where there is none."""
    return min(sources, key=lambda source: -source.level)


def _added_up(shares: Sequence[tuple[_Source | None, Decimal]]) -> list[tuple[_Source | None, Decimal]]:
    """One share for each source."""
    totals: dict[int, tuple[_Source | None, Decimal]] = {}
    for source, share in shares:
        totals[id(source)] = (source, totals.get(id(source), (source, Decimal()))[1] + share)
    return list(totals.values())
