"""Step 4, check: each row against its Table Schema, then the rows against each other and against what is on file.

Every rule is one query (tallinn/ingest/rules) over a database in memory that holds the rows of the file beside those of the lake.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tallinn.catalog import workbench
from tallinn.datasets import Dataset, Field
from tallinn.ingest.findings import LISTED, Finding, finding, listed, rules
from tallinn.ingest.progress import Progress, stretches, unheard
from tallinn.ingest.recognise import Table
from tallinn.ingest.relations import lay_out
from tallinn.ingest.values import PLACE, Rows, at
from tallinn.ingest.words import words
from tallinn.wording import _

RULES = Path(__file__).parent / "rules"
Positions = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Checked:
    """One dataset of a file after all checks: `accepted` and `held` have the dataset's fields, then sheet and row_number."""

    dataset: Dataset
    accepted: pa.Table
    held: pa.Table
    findings: list[Finding]


def check(parts: Iterable[Rows], on_file: Mapping[str, pa.Table], sender: str | None, progress: Progress = unheard) -> list[Checked]:
    """The rows of a file, dataset by dataset, divided into those that can be taken and those held back.

    `on_file` has the lake's rows by dataset, without those that this file replaces; `sender` is the donor who sends.
    """
    by_dataset: dict[str, list[Rows]] = {}
    for part in parts:
        by_dataset.setdefault(part.table.dataset.name, []).append(part)
    sent = {name: pa.concat_tables([part.values for part in same]).combine_chunks() for name, same in by_dataset.items()}
    desks = zip(by_dataset.values(), stretches(progress, len(by_dataset)), strict=True)
    return [_Desk(same, sent, on_file, sender).checked(part) for same, part in desks]


class _Desk:
    """The rows of one dataset on the desk, with what they are held against."""

    def __init__(self, parts: Sequence[Rows], sent: Mapping[str, pa.Table], on_file: Mapping[str, pa.Table], sender: str | None) -> None:
        self.dataset = parts[0].table.dataset
        self.tables = {part.table.sheet.name: part.table for part in parts}
        self.rows = sent[self.dataset.name]
        self.findings = [found for part in parts for found in part.findings]
        self.unread = _unread(parts)
        self.held = _of_undecided(parts)
        for positions in self.unread.values():
            self.held[positions] = True
        self.connection = workbench()
        self.parameters = {"sender": sender, "today": date.today(), "dataset": self.dataset.name, "key_field": self.dataset.key}
        made = [part.table.sheet.name for part in parts if self.dataset.key not in part.table.mapping]
        lay_out(self.connection, self.dataset, self.rows, sent, on_file, made)

    def checked(self, progress: Progress) -> Checked:
        queries = _queries(self.dataset.name)
        with self.connection:
            for number, (rule, sql) in enumerate(queries):
                progress(number / len(queries))
                self._apply(rule, self._ask(sql, rule))
            self._hold_who_names_held_rows()
        # Without a copy where nothing is held: a million rows fill memory twice otherwise.
        accepted = self.rows.filter(pa.array(~self.held)) if self.held.any() else self.rows
        held = self.rows.filter(pa.array(self.held))
        return Checked(self.dataset, accepted, held, sorted(self.findings, key=_in_reading_order))

    def _ask(self, sql: str, rule: str) -> pa.Table:
        given = self.parameters | {"pattern": _patterns().get(rule)}
        asked = {name: value for name, value in given.items() if f"${name}" in sql}
        return self.connection.execute(sql, asked).to_arrow_table()

    def _apply(self, rule: str, broken: pa.Table) -> None:
        """Hold the rows that break a rule, and say so; a cell that could not be read is not spoken of twice."""
        for name in pc.unique(broken["field"]).to_pylist():
            of_field = broken.filter(pc.equal(broken["field"], name)).sort_by("i")
            if name in self.unread:
                of_field = of_field.filter(pc.invert(pc.is_in(of_field["i"], pa.array(self.unread[name]))))
            if not len(of_field):
                continue
            positions = np.unique(of_field["i"].to_numpy())
            if rules()[rule]["level"] == "error":
                self.held[positions] = True
            if rule in ("no-label", "no-source"):
                self._say_of_sheets(rule, self.dataset.field(name), positions)
            else:
                first = of_field.slice(0, LISTED).to_pylist()
                self.findings += listed(range(len(first)), lambda place: self._said(rule, first[place]), len(of_field))  # noqa: B023 - used at once

    def _said(self, rule: str, row: dict[str, Any]) -> Finding:
        place = self.rows.slice(row["i"], 1).select(list(PLACE)).to_pylist()[0]
        field = self.dataset.field(row["field"])
        facts = {name: value for name, value in row.items() if name not in ("i", "field", "shown")}
        stated = {"example": field.example, "limit": field.constraints.get("minimum")}
        return at(rule, self.tables[place["sheet"]], field, place["row_number"], row["shown"], **{**stated, **facts})

    def _say_of_sheets(self, rule: str, field: Field, positions: Positions) -> None:
        """What is missing in every row of a sheet is said once; else at each row."""
        for name, table in self.tables.items():
            of_sheet = pc.equal(self.rows["sheet"], name).to_numpy()
            own = positions[of_sheet[positions]]
            if len(own) and len(own) == int(of_sheet.sum()) and len(own) > 1:
                cell = table.cell(field.name, table.header_row) if field.name in table.mapping else None
                self.findings.append(finding(rule, sheet=name, cell=cell, column=_(field.title), rows=len(own)))
            else:
                numbers = self.rows["row_number"].take(pa.array(own[:LISTED])).to_pylist()
                self.findings += listed(numbers, lambda number: at(rule, table, field, number), len(own))  # noqa: B023 - used at once

    def _hold_who_names_held_rows(self) -> None:
        """Rows that name a row that is held, and that the lake does not have either; and whoever names those."""
        sql = (RULES / "after" / "names-a-held-row.sql").read_text(encoding="utf-8")
        while True:
            self.connection.register("held", pa.table({"i": pa.array(np.flatnonzero(self.held), pa.int64())}))
            lost = self._ask(sql, "names-a-held-row")
            if not len(lost):
                return
            self._apply("names-a-held-row", lost)
            self.held[np.unique(lost["i"].to_numpy())] = True


