"""Files, lakes and stores made from the few values that a test is about; defaults carry everything else.

A file has the form of the project's template: one sheet a dataset, the titles of the schema as header, from A1 on.
"""

import csv
import io
import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd

from tallinn.audience import Audience
from tallinn.datasets import datasets
from tallinn.ingest.accept import Receipt, bring_in
from tallinn.ingest.decisions import Decisions
from tallinn.ingest.findings import Finding
from tallinn.ingest.read import SentFile, read
from tallinn.ingest.sheets import column_letters
from tallinn.ingest.submission import Submission, understand
from tallinn.lake import Lake
from tallinn.lake_tables import RECORDS, arrow, columns_of
from tallinn.releases import Release
from tallinn.store import Store, store_of

SOURCE = {"source_url": "https://example.org/source", "tlp": "TLP:CLEAR"}
# A row of each dataset with nothing to remark on; the key is numbered by row.
DEFAULTS: dict[str, dict[str, Any]] = {
    "contributions": {
        "donor_id": "EST",
        "stage": "Commitment",
        "amount": 100,
        "currency": "EUR",
        "value_date": "2025-07-02",
        "within_mechanism": "Yes",
    },
    "projects": {"title": "Cyber Shield", "donor_ids": "EST"},
    "needs": {"need": "Training"},
    "capabilities": {"donor_id": "EST", "description": "Two exercises a year"},
    "incident_counts": {
        "series": "cert-ua-processed",
        "period_start": "2025-01-01",
        "period_end": "2025-12-31",
        "dimension": "Total",
        "value_name": "all",
        "count": 10,
    },
    "incidents": {"date": "2023-12-12", "name": "Outage"},
    "organisations": {"name": "Estonia", "role": "Member"},
    "milestones": {"date": "2023-12-20", "title": "Launch"},
    "reported_totals": {"amount": 1000, "currency": "EUR", "measure": "Cumulative"},
}


@dataclass(frozen=True)
class Table:
    """One sheet of a workbook to be made. A name in a row that is no field of the dataset becomes a column of its own."""

    dataset: str
    rows: Sequence[Mapping[str, Any]] = ({},)
    sheet: str = ""
    without: Sequence[str] = ()
    header_row: int = 1
    hidden: bool = False

    @property
    def name(self) -> str:
        return self.sheet or datasets()[self.dataset].title

    @property
    def columns(self) -> list[str]:
        named = dict.fromkeys(name for row in self.rows for name in row)
        return [name for name in dict.fromkeys([*datasets()[self.dataset].names, *named]) if name not in self.without]

    @property
    def headers(self) -> list[str]:
        titles = {each.name: each.title for each in datasets()[self.dataset].fields}
        return [titles.get(name, name) for name in self.columns]

    def cells(self) -> list[list[Any]]:
        """The rows below the header, in the order of the columns."""
        columns = self.columns
        return [[row.get(name) for name in columns] for row in filled(self.dataset, self.rows)]


