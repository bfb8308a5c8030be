"""A file of held rows that comes back: which rows they are, and with what was decided for the file that they first came in, they are read.

Such a file is made by tallinn.giveback; each of its sheets has the rows of one sheet of that file, below their own headers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tallinn.ingest import memory
from tallinn.ingest.decisions import Decisions
from tallinn.ingest.findings import Refused
from tallinn.ingest.read import SentFile
from tallinn.ingest.sheets import Sheet
from tallinn.lake import Lake
from tallinn.wording import _, listing

HELD_ID, PROBLEMS = "Held row", "What is wrong"
MARKS = (HELD_ID, PROBLEMS)
"""The headers of a file of held rows that are no headers of the file they came in: the number of the row, and what was wrong with it."""


@dataclass(frozen=True)
class Mending:
    """Held rows that came back: of which submission, who had sent it, and how each sheet is to be read."""

    submission_id: int
    sender: str | None
    decisions: Mapping[str, Decisions]


def mending(file: SentFile, lake: Lake) -> Mending | None:
    """What a file of held rows mends; None for any other file. Raises Refused when its rows are those of several submissions or of none."""
    sheets = [sheet for sheet in file.sheets if set(MARKS) <= set(sheet.row(1))]
    if not sheets:
        return None
    known = {row["held_id"]: row for row in lake.table("held_rows").select(["held_id", "submission_id", "sheet"]).to_pylist()}
    rows = {sheet.name: [known[each] for each in _numbers(sheet) if each in known] for sheet in sheets}
    submissions = sorted({row["submission_id"] for each in rows.values() for row in each})
    if len(submissions) != 1:
        raise Refused(_of_several(file, submissions))
    record = next(each for each in lake.history() if each["submission_id"] == submissions[0])
    decided = memory.read(record["decisions"])
    decisions = {sheet.name: _as_before(sheet, {row["sheet"] for row in rows[sheet.name]}, decided, file) for sheet in sheets}
    return Mending(submissions[0], record["sender"], decisions)


def numbers(file: SentFile, places: Iterable[tuple[str, int]]) -> set[str]:
    """The numbers of the held rows at these places (sheet, row) of a file of held rows."""
    columns = {sheet.name: (sheet, sheet.row(1).index(HELD_ID)) for sheet in file.sheets if HELD_ID in sheet.row(1)}
    return {str(columns[name][0].cell(number, columns[name][1])) for name, number in places if name in columns}


def _numbers(sheet: Sheet) -> list[str]:
    index = sheet.row(1).index(HELD_ID)
    return [str(cell) for cell in sheet.distinct(index, sheet.columns[index].slice(1))]


def _as_before(sheet: Sheet, origins: set[str], decided: Mapping[str, Decisions], file: SentFile) -> Decisions:
    """What was decided for the sheet that the rows come from, as far as its headers are still there."""
    if len(origins) != 1:
        reason = _("{file} was not taken: its sheet “{sheet}” has no held rows, or those of several sheets. Take the rows away once more.")
        raise Refused(reason.format(file=file.name, sheet=sheet.name))
    before, there = decided[next(iter(origins))], {str(cell) for cell in sheet.row(1) if cell is not None}
    return replace(
        before,
        header_row=1,
        columns={header: name for header, name in before.columns.items() if header in there},
        ignored=(before.ignored & there) | set(MARKS),
        every_row=True,
    )


def _of_several(file: SentFile, submissions: list[int]) -> str:
    if not submissions:
        return _("{file} was not taken: none of its rows is held any more.").format(file=file.name)
    reason = _("{file} was not taken: it has held rows of the submissions {numbers}. Send the rows of each in a file of its own.")
    return reason.format(file=file.name, numbers=listing(submissions))
