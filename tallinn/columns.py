"""What the columns of answers are called, and what kind of values they hold."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

import pandas as pd
from pandas.api.types import is_numeric_dtype

from tallinn.datasets import datasets
from tallinn.languages import language
from tallinn.wording import _, later

Kind = Literal["text", "long", "amount", "number", "average", "share", "change", "date", "link", "donor", "project", "yes"]
KINDS: dict[str, Kind] = {"number": "amount", "integer": "number", "boolean": "yes", "date": "date", "text": "long"}
"""Kinds of column by the kinds and types that schemas give to fields. A donor or a project has a page of its own to go to."""


@dataclass(frozen=True)
class Column:
    """A column's title and kind. `blank`: nothing in it means nothing, not that something is missing."""

    title: str
    kind: Kind = "text"
    blank: bool = False


MADE_BY_QUERIES = {
    "donor_id": Column("Donor code", "donor"),
    "project_id": Column("Project ID", "project"),
    "donor": Column("Donor"),
    "donors": Column("Donors"),
    "stage_name": Column("Stage"),
    "amount": Column("Original amount", "amount"),
    "amount_eur": Column("EUR", "amount"),
    "committed_eur": Column("Committed, EUR", "amount"),
    "disbursed_eur": Column("Disbursed, EUR", "amount"),
    "not_yet_disbursed_eur": Column("Not yet disbursed, EUR", "amount"),
    "pledged_not_committed_eur": Column("Pledged, not committed, EUR", "amount"),
    "reported_eur": Column("Reported, EUR", "amount"),
    "of_eur": Column("Of, EUR", "amount"),
    "rate": Column("ECB rate", "number", blank=True),
    "rate_date": Column("Rate date", blank=True),
    "rate_basis": Column("Rate basis"),
    "rate_period": Column("Mean over", blank=True),
    "counts": Column("Counts", "yes"),
    "reason": Column("Why not counted", blank=True),
    "reason_name": Column("Why not counted", blank=True),
    "delivery": Column("Delivery"),
    "state": Column("What has become of it"),
    "within_name": Column("Within the Mechanism"),
    "category_name": Column("Category"),
    "status_name": Column("Status"),
    "delivery_name": Column("Delivery"),
    "days_late": Column("Days late", "number", blank=True),
    "role_name": Column("Role"),
    "sector_name": Column("Sector"),
    "type_name": Column("Type"),
    "severity_name": Column("Severity"),
    "organisation_type_name": Column("Kind of organisation"),
    "freshness": Column("How recent"),
    "freshness_name": Column("How recent"),
    "figures_of": Column("Last report or source", "date"),
    "known_from": Column("Known from", blank=True),
    "days_old": Column("Days before the release", "number"),
    "priority_name": Column("Priority"),
    "state_name": Column("What has become of it"),
    "projects_with_money": Column("Of them with money committed", "number"),
    "capabilities": Column("Offers of this kind", "number"),
    "dataset_name": Column("Dataset"),
    "row_id": Column("Row"),
    "rule_name": Column("Rule"),
    "level_name": Column("How weighty"),
    "files": Column("Files", "number"),
    "remarks": Column("Remarks", "number"),
    "file_names": Column("In the files", "long"),
    "remedy_name": Column("What would raise it", "long"),
    "rows_good": Column("Rows that keep it", "number"),
    "of_rows": Column("Rows", "number"),
    "share_good": Column("Part", "share"),
    "position": Column("Column", "number"),
    "source_name": Column("From"),
    "target_name": Column("To"),
    "list_name": Column("List of incidents"),
    "without_date": Column("Without a date", "number"),
    "match_reason": Column("Why it could fit", "long"),
    "every_days": Column("Expected every, days", "number"),
    "verdict": Column("What the donor says"),
    "stated_on": Column("Said on", "date"),
    "date_start": Column("First day", "date"),
    "date_end": Column("Last day", "date"),
    "period_label": Column("Period"),
    "year": Column("Year"),
    "days": Column("Days", "number"),
    "per_day": Column("A day", "average"),
    "count": Column("Count", "number"),
    "incidents": Column("Number", "number"),
    "change_on_year": Column("Change on the year before", "change", blank=True),
    "share_of_total": Column("Share of the total", "share", blank=True),
    "share_itemised": Column("Share itemised", "share"),
    "alternatives": Column("Another report says", blank=True),
    "conflict": Column("Contradicted", "yes"),
    "value_name": Column("Counted"),
    "series_name": Column("Series"),
    "dimension_name": Column("Broken down by"),
    "qualifier_name": Column("How exact"),
    "measure_name": Column("What is counted"),
    "scope": Column("What it covers", "long"),
    "contributions": Column("Contributions on file", "number"),
    "rows": Column("Rows", "number"),
    "projects": Column("Projects", "number"),
    "at_least": Column("At least", "number"),
    "in_mechanism": Column("Within the Mechanism", "number"),
    "related": Column("Related or unclear", "number"),
    "datasets": Column("Datasets"),
    "keys": Column("Row names", "long"),
    "pledged_eur": Column("Pledged, EUR", "amount"),
    "share_of_committed": Column("Share of itemised commitments", "share"),
    "projects_under_way": Column("Projects under way", "number"),
    "projects_late": Column("Projects that are late", "number"),
    "project_titles": Column("Projects that answer it", "long"),
    "note": Column("Note", "long", blank=True),
    "realises": Column("Realises", blank=True),
    "duplicate_of": Column("Duplicate of", blank=True),
    "project_ids": Column("Projects", blank=True),
    "source_url": Column("Link", "link"),
    "source_publisher": Column("Source"),
    "source_date": Column("Source date"),
    "file_name": Column("File"),
    "sheet": Column("Sheet", blank=True),
    "row_number": Column("Row", "number"),
    "submitted_at": Column("Taken in", "date"),
    "sha256": Column("SHA-256"),
}
"""Columns that no dataset has, or that look different here. Titles are translated when a table is made, as those of the schemas are."""

DERIVED: dict[str, tuple[str, Kind | None]] = {
    "name": (later("{column}"), "text"),
    "country": (later("{column}"), "text"),
    "year": (later("{column}: year"), "text"),
    "month": (later("{column}: month"), "text"),
    "different": (later("{column}: how many different ones"), "number"),
    "mean": (later("{column}: mean"), "average"),
    "highest": (later("{column}: highest"), None),
    "lowest": (later("{column}: lowest"), None),
}
"""Columns that are made of another one by what their names end in, and what they look like where it is not as that one."""


@cache
def columns(_language: str) -> dict[str, Column]:
    """Columns of queries by name, with titles in one language: those of the datasets as their schemas describe them, and the rest."""
    fields = (field for dataset in datasets().values() for field in dataset.fields)
    described = {field.name: Column(field.title, KINDS.get(field.kind or field.type, "text")) for field in fields} | MADE_BY_QUERIES
    return {name: replace(column, title=_(column.title)) for name, column in described.items()}


def column(name: str, values: "pd.Series[Any]") -> Column:
    """How a column looks; one that nobody has described has its own name as title and looks like its values."""
    return derived(name, "number" if is_numeric_dtype(values) else "text")


def derived(name: str, otherwise: Kind = "text") -> Column:
    """A column by its name, or by that of the column that it was made of, as the mean of days late is `days_late_mean`."""
    if described := columns(language.get()).get(name):
        return described
    base, _underscore, part = name.rpartition("_")
    of = columns(language.get()).get(base)
    if of is None or part not in DERIVED:
        return Column(name.replace("_", " ").capitalize(), otherwise)
    title, kind = DERIVED[part]
    return Column(_(title).format(column=of.title), kind or of.kind)
