"""Code lists as CSV and JSON."""

from collections.abc import Iterator

import pyarrow as pa

from tallinn.datasets import CodeList, code_lists
from tallinn.document import Document, document
from tallinn.open_data.answers import as_json
from tallinn.open_data.stamp import Stamp
from tallinn.open_data.tables import as_csv


def code_documents(stamp: Stamp) -> Iterator[Document]:
    """codes/<list>.csv and .json for each list."""
    for codes in code_lists().values():
        yield document(f"codes/{codes.name}.csv", as_csv(table_of(codes)))
        yield document(f"codes/{codes.name}.json", as_json({**stamp.facts(), "name": codes.name, "codes": codes.rows}))


def table_of(codes: CodeList) -> pa.Table:
    """A code list with all its columns as text; what a code does not say is unknown."""
    return pa.table({name: pa.array([row[name] or None for row in codes.rows], pa.string()) for name in codes.rows[0]})
