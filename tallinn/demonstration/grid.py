"""A table as it stands in a sheet: titles, header, rows, sums and notes, with what is merged and hidden."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from tallinn.demonstration.cells import EMPTY, ISO, UNITS, Cell, Writer, writer
from tallinn.demonstration.facts import Fact
from tallinn.demonstration.forms import Form, Sheet
from tallinn.ingest.submission import DATES

DAY_LENGTH = len("2025-07-02")


@dataclass(frozen=True)
class Grid:
    """Rows of cells from A1 on. `merged` are (row, first column, last column), rows and columns from 1; `hidden` are columns."""

    name: str
    rows: list[list[Cell]]
    header: int
    merged: list[tuple[int, int, int]]
    hidden: list[int]


def grids(sheet: Sheet, facts: Sequence[Fact], form: Form) -> Iterator[Grid]:
    """The sheet, or one for each year."""
    if not sheet.by_year:
        yield _grid(sheet, facts, form, sheet.name)
        return
    for year, of_year in groupby(sorted(facts, key=_year), key=_year):
        yield _grid(sheet, list(of_year), form, sheet.name.format(year=year))


def _year(fact: Fact) -> int:
    return fact.day.year


def _grid(sheet: Sheet, facts: Sequence[Fact], form: Form, name: str) -> Grid:
    if _in_doubt(sheet, facts):
        sheet = replace(sheet, dates=ISO)
    years = f"{min(map(_year, facts), default='')}–{max(map(_year, facts), default='')}" if not sheet.by_year else str(_year(facts[0]))
    above = [[Cell(text.format(year=years))] for text in sheet.title]
    merged = []
    if sheet.groups:
        groups: list[Cell] = []
        for text, width in sheet.groups:
            merged.append((len(above) + 1, len(groups) + 1, len(groups) + width))
            groups += [Cell(text), *[EMPTY] * (width - 1)]
        above.append(groups)
    header = len(above) + 1
    above.append([Cell(column.header) for column in sheet.columns])
    hidden = [at for at, column in enumerate(sheet.columns, start=1) if column.header in sheet.hidden]
    return Grid(name, [*above, *_body(sheet, facts, form)], header, merged, hidden)


def _in_doubt(sheet: Sheet, facts: Sequence[Fact]) -> bool:
    """Whether a column has no day by which a reader could tell which number is the month; its sender would be asked."""
    days = [[day for fact in facts if len(day := str(fact.row.get(field))) == DAY_LENGTH] for field in sheet.fields & set(DATES)]
    return any(column and all(int(day[8:]) <= 12 and day[8:] != day[5:7] for day in column) for column in days)


def _body(sheet: Sheet, facts: Sequence[Fact], form: Form) -> Iterator[list[Cell]]:
    """The rows, by year with a sum below each if the form has such, then the whole sum and the notes."""
    writers = [writer(column, sheet, form) for column in sheet.columns]
    for year, of_year in groupby(facts, key=_year):
        written = list(of_year)
        yield from (_row(fact, sheet, writers) for fact in written)
        if sheet.subtotal:
            yield _sum(sheet, sheet.subtotal.format(year=year), written)
    if sheet.total and facts:
        yield _sum(sheet, sheet.total, facts)
    yield from ([Cell(text)] for text in sheet.footer)


def _row(fact: Fact, sheet: Sheet, writers: Sequence[Writer]) -> list[Cell]:
    if not fact.fault:
        return [write(fact.row) for write in writers]
    field, text = fact.fault
    return [Cell(text) if column.field == field else write(fact.row) for column, write in zip(sheet.columns, writers, strict=True)]


def _sum(sheet: Sheet, text: str, facts: Sequence[Fact]) -> list[Cell]:
    """A row with a label and the sum of all amounts, whatever their currency: people do that."""
    amounts = [fact.row["amount"] for fact in facts if fact.row.get("amount") is not None and not fact.fault]
    cells = [Cell(text), *[EMPTY] * (len(sheet.columns) - 1)]
    for at, column in enumerate(sheet.columns):
        if column.field == "amount":
            cells[at] = Cell(float(sum(amounts, Decimal(0)) / UNITS.get(column.style, 1)), "#,##0.00")
    return cells
