"""Transactions as rows of contributions: Ukraine's share of each, a key that stays, and the commitment that it is drawn from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from tallinn.datasets import code_lists, datasets
from tallinn.ingest.reader.activity import CHILD, PARENT, Activity, Transaction
from tallinn.ingest.reader.elements import WHOLE
from tallinn.ingest.reader.kinship import Kinship
from tallinn.ingest.reader.ledger import COMMITMENT, PAYMENT, Entry, Part, drawn
from tallinn.ingest.reader.made import Made, made_of
from tallinn.ingest.reader.remarks import Remarks
from tallinn.ingest.sheets import column_letters
from tallinn.ingest.words import words

SHEET = "Transactions"
COLUMNS = (
    "contribution_id",
    "donor_id",
    "stage",
    "amount",
    "currency",
    "value_date",
    "channel",
    "purpose",
    "project_ids",
    "realises",
    "source_url",
    "source_publisher",
    "note",
)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class _Taken:
    """A transaction that is taken, with its stage (a row of data/reference/stages.csv), its key and Ukraine's part of its amount."""

    activity: str | None
    transaction: Transaction
    stage: dict[str, str]
    key: str | None
    amount: Decimal | None
    source_url: str | None
    source_publisher: str | None

    @property
    def published(self) -> str:
        """The whole amount in words."""
        return f"{self.transaction.amount:,.2f} {self.transaction.currency or ''}".strip()

    @property
    def level(self) -> int:
        return min(int(self.stage["order"]), PAYMENT)

    @property
    def entry(self) -> Entry:
        return Entry(
            key=self.key or "",
            activity=self.activity or "",
            stage=self.stage["code"],
            level=self.level,
            donor=self.transaction.donor or "",
            currency=self.transaction.currency,
            amount=self.amount,
            day=self.transaction.day or "",
        )


class Contributions:
    """The sheet of transactions. Which commitment a payment is drawn from is known when all activities have been seen."""

    def __init__(self, remarks: Remarks) -> None:
        self._taken: list[_Taken] = []
        self._kinship = Kinship()
        self._remarks = remarks

    def add(self, activity: Activity) -> None:
        taken = [each for each in self._of_our_stages(activity) if self._is_for_ukraine(each)]
        for each in taken:
            if each.key != f"{each.activity}/{each.transaction.reference}":
                self._remarks.count("iati-without-reference", each.key, sheet=SHEET)
        self._taken += taken
        if activity.identifier:
            self._kinship.add(activity.identifier, activity.related(PARENT), activity.related(CHILD))

    def sheet(self, published: dict[str, Any]) -> Made:
        """The sheet; also makes the remarks about its rows."""
        rows: list[list[Any]] = [[datasets()["contributions"].field(name).title for name in COLUMNS]]
        divided = drawn([each.entry for each in self._taken], self._kinship.of)
        for each, parts in zip(self._taken, divided, strict=True):
            for number, part in enumerate(parts, start=1):
                row = _row(each, part, (number, len(parts)))
                rows.append([row[name] for name in COLUMNS])
                self._remark(each, part, len(rows), divided=len(parts) > 1)
        self._remark_of_kin(frozenset(published["activities"]))
        return made_of(SHEET, rows, published=published)

    def _of_our_stages(self, activity: Activity) -> list[_Taken]:
        """The transactions that are pledges, commitments or payments; the others are counted by type."""
        ours = [each for each in activity.transactions if each.type in _stages()]
        for each in activity.transactions:
            if each.type not in _stages():
                self._remarks.count("iati-other-type", _type_name(each.type), sheet=SHEET, each=True)
        sources = activity.web_page, activity.publisher
        return [
            _Taken(activity.identifier, each, _stages()[each.type], key, _for_ukraine(each), *sources)
            for each, key in zip(ours, _keys(activity.identifier, ours), strict=True)
        ]

    def _is_for_ukraine(self, taken: _Taken) -> bool:
        if taken.transaction.share is None:
            self._remarks.count("iati-share-unknown", taken.activity, sheet=SHEET, each=True)
        elif taken.transaction.share == 0:
            self._remarks.count("iati-transaction-elsewhere", taken.activity, sheet=SHEET)
        return bool(taken.transaction.share)

    def _remark(self, taken: _Taken, part: Part, number: int, *, divided: bool) -> None:
        """What a person should see of a row."""
        if taken.transaction.amount is not None and taken.transaction.share != WHOLE:
            self._at("amount", number, "iati-share", taken.amount, share=_percent(taken.transaction), whole=taken.published)
        if divided:
            self._at("amount", number, "iati-divided", part.amount, whole=f"{taken.amount:,.2f}")
        if part.beyond and taken.level == PAYMENT and (part.amount or 0) > 0:
            self._at("amount", number, "iati-beyond-commitments", part.amount)
        if part.converted:
            self._at("realises", number, "iati-other-currency", part.realises)

    def _at(self, field: str, number: int, rule: str, value: object, **facts: Any) -> None:
        shown = f"{value:,.2f}" if isinstance(value, Decimal) else value
        cell = f"{column_letters(COLUMNS.index(field))}{number}"
        self._remarks.at(rule, SHEET, cell, datasets()["contributions"].field(field).title, shown, **facts)

    def _remark_of_kin(self, activities: frozenset[str]) -> None:
        """Commitments of a programme and of its parts may be the same money; and a programme may stand in another file."""
        committed = {each.activity for each in self._taken if each.level == COMMITMENT}
        paid = {each.activity for each in self._taken if each.level == PAYMENT}
        for activity in sorted(each for each in committed | paid if each):
            parents = self._kinship.parents(activity)
            if activity in committed and not committed.isdisjoint(parents):
                self._remarks.count("iati-committed-twice", activity, sheet=SHEET, each=True)
            if activity in paid and activity not in committed and not activities.issuperset(parents):
                self._remarks.count("iati-parent-elsewhere", activity, sheet=SHEET, each=True)


