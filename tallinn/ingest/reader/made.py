"""A sheet as the child makes it: columns of text for Arrow, and what stands around the cells."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

import pyarrow as pa

from tallinn.ingest.sheets import Duration, Failed, Money, Percent, encoded

MAX_CELLS = 20_000_000
MAX_COLUMNS = 16_384
MAX_CELL_CHARACTERS = 32_767
TEXT = frozenset({str, type(None)})


class NotReadable(Exception):
    """The file cannot be read: the message says why, and the facts fill it once it is translated."""

    def __init__(self, message: str, **facts: str | int) -> None:
        super().__init__(message, facts)
        self.message = message
        self.facts = facts


@dataclass
class Made:
    """One sheet: a text array a column, whether its cells carry tags, and the facts that a Sheet has."""

    name: str
    columns: list[pa.Array | pa.ChunkedArray]
    tagged: list[bool]
    hidden: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    hidden_rows: int = 0
    published: dict[str, Any] | None = None

    def described(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "hidden": self.hidden,
            "tagged": self.tagged,
            "merged": self.merged,
            "hidden_columns": [index for index in self.hidden_columns if index < len(self.columns)],
            "hidden_rows": self.hidden_rows,
            "published": self.published,
        }

    def write(self, file: BinaryIO) -> None:
        """The columns as one Arrow stream of one batch, so that who maps it into memory has each of them in one piece."""
        for index, column in enumerate(self.columns):
            # One after the other, so that no more than one column is in memory twice.
            self.columns[index] = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        batch = pa.record_batch(self.columns, names=[str(index) for index in range(len(self.columns))])
        with pa.ipc.new_stream(pa.PythonFile(file, "w"), batch.schema) as stream:
            stream.write_batch(batch)


def as_one(content: bytes, kind: pa.DataType) -> pa.Array:
    """Content as an array of a single text, for Arrow to look through it where it lies, and faster than `re` does."""
    ends = pa.array([0, len(content)], pa.int64()).buffers()[1]
    return pa.Array.from_buffers(kind, 1, [None, ends, pa.py_buffer(content)])


def made_of(name: str, rows: Sequence[Sequence[Any]], **facts: Any) -> Made:
    """A sheet of rows of cells; blank rows and columns at its ends are cut off."""
    width = max(map(len, rows), default=0)
    if width > MAX_COLUMNS:
        raise NotReadable("a row in it has more than {n} cells", n=MAX_COLUMNS)
    if width * len(rows) > MAX_CELLS:
        raise NotReadable("the sheet “{sheet}” is too large", sheet=name)
    columns, tagged = [], []
    for index in range(width):
        cells = [row[index] if index < len(row) else None for row in rows]
        tags = not set(map(type, cells)) <= TEXT
        columns.append(pa.array([_tagged(cell) for cell in cells] if tags else [_text(cell) for cell in cells], pa.string()))
        tagged.append(tags)
        check_lengths(columns[-1])
    return trimmed(Made(name, columns, tagged, **facts))


def trimmed(sheet: Made) -> Made:
    """The sheet without the blank rows and columns at its ends."""
    while sheet.columns and sheet.columns[-1].null_count == len(sheet.columns[-1]):
        sheet.columns.pop()
        sheet.tagged.pop()
    height = max((_last(column) for column in sheet.columns), default=0)
    sheet.columns = [column.slice(0, height) for column in sheet.columns]
    return sheet


def _last(column: pa.Array | pa.ChunkedArray) -> int:
    """The number of rows up to the last that is not blank."""
    last = pa.compute.max(pa.compute.indices_nonzero(column.is_valid())).as_py()
    return 0 if last is None else int(last) + 1


def check_lengths(column: pa.Array | pa.ChunkedArray) -> None:
    # The bytes of a text are known without looking at it.
    if (pa.compute.max(pa.compute.binary_length(column)).as_py() or 0) <= MAX_CELL_CHARACTERS:
        return
    if pa.compute.max(pa.compute.utf8_length(column)).as_py() > MAX_CELL_CHARACTERS:
        raise NotReadable("a cell holds more than {n} characters", n=MAX_CELL_CHARACTERS)


def _tagged(cell: Any) -> str | None:
    write = _TAGGED.get(type(cell))
    return encoded(cell) if write is None else write(cell)


def _text(cell: str | None) -> str | None:
    """A text; spaces alone are nothing."""
    return cell if cell and not cell.isspace() else None


def _number(cell: float) -> str:
    if math.isfinite(cell):
        return f"n{int(cell)!r}" if cell.is_integer() and abs(cell) < 1e15 else f"n{cell!r}"
    return f"t{cell}"


def _moment(cell: datetime) -> str:
    return "d" + (cell.date() if cell.time() == time() else cell).isoformat()


_TAGGED: dict[type, Callable[[Any], str | None]] = {
    type(None): lambda _cell: None,
    str: lambda cell: None if _text(cell) is None else "t" + cell,
    float: _number,
    date: lambda cell: "d" + cell.isoformat(),
    datetime: _moment,
    time: lambda cell: "s" + str(cell),
    timedelta: lambda cell: "s" + str(cell),
}
"""The forms of most cells; the others, such as those below, are written as sheets.py has it."""
SPECIAL = (Failed, Money, Percent, Duration)
