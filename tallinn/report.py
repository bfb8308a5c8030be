"""A submission in facts and in words: what was read, what is held and why, what would change."""

import json
import math
from dataclasses import asdict
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pandas as pd

from tallinn.effect import effect
from tallinn.ingest.cells import is_blank
from tallinn.ingest.findings import Finding
from tallinn.ingest.read import Sheet
from tallinn.ingest.recognise import Table
from tallinn.ingest.submission import Submission, totals
from tallinn.lake import Lake
from tallinn.wording import _, euros, ngettext


def report(submission: Submission) -> dict[str, Any]:
    """The facts of a submission, ready for JSON: file, sha256, sheets, rows_read, rows_accepted, rows_held, findings, totals, changes."""
    return {
        "file": submission.file.name,
        "sha256": submission.file.sha256,
        "sheets": [_sheet(sheet, table) for sheet, table in zip(submission.file.sheets, submission.tables, strict=True)],
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
    lines += [_finding_in_words(found) for found in submission.findings]
    for each in submission.comparisons:
        line = _("{dataset}: rows added {added}, values revised {revised}, rows unchanged {unchanged}, rows removed {removed}.")
        counts = {"added": len(each.added), "revised": len(each.revised), "unchanged": len(each.unchanged), "removed": len(each.removed)}
        lines.append(line.format(dataset=each.dataset.title, **counts))
    return "\n".join(lines)


def effect_in_words(submission: Submission, lake: Lake) -> str:
    """How the headline and each donor's commitments would move, in sentences; empty when nothing moves."""
    moves = effect(submission, lake)
    sentences = []
    for move in moves:
        rises = _("{who}: commitments rise by {amount}.") if move.change > 0 else _("{who}: commitments fall by {amount}.")
        sentences.append(rises.format(who=move.donor or _("The Mechanism"), amount=euros(abs(move.change))))
    return "\n".join(sentences)


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
    rows = sum(not all(is_blank(cell) for cell in row) for row in sheet.rows[table.header_row :])
    recognised = {"header_row": table.header_row, "dataset": table.dataset.name, "mapping": mapping, "rows": rows}
    return {"name": sheet.name, "hidden": sheet.hidden, **recognised}


def _finding_in_words(found: Finding) -> str:
    place = f"{found.sheet}!{found.cell}" if found.sheet and found.cell else found.cell or found.sheet or ""
    return f"{found.level}: {place} {found.message}".replace("  ", " ")
