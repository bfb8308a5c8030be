"""Rows below a header that are no data: totals, titles of sections, footers, the header once more.

Each is told, none is dropped in silence.
"""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tallinn.ingest.findings import Finding, finding, listed
from tallinn.ingest.headers import Header
from tallinn.ingest.sheets import Sheet, column_letters
from tallinn.ingest.words import words

LOOKED_AT = 50_000
"""Rows with few cells that are looked at one by one; a sheet with more of them is sparse by nature."""


def data_rows(sheet: Sheet, header: Header, used: Sequence[int]) -> tuple[pa.Array, list[Finding]]:
    """The indices (from 0) of the rows that are data, and findings about those that are left out. Blank rows are no question."""
    below = np.flatnonzero(sheet.filled.to_numpy(zero_copy_only=False)[header.last :]) + header.last
    kinds = _left_out(sheet, header, below)
    rows = below[~np.isin(below, list(kinds))]
    findings = [found for rule in sorted(set(kinds.values())) for found in _told(sheet, rule, [row for row in kinds if kinds[row] == rule])]
    return pa.array(rows.astype(np.int32), pa.int32()), findings


def _told(sheet: Sheet, rule: str, rows: list[int]) -> list[Finding]:
    return list(listed(rows, lambda row: _finding(sheet, rule, row), len(rows)))


def _finding(sheet: Sheet, rule: str, row: int) -> Finding:
    column = next(index for index in range(sheet.width) if sheet.cell(row + 1, index) is not None)
    return finding(rule, sheet=sheet.name, cell=f"{column_letters(column)}{row + 1}", value=sheet.cell(row + 1, column))


def _left_out(sheet: Sheet, header: Header, below: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> dict[int, str]:
    """Row index → rule, for every row that is no data."""
    if not len(below):
        return {}
    filled = sum(column.is_valid().to_numpy(zero_copy_only=False).astype(np.int32) for column in sheet.columns)[below]
    few = below[filled <= max(1, np.median(filled) / 2)]
    last_full = int(below[filled > max(1, np.median(filled) / 2)].max(initial=header.last - 1))
    kinds = {int(row): "repeated-header" for row in _repeated(sheet, header, below)}
    for row in map(int, few if len(few) <= LOOKED_AT else ()):
        if kind := _kind(sheet, row, last_full):
            kinds[row] = kind
    for row in _exact_totals(sheet, below):
        kinds[row] = "subtotal-row"
    return kinds


def _kind(sheet: Sheet, row: int, last_full: int) -> str | None:
    """What a row with few cells is: a total, a footer, a title, or (None) data."""
    cells = [cell for cell in sheet.row(row + 1) if cell is not None]
    texts = [cell for cell in cells if isinstance(cell, str) and not re.fullmatch(r"[\d\s.,'-]+", cell)]
    if texts and _total().match(texts[0].strip()):
        return "subtotal-row"
    if len(texts) == len(cells) <= 2 and (len(cells) == 1 or row > last_full):
        return "footer-row" if row > last_full else "title-row"
    return None


def _exact_totals(sheet: Sheet, below: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> list[int]:
    """Rows that say “Total” and nothing else in one of the first two columns, however many numbers follow."""
    found: set[int] = set()
    for index in range(min(2, sheet.width)):
        hits = pc.match_substring_regex(sheet.columns[index].take(pa.array(below)), f"(?i)^t?(?:{_words()})[\\s:.]*$")
        found |= {int(below[position]) for position in pc.indices_nonzero(pc.fill_null(hits, False)).to_pylist()}
    return sorted(found)


def _repeated(sheet: Sheet, header: Header, below: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> list[int]:
    """Rows that are the header again."""
    named = [index for index, is_named in enumerate(header.named) if is_named][:3]
    if not named:
        return []
    same = np.ones(len(below), dtype=bool)
    for index in named:
        shown = sheet.columns[index][header.last - 1]
        equal = pc.fill_null(pc.equal(sheet.columns[index].take(pa.array(below)), shown), False)
        same &= equal.to_numpy(zero_copy_only=False)
    return [int(row) for row in below[same]]


@cache
def _words() -> str:
    return "|".join(re.escape(row["text"]) for row in sorted(words("totals"), key=lambda row: -len(row["text"])))


@cache
def _total() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words()})(?!\w)", re.IGNORECASE)
