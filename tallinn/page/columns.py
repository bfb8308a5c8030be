"""How each column of an answer looks in a table: its title, its kind, and the words for what is not known."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Literal

import pandas as pd
import streamlit as st
from pandas.api.types import is_numeric_dtype

from tallinn.datasets import datasets
from tallinn.wording import _, language

Kind = Literal["text", "long", "amount", "number", "share", "date", "link", "yes"]
NUMBERS = ("amount", "number", "share", "date")
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


@cache
def columns(_language: str) -> dict[str, Column]:
    """Columns of queries by name, in one language: those of the datasets with the titles of their schemas, and those that queries make."""
    fields = (field for dataset in datasets().values() for field in dataset.fields)
    return {field.name: Column(_(field.title), KINDS.get(field.kind or field.type, "text")) for field in fields} | made_by_queries()


def made_by_queries() -> dict[str, Column]:
    """Columns that no dataset has, or that look different here."""
    return {
        "donor_id": Column(_("Donor code")),
        "donor": Column(_("Donor")),
        "donors": Column(_("Donors")),
        "stage_name": Column(_("Stage")),
        "amount": Column(_("Original amount"), "amount"),
        "amount_eur": Column(_("EUR"), "amount"),
        "committed_eur": Column(_("Committed, EUR"), "amount"),
        "disbursed_eur": Column(_("Disbursed, EUR"), "amount"),
        "not_yet_disbursed_eur": Column(_("Not yet disbursed, EUR"), "amount"),
        "pledged_not_committed_eur": Column(_("Pledged, not committed, EUR"), "amount"),
        "reported_eur": Column(_("Reported, EUR"), "amount"),
        "of_eur": Column(_("Of, EUR"), "amount"),
        "rate": Column(_("ECB rate"), "number", blank=True),
        "rate_date": Column(_("Rate date"), "date", blank=True),
        "rate_basis": Column(_("Rate basis")),
        "rate_period": Column(_("Mean over"), blank=True),
        "counts": Column(_("Counts"), "yes"),
        "reason_name": Column(_("Why not counted"), blank=True),
        "within_name": Column(_("Within the Mechanism")),
        "category_name": Column(_("Category")),
        "status_name": Column(_("Status")),
        "role_name": Column(_("Role")),
        "organisation_type_name": Column(_("Kind of organisation")),
        "period_label": Column(_("Period")),
        "year": Column(_("Year")),
        "days": Column(_("Days"), "number"),
        "per_day": Column(_("A day"), "number"),
        "count": Column(_("Count"), "number"),
        "incidents": Column(_("Number"), "number"),
        "change_on_year": Column(_("Change on the year before"), "share", blank=True),
        "share_of_total": Column(_("Share of the total"), "share", blank=True),
        "share_itemised": Column(_("Share itemised"), "share"),
        "alternatives": Column(_("Another report says"), blank=True),
        "conflict": Column(_("Contradicted"), "yes"),
        "value_name": Column(_("Counted")),
        "series_name": Column(_("Series")),
        "dimension_name": Column(_("Broken down by")),
        "qualifier_name": Column(_("How exact")),
        "measure_name": Column(_("What is counted")),
        "scope": Column(_("What it covers"), "long"),
        "contributions": Column(_("Contributions on file"), "number"),
        "rows": Column(_("Rows"), "number"),
        "projects": Column(_("Projects"), "number"),
        "datasets": Column(_("Datasets")),
        "keys": Column(_("Row names"), "long"),
        "note": Column(_("Note"), "long", blank=True),
        "realises": Column(_("Realises"), blank=True),
        "duplicate_of": Column(_("Duplicate of"), blank=True),
        "project_ids": Column(_("Projects"), blank=True),
        "source_url": Column(_("Link"), "link"),
        "source_publisher": Column(_("Source")),
        "source_date": Column(_("Source date")),
        "file_name": Column(_("File")),
        "sheet": Column(_("Sheet"), blank=True),
        "row_number": Column(_("Row"), "number"),
        "submitted_at": Column(_("Taken in"), "date"),
        "sha256": Column(_("SHA-256")),
    }


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
    "share": partial(st.column_config.NumberColumn, format="percent"),
    "date": partial(st.column_config.DateColumn, format="YYYY-MM-DD"),
    "link": partial(st.column_config.LinkColumn, display_text=":material/open_in_new:"),
    "yes": st.column_config.CheckboxColumn,
}
