"""What a read file consists of: sheets of cells that know their address, kept column by column so that a million rows fit.

The reader's child process sends each column as text. Where a column holds more than text, a cell's first letter says what it is (TAGS).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

SAMPLE = 10_000
"""Where most of so many cells of a column differ from each other, nothing is gained by looking at each text once."""


@dataclass(frozen=True)
class Duration:
    """A length of time: no date, whatever the cell's format says."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Failed:
    """A formula without a result: `error` as the cell shows it, empty if the file was saved before anything had calculated it."""

    error: str

    def __str__(self) -> str:
        return self.error


@dataclass(frozen=True)
class Money:
    """A number beside which its cell format shows words, such as a currency (ISO 4217 code or sign) or “Mio. €”.

    `scale`: what the format divides by before it shows the number (1, 1000, 1000000).
    """

    amount: int | float
    words: str
    scale: int = 1

    def __str__(self) -> str:
        return f"{self.words} {self.amount:,}".strip()


@dataclass(frozen=True)
class Percent:
    """A number that its cell format shows as a percentage: 0.25 is shown as 25 %."""

    share: int | float

    def __str__(self) -> str:
        return f"{self.share:.10%}".rstrip("0%").rstrip(".") + "%"


@dataclass(frozen=True)
class Different:
    """The texts of some cells, each different one once (and nulls), and for each cell the index of its text (null for a blank).

    Where nearly each text is another one, `indices` is None and `texts` are those of the cells, one by one.
    """

    texts: pa.StringArray
    indices: pa.Int32Array | None
    cells: pa.StringArray

    def spread(self, values: pa.Array) -> pa.Array:
        """For each cell what is given for its text. Without a copy, where that is the text itself."""
        if values.equals(self.texts):
            return self.cells
        return values if self.indices is None else values.take(self.indices)


Cell = str | int | float | bool | date | datetime | Duration | Failed | Money | Percent | None


@dataclass(frozen=True)
class Published:
    """What a sheet that was made of an IATI file states: by whom (identifiers), and the activities that the file states in full."""

    by: str
    activities: frozenset[str]


