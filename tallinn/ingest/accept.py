"""From a submission to a commit: rows, held rows, findings and the file itself become one snapshot of the lake."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tallinn.ingest import held, memory
from tallinn.ingest.compare import Mode
from tallinn.ingest.decisions import Decisions
from tallinn.ingest.findings import Refused
from tallinn.ingest.invented import marked_cell
from tallinn.ingest.read import SentFile
from tallinn.ingest.retry import again_if_moved
from tallinn.ingest.sheets import column_letters
from tallinn.ingest.submission import Submission, summary, understand
from tallinn.ingest.tables import Given
from tallinn.lake import Change, Lake
from tallinn.lake_tables import kept_file, records
from tallinn.wording import _, listing

_RED = re.compile(r"\W*tlp\W*red\W*", re.IGNORECASE)


@dataclass(frozen=True)
class Receipt:
    """What became of a submission. `submission_id` is None when the very same file was taken before and nothing would change."""

    submission: Submission
    submission_id: int | None
    snapshot: int


def accept(submission: Submission, lake: Lake, *, author: str, message: str) -> Receipt:
    """Commit a submission: rows, held rows, findings and the file itself in one snapshot.

    Raises tallinn.lake.Moved when the lake has changed since the submission was compared with it. Raises Refused while a column is
    undecided, and when anything in the file, hidden sheets included, is labelled TLP:RED: that must not be kept here, neither among the
    rows held back nor in the file itself; likewise invented data, unless the lake was made for them.
    """
    if not lake.is_demonstration() and (cell := marked_cell(submission.file)):
        reason = _("{file} was not taken: {cell} says that its data are invented for a demonstration, and this lake holds real data.")
        raise Refused(reason.format(file=submission.file.name, cell=cell))
    if red := _red_cells(submission.file):
        reason = _("{file} was not taken and not kept: {cells} says TLP:RED; remove what is labelled so and send the rest.")
        raise Refused(reason.format(file=submission.file.name, cells=", ".join(red[:10])))
    if not submission.decided:
        raise Refused(_undecided(submission))
    if submission.changes_nothing and lake.knows(submission.file.sha256):
        return Receipt(submission, None, lake.snapshot())
    submission = replace(submission, since=lake.newest_like(submission.since))
    number = lake.next_submission()
    changes = [*_row_changes(submission, number), *_record_changes(submission, number, lake, author, message)]
    return Receipt(submission, number, lake.commit(changes, author=author, message=message, since=submission.since))


def bring_in(  # noqa: PLR0913 - the choices of a person, each with its default
    file: SentFile,
    lake: Lake,
    *,
    author: str,
    message: str = "",
    mode: Mode = "update",
    decisions: Given = Decisions(),  # noqa: B008 - frozen
    sheet: str | None = None,
    donor: str | None = None,
    accept_valid: bool = True,
) -> Receipt:
    """Understand and accept a file, again whenever somebody else was faster.

    Without `accept_valid` a row with an error refuses the file.
    """
    options: dict[str, Any] = {"decisions": decisions, "sheet": sheet, "donor": donor, "mode": mode}
    return again_if_moved(_understood_and_taken, file, lake, options, author=author, message=message, accept_valid=accept_valid)


def _understood_and_taken(
    file: SentFile, lake: Lake, options: Mapping[str, Any], *, author: str, message: str, accept_valid: bool
) -> Receipt:
    submission = understand(file, lake, **options)
    if submission.rows_held and not accept_valid and submission.decided:
        raise Refused(_held(submission))
    return accept(submission, lake, author=author, message=message or file.name)


def _held(submission: Submission) -> str:
    errors = [f"{found.sheet}!{found.cell}: {found.message}".lstrip("!") for found in submission.findings if found.level == "error"]
    reason = _(
        "{file} was not taken: {rows} of its rows have errors. Mend them, or take the others and hold these (--accept-valid). {errors}"
    )
    return reason.format(file=submission.file.name, rows=submission.rows_held, errors="\n".join(["", *errors[:20]]))


def _undecided(submission: Submission) -> str:
    """Which columns wait for a decision, and what else keeps the sheets from being read."""
    tables = [table for table in submission.tables if table]
    open_headers = [column.header for table in tables for column in table.columns if not column.decided]
    missing = [found.column or "" for table in tables for found in table.findings if found.rule == "missing-column"]
    parts = [_("{file} was not taken.").format(file=submission.file.name)]
    if open_headers:
        headers = listing(f"“{header}”" for header in open_headers[:20])
        parts.append(_("Nobody has decided what these columns are: {headers}. Map each to a column, or ignore it.").format(headers=headers))
    if missing:
        parts.append(_("Missing: {columns}. Map a column to each, or set one value for all rows.").format(columns=listing(missing)))
    return " ".join(parts)


def _red_cells(file: SentFile) -> list[str]:
    """Where a cell says TLP:RED, however it is spelt."""
    found = []
    for sheet in file.sheets:
        for index in range(sheet.width):
            for row in pc.indices_nonzero(sheet.matching(index, r"(?i)tlp\W*red")).to_pylist():
                cell = sheet.cell(row + 1, index)
                if isinstance(cell, str) and _RED.fullmatch(cell):
                    found.append(f"{sheet.name}!{column_letters(index)}{row + 1}".lstrip("!"))
    return found


def _row_changes(submission: Submission, number: int) -> list[Change]:
    changes = []
    for each in submission.comparisons:
        count = len(each.coming)
        coming = each.coming.append_column("sender", pa.repeat(pa.scalar(submission.sender, pa.string()), count))
        coming = coming.append_column("submission_id", pa.repeat(pa.scalar(number, pa.int32()), count))
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
        "snapshot": submission.since + 1,
        "mends": submission.mends,
        "datasets": "; ".join(sorted({each.dataset.name for each in submission.checked})),
        "decisions": memory.written(submission.tables, submission.recognised.left_out),
        "summary": json.dumps(summary(submission), ensure_ascii=False),
    }
    findings = [_finding_record(asdict(found), number) for found in submission.findings]
    tables = {"submissions": records("submissions", [record]), "findings": records("findings", findings)}
    if not lake.knows(file.sha256):
        tables["files"] = kept_file(file.sha256, file.content)
    return [
        *(Change(name, None, [], rows) for name, rows in tables.items()),
        held.change(submission, number, lake, author=author),
    ]


def _finding_record(found: Mapping[str, Any], number: int) -> dict[str, Any]:
    return {**found, "submission_id": number, "row_number": found["row"], "field": found["column"]}
