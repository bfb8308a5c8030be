"""A donor's workbook as it was sent, with each finding as a comment and a fill at its cell, and a sheet that lists them.

The workbook is a stranger's, so it is opened in a child process within limits; what cannot be opened so is given back as a new workbook
with the same cells.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tallinn.giveback.cells import put_cell, sheet_name
from tallinn.giveback.marking import mark, saved
from tallinn.ingest.findings import Finding
from tallinn.ingest.read import SentFile
from tallinn.ingest.sheets import Sheet
from tallinn.languages import language
from tallinn.settings import READER_MEMORY_BYTES, READER_SECONDS, ROOT

_CHILD = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tallinn.giveback.marking import main; sys.exit(main(*sys.argv[1:]))"
KEPT_FORMATS = (".xlsx", ".xlsm")


def annotate(file: SentFile, findings: Sequence[Finding]) -> bytes:
    """The workbook (xlsx; xlsm with its macros, unrun) with the findings in it."""
    listed = [asdict(found) for found in findings]
    if Path(file.name).suffix.lower() in KEPT_FORMATS and (marked := _in_child(file, listed)):
        return marked
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for number, sheet in enumerate(file.sheets, start=1):
        _copy(sheet, book.create_sheet(sheet_name(sheet.name, number)))
    if len(file.sheets) == 1:
        listed = [{**each, "sheet": book.sheetnames[0]} for each in listed]
    mark(book, listed)
    return saved(book)


def _in_child(file: SentFile, findings: list[dict[str, object]]) -> bytes | None:
    macros = file.name.lower().endswith(".xlsm")
    message = json.dumps({"macros": macros, "language": language.get(), "findings": findings}).encode() + b"\n" + file.content
    command = [sys.executable, "-I", "-c", _CHILD, str(READER_MEMORY_BYTES), str(READER_SECONDS)]
    try:
        child = subprocess.run(command, input=message, capture_output=True, timeout=READER_SECONDS, check=False)  # noqa: S603 - our own script, no shell
    except subprocess.TimeoutExpired:
        return None
    return child.stdout if child.returncode == 0 and child.stdout.startswith(b"PK") else None


def _copy(sheet: Sheet, target: Worksheet) -> None:
    target.sheet_state = "hidden" if sheet.hidden else "visible"
    for number in range(1, sheet.height + 1):
        for column, cell in enumerate(sheet.row(number), start=1):
            if cell is not None:
                put_cell(target.cell(number, column), cell)
