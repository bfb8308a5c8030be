"""The rows behind a drawing as a table for reading: titles and kinds as everywhere, unknown in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from tallinn.ask import Answer
from tallinn.charts import chart, over_time
from tallinn.columns import Column, Kind, column
from tallinn.releases import Release
from tallinn.static_summary.links import dashboard, web_address
from tallinn.wording import _, change, count, day, day_short, share, tenths, unknown

UNBROKEN = "\u00a0"
MOST_STEPS = 8
"""Figures of one line; of more, the last of each year."""
NUMBERS: dict[Kind, Callable[[Any], str]] = {"amount": count, "number": count, "average": tenths, "share": share, "change": change}


class Cell(NamedTuple):
    """A cell's text; `numeric` stands right; `muted` are words where nothing is known; `address` is a link of the web or empty."""

    text: str
    numeric: bool = False
    muted: bool = False
    address: str = ""

    @property
    def look(self) -> str:
        """Its classes in the page."""
        return " ".join([*(["number"] if self.numeric else []), *(["muted"] if self.muted else [])])


@dataclass(frozen=True)
class Table:
    """A table: the question that it answers, its head, and rows whose first cell names them."""

    question: str
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table(answer: Answer, columns: Sequence[str], *, source: bool = False) -> Table:
    """The answer's rows in these columns; with `source`, who published each row, as a link."""
    looks = [column(name, answer.rows[name]) for name in columns]
    head = [Cell(look.title, look.kind in NUMBERS) for look in looks]
    records = answer.rows.to_dict("records")
    rows = [[_cell(row[name], look) for name, look in zip(columns, looks, strict=True)] for row in records]
    if source:
        head.append(Cell(_("Source")))
        for row, cells in zip(records, rows, strict=True):
            cells.append(_source(row))
    return Table(answer.question, tuple(head), tuple(map(tuple, rows)))


def _cell(value: Any, look: Column) -> Cell:
    numeric = look.kind in NUMBERS
    if unknown(value):
        words = "" if look.blank else _("not published") if numeric else _("not stated")
        return Cell(words, numeric, muted=True)
    return Cell(NUMBERS[look.kind](value), numeric=True) if numeric else Cell(str(value))


def _source(row: dict[Any, Any]) -> Cell:
    named = _("Source") if unknown(row["source_publisher"]) else str(row["source_publisher"])
    return Cell(named, address=web_address(row["source_url"]))


def steps(answer: Answer) -> Table:
    """The figures of both lines of funding_over_time, a row for each day on which one of them changed; what has no date comes last."""
    head = (Cell(_("Day")), Cell(_("Reported, EUR"), numeric=True), Cell(_("Itemised, EUR"), numeric=True), Cell(_("Reported by")))
    by_day: dict[date | None, dict[str, chart.Record]] = {}
    for name in over_time.LOOKS:
        for one in _turning([one for one in chart.records(answer.rows) if one["line"] == name]):
            by_day.setdefault(one["date"], {})[name] = one
    days = sorted(by_day, key=lambda each: (each is None, each))
    return Table(answer.question, head, tuple(_step(each, by_day[each]) for each in days))


def _turning(line: list[chart.Record]) -> list[chart.Record]:
    """Every figure of a line; of many, the last of each year, and what has no date."""
    return line if len(line) <= MOST_STEPS else list({one["date"] and one["date"].year: one for one in line}.values())


def _step(when: date | None, ones: dict[str, chart.Record]) -> tuple[Cell, ...]:
    named = _("with undated") if when is None else day_short(when)
    amounts = (Cell(count(ones[name]["amount_eur"]) if name in ones else "", numeric=True) for name in over_time.LOOKS)
    return Cell(named.replace(" ", UNBROKEN)), *amounts, Cell(ones.get("reported", {}).get("label") or "")


def releases(public: Sequence[Release], *, address: str) -> Table:
    """The releases, each leading to the dashboard as it was then, with what was said with it and what it corrects."""
    head = (Cell(_("Release")), Cell(_("Published")), Cell(_("Note")))
    return Table(_("Releases, the newest first"), head, tuple(_release(each, address) for each in public))


def _release(release: Release, address: str) -> tuple[Cell, ...]:
    corrects = _("Corrects {release}:").format(release=release.corrects) if release.corrects else ""
    note = f"{corrects} {_(release.note)}".strip()
    return Cell(release.id, address=f"{address}{dashboard(release=release.id)}"), Cell(day(release.date)), Cell(note)
