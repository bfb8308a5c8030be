"""Invented attacks: a list of incidents day by day, and the counts that bodies publish of them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from tallinn.demonstration.facts import FIRST_DAY, LAST_DAY, Fact, parts, sourced

INCIDENTS = 40_000
SEVERITIES = {"low": 46, "medium": 31, "high": 12, "critical": 3, None: 8}
GROUPS = [None, None, None, "example group A", "example group B", "sample group C (suspected)"]
SERIES = {"cert-ua-processed": 1, "cert-ua-automated": 900, "scpc-detection-system": 0.4, "ssu-neutralised": 1.3}
"""How many cases each series counts for one incident of the list."""
BROKEN_DOWN = {"sector": "sector", "type": "type", "severity": "severity"}
YEARS = range(FIRST_DAY.year, LAST_DAY.year + 1)


def invent_incidents(draw: Random, scale: float) -> list[Fact]:
    """The incidents in the order of their days; they grow more from year to year."""
    count, days = round(INCIDENTS * scale), (LAST_DAY - FIRST_DAY).days + 1
    weights = list(accumulate(1 + day / days for day in range(days)))
    chosen = sorted(draw.choices(range(days), cum_weights=weights, k=count))
    attacks, targets = _drawn(draw, "attacks", count), _drawn(draw, "targets", count)
    severities = draw.choices(list(SEVERITIES), list(SEVERITIES.values()), k=count)
    groups = draw.choices(GROUPS, k=count)
    return [
        _incident(number, FIRST_DAY + timedelta(days=day), attack, target, severity=severity, attributed_to=group)
        for number, (day, attack, target, severity, group) in enumerate(zip(chosen, attacks, targets, severities, groups, strict=True), 1)
    ]


def _drawn(draw: Random, name: str, count: int) -> list[dict[str, str]]:
    rows = parts(name)
    return draw.choices(rows, [int(row["weight"]) for row in rows], k=count)


def _incident(number: int, day: date, attack: Mapping[str, str], target: Mapping[str, str], **said: Any) -> Fact:
    row = {
        "incident_id": f"X-{number:05}",
        "date": str(day),
        "name": attack["name"].format(target=target["target"]),
        "target": target["target"],
        "sector": target["sector"],
        "type": attack["type"],
        "impact": attack["impact"],
        **said,
    }
    return Fact(sourced(row, f"incidents/{day.year}"), day)


def invent_counts(draw: Random, incidents: Sequence[Fact]) -> list[Fact]:
    """What four bodies say they counted: each month and year in all, each year by sector, type and severity; one report contradicts."""
    periods = [*_months(), *((date(year, 1, 1), min(date(year, 12, 31), LAST_DAY)) for year in YEARS)]
    counted = [(first, last, [fact for fact in incidents if first <= fact.day <= last]) for first, last in periods]
    facts: list[Fact] = []
    for series, times in SERIES.items():
        for first, last, within in counted:
            facts.append(_count(len(facts), series, first, last, ("total", "all", round(len(within) * times * draw.uniform(0.97, 1.03)))))
            if first.month == 1 and last.month > 1:
                facts += [_count(len(facts) + at, series, first, last, part) for at, part in enumerate(_parts(within, times))]
    first, last = date(YEARS[1], 1, 1), date(YEARS[1], 12, 31)
    other = next(fact.row["count"] for fact in facts if (fact.row["period_start"], fact.row["period_end"]) == (first, last))
    return [*facts, _count(len(facts), next(iter(SERIES)), first, last, ("total", "all", other + 3))]


def _months() -> Iterator[tuple[date, date]]:
    """First and last day of each month."""
    firsts = [date(year, month, 1) for year in YEARS for month in range(1, 13)]
    for first in firsts:
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        if last <= LAST_DAY:
            yield first, last


def _parts(incidents: Sequence[Fact], times: float) -> Iterator[tuple[str, str, int]]:
    for dimension, name in BROKEN_DOWN.items():
        values = Counter(value for fact in incidents for value in (fact.row[name] or "").split("; ") if value)
        yield from ((dimension, value, round(count * times)) for value, count in values.most_common())


def _count(at: int, series: str, first: date, last: date, counted: tuple[str, str, int]) -> Fact:
    dimension, value, count = counted
    row = {
        "count_id": f"Z-{at + 1:04}",
        "series": series,
        "period_start": first,
        "period_end": last,
        "dimension": dimension,
        "value_name": value,
        "count": count,
    }
    return Fact(sourced(row, f"counts/{series}"), last)
