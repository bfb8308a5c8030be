"""What is to be said about a cell: the rules and their texts are data (data/reference/rules.csv), a finding is one of them at a place."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from tallinn.datasets import code_lists
from tallinn.wording import _, decimal

LISTED = 1000
"""Findings of one kind in one column that are told one by one; a million of them help nobody."""


@dataclass(frozen=True)
class Finding:
    """One remark: level is error (the row is held), warning (taken, and listed) or advice. `rows` is how many rows it speaks of."""

    level: str
    rule: str
    sheet: str | None
    cell: str | None
    row: int | None
    column: str | None
    value: str | None
    message: str
    rows: int = 1


class Refused(Exception):
    """The file as a whole cannot be taken; the text is one sentence for the person who sent it."""


def finding(
    rule: str,
    *,
    sheet: str | None = None,
    cell: str | None = None,
    column: str | None = None,
    value: object = None,
    rows: int = 1,
    **facts: Any,
) -> Finding:
    """The finding of `rule` at a place; `facts` fill the rule's text. The row is read off the cell."""
    text = rules()[rule]
    shown = None if value is None else shorten(str(value))
    row = int("".join(filter(str.isdigit, cell))) if cell else None
    message = _(text["template"]).format_map({"column": column, "value": shown, "rows": rows, **_in_words(facts)})
    return Finding(text["level"], rule, sheet, cell, row, column, shown, message, rows)


def _in_words(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts with numbers as the reader writes them."""
    return {name: decimal(float(fact), digits=2) if type(fact) in (int, float, Decimal) else fact for name, fact in facts.items()}


def level_name(level: str) -> str:
    """How grave a finding is, in a word."""
    return {"error": _("error"), "warning": _("warning"), "advice": _("advice")}[level]


@cache
def rules() -> dict[str, dict[str, str]]:
    """Every rule by its code: level, name, template."""
    return {row["code"]: row for row in code_lists()["rules"].rows}


def listed(places: Sequence[int], say: Callable[[int], Finding], count: int) -> Iterator[Finding]:
    """The findings of one kind in one column: the first ones each by itself, the rest as one that says how many they are."""
    said = [say(place) for place in places[:LISTED]]
    yield from said
    if count > LISTED:
        more = finding("more-of-the-same", sheet=said[0].sheet, column=said[0].column, rows=count - LISTED)
        yield replace(more, level=said[0].level, rule=said[0].rule)


def shorten(text: str, limit: int = 80) -> str:
    """At most `limit` characters, so that a message stays a sentence."""
    return printable(text if len(text) <= limit else text[: limit - 1] + "…")


def printable(text: str) -> str:
    """On one line, with a mark for each character that is no letter or sign: a stranger's text must not steer a terminal."""
    return "".join(" " if sign.isspace() else sign if sign.isprintable() else "\ufffd" for sign in text)
