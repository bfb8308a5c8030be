"""Where a date of a given precision begins and ends, and where marks on a time axis would touch."""

from datetime import date, timedelta

MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


def last_day(start: date, precision: str | None) -> date:
    """The last day of the period that begins on `start`: 31 December for a year, the day itself for a day."""
    months = MONTHS.get(precision or "day", 0)
    if not months:
        return start
    month = start.month - 1 + months
    return date(start.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def first_day(end: date, precision: str | None) -> date:
    """The first day of the period that ends on `end`."""
    months = MONTHS.get(precision or "day", 0)
    if not months:
        return end
    month = end.year * 12 + end.month - months
    return date(month // 12, month % 12 + 1, 1)


def middle(start: date, precision: str | None) -> date:
    """Where to mark a period on a time axis."""
    return start + (last_day(start, precision) - start) / 2


def lanes(days: list[date], *, part: float = 0.055) -> list[int]:
    """A lane for each day, such that marks in one lane stay at least `part` of the whole span apart."""
    if not days:
        return []
    gap = max((max(days) - min(days)) * part, timedelta(days=1))
    taken: list[date] = []
    chosen = {}
    for at, day in sorted(enumerate(days), key=lambda pair: pair[1]):
        lane = next((n for n, last in enumerate(taken) if day - last >= gap), len(taken))
        taken[lane : lane + 1] = [day]
        chosen[at] = lane
    return [chosen[at] for at in range(len(days))]
