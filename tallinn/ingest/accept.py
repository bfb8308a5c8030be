"""From a submission to a commit: rows, held rows, findings and the file itself become one snapshot of the lake."""

import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from tallinn.ingest.check import Checked
from tallinn.ingest.compare import Mode
from tallinn.ingest.findings import Refused
from tallinn.ingest.read import Cell, SentFile, column_letters
from tallinn.ingest.recognise import Table
from tallinn.ingest.submission import Submission, understand
from tallinn.ingest.values import PLACE
from tallinn.lake import Change, Lake, Moved
from tallinn.wording import _

ATTEMPTS = 20
_RED = re.compile(r"\W*tlp\W*red\W*", re.IGNORECASE)


@dataclass(frozen=True)
class Receipt:
    """What became of a submission. `submission_id` is None when the very same file was taken before and nothing would change."""

    submission: Submission
    submission_id: int | None
    snapshot: int


def accept(submission: Submission, lake: Lake, *, author: str, message: str) -> Receipt:
    """Commit a submission: rows, held rows, findings and the file itself in one snapshot.

    Raises tallinn.lake.Moved when the lake has changed since the submission was compared with it. Raises Refused when anything in the file,
    hidden sheets included, is labelled TLP:RED: that must not be kept here, neither among the rows held back nor in the file itself.
    """
    if red := _red_cells(submission.file):
        reason = _("{file} was not taken and not kept: {cells} says TLP:RED; remove what is labelled so and send the rest.")
        raise Refused(reason.format(file=submission.file.name, cells=", ".join(red[:10])))
    if submission.changes_nothing and lake.knows(submission.file.sha256):
        return Receipt(submission, None, lake.snapshot())
    number = lake.next_submission()
    changes = [*_row_changes(submission, number), *_record_changes(submission, number, lake, author, message)]
    return Receipt(submission, number, lake.commit(changes, author=author, message=message, since=submission.since))


def bring_in(
    file: SentFile,
    lake: Lake,
    *,
    author: str,
    message: str = "",
    mode: Mode = "update",
    dataset: str | None = None,
    donor: str | None = None,
) -> Receipt:
    """Understand and accept a file, again whenever somebody else was faster."""
    for _attempt in range(ATTEMPTS):
        submission = understand(file, lake, dataset=dataset, donor=donor, mode=mode)
        try:
            return accept(submission, lake, author=author, message=message or file.name)
        except Moved:
            continue
    raise Refused(_("{file} was not taken: the lake is being changed all the time. Try again.").format(file=file.name))


def _red_cells(file: SentFile) -> list[str]:
    """Where a cell says TLP:RED, however it is spelt."""
    return [
        f"{sheet.name}!{column_letters(column)}{number}".lstrip("!")
        for sheet in file.sheets
        for number, row in enumerate(sheet.rows, start=1)
        for column, cell in enumerate(row)
        if isinstance(cell, str) and _RED.fullmatch(cell)
    ]


def _row_changes(submission: Submission, number: int) -> list[Change]:
    changes = []
    for each in submission.comparisons:
        coming = each.coming.assign(sender=submission.sender, submission_id=number)
        changes.append(Change(each.dataset.name, each.dataset.key, each.leaving, coming))
    return changes


def _record_changes(submission: Submission, number: int, lake: Lake, author: str, message: str) -> list[Change]:
    file = submission.file
    record = {
        "submission_id": number,
        "submitted_at": datetime.now(UTC).replace(tzinfo=None),
        "author": author,
        "message": message,
        "file_name": file.name,
        "sha256": file.sha256,
        "sender": submission.sender,
        "mode": submission.mode,
        "rows_read": submission.rows_accepted + submission.rows_held,
        "rows_accepted": submission.rows_accepted,
        "rows_held": submission.rows_held,
    }
    held = [_held_row(place, each, submission, number) for each in submission.checked for place in each.held[PLACE].itertuples(index=False)]
    findings = [{**asdict(found), "submission_id": number, "row_number": found.row, "field": found.column} for found in submission.findings]
    files = [] if lake.knows(file.sha256) else [{"sha256": file.sha256, "size": len(file.content), "content": file.content}]
    tables = {"submissions": [record], "files": files, "held_rows": held, "findings": findings}
    return [Change(name, None, [], pd.DataFrame(rows, dtype=object)) for name, rows in tables.items()]


def _held_row(place: Any, checked: Checked, submission: Submission, number: int) -> dict[str, Any]:
    """A row that could not be taken, cell by cell as it was sent, under the headers of its sheet."""
    table = next(table for table in submission.tables if table and table.sheet.name == place.sheet)
    cells = {str(header): _as_text(cell) for header, cell in _with_headers(table, int(place.row_number)) if cell is not None}
    content = json.dumps(cells, ensure_ascii=False)
    return {
        "submission_id": number,
        "dataset": checked.dataset.name,
        "sheet": place.sheet,
        "row_number": int(place.row_number),
        "cells": content,
    }


def _with_headers(table: Table, row_number: int) -> list[tuple[Cell, Cell]]:
    headers, cells = table.sheet.rows[table.header_row - 1], table.sheet.rows[row_number - 1]
    named = [*headers, *[None] * (len(cells) - len(headers))]
    return [(header or column_letters(index), cell) for index, (header, cell) in enumerate(zip(named, cells, strict=False))]


def _as_text(cell: Cell) -> str | int | float | bool | None:
    return cell if isinstance(cell, (str, int, float, bool)) else str(cell)
