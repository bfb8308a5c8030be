"""Keys for rows that a file does not name: made from what says which row it is, so that the same row has the same key in the next file."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from tallinn.catalog import offered, quoted, workbench
from tallinn.ingest.findings import finding
from tallinn.ingest.values import Rows
from tallinn.wording import _, listing


def keyed(rows: Rows, sender: str | None, earlier: Sequence[Rows] = ()) -> Rows:
    """The rows with a key each, where their table has no column for it: sender and ten digits of a hash of the identity fields.

    Further rows of the same identity get -2, -3, … in the order of the file, of which `earlier` has the sheets before this one.
    """
    dataset = rows.table.dataset
    if dataset.key in rows.table.mapping or not len(rows.values):
        return rows
    identity = ", ".join(f"coalesce({quoted(name)}::VARCHAR, '')" for name in dataset.identity)
    before = [each.values for each in earlier if each.table.dataset == dataset and dataset.key not in each.table.mapping]
    sent = pa.concat_tables([*before, rows.values])
    with workbench() as connection:
        offered(connection, "sent", sent.append_column("i", pa.array(np.arange(len(sent)))))
        keys = connection.execute(
            f"""
            WITH named AS (SELECT i, $sender || '-' || left(md5(concat_ws(chr(31), {identity})), 10) AS key FROM sent),
            numbered AS (SELECT i, key, row_number() OVER (PARTITION BY key ORDER BY i) AS place FROM named)
            SELECT CASE WHEN place = 1 THEN key ELSE key || '-' || place END AS key FROM numbered ORDER BY i
            """,  # noqa: S608 - names of our own schema
            {"sender": sender or "TM"},
        ).to_arrow_table()["key"]
    position = rows.values.column_names.index(dataset.key)
    fields = listing(_(dataset.field(name).title) for name in dataset.identity)
    told = finding("made-keys", sheet=rows.table.sheet.name, fields=fields, rows=len(rows.values))
    return replace(
        rows,
        values=rows.values.set_column(position, dataset.key, keys.slice(len(sent) - len(rows.values))),
        findings=[*rows.findings, told],
    )
