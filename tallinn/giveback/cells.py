"""How a value is written into a cell: numbers as numbers, dates as dates, and text as text, whatever it begins with."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill

from tallinn.ingest import sheets

LONGEST = 32_767
_LIKE_A_CHARACTER = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
HEAD = PatternFill("solid", fgColor="FF1F4E8C")
HEAD_OPTIONAL = PatternFill("solid", fgColor="FF5B7FAF")
HEAD_FONT = Font(bold=True, color="FFFFFFFF")
WRAPPED = Alignment(wrap_text=True, vertical="top")
LEVELS = {"error": "FFF8D7DA", "warning": "FFFFF3CD", "advice": "FFDCEBF7"}
"""A light fill for each level of findings, on which black text stands out; the word stands beside it everywhere."""


def put(cell: Cell | MergedCell, value: Any) -> None:
    """Write a value. Text is never a formula, even if it begins like one."""
    if isinstance(value, str):
        text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)[:LONGEST]
        # Workbooks write characters as _x000D_; a text that looks so must not be read as one.
        cell.value = _LIKE_A_CHARACTER.sub("_x005F_", text)
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    elif isinstance(value, (bool, int, float, Decimal, date, datetime)) or value is None:
        cell.value = value
    else:
        put(cell, str(value))


def put_cell(target: Cell | MergedCell, cell: sheets.Cell) -> None:
    """Write a cell of a file that was read, so that it reads as the same again. A formula without a result stays an error."""
    if isinstance(cell, sheets.Money):
        target.value, target.number_format = cell.amount, f'#,##0.00{"," * (len(str(cell.scale)) // 3)} "{cell.words}"'
    elif isinstance(cell, sheets.Percent):
        target.value, target.number_format = cell.share, "0.##%"
    elif isinstance(cell, sheets.Failed):
        put(target, cell.error or "#VALUE!")
    else:
        put(target, cell)


def sheet_name(name: str, number: int) -> str:
    """A name that a workbook may give to a sheet."""
    return "".join("_" if sign in "[]:*?/\\" else sign for sign in name)[:31] or f"Sheet{number}"


def head(cell: Cell | MergedCell, text: str, *, required: bool = True) -> None:
    """Write a column's title."""
    put(cell, text)
    cell.font, cell.alignment = HEAD_FONT, Alignment(wrap_text=True, vertical="center")
    cell.fill = HEAD if required else HEAD_OPTIONAL
