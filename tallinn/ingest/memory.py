"""What was decided for earlier files, so that it need not be decided again: kept with each submission, offered for the next."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tallinn.datasets import datasets
from tallinn.ingest.decisions import Decisions, Remembered
from tallinn.ingest.headers import plain
from tallinn.ingest.recognise import Table
from tallinn.lake import Lake

WHOSE = {"donor_id", "donor_ids"}
"""What one sender sets for all rows and the next sender of the same form must set anew."""


@dataclass(frozen=True)
class Form:
    """A sheet of an earlier file: whose it was, its headers, and what was decided about it. Headers are in their plain form.

    Whose money it was is no part of the decisions. `publisher`: of an IATI file. Sheets made of such files all have the same headers, and
    what was decided for one publisher is not taken for another.
    """

    submission_id: int
    file: str
    sender: str | None
    sheet: str
    headers: frozenset[str]
    decisions: Decisions
    publisher: str | None = None

    @property
    def remembered(self) -> list[Remembered]:
        decided, dataset = self.decisions, self.decisions.dataset or ""
        columns: list[tuple[str, str | None]] = [*decided.columns.items(), *((header, None) for header in decided.ignored)]
        return [Remembered(header, field, dataset) for header, field in columns]


def written(tables: Iterable[Table | None], left_out: Iterable[str] = ()) -> str:
    """The decisions behind these tables, and the sheets that were left out, as JSON, one entry a sheet."""
    sheets = [*(_written(table) for table in tables if table), *({"sheet": name, "left_out": True} for name in left_out)]
    return json.dumps(sheets, ensure_ascii=False)


def read(text: str | None) -> dict[str, Decisions]:
    """The decisions of a submission, by the name of the sheet."""
    return {form["sheet"]: _decisions(form) for form in json.loads(text or "[]")}


def forms(lake: Lake) -> list[Form]:
    """The sheets of all submissions, the newest first, without those that were undone and without rows that were mended."""
    submissions = [each for each in lake.history() if each["undone_at"] is None and each["mends"] is None]
    return [_form(each, form) for each in submissions for form in json.loads(each["decisions"] or "[]")]


def remembered(known: Iterable[Form]) -> list[Remembered]:
    """What headers were taken as, the newest decision first."""
    return list(dict.fromkeys(each for form in known for each in form.remembered))


def fitting(known: Sequence[Form], headers: frozenset[str], sheet: str, least: float) -> Form | None:
    """The form that is most like a sheet with these headers, the newest of those that are equally like it.

    `least` is the share of all headers that must be the same, 1 for a form that is the same. Where the sheets of one file had this form
    and different decisions, the name of the sheet tells which of them is meant, or nothing does.
    """
    likes = [(_share(form.headers, headers), form.submission_id) for form in known]
    best = max(likes, default=(0.0, 0))
    if best[0] < least:
        return None
    alike = [form for form, like in zip(known, likes, strict=True) if like == best]
    named = [form for form in alike if form.sheet == sheet]
    if named:
        return named[0]
    return alike[0] if all(form.decisions == alike[0].decisions for form in alike) else None


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _form(submission: dict[str, Any], form: dict[str, Any]) -> Form:
    decided = _decisions(form)
    fields = set(datasets()[decided.dataset].names) - WHOSE if decided.dataset in datasets() else set()
    told = Decisions(
        dataset=decided.dataset,
        columns={plain(header): name for header, name in decided.columns.items()},
        constants={name: text for name, text in decided.constants.items() if name in fields},
        ignored=frozenset(map(plain, decided.ignored)),
        as_stated=decided.as_stated,
        left_out=decided.left_out,
    )
    headers = frozenset(map(plain, form.get("headers", ())))
    return Form(
        submission["submission_id"], submission["file_name"], submission["sender"], form["sheet"], headers, told, form.get("publisher")
    )


def _written(table: Table) -> dict[str, Any]:
    decided = table.decisions
    return {
        "sheet": table.sheet.name,
        "publisher": table.sheet.published.by if table.sheet.published else None,
        "dataset": table.dataset.name,
        "headers": [column.header for column in table.columns],
        "columns": dict(decided.columns),
        "constants": dict(decided.constants),
        "ignored": sorted(decided.ignored),
        "as_stated": sorted(decided.as_stated),
    }


def _decisions(form: dict[str, Any]) -> Decisions:
    if form.get("left_out"):
        return Decisions(left_out=True)
    return Decisions(
        dataset=form["dataset"],
        columns=form["columns"],
        constants=form["constants"],
        ignored=frozenset(form["ignored"]),
        as_stated=frozenset(form["as_stated"]),
    )