@dataclass(frozen=True)
class Sheet:
    """One sheet from A1 on. Rows are counted from 1, as a spreadsheet shows them, columns from 0.

    `columns` are Arrow text arrays of one length, null where a cell is blank; `tagged` says for each whether its cells carry tags.
    `merged` are ranges (first row, first column, last row, last column), rows from 1 and columns from 0. `hidden_rows` counts them.
    `published` is set where the reader made the sheet of an IATI file.
    """

    name: str
    hidden: bool
    columns: tuple[pa.Array, ...]
    tagged: tuple[bool, ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_columns: frozenset[int] = frozenset()
    hidden_rows: int = 0
    published: Published | None = None

    @classmethod
    def of(cls, rows: Sequence[Sequence[Cell]], name: str = "", *, hidden: bool = False) -> "Sheet":
        """A sheet made of rows of cells."""
        width = max(map(len, rows), default=0)
        columns = [[row[index] if index < len(row) else None for row in rows] for index in range(width)]
        tagged = tuple(not all(cell is None or isinstance(cell, str) for cell in column) for column in columns)
        arrays = (
            pa.array([encoded(cell) if tag and cell is not None else cell for cell in column], pa.string())
            for column, tag in zip(columns, tagged, strict=True)
        )
        return cls(name, hidden, tuple(arrays), tagged)

    @property
    def width(self) -> int:
        return len(self.columns)

    @property
    def height(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def cell(self, row: int, column: int) -> Cell:
        """The cell in a row (from 1) and column (from 0); None outside the sheet."""
        if not (0 < row <= self.height and 0 <= column < self.width):
            return None
        return decoded(self.columns[column][row - 1].as_py(), tagged=self.tagged[column])

    def row(self, number: int) -> list[Cell]:
        """All cells of a row (from 1)."""
        return [self.cell(number, column) for column in range(self.width)]

    def head(self, rows: int) -> list[list[Cell]]:
        """The cells of the first rows."""
        return [self.row(number) for number in range(1, min(rows, self.height) + 1)]

    def different(self, column: int, rows: pa.Array | None = None) -> "Different":
        """The different texts of a column, in all rows or in some (ascending, counted from 0)."""
        cells, encoding = self.columns[column], self._encoding(column)
        if rows is not None:
            cells = picked(cells, rows)
        if encoding is None:
            return Different(cells, None, cells)
        if rows is None:
            return Different(encoding.dictionary, encoding.indices, cells)
        indices = picked(encoding.indices, rows)
        used = pc.is_in(pa.array(np.arange(len(encoding.dictionary), dtype=np.int32)), value_set=pc.unique(indices))
        return Different(pc.if_else(used, encoding.dictionary, pa.scalar(None, pa.string())), indices, cells)

    def matching(self, column: int, pattern: str) -> pa.BooleanArray:
        """For each row whether its text in a column matches a regular expression (RE2)."""
        different = self.different(column)
        hits = pc.match_substring_regex(different.texts, pattern)
        return pc.fill_null(different.spread(hits), False) if pc.any(hits).as_py() else pa.repeat(pa.scalar(False), self.height)

    def _encoding(self, column: int) -> pa.DictionaryArray | None:
        """A column with its different texts apart; None where nearly each of them is another one."""
        if column not in self._encodings:
            texts = self.columns[column]
            many = pc.count_distinct(texts.slice(0, SAMPLE)).as_py() > SAMPLE / 2
            self._encodings[column] = None if many else texts.dictionary_encode()
        return self._encodings[column]

    @cached_property
    def _encodings(self) -> dict[int, pa.DictionaryArray | None]:
        return {}

    def distinct(self, column: int, texts: pa.StringArray) -> list[Cell]:
        """The different cells among some texts of a column, without blanks."""
        return [decoded(text, tagged=self.tagged[column]) for text in texts.unique().drop_null().to_pylist()]

    @cached_property
    def filled(self) -> pa.Array:
        """For each row whether any cell of it is not blank."""
        seen = pa.array([False] * self.height, pa.bool_())
        for column in self.columns:
            seen = pc.or_(seen, column.is_valid())
        return seen


def picked(array: pa.Array, rows: pa.Array) -> pa.Array:
    """The elements in some rows (ascending, counted from 0); without a copy, where the rows follow each other."""
    if len(rows) and rows[-1].as_py() - rows[0].as_py() + 1 == len(rows):
        return array.slice(rows[0].as_py(), len(rows))
    return array.take(rows)


def encoded(cell: Cell) -> str:
    """A cell, not blank, as text that begins with what it is."""
    for kind, (tag, write) in _WRITTEN.items():
        if isinstance(cell, kind):
            return f"{tag}{write(cell)}"
    raise TypeError(f"no cell: {cell!r}")


def decoded(text: str | None, *, tagged: bool) -> Cell:
    """The cell that a text of a column stands for."""
    if text is None or not tagged:
        return text
    cell: Cell = _READ[text[0]](text[1:])
    return cell


def column_letters(index: int) -> str:
    """The letters of the column with this index, counted from 0: A, B, … Z, AA."""
    letters = ""
    while index >= 0:
        index, rest = divmod(index, 26)
        letters, index = chr(65 + rest) + letters, index - 1
    return letters


def _number(text: str) -> int | float:
    return int(text) if text.lstrip("-").isdigit() else float(text)


def _moment(text: str) -> date | datetime:
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


def _money(text: str) -> Money:
    number, scale, words = text.split(" ", 2)
    return Money(_number(number), words, int(scale))


# bool before int and datetime before date: the one is a kind of the other.
_WRITTEN: dict[type, tuple[str, Any]] = {
    str: ("t", str),
    bool: ("b", lambda cell: "1" if cell else "0"),
    int: ("n", repr),
    float: ("n", repr),
    datetime: ("d", datetime.isoformat),
    date: ("d", date.isoformat),
    Duration: ("s", str),
    Failed: ("f", str),
    Money: ("m", lambda cell: f"{cell.amount!r} {cell.scale} {cell.words}"),
    Percent: ("p", lambda cell: repr(cell.share)),
}
_READ: dict[str, Any] = {
    "t": str,
    "n": _number,
    "b": lambda text: text == "1",
    "d": _moment,
    "s": Duration,
    "f": Failed,
    "m": _money,
    "p": lambda text: Percent(_number(text)),
}
TAGS = "".join(_READ)
