"""All sheets of a file: which of them are read as which dataset, by what was decided now and by what was decided before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tallinn.datasets import Dataset, datasets
from tallinn.ingest.cells import Noted, meanings
from tallinn.ingest.decisions import Decisions, Remembered
from tallinn.ingest.findings import Finding, finding
from tallinn.ingest.given import Seen, check
from tallinn.ingest.headers import meaning_of, plain
from tallinn.ingest.leftovers import begins_total
from tallinn.ingest.likeness import Place, best_place, is_guidance, names_itself
from tallinn.ingest.memory import Form, fitting, remembered
from tallinn.ingest.recognise import Table, columns_below, recognise
from tallinn.ingest.sheets import Sheet
from tallinn.wording import _

Given = Decisions | Mapping[str, Decisions]
"""What a person has decided: about all sheets of a file together, or about each by its name."""
CHANGED = 0.5
"""The share of headers that an earlier sheet of the same sender must have in common with this one to be another edition of it."""
DONORS = {"contributions": "donor_id", "projects": "donor_ids"}
"""The datasets whose rows say who sends a file, and the field that does."""


@dataclass(frozen=True)
class Recognised:
    """The table in each sheet (None: it is not read), the names of the sheets that were left out, and what is to be said."""

    tables: tuple[Table | None, ...]
    left_out: tuple[str, ...]
    findings: tuple[Finding, ...]


def recognised(
    sheets: Sequence[Sheet], known: Sequence[Form], given: Given, *, donor: str | None = None, asked_for: str | None = None
) -> Recognised:
    """What the sheets of a file hold. `known` are the forms of earlier files; `asked_for` is the only sheet to read, though it be hidden.

    Raises Refused for a decision about what is not there: in any sheet that is read, where it was made about all of them.
    """
    reading = _Reading(sheets, known, given, donor, asked_for)
    tables = [reading.table(sheet) for sheet in sheets]
    if isinstance(given, Decisions):
        tables = _with_a_known_column(tables)
        _check(given, [table for table in tables if table])
    passed_over = [sheet for sheet, table in zip(sheets, tables, strict=True) if table is None and sheet.name not in reading.spoken_of]
    findings = [*reading.findings, *(finding("unrecognised-sheet", sheet=sheet.name) for sheet in passed_over if sheet.height)]
    return Recognised(tuple(tables), tuple(reading.left_out), tuple(findings))


def _with_a_known_column(tables: Sequence[Table | None]) -> list[Table | None]:
    """The tables of which something is known; where nothing is known of any, the longest, so that a person can begin with it."""
    known = [table for table in tables if table and any(column.decided for column in table.columns)]
    wanted = known or sorted(filter(None, tables), key=lambda table: -len(table.rows))[:1]
    return [table if any(table is each for each in wanted) else None for table in tables]


def _check(given: Decisions, tables: Sequence[Table]) -> None:
    if tables:
        check(given, [Seen(table.sheet.name, [column.header for column in table.columns], table.dataset) for table in tables])


class _Reading:
    """The way through the sheets of one file, with what is remembered of earlier ones."""

    def __init__(self, sheets: Sequence[Sheet], known: Sequence[Form], given: Given, donor: str | None, asked_for: str | None) -> None:
        self.known, self.given, self.donor, self.asked_for = known, given, donor, asked_for
        self.findings: list[Finding] = []
        self.left_out: list[str] = []
        self.spoken_of: set[str] = set()
        memory = remembered(known)
        wanted = [sheet for sheet in sheets if known and (not sheet.hidden or self._is_asked_for(self._of(sheet)))]
        self.places = {sheet.name: place for sheet in wanted if (place := self._place(sheet, memory))}
        self.whose = donor or self._told_donor(sheets, memory)
        self.own = [form for form in known if form.sender == self.whose]
        self.memory = remembered(self.own)

    def table(self, sheet: Sheet) -> Table | None:
        given = self._of(sheet)
        if is_guidance(sheet) or self._is_left_out(sheet, given) or self._is_hidden(sheet, given):
            self.spoken_of.add(sheet.name)
            return None
        form = self._form(sheet, self.own, given, CHANGED)
        table = self._taken(sheet, given, form)
        if table is None or not table.decided:
            other = self._form(sheet, [each for each in self.known if each.sender != self.whose], given, 1.0)
            another = self._taken(sheet, given, other) if other else None
            if another and (another.decided or form is None):
                form, table = other, another
        if form and table:
            self._tell(form, table, given)
        return table

    def _of(self, sheet: Sheet) -> Decisions:
        return self.given if isinstance(self.given, Decisions) else self.given.get(sheet.name, Decisions())

    def _is_left_out(self, sheet: Sheet, given: Decisions) -> bool:
        """Whether a person leaves the sheet out, or left it out of this sender's last file that had it and says nothing of it now."""
        is_said = self.asked_for is not None or (given != Decisions() and not isinstance(self.given, Decisions))
        last = None if is_said or not sheet.name else next((form for form in self.own if form.sheet == sheet.name), None)
        again = last if last and last.decisions.left_out else None
        if again:
            self.findings.append(finding("sheet-left-out-again", sheet=sheet.name, file=again.file))
        elif given.left_out:
            self.findings.append(finding("sheet-left-out", sheet=sheet.name))
        if again or given.left_out:
            self.left_out.append(sheet.name)
        return bool(again or given.left_out)

    def _is_hidden(self, sheet: Sheet, given: Decisions) -> bool:
        """Whether the sheet is hidden and nobody asked for it by its name."""
        if not sheet.hidden or self._is_asked_for(given):
            return False
        self.findings.append(finding("hidden-sheet", sheet=sheet.name))
        return True

    def _is_asked_for(self, given: Decisions) -> bool:
        return self.asked_for is not None or (given.dataset is not None and not isinstance(self.given, Decisions))

    def _place(self, sheet: Sheet, memory: Sequence[Remembered]) -> Place | None:
        given = self._of(sheet)
        return best_place(sheet, _candidates(given), given, memory)

    def _told_donor(self, sheets: Sequence[Sheet], memory: Sequence[Remembered]) -> str | None:
        """The only donor that the sheets name, in the columns that are or were taken as such."""
        told = {dataset: {donor for sheet in sheets for donor in self._donors(sheet, dataset, memory)} for dataset in DONORS}
        donors = next((donors for donors in told.values() if donors), set())
        return next(iter(donors)) if len(donors) == 1 else None

    def _donors(self, sheet: Sheet, dataset: str, memory: Sequence[Remembered]) -> set[str]:
        place, given = self.places.get(sheet.name), self._of(sheet)
        if place is None or not place.score or place.dataset.name != dataset:
            return set()
        fields = {each.header: each.field for each in reversed(memory) if each.dataset == dataset}
        cells = [given.constants[DONORS[dataset]]] if given.constants.get(DONORS[dataset]) else []
        for column in columns_below(sheet, place.header):
            name = given.columns.get(column.header) or fields.get(plain(column.header)) or meaning_of(column.header, place.dataset)[0]
            if name == DONORS[dataset]:
                cells += [
                    str(cell)
                    for cell in sheet.distinct(column.index, sheet.columns[column.index].slice(place.header.last))
                    if not begins_total(str(cell))
                ]
        field = place.dataset.field(DONORS[dataset])
        read = [meaning.value if isinstance(meaning, Noted) else meaning for meaning in meanings(cells, field, as_stated=True)]
        return {each.split("; ")[0] for each in read if isinstance(each, str)}

    def _form(self, sheet: Sheet, among: Sequence[Form], given: Decisions, least: float) -> Form | None:
        """The earlier sheet of which this one is another edition."""
        place = self.places.get(sheet.name)
        publisher = sheet.published.by if sheet.published else None
        alike = (form for form in among if form.publisher == publisher and not form.decisions.left_out)
        dataset = given.dataset or (place.dataset.name if place and names_itself(place.header, place.dataset) else None)
        possible = [form for form in alike if dataset in (None, form.decisions.dataset)]
        if place is None or not possible:
            return None
        headers = frozenset(plain(column.header) for column in columns_below(sheet, place.header))
        return fitting(possible, headers, sheet.name, least)

    def _taken(self, sheet: Sheet, given: Decisions, form: Form | None) -> Table | None:
        """The table as it is taken with what was decided about a form."""
        memory, decided = self.memory, given
        if form:
            memory = [*form.remembered, *memory]
            decided = replace(
                given,
                dataset=form.decisions.dataset,
                header_row=self.places[sheet.name].header.last,
                constants={**form.decisions.constants, **given.constants},
                as_stated=form.decisions.as_stated | given.as_stated,
            )
        return recognise(sheet, decided, memory, self.donor, of_file=isinstance(self.given, Decisions))

    def _tell(self, form: Form, table: Table, given: Decisions) -> None:
        """What a form says of all rows, which nobody has said of this file."""
        rule = "remembered-value" if form.sender == self.whose else "value-of-another-sender"
        for name, text in form.decisions.constants.items():
            if name not in given.constants:
                title = _(table.dataset.field(name).title)
                self.findings.append(finding(rule, sheet=table.sheet.name, column=title, value=text, file=form.file, sender=form.sender))


def _candidates(given: Decisions) -> list[Dataset]:
    return [each for each in datasets().values() if given.dataset in (None, each.name)]
