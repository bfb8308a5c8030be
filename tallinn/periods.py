"""Dates as precise as their source: day, month, quarter, half-year, year, or an interval of two of them.

One canonical text holds date and precision: 2025-07-02, 2025-07, 2025-Q3, 2025-H1, 2025, 2022/2024 (after ISO 8601).
"""

import re
from datetime import date, datetime

# No date in these data lies outside: what does is a slip of the pen, or the day on which a spreadsheet's calendar begins.
YEARS = range(1990, 2101)
_QUARTER_OR_HALF = re.compile(r"(?:([QH])([1-4])[ /-]?([0-9]{4})|([0-9]{4})[ /-]?([QH])([1-4]))", re.IGNORECASE)
_NUMERIC_DATE = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})")
_INTERVAL = re.compile(r"(.+?)\s*(?:/| to | – |–| - )\s*(.+)|([0-9]{4})-([0-9]{4})")
_ISO = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


class Ambiguous(ValueError):
    """The text can mean two dates, such as 03/04/2025."""


def parse(value: object) -> str:
    """The canonical text of a date as people write it. Raises Ambiguous or ValueError; never guesses."""
    canonical = _canonical(value)
    first, last = bounds(canonical)
    if first > last:
        raise ValueError("the period ends before it starts")
    if first.year not in YEARS or last.year not in YEARS:
        raise ValueError("no year that these data speak of")
    return canonical


def bounds(canonical: str) -> tuple[date, date]:
    """First and last day of a canonical text. Raises ValueError for a day that no calendar has."""
    if "/" in canonical:
        first, last = canonical.split("/")
        return bounds(first)[0], bounds(last)[1]
    year = int(canonical[:4])
    if len(canonical) == 10:
        day = date.fromisoformat(canonical)
        return day, day
    first_month, months = _months(canonical)
    return date(year, first_month, 1), _last_day(year, first_month + months - 1)


def precision(canonical: str) -> str:
    """day, month, quarter, half-year, year or interval."""
    if "/" in canonical:
        return "interval"
    return {10: "day", 4: "year"}.get(len(canonical)) or {"Q": "quarter", "H": "half-year"}.get(canonical[5], "month")


def _canonical(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(str(value).split())
    return _single(text) or _interval(text)


def _single(text: str) -> str | None:
    if _ISO.fullmatch(text):
        return text
    if match := _QUARTER_OR_HALF.fullmatch(text):
        letter, number, year = (match[1], match[2], match[3]) if match[1] else (match[5], match[6], match[4])
        if letter.upper() == "H" and int(number) > 2:
            raise ValueError("a year has two halves")
        return f"{year}-{letter.upper()}{number}"
    if match := _NUMERIC_DATE.fullmatch(text):
        return _numeric(int(match[1]), int(match[2]), int(match[3]))
    return None


def _numeric(first: int, second: int, year: int) -> str:
    """Day and month in either order, only where one of them cannot be a month."""
    if first <= 12 and second <= 12 and first != second:
        raise Ambiguous("day and month can be swapped")
    day, month = (first, second) if second <= 12 else (second, first)
    return date(year, month, day).isoformat()


def _interval(text: str) -> str:
    if match := _INTERVAL.fullmatch(text):
        first, last = _single(match[1] or match[3]), _single(match[2] or match[4])
        if first and last:
            return f"{first}/{last}"
    raise ValueError("not a date")


def _months(canonical: str) -> tuple[int, int]:
    """First month and number of months of a canonical text without a day."""
    if len(canonical) == 4:
        return 1, 12
    mark, number = canonical[5], canonical[5:]
    if mark == "Q":
        return 3 * int(number[1]) - 2, 3
    if mark == "H":
        return 6 * int(number[1]) - 5, 6
    return int(number), 1


def _last_day(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
