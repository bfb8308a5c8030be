"""Dates as people write them, into the canonical text of tallinn.periods. Day-first or month-first: the column decides, or nobody."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

from tallinn.ingest import calendar_words as calendar
from tallinn.ingest.meaning import Meaning, Noted, Unclear
from tallinn.ingest.sheets import Cell
from tallinn.ingest.words import folded
from tallinn.periods import YEARS, checked

# Fields of which a text such as "until 2025" or "from 2024" states all that the field asks for.
ENDS = ("end", "planned_end", "actual_end", "period_end", "available_until")
STARTS = ("start", "planned_start", "actual_start", "period_start", "available_from")
# Two-digit years are of these centuries (as POSIX has them, within YEARS).
_CENTURIES = {**dict.fromkeys(range(69), 2000), **dict.fromkeys(range(90, 100), 1900)}
_SERIALS = range(20_000, 80_000)
_EPOCH = date(1899, 12, 30)
_TIME = re.compile(
    r"[t ,]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?(?:am|pm|a\.m\.|p\.m\.))?(?: ?(?:z|utc|gmt|[+-]\d{2}:?\d{2}))?$", re.ASCII
)
_NUMERIC = re.compile(r"(\d{1,2}) ?([./-]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})\.?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})\.?", re.ASCII)
_BASIC = re.compile(r"(19|20)\d{6}", re.ASCII)
_MONTH_YEAR = re.compile(r"(?:(\d{1,2})[./-](\d{4})|(\d{4})[/.](\d{2}))", re.ASCII)
_CANONICAL = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?|-[qh]\d)?", re.ASCII)
_YEARS = re.compile(r"(\d{4}) ?[-–—/] ?(\d{4})", re.ASCII)
_FISCAL = re.compile(r"(?:.*\D)?\d{4} ?[-–—/] ?\d{2}", re.ASCII)
_RANGE = re.compile(
    r"(.+?)(?: ?[–—] ?| - |(?<=[^\W\d_])-(?=[^\W\d_])|(?<=\d)-(?=[^\W\d_]\d)| ?/ ?(?=\d{4}(?:-|$))|(?<=[\d.])-(?=\d{1,2}\.? [^\W\d_]))(.+)"
)
# "2024–" and "–2024" leave one end open.
_DASHES = ("-", "–", "—")
_OF_ORDER = {"dmy": (2, 1, 0), "mdy": (2, 0, 1), "ymd": (0, 1, 2)}


@dataclass
class Orders:
    """In which order the unambiguous texts of a column write day, month and year: for each sign between them and length of the year.

    8/22/22 shows nothing of 06/08/2024, which somebody else may have written.
    """

    seen: dict[tuple[str, int], set[str]] = field(default_factory=dict)

    def note(self, sign: str, digits: int, order: str) -> None:
        self.seen.setdefault((sign, digits), set()).add(order)

    def decided(self, sign: str, digits: int) -> str | None:
        """The order of those with this sign and so many digits of the year; None where there are none, or any with this sign disagree."""
        with_sign = set().union(*(orders for (other, _digits), orders in self.seen.items() if other == sign))
        return next(iter(with_sign)) if len(with_sign) == 1 and (sign, digits) in self.seen else None


class _Open(Exception):
    """The text has several meanings, among which other cells of the column may decide."""


@dataclass(frozen=True)
class _Context:
    orders: Orders
    settle: bool
    remarks: list[str]


def dates(cells: Sequence[Cell], name: str) -> list[Meaning]:
    """The canonical text of each cell of the field `name`, Noted or Unclear."""
    orders = Orders()
    found = [_meaning(cell, name, orders, settle=False) for cell in cells]
    found = [_meaning(cell, name, orders, settle=True) if meaning is None else meaning for cell, meaning in zip(cells, found, strict=True)]
    return _perhaps_swapped(cells, found, orders)


def days(cells: Sequence[Cell], name: str) -> list[Meaning]:
    """The full day of each cell, Noted or Unclear."""
    return [_day(meaning) for meaning in dates(cells, name)]


def _day(meaning: Meaning) -> Meaning:
    if isinstance(meaning, Noted):
        day = _day(meaning.value)
        return day if isinstance(day, Unclear) else Noted(day, meaning.rule, meaning.facts)
    if isinstance(meaning, Unclear):
        return meaning
    return date.fromisoformat(meaning) if len(meaning) == 10 and "/" not in meaning else Unclear("not-a-day")


def _meaning(cell: Cell, name: str, orders: Orders, *, settle: bool) -> Meaning:
    """None where the column has still to decide (only before `settle`)."""
    try:
        if isinstance(cell, str):
            return _of_text(cell, name, _Context(orders, settle, []))
        if isinstance(cell, date):
            return checked((cell.date() if isinstance(cell, datetime) else cell).isoformat())
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            return _of_number(cell)
    except _Open:
        return Unclear("ambiguous-date") if settle else None
    except Unclear as unclear:
        return unclear
    except ValueError:
        pass
    return Unclear("not-a-date")


def _of_number(cell: int | float) -> Meaning:
    """A year, a day written as 20250702, or the number of a day as spreadsheets count them."""
    if not abs(cell) < 1e9:  # NaN is below nothing
        raise ValueError(cell)
    whole = int(cell)
    if whole == cell and (whole in YEARS or _BASIC.fullmatch(str(whole))):
        return _of_digits(str(whole))
    if whole in _SERIALS:
        day = checked((_EPOCH + timedelta(days=whole)).isoformat())
        return Noted(day, "serial-date", {"taken": day})
    raise ValueError(cell)


def _of_digits(text: str) -> str:
    return checked(text if len(text) == 4 else f"{text[:4]}-{text[4:6]}-{text[6:]}")


def _of_text(text: str, name: str, context: _Context) -> Meaning:
    if len(text) == 10 and text[4] == "-" and text[7] == "-" and text.isascii():
        return checked(date.fromisoformat(text).isoformat())
    written = folded(text).strip(" ,;")
    if len(written) > 80:
        raise Unclear("not-a-date")
    if written.isdigit() and len(written) != 4:
        return _of_number(int(written)) if written.isascii() and len(written) in (5, 8) else Unclear("not-a-date")
    if written[:1] in _DASHES or written[-1:] in _DASHES:
        raise Unclear("end-without-start" if written[:1] in _DASHES else "start-without-end")
    if canonical := _period(written, context):
        return _noted(checked(canonical), context)
    return _half_open(written, name, context)


def _noted(canonical: str, context: _Context) -> Meaning:
    return Noted(canonical, context.remarks[0], {"taken": canonical}) if context.remarks else canonical


def _half_open(written: str, name: str, context: _Context) -> Meaning:
    """“Until 27/7/2022” is all that an end asks for, but no period; likewise “from 2024” for a start."""
    for kind, fields, rule in (("until", ENDS, "end-without-start"), ("from", STARTS, "start-without-end")):
        if (rest := calendar.without_first(written, kind)) and (canonical := _single(rest, context)):
            if name not in fields:
                raise Unclear(rule)
            return Noted(checked(canonical), "word-left-out", {"taken": canonical})
    if calendar.is_vague(written) or _FISCAL.fullmatch(written):
        raise Unclear("open-period")
    raise Unclear("not-a-date")


def _period(written: str, context: _Context) -> str | None:
    """Canonical text of a date or of two; None if it is none of the known forms."""
    return _single(written, context) or _interval(written, context)


def _single(written: str, context: _Context) -> str | None:
    if _CANONICAL.fullmatch(written):
        return written.upper()
    written = _TIME.sub("", written)
    if match := _NUMERIC.fullmatch(written):
        return _numeric(match, context)
    if (match := _YEAR_FIRST.fullmatch(written)) and written.count(match[2]) >= 2:
        return _iso(int(match[1]), int(match[3]), int(match[4]))
    if match := _MONTH_YEAR.fullmatch(written):
        return _month(match)
    return _of_words(written, context)


def _iso(year: int, month: int, day: int) -> str:
    return date(year, month, day).isoformat()


def _month(match: re.Match[str]) -> str | None:
    """07/2025 and 2025/07. What could be two years (2010/11) or is no month (2024/25) is none."""
    month, year = int(match[1] or match[4]), int(match[2] or match[3])
    if month not in range(1, 13) or (match[3] and month == (year + 1) % 100):
        return None
    return f"{year}-{month:02}"


def _numeric(match: re.Match[str], context: _Context) -> str:
    """Three numbers: the order is known if only one gives a date, if all give the same, or if the column's other dates show it."""
    numbers, sign = (match[1], match[3], match[4]), match[2]
    readings = {order: day for order in _possible_orders(numbers, sign) if (day := _in_order(numbers, order))}
    if not readings:
        raise Unclear("not-a-date")
    if len(readings) == 1:
        context.orders.note(sign, len(numbers[2]), next(iter(readings)))
    if len(set(readings.values())) > 1:
        order = context.orders.decided(sign, len(numbers[2])) if context.settle else None
        if order not in readings:
            raise _Open
        readings = {order: readings[order]}
    if len(numbers[2]) == 2:
        context.remarks.append("two-digit-year")
    return next(iter(readings.values()))


