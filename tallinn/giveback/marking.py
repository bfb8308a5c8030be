"""Findings written into a workbook; also the child process in which a stranger's workbook is opened for that.

As a child (`main MEMORY_BYTES SECONDS`) it takes one line of JSON and the workbook on standard input and prints the marked workbook.
"""

import io
import json
import resource
import sys
from collections.abc import Sequence
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tallinn.giveback.cells import LEVELS, WRAPPED, head, put
from tallinn.ingest.findings import level_name
from tallinn.languages import language
from tallinn.wording import _, count, later, ngettext

MOST_COMMENTS = 5_000
LIST_NAME = "Findings"
AUTHOR = "Tallinn Mechanism"
COLUMNS = {
    "level": (later("Level"), 10),
    "sheet": (later("Sheet"), 22),
    "cell": (later("Cell"), 9),
    "column": (later("Column"), 28),
    "value": (later("Value"), 34),
    "message": (later("Message"), 90),
    "rows": (later("Rows"), 8),
}
"""Columns of the list of findings with their titles and widths in characters."""


def mark(book: Workbook, findings: Sequence[dict[str, Any]]) -> None:
    """Comment and fill each cell that a finding speaks of, the gravest level first, and add a sheet that lists all findings."""
    order = list(LEVELS)
    by_cell: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for found in sorted(findings, key=lambda found: order.index(found["level"])):
        name = found["sheet"] or (book.sheetnames[0] if len(book.sheetnames) == 1 else None)
        if name in book.sheetnames and found["cell"]:
            by_cell.setdefault((name, found["cell"]), []).append(found)
    for (name, address), said in list(by_cell.items())[:MOST_COMMENTS]:
        _mark_cell(book[name], address, said)
    _list(book, findings, len(by_cell))


def _mark_cell(sheet: Worksheet, address: str, said: Sequence[dict[str, Any]]) -> None:
    area = next((area for area in sheet.merged_cells.ranges if address in area), None)
    cell = sheet.cell(area.min_row, area.min_col) if area else sheet[address]
    cell.fill = PatternFill("solid", fgColor=LEVELS[said[0]["level"]])
    texts = [f"{level_name(found['level']).upper()}: {found['message']}" for found in said]
    if cell.comment:
        texts.insert(0, cell.comment.text)
    comment = Comment("\n\n".join(texts), AUTHOR)
    comment.width, comment.height = 360, min(400, 60 + 45 * len(texts))
    cell.comment = comment


def _list(book: Workbook, findings: Sequence[dict[str, Any]], cells: int) -> None:
    name = next(name for name in [LIST_NAME, *(f"{LIST_NAME} {number}" for number in range(2, 1000))] if name not in book.sheetnames)
    sheet = book.create_sheet(name)
    counts = {level: sum(found["rows"] for found in findings if found["level"] == level) for level in LEVELS}
    put(sheet["A1"], f"{LIST_NAME}: {_counted(**counts)}")
    sheet["A1"].font = Font(bold=True, size=14)
    put(
        sheet["A2"],
        # The reader knows by these words that the sheet is ours.
        "Tallinn Mechanism findings. "
        + _(
            "Errors keep a row from being taken; warnings look wrong; advice makes the data better. Mend the cells and send the file again."
        ),
    )
    if cells > MOST_COMMENTS:
        put(sheet["A3"], _("The first {n} cells have comments; this list has all findings.").format(n=count(MOST_COMMENTS)))
    for column, (title, width) in enumerate(COLUMNS.values(), start=1):
        head(sheet.cell(4, column), _(title))
        sheet.column_dimensions[sheet.cell(4, column).column_letter].width = width
    for number, found in enumerate(findings, start=5):
        told = {**found, "level": level_name(found["level"])}
        for column, name in enumerate(COLUMNS, start=1):
            put(sheet.cell(number, column), told[name])
        sheet.cell(number, 1).fill = PatternFill("solid", fgColor=LEVELS[found["level"]])
        sheet.cell(number, 6).alignment = WRAPPED
        if found["sheet"] in book.sheetnames and found["cell"]:
            sheet.cell(number, 3).hyperlink = f"#{quote_sheetname(found['sheet'])}!{found['cell']}"
            sheet.cell(number, 3).style = "Hyperlink"
    sheet.freeze_panes = "A5"


def _counted(error: int, warning: int, advice: int) -> str:
    parts = [
        ngettext("{n} error", "{n} errors", error).format(n=count(error)),
        ngettext("{n} warning", "{n} warnings", warning).format(n=count(warning)),
        ngettext("{n} piece of advice", "{n} pieces of advice", advice).format(n=count(advice)),
    ]
    return ", ".join(parts)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def main(memory: str, seconds: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    line, _end, content = sys.stdin.buffer.read().partition(b"\n")
    order = json.loads(line)
    book = openpyxl.load_workbook(io.BytesIO(content), keep_vba=order["macros"])
    with language.spoken(order["language"]):
        mark(book, order["findings"])
    sys.stdout.buffer.write(saved(book))
    return 0
