"""The three answers to what a cell means: a value, a value with a remark, or a reason why it has no single meaning."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


class Unclear(ValueError):
    """The cell has no single meaning for its field, and its row is held: `rule` names the finding, `facts` fill its text."""

    def __init__(self, rule: str, **facts: Any) -> None:
        super().__init__(rule)
        self.rule = rule
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Noted:
    """A value with a remark: `rule` names the finding (a warning or advice), `facts` fill its text."""

    value: Any
    rule: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Amount:
    """What an amount cell means: `value` rounded to cents, and the ISO 4217 code that the cell itself names."""

    value: Decimal | None
    currency: str | None = None


Meaning = Any
