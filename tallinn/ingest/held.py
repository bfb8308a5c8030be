"""Rows that could not be taken: kept with their submission until they are mended, superseded by a later file, or dismissed by name."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from tallinn.datasets import datasets
from tallinn.ingest import memory
from tallinn.ingest.amounts import as_written
from tallinn.ingest.check import Checked
from tallinn.ingest.decisions import Decisions
from tallinn.ingest.findings import Refused
from tallinn.ingest.headers import meaning_of
from tallinn.ingest.recognise import Table
from tallinn.ingest.retry import again_if_moved
from tallinn.ingest.sheets import Cell, Money
from tallinn.ingest.submission import Submission
from tallinn.lake import Change, Lake, records
from tallinn.wording import _

HELD_ID = "Held row"
"""The column of a file of mended rows that says which row each of them is; it is no column of a dataset."""
MOST = 50_000
"""Rows of one file that are held; a file with more errors is mended before it is sent."""


def held_rows(lake: Lake, submission_id: int | None = None) -> list[dict[str, Any]]:
    """The rows that wait (of one submission), each with `cells` as (header, text) pairs."""
    rows = [row for row in lake.table("held_rows").to_pylist() if row["state"] == "held" and submission_id in (None, row["submission_id"])]
    return [{**row, "cells": [tuple(pair) for pair in json.loads(row["cells"])]} for row in rows]


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


def mended_file(lake: Lake, submission_id: int, edits: Mapping[str, Mapping[str, str]]) -> tuple[str, bytes]:
    """Name and content of a CSV with the held rows of a submission as they are mended: row → header → new text. Raises Refused for none."""
    rows = [row for row in held_rows(lake, submission_id) if row["held_id"] in edits]
    if not rows:
        raise Refused(_("None of these rows is held any more."))
    submission = next(each for each in lake.history() if each["submission_id"] == submission_id)
    decided = memory.read(submission["decisions"])
    cells = {row["held_id"]: {**_with_key(row, decided[row["sheet"]]), **edits[row["held_id"]]} for row in rows}
    headers = list(dict.fromkeys(header for each in cells.values() for header in each))
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow([*headers, HELD_ID])
    writer.writerows([*(each.get(header) for header in headers), held_id] for held_id, each in cells.items())
    return f"{submission['file_name']} mended rows.csv", sheet.getvalue().encode()


def _with_key(row: Mapping[str, Any], decided: Decisions) -> dict[str, str | None]:
    """The cells of a row, and its key where that was made: made anew from some rows only, it could be that of another row."""
    dataset = datasets()[row["dataset"]]
    fields = {
        decided.columns.get(header) or meaning_of(header, dataset)[0] for header, _text in row["cells"] if header not in decided.ignored
    }
    made = {} if dataset.key in fields else {dataset.field(dataset.key).title: row["row_key"]}
    return {**made, **dict(row["cells"])}


def change(submission: Submission, number: int, lake: Lake, *, author: str, mends: int | None) -> Change:
    """What a submission does to the held rows: its own come, and those that it settles are marked. Raises Refused beyond MOST rows."""
    if submission.rows_held > MOST:
        reason = _("{file} was not taken: {rows} of its rows have errors. Mend the file first.")
        raise Refused(reason.format(file=submission.file.name, rows=submission.rows_held))
    own = [row for each in submission.checked for row in _own(each, submission, number)]
    settled = [] if lake.is_empty("held_rows") else list(_settles(submission, number, lake, author, mends))
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


def _cells(table: Table, number: int) -> list[tuple[str, str | None]]:
    return [(column.header, _as_text(table.sheet.cell(number, column.index), column.unit)) for column in table.columns]


def _as_text(cell: Cell, unit: int) -> str | None:
    """A cell as text that reads as what the cell is: without a sign for thousands, which could be one for decimals."""
    if isinstance(cell, Money):
        return as_written(cell, unit)
    return None if cell is None else str(cell)


def _settles(submission: Submission, number: int, lake: Lake, author: str, mends: int | None) -> list[dict[str, Any]]:
    """The waiting rows of this sender that the submission mends by their key, or that it replaces with all else."""
    senders = {each["submission_id"]: each["sender"] for each in lake.history()}
    taken = {each.dataset.name: set(each.accepted[each.dataset.key].to_pylist()) for each in submission.checked}
    places = _numbers_of_accepted(submission) if mends else set()
    settled = []
    for row in lake.table("held_rows").to_pylist():
        if row["state"] != "held" or senders.get(row["submission_id"]) != submission.sender or row["dataset"] not in taken:
            continue
        if row["row_key"] in taken[row["dataset"]] or (row["submission_id"] == mends and row["held_id"] in places):
            settled.append(_settled(row, "mended", author, number))
        elif submission.mode == "replace":
            settled.append(_settled(row, "superseded", author, number))
    return settled


def _numbers_of_accepted(submission: Submission) -> set[str]:
    """The held rows whose mended form was taken; a file of mended rows says in its last column which they are."""
    (sheet,) = submission.file.sheets
    numbers = [number for each in submission.checked for number in each.accepted["row_number"].to_pylist()]
    return {str(sheet.cell(number, sheet.width - 1)) for number in numbers}


def _settled(row: dict[str, Any], state: str, author: str, number: int | None, reason: str | None = None) -> dict[str, Any]:
    now = datetime.now(UTC).replace(tzinfo=None)
    return {**row, "state": state, "settled_by": author, "settled_at": now, "settled_in": number, "reason": reason}
