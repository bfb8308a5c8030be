"""A file, understood: recognise, values, check and compare in one go. Nothing is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tallinn import periods
from tallinn.ingest.check import Checked, check
from tallinn.ingest.compare import Comparison, Mode, compare, completed, taken_back, without
from tallinn.ingest.decisions import Decisions
from tallinn.ingest.findings import Finding, Refused, finding, shorten
from tallinn.ingest.keys import keyed
from tallinn.ingest.likeness import Likeness, likeness
from tallinn.ingest.memory import forms
from tallinn.ingest.mending import Mending, mending
from tallinn.ingest.progress import Progress, Stretch, stretches, unheard
from tallinn.ingest.read import SentFile
from tallinn.ingest.recognise import Table
from tallinn.ingest.sheets import Sheet
from tallinn.ingest.tables import Given, Recognised, recognised
from tallinn.ingest.values import Rows, values
from tallinn.lake import Lake
from tallinn.wording import _, listing

DATES = (
    "value_date",
    "period",
    "date",
    "start",
    "end",
    "planned_start",
    "planned_end",
    "actual_start",
    "actual_end",
    "reported_on",
    "period_start",
    "period_end",
)


@dataclass(frozen=True)
class Submission:
    """A file, understood: its tables, what can be taken, what is held and why, and what it would change. Nothing is stored yet.

    `mends` is the submission whose held rows come back in this file.
    """

    file: SentFile
    sheets: tuple[Sheet, ...]
    sender: str | None
    mode: Mode
    recognised: Recognised
    checked: tuple[Checked, ...]
    comparisons: tuple[Comparison, ...]
    findings: tuple[Finding, ...]
    since: int
    mends: int | None = None

    @property
    def tables(self) -> tuple[Table | None, ...]:
        """The table in each of the sheets; None where it was not read."""
        return self.recognised.tables

    @property
    def rows_accepted(self) -> int:
        return sum(len(each.accepted) for each in self.checked)

    @property
    def rows_held(self) -> int:
        return sum(len(each.held) for each in self.checked)

    @property
    def decided(self) -> bool:
        """Whether every column of every table has a meaning; before that nothing can be taken."""
        return all(table.decided for table in self.tables if table)

    @property
    def changes_nothing(self) -> bool:
        return all(each.changes_nothing for each in self.comparisons)


def understand(
    file: SentFile,
    lake: Lake,
    *,
    decisions: Given = Decisions(),  # noqa: B008 - frozen
    sheet: str | None = None,
    donor: str | None = None,
    mode: Mode = "update",
    progress: Progress = unheard,
) -> Submission:
    """The file as a submission. `decisions` say what the file does not; `sheet` names the only one to read, though it be hidden.

    Held rows that come back are read as the file was that they first came in, and added or updated whatever the mode. Raises Refused when
    no sheet holds a known table, or when a decision speaks of what is not there.
    """
    back = mending(file, lake)
    mode = "update" if back else mode
    sheets = _wanted(file, sheet)
    read = _recognised(file, sheets, lake, _as_before(back, decisions) if back else decisions, donor, sheet, back)
    progress(0.1)
    known = [table for table in read.tables if table]
    parts = [values(table, part) for table, part in zip(known, stretches(Stretch(progress, 0.1, 0.5), len(known)), strict=True)]
    progress(0.5)
    sender = back.sender if back else donor or _only_donor(parts)
    for place, part in enumerate(parts):
        parts[place] = keyed(part, sender, parts[:place])
    since = lake.snapshot()
    on_file = {name: lake.table(name) for name in _concerned(parts)}
    gone = taken_back(parts, on_file, sender)
    if mode == "replace":
        staying = {name: _staying(rows, parts, name, sender) for name, rows in on_file.items()}
    else:
        staying = {name: without(rows, name, gone.get(name, ())) for name, rows in on_file.items()}
        parts = [completed(part, on_file[part.table.dataset.name], sender) for part in parts]
    checked = tuple(check(parts, staying, sender, Stretch(progress, 0.6, 0.9)))
    progress(0.9)
    comparisons = tuple(compare(each, on_file[each.dataset.name], mode, sender, gone.get(each.dataset.name, ())) for each in checked)
    findings = (*read.findings, *(found for each in checked for found in each.findings))
    progress(1.0)
    return Submission(file, tuple(sheets), sender, mode, read, checked, comparisons, findings, since, back.submission_id if back else None)


def _recognised(
    file: SentFile, sheets: list[Sheet], lake: Lake, decisions: Given, donor: str | None, sheet: str | None, back: Mending | None
) -> Recognised:
    """The tables of a file, with what its reader noted. What is remembered is nothing to held rows: their own file was decided on."""
    for name in () if isinstance(decisions, Decisions) else decisions:
        _wanted(file, name)
    read = recognised(sheets, [] if back else forms(lake), decisions, donor=donor, asked_for=sheet)
    if not any(read.tables):
        raise Refused(_why_not(file, sheet, read))
    noted = [finding(note.rule, sheet=note.sheet, **note.facts) for note in file.notes]
    told = [finding("held-rows-back", submission=back.submission_id)] if back else []
    return replace(read, findings=(*noted, *told, *read.findings))


def _as_before(back: Mending, given: Given) -> dict[str, Decisions]:
    """What was decided for the file of held rows, under what is decided now."""
    of_all = given if isinstance(given, Decisions) else Decisions()
    by_sheet = {} if isinstance(given, Decisions) else given
    return {name: decided.under(by_sheet.get(name, of_all)) for name, decided in back.decisions.items()}


def _wanted(file: SentFile, name: str | None) -> list[Sheet]:
    sheets = [sheet for sheet in file.sheets if name in (None, sheet.name)]
    if not sheets:
        names = listing(f"“{sheet.name}”" for sheet in file.sheets)
        raise Refused(_("{file} has no sheet “{sheet}”; it has {names}.").format(file=file.name, sheet=name, names=names))
    return sheets


def _why_not(file: SentFile, name: str | None, read: Recognised) -> str:
    """One sentence: what the first sheet with anything in it looks like, and what it lacks."""
    if read.left_out:
        return _("{file} was not taken: no sheet of it is to be read.").format(file=file.name)
    best = next((like for sheet in _wanted(file, name) if not sheet.hidden and (like := likeness(sheet))), None)
    if best is None:
        reason = _("{file} was not taken: no sheet has the header of a known dataset. Use a template, or name the dataset.")
        return reason.format(file=file.name)
    return _said(file, best)


def _said(file: SentFile, best: Likeness) -> str:
    headers = listing(f"“{shorten(header, 40)}”" for header in best.headers[:8])
    if best.missing:
        reason = _(
            "{file} was not taken: its row {row} reads {headers}; as {dataset} it lacks {missing}. Name the dataset and what is missing."
        )
        return reason.format(
            file=file.name, row=best.header_row, headers=headers, dataset=_(best.dataset.title), missing=listing(map(_, best.missing))
        )
    reason = _("{file} was not taken: its row {row} reads {headers}, which is no known dataset. Name the dataset, or use a template.")
    return reason.format(file=file.name, row=best.header_row, headers=headers)


def totals(submission: Submission) -> list[dict[str, Any]]:
    """Sums of the accepted contributions: donor_id, stage, currency, amount, rows. Unknown amounts are only counted."""
    frames = [each.accepted for each in submission.checked if each.dataset.name == "contributions"]
    if not frames:
        return []
    keys = ["donor_id", "stage", "currency"]
    groups = (
        frames[0]
        .group_by(keys)
        .aggregate([("amount", "sum"), ("amount", "count"), ([], "count_all")])
        .sort_by([(key, "ascending") for key in keys])
    )
    return [_total(row) for row in groups.to_pylist()]


def _total(row: Mapping[str, Any]) -> dict[str, Any]:
    amount: Decimal | None = row["amount_sum"] if row["amount_count"] else None
    return {**{key: row[key] for key in ("donor_id", "stage", "currency")}, "amount": amount, "rows": row["count_all"]}


def summary(submission: Submission) -> dict[str, Any]:
    """What a person would expect of a file: rows by dataset, donors, first and last day, sums by donor, stage and currency."""
    taken = {each.dataset.name: each.accepted for each in submission.checked}
    days = [day for rows in taken.values() for day in _days(rows)]
    donors = {donor for rows in taken.values() if "donor_id" in rows.column_names for donor in pc.unique(rows["donor_id"]).to_pylist()}
    return {
        "rows": {name: len(rows) for name, rows in taken.items()},
        "donors": sorted(donor for donor in donors if donor),
        "first_day": min(days).isoformat() if days else None,
        "last_day": max(days).isoformat() if days else None,
        "totals": [{**each, "amount": None if each["amount"] is None else str(each["amount"])} for each in totals(submission)],
    }


def _days(rows: pa.Table) -> list[Any]:
    """First and last day of every date in the rows."""
    texts = {str(value) for name in DATES if name in rows.column_names for value in pc.unique(rows[name]).to_pylist() if value is not None}
    return [day for text in texts for day in periods.bounds(text)]


def _only_donor(parts: list[Rows]) -> str | None:
    """The donor of all contributions, or the first donor of all projects; the office (None) where a file has several or none."""
    donors = {donor for part in _of(parts, "contributions") for donor in pc.unique(part.values["donor_id"]).to_pylist() if donor}
    if not donors:
        lists = {text for part in _of(parts, "projects") for text in pc.unique(part.values["donor_ids"]).to_pylist()}
        donors = {text.split("; ")[0] if text else None for text in lists}
    return next(iter(donors)) if len(donors) == 1 else None


def _of(parts: list[Rows], dataset: str) -> list[Rows]:
    return [part for part in parts if part.table.dataset.name == dataset]


def _concerned(parts: list[Rows]) -> list[str]:
    """The datasets in the file and those that their references point to."""
    sent = [part.table.dataset for part in parts]
    referenced = [field.references.split(".")[0] for dataset in sent for field in dataset.fields if field.references]
    return sorted({*(dataset.name for dataset in sent), *referenced})


def _staying(rows: pa.Table, parts: list[Rows], dataset: str, sender: str | None) -> pa.Table:
    """What stays on file when this sender's rows of the datasets in the file are replaced."""
    if not _of(parts, dataset):
        return rows
    own = pc.is_null(rows["sender"]) if sender is None else pc.fill_null(pc.equal(rows["sender"], sender), False)
    return rows.filter(pc.invert(own))
