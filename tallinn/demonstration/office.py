"""Invented facts that an office keeps itself: who takes part, what is needed and offered, what happened, what was reported in total."""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tallinn.demonstration.facts import FIRST_DAY, LAST_DAY, Fact, Row, parts, some_day, sourced
from tallinn.settings import DATA

REGISTER_ROWS = 60
ASKERS = ["Ministry of Examples", "Example Response Team", "Sample Infrastructure Operators' Forum"]
OFFERS = ["Two exercises a year for 40 people each", "Experts on call for two weeks", "Licences for 500 computers", "Audit of one register"]
REPORTED = [("2023-12-31", 60), ("2024-12-20", 170), ("2025-06-30", 240), ("2025-12-18", 300), ("2026-09-15", 390)]
"""Days and millions of euro."""


def invent_members() -> list[Fact]:
    """Who takes part is public; everything else about them is left out."""
    with (DATA / "exports" / "members.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    kept = ("organisation_id", "name", "country", "organisation_type", "role")
    return [_fact({**{name: row[name] or None for name in kept}, "joined_on": "2023-12-20"}, "members") for row in rows]


def invent_organisations(draw: Random) -> list[Fact]:
    return [
        _fact(
            {
                "organisation_id": f"org-{number:02}",
                "name": row["organisation"],
                "country": row["country"],
                "organisation_type": row["type"],
                "role": row["role"],
                "services": row["services"],
                "within_mechanism": draw.choice(["yes", "yes", "related"]),
            },
            "organisations",
        )
        for number, row in enumerate(parts("organisations"), start=1)
    ]


SECTORS = ("Energy", None, "Government; Energy", "Telecommunications", "Healthcare")
PRIORITIES = ("high", "medium", None, "low")
"""Not drawn by chance, so that what is drawn after them stays as it was."""


def invent_needs(draw: Random) -> list[Fact]:
    """Each need, stated two or three times by different bodies."""
    stated = [(row, asker) for row in parts("needs") for asker in draw.sample(ASKERS, draw.choice([1, 2, 3]))]
    return [
        _fact(
            {
                "need_id": f"W-{number:03}",
                "need": row["need"],
                "category": row["category"],
                "sector": SECTORS[number % len(SECTORS)],
                "priority": PRIORITIES[number % len(PRIORITIES)],
                "stated_by": asker,
                "addressed_to_mechanism": draw.choice(["yes", "yes", "unclear"]),
                "stated_on": str(some_day(draw, date(2023, 6, 1))),
            },
            "needs",
        )
        for number, (row, asker) in enumerate(stated, start=1)
    ]


def invent_capabilities(draw: Random) -> list[Fact]:
    """What donors offer."""
    rows: list[Row] = [
        {
            "capability_id": f"K-{donor['donor']}-{number}",
            "donor_id": donor["donor"],
            "organisation": draw.choice(parts("organisations"))["organisation"],
            "category": draw.choice(parts("needs"))["category"],
            "description": description,
            "available_from": f"{draw.choice([2024, 2025, 2026])}-Q{draw.choice([1, 2, 3, 4])}",
        }
        for donor in parts("donors")
        for number, description in enumerate(draw.sample(OFFERS, 2), start=1)
    ]
    return [_fact(row, "capabilities") for row in rows]


def invent_milestones() -> list[Fact]:
    rows = ({**row, "project_ids": row["project_ids"] or None} for row in parts("milestones"))
    return [_fact({"milestone_id": f"E-{number:02}", **row}, "milestones") for number, row in enumerate(rows, start=1)]


def invent_totals() -> list[Fact]:
    """What was reported of the whole, from the start to each day."""
    return [
        _fact(
            {
                "total_id": f"R-{number:02}",
                "reported_on": day,
                "amount": Decimal(millions * 1_000_000),
                "currency": "EUR",
                "qualifier": "exact",
                "measure": "cumulative",
                "scope": "everything that sample donors have raised",
                "as_of": f"2022-01-01/{day}",
            },
            "totals",
        )
        for number, (day, millions) in enumerate(REPORTED, start=1)
    ]


def invent_register(draw: Random, scale: float, donors: Sequence[str]) -> list[Fact]:
    """Deliveries of several donors as one recipient lists them: in kind, mostly without a value."""
    facts = []
    for number in range(1, max(round(REGISTER_ROWS * scale), 5) + 1):
        day = some_day(draw, FIRST_DAY, LAST_DAY - timedelta(days=10))
        valued = draw.random() < 0.3
        row = {
            "contribution_id": f"REG-{number:03}",
            "donor_id": draw.choice(donors),
            "stage": "disbursement",
            "in_kind": True,
            "amount": Decimal(draw.randrange(50, 900) * 10_000) if valued else None,
            "currency": "UAH" if valued else None,
            "value_date": str(day),
            "purpose": draw.choice(parts("projects"))["what"].format(place=draw.choice(parts("places"))["place"]),
            "within_mechanism": "related",
        }
        facts.append(_fact(row, "register", day))
    return facts


def _fact(row: Row, page: str, day: date = LAST_DAY) -> Fact:
    return Fact(sourced(row, page), day)
