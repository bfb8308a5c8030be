"""What somebody wants to know: only names and values, which mean nothing before `composed` has found them among what is offered."""

from dataclasses import dataclass
from typing import Literal

MOST_GROUPS, MOST_MEASURES, MOST_CONDITIONS, MOST_VALUES = 2, 3, 10, 200
"""More would make no table that somebody can read."""


@dataclass(frozen=True)
class Condition:
    """Which rows are meant: a column `among` values, with `words` in it, or `from` and `to` a number or a day."""

    column: str
    how: Literal["among", "words", "from", "to"]
    values: tuple[str, ...]


@dataclass(frozen=True)
class Wish:
    """A dataset, with what was chosen of all that must be (`fixed`); then either `columns` of single rows, or `measures` by `groups`."""

    dataset: str
    fixed: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
