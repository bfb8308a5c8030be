"""What a cell means for its field: a value, or a reason why it has no single meaning. What has two meanings is never guessed."""

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from tallinn import periods
from tallinn.datasets import CodeList, Field, code_lists
from tallinn.ingest.names import country_code, currency_code
from tallinn.ingest.read import Cell, Duration, Failed

LARGEST_AMOUNT = Decimal("1e15")
YES = {"yes", "y", "true", "1"}
NO = {"no", "n", "false", "0"}
# Characters that nobody sees: controls, marks that turn the direction of writing, spaces of no width. Two keys must not differ by them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_NUMBER = re.compile(r"[+\-−]?\d+(?:[.,]\d+)?")
_GROUPED = re.compile(r"[+\-−]?\d{1,3}(?:([ \u00a0\u202f'’])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
_ERROR_CELL = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|GETTING_DATA)")


class Unclear(ValueError):
    """The cell has no single meaning for its field: `rule` names the finding, `facts` fill its text."""

    def __init__(self, rule: str, **facts: object) -> None:
        super().__init__(rule)
        self.rule = rule
        self.facts = facts


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def has_control_characters(cell: Cell) -> bool:
    return isinstance(cell, str) and bool(_CONTROL.search(cell))


def value(cell: Cell, field: Field) -> Any:
    """The value of a cell: str, Decimal, int, bool, date, or None when it is blank. Raises Unclear."""
    if is_blank(cell):
        return None
    if isinstance(cell, Failed):
        raise Unclear("formula-error" if cell.error else "formula-without-result")
    if isinstance(cell, str):
        # One form for a letter with its accent, however the computer of the sender composes it.
        cell = unicodedata.normalize("NFC", _CONTROL.sub("", cell)).strip()
        if not cell:
            return None
        if _ERROR_CELL.fullmatch(cell):
            raise Unclear("formula-error")
    if field.code_list:
        return _code(cell, code_lists()[field.code_list])
    return _READERS[field.kind if field.kind in _READERS else field.type](cell, field)


def _text(cell: Cell, field: Field) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _list(cell: Cell, field: Field) -> str | None:
    items = [item.strip() for item in re.split(r"[;\n]", _text(cell, field)) if item.strip()]
    if field.of == "country":
        items = [_country(item, field) for item in items]
    return "; ".join(dict.fromkeys(items)) or None


def _uri(cell: Cell, field: Field) -> str:
    text = _text(cell, field)
    if not re.fullmatch(r"https?://[^\s<>\"]+", text):
        raise Unclear("not-an-address")
    return text


def _amount(cell: Cell, field: Field) -> Decimal:
    number = _number(cell)
    if abs(number) >= LARGEST_AMOUNT:
        raise Unclear("number-too-large")
    cents = number.quantize(Decimal("0.01"))
    if isinstance(cell, str) and cents != number:
        raise Unclear("too-precise")
    return cents


def _number(cell: Cell) -> Decimal:
    """A number, or a text of digits whose decimal sign cannot be mistaken for a thousands sign."""
    if isinstance(cell, (bool, date, Duration, Failed)) or cell is None:
        raise Unclear("not-a-number")
    if isinstance(cell, (int, float)):
        if not math.isfinite(cell):
            raise Unclear("not-a-number")
        return Decimal(repr(cell))
    grouped = _GROUPED.fullmatch(cell)
    if not grouped and not _NUMBER.fullmatch(cell):
        raise Unclear("not-a-number" if not re.fullmatch(r"[+\-−]?\d[\d.,]*", cell) else "ambiguous-number")
    digits = re.sub(r"[ \u00a0\u202f'’]", "", cell).replace("−", "-").replace(",", ".")
    if not grouped and re.fullmatch(r"[+-]?\d{1,3}\.\d{3}", digits) and not digits.lstrip("+-").startswith("0"):
        raise Unclear("ambiguous-number")
    try:
        return Decimal(digits)
    except InvalidOperation:
        raise Unclear("not-a-number") from None


def _whole(cell: Cell, field: Field) -> int:
    try:
        number = _number(cell)
    except Unclear as unclear:
        raise Unclear("not-a-whole-number" if unclear.rule == "not-a-number" else unclear.rule) from None
    if abs(number) >= LARGEST_AMOUNT or number != int(number):
        raise Unclear("not-a-whole-number")
    return int(number)


def _yes_or_no(cell: Cell, field: Field) -> bool:
    word = _text(cell, field).casefold()
    if word not in YES | NO:
        raise Unclear("not-yes-or-no")
    return word in YES


def _period(cell: Cell, field: Field) -> str:
    try:
        return periods.parse(cell)
    except periods.Ambiguous:
        raise Unclear("ambiguous-date") from None
    except ValueError:
        raise Unclear("not-a-date") from None


def _day(cell: Cell, field: Field) -> date:
    canonical = _period(cell, field)
    if len(canonical) != len("2025-07-02"):
        raise Unclear("not-a-day")
    return date.fromisoformat(canonical)


def _country(cell: Cell, field: Field) -> str:
    code = country_code(str(cell))
    if code is None:
        raise Unclear("unknown-country")
    return code


def _currency(cell: Cell, field: Field) -> str:
    code = currency_code(str(cell))
    if code is None:
        raise Unclear("unknown-currency")
    return code


def _code(cell: Cell, codes: CodeList) -> str:
    """The code that the cell names by code or by name, in any case."""
    wanted = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    for row in codes.rows:
        if wanted.casefold() in (row["code"].casefold(), row["name"].casefold()):
            if row.get("accepted") == "no":
                raise Unclear("red-label")
            return row["code"]
    taken = [row["name"] for row in codes.rows if row.get("accepted") != "no"]
    raise Unclear("unknown-code", list=codes.name.replace("_", " "), choices=", ".join(taken))


_READERS: dict[str, Callable[[Cell, Field], Any]] = {
    "string": _text,
    "text": _text,
    "list": _list,
    "uri": _uri,
    "number": _amount,
    "integer": _whole,
    "boolean": _yes_or_no,
    "date": _day,
    "period": _period,
    "country": _country,
    "currency": _currency,
}
