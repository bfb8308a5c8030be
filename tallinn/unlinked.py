"""Rows that an audience sees name no rows that it does not see: a reference to one of those is taken out."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from tallinn.datasets import Field, datasets


def unlinked(visible: Mapping[str, pa.Table], everything: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The visible rows of each dataset without the keys of rows that are only in `everything`. Keys that nobody has on file stay.

    A contribution that was reported twice does not count, even where the other report is not visible: it says so without naming it.
    """
    named = {of.references.partition(".")[0] for each in datasets().values() for of in each.fields if of.references}
    hidden = {name: _hidden_keys(name, visible[name], everything[name]) for name in named}
    return {name: _unlinked(rows, datasets()[name].fields, hidden) for name, rows in visible.items()}


def _hidden_keys(dataset: str, visible: pa.Table, everything: pa.Table) -> set[str]:
    if visible.num_rows == everything.num_rows:
        return set()
    key = datasets()[dataset].key
    return {*everything[key].to_pylist()} - {*visible[key].to_pylist()}


def _unlinked(rows: pa.Table, fields: tuple[Field, ...], hidden: Mapping[str, set[str]]) -> pa.Table:
    for field in fields:
        keys = hidden[field.references.partition(".")[0]] if field.references else set()
        if not keys:
            continue
        if field.name == "duplicate_of":
            rows = _called_duplicate(rows, keys)
        texts = rows[field.name].to_pylist()
        left = {text: _without(text, keys, is_list=field.kind == "list") for text in set(texts)}
        rows = _with(rows, field.name, pa.array([left[text] for text in texts], pa.string()))
    return rows


def _without(text: str | None, keys: set[str], *, is_list: bool) -> str | None:
    named = text.split("; ") if text and is_list else [text or ""]
    return "; ".join(key for key in named if key not in keys) or None


def _called_duplicate(rows: pa.Table, keys: set[str]) -> pa.Table:
    """Whose other report is not visible is a duplicate by its own word, unless it was cancelled, which comes first."""
    is_cancelled = pc.fill_null(pc.equal(rows["not_counted"], "cancelled"), False)
    is_one = pc.and_not(pc.is_in(rows["duplicate_of"], pa.array(sorted(keys))), is_cancelled)
    return _with(rows, "not_counted", pc.if_else(is_one, "duplicate", rows["not_counted"]))


def _with(rows: pa.Table, name: str, values: pa.Array) -> pa.Table:
    return rows.set_column(rows.schema.get_field_index(name), name, values)
