"""The datasets and code lists, as described by data/schemas and data/reference."""

import csv
import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from tallinn.later import later
from tallinn.settings import REFERENCE, SCHEMAS

DUCKDB_TYPES = {"string": "VARCHAR", "number": "DECIMAL(18,2)", "integer": "BIGINT", "boolean": "BOOLEAN", "date": "DATE"}

KINDS = {
    "text": later("longer text"),
    "uri": later("web address"),
    "list": later("list separated by semicolons"),
    "period": later("date as precise as its source"),
    "country": later("country or organisation"),
    "currency": later("currency code"),
    "string": later("text"),
    "number": later("number"),
    "integer": later("whole number"),
    "boolean": later("yes or no"),
    "date": later("date"),
}
"""What a column holds, by the kinds and types of the schemas."""


@dataclass(frozen=True)
class Field:
    """One column of a dataset: a Table Schema field with this project's extras."""

    name: str
    title: str
    description: str
    type: str
    kind: str | None
    of: str | None
    code_list: str | None
    references: str | None
    constraints: dict[str, Any]
    example: Any

    @property
    def required(self) -> bool:
        return bool(self.constraints.get("required"))

    @property
    def duckdb_type(self) -> str:
        return DUCKDB_TYPES[self.type]


@dataclass(frozen=True)
class Dataset:
    """One Table Schema: the single source for checks, templates, the data dictionary and the lake's tables.

    `identity` are the fields that say which row it is where a file has no keys; `telling` those without which a sheet is not this dataset.
    """

    name: str
    title: str
    description: str
    key: str
    identity: tuple[str, ...]
    telling: tuple[str, ...]
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    @property
    def names(self) -> list[str]:
        return [field.name for field in self.fields]


@dataclass(frozen=True)
class CodeList:
    """Codes with their names, from one CSV in data/reference."""

    name: str
    rows: tuple[dict[str, str], ...]

    @property
    def codes(self) -> list[str]:
        return [row["code"] for row in self.rows]


@cache
def datasets() -> dict[str, Dataset]:
    """All datasets by name, in alphabetical order."""
    return {path.stem: _dataset(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(SCHEMAS.glob("*.json"))}


@cache
def code_lists() -> dict[str, CodeList]:
    """All code lists by name."""
    return {path.stem: _code_list(path.stem) for path in sorted(REFERENCE.glob("*.csv"))}


def _dataset(schema: dict[str, Any]) -> Dataset:
    fields = tuple(_field(field) for field in schema["fields"])
    (key,), identity, telling = schema["primaryKey"], tuple(schema["identity"]), tuple(schema["telling"])
    return Dataset(schema["name"], schema["title"], schema["description"], key, identity, telling, fields)


def _field(field: dict[str, Any]) -> Field:
    return Field(
        name=field["name"],
        title=field["title"],
        description=field["description"],
        type=field["type"],
        kind=field.get("kind"),
        of=field.get("of"),
        code_list=field.get("codeList"),
        references=field.get("references"),
        constraints=field.get("constraints", {}),
        example=field.get("example"),
    )


def _code_list(name: str) -> CodeList:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return CodeList(name, tuple(csv.DictReader(lines)))
