"""Grids into the bytes of a file: a workbook or text. The same grids give the same bytes, on any day."""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime

import openpyxl
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tallinn.demonstration.grid import Grid

LONG_AGO = (2026, 10, 1, 0, 0, 0)
BOLD, LARGE = Font(bold=True), Font(bold=True, size=14)


def workbook(grids: Sequence[Grid], about: Sequence[str]) -> bytes:
    """An xlsx workbook of these sheets, and one more with words about it."""
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for grid in grids:
        _fill(book.create_sheet(grid.name), grid)
    if about:
        sheet = book.create_sheet("About")
        for number, text in enumerate(about, start=1):
            sheet.cell(number, 1, text)
    book.properties.creator = "Demonstration"
    book.properties.created = datetime(*LONG_AGO, tzinfo=UTC)
    content = io.BytesIO()
    book.save(content)
    return _timeless(content.getvalue())


def _fill(sheet: Worksheet, grid: Grid) -> None:
    for number, row in enumerate(grid.rows, start=1):
        for column, cell in enumerate(row, start=1):
            if cell.value is not None:
                written = sheet.cell(number, column, cell.value)
                if cell.format:
                    written.number_format = cell.format
                if number <= grid.header:
                    written.font = BOLD if number > 1 or grid.header == 1 else LARGE
    for number, first, last in grid.merged:
        sheet.merge_cells(start_row=number, start_column=first, end_row=number, end_column=last)
    for column in range(1, len(grid.rows[grid.header - 1]) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 18
    for column in grid.hidden:
        sheet.column_dimensions[get_column_letter(column)].hidden = True


def _timeless(content: bytes) -> bytes:
    """The same package with one time for all its parts and for itself."""
    with zipfile.ZipFile(io.BytesIO(content)) as package, io.BytesIO() as target:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as again:
            for name in package.namelist():
                part = package.read(name)
                if name == "docProps/core.xml":
                    part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2026-10-01T00:00:00Z", part)
                again.writestr(zipfile.ZipInfo(name, LONG_AGO), part, zipfile.ZIP_DEFLATED)
        return target.getvalue()


def text(grid: Grid, encoding: str, delimiter: str) -> bytes:
    """One table as text with a delimiter; lines end as spreadsheets end them."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=delimiter)
    writer.writerows([cell.value for cell in row] for row in grid.rows)
    return lines.getvalue().encode(encoding)
