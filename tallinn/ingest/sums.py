"""Rows of sums that no word tells: their numbers are those of the rows above together, and they leave blank what the other rows say.

A sum that is taken for a contribution counts everything twice, so a row is left out if that is certain, and held if it is not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from tallinn.ingest.amounts import amounts
from tallinn.ingest.meaning import Amount, Noted
from tallinn.ingest.sheets import Cell, Sheet

USUALLY = 0.8
"""The share of rows that fill a column for a row without it to be unusual."""
Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True)
class Sums:
    """Row indices (from 0) of sums: `certain` ones, and doubtful ones with the rule that says why and the column of the number."""

    certain: tuple[int, ...] = ()
    doubtful: Mapping[int, tuple[str, int]] = {}  # noqa: RUF012 - frozen, never changed
