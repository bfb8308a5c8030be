"""What is invented: rows of the datasets as they are meant, and how well or badly they are reported."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from tallinn.ingest.invented import MARK

PARTS = Path(__file__).parent / "parts"
FIRST_DAY, LAST_DAY = date(2022, 1, 1), date(2026, 9, 30)
SOURCE = "https://example.org/demonstration"

Row = Mapping[str, Any]
"""Field → value: Decimal, int, bool, code, canonical date, or "a; b" for a list. What is not known is left out."""


@dataclass(frozen=True)
class Fact:
    """One row, the day it became known, and what its files do to it.

    `earlier` is what the first file that holds it says differently, until a later file of the same sender corrects it. `fault` is a field
    with a text that cannot be read, so that the row is held. A `withdrawn` row is left out of the later files of its sender.
    """

    row: Row
    day: date
    earlier: Row = field(default_factory=dict)
    fault: tuple[str, str] | None = None
    withdrawn: bool = False


Facts = Mapping[str, Mapping[str, Sequence[Fact]]]
"""Form (its donor's code, or the name of an office's file) → dataset → what is invented for it."""


def true_rows(facts: Facts, dataset: str) -> list[Row]:
    """The rows that a lake must hold when every file has been taken: those that are neither held nor withdrawn."""
    return [fact.row for of_form in facts.values() for fact in of_form.get(dataset, ()) if not fact.fault and not fact.withdrawn]


def sourced(row: Row, page: str) -> Row:
    """The row with a source, which says that it is invented, and a label that lets everybody see it unless it has one."""
    source = {"source_url": f"{SOURCE}/{page}", "source_publisher": MARK, "source_date": "2026-10-01", "note": f"{MARK}: invented"}
    return {**source, "tlp": "TLP:CLEAR", **row}


@cache
def parts(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one list in parts/."""
    with (PARTS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def some_day(draw: Random, first: date = FIRST_DAY, last: date = LAST_DAY) -> date:
    """Any day from the first to the last."""
    return first + timedelta(days=draw.randrange((last - first).days + 1))


def stated(draw: Random, day: date) -> str:
    """A day as exactly as somebody states it: most often the day, sometimes the month, the quarter, the half-year or the year."""
    forms = {
        f"{day}": 86,
        f"{day:%Y-%m}": 6,
        f"{day.year}-Q{(day.month + 2) // 3}": 5,
        f"{day.year}-H{(day.month + 5) // 6}": 2,
        f"{day.year}": 1,
    }
    return draw.choices(list(forms), list(forms.values()))[0]


def rounded(amount: float) -> Decimal:
    """An amount as people grant it: two digits, then zeros, and no more than that."""
    unit = 10 ** max(len(str(int(amount))) - 2, 2)
    return Decimal(int(amount // unit) * unit or unit)
