"""How each column of an answer looks in a table: its title, its kind, and the words for what is not known."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any, Literal

import pandas as pd
import streamlit as st
from pandas.api.types import is_numeric_dtype

from tallinn.datasets import datasets
from tallinn.wording import _, language

Kind = Literal["text", "long", "amount", "number", "average", "share", "date", "link", "yes"]
NUMBERS = ("amount", "number", "average", "share", "date")
WORDS_WIDTH = 120
"""Pixels that "not published" takes."""
KINDS: dict[str, Kind] = {"number": "amount", "integer": "number", "boolean": "yes", "date": "date", "text": "long"}
"""Kinds of column by the kinds and types that schemas give to fields."""


@dataclass(frozen=True)
class Column:
    """A column's title and kind. `blank`: nothing in it means nothing, not that something is missing."""

    title: str
    kind: Kind = "text"
    blank: bool = False


MADE_BY_QUERIES = {
    "donor_id": Column("Donor code"),
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
    "reason_name": Column("Why not counted", blank=True),
    "within_name": Column("Within the Mechanism"),
    "category_name": Column("Category"),
    "status_name": Column("Status"),
    "role_name": Column("Role"),
    "organisation_type_name": Column("Kind of organisation"),
    "period_label": Column("Period"),
    "year": Column("Year"),
    "days": Column("Days", "number"),
    "per_day": Column("A day", "average"),
    "count": Column("Count", "number"),
    "incidents": Column("Number", "number"),
    "change_on_year": Column("Change on the year before", "share", blank=True),
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
    "datasets": Column("Datasets"),
    "keys": Column("Row names", "long"),
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


@cache
def columns(_language: str) -> dict[str, Column]:
    """Columns of queries by name, with titles in one language: those of the datasets as their schemas describe them, and the rest."""
    fields = (field for dataset in datasets().values() for field in dataset.fields)
    described = {field.name: Column(field.title, KINDS.get(field.kind or field.type, "text")) for field in fields} | MADE_BY_QUERIES
    return {name: replace(column, title=_(column.title)) for name, column in described.items()}


def column(name: str, values: "pd.Series[Any]") -> Column:
    """How a column looks; one that nobody has described has its own name as title and looks like its values."""
    described = columns(language.get()).get(name)
    return described or Column(name.replace("_", " ").capitalize(), "number" if is_numeric_dtype(values) else "text")


def config(described: Column, *, gaps: bool) -> Any:
    """Streamlit's settings for a column; one of numbers with gaps has room for the words that stand in them."""
    return LOOKS[described.kind](described.title, **({"width": WORDS_WIDTH} if gaps and described.kind in NUMBERS else {}))


LOOKS: dict[Kind, Callable[[str], Any]] = {
    "text": st.column_config.TextColumn,
    "long": partial(st.column_config.TextColumn, width="large"),
    "amount": partial(st.column_config.NumberColumn, format="localized"),
    "number": partial(st.column_config.NumberColumn, format="localized"),
    "average": partial(st.column_config.NumberColumn, format="%.1f"),
    "share": partial(st.column_config.NumberColumn, format="percent"),
    "date": partial(st.column_config.DateColumn, format="YYYY-MM-DD"),
    "link": partial(st.column_config.LinkColumn, display_text=":material/open_in_new:"),
    "yes": st.column_config.CheckboxColumn,
}