def _unread(parts: Sequence[Rows]) -> dict[str, Positions]:
    """Field → positions, among the rows of all parts, of the cells that could not be read."""
    found: dict[str, list[Positions]] = {}
    start = 0
    for part in parts:
        for name, positions in part.unread.items():
            found.setdefault(name, []).append(positions + start)
        for name in _missing(part.table):
            found.setdefault(name, []).append(np.arange(start, start + len(part.values)))
        start += len(part.values)
    return {name: np.concatenate(positions) for name, positions in found.items()}


def _missing(table: Table) -> list[str]:
    """Required fields that a sheet has no column for: said once of the sheet, not of each of its rows."""
    given = {*table.mapping, *table.constants, table.dataset.key}
    return [field.name for field in table.dataset.fields if field.required and field.name not in given]


def _of_undecided(parts: Sequence[Rows]) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """All rows of a sheet with a column that nobody has decided on are held."""
    return np.concatenate([np.full(len(part.values), not part.table.decided) for part in parts])


@cache
def _patterns() -> dict[str, str]:
    """What should not be published in a text, by the rule that looks for it."""
    return {row["rule"]: row["pattern"] for row in words("private")}


@cache
def _queries(dataset: str) -> tuple[tuple[str, str], ...]:
    """Rule and query for each rule that concerns a dataset: those of rules/, then those of rules/<dataset>/."""
    files = [*sorted(RULES.glob("*.sql")), *sorted((RULES / dataset).glob("*.sql"))]
    return tuple((file.stem, file.read_text(encoding="utf-8")) for file in files)


def _in_reading_order(found: Finding) -> tuple[str, int, str]:
    return found.sheet or "", found.row or 0, found.cell or ""
