"""Money and delivery of single projects once more, slowly: plain Python, by the words of the Methodology, without the package."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests import twin
from tests.twin_files import Contribution

DAYS = 30
POINTS = 25
ENDED = ("3", "4")
NO_AMOUNT = ("no_exchange_rate", "amount_unknown", "in_kind_without_value")
Said = tuple[str, str]
"""What a rule says (yes, no, unknown, not_applicable), and why."""


@dataclass(frozen=True)
class Project:
    """A project as far as the rules need it."""

    project_id: str
    status: str | None = None
    start: str | None = None
    end: str | None = None
    planned_start: str | None = None
    planned_end: str | None = None
    actual_start: str | None = None
    actual_end: str | None = None


# Money


def named_by(row: Contribution) -> set[str]:
    return set((row.project_ids or "").split("; ")) - {""}


def money(rows: list[Contribution], project_id: str) -> dict[str, twin.Figures]:
    """What each donor has given to the project, related support too; what pays for several projects is in no sum."""
    concerned = [row for row in rows if project_id in named_by(row)]
    return {donor: _of_donor(rows, project_id, donor) for donor in {row.donor_id for row in concerned}}


def _of_donor(rows: list[Contribution], project_id: str, donor: str) -> twin.Figures:
    by_id = {row.contribution_id: row for row in rows}
    counted = {row.contribution_id: row for row in rows if twin.reason(row, "related") is None}
    concerned = [row for row in rows if project_id in named_by(row) and row.donor_id == donor]
    alone = [row for row in concerned if named_by(row) == {project_id}]
    of_project = {key: row for key, row in counted.items() if named_by(row) == {project_id}}
    committed, paid = (
        twin.total(twin.euros(row.amount, row) for row in alone if twin.enters(row, stage, by_id, of_project))
        for stage in ("commitment", "disbursement")
    )
    return {
        "pledged_eur": twin.total(twin.euros(row.amount, row) for row in alone if row.contribution_id in counted and row.stage == "pledge"),
        "committed_eur": committed,
        "disbursed_eur": paid,
        "not_yet_disbursed_eur": twin.total([committed, None if paid is None else -paid]),
        "pledged_not_committed_eur": twin.total(twin.still_pledged(row, by_id, counted) for row in alone),
        "rows_on_file": len(concerned),
        "rows_shared": len(concerned) - len(alone),
        "rows_without_amount": sum(twin.reason(row, "related") in NO_AMOUNT for row in alone),
    }


# Dates


def life(project: Project, today: date) -> dict[str, tuple[date, date]]:
    """First and last day of each date of the project, by what it is."""
    known: dict[str, tuple[date, date]] = {}
    start, end = project.start, project.end
    if start and start != project.planned_start:
        first = twin.span(start)[0]
        if project.status == "1" or first > today:
            known["planned_start"] = twin.span(start)
        elif project.status in ("2", "3", "4"):
            known["actual_start"] = twin.span(start)
    if end and end != project.planned_end:
        last = twin.span(end)[1]
        if project.status in ("1", "2", "6") or last > today:
            known["planned_end"] = twin.span(end)
        elif project.status in ENDED:
            known["actual_end"] = twin.span(end)
    stated = {name: getattr(project, name) for name in ("planned_start", "planned_end", "actual_start", "actual_end")}
    return known | {name: twin.span(when) for name, when in stated.items() if when}


# Rules


def delivery(project: Project, rows: list[Contribution], today: date) -> dict[str, Said]:
    """What each rule says of the project on a day."""
    known = life(project, today)
    is_over = "actual_end" in known or project.status in ("3", "4", "5")
    if is_over:
        return dict.fromkeys(("late_start", "past_end", "paid_slower", "paid_faster"), ("not_applicable", "over"))
    return {"late_start": _start(project, known, today), "past_end": _end(project, known, today), **_pace(project, known, rows, today)}


def _judged(days: int, why: str) -> Said:
    return ("yes" if days > DAYS else "no", why)


def _start(project: Project, known: Mapping[str, tuple[date, date]], today: date) -> Said:
    if "planned_start" not in known:
        return ("unknown", "no_planned_start")
    latest = known["planned_start"][1]
    if "actual_start" in known:
        return _judged((known["actual_start"][0] - latest).days, "began")
    if project.status == "1" or latest >= today:
        return _judged((today - latest).days, "not_begun")
    return ("unknown", "no_actual_start")


def _end(project: Project, known: Mapping[str, tuple[date, date]], today: date) -> Said:
    if "planned_end" not in known:
        return ("unknown", "no_planned_end")
    latest = known["planned_end"][1]
    if project.status is None and latest < today:
        return ("unknown", "no_status")
    return _judged((today - latest).days, "not_ended")


def _pace(project: Project, known: Mapping[str, tuple[date, date]], rows: list[Contribution], today: date) -> dict[str, Said]:
    why, ahead = _points_ahead(project, known, rows, today)
    if why == "not_under_way":
        return dict.fromkeys(("paid_slower", "paid_faster"), ("not_applicable", why))
    if ahead is None:
        return dict.fromkeys(("paid_slower", "paid_faster"), ("unknown", why))
    return {"paid_slower": ("yes" if -ahead > POINTS else "no", why), "paid_faster": ("yes" if ahead > POINTS else "no", why)}


def _points_ahead(
    project: Project, known: Mapping[str, tuple[date, date]], rows: list[Contribution], today: date
) -> tuple[str, float | None]:
    """By how many percentage points the money is ahead of the time, or why that cannot be said."""
    if project.status is None:
        return "no_status", None
    if project.status != "2":
        return "not_under_way", None
    begins, ends = known.get("actual_start") or known.get("planned_start"), known.get("planned_end")
    if not begins or not ends or begins[0] >= ends[1]:
        return "no_dates", None
    concerned = [row for row in rows if project.project_id in named_by(row)]
    if any(twin.reason(row, "related") is None and named_by(row) != {project.project_id} for row in concerned):
        return "shared_money", None
    if any(twin.reason(row, "related") in NO_AMOUNT for row in concerned):
        return "no_amount", None
    sums = money(rows, project.project_id).values()
    committed, paid = (twin.total(donor[name] for donor in sums) for name in ("committed_eur", "disbursed_eur"))
    if committed is None or committed <= 0:
        return "no_commitment", None
    if paid is None:
        return "no_payment", None
    elapsed = min(max((today - begins[0]).days / (ends[1] - begins[0]).days, 0), 1)
    return "paid", 100 * (float(paid / Decimal(committed)) - elapsed)
