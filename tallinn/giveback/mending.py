"""Held rows to be mended: as a workbook to take away and send back, or with what a person has written on the page."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

import openpyxl
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tallinn.giveback.cells import WRAPPED, head, put_cell, sheet_name
from tallinn.giveback.marking import saved
from tallinn.ingest import sheets
from tallinn.ingest.accept import Receipt, bring_in
from tallinn.ingest.cells import CONTROL
from tallinn.ingest.findings import Refused
from tallinn.ingest.held import rows_as_sent
from tallinn.ingest.mending import HELD_ID, PROBLEMS
from tallinn.ingest.read import read
from tallinn.lake import Lake
from tallinn.wording import _

Edits = Mapping[str, Mapping[str, str]]
"""What a person has written: number of the held row → header → text."""
WIDTHS = {HELD_ID: 18, PROBLEMS: 60}


def mend(lake: Lake, submission_id: int, edits: Edits, *, author: str, message: str = "") -> Receipt:
    """Take held rows of a submission with these edits, as one commit; a row that is still wrong waits anew.

    Raises Refused when none of the rows waits any more. A row that needs no edit, because what it names has come since, has an empty one.
    """
    name, content = held_workbook(lake, submission_id, edits)
    return bring_in(read(name, content), lake, author=author, message=message)


def held_workbook(lake: Lake, submission_id: int, edits: Edits | None = None) -> tuple[str, bytes]:
    """Name and content of a workbook with the held rows of a submission, each with what is wrong with it; only those with edits, if given.

    Filled in and sent back as any other file, it settles them. Raises Refused when no such row waits.
    """
    rows = [row for row in rows_as_sent(lake, submission_id) if edits is None or row["held_id"] in edits]
    if not rows:
        raise Refused(_("None of these rows is held any more."))
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for number, origin in enumerate(dict.fromkeys(row["sheet"] for row in rows), start=1):
        own = [{**row, "cells": {**row["cells"], **(edits or {}).get(row["held_id"], {})}} for row in rows if row["sheet"] == origin]
        _fill(book.create_sheet(sheet_name(origin, number)), own)
    file = next(each["file_name"] for each in lake.history() if each["submission_id"] == submission_id)
    return _("{file} held rows.xlsx").format(file=PurePath(file).stem), saved(book)


def _fill(sheet: Worksheet, rows: Sequence[Mapping[str, Any]]) -> None:
    headers = list(dict.fromkeys(header for row in rows for header in row["cells"]))
    for column, header in enumerate([HELD_ID, PROBLEMS, *headers], start=1):
        head(sheet.cell(1, column), header, required=header not in WIDTHS)
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(header, 22)
    for number, row in enumerate(rows, start=2):
        for column, cell in enumerate([row["held_id"], row["problems"], *(row["cells"].get(header) for header in headers)], start=1):
            _put(sheet.cell(number, column), cell)
        sheet.cell(number, 2).alignment = WRAPPED
    sheet.freeze_panes = "C2"


def _put(target: Cell | MergedCell, cell: sheets.Cell) -> None:
    """A cell as it was sent, without what nobody sees. What is no number or date stays text, also when it is written over."""
    put_cell(target, CONTROL.sub("", cell) if isinstance(cell, str) else cell)
    if cell is None or isinstance(cell, str):
        target.number_format = "@"
