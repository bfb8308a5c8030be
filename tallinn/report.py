"""A submission in facts and in words: what was read, what is held and why, what would change."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pandas as pd

from tallinn.datasets import datasets
from tallinn.effect import effect, in_sentences
from tallinn.ingest.changes import RowChange, changes_as_rows, how_many
from tallinn.ingest.expected import Expectation
from tallinn.ingest.findings import Finding, level_name, printable, shorten
from tallinn.ingest.recognise import Column, Table
from tallinn.ingest.sheets import Sheet
from tallinn.ingest.submission import Submission, totals
from tallinn.ingest.undo import Undone
from tallinn.lake import Lake
from tallinn.wording import _, count, day, later, ngettext, share

GUESSED_BY = {
    "synonym": later("a known word for it"),
    "remembered": later("decided for an earlier file"),
    "given": later("decided"),
    "similar": later("by its header"),
    "values": later("by its cells"),
    "both": later("by its header and cells"),
    "twin": later("like another column"),
}
"""Why a column is taken as a field, or proposed for one."""
CHANGES, LONGEST_CHANGE = 20, 200
"""Rows that are listed with what changes in them, and the characters of each."""


def report(submission: Submission) -> dict[str, Any]:
    """The facts of a submission, ready for JSON: file, sha256, sheets, rows_read, rows_accepted, rows_held, findings, totals, changes."""
    return {
        "file": submission.file.name,
        "sha256": submission.file.sha256,
        "sheets": [_sheet(sheet, table) for sheet, table in zip(submission.sheets, submission.tables, strict=True)],
        "rows_read": submission.rows_accepted + submission.rows_held,
        "rows_accepted": submission.rows_accepted,
        "rows_held": submission.rows_held,
        "findings": [asdict(found) for found in submission.findings],
        "totals": totals(submission),
        "changes": {
            each.dataset.name: {
                "added": each.added,
                "revised": [asdict(revision) for revision in each.revised],
                "unchanged": each.unchanged,
                "removed": each.removed,
            }
            for each in submission.comparisons
        },
    }


def report_in_words(submission: Submission) -> str:
    """The same for a person, one line a finding, each with its place."""
    rows = submission.rows_accepted + submission.rows_held
    one = "{file}: {rows} row read, {taken} can be taken, {held} held."
    many = "{file}: {rows} rows read, {taken} can be taken, {held} held."
    head = ngettext(one, many, rows)
    lines = [head.format(file=submission.file.name, rows=rows, taken=submission.rows_accepted, held=submission.rows_held)]
    lines += [
        _column_in_words(table, column) for table in submission.tables if table for column in table.columns if column.reason != "name"
    ]
    lines += [_finding_in_words(found) for found in submission.findings]
    for each in submission.comparisons:
        line = _("{dataset}: rows added {added}, values revised {revised}, rows unchanged {unchanged}, rows removed {removed}.")
        counts = {"added": len(each.added), "revised": len(each.revised), "unchanged": len(each.unchanged), "removed": len(each.removed)}
        lines.append(line.format(dataset=_(each.dataset.title), **counts))
    return "\n".join([*lines, *_changes_in_words(submission)])


def _changes_in_words(submission: Submission) -> list[str]:
    """The first rows that change, one a line, and how many more there are."""
    lines = [shorten(_change_in_words(change), LONGEST_CHANGE) for change in changes_as_rows(submission, CHANGES)]
    more = how_many(submission) - len(lines)
    return [*lines, *([ngettext("… and {n} more row.", "… and {n} more rows.", more).format(n=count(more))] if more > 0 else [])]


def _change_in_words(change: RowChange) -> str:
    if change.what == "changed":
        values = [_("{column} {old} → {new}").format(column=each.title, old=each.old, new=each.new) for each in change.values]
        return _("changed {key}: {values}").format(key=change.key, values="; ".join(values))
    values = [f"{each.title} {each.old or each.new}" for each in change.values]
    line = _("removed {key}: {values}") if change.what == "removed" else _("added {key}: {values}")
    return line.format(key=change.key, values="; ".join(values))


def expected_in_words(expectation: Expectation | None) -> str:
    """The file beside the sender's last one, what stands out first; empty when there is none."""
    if expectation is None:
        return ""
    head = _("Beside the last file of this sender, {file} of {date}:")
    line = _("{what}: {now}; before: {before}")
    question = [_("Is this what you expected?"), *expectation.remarks] if expectation.remarks else []
    lines = [line.format(**vars(each)) for each in expectation.lines]
    return "\n".join([*question, head.format(file=expectation.file, date=day(expectation.submitted_at.date())), *lines])


