"""What is to be said about a cell: the rules and their texts are data (data/reference/rules.csv), a finding is one of them at a place."""

from dataclasses import dataclass
from typing import Any

from tallinn.datasets import code_lists
from tallinn.wording import _


@dataclass(frozen=True)
class Finding:
    """One remark: level is error (the row is held), warning (taken, and listed) or advice."""

    level: str
    rule: str
    sheet: str | None
    cell: str | None
    row: int | None
    column: str | None
    value: str | None
    message: str


class Refused(Exception):
    """The file as a whole cannot be taken; the text is one sentence for the person who sent it."""


def finding(
    rule: str, *, sheet: str | None = None, cell: str | None = None, column: str | None = None, value: object = None, **facts: Any
) -> Finding:
    """The finding of `rule` at a place; `facts` fill the rule's text. The row is read off the cell."""
    text = next(row for row in code_lists()["rules"].rows if row["code"] == rule)
    shown = None if value is None else shorten(str(value))
    row = int("".join(filter(str.isdigit, cell))) if cell else None
    message = _(text["template"]).format_map({"column": column, "value": shown, **facts})
    return Finding(text["level"], rule, sheet, cell, row, column, shown, message)


def shorten(text: str, limit: int = 80) -> str:
    """At most `limit` characters, so that a message stays a sentence."""
    return printable(text if len(text) <= limit else text[: limit - 1] + "…")


def printable(text: str) -> str:
    """On one line, with a mark for each character that is no letter or sign: a stranger's text must not steer a terminal."""
    return "".join(" " if sign.isspace() else sign if sign.isprintable() else "\ufffd" for sign in text)
