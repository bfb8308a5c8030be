"""Rows below a header that are no data: totals, titles of sections, footers, the header once more.

Each is told, none is dropped in silence.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tallinn.datasets import Dataset
from tallinn.ingest.findings import Finding, finding, listed
from tallinn.ingest.headers import Header
from tallinn.ingest.sheets import Sheet, column_letters, picked
from tallinn.ingest.words import words

LOOKED_AT = 50_000
"""Rows with few cells that are looked at one by one; a sheet with more of them is sparse by nature."""


USUALLY = 0.8
"""The share of rows that fill a column for a row without it to be unusual."""
WIDE = 4
"""A table of fewer columns may have rows of a single cell."""
LABELS = 4
"""Columns, from the left, in which the label of a total is looked for."""
_NUMBER = re.compile(r"[\d\s.,'-]+")
_FOOTER = re.compile(
    r"\*|¹|(?:sources?|notes?|quellen?|anmerkung(?:en)?|hinweis|джерел[оа]|примітк[аи]|allika[ds]?|märkus(?:ed)?|remarques?|källa|källor|"
    r"anm|bron|bronnen|opmerking|źródło|uwag[ai]|kilde[r]?|bemærkning|merknad|lähde|lähteet|huomautus|fonte|fonti|nota)\b",
    re.IGNORECASE,
)
Rows = np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(frozen=True)
class _Roles:
    """Columns by what they are for: numbers, texts that every row needs, those that nearly every row fills, words of a list."""

    amounts: frozenset[int]
    required: frozenset[int]
    usual: frozenset[int]
    coded: frozenset[int]


def data_rows(sheet: Sheet, header: Header, dataset: Dataset, mapping: Mapping[str, int]) -> tuple[pa.Array, list[Finding]]:
    """The indices (from 0) of the rows that are data, and findings about those that are left out. Blank rows are no question."""
    below = np.flatnonzero(sheet.filled.to_numpy(zero_copy_only=False)[header.last :]) + header.last
    kinds = _left_out(sheet, header, below, _roles(sheet, below, dataset, mapping))
    rows = below[~np.isin(below, list(kinds))] if kinds else below
    findings = [found for rule in sorted(set(kinds.values())) for found in told(sheet, rule, [row for row in kinds if kinds[row] == rule])]
    return pa.array(rows.astype(np.int32), pa.int32()), findings


def _roles(sheet: Sheet, below: Rows, dataset: Dataset, mapping: Mapping[str, int]) -> _Roles:
    fields = [dataset.field(name) for name in mapping]
    amounts = frozenset(mapping[field.name] for field in fields if field.type in ("number", "integer"))
    required = {mapping[field.name] for field in fields if field.required and field.name != dataset.key} - amounts
    beside = {mapping[field.name] for field in fields if field.kind == "currency"} | amounts
    usual = {
        index
        for index in set(mapping.values()) - beside
        if len(below) and picked(sheet.columns[index], pa.array(below)).null_count <= (1 - USUALLY) * len(below)
    }
    coded = frozenset(mapping[field.name] for field in fields if field.code_list)
    return _Roles(amounts, frozenset(required), frozenset(required | usual), coded)


def told(sheet: Sheet, rule: str, rows: list[int]) -> list[Finding]:
    """The findings of a rule about rows (indices from 0), each at the first cell of its row."""
    return list(listed(rows, lambda row: _finding(sheet, rule, row), len(rows)))


def _finding(sheet: Sheet, rule: str, row: int) -> Finding:
    column = next(index for index in range(sheet.width) if sheet.cell(row + 1, index) is not None)
    return finding(rule, sheet=sheet.name, cell=f"{column_letters(column)}{row + 1}", value=sheet.cell(row + 1, column))


def _left_out(sheet: Sheet, header: Header, below: Rows, roles: _Roles) -> dict[int, str]:
    """Row index → rule, for every row that is no data."""
    if not len(below):
        return {}
    filled = sum(column.is_valid().to_numpy(zero_copy_only=False).astype(np.int32) for column in sheet.columns)[below]
    usual = float(np.median(filled))
    few = below[filled <= max(1, usual / 2)]
    last_full = int(below[filled > max(1, usual / 2)].max(initial=header.last - 1))
    kinds = {int(row): "repeated-header" for row in _repeated(sheet, header, below)}
    if _numbering(sheet, int(below[0])):
        kinds[int(below[0])] = "numbering-row"
    for row in map(int, few if len(few) <= LOOKED_AT else ()):
        if kind := _kind(sheet, row, last_full, roles, usual):
            kinds[row] = kind
    kinds |= dict.fromkeys(_totals(sheet, below, roles), "subtotal-row")
    return kinds


def _kind(sheet: Sheet, row: int, last_full: int, roles: _Roles, usual: float) -> str | None:
    """What a row with few cells is, if no total: a note below the table, a title between rows, or (None) data."""
    cells = {index: cell for index, cell in enumerate(sheet.row(row + 1)) if cell is not None}
    texts = [cell for cell in cells.values() if isinstance(cell, str) and not _NUMBER.fullmatch(cell)]
    if len(texts) < len(cells) or len(cells) > 2 or not roles.amounts.isdisjoint(cells):
        return None
    if row > last_full and _FOOTER.match(texts[0].strip()):
        return "footer-row"
    complete = bool(roles.required) and roles.required <= set(cells) and not roles.amounts
    if complete and usual < WIDE:
        return None
    return "footer-row" if row > last_full else "title-row" if len(cells) == 1 else None


def _totals(sheet: Sheet, below: Rows, roles: _Roles) -> list[int]:
    """Rows whose first text begins with a word such as “Total”, and that leave blank what the rows of this sheet otherwise say."""
    hits = np.zeros(sheet.height, dtype=bool)
    for index in [index for index in range(sheet.width) if index not in roles.coded][:LABELS]:
        matches = sheet.matching(index, rf"(?i)^t?\s*(?:{_words()})(?:$|[^\pL\pN])")
        hits |= matches.to_numpy(zero_copy_only=False)
    return [row for row in below[hits[below]].tolist() if _is_total(sheet, row, roles)]


def _is_total(sheet: Sheet, row: int, roles: _Roles) -> bool:
    cells = {index: cell for index, cell in enumerate(sheet.row(row + 1)) if cell is not None}
    label, text = next(((index, cell) for index, cell in cells.items() if isinstance(cell, str) and not _NUMBER.fullmatch(cell)), (-1, ""))
    if label in roles.coded or not begins_total(text):
        return False
    otherwise = roles.usual - {label}
    if otherwise:
        return not otherwise <= set(cells)
    return bool(re.fullmatch(rf"(?:{_words()})[\s:.]*", text.strip(), re.IGNORECASE))


def begins_total(text: str) -> bool:
    """Whether a text begins with a word such as “Total”."""
    return bool(_total().match(text.strip()))


def _numbering(sheet: Sheet, row: int) -> bool:
    """Whether a row numbers the columns: 1, 2, 3, …"""
    cells = [str(cell) for cell in sheet.row(row + 1) if cell is not None]
    return len(cells) > 2 and cells == [str(number) for number in range(1, len(cells) + 1)]


def _repeated(sheet: Sheet, header: Header, below: Rows) -> list[int]:
    """Rows that are the header again."""
    named = [index for index, is_named in enumerate(header.named) if is_named][:3]
    if not named:
        return []
    same = np.ones(len(below), dtype=bool)
    for index in named:
        shown = sheet.columns[index][header.last - 1]
        equal = pc.fill_null(pc.equal(picked(sheet.columns[index], pa.array(below)), shown), False)
        same &= equal.to_numpy(zero_copy_only=False)
    return [int(row) for row in below[same]]


@cache
def _words() -> str:
    return "|".join(re.escape(row["text"]) for row in sorted(words("totals"), key=lambda row: -len(row["text"])))


@cache
def _total() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words()})(?!\w)", re.IGNORECASE)
