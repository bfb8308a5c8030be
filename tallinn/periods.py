"""Dates as precise as their source: day, month, quarter, half-year, year, or an interval of two of them.

One canonical text holds date and precision: 2025-07-02, 2025-07, 2025-Q3, 2025-H1, 2025, 2022/2024 (after ISO 8601).
How people write dates is read in tallinn.ingest.dates.
"""

from datetime import date

# No date in these data lies outside: what does is a slip of the pen, or the day on which a spreadsheet's calendar begins.
YEARS = range(1990, 2101)


def checked(canonical: str) -> str:
    """The text itself, if a calendar and these data have such a date. Raises ValueError."""
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
