"""The forms in which senders write their rows: one file in forms/ for each of them, read into what the writers need."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tallinn.datasets import datasets
from tallinn.demonstration.facts import LAST_DAY
from tallinn.ingest.compare import Mode
from tallinn.ingest.decisions import Decisions

FORMS = Path(__file__).parent / "forms"


@dataclass(frozen=True)
class Column:
    """A column as a sender writes it; one without a field helps the sender alone. `style` is how its values are written."""

    header: str
    field: str | None
    style: str = ""


@dataclass(frozen=True)
class Sheet:
    """One table of a file. `{year}` in texts stands for the year of the rows, where it is by year or has subtotals."""

    name: str
    dataset: str
    columns: tuple[Column, ...]
    dates: str
    encoding: str
    delimiter: str
    title: tuple[str, ...]
    groups: tuple[tuple[str, int], ...]
    hidden: frozenset[str]
    by_year: bool
    subtotal: str
    total: str
    footer: tuple[str, ...]
    decisions: Decisions

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(column.field for column in self.columns if column.field)


@dataclass(frozen=True)
class File:
    """One file: what its sender knew up to a day, in these sheets."""

    name: str
    until: date
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class Form:
    """How one sender reports. `written`: codes, names of codes, or words of its language. `signs`: how it writes a currency."""

    name: str
    donor: str | None
    mode: Mode
    language: str
    written: str
    month: str
    quarter: str
    half: str
    signs: Mapping[str, str]
    words: Mapping[str, str]
    about: tuple[str, ...]
    files: tuple[File, ...]

    def sheet(self, dataset: str) -> Sheet:
        """The table that the form has for a dataset."""
        return next(sheet for file in self.files for sheet in file.sheets if sheet.dataset == dataset)

    def says(self, dataset: str) -> frozenset[str]:
        """The fields that a row of this form can say. Each form says the currency: in a column, a header, a cell or its format."""
        return self.sheet(dataset).fields | {"currency", "donor_id"}

    @property
    def several_currencies(self) -> bool:
        """Whether each row has a currency of its own."""
        sheet = self.sheet("contributions")
        return "currency" in sheet.fields or any(column.style == "format" for column in sheet.columns)


@cache
def forms() -> dict[str, Form]:
    """All forms by name: those of donors, of the register, of the office and of the lists of incidents."""
    return {path.stem: _form(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(FORMS.glob("*.toml"))}


def _form(name: str, said: dict[str, Any]) -> Form:
    sheets = {each["name"]: _sheet(each, said) for each in said["sheets"]}
    return Form(
        name=name,
        donor=said.get("donor"),
        mode=said["mode"],
        language=said.get("language", "en"),
        written=said.get("written", "words"),
        month=said.get("month", "yyyy-MM"),
        quarter=said.get("quarter", "{year}-Q{q}"),
        half=said.get("half", "{year}-H{h}"),
        signs=said.get("signs", {}),
        words=said.get("words", {}),
        about=tuple(said.get("about", ())),
        files=tuple(_file(each, sheets) for each in said["files"]),
    )


def _file(said: dict[str, Any], sheets: Mapping[str, Sheet]) -> File:
    return File(said["name"], said.get("until", LAST_DAY), tuple(sheets[name] for name in said.get("sheets", sheets)))


def _sheet(said: dict[str, Any], form: dict[str, Any]) -> Sheet:
    columns = _columns(said["columns"], said["dataset"])
    fields = {column.header: column.field for column in columns if column.field}
    return Sheet(
        name=said["name"],
        dataset=said["dataset"],
        columns=columns,
        dates=said.get("dates", form["dates"]),
        encoding=said.get("encoding", form.get("encoding", "utf-8")),
        delimiter=said.get("delimiter", form.get("delimiter", ",")),
        title=tuple(said.get("title", form.get("title", ()))),
        groups=tuple((text, count) for text, count in said.get("groups", ())),
        hidden=frozenset(said.get("hidden", ())),
        by_year=said.get("by_year", False),
        subtotal=said.get("subtotal", ""),
        total=said.get("total", ""),
        footer=tuple(said.get("footer", ())),
        decisions=Decisions(
            columns={header: fields[header] for header in said.get("mapped", ())},
            constants=said.get("constants", {}),
            ignored=frozenset(column.header for column in columns if not column.field),
        ),
    )


def _columns(said: Any, dataset: str) -> tuple[Column, ...]:
    """The columns as listed; "titles" or "names": those of our own template or export."""
    fields = datasets()[dataset].fields
    if said == "titles":
        return tuple(Column(field.title, field.name) for field in fields)
    if said == "names":
        return tuple(Column(field.name, field.name) for field in fields)
    return tuple(Column(header, field or None, *style) for header, field, *style in said)
