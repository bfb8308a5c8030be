"""Answers to questions as JSON, each with what proves it: the question, its SQL, the release, the licence."""

import json
import math
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tallinn.ask import question
from tallinn.open_data.stamp import Stamp
from tallinn.store import Store

SUMMARY = ("headline", "funding_over_time", "milestones", "project_status", "attacks_by_year", "members", "not_known")
"""What the Summary page asks."""
QUESTIONS = (*SUMMARY, "donor_ladder", "contributions")
"""Also the sums by donor, and each contribution in euro with the reason why it counts or not: from them the headline can be worked out."""

_KINDS = {"DECIMAL": "number", "DOUBLE": "number", "BOOLEAN": "boolean", "DATE": "date", "TIMESTAMP": "datetime", "VARCHAR": "string"}


def answer(store: Store, name: str, stamp: Stamp) -> dict[str, Any]:
    """The answer to queries/<name>.sql with the parameters that it takes by default, every value exact."""
    query = question(name)
    fields, rows = exact(store, name)
    described = [{"name": field, "type": kind} for field, kind in fields.items()]
    listed = [{field: plain(value) for field, value in row.items()} for row in rows]
    return {
        "question": query.question,
        "sql": query.sql,
        "parameters": query.defaults,
        **stamp.facts(),
        "fields": described,
        "rows": listed,
    }


def exact(store: Store, name: str, **parameters: Any) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The same as Python objects, with the type of each field: amounts are Decimal, where a frame would have them as floats."""
    query = question(name)
    with store.cursor() as cursor:
        found = cursor.execute(query.sql, {**query.defaults, **parameters})
        fields = {column[0]: _kind(column[1]) for column in found.description or ()}
        return fields, [dict(zip(fields, row, strict=True)) for row in found.fetchall()]


def as_json(facts: Mapping[str, Any] | list[Any]) -> bytes:
    """JSON in UTF-8, one value a line."""
    return (json.dumps(facts, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def plain(value: Any) -> Any:
    """A value for JSON: days as ISO 8601; an amount as a number, or, where a number would not be exact, as text; NULL as null."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        number = int(value) if value == value.to_integral_value() else float(value)
        return number if Decimal(repr(number)) == value and abs(number) < 2**53 else str(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _kind(kind: object) -> str:
    """The type of a column in the words of Table Schema."""
    return _KINDS.get(str(kind).partition("(")[0], "integer")
