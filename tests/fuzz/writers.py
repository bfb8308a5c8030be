"""Cells as files: what the programs of senders make of a grid."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any
from xml.sax.saxutils import escape

import openpyxl

from tests.ingest.packages import opendocument
from tests.samples import saved


@dataclass(frozen=True)
class Shown:
    """A number whose cell has a format that says more."""

    value: float
    form: str


def csv_bytes(grid: Sequence[Sequence[Any]], encoding: str, delimiter: str, chance: Random) -> bytes:
    text = io.StringIO()
    quoting = chance.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    width = max(map(len, grid))
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=chance.choice(["\n", "\r\n"]))
    writer.writerows([*row, *[""] * (width - len(row))] if chance.random() < 0.9 or quoting == csv.QUOTE_ALL else row for row in grid)
    return text.getvalue().encode(encoding)


def xlsx_bytes(grid: Sequence[Sequence[Any]], chance: Random) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = chance.choice(["Contributions", "Sheet1", "Дані", "Übersicht 2025"])
    for number, row in enumerate(grid, start=1):
        for place, value in enumerate(row, start=1):
            if value is not None:
                cell = sheet.cell(number, place, value.value if isinstance(value, Shown) else value)
                if isinstance(value, Shown):
                    cell.number_format = value.form
                elif isinstance(value, date):
                    cell.number_format = "dd/mm/yyyy"
    if len(grid[0]) == 1 and len(max(grid, key=len)) > 1 and chance.random() < 0.5:
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(max(grid, key=len)))
    if chance.random() < 0.2:
        book.create_sheet("Notes").append(["Contact the desk before use."])
    return saved(book)


def ods_bytes(grid: Sequence[Sequence[Any]]) -> bytes:
    rows = "".join(f"<table:table-row>{''.join(map(_ods_cell, row)) or '<table:table-cell/>'}</table:table-row>" for row in grid)
    return opendocument(rows)


def _ods_cell(value: Any) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, Shown):
        return _ods_number(value.value, value.form)
    if isinstance(value, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    if isinstance(value, date):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{value}"><text:p>{value:%d.%m.%y}</text:p></table:table-cell>'
        )
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'


def _ods_number(value: float, form: str) -> str:
    """A number in a currency, as OpenDocument states it: in an attribute of the cell."""
    code = "".join(filter(str.isalpha, form))
    kind = f'office:value-type="currency" office:currency="{code}"' if code else 'office:value-type="float"'
    return f'<table:table-cell {kind} office:value="{value}"><text:p>{code} {value:,.2f}</text:p></table:table-cell>'
