"""Some cells of each column of a sheet: enough to guess what the column is, however long the sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tallinn.ingest.sheets import Cell, Sheet, encoded, picked
from tallinn.ingest.words import unknown_word

ROWS, CELLS = 2_000, 300
"""Rows that are looked at, and different cells of a column."""


@dataclass(frozen=True)
class Sample:
    """Rows of a sheet, evenly spread over all below row `after`; `key` is the index of the column with the keys, if there is one."""

    sheet: Sheet
    after: int
    key: int | None = None

    @cached_property
    def rows(self) -> pa.Array:
        below = self.sheet.height - self.after
        return pa.array(np.unique(np.linspace(self.after, self.sheet.height - 1, min(ROWS, below)).astype(np.int64)))

    def cells(self, index: int) -> Sequence[Cell]:
        """Some different cells of a column, without blanks and words for the unknown."""
        cells = self.sheet.distinct(index, picked(self.sheet.columns[index], self.rows))
        return [cell for cell in cells if not (isinstance(cell, str) and _says_nothing(cell))][:CELLS]

    def repeats(self, index: int) -> bool:
        """Whether a cell of the column stands in several rows."""
        texts = picked(self.sheet.columns[index], self.rows)
        return bool(len(texts) - texts.null_count > pc.count_distinct(texts).as_py())

    def are_keys(self, texts: Sequence[str]) -> bool:
        """Whether each text is the key of a row of this sheet."""
        if self.key is None:
            return False
        written = [encoded(text) if self.sheet.tagged[self.key] else text for text in texts]
        return bool(pc.all(pc.is_in(pa.array(written, pa.string()), value_set=self.sheet.columns[self.key])).as_py())


def _says_nothing(text: str) -> bool:
    return not text.strip() or unknown_word(text)
