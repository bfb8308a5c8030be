"""The way of the money once more, slowly: plain loops over judged contributions, without the package."""

from collections.abc import Mapping
from decimal import Decimal

from tests.twin import Judged

LARGEST = 8
NAMELESS = ("not_stated", "several", "several_categories")

Stops = tuple[str, str, str, str, str]
"""Donor, channel, implementer, kind of support, sector."""
Bands = dict[tuple[int, str, str], Decimal]


def flow(judged: list[Judged], projects: Mapping[str, Mapping[str, str | None]], stage: str) -> Bands:
    """Euros of one stage from each stop to the next, by the column that they leave."""
    paths = [(stops(found, projects), euros) for found in judged if (euros := of_stage(found, stage))]
    shown = [alone([(path[column], euros) for path, euros in paths]) for column in range(5)]
    shown[0] = {path[0] for path, _euros in paths}
    bands: Bands = {}
    for path, euros in paths:
        drawn = [stop if stop in shown[column] else "others" for column, stop in enumerate(path)]
        for column in range(4):
            key = (column + 1, drawn[column], drawn[column + 1])
            bands[key] = bands.get(key, Decimal(0)) + euros
    return bands


def of_stage(found: Judged, stage: str) -> Decimal | None:
    if stage == "pledge":
        return found.still_pledged
    return found.euros if (found.commits if stage == "commitment" else found.disburses) else None


def stops(found: Judged, projects: Mapping[str, Mapping[str, str | None]]) -> Stops:
    """What pays for several goes to several and is not divided."""
    paid_for = [projects[one] for one in (found.row.project_ids or "").split("; ") if one in projects]
    implementer, category, sector = (
        one_of([project[field] for project in paid_for], several)
        for field, several in (("implementers", "several"), ("category", "several_categories"), ("sector", "several"))
    )
    return found.row.donor_id, found.row.channel or "not_stated", implementer, category, sector


def one_of(stated: list[str | None], several: str) -> str:
    """The one that is stated; several where it is a list or projects differ."""
    named = {value for value in stated if value}
    if not named:
        return "not_stated"
    return several if len(named) > 1 or any("; " in value for value in named) else named.pop()


def alone(amounts: list[tuple[str, Decimal]]) -> set[str]:
    """The stops of a column that are not told together."""
    sums: dict[str, Decimal] = {}
    for stop, euros in amounts:
        sums[stop] = sums.get(stop, Decimal(0)) + euros
    named = sorted((stop for stop in sums if stop not in NAMELESS), key=lambda stop: (-sums[stop], stop))
    return {*named[:LARGEST], *NAMELESS}
