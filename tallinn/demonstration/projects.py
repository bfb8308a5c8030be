"""Invented projects: what is done where, by whom, from when to when, paid by which donors."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tallinn.demonstration.facts import LAST_DAY, Fact, Row, parts, rounded, some_day, sourced, stated
from tallinn.demonstration.forms import forms

PROJECTS = 400
BEGINS = date(2022, 2, 1)
DAYS = [60, 120, 180, 365, 540, 730, 1095]
WITHIN = {"yes": 86, "related": 10, "unclear": 4}
PLANNED, RUNNING, FINAL, CLOSED = "1", "2", "3", "4"
ENDED = {CLOSED: 80, FINAL: 12, "5": 8}
UNDER_WAY = {RUNNING: 92, "6": 5, "5": 3}
DAYS_LATE = {0: 50, 20: 12, 45: 10, 90: 8, 150: 6, 240: 4, -15: 10}
"""Days by which a project begins or ends after its plan, with how many do."""


def invent_projects(draw: Random, scale: float) -> Mapping[str, Sequence[Fact]]:
    """Donor → its projects, in numbers by the weight of the donor; at least three for each."""
    weights = {row["donor"]: int(row["weight"]) for row in parts("donors")}
    share = PROJECTS * scale / sum(weights.values())
    return {
        donor: [_project(draw, donor, number) for number in range(1, max(round(share * weight), 3) + 1)]
        for donor, weight in weights.items()
    }


def _project(draw: Random, donor: str, number: int) -> Fact:
    kind, place = draw.choice(parts("projects")), draw.choice(parts("places"))
    start = some_day(draw, BEGINS)
    end = start + timedelta(days=draw.choice(DAYS))
    status = _status(draw, start, end)
    row: Row = {
        "project_id": f"D-{donor}-{number:03}",
        "title": f"{kind['what'].format(place=place['place'])}, phase {number}",
        "description": kind["description"],
        "category": kind["category"],
        "donor_ids": "; ".join(_donors(draw, donor)),
        "implementers": "; ".join(_implementers(draw)),
        "beneficiary": place["place"],
        "sector": place["sector"],
        "status": status,
        "start": stated(draw, start) if draw.random() < 0.94 else None,
        "end": stated(draw, end) if draw.random() < (0.95 if end < LAST_DAY else 0.75) else None,
        "budget": rounded(draw.lognormvariate(13.2, 0.8)) if draw.random() < 0.85 else None,
        "currency": "EUR",
        "within_mechanism": draw.choices(list(WITHIN), list(WITHIN.values()))[0],
        "confidence": draw.choice(["high", "high", "medium", "low"]),
    }
    form = forms()[donor]
    earlier: Row = {"status": PLANNED} if status in (RUNNING, CLOSED) and draw.random() < 0.5 else {}
    if "planned_start" in form.says("projects"):
        row = {**row, **_planned_and_actual(row, start, end)}
        earlier = {**earlier, "actual_start": None, "actual_end": None} if earlier else {}
    return Fact(sourced({**row, **form.sheet("projects").decisions.constants}, f"projects/{donor.lower()}"), start, earlier)


def _planned_and_actual(row: Row, start: date, end: date) -> Row:
    """The four dates of a form that has a column for each: what was planned, and what has happened by the last day."""
    draw = Random(row["project_id"])  # noqa: S311 - no secret; apart, so that it changes nothing else that is invented
    began_late, ends_late = draw.choices(list(DAYS_LATE), list(DAYS_LATE.values()), k=2)
    planned_start = start - timedelta(days=began_late)
    planned_end = max(end - timedelta(days=ends_late), planned_start + timedelta(days=min(DAYS)))
    begun, ended = row["status"] != PLANNED, row["status"] in (CLOSED, FINAL)
    return {
        "start": None,
        "end": None,
        "planned_start": stated(draw, planned_start),
        "planned_end": stated(draw, planned_end) if row["end"] else None,
        "actual_start": row["start"] if begun else None,
        "actual_end": row["end"] if ended else None,
    }


def answering(projects: Sequence[Fact], needs: Sequence[Fact]) -> list[Fact]:
    """The projects of a donor, most of them with a need of their category, if its form can name one."""
    by_category: dict[str, list[str]] = {}
    for need in needs:
        by_category.setdefault(need.row["category"], []).append(need.row["need_id"])
    return [_answering(project, by_category.get(project.row["category"], [])) for project in projects]


def _answering(project: Fact, needs: Sequence[str]) -> Fact:
    donor = project.row["donor_ids"].partition("; ")[0]
    draw = Random(f"{project.row['project_id']} answers")  # noqa: S311 - as above
    if not needs or "need_ids" not in forms()[donor].says("projects") or draw.random() > 0.7:
        return project
    return replace(project, row={**project.row, "need_ids": draw.choice(needs)})


def _status(draw: Random, start: date, end: date) -> str | None:
    """The state on the last day; for one in twenty nobody says."""
    if draw.random() < 0.05:
        return None
    if (LAST_DAY - start).days < 60:
        return PLANNED
    states = ENDED if end < LAST_DAY else UNDER_WAY
    return draw.choices(list(states), list(states.values()))[0]


def _donors(draw: Random, donor: str) -> list[str]:
    """The donor whose project it is, first, and sometimes one or two more."""
    others = [row["donor"] for row in parts("donors") if row["donor"] != donor]
    return [donor, *draw.sample(others, draw.choices([0, 1, 2], [80, 15, 5])[0])]


def _implementers(draw: Random) -> list[str]:
    names = [row["organisation"] for row in parts("organisations") if row["role"] in ("implementer", "contractor", "supplier")]
    return draw.sample(names, draw.choices([1, 2, 3], [60, 30, 10])[0])
