"""Step 2, recognise: which dataset a sheet holds, in which row its header stands, and which column is which field."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from tallinn.datasets import Dataset, datasets
from tallinn.ingest.cells import is_blank
from tallinn.ingest.findings import Finding, finding
from tallinn.ingest.read import Cell, Sheet, column_letters

HEADER_WITHIN_ROWS = 20
ENOUGH_HEADERS = 0.5


@dataclass(frozen=True)
class Table:
    """A sheet with its meaning: field name → column index, and where the rows start (1-based row of the header)."""

    sheet: Sheet
    dataset: Dataset
    header_row: int
    mapping: dict[str, int]
    findings: tuple[Finding, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether every column has a meaning, so that the rows can be taken."""
        return not any(found.level == "error" for found in self.findings)

    def cell(self, field: str, row_number: int) -> str:
        """The address of a field in a row, such as F12."""
        return f"{column_letters(self.mapping[field])}{row_number}"

    def header(self, field: str) -> str:
        """The header text of a field as it stands in the file."""
        return str(self.sheet.rows[self.header_row - 1][self.mapping[field]])


def recognise(sheet: Sheet, dataset: str | None = None, constants: Collection[str] = ()) -> Table | None:
    """The table in a sheet, or None when no row looks like the header of a dataset (of `dataset`, if one is named).

    Fields named in `constants` have a value for all rows and need no column.
    """
    candidates = [datasets()[dataset]] if dataset else list(datasets().values())
    best: tuple[float, int, Dataset] | None = None
    for index, row in enumerate(sheet.rows[:HEADER_WITHIN_ROWS]):
        texts = [_plain(cell) for cell in row if isinstance(cell, str)]
        for candidate in candidates:
            score = _score(texts, candidate)
            if score > ENOUGH_HEADERS and (best is None or score > best[0]):
                best = (score, index, candidate)
    return _table(sheet, best[2], best[1], constants) if best else None


def _score(texts: list[str], dataset: Dataset) -> float:
    """The share of the row's texts that are headers of the dataset, provided that its key is among them; a little more for more of them."""
    headers = _headers(dataset.name)
    known = {headers[text] for text in texts if text in headers}
    return len(known) / len(texts) + len(known) / 1000 if dataset.key in known else 0.0


def _table(sheet: Sheet, dataset: Dataset, header_index: int, constants: Collection[str]) -> Table:
    headers = _headers(dataset.name)
    mapping: dict[str, int] = {}
    findings: list[Finding] = []
    for column, cell in enumerate(_as_wide_as_its_rows(sheet, header_index)):
        if is_blank(cell) and not _filled(sheet, header_index, column):
            continue
        address = f"{column_letters(column)}{header_index + 1}"
        name = headers.get(_plain(cell))
        if name is None:
            findings.append(finding("unknown-column", sheet=sheet.name, cell=address, value=cell or address, dataset=dataset.title))
        elif name in mapping:
            findings.append(finding("duplicate-column", sheet=sheet.name, cell=address, value=cell))
        else:
            mapping[name] = column
    absent = [field for field in dataset.fields if field.required and field.name not in {*mapping, *constants}]
    findings += [finding("missing-column", sheet=sheet.name, cell=f"A{header_index + 1}", column=field.title) for field in absent]
    return Table(sheet, dataset, header_index + 1, mapping, tuple(findings))


def _as_wide_as_its_rows(sheet: Sheet, header_index: int) -> list[Cell]:
    """The header, with a blank for each column that only rows below it have: a stray comma in a CSV must not lose a cell."""
    header = sheet.rows[header_index]
    width = max(len(row) for row in sheet.rows[header_index:])
    return [*header, *[None] * (width - len(header))]


def _filled(sheet: Sheet, header_index: int, column: int) -> bool:
    return any(len(row) > column and not is_blank(row[column]) for row in sheet.rows[header_index + 1 :])


@cache
def _headers(dataset: str) -> dict[str, str]:
    """Field names of a dataset by every header text that means them."""
    return {_plain(text): field.name for field in datasets()[dataset].fields for text in (field.name, field.title)}


def _plain(cell: Cell) -> str:
    return re.sub(r"[\W_]+", " ", str(cell or "").casefold()).strip()
