"""What the files in data/ and the European Central Bank's file hold, read without the package: the ground that the twin stands on."""

import csv
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from io import TextIOWrapper
from pathlib import Path

import openpyxl
from currency_converter.currency_converter import CURRENCY_FILE

DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True)
class Contribution:
    """One row of the dataset as far as the figures need it, with codes for names and None for every blank cell."""

    contribution_id: str
    donor_id: str
    stage: str
    within_mechanism: str
    in_kind: bool | None = None
    amount: Decimal | None = None
    currency: str | None = None
    value_date: str | None = None
    period: str | None = None
    project_ids: str | None = None
    realises: str | None = None
    duplicate_of: str | None = None
    not_counted: str | None = None
    channel: str | None = None


def contributions() -> list[Contribution]:
    """The rows of the donors' workbooks."""
    known = {field.name for field in fields(Contribution)}
    read = {"amount": Decimal, "in_kind": lambda word: word == "yes"}
    return [
        Contribution(**{name: read.get(name, str)(text) for name, text in row.items() if name in known and text})
        for row in _workbook_rows("contributions")
    ]


def categories() -> dict[str, str]:
    """The category of each project, by its id; empty where none is stated."""
    return {project["project_id"]: project["category"] for project in projects()}


def projects() -> list[dict[str, str]]:
    """The rows of all projects, with codes for names and nothing for every blank cell."""
    return [*_workbook_rows("projects"), *_csv_rows(DATA / "exports" / "projects_without_donor.csv")]


def reported() -> Decimal:
    """The newest total in euro that the Mechanism reported for all its time."""
    totals = _csv_rows(DATA / "exports" / "reported_totals.csv")
    cumulative = [row for row in totals if (row["measure"], row["currency"]) == ("cumulative", "EUR")]
    return Decimal(max(cumulative, key=lambda row: row["reported_on"])["amount"])


def members() -> set[str]:
    return {row["organisation_id"] for row in _csv_rows(DATA / "exports" / "members.csv") if row["role"] == "member"}


@cache
def rates() -> dict[str, dict[date, Decimal]]:
    """Units of each currency for one euro, on each day that has a rate."""
    found: dict[str, dict[date, Decimal]] = {}
    with zipfile.ZipFile(CURRENCY_FILE) as archive, archive.open(archive.namelist()[0]) as raw:
        for line in csv.DictReader(TextIOWrapper(raw, "utf-8")):
            day = date.fromisoformat(line.pop("Date"))
            for currency, rate in line.items():
                if rate not in ("", "N/A"):
                    found.setdefault(currency, {})[day] = Decimal(rate)
    return found


def _workbook_rows(dataset: str) -> Iterator[dict[str, str]]:
    """Field names and codes for the titles and names that donors write."""
    schema = json.loads((DATA / "schemas" / f"{dataset}.json").read_text(encoding="utf-8"))
    for path in sorted((DATA / "donors").glob("*.xlsx")):
        book = openpyxl.load_workbook(path)
        header, *body = book[dataset.title()].iter_rows(values_only=True) if dataset.title() in book else [()]
        for cells in body:
            row = dict(zip(header, map(_text, cells), strict=True))
            yield {field["name"]: _codes(field.get("codeList")).get(row[field["title"]], row[field["title"]]) for field in schema["fields"]}


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return "" if cell is None else str(cell)


@cache
def _codes(code_list: str | None) -> dict[str, str]:
    return {row["name"]: row["code"] for row in _csv_rows(DATA / "reference" / f"{code_list}.csv")} if code_list else {}


def _csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
