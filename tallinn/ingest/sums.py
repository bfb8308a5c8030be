"""Rows of sums that no word tells: their numbers are those of the rows above together, and they leave blank what the other rows say.

A sum that is taken for a contribution counts everything twice: a row that is certain to be one is left out, one that may be is held.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from tallinn.ingest.amounts import amounts
from tallinn.ingest.meaning import Amount, Meaning, Noted
from tallinn.ingest.sheets import Cell, Money, Percent, Sheet, decoded

USUALLY = 0.8
"""The share of rows, of those that say as much as most, that fill a column for a row without it to be unusual."""
SEVERAL = 2
"""Rows whose sum proves something, and blanks that do; an amount that stands twice proves little."""
ROUNDED = 0.01
"""A sum of rounded amounts, or rounded itself, is not further off than this share."""
_NUMBER = re.compile(r"(?!\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$)[\d\s.,']+")
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]
Positions = np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(frozen=True)
class Sums:
    """Rows (indices from 0) that are sums: `certain` ones, and `doubtful` ones with the rule that says why."""

    certain: list[int] = field(default_factory=list)
    doubtful: dict[int, str] = field(default_factory=dict)

    def without(self, rows: Set[int]) -> "Sums":
        """The same without some rows, of which it is known that they are no sums."""
        certain = [row for row in self.certain if row not in rows]
        return Sums(certain, {row: rule for row, rule in self.doubtful.items() if row not in rows})


def sum_rows(sheet: Sheet, rows: pa.Array, after: int, money: Mapping[int, int], beside: frozenset[int]) -> Sums:
    """The rows among `rows` (indices, in order) that are sums.

    `money`: column index → unit of the amounts in it. `beside`: columns that a sum fills too, such as the currency. Rows below row `after`
    that are not among `rows` were left out, and end a section.
    """
    if not money or not len(rows):
        return Sums()
    ledger = _Ledger(sheet, rows, money, beside)
    suspects = ledger.suspects()
    if not suspects.any():
        return Sums()
    filled = np.flatnonzero(sheet.filled.to_numpy(zero_copy_only=False)[after:]) + after
    breaks = filled[~np.isin(filled, ledger.places)]
    return ledger.judged(suspects, np.searchsorted(breaks, ledger.places))


class _Ledger:
    """The rows of a sheet as columns of numbers, with what else they say."""

    def __init__(self, sheet: Sheet, rows: pa.Array, money: Mapping[int, int], beside: frozenset[int]) -> None:
        self.sheet, self.rows, self.money = sheet, rows, money
        self.places = rows.to_numpy(zero_copy_only=False).astype(np.int64)
        self.others = [index for index in range(sheet.width) if index not in {*money, *beside}]
        filled = [self._filled(index) for index in self.others]
        said = _count(filled, len(self.places))
        full = said >= max(1, np.median(said))
        self.usual = [each for each in filled if full.any() and each[full].mean() >= USUALLY]
        self.blanks = _count([~each for each in self.usual], len(self.places))
        rarely_blank = [each for each in self.usual if (~each).sum() <= max(1, (1 - USUALLY) * len(self.places))]
        self.rare_blanks = _count([~each for each in rarely_blank], len(self.places))

    def suspects(self) -> Flags:
        """Rows with an amount that leave blank what others fill; in a table that says hardly anything else, the last row."""
        has_amount = _count([self._filled(index) for index in self.money], len(self.places)) > 0
        suspects: Flags = has_amount & (self.blanks > 0)
        if len(self.usual) < SEVERAL:
            suspects[-1] = has_amount[-1]
        return suspects

    def judged(self, suspects: Flags, sections: Positions) -> Sums:
        """Each suspect is held against the sum of its section so far, and of all rows so far; what is a sum is no part of later ones."""
        sums, columns = Sums(), [_Column(*self._cents(index, unit)) for index, unit in self.money.items()]
        start = 0
        for i in np.flatnonzero(suspects).tolist():
            start = max(start, int(np.searchsorted(sections, sections[i])))
            rows = max(_rows_that_make(columns, i, start), _rows_that_make(columns, i, 0))
            nearly = 0 if rows else max(_rows_that_make(columns, i, each, nearly=True) for each in (start, 0))
            if rule := self._rule(i, rows, nearly):
                self._note(sums, i, rule)
                start = i + 1
                for column in columns:
                    column.take_out(i)
        if (
            suspects[0]
            and self.places[0] not in sums.doubtful
            and (rule := self._rule(0, _rows_that_make(columns, 0, 1, len(self.places))))
        ):
            self._note(sums, 0, rule)
        return sums

    def _note(self, sums: Sums, i: int, rule: str) -> None:
        row = int(self.places[i])
        if rule == "sum-row":
            sums.certain.append(row)
        else:
            sums.doubtful[row] = rule

    def _rule(self, i: int, rows: int, nearly: int = 0) -> str | None:
        """What a suspect is, when its numbers are the sum of so many rows, or nearly (0: of none)."""
        blanks, is_alone = int(self.blanks[i]), self.rare_blanks[i] >= SEVERAL
        if not (rows or nearly or is_alone):
            return None
        words = self._words(i)
        if rows:
            certain = blanks >= SEVERAL and words <= (1 if rows >= SEVERAL else 0)
            if certain or (rows >= SEVERAL and blanks and not words):
                return "sum-row"
            return "perhaps-a-sum" if rows >= SEVERAL or (blanks and words <= 1) else None
        if nearly >= SEVERAL and blanks >= SEVERAL and words <= 1:
            return "perhaps-a-sum"
        return "amount-alone" if is_alone and not words else None

    def _words(self, i: int) -> int:
        """Cells beside the amounts that say something; a number, such as a year, may be the label of a sum."""
        cells = (self.sheet.cell(int(self.places[i]) + 1, index) for index in self.others)
        return sum(cell is not None and not _is_number(cell) for cell in cells)

    def _filled(self, index: int) -> Flags:
        valid: Flags = self.sheet.columns[index].is_valid().to_numpy(zero_copy_only=False)[self.places]
        return valid

    def _cents(self, index: int, unit: int) -> tuple[list[int], Flags]:
        """The amounts of each row in cents, and whether there is one."""
        different = self.sheet.different(index, self.rows)
        cells = [decoded(text, tagged=self.sheet.tagged[index]) for text in different.texts.to_pylist()]
        filled = [cell for cell in cells if cell is not None]
        read = iter(amounts(filled, unit))
        cents = [None if cell is None else _in_cents(next(read)) for cell in cells]
        places = range(len(cents)) if different.indices is None else different.indices.to_pylist()
        own = [None if place is None else cents[place] for place in places]
        return [number or 0 for number in own], np.array([number is not None for number in own])


class _Column:
    """A column of amounts, whose sum from any row to any other is known."""

    def __init__(self, cents: list[int], known: Flags) -> None:
        self.cents, self.known = cents, known
        # Python's own whole numbers: no sum of amounts is too large for them.
        self.before = np.concatenate([[0], np.cumsum(np.array(cents, dtype=object))])
        self.rows = np.concatenate([[0], np.cumsum(known)])
        self.taken_out: list[int] = []

    def take_out(self, i: int) -> None:
        if self.known[i]:
            self.taken_out.append(i)

    def sum(self, start: int, end: int) -> tuple[int, int]:
        """The sum of the rows from `start` to before `end`, and how many they are, without those that were taken out."""
        out = self.taken_out[bisect_left(self.taken_out, start) :]
        return self.before[end] - self.before[start] - sum(self.cents[i] for i in out), int(self.rows[end] - self.rows[start]) - len(out)


def _rows_that_make(columns: Sequence[_Column], i: int, start: int, end: int | None = None, *, nearly: bool = False) -> int:
    """How many rows, from `start` to before row i (or before `end`), add up to row i in every column that it fills; 0 if they do not."""
    found = [(column.cents[i], *column.sum(start, i if end is None else end)) for column in columns if column.known[i]]
    same = all(abs(own - total) <= (abs(total) * ROUNDED if nearly else 0) for own, total, _rows in found)
    return min((rows for _own, _total, rows in found), default=0) if same else 0


def _count(flags: Sequence[Flags], rows: int) -> Positions:
    """How many of these flags each row has."""
    return sum((each.astype(np.int64) for each in flags), np.zeros(rows, dtype=np.int64))


def _in_cents(meaning: Meaning) -> int | None:
    value = meaning.value if isinstance(meaning, Noted) else meaning
    return int(value.value * 100) if isinstance(value, Amount) and value.value is not None else None


def _is_number(cell: Cell) -> bool:
    if isinstance(cell, str):
        return bool(_NUMBER.fullmatch(cell.strip()))
    return isinstance(cell, (int, float, Money, Percent)) and not isinstance(cell, bool)
