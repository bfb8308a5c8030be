"""A part of a sheet as a spreadsheet program shows it: letters above, numbers at the left."""

import pandas as pd

from tallinn.ingest.sheets import Cell, Failed, Sheet, column_letters
from tallinn.wording import _

AROUND = 3
"""Rows shown above and below a cell that is spoken of."""
MOST_COLUMNS = 100
HIGHLIGHT = "background-color: rgba(255, 193, 7, 0.45); font-weight: 600"


def grid(sheet: Sheet, first: int, last: int) -> pd.DataFrame:
    """Rows first to last (from 1) of a sheet, each cell as text."""
    width = min(sheet.width, MOST_COLUMNS)
    numbers = range(max(first, 1), min(last, sheet.height) + 1)
    rows = [[_shown(cell) for cell in sheet.row(number)[:width]] for number in numbers]
    return pd.DataFrame(rows, index=list(numbers), columns=[column_letters(index) for index in range(width)], dtype="str")


def around(sheet: Sheet, cell: str) -> "pd.io.formats.style.Styler":
    """The rows around a cell such as F12, the cell itself marked."""
    letters, number = cell.rstrip("0123456789"), int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    rows = grid(sheet, number - AROUND, number + AROUND)
    there = [(number, letters)] if number in rows.index and letters in rows.columns else []
    styles = pd.DataFrame("", index=rows.index, columns=rows.columns)
    for row, column in there:
        styles.loc[row, column] = HIGHLIGHT
    return rows.style.apply(lambda _rows: styles, axis=None)


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Failed) and not cell.error:
        return _("(formula never calculated)")
    return str(cell)
