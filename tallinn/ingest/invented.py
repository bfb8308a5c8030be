"""Invented data: every file of the demonstration says in its cells that it is one, and only a lake made for that takes it."""

import pyarrow.compute as pc

from tallinn.ingest.read import SentFile
from tallinn.ingest.sheets import column_letters
from tallinn.later import later

MARK = "DEMONSTRATION DATA"
"""What every invented file says in at least one cell, hidden sheets included. It is not translated: it is how such a file is known."""
MEANING = later("invented for training, not figures of any donor")
"""What stands beside it for people."""


def marked_cell(file: SentFile) -> str | None:
    """The first cell that says so; None in a file that does not."""
    for sheet in file.sheets:
        for index in range(sheet.width):
            row = pc.index(sheet.matching(index, MARK), True).as_py()
            if row >= 0:
                return f"{sheet.name}!{column_letters(index)}{row + 1}".lstrip("!")
    return None
