"""What rules speak of (tallinn/ingest/rules/README.md): the rows of a file beside those of the lake, and views of what they say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tallinn import periods
from tallinn.catalog import offered, quoted
from tallinn.datasets import Dataset, Field, code_lists
from tallinn.rates import currencies

# Pairs of dates of one row, of which the second must not be before the first.
ORDERED_DATES = {
    "projects": (("start", "end"), ("planned_start", "planned_end"), ("actual_start", "actual_end")),
    "incident_counts": (("period_start", "period_end"),),
    "capabilities": (("available_from", "available_until"),),
}
AMOUNTS = ("amount", "budget")
FREE_TEXT = ("title", "name", "target", "beneficiary", "need", "impact", "attributed_to")
"""Fields of words, beside those of the kind text, in which people write what should not be published."""


def lay_out(
    connection: duckdb.DuckDBPyConnection,
    dataset: Dataset,
    rows: pa.Table,
    sent: Mapping[str, pa.Table],
    on_file: Mapping[str, pa.Table],
    made: Sequence[str],
) -> None:
    """The relations that rules speak of; see tallinn/ingest/rules/README.md. `made` are the sheets whose rows were given their keys."""
    before = on_file[dataset.name]
    relations = {
        "sent": rows.add_column(0, "i", pa.array(np.arange(len(rows)))).append_column("key", rows[dataset.key]),
        "on_file": before.append_column("key", before[dataset.key]),
        "known_keys": _known_keys(dataset, sent, on_file),
        "days": _days(dataset, rows),
        "made": pa.table({"sheet": pa.array(made, pa.string())}),
        "currencies": pa.table({"code": pa.array(sorted(currencies()) if "currency" in dataset.names else [], pa.string())}),
        "stages": pa.Table.from_pylist([{k: row[k] for k in ("code", "name", "order")} for row in code_lists()["stages"].rows]),
    }
    for name, relation in relations.items():
        offered(connection, f"all_{name}", relation)
        # What DuckDB knows to be empty it does not join with.
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM all_{name} WHERE {len(relation) > 0}")
    for name, select in _views(dataset, rows).items():
        connection.execute(f"CREATE VIEW {name} AS {select}")


def _views(dataset: Dataset, rows: pa.Table) -> dict[str, str]:
    said = [field for field in dataset.fields if rows[field.name].null_count < len(rows)]
    return {
        "named": _named(said),
        "on_file_named": _on_file_named(dataset),
        "constrained": _constrained(dataset),
        "ordered": _ordered(dataset),
        "priced": _priced(dataset),
        "written": _written(said),
        "alike": _alike(dataset),
    }


def _union(selects: Iterable[str], empty: str) -> str:
    return " UNION ALL ".join(selects) or empty


def _named(fields: Sequence[Field]) -> str:
    """i, key of the row, field, named key and its dataset, wherever a row names another."""
    return _union(
        (
            f"SELECT i, key, '{field.name}' AS field, unnest(string_split({quoted(field.name)}, '; ')) AS names, "
            f"'{field.references.partition('.')[0]}' AS dataset FROM sent WHERE {quoted(field.name)} IS NOT NULL"
            for field in fields
            if field.references
        ),
        "SELECT 0 AS i, '' AS key, '' AS field, '' AS names, '' AS dataset WHERE false",
    )


def _on_file_named(dataset: Dataset) -> str:
    """key, field and named key wherever a row on file names another of its own dataset."""
    return _union(
        (
            f"SELECT key, '{field.name}' AS field, {quoted(field.name)} AS names FROM on_file WHERE {quoted(field.name)} IS NOT NULL"
            for field in dataset.fields
            if field.references == f"{dataset.name}.{dataset.key}"
        ),
        "SELECT '' AS key, '' AS field, '' AS names WHERE false",
    )


def _constrained(dataset: Dataset) -> str:
    """i, field, rule and value wherever a row breaks a constraint of the Table Schema."""
    return _union(
        (
            f"SELECT i, '{field.name}' AS field, '{rule}' AS rule, {quoted(field.name)}::VARCHAR AS shown FROM sent WHERE {condition}"
            for field in dataset.fields
            for rule, condition in _conditions(field)
        ),
        "SELECT 0 AS i, '' AS field, '' AS rule, '' AS shown WHERE false",
    )


def _conditions(field: Field) -> Iterator[tuple[str, str]]:
    name = quoted(field.name)
    if field.required:
        yield "missing-value", f"{name} IS NULL"
    # The form of a country's code or of a partial date is settled when the cell is read.
    if "pattern" in field.constraints and field.kind not in ("period", "country"):
        yield "wrong-form", f"NOT regexp_full_match({name}, {_literal(field.constraints['pattern'])})"
    if "minimum" in field.constraints:
        yield "below-minimum", f"{name} < {float(field.constraints['minimum'])}"
    if "enum" in field.constraints:
        yield "wrong-form", f"{name}::VARCHAR NOT IN ({', '.join(_literal(str(each)) for each in field.constraints['enum'])})"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _ordered(dataset: Dataset) -> str:
    """i, field of the end, start and end as text."""
    return _union(
        (
            f"SELECT i, '{last}' AS field, {quoted(first)}::VARCHAR AS first, {quoted(last)}::VARCHAR AS last FROM sent"
            for first, last in ORDERED_DATES.get(dataset.name, ())
        ),
        "SELECT 0 AS i, '' AS field, '' AS first, '' AS last WHERE false",
    )


def _priced(dataset: Dataset) -> str:
    """i, field of the amount, amount, currency and stage."""
    stage = "stage" if "stage" in dataset.names else "NULL::VARCHAR"
    return _union(
        (
            f"SELECT i, '{name}' AS field, {name} AS amount, currency, {stage} AS stage FROM sent"
            for name in AMOUNTS
            if name in dataset.names
        ),
        "SELECT 0 AS i, '' AS field, 0::DECIMAL(18, 2) AS amount, '' AS currency, '' AS stage WHERE false",
    )


def _written(fields: Sequence[Field]) -> str:
    """i, field and text of everything that people write in their own words."""
    names = (field.name for field in fields if field.kind == "text" or field.name in FREE_TEXT)
    return _union(
        (f"SELECT i, '{name}' AS field, {quoted(name)} AS text FROM sent WHERE {quoted(name)} IS NOT NULL" for name in names),
        "SELECT 0 AS i, '' AS field, '' AS text WHERE false",
    )


def _alike(dataset: Dataset) -> str:
    """i and a hash of all that a row says, for rows whose key was made."""
    said = ", ".join(f"coalesce({quoted(name)}::VARCHAR, chr(30))" for name in dataset.names if name != dataset.key)
    return f"SELECT i, sheet, row_number, hash({said}) AS said FROM sent SEMI JOIN made USING (sheet)"


def _days(dataset: Dataset, rows: pa.Table) -> pa.Table:
    """First and last day of each different date in the rows."""
    names = {"value_date", *chain.from_iterable(ORDERED_DATES.get(dataset.name, ()))} & set(dataset.names)
    texts = sorted({str(value) for name in names for value in pc.unique(rows[name]).to_pylist() if value is not None})
    bounds = [periods.bounds(text) for text in texts]
    days = [pa.array([each[side] for each in bounds], pa.date32()) for side in (0, 1)]
    return pa.table({"text": pa.array(texts, pa.string()), "first_day": days[0], "last_day": days[1]})


def _known_keys(dataset: Dataset, sent: Mapping[str, pa.Table], on_file: Mapping[str, pa.Table]) -> pa.Table:
    """dataset and key of every row in the file or in the lake that the rows may name."""
    targets = sorted({tuple(field.references.split(".")) for field in dataset.fields if field.references})
    keys = [(name, source[name][key].combine_chunks()) for name, key in targets for source in (sent, on_file) if name in source]
    arrays = [column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column for _name, column in keys]
    names = [pa.repeat(pa.scalar(name, pa.string()), len(array)) for (name, _column), array in zip(keys, arrays, strict=True)]
    schema = pa.schema([("dataset", pa.string()), ("key", pa.string())])
    return pa.concat_tables([schema.empty_table(), *(pa.table([n, a], schema=schema) for n, a in zip(names, arrays, strict=True))])
