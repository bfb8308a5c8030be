"""Workbooks that we hand out: what it is and how to cite it on the first sheet, typed rows on the second; nothing acts as a formula."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from tallinn.giveback.cells import LONGEST, head, put
from tallinn.wording import _, count
from tallinn.xml_file import legal

# openpyxl's types lack what a write-only sheet can do.
Sheet = Any
MOST_ROWS = 1_048_575
"""What a sheet holds below its header."""
_SPECIAL = re.compile(r"^[=+\-@#]|_x[0-9A-Fa-f]{4}_")
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


@dataclass(frozen=True)
class Rows:
    """A sheet of rows: its name, the header, how wide each column is, the rows, and how many there are."""

    title: str
    header: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Sequence[Any]]
    number: int


def workbook(about: Sequence[tuple[str, str]], rows: Rows, made_on: date) -> bytes:
    """The same bytes for the same content. Rows beyond what a sheet holds are left out, and the first sheet says so."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(_("About"))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 110
    for line in [*about, *_too_many(rows.number)]:
        sheet.append(_cells(sheet, line))
    _fill(book.create_sheet(rows.title), rows)
    content = io.BytesIO()
    book.save(content)
    return _dated(content.getvalue(), made_on)


def _too_many(number: int) -> list[tuple[str, str]]:
    if number <= MOST_ROWS:
        return []
    said = _("A sheet holds {most} rows; this one lacks the last {missing}. The CSV file has them all.")
    return [(_("Important"), said.format(most=count(MOST_ROWS), missing=count(number - MOST_ROWS)))]


def _fill(sheet: Sheet, rows: Rows) -> None:
    titles = [WriteOnlyCell(sheet) for _name in rows.header]
    for number, (cell, name, width) in enumerate(zip(titles, rows.header, rows.widths, strict=True)):
        head(cell, name)
        sheet.column_dimensions[get_column_letter(number + 1)].width = width
    sheet.freeze_panes = "B2"
    sheet.append(titles)
    for number, row in enumerate(rows.rows):
        if number == MOST_ROWS:
            break
        sheet.append(_cells(sheet, row))


def _cells(sheet: Sheet, values: Iterable[Any]) -> list[Any]:
    """The values; as cells of their own only those that a workbook would take for something else than they are."""
    return [_careful(sheet, value) if isinstance(value, str) and _is_special(value) else value for value in values]


def _is_special(text: str) -> bool:
    return bool(_SPECIAL.search(text) or legal(text) != text or len(text) > LONGEST)


def _careful(sheet: Sheet, text: str) -> Any:
    cell = WriteOnlyCell(sheet)
    put(cell, legal(text))
    return cell


def _dated(content: bytes, made_on: date) -> bytes:
    """The workbook as if it had been made on this day: openpyxl writes the clock into it."""
    dated = io.BytesIO()
    moment = f"{made_on.isoformat()}T00:00:00Z".encode()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(dated, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            part = made.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>" + moment, part)
            entry = zipfile.ZipInfo(name, (made_on.year, made_on.month, made_on.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, part)
    return dated.getvalue()
