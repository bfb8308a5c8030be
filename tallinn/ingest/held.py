"""Rows that could not be taken: kept with their submission until they are mended, superseded by a later file, or dismissed by name."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from tallinn.datasets import datasets
from tallinn.ingest import memory
from tallinn.ingest.amounts import as_written
from tallinn.ingest.check import Checked
from tallinn.ingest.decisions import Decisions
from tallinn.ingest.findings import Refused
from tallinn.ingest.headers import meaning_of
from tallinn.ingest.mending import MARKS, numbers
from tallinn.ingest.recognise import Table
from tallinn.ingest.retry import again_if_moved
from tallinn.ingest.sheets import Cell, Money, decoded, encoded
from tallinn.ingest.submission import Submission
from tallinn.lake import Change, Lake
from tallinn.lake_tables import records
from tallinn.wording import _

MOST = 50_000
"""Rows of one file that are held; a file with more errors is mended before it is sent."""


def held_rows(lake: Lake, submission_id: int | None = None) -> list[dict[str, Any]]:
    """The rows that wait (of one submission), each with `cells` as (header, text) pairs."""
    rows = [row for row in lake.table("held_rows").to_pylist() if row["state"] == "held" and submission_id in (None, row["submission_id"])]
    return [{**row, "cells": [(header, text) for header, text, *_cell in json.loads(row["cells"])]} for row in rows]


def rows_as_sent(lake: Lake, submission_id: int) -> list[dict[str, Any]]:
    """The rows of a submission that wait, each with `cells` as header → cell, and its key among them where that was made.

    Made anew from some rows only, a key could be that of another row.
    """
    rows = [row for row in lake.table("held_rows").to_pylist() if row["state"] == "held" and row["submission_id"] == submission_id]
    if not rows:
        return []
    decided = memory.read(next(each for each in lake.history() if each["submission_id"] == submission_id)["decisions"])
    return [{**row, "cells": _with_key(row, decided[row["sheet"]])} for row in rows]


def _with_key(row: Mapping[str, Any], decided: Decisions) -> dict[str, Cell]:
    dataset = datasets()[row["dataset"]]
    cells = {header: decoded(*cell, tagged=True) if cell else text for header, text, *cell in json.loads(row["cells"])}
    fields = {decided.columns.get(header) or meaning_of(header, dataset)[0] for header in cells if header not in decided.ignored}
    made = {} if dataset.key in fields else {dataset.field(dataset.key).title: row["row_key"]}
    return {**made, **cells}


def dismiss(lake: Lake, held_ids: Sequence[str], *, author: str, reason: str) -> int:
    """Give up held rows, with a reason; returns the snapshot. Raises Refused for a row that does not wait, or without a reason."""
    if not reason.strip():
        raise Refused(_("Say why these rows are dismissed."))
    return again_if_moved(_dismiss, lake, held_ids, author=author, reason=reason)


def _dismiss(lake: Lake, held_ids: Sequence[str], *, author: str, reason: str) -> int:
    since = lake.snapshot()
    waiting = {row["held_id"]: row for row in lake.table("held_rows").to_pylist() if row["state"] == "held"}
    if absent := [each for each in held_ids if each not in waiting]:
        raise Refused(_("No such row is held: {rows}.").format(rows=", ".join(absent)))
    settled = [_settled(waiting[each], "dismissed", author, None, reason) for each in dict.fromkeys(held_ids)]
    change = Change("held_rows", "held_id", [row["held_id"] for row in settled], records("held_rows", settled))
    return lake.commit([change], author=author, message=reason, since=since)


def change(submission: Submission, number: int, lake: Lake, *, author: str) -> Change:
    """What a submission does to the held rows: its own come, and those that it settles are marked. Raises Refused beyond MOST rows."""
    if submission.rows_held > MOST:
        reason = _("{file} was not taken: {rows} of its rows have errors. Mend the file first.")
        raise Refused(reason.format(file=submission.file.name, rows=submission.rows_held))
    own = [row for each in submission.checked for row in _own(each, submission, number)]
    settled = [] if lake.is_empty("held_rows") else list(_settles(submission, number, lake, author))
    return Change("held_rows", "held_id", [row["held_id"] for row in settled], records("held_rows", [*settled, *own]))


def _own(checked: Checked, submission: Submission, number: int) -> list[dict[str, Any]]:
    """The rows held, cell by cell as they were sent, under the headers of their sheet."""
    tables = {table.sheet.name: table for table in submission.tables if table}
    places = checked.held.select(["sheet", "row_number", checked.dataset.key]).to_pylist()
    problems: dict[tuple[str | None, int | None], list[str]] = {}
    for found in checked.findings:
        if found.level == "error":
            problems.setdefault((found.sheet, found.row), []).append(found.message)
    return [
        {
            "held_id": f"{number}-{place['sheet']}-{place['row_number']}",
            "submission_id": number,
            "dataset": checked.dataset.name,
            "sheet": place["sheet"],
            "row_number": place["row_number"],
            "row_key": place[checked.dataset.key],
            "cells": json.dumps(_cells(tables[place["sheet"]], place["row_number"]), ensure_ascii=False),
            "problems": " ".join(problems.get((place["sheet"], place["row_number"]), ())),
            "state": "held",
        }
        for place in places
    ]


def _cells(table: Table, number: int) -> list[list[str | None]]:
    """Header and text of each cell, and the cell as it is where that is more than its text."""
    columns = [column for column in table.columns if column.header not in MARKS]
    return [_cell(column.header, table.sheet.cell(number, column.index), column.unit) for column in columns]


def _cell(header: str, cell: Cell, unit: int) -> list[str | None]:
    if cell is None or isinstance(cell, str):
        return [header, cell]
    return [header, as_written(cell, unit) if isinstance(cell, Money) else str(cell), encoded(cell)]


def _settles(submission: Submission, number: int, lake: Lake, author: str) -> Iterator[dict[str, Any]]:
    """The waiting rows of this sender that the submission mends, that wait anew in it, or that it replaces with all else.

    A row is known by its key, and in a file of held rows by the number that it has there.
    """
    senders = {each["submission_id"]: each["sender"] for each in lake.history()}
    keys = {each.dataset.name: (_keys(each, each.accepted), _keys(each, each.held)) for each in submission.checked}
    mended, held_again = (numbers(submission.file, rows) for rows in _places(submission))
    for row in lake.table("held_rows").to_pylist():
        if row["state"] != "held" or senders.get(row["submission_id"]) != submission.sender or row["dataset"] not in keys:
            continue
        taken, waiting = keys[row["dataset"]]
        if row["row_key"] in taken or row["held_id"] in mended:
            yield _settled(row, "mended", author, number)
        elif submission.mode == "replace" or row["row_key"] in waiting or row["held_id"] in held_again:
            yield _settled(row, "superseded", author, number)


def _keys(checked: Checked, rows: pa.Table) -> set[str]:
    return set(rows[checked.dataset.key].drop_null().to_pylist())


def _places(submission: Submission) -> Iterator[list[tuple[str, int]]]:
    """Sheet and number of the rows that are taken, then of those that are held; of none, where the file has no held rows sent back."""
    for part in ("accepted", "held"):
        tables = [getattr(each, part).select(["sheet", "row_number"]) for each in submission.checked] if submission.mends else []
        yield [(row["sheet"], row["row_number"]) for table in tables for row in table.to_pylist()]


def _settled(row: dict[str, Any], state: str, author: str, number: int | None, reason: str | None = None) -> dict[str, Any]:
    now = datetime.now(UTC).replace(tzinfo=None)
    return {**row, "state": state, "settled_by": author, "settled_at": now, "settled_in": number, "reason": reason}