def filled(dataset: str, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows with their defaults. Keys are contributions-1, contributions-2, … where a row gives none; `None` leaves a cell empty."""
    key = datasets()[dataset].key
    return [{key: f"{dataset}-{number}", **DEFAULTS[dataset], **SOURCE, **row} for number, row in enumerate(rows, start=1)]


def workbook(*tables: Table, **rows: Sequence[Mapping[str, Any]]) -> bytes:
    """An xlsx file: `workbook(contributions=[{"amount": 10}, {"amount": None}])`, or of tables with a form of their own."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in [*tables, *(Table(name, each) for name, each in rows.items())]:
        sheet = book.create_sheet(table.name)
        sheet.sheet_state = "hidden" if table.hidden else "visible"
        for number, row in enumerate([table.headers, *table.cells()], start=table.header_row):
            for column, value in enumerate(row, start=1):
                if value is not None:
                    sheet.cell(number, column, value)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def csv_file(dataset: str, rows: Sequence[Mapping[str, Any]] = ({},), *, without: Sequence[str] = (), delimiter: str = ",") -> bytes:
    """A CSV export: field names as header, UTF-8."""
    table = Table(dataset, rows, without=without)
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([table.columns, *table.cells()])
    return text.getvalue().encode()


def cell_of(dataset: str, name: str, row: int = 2) -> str:
    """The address of a field in a file of the template's form: the first row below the header unless said otherwise."""
    return f"{column_letters(datasets()[dataset].names.index(name))}{row}"


def sent(content: bytes, name: str = "sent.xlsx") -> SentFile:
    """The content as a file that somebody has sent, read."""
    return read(name, content)


def understood(content: bytes, lake: Lake, *, name: str = "sent.xlsx", **options: Any) -> Submission:
    """What the project understands of a file, with nothing stored. `dataset` stands for a decision about it alone."""
    return understand(sent(content, name), lake, **_decided(options))


def _decided(options: dict[str, Any]) -> dict[str, Any]:
    dataset = options.pop("dataset", None)
    return {"decisions": Decisions(dataset=dataset), **options} if dataset else options


def taken(content: bytes, lake: Lake, *, name: str = "sent.xlsx", **options: Any) -> Receipt:
    """The receipt of a file that was taken into the lake."""
    return bring_in(sent(content, name), lake, author=options.pop("author", "Mari"), **_decided(options))


def errors(submission: Submission) -> list[tuple[str, str | None]]:
    """Rule and cell of every finding that holds a row."""
    return [(found.rule, found.cell) for found in submission.findings if found.level == "error"]


def remarks(submission: Submission) -> set[str]:
    """The rules of all findings."""
    return {found.rule for found in submission.findings}


def the_finding(submission: Submission, rule: str) -> Finding:
    """The one finding of a rule."""
    (found,) = [each for each in submission.findings if each.rule == rule]
    return found


def copied(lake: Path, to: Path) -> Path:
    """A lake of its own for a test that writes. Others may have the first one open: SQLite copies its file as it stands at one moment."""
    shutil.copytree(lake, to, ignore=shutil.ignore_patterns("catalog.sqlite*"))
    with closing(sqlite3.connect(lake / "catalog.sqlite")) as catalog, closing(sqlite3.connect(to / "catalog.sqlite")) as copy:
        catalog.backup(copy)
    return to


def store(audience: Audience | None = None, *, reports: Mapping[str, date] | None = None, **rows: Sequence[Mapping[str, Any]]) -> Store:
    """What an audience (staff, unless said otherwise) sees of these rows: values as the lake holds them; no file is read.

    `reports`: when donors last reported themselves.
    """
    tables = {name: arrow(_as_held(name, rows.get(name, ())), columns_of(dataset)) for name, dataset in datasets().items()}
    tables["submissions"] = arrow(
        pd.DataFrame([{"submission_id": 1, "file_name": "sent.xlsx", "sha256": "0" * 64}], dtype=object), RECORDS["submissions"]
    )
    return store_of(tables, audience or Audience("staff"), Release("test", 1, date(2025, 7, 2)), reports=reports or {})


HELD_DEFAULTS: dict[str, dict[str, Any]] = {
    "contributions": {"stage": "commitment", "within_mechanism": "yes"},
    "incident_counts": {"period_start": date(2025, 1, 1), "period_end": date(2025, 12, 31), "dimension": "total"},
    "organisations": {"role": "member"},
    "reported_totals": {"measure": "cumulative", "reported_on": "2025-10-31"},
}


def _as_held(dataset: str, rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    places = ({"sender": "EST", "submission_id": 1, "sheet": dataset, "row_number": number} for number in range(2, len(rows) + 2))
    held = [
        {**place, **row, **HELD_DEFAULTS.get(dataset, {}), **asked}
        for row, asked, place in zip(filled(dataset, rows), rows, places, strict=True)
    ]
    return pd.DataFrame(held, dtype=object)