def effect_in_words(submission: Submission, lake: Lake) -> str:
    """How the headline and each donor's commitments would move, in sentences; empty when nothing moves."""
    return "\n".join(in_sentences(effect(submission, lake)))


def held_in_words(row: Mapping[str, Any]) -> str:
    """A held row: its name, where it stood, what is wrong, what it says."""
    cells = "; ".join(f"{header}: {text}" for header, text in row["cells"] if text)
    line = _("{held_id}  {place}: {problems}\n    {cells}")
    place = f"{row['sheet']}!{row['row_number']}".lstrip("!")
    return line.format(held_id=row["held_id"], place=place, problems=row["problems"], cells=printable(cells))


def undone_in_words(undone: Undone) -> str:
    """What was taken back, one line a dataset."""
    lines = [_("Submission {number} is undone, snapshot {snapshot}.").format(number=undone.submission_id, snapshot=undone.snapshot)]
    line = _("{dataset}: rows taken away {left}, rows brought back {back}.")
    lines += [line.format(dataset=_(datasets()[name].title), left=undone.left[name], back=undone.back[name]) for name in undone.left]
    return "\n".join(lines)


def as_json(facts: Any) -> str:
    """JSON with every date as ISO 8601, every amount as a number and the unknown as null."""
    return json.dumps(_plain(facts), ensure_ascii=False, indent=2, default=_as_json_value)


def _plain(facts: Any) -> Any:
    if isinstance(facts, dict):
        return {str(key): _plain(value) for key, value in facts.items()}
    if isinstance(facts, (list, tuple)):
        return [_plain(value) for value in facts]
    endless = isinstance(facts, float) and math.isinf(facts)
    return None if facts is None or endless or pd.isna(facts) else facts


def _as_json_value(value: Any) -> Any:
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return value.item() if hasattr(value, "item") else str(value)


def _sheet(sheet: Sheet, table: Table | None) -> dict[str, Any]:
    if table is None:
        return {"name": sheet.name, "hidden": sheet.hidden, "header_row": None, "dataset": None, "mapping": {}, "rows": 0}
    mapping = {field: table.header(field) for field in table.mapping}
    columns = [{**asdict(column), "samples": list(column.samples)} for column in table.columns]
    recognised = {"header_row": table.header_row, "dataset": table.dataset.name, "mapping": mapping, "rows": len(table.rows)}
    recognised |= {"columns": columns, "constants": dict(table.constants), "decided": table.decided}
    return {"name": sheet.name, "hidden": sheet.hidden, **recognised}


def _column_in_words(table: Table, column: Column) -> str:
    """What a column was taken as, and how sure that is; for an undecided one, what it may be."""
    sure = share(column.confidence)
    if column.ignored:
        line = _("column “{header}”: ignored ({reason})")
    elif column.field:
        line = _("column “{header}”: {field} ({reason}, {sure})")
    elif column.proposal:
        line = _("column “{header}”: undecided; perhaps {field} ({reason}, {sure})")
    else:
        line = _("column “{header}”: undecided; it fits nothing, so perhaps it is to be ignored")
    reason = _(GUESSED_BY.get(column.reason, column.reason))
    return line.format(header=printable(column.header), field=column.field or column.proposal, reason=reason, sure=sure)


def _finding_in_words(found: Finding) -> str:
    place = f"{found.sheet}!{found.cell}" if found.sheet and found.cell else found.cell or found.sheet or ""
    return f"{level_name(found.level)}: {place} {found.message}".replace("  ", " ")
