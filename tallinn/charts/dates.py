"""Dates on an axis in the reader's language: the browser's Plotly knows English months alone, so the ticks are chosen and worded here."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date

from tallinn.wording import locale

DAYS = (1, 2, 7, 14)
MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
"""How far apart ticks may stand."""
MOST = 6


def worded(data: list[dict[str, Any]], layout: dict[str, Any]) -> dict[str, Any]:
    """The layout with ticks on each horizontal axis of dates that has none of its own."""
    bare = [name for name, axis in layout.items() if name.startswith("xaxis") and axis.get("type") == "date" and "tickvals" not in axis]
    days = {name: layout[name].get("range") or _drawn(data, name.replace("axis", "")) for name in bare}
    return {**layout, **{name: {**layout[name], **_ticks(days[name], layout[name].get("nticks", MOST))} for name in bare if days[name]}}


def _drawn(data: list[dict[str, Any]], axis: str) -> list[Any]:
    """All dates that are drawn along an axis."""
    return [day for trace in data if trace.get("xaxis", "x") == axis for day in trace.get("x") or () if day is not None]


def _ticks(days: list[Any], most: int) -> dict[str, Any]:
    """The closest ticks that are no more than `most`, between the first and the last of these days."""
    known = [date.fromisoformat(str(day)[:10]) for day in days]
    found = next(ticks for ticks in _choices(min(known), max(known)) if len(ticks) <= most)
    return {"tickmode": "array", "tickvals": [str(day) for day in found], "ticktext": list(_words(found))}


def _choices(first: date, last: date) -> Iterator[list[date]]:
    """Ticks at the beginnings of months, or of days where there are few months; the closest first."""
    if (last - first).days < 2 * 30:
        yield from ([first + timedelta(n) for n in range(0, (last - first).days + 1, step)] for step in DAYS)
    start, end = (day.year * 12 + day.month - 1 for day in (first, last))
    for step in MONTHS:
        months = range(start + (-start % step), end + 1, step)
        yield [day for day in (date(month // 12, month % 12 + 1, 1) for month in months) if day >= first]
    yield []


def _words(ticks: list[date]) -> Iterator[str]:
    """Years alone where each tick begins one; else the month or day, with the year under it where another begins."""
    if all((day.month, day.day) == (1, 1) for day in ticks):
        yield from (str(day.year) for day in ticks)
        return
    form = "LLL" if all(day.day == 1 for day in ticks) else "d MMM"
    for before, day in zip([None, *ticks], ticks, strict=False):
        words = format_date(day, form, locale=locale())
        yield words if before and before.year == day.year else f"{words}<br>{day.year}"
