"""What was decided for earlier files, so that it need not be decided again: kept with each submission, offered for the next."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from tallinn.ingest.decisions import Decisions, Remembered
from tallinn.ingest.headers import plain
from tallinn.ingest.recognise import Table
from tallinn.lake import Lake

WHOSE = {"donor_id", "donor_ids"}
"""What one sender sets for all rows and the next sender of the same form must set anew."""


def written(tables: Iterable[Table | None]) -> str:
    """The decisions behind these tables as JSON, one entry a sheet."""
    return json.dumps([_written(table) for table in tables if table], ensure_ascii=False)


def read(text: str | None) -> dict[str, Decisions]:
    """The decisions of a submission, by the name of the sheet."""
    return {form["sheet"]: _decisions(form) for form in json.loads(text or "[]")}


def remembered(lake: Lake, sender: str | None) -> list[Remembered]:
    """What this sender's headers were taken as, the newest decision first."""
    return [
        Remembered(plain(header), field, form["dataset"])
        for form in _forms(lake, sender)
        for header, field in [*form["columns"].items(), *((header, None) for header in form["ignored"])]
    ]


def known_form(lake: Lake, headers: Iterable[str], publisher: str | None = None) -> Decisions | None:
    """The decisions for the newest sheet with the same headers, whoever sent it; whose money it was is no part of them.

    Sheets made of IATI files all have the same headers: what was decided for one publisher is not taken for another.
    """
    wanted = {plain(header): header for header in headers}
    alike = (form for form in _forms(lake) if form.get("publisher") == publisher)
    form = next((form for form in alike if {plain(header) for header in form["headers"]} == wanted.keys()), None)
    if form is None:
        return None
    decided = _decisions(form)
    return replace(
        decided,
        columns={wanted[plain(header)]: name for header, name in decided.columns.items()},
        constants={name: text for name, text in decided.constants.items() if name not in WHOSE},
        ignored=frozenset(wanted[plain(header)] for header in decided.ignored),
    )


def _forms(lake: Lake, *senders: str | None) -> Iterator[dict[str, Any]]:
    """The forms of all submissions (of a sender), the newest first, without those that were undone."""
    for submission in lake.history():
        if submission["undone_at"] is None and (not senders or submission["sender"] in senders):
            yield from json.loads(submission["decisions"] or "[]")


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
    return Decisions(
        dataset=form["dataset"],
        columns=form["columns"],
        constants=form["constants"],
        ignored=frozenset(form["ignored"]),
        as_stated=frozenset(form["as_stated"]),
    )
