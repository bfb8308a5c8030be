"""A file, understood: read, recognise, values, check and compare in one go. Nothing is stored."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from tallinn.ingest.check import Checked, check
from tallinn.ingest.compare import Comparison, Mode, compare, completed
from tallinn.ingest.findings import Finding, Refused, finding
from tallinn.ingest.read import SentFile, Sheet
from tallinn.ingest.recognise import Table, recognise
from tallinn.ingest.values import Rows, values
from tallinn.lake import Lake
from tallinn.wording import _


@dataclass(frozen=True)
class Submission:
    """A file, understood: its tables, what can be taken, what is held and why, and what it would change. Nothing is stored yet."""

    file: SentFile
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
    def changes_nothing(self) -> bool:
        return all(each.changes_nothing for each in self.comparisons)


def understand(file: SentFile, lake: Lake, *, dataset: str | None = None, donor: str | None = None, mode: Mode = "update") -> Submission:
    """The file as a submission. `dataset` and `donor` say what the file does not. Raises Refused when no sheet holds a known table."""
    findings: list[Finding] = []
    tables = tuple(_table(sheet, dataset, donor, findings) for sheet in file.sheets)
    if not any(tables):
        reason = _("{file} was not taken: no sheet has the header of a known dataset. Use a template, or name the dataset.")
        raise Refused(reason.format(file=file.name))
    parts = [values(table, {"donor_id": donor} if donor else None) for table in tables if table]
    sender = donor or _only_donor(parts)
    since = lake.snapshot()
    on_file = {name: lake.rows(name) for name in _concerned(parts)}
    if mode == "replace":
        staying = {name: _staying(rows, parts, name, sender) for name, rows in on_file.items()}
    else:
        staying, parts = on_file, [completed(part, on_file[part.table.dataset.name], sender) for part in parts]
    checked = tuple(check(parts, staying, sender))
    comparisons = tuple(compare(each, on_file[each.dataset.name], mode, sender) for each in checked)
    findings += [found for each in checked for found in each.findings]
    return Submission(file, sender, mode, tables, checked, comparisons, tuple(findings), since)


def totals(submission: Submission) -> list[dict[str, Any]]:
    """Sums of the accepted contributions: donor_id, stage, currency, amount, rows. Unknown amounts are only counted."""
    frames = [each.accepted for each in submission.checked if each.dataset.name == "contributions"]
    if not frames:
        return []
    groups = frames[0].groupby(["donor_id", "stage", "currency"], dropna=False, sort=True)
    return [_total(key, group["amount"]) for key, group in groups]


def _total(key: Any, amounts: "pd.Series[Any]") -> dict[str, Any]:
    donor, stage, currency = (None if part != part or part is None else part for part in key)  # noqa: PLR0124 - a missing currency arrives as NaN
    known = amounts.dropna()
    return {
        "donor_id": donor,
        "stage": stage,
        "currency": currency,
        "amount": sum(known, Decimal()) if len(known) else None,
        "rows": len(amounts),
    }


def _table(sheet: Sheet, dataset: str | None, donor: str | None, findings: list[Finding]) -> Table | None:
    if sheet.hidden:
        findings.append(finding("hidden-sheet", sheet=sheet.name))
        return None
    table = recognise(sheet, dataset, constants={"donor_id"} if donor else ())
    if table is None and any(cell is not None for row in sheet.rows for cell in row):
        findings.append(finding("unrecognised-sheet", sheet=sheet.name))
    return table


def _only_donor(parts: list[Rows]) -> str | None:
    """The donor of all contributions, or the first donor of all projects; the office (None) where a file has several or none."""
    donors = {donor for part in parts if part.table.dataset.name == "contributions" for donor in part.frame["donor_id"].dropna()}
    if not donors:
        lists = [text for part in parts if part.table.dataset.name == "projects" for text in part.frame["donor_ids"]]
        donors = {text.split("; ")[0] if text else None for text in lists}
    return next(iter(donors)) if len(donors) == 1 else None


def _concerned(parts: list[Rows]) -> list[str]:
    """The datasets in the file and those that their references point to."""
    sent = [part.table.dataset for part in parts]
    referenced = [field.references.split(".")[0] for dataset in sent for field in dataset.fields if field.references]
    return sorted({*(dataset.name for dataset in sent), *referenced})


def _staying(rows: pd.DataFrame, parts: list[Rows], dataset: str, sender: str | None) -> pd.DataFrame:
    """What stays on file when this sender's rows of the datasets in the file are replaced."""
    replaced = any(part.table.dataset.name == dataset for part in parts)
    return rows[[each != sender for each in rows["sender"]]] if replaced and len(rows) else rows
