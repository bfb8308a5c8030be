"""Amounts and counts as people write them. What “1.234” means is decided by the column's other texts, or not at all."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tallinn.ingest.meaning import Amount, Meaning, Noted, Unclear
from tallinn.ingest.names import currencies_sharing
from tallinn.ingest.sheets import Cell, Duration, Failed, Money, Percent
from tallinn.ingest.written import Written, says_something, shown_beside, taken_apart

LARGEST_AMOUNT = Decimal("1e15")
CENT = Decimal("0.01")
# The commonest forms, recognised first because a column can hold a million of them.
_SIMPLE = re.compile(r"-?[0-9]{1,15}(?:([.,])[0-9]{1,2})?")
_GROUPED = {sign: re.compile(rf"[1-9][0-9]{{0,2}}(?:\{sign}[0-9]{{3}})+") for sign in ".,"}
_SPACED = re.compile(r"[0-9]{1,3}(?:([ '])[0-9]{3})(?:\1[0-9]{3})*(?:[.,][0-9]+)?")
# No amount has more digits, beyond which decimal arithmetic would begin to round.
_DIGITS = 24
OTHER = {".": ",", ",": "."}


@dataclass
class Signs:
    """What the unambiguous texts of a column show: which of dot and comma they use for decimals, and what for thousands."""

    decimal: set[str] = field(default_factory=set)
    thousands: set[str] = field(default_factory=set)

    def decides(self, sign: str) -> str | None:
        """What a lone `sign` before three digits is: "decimal", "thousands", or None where the column does not settle it.

        A column in which a comma stands for decimals ("1,5") has no second decimal sign, so its dots are for thousands; but one that
        sets thousands apart by spaces or apostrophes has no second thousands sign either.
        """
        other = OTHER[sign]
        thousands = sign not in self.decimal and self.thousands <= {sign} and (sign in self.thousands or other in self.decimal)
        decimal = sign not in self.thousands and self.decimal <= {sign} and (sign in self.decimal or other in self.thousands)
        if thousands == decimal:
            return None
        return "thousands" if thousands else "decimal"


def amounts(cells: Sequence[Cell], unit: int = 1) -> list[Meaning]:
    """The Amount of each cell (rounded to cents, times `unit`), Noted or Unclear."""
    signs = Signs()
    found = [_amount(cell, unit, signs, settle=False) for cell in cells]
    return [_amount(cell, unit, signs, settle=True) if meaning is None else meaning for cell, meaning in zip(cells, found, strict=True)]


def counts(cells: Sequence[Cell], unit: int = 1) -> list[Meaning]:
    """The whole number of each cell, Noted or Unclear."""
    signs = Signs()
    found = [_count(cell, unit, signs, settle=False) for cell in cells]
    return [_count(cell, unit, signs, settle=True) if meaning is None else meaning for cell, meaning in zip(cells, found, strict=True)]


def _amount(cell: Cell, unit: int, signs: Signs, *, settle: bool) -> Meaning:
    """None where the column has still to decide (only before `settle`)."""
    try:
        if isinstance(cell, str):
            return _written_amount(cell, unit, signs, settle=settle)
        if isinstance(cell, Money):
            return _shown_amount(cell, unit)
        return Amount(_rounded(_of_number(cell), unit))
    except Unclear as unclear:
        return unclear


def _shown_amount(cell: Money, unit: int) -> Meaning:
    """A number with the words that its format shows beside it; of words that are not known a person is told."""
    beside = shown_beside(cell.words) or Written("")
    if beside.factor != 1 and unit != 1:
        raise Unclear("unit-twice", unit=unit)
    value = _rounded(_shown(cell, beside.factor * unit) * beside.factor, unit)
    if cell.words and not says_something(cell.words):
        return Noted(Amount(value), "words-in-format", {"words": cell.words, "taken": value})
    return _with_remarks(value, beside)


def _shown(cell: Money, counted_in: int) -> Decimal:
    """The number as the format shows it where something says in what it counts; else the format only hides some digits of it."""
    return _of_number(cell.amount) / (1 if counted_in == 1 else cell.scale)


def as_written(cell: Money, unit: int) -> str:
    """A text that reads, in a column of this unit, as the number with the words beside it does."""
    words = cell.words if says_something(cell.words) else ""
    try:
        return f"{words} {_shown(cell, (shown_beside(words) or Written('')).factor * unit):f}".strip()
    except Unclear:
        return str(cell)


def _count(cell: Cell, unit: int, signs: Signs, *, settle: bool) -> Meaning:
    try:
        if isinstance(cell, Money) and shown_beside(cell.words) is None:
            cell = cell.amount
        number = _written_count(cell, signs, settle=settle) if isinstance(cell, str) else _of_number(cell)
    except Unclear as unclear:
        return Unclear("not-a-whole-number") if unclear.rule == "not-a-number" else unclear
    if number is None:
        return None
    if abs(number) >= LARGEST_AMOUNT or number * unit != int(number * unit):
        return Unclear("not-a-whole-number")
    return int(number * unit)


def _written_count(text: str, signs: Signs, *, settle: bool) -> Decimal | None:
    written = taken_apart(text)
    if written.factor != 1 or written.currency:
        raise Unclear("not-a-whole-number")
    number = _number(written.body, signs, settle=settle)
    return None if number is None else -number if written.negative else number


def _of_number(cell: Cell) -> Decimal:
    if isinstance(cell, Percent):
        raise Unclear("percentage")
    if cell is None or isinstance(cell, (str, bool, date, Duration, Failed, Money)):
        raise Unclear("not-a-number")
    if isinstance(cell, int):
        return Decimal(cell)
    if not math.isfinite(cell):
        raise Unclear("not-a-number")
    return Decimal(repr(cell))


def _rounded(number: Decimal, unit: int) -> Decimal:
    if not -LARGEST_AMOUNT < number < LARGEST_AMOUNT:
        raise Unclear("number-too-large")
    if unit != 1:
        return _rounded(number * unit, 1)
    return number.quantize(CENT)


def _written_amount(text: str, unit: int, signs: Signs, *, settle: bool) -> Meaning:
    if simple := _SIMPLE.fullmatch(text):
        if sign := simple[1]:
            signs.decimal.add(sign)
        return Amount(_rounded(Decimal(text.replace(",", ".")), unit))
    written = taken_apart(text)
    number = _number(written.body, signs, settle=settle)
    if number is None:
        return None
    if written.factor != 1 and unit != 1:
        raise Unclear("unit-twice", unit=unit)
    exact = number * written.factor
    cents = _rounded(-exact if written.negative else exact, unit)
    if abs(cents) != exact * unit:
        raise Unclear("too-precise")
    amount = _with_remarks(cents, written)
    if settle and isinstance(amount, Amount) and _decided_indirectly(written, signs):
        return Noted(amount, "sign-by-column", {"taken": cents})
    return amount


def _with_remarks(value: Decimal | None, written: Written) -> Meaning:
    """The amount in its currency. A sign that several currencies share is no currency: the row's own has to say which."""
    shared = written.sign and len(written.currency or "") > 3
    amount = Amount(value, None if shared else written.currency)
    if written.doubtful:
        return Noted(amount, "word-of-two-sizes", {"word": written.doubtful, "taken": value})
    if shared:
        facts = {"sign": written.sign, "currencies": currencies_sharing(written.sign or "")}
        return Noted(amount, "shared-currency-sign", facts)
    return amount


