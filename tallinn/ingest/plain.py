"""Cells that mean one thing whatever else their column holds: plain numbers, days of ISO 8601, addresses. Arrow reads a million at once."""

import pyarrow as pa
import pyarrow.compute as pc

from tallinn.datasets import Field
from tallinn.lake_tables import ARROW_TYPES
from tallinn.periods import checked

_AMOUNT, _COUNT = r"-?[0-9]{1,15}(?:[.][0-9]{1,2})?", "-?[0-9]{1,15}"
_MOMENT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]+)?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?"
_ADDRESS = "https?://[!#-;=?-~]+"
"""All in it is ASCII, and neither a space nor one of the signs with which people enclose addresses."""


def plain_values(texts: pa.StringArray, field: Field, *, tagged: bool, unit: int) -> pa.Array:
    """The values of a column's texts, null for those that have to be asked (tallinn.ingest.cells), and for blanks.

    `tagged` and `unit` are as in sheets.Sheet and cells.meanings.
    """
    kind = ARROW_TYPES[field.duckdb_type]
    if field.kind == "uri":
        return _of_form(texts, _ADDRESS, "t" if tagged else "")
    if (field.type == "date" or field.kind == "period") and not tagged:
        return _days(texts).cast(kind)
    if field.type not in ("number", "integer") or unit != 1:
        return pa.nulls(len(texts), kind)
    form = _AMOUNT if field.type == "number" else _COUNT
    found = _of_form(texts, form, "n" if tagged else "")
    return (found if tagged else _without_first_decimal(found)).cast(kind)


def _of_form(texts: pa.StringArray, form: str, tag: str) -> pa.StringArray:
    """The texts of this form, without their tag, and null for all others."""
    fitting = pc.if_else(pc.match_substring_regex(texts, f"^{tag}(?:{form})$"), texts, pa.scalar(None, pa.string()))
    return pc.utf8_slice_codeunits(fitting, 1) if tag else fitting


def _without_first_decimal(numbers: pa.StringArray) -> pa.StringArray:
    """All but the first with a decimal point: that is asked, because it shows what a point means in this column."""
    first = pc.index(pc.fill_null(pc.match_substring(numbers, "."), False), True).as_py()
    if first < 0:
        return numbers
    return pa.concat_arrays([numbers.slice(0, first), pa.nulls(1, pa.string()), numbers.slice(first + 1)])


def _days(texts: pa.StringArray) -> pa.StringArray:
    """The days of dates and moments, however many moments a day has."""
    days = pc.utf8_slice_codeunits(_of_form(texts, _MOMENT, ""), 0, 10).dictionary_encode()
    return pa.array([_known(day) for day in days.dictionary.to_pylist()], pa.string()).take(days.indices)


def _known(day: str) -> str | None:
    """The day, if a calendar has it."""
    try:
        return checked(day)
    except ValueError:
        return None
