"""CSV files that people open in a spreadsheet: no text in them can act as a formula (OWASP, CSV injection)."""

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"
NUMBER = r"^[+-]?[0-9]+([.,][0-9]+)?$"
"""What a spreadsheet may take for a formula, but for a plain number, which stays one."""


def csv_file(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """The rows as CSV (RFC 4180), in UTF-8 with the mark that spreadsheets look for. None becomes an empty cell."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(header)
    writer.writerows((as_text(value) if isinstance(value, str) else value for value in row) for row in rows)
    return sheet.getvalue().encode("utf-8-sig")


def as_text(value: str) -> str:
    """Text that a spreadsheet would run, marked as text."""
    return f"'{value}" if re.match(FORMULA, value) and not re.match(NUMBER, value) else value
