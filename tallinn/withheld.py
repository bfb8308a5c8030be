"""How many rows the public may not see: as lower bounds from which no small count can be worked out.

Disclosure control for counts by a threshold, rounding and suppression (Handbook on Statistical Disclosure Control, 2nd edition, 2024,
chapter on frequency tables). DECISIONS.md says why it is done so; tests/audience/test_withheld.py tries it on all small tables.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from tallinn.datasets import code_lists, datasets
from tallinn.settings import SMALL_COUNT

DIMENSIONS: dict[str, dict[str, str | None]] = {
    "projects": {"status": "activity_status", "category": "categories"},
    "incidents": {"type": None, "sector": None},
}
"""What withheld rows are counted by, with the code list that names the cells; None: the values that the public sees in its own rows."""
PUBLIC = "public"
"""The readers of a row that is not withheld."""
COLUMNS = pa.schema([("dataset", pa.string()), ("dimension", pa.string()), ("code", pa.string()), ("at_least", pa.int64())])


@dataclass(frozen=True)
class Breakdown:
    """Rows by the cells of one dimension: every cell that there may be, those with 0 too, so that the cells themselves tell nothing.

    Each row is in one cell at least; `overlapping`: it may be in several.
    """

    cells: Mapping[str | None, int]
    overlapping: bool = False


def counted(tables: Mapping[str, pa.Table], readers: Mapping[str, pa.Array], threshold: int = SMALL_COUNT) -> pa.Table:
    """Rows that the public may not see, counted: COLUMNS, without those of which nothing is said.

    `readers` names the readers of each row of each dataset (null: nobody). A dataset's total has the dimension "total"; a code is null for
    rows that state none, or one that the public does not know.
    """
    said: Counter[tuple[str, str, str | None]] = Counter()
    for dataset, dimensions in DIMENSIONS.items():
        rows_of_all = tables[dataset].select(list(dimensions))
        public_rows = rows_of_all.filter(pc.equal(readers[dataset], PUBLIC))
        lists = {name: datasets()[dataset].field(name).kind == "list" for name in dimensions}
        cells = {name: _cells(public_rows[name], codes, lists[name]) for name, codes in dimensions.items()}
        for rows in _groups(rows_of_all, readers[dataset]):
            breakdowns = [_breakdown(rows[name], cells[name], lists[name]) for name in dimensions]
            total, bounds = lower_bounds(rows.num_rows, breakdowns, threshold)
            said[dataset, "total", None] += total
            said.update({(dataset, name, code): n for name, each in zip(dimensions, bounds, strict=True) for code, n in each.items()})
    rows_said = [(*cell, n) for cell, n in said.items() if n]
    return pa.Table.from_pylist([dict(zip(COLUMNS.names, row, strict=True)) for row in rows_said], schema=COLUMNS)


def lower_bounds(total: int, breakdowns: Sequence[Breakdown], threshold: int) -> tuple[int, list[dict[str | None, int]]]:
    """What may be said of rows that the same readers see: at least so many in all, and at least so many in each cell.

    All are multiples of the threshold. Primary suppression rounds each count down, so that below the threshold nothing is said.
    Complementary suppression lowers the total to what each dimension can hold with one cell at its least and the others full, and the cells
    to no more than the total. So each count may still be any of `threshold` values in a row, the first of which is published.
    """
    floors = [{code: n // threshold for code, n in each.cells.items()} for each in breakdowns]
    held = [sum(cells.values()) + (len(cells) - 1) * (threshold - 1) // threshold for cells in floors]
    most = min(total // threshold, *held)
    kept = [_no_more_than(most, cells, each.overlapping) for cells, each in zip(floors, breakdowns, strict=True)]
    return most * threshold, [{code: n * threshold for code, n in cells.items()} for cells in kept]


def _no_more_than(most: int, cells: Mapping[str | None, int], overlapping: bool) -> dict[str | None, int]:
    """The cells, lowered until none of them, or where rows are in one cell only their sum, is more than `most`; the largest stay."""
    kept, left = {}, most
    for code in sorted(cells, key=cells.__getitem__, reverse=True):
        kept[code] = min(cells[code], left)
        left -= 0 if overlapping else kept[code]
    return kept


def _groups(rows: pa.Table, readers: pa.Array) -> Iterator[pa.Table]:
    """Withheld rows, apart by who reads them: who takes away the rows that it sees takes away whole groups."""
    for group in pc.unique(readers).to_pylist():
        if group not in (None, PUBLIC):
            yield rows.filter(pc.equal(readers, group))


def _cells(public_values: pa.ChunkedArray, codes: str | None, is_list: bool) -> list[str | None]:
    """Every code that the public knows, and None for all others: a code that stands in withheld rows alone would give them away."""
    if codes:
        return [*code_lists()[codes].codes, None]
    stated = {code for text in pc.unique(public_values).to_pylist() for code in _stated(text, is_list)}
    return [*sorted(code for code in stated if code), None]


def _breakdown(values: pa.ChunkedArray, cells: Sequence[str | None], is_list: bool) -> Breakdown:
    counts = Counter(dict.fromkeys(cells, 0))
    for each in pc.value_counts(values).to_pylist():
        stated = {code if code in cells else None for code in _stated(each["values"], is_list)}
        counts.update(dict.fromkeys(stated, each["counts"]))
    return Breakdown(counts, overlapping=is_list)


def _stated(text: str | None, is_list: bool) -> list[str | None]:
    return [*text.split("; ")] if text and is_list else [text]
