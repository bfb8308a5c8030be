"""How a value is written into a cell: numbers as numbers, dates as dates, and text as text, whatever it begins with."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill

LONGEST = 32_767
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
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    elif isinstance(value, (bool, int, float, Decimal, date, datetime)) or value is None:
        cell.value = value
    else:
        put(cell, str(value))


def head(cell: Cell | MergedCell, text: str, *, required: bool = True) -> None:
    """Write a column's title."""
    put(cell, text)
    cell.font, cell.alignment = HEAD_FONT, Alignment(wrap_text=True, vertical="center")
    cell.fill = HEAD if required else HEAD_OPTIONAL
