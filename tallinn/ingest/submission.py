"""A file, understood: recognise, values, check and compare in one go. Nothing is stored."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tallinn import periods
from tallinn.ingest.check import Checked, check
from tallinn.ingest.compare import Comparison, Mode, compare, completed, taken_back, without
from tallinn.ingest.decisions import Decisions
from tallinn.ingest.findings import Finding, Refused, finding
from tallinn.ingest.keys import keyed
from tallinn.ingest.memory import known_form, remembered
from tallinn.ingest.read import SentFile
from tallinn.ingest.recognise import Likeness, Table, is_guidance, likeness, recognise
from tallinn.ingest.sheets import Sheet
from tallinn.ingest.values import Rows, values
from tallinn.lake import Lake
from tallinn.wording import _, listing

Given = Decisions | Mapping[str, Decisions]
"""What a person has decided: about every sheet of a file, or about each by its name."""
Progress = Callable[[float], None]
"""Told how much is done (0..1); whoever wants to stop raises an exception of their own."""

DATES = ("value_date", "period", "date", "start", "end", "reported_on", "period_start", "period_end")


@dataclass(frozen=True)
class Submission:
    """A file, understood: its tables, what can be taken, what is held and why, and what it would change. Nothing is stored yet."""

    file: SentFile
    sheets: tuple[Sheet, ...]
    sender: str | None
    mode: Mode
    tables: tuple[Table | None, ...]
    checked: tuple[Checked, ...]
    comparisons: tuple[Comparison, ...]
    findings: tuple[Finding, ...]
    since: int

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
    progress: Progress | None = None,
) -> Submission:
    """The file as a submission. `decisions` say what the file does not; `sheet` names the only one to read, though it be hidden.

    Raises Refused when no sheet holds a known table, or when a decision speaks of what is not there.
    """
    done = progress or _ignore
    findings = [finding(note.rule, sheet=note.sheet, **note.facts) for note in file.notes]
    sheets = _wanted(file, sheet)
    recognising = _Recognising(lake, donor, decisions, sheet, findings)
    tables = tuple(recognising.table(each) for each in sheets)
    if not any(tables):
        raise Refused(_why_not(file, sheet))
    done(0.1)
    parts = [values(table) for table in tables if table]
    done(0.5)
    sender = donor or _only_donor(parts)
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
    done(0.7)
    checked = tuple(check(parts, staying, sender))
    done(0.9)
    comparisons = tuple(compare(each, on_file[each.dataset.name], mode, sender, gone.get(each.dataset.name, ())) for each in checked)
    findings += [found for each in checked for found in each.findings]
    done(1.0)
    return Submission(file, tuple(sheets), sender, mode, tables, checked, comparisons, tuple(findings), since)


def _ignore(_done: float) -> None:
    """Nobody asked."""


def _wanted(file: SentFile, name: str | None) -> list[Sheet]:
    sheets = [sheet for sheet in file.sheets if name in (None, sheet.name)]
    if not sheets:
        names = listing(f"“{sheet.name}”" for sheet in file.sheets)
        raise Refused(_("{file} has no sheet “{sheet}”; it has {names}.").format(file=file.name, sheet=name, names=names))
    return sheets


@dataclass
class _Recognising:
    """What it takes to recognise a sheet: what was decided now, and what was decided before."""

    lake: Lake
    donor: str | None
    decisions: Given
    asked_for: str | None
    findings: list[Finding]

    def table(self, sheet: Sheet) -> Table | None:
        if is_guidance(sheet):
            return None
        if sheet.hidden and self.asked_for is None:
            self.findings.append(finding("hidden-sheet", sheet=sheet.name))
            return None
        given = self._given(sheet)
        table = self._known(sheet, recognise(sheet, given, remembered(self.lake, self.donor), self.donor), given)
        if table is None and sheet.height:
            self.findings.append(finding("unrecognised-sheet", sheet=sheet.name))
        return table

    def _given(self, sheet: Sheet) -> Decisions:
        return self.decisions if isinstance(self.decisions, Decisions) else self.decisions.get(sheet.name, Decisions())

    def _known(self, sheet: Sheet, table: Table | None, given: Decisions) -> Table | None:
        """A form that was taken before needs no decisions any more."""
        if table and table.decided:
            return table
        like = None if table else likeness(sheet)
        headers = [column.header for column in table.columns] if table else list(like.headers) if like else []
        publisher = sheet.published.by if sheet.published else None
        form = known_form(self.lake, headers, publisher) if headers else None
        return recognise(sheet, form.under(given), (), self.donor) if form else table


def _why_not(file: SentFile, name: str | None) -> str:
    """One sentence: what the first sheet with anything in it looks like, and what it lacks."""
    best = next((like for sheet in _wanted(file, name) if not sheet.hidden and (like := likeness(sheet))), None)
    if best is None:
        reason = _("{file} was not taken: no sheet has the header of a known dataset. Use a template, or name the dataset.")
        return reason.format(file=file.name)
    return _said(file, best)


def _said(file: SentFile, best: Likeness) -> str:
    headers = listing(f"“{header}”" for header in best.headers[:8])
    if best.missing:
        reason = _(
            "{file} was not taken: its row {row} reads {headers}; as {dataset} it lacks {missing}. Name the dataset and what is missing."
        )
        return reason.format(
            file=file.name, row=best.header_row, headers=headers, dataset=best.dataset.title, missing=listing(best.missing)
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