def _possible_orders(numbers: tuple[str, str, str], sign: str) -> tuple[str, ...]:
    """With a two-digit year and dashes, the year can stand first, as in Sweden."""
    return ("dmy", "mdy", "ymd") if sign == "-" and len(numbers[2]) == 2 and len(numbers[0]) == 2 else ("dmy", "mdy")


@lru_cache(maxsize=65536)
def _in_order(numbers: tuple[str, str, str], order: str) -> str | None:
    year, month, day = (numbers[place] for place in _OF_ORDER[order])
    full = int(year) if len(year) == 4 else _full_year(int(year))
    try:
        return checked(_iso(full, int(month), int(day)))
    except ValueError:
        return None


def _full_year(two_digits: int) -> int:
    return _CENTURIES.get(two_digits, 0) + two_digits


def _of_words(written: str, context: _Context) -> str | None:
    """2 July 2025, July 2025, Q3 2025, 1. Halbjahr 2024: words and numbers in any order that leaves no doubt."""
    read = calendar.read(written)
    if read is None:
        return None
    if read.two_digit_year is not None:
        context.remarks.append("two-digit-year")
        return read.canonical(_full_year(read.two_digit_year))
    return read.canonical()


def _interval(written: str, context: _Context) -> str | None:
    """Two dates and what stands between them; the first may leave to the second what they share: Jan–Mar 2025, 12–14 May 2025."""
    if match := _YEARS.fullmatch(written):
        return f"{match[1]}/{match[2]}"
    written = calendar.without_first(written, "from") or written
    for first, last in [*calendar.split_at_words(written), *_split_at_signs(written)]:
        end = _single(last, context) if first else None
        start = end and (_single(first, context) or _completed(first, end, context))
        if start and end:
            return f"{start}/{end}"
    return None


