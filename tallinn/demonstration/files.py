"""Which rows go into which file: what is new, what is corrected, what is withdrawn, as one sender sends again and again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tallinn.demonstration.facts import Fact, Facts
from tallinn.demonstration.forms import File, Form, forms
from tallinn.demonstration.grid import grids
from tallinn.demonstration.written import text, workbook
from tallinn.ingest.compare import Mode
from tallinn.ingest.decisions import Decisions
from tallinn.ingest.submission import Given


@dataclass(frozen=True)
class Sent:
    """A file on its way, and what a person says when taking it in. Decisions are said once for each form, and remembered."""

    name: str
    content: bytes
    donor: str | None
    mode: Mode
    decisions: Given
    until: date


def files(facts: Facts) -> list[Sent]:
    """All files, in the order in which they arrive: by the day up to which they speak."""
    return sorted((sent for form in forms().values() for sent in _of_form(form, facts)), key=_arrival)


def _arrival(sent: Sent) -> tuple[date, str]:
    return sent.until, sent.name


def _of_form(form: Form, facts: Facts) -> Iterator[Sent]:
    decided: set[str] = set()
    for file in form.files:
        made = {sheet.name: list(grids(sheet, _rows(form, file, sheet.dataset, facts), form)) for sheet in file.sheets}
        undecided = [sheet for sheet in file.sheets if sheet.name not in decided]
        decided |= set(made)
        if file.name.endswith(".xlsx"):
            content = workbook([grid for of_sheet in made.values() for grid in of_sheet], form.about)
            decisions: Given = {grid.name: sheet.decisions for sheet in undecided for grid in made[sheet.name]}
        else:
            (sheet,), ((grid,),) = file.sheets, made.values()
            content = text(grid, sheet.encoding, sheet.delimiter)
            decisions = sheet.decisions if undecided else Decisions()
        yield Sent(file.name, content, form.donor, form.mode, decisions, file.until)


def _rows(form: Form, file: File, dataset: str, facts: Facts) -> list[Fact]:
    """The facts of a dataset as this file states them, in the order of their days."""
    own = [each for each in form.files if any(sheet.dataset == dataset for sheet in each.sheets)]
    known = facts.get(form.name, {}).get(dataset, ())
    stated = (_stated(fact, own, own.index(file), form.mode) for fact in sorted(known, key=_day))
    return [fact for fact in stated if fact]


def _day(fact: Fact) -> date:
    return fact.day


def _stated(fact: Fact, own: Sequence[File], at: int, mode: Mode) -> Fact | None:
    """A fact as the file at this place among its sender's says it; None where it is not in the file."""
    first = next((place for place, file in enumerate(own) if fact.day <= file.until), len(own) - 1)
    last = len(own) - 1
    if first > at or (fact.withdrawn and not first == at < last) or (fact.fault and first < at):
        return None
    if first < at and mode == "update" and not (fact.earlier and first == at - 1):
        return None
    return replace(fact, row={**fact.row, **fact.earlier}) if first == at < last else fact
