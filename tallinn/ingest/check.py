"""Step 4, check: each row against its Table Schema (through pandera), then the rows against each other and against what is on file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from tallinn.datasets import Dataset, Field, datasets
from tallinn.ingest.findings import Finding
from tallinn.ingest.recognise import Table
from tallinn.ingest.rules import Context, Failure, failures, naming_held_rows
from tallinn.ingest.values import Rows, at

# What pandera calls its checks, and the rule that says it to a person.
RULES_OF_CHECKS = {
    "not_nullable": "missing-value",
    "str_matches": "wrong-form",
    "greater_than_or_equal_to": "below-minimum",
    "isin": "wrong-form",
}


@dataclass(frozen=True)
class Checked:
    """One dataset of a file after all checks: `accepted` and `held` are frames in the form of Rows."""

    dataset: Dataset
    accepted: pd.DataFrame
    held: pd.DataFrame
    findings: list[Finding]


def check(parts: Iterable[Rows], on_file: Mapping[str, pd.DataFrame], sender: str | None) -> list[Checked]:
    """The rows of a file, dataset by dataset, divided into those that can be taken and those held back.

    `on_file` has the lake's rows by dataset, without those that this file replaces; `sender` is the donor who sends.
    """
    by_dataset: dict[str, list[Rows]] = {}
    for part in parts:
        by_dataset.setdefault(part.table.dataset.name, []).append(part)
    sent = {name: pd.concat([part.frame for part in same], ignore_index=True) for name, same in by_dataset.items()}
    context = Context(sent, on_file, sender)
    return [_check(sent[name], same, context) for name, same in by_dataset.items()]


def _check(frame: pd.DataFrame, parts: list[Rows], context: Context) -> Checked:
    dataset = parts[0].table.dataset
    tables = {part.table.sheet.name: part.table for part in parts}
    findings = [found for part in parts for found in part.findings]
    unread = {(found.sheet, found.cell) for found in findings if found.level == "error"}
    broken = [_said(failure, frame, dataset, tables) for failure in [*_schema_failures(frame, dataset), *failures(frame, dataset, context)]]
    findings += [found for found in broken if (found.sheet, found.cell) not in unread]
    held = _rows_to_hold(frame, tables, findings)
    while lost := list(naming_held_rows(frame, held, dataset, context)):
        findings += [_said(failure, frame, dataset, tables) for failure in lost]
        held |= frame.index.isin([failure.index for failure in lost])
    return Checked(dataset, frame.loc[~held], frame.loc[held], sorted(findings, key=_in_reading_order))


def _said(failure: Failure, frame: pd.DataFrame, dataset: Dataset, tables: Mapping[str, Table]) -> Finding:
    place: Any = frame.loc[failure.index]
    return at(failure.rule, tables[place["sheet"]], dataset.field(failure.field), place["row_number"], failure.shown, **failure.facts)


def _rows_to_hold(frame: pd.DataFrame, tables: Mapping[str, Table], findings: list[Finding]) -> "pd.Series[bool]":
    """Rows with an error, and all rows of a sheet with a column that nobody has decided on."""
    errors = {(found.sheet, found.row) for found in findings if found.level == "error"}
    places = zip(frame["sheet"], frame["row_number"], strict=True)
    return pd.Series([place in errors or not tables[place[0]].decided for place in places], index=frame.index, dtype=bool)


def _in_reading_order(found: Finding) -> tuple[str, int, str]:
    return found.sheet or "", found.row or 0, found.cell or ""


@cache
def schema(name: str) -> pa.DataFrameSchema:
    """The pandera schema of a dataset, built from its Table Schema. Types are settled before; this holds the constraints."""
    return pa.DataFrameSchema({field.name: _column(field) for field in datasets()[name].fields})


def _column(field: Field) -> pa.Column:
    constraints, checks = field.constraints, []
    if "pattern" in constraints:
        checks.append(pa.Check.str_matches(f"^(?:{constraints['pattern']})$"))
    if "minimum" in constraints:
        checks.append(pa.Check.greater_than_or_equal_to(constraints["minimum"]))
    if "enum" in constraints:
        checks.append(pa.Check.isin(constraints["enum"]))
    return pa.Column(checks=checks, nullable=not field.required)


def _schema_failures(frame: pd.DataFrame, dataset: Dataset) -> Iterator[Failure]:
    try:
        schema(dataset.name).validate(frame, lazy=True)
    except SchemaErrors as errors:
        for case in errors.failure_cases.to_dict("records"):
            yield _failure(case, dataset)


def _failure(case: Mapping[Any, Any], dataset: Dataset) -> Failure:
    field = dataset.field(case["column"])
    rule = RULES_OF_CHECKS[str(case["check"]).split("(")[0]]
    facts = {"limit": field.constraints.get("minimum"), "example": field.example}
    return Failure(case["index"], field.name, rule, None if rule == "missing-value" else case["failure_case"], facts)
