"""What a file would change, row by row and as people read it: codes by their names, amounts with their currency, the unknown in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from typing import Any, Literal

import pyarrow as pa

from tallinn.datasets import Dataset, Field, code_lists
from tallinn.ingest.compare import Comparison
from tallinn.ingest.names import country_name
from tallinn.ingest.submission import Submission
from tallinn.wording import _, count, day, decimal, listing, money, period

AT_ONCE = 1_000
"""Rows that are taken from a table together."""


@dataclass(frozen=True)
class ValueChange:
    """A field of a row by its title, as it is on file and as it would be; of a row that is added or removed, one of them is empty."""

    title: str
    old: str
    new: str


@dataclass(frozen=True)
class RowChange:
    """A row that a file changes, adds or removes. `values`: those that change; of a row that is added or removed, all that are known."""

    what: Literal["changed", "removed", "added"]
    dataset: str
    key: str
    values: tuple[ValueChange, ...]


def changes_as_rows(submission: Submission, most: int | None = None) -> list[RowChange]:
    """The rows that would change, be removed and be added, in this order for each dataset; at most so many, or all."""
    return list(islice((change for each in submission.comparisons for change in _changes(each)), most))


def how_many(submission: Submission) -> int:
    """The number of rows that would change, be removed or be added."""
    return sum(len(each.changed) + len(each.removed) + len(each.added) for each in submission.comparisons)


def _changes(comparison: Comparison) -> Iterator[RowChange]:
    dataset = comparison.dataset
    for old, new in zip(_rows(comparison.before, dataset), _rows(comparison.now, dataset), strict=True):
        differing = (field for field in dataset.fields if old[field.name] != new[field.name])
        values = tuple(ValueChange(_(field.title), shown(old, field), shown(new, field)) for field in differing)
        yield RowChange("changed", _(dataset.title), new[dataset.key], values)
    for row in _rows(comparison.gone, dataset):
        told = [ValueChange(title, text, "") for title, text in _known(row, dataset)]
        yield RowChange("removed", _(dataset.title), row[dataset.key], tuple(told))
    for row in _rows(comparison.coming.slice(0, len(comparison.added)), dataset):
        told = [ValueChange(title, "", text) for title, text in _known(row, dataset)]
        yield RowChange("added", _(dataset.title), row[dataset.key], tuple(told))


def _rows(table: pa.Table, dataset: Dataset) -> Iterator[dict[str, Any]]:
    """The rows one after the other: a file may add a million, of which a person looks at twenty."""
    for start in range(0, len(table), AT_ONCE):
        yield from table.slice(start, AT_ONCE).select(dataset.names).to_pylist()


def _known(row: Mapping[str, Any], dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Title and text of what a row says, without its key."""
    for field in dataset.fields:
        if row[field.name] is not None and field.name != dataset.key:
            yield _(field.title), shown(row, field)


def shown(row: Mapping[str, Any], field: Field) -> str:
    """A value of a row of the lake as people read it."""
    value = row[field.name]
    if value is None:
        return _("unknown")
    if field.type == "number":
        return money(float(value), row["currency"]) if "currency" in row else decimal(float(value), digits=2)
    if field.type == "integer":
        return count(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return day(value)
    return _text(value, field)


def _text(value: str, field: Field) -> str:
    if field.code_list:
        return _(_names(field.code_list).get(value, value))
    if field.kind == "period":
        return period(value)
    if field.kind == "country":
        return country_name(value)
    return listing(map(country_name, value.split("; "))) if field.of == "country" else value


@cache
def _names(code_list: str) -> dict[str, str]:
    return {row["code"]: row["name"] for row in code_lists()[code_list].rows}
