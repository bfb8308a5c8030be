"""What the lake's tables are made of: a table for each dataset, and those in which it is recorded what happened."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import pyarrow as pa

from tallinn.datasets import Dataset, datasets

# Where a row came from; kept beside the fields of every dataset.
PROVENANCE = {"sender": "VARCHAR", "submission_id": "INTEGER", "sheet": "VARCHAR", "row_number": "INTEGER"}
RECORDS = {
    "submissions": {
        "submission_id": "INTEGER",
        "submitted_at": "TIMESTAMP",
        "author": "VARCHAR",
        "message": "VARCHAR",
        "file_name": "VARCHAR",
        "sha256": "VARCHAR",
        "sender": "VARCHAR",
        "mode": "VARCHAR",
        "rows_read": "INTEGER",
        "rows_accepted": "INTEGER",
        "rows_held": "INTEGER",
        "snapshot": "BIGINT",
        "mends": "INTEGER",
        "datasets": "VARCHAR",
        "decisions": "VARCHAR",
        "summary": "VARCHAR",
    },
    "undone": {"submission_id": "INTEGER", "undone_at": "TIMESTAMP", "undone_by": "VARCHAR", "undone_reason": "VARCHAR"},
    "files": {"sha256": "VARCHAR", "size": "BIGINT", "content": "BLOB"},
    "held_rows": {
        "held_id": "VARCHAR",
        "submission_id": "INTEGER",
        "dataset": "VARCHAR",
        "sheet": "VARCHAR",
        "row_number": "INTEGER",
        "row_key": "VARCHAR",
        "cells": "VARCHAR",
        "problems": "VARCHAR",
        "state": "VARCHAR",
        "reason": "VARCHAR",
        "settled_by": "VARCHAR",
        "settled_at": "TIMESTAMP",
        "settled_in": "INTEGER",
    },
    "findings": {
        "submission_id": "INTEGER",
        "level": "VARCHAR",
        "rule": "VARCHAR",
        "sheet": "VARCHAR",
        "cell": "VARCHAR",
        "row_number": "INTEGER",
        "field": "VARCHAR",
        "value": "VARCHAR",
        "message": "VARCHAR",
        "rows": "BIGINT",
    },
    "release_steps": {
        "release_id": "VARCHAR",
        "step": "VARCHAR",
        "taken_at": "TIMESTAMP",
        "taken_by": "VARCHAR",
        "snapshot": "BIGINT",
        "effective_at": "TIMESTAMP",
        "next_date": "DATE",
        "corrects": "VARCHAR",
        "note": "VARCHAR",
        "reasons": "VARCHAR",
    },
    "events": {"happened_at": "TIMESTAMP", "who": "VARCHAR", "act": "VARCHAR", "about": "VARCHAR", "session": "VARCHAR"},
    "confirmations": {
        "statement_id": "INTEGER",
        "release_id": "VARCHAR",
        "donor_id": "VARCHAR",
        "verdict": "VARCHAR",
        "subject": "VARCHAR",
        "text": "VARCHAR",
        "stated_by": "VARCHAR",
        "stated_at": "TIMESTAMP",
    },
    "answers": {"statement_id": "INTEGER", "answer": "VARCHAR", "answered_by": "VARCHAR", "answered_at": "TIMESTAMP"},
    "founding": {"founded_at": "TIMESTAMP", "demonstration": "BOOLEAN"},
}
ARROW_TYPES = {
    "VARCHAR": pa.string(),
    "DECIMAL(18,2)": pa.decimal128(18, 2),
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
    "BLOB": pa.binary(),
}
NOTES = {"events", "confirmations", "answers"}
"""Tables that nothing else is compared with: a commit to them alone makes no preview out of date."""


def tables() -> dict[str, dict[str, str]]:
    """Every table of the lake: its columns with their DuckDB types."""
    return {**{name: columns_of(dataset) for name, dataset in datasets().items()}, **RECORDS}


def columns_of(dataset: Dataset) -> dict[str, str]:
    """The columns of a dataset's table in the lake with their DuckDB types."""
    return {**{field.name: field.duckdb_type for field in dataset.fields}, **PROVENANCE}


def without_rows(columns: Mapping[str, str]) -> pa.Table:
    """A table of these columns without rows."""
    return pa.table({column: pa.array([], ARROW_TYPES[kind]) for column, kind in columns.items()})


def records(name: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows for a table of the lake, from dicts; what they do not say is unknown, what the table does not have is left out."""
    columns = tables()[name]
    return pa.table({column: pa.array([row.get(column) for row in rows], ARROW_TYPES[kind]) for column, kind in columns.items()})


def kept_file(sha256: str, content: bytes) -> pa.Table:
    """The record of a file that is kept whole, without a copy of it."""
    ends = pa.array([0, len(content)], pa.int32()).buffers()[1]
    whole = pa.Array.from_buffers(pa.binary(), 1, [None, ends, pa.py_buffer(content)])
    return pa.table({"sha256": pa.array([sha256]), "size": pa.array([len(content)]), "content": whole})


def arrow(frame: pd.DataFrame, columns: Mapping[str, str]) -> pa.Table:
    """A frame of Python objects as Arrow, with these columns and DuckDB types; a column that the frame lacks is unknown."""
    values = {name: frame[name].tolist() if name in frame else [None] * len(frame) for name in columns}
    return pa.table({name: pa.array(values[name], ARROW_TYPES[kind], from_pandas=True) for name, kind in columns.items()})