def _split_at_signs(written: str) -> list[tuple[str, str]]:
    match = _RANGE.fullmatch(written)
    return [(match[1].strip(" ."), match[2].strip(" ."))] if match else []


def _completed(first: str, end: str, context: _Context) -> str | None:
    """The start that takes its year, or its month and year, from the end."""
    if re.fullmatch(r"\d{1,2}\.?", first, re.ASCII):
        return f"{end[:8]}{int(first.rstrip('.')):02}" if len(end) == 10 else None
    if re.search(r"\d{4}", first):
        return None
    start = _single(f"{first} {end[:4]}", context)
    return start if start and 4 < len(start) == len(end) else None


def _perhaps_swapped(cells: Sequence[Cell], found: list[Meaning], orders: Orders) -> list[Meaning]:
    """A program that reads 03/04 as March leaves 25/12 as text: then all its dates have a day up to 12, and none of the texts has."""
    moments = [index for index, cell in enumerate(cells) if isinstance(cell, date)]
    if (
        len(moments) < 5
        or "dmy" not in (orders.decided("/", 4), orders.decided("/", 2))
        or any(getattr(cells[index], "day", 13) > 12 for index in moments)
    ):
        return found
    if any(
        isinstance(meaning, str) and isinstance(cell, str) and _NUMERIC.fullmatch(cell) and int(meaning[8:10]) < 13
        for cell, meaning in zip(cells, found, strict=True)
    ):
        return found
    noted = set(moments)
    return [
        Noted(meaning, "perhaps-swapped", {"taken": meaning}) if index in noted and isinstance(meaning, str) else meaning
        for index, meaning in enumerate(found)
    ]
