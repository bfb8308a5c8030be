"""Step 3, values: the cells of a recognised table become rows of values, each with its sheet and row, and findings about the rest."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from tallinn.datasets import Field
from tallinn.ingest.cells import Unclear, has_control_characters, is_blank, value
from tallinn.ingest.findings import Finding, finding
from tallinn.ingest.read import Cell
from tallinn.ingest.recognise import Table

PLACE = ["sheet", "row_number"]


@dataclass(frozen=True)
class Rows:
    """The rows of one table: a column for each field of the dataset, then sheet and row_number; values are Python objects or None."""

    table: Table
    frame: pd.DataFrame
    findings: list[Finding] = field(default_factory=list)


def values(table: Table, constants: Mapping[str, str] | None = None) -> Rows:
    """Every row below the header that is not blank. `constants` fill fields that the file leaves empty (field name → text)."""
    constants = constants or {}
    findings = list(table.findings)
    rows = [_row(table, number, cells, constants, findings) for number, cells in _filled_rows(table)]
    columns = [*table.dataset.names, *PLACE]
    return Rows(table, pd.DataFrame(rows, columns=columns, dtype=object), findings)


def _filled_rows(table: Table) -> Iterator[tuple[int, list[Cell]]]:
    for number, cells in enumerate(table.sheet.rows[table.header_row :], start=table.header_row + 1):
        if not all(is_blank(cell) for cell in cells):
            yield number, cells


def _row(table: Table, number: int, cells: list[Cell], constants: Mapping[str, str], findings: list[Finding]) -> list[Any]:
    row: list[Any] = []
    for each in table.dataset.fields:
        column = table.mapping.get(each.name)
        cell = cells[column] if column is not None and column < len(cells) else None
        row.append(_value(constants.get(each.name) if is_blank(cell) else cell, each, table, number, findings))
    return [*row, table.sheet.name, number]


def _value(cell: Cell, each: Field, table: Table, number: int, findings: list[Finding]) -> Any:
    if has_control_characters(cell):
        findings.append(at("cleaned-text", table, each, number, cell))
    try:
        return value(cell, each)
    except Unclear as unclear:
        findings.append(at(unclear.rule, table, each, number, cell, **unclear.facts))
        return None


def at(rule: str, table: Table, each: Field, number: int, shown: object = None, **facts: Any) -> Finding:
    """A finding about a field of a row, at its cell; a field without a column is spoken of at the row's first cell."""
    cell = table.cell(each.name, number) if each.name in table.mapping else f"A{number}"
    column = table.header(each.name) if each.name in table.mapping else each.title
    return finding(rule, sheet=table.sheet.name, cell=cell, column=column, value=shown, **facts)