def _row(taken: _Taken, part: Part, place: tuple[int, int]) -> dict[str, Any]:
    transaction = taken.transaction
    return {
        "contribution_id": part.key if taken.key else None,
        "donor_id": transaction.donor,
        "stage": taken.stage["name"],
        "amount": _unread(transaction) if part.amount is None else float(part.amount),
        "currency": transaction.currency,
        "value_date": transaction.day,
        "channel": transaction.channel,
        "purpose": transaction.purpose,
        "project_ids": taken.activity,
        "realises": part.realises if taken.key else None,
        "source_url": taken.source_url,
        "source_publisher": taken.source_publisher,
        "note": " ".join(_said(taken, place)),
    }


def _said(taken: _Taken, place: tuple[int, int]) -> Iterator[str]:
    """The sentences of a row's note."""
    reference = f", reference {taken.transaction.reference}" if taken.transaction.reference else ""
    yield f"IATI activity {taken.activity}{reference}."
    if taken.transaction.amount is not None and taken.transaction.share != WHOLE:
        yield f"Ukraine's published share, {_percent(taken.transaction)} % of {taken.published}."
    if place[1] > 1:
        yield f"Part {place[0]} of {place[1]} of {taken.amount:,.2f} {taken.transaction.currency or ''}".strip() + "."


def _unread(transaction: Transaction) -> str | None:
    """A value that is no number, for the finding that says so; a share of it must not be read as the whole."""
    return transaction.text if transaction.share == WHOLE or not transaction.text else f"{_percent(transaction)} % of {transaction.text}"


def _for_ukraine(transaction: Transaction) -> Decimal | None:
    if transaction.amount is None or transaction.share is None:
        return None
    return (transaction.amount * transaction.share / WHOLE).quantize(CENT)


def _percent(transaction: Transaction) -> str:
    return f"{(transaction.share or Decimal()).normalize():f}"


def _keys(identifier: str | None, transactions: Sequence[Transaction]) -> Iterator[str | None]:
    """A key for each transaction: its activity's and its own reference; where it has none, or one that an earlier one has, by type and day.

    Further ones of the same type and day get /2, /3, … in the order of the file. What comes later never changes an earlier one's key.
    """
    taken: set[str] = set()
    for each in transactions:
        own = f"{identifier}/{each.reference}"
        if each.reference is None or own in taken:
            own = f"{identifier}/{_stages()[each.type]['code']}/{each.day or 'undated'}"
        number, key = 1, own
        while key in taken:
            number += 1
            key = f"{own}/{number}"
        taken.add(key)
        yield key if identifier else None


def _type_name(code: str) -> str:
    return next((f"{row['name']} ({code})" for row in words("iati_transactions") if row["code"] == code), code or "?")


@cache
def _stages() -> dict[str, dict[str, str]]:
    """Our stages by IATI's code for the type of transaction."""
    return {row["iati_code"]: row for row in code_lists()["stages"].rows}
