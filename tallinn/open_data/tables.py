"""The rows of a dataset as anybody may have them, and as CSV and Parquet."""

import csv
import io

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tallinn.catalog import quoted
from tallinn.csv_file import FORMULA, NUMBER
from tallinn.datasets import Dataset
from tallinn.open_data.stamp import Stamp
from tallinn.settings import LICENCE, LICENCE_URL
from tallinn.store import Store


def rows_of(store: Store, dataset: Dataset) -> pa.Table:
    """The fields that the schema describes, sorted by key: the same rows are the same table, however they came into the lake."""
    fields = ", ".join(map(quoted, dataset.names))
    with store.cursor() as cursor:
        return cursor.execute(f"SELECT {fields} FROM {quoted(dataset.name)} ORDER BY {quoted(dataset.key)}").to_arrow_table()  # noqa: S608


def as_csv(rows: pa.Table) -> bytes:
    """CSV as RFC 4180 has it, in UTF-8; numbers without grouping, days as ISO 8601, the unknown empty."""
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow(rows.column_names)
    lines.writerows(zip(*(_as_text(column) for column in rows.columns), strict=True))
    return text.getvalue().encode()


def _as_text(column: pa.ChunkedArray) -> list[str | None]:
    if not pa.types.is_string(column.type):
        return column.cast(pa.string()).to_pylist()  # type: ignore[no-any-return]
    return neutral(column).to_pylist()  # type: ignore[no-any-return]


def neutral(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Texts with an apostrophe before each that a spreadsheet would take for a formula (OWASP: CSV injection); a number stays one."""
    formula = pc.and_not(pc.match_substring_regex(texts, FORMULA), pc.match_substring_regex(texts, NUMBER))
    return pc.if_else(pc.fill_null(formula, False), pc.binary_join_element_wise("'", texts, ""), texts)


def as_parquet(rows: pa.Table, dataset: Dataset, stamp: Stamp) -> bytes:
    """Parquet with types as in the lake; licence, release and citation in the file's metadata, what a column means in the column's."""
    fields = [
        field.with_metadata({"title": described.title, "description": described.description})
        for field, described in zip(rows.schema, dataset.fields, strict=True)
    ]
    about = {
        "title": dataset.title,
        "description": dataset.description,
        "release": stamp.release.id,
        "date": stamp.release.date.isoformat(),
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "citation": stamp.citation,
    }
    content = io.BytesIO()
    pq.write_table(rows.cast(pa.schema(fields, about)), content, compression="zstd")
    return content.getvalue()
