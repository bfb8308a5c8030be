"""Activities as rows of projects."""

from decimal import Decimal
from typing import Any

from tallinn.datasets import code_lists, datasets
from tallinn.ingest.reader.activity import ACTUAL_END, ACTUAL_START, PLANNED_END, PLANNED_START, Activity
from tallinn.ingest.reader.elements import WHOLE
from tallinn.ingest.reader.made import Made, made_of

SHEET = "Activities"
COLUMNS = (
    "project_id",
    "title",
    "description",
    "donor_ids",
    "implementers",
    "beneficiary",
    "status",
    "planned_start",
    "planned_end",
    "actual_start",
    "actual_end",
    "budget",
    "currency",
    "source_url",
    "source_publisher",
    "note",
)
CENT = Decimal("0.01")


class Projects:
    """The sheet of activities."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def add(self, activity: Activity) -> None:
        budget, currency, about_budget = _budget(activity)
        self.rows.append(
            {
                "project_id": activity.identifier,
                "title": activity.title,
                "description": activity.description,
                "donor_ids": "; ".join(activity.donors),
                "implementers": "; ".join(name.replace(";", ",") for name in activity.implementers),
                "beneficiary": activity.beneficiaries,
                "status": _status(activity.status),
                "planned_start": activity.date(PLANNED_START),
                "planned_end": activity.date(PLANNED_END),
                "actual_start": activity.date(ACTUAL_START),
                "actual_end": activity.date(ACTUAL_END),
                "budget": budget,
                "currency": currency,
                "source_url": activity.web_page,
                "source_publisher": activity.publisher,
                "note": f"IATI activity {activity.identifier}. {about_budget}".strip(),
            }
        )

    def sheet(self, published: dict[str, Any]) -> Made:
        titles = [datasets()["projects"].field(name).title for name in COLUMNS]
        return made_of(SHEET, [titles, *([row[name] for name in COLUMNS] for row in self.rows)], published=published)


def _status(code: str | None) -> str | None:
    """The name of a status; a code that is on no list stays as it is, for the finding that says so."""
    return next((row["name"] for row in code_lists()["activity_status"].rows if row["iati_code"] == code), code)


def _budget(activity: Activity) -> tuple[float | None, str | None, str]:
    """Budget, its currency, and what the note has to say about them."""
    budget = activity.budget
    if budget.amount is None or activity.share == WHOLE:
        return None if budget.amount is None else float(budget.amount), budget.currency, budget.reason
    published = f"{budget.amount:,.2f} {budget.currency or ''}".strip()
    if not activity.share:
        return None, None, f"The budget of {published} is for several countries, without a share for Ukraine."
    share = (budget.amount * activity.share / WHOLE).quantize(CENT)
    return float(share), budget.currency, f"The budget is Ukraine's published share, {activity.share.normalize():f} % of {published}."
