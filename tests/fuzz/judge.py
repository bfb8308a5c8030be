"""Whether what the project makes of a file is true, or said to be doubtful."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tallinn.datasets import datasets
from tallinn.giveback import annotate
from tallinn.ingest.accept import accept
from tallinn.ingest.findings import Finding, Refused
from tallinn.ingest.read import read
from tallinn.ingest.submission import Submission, understand
from tallinn.ingest.undo import undo
from tallinn.lake import Lake
from tests.fuzz.tables import Made, Truth

WEIGHTY = ("error", "warning")
# What is said of a whole column, sheet or file and leaves its amounts in doubt.
LONGEST = 1_500
"""Characters of a refusal that a person still reads."""
OF_ALL = {"formats-not-read", "unit-outside-table", "letter-in-header"}
# What is said of amounts that differ much among themselves; it does not excuse one that is wrong.
NO_EXCUSE = {"amount-out-of-scale"}


@dataclass(frozen=True)
class Verdict:
    """Sentences about what is silently wrong, and how many of the rows were taken: who asks everything back is never wrong."""

    wrong: tuple[str, ...] = ()
    taken: int = 0


def judged(made: Made, lake: Lake) -> Verdict:
    """The reading of a file of known truth: nothing is wrong if it is refused or asked back."""
    try:
        file = read(made.name, made.content)
        submission = understand(file, lake, decisions=made.said)
        if not submission.decided:
            submission = understand(file, lake, decisions=replace(made.said, columns=made.columns))
    except Refused:
        return Verdict()
    return Verdict(tuple(_wrong(submission, made.truth)), submission.rows_accepted) if submission.decided else Verdict()


def _wrong(submission: Submission, truth: Mapping[int, Truth]) -> Iterator[str]:
    doubts = _Doubts(submission.findings)
    table = next(table for table in submission.tables if table)
    (checked,) = submission.checked
    accepted = {row["row_number"]: row for row in checked.accepted.to_pylist()}
    held = set(checked.held["row_number"].to_pylist())
    for number, row in accepted.items():
        if number not in truth:
            if not doubts.of(number, None):
                yield f"row {number} is no contribution, and was taken as one of {row['amount']}"
            continue
        for name, value in vars(truth[number]).items():
            # The currency of an amount that is not known says nothing.
            if name == "currency" and row["amount"] is None:
                continue
            if row[name] != value and not doubts.of(number, table.cell(name, number) if name in table.mapping else None):
                yield f"row {number}: {name} is {value!r}, and was read as {row[name]!r}"
    for number in truth.keys() - accepted.keys() - held:
        if not doubts.of(number, None):
            yield f"row {number} was lost: {truth[number]}"


class _Doubts:
    """The findings of some weight, by where they stand."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        weighty = [found for found in findings if found.level in WEIGHTY and found.rule not in NO_EXCUSE]
        self.cells = {found.cell for found in weighty if found.cell}
        self.rows = {found.row for found in weighty if found.row}
        self.of_all = any(found.rule in OF_ALL for found in weighty)

    def of(self, number: int, cell: str | None) -> bool:
        """Whether a person was told to look: at the cell, where there is one, else at the row."""
        return self.of_all or (cell in self.cells if cell else number in self.rows)


def survived(name: str, content: bytes, lake: Lake) -> Verdict:
    """Whatever the file is, it is refused in words or read; what was taken in is written back, and undone without a trace."""
    try:
        submission = understand(read(name, content), lake)
        annotate(submission.file, submission.findings)
        before = everything(lake)
        receipt = accept(submission, lake, author="fuzz", message="")
    except Refused as refused:
        said = str(refused)
        return Verdict() if 10 < len(said) < LONGEST else Verdict((f"a refusal of {len(said)} characters: {said}",))
    if receipt.submission_id is None:
        return Verdict()
    undo(receipt.submission_id, lake, author="fuzz", reason="tried")
    return Verdict() if everything(lake) == before else Verdict(("undoing it left something behind",))


def everything(lake: Lake) -> dict[str, Any]:
    """All rows that pages show, in an order."""
    return {name: sorted(map(repr, lake.table(name).to_pylist())) for name in (*datasets(), "held_rows")}