def _number(body: str, signs: Signs, *, settle: bool) -> Decimal | None:
    """The number that digits and their signs stand for; None where the column has still to decide."""
    if len(body) > _DIGITS and sum(map(str.isdigit, body)) > _DIGITS:
        raise Unclear("number-too-large")
    if _SPACED.fullmatch(body):
        signs.thousands.add(" ")
        body = body.replace(" ", "").replace("'", "")
        if sign := next((sign for sign in ".," if sign in body), None):
            signs.decimal.add(sign)
        return Decimal(body.replace(",", "."))
    if " " in body or "'" in body:
        raise Unclear("not-a-number")
    if body.isdigit():
        return Decimal(body)
    if body.count(".") + body.count(",") == 1:
        return _with_one_sign(body, "." if "." in body else ",", signs, settle=settle)
    return _with_many_signs(body, signs)


def _with_one_sign(body: str, sign: str, signs: Signs, *, settle: bool) -> Decimal | None:
    decimal = Decimal(body.replace(sign, "."))
    if not _GROUPED[sign].fullmatch(body):
        signs.decimal.add(sign)
        return decimal
    if not settle:
        return None
    decided = signs.decides(sign)
    if decided is None:
        raise Unclear("ambiguous-number")
    return decimal if decided == "decimal" else Decimal(body.replace(sign, ""))


def _with_many_signs(body: str, signs: Signs) -> Decimal:
    """1.234.567, 1,234,567.89 and the like: the last sign, if it differs and stands once, is for decimals."""
    last = body[max(body.rfind("."), body.rfind(","))]
    whole, _sign, decimals = body.rpartition(last)
    if OTHER[last] not in body and _GROUPED[last].fullmatch(body):
        signs.thousands.add(last)
        return Decimal(body.replace(last, ""))
    if last in whole or not _GROUPED[OTHER[last]].fullmatch(whole):
        raise Unclear("ambiguous-number")
    signs.thousands.add(OTHER[last])
    signs.decimal.add(last)
    return Decimal(f"{whole.replace(OTHER[last], '')}.{decimals}")


def _decided_indirectly(written: Written, signs: Signs) -> bool:
    """Whether a person should see what a lone sign was read as: only the other sign's use in the column has settled it, or a word
    such as “million” beside the number makes three decimals as likely as thousands.
    """
    sign = "." if "." in written.body else ","
    lone = written.body.count(sign) == 1 and bool(_GROUPED[sign].fullmatch(written.body))
    return lone and (sign not in signs.thousands or written.factor != 1)
