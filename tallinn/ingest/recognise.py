"""Step 2, recognise: which dataset a sheet holds, where its header stands, and what each column is.

Names, exact synonyms and what was decided before are taken; what a column only may be is proposed, and waits for a person.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tallinn.datasets import Dataset, datasets
from tallinn.ingest.decisions import Decisions, Remembered
from tallinn.ingest.findings import Finding, Refused, finding
from tallinn.ingest.given import Seen, check, check_only_one_each, within
from tallinn.ingest.guesses import guesses
from tallinn.ingest.headers import Header, headers_of, meaning_of, plain
from tallinn.ingest.leftovers import data_rows, told
from tallinn.ingest.likeness import Place, best_place
from tallinn.ingest.measures import letter_apart, unit_said
from tallinn.ingest.sample import Sample
from tallinn.ingest.sheets import Sheet, column_letters
from tallinn.ingest.sums import sum_rows
from tallinn.wording import _

ENOUGH = 0.5
"""The share of a row's texts that must be headers of a dataset for it to be recognised by itself."""
NAME, REMEMBERED, SYNONYM = 1.0, 0.95, 0.9
SHOWN_SAMPLES = 3


@dataclass(frozen=True)
class Column:
    """A column of a sheet and what is known of it. `proposal` is a guess for a person to confirm; it is never taken by itself. An
    undecided column without one fits no field that is open: what is suggested is to ignore it.

    `reason` of a field: given, name, synonym, remembered; of a proposal: similar (its header), values (its cells), both, or twin (another
    column means the same). `confidence` is between 0 and 1. `currency` and `unit` are what its header says.
    """

    index: int
    header: str
    field: str | None = None
    ignored: bool = False
    reason: str = ""
    confidence: float = 0.0
    proposal: str | None = None
    currency: str | None = None
    unit: int = 1
    hidden: bool = False
    samples: tuple[str, ...] = ()

    @property
    def decided(self) -> bool:
        return self.field is not None or self.ignored


@dataclass(frozen=True)
class Table:
    """A sheet with its meaning: which column is which field, which rows are data (`rows`: indices from 0), and what is to be said.

    `doubtful` rows may be sums: index → the rule that says why.
    """

    sheet: Sheet
    dataset: Dataset
    header_rows: tuple[int, int]
    columns: tuple[Column, ...]
    constants: Mapping[str, str]
    as_stated: frozenset[str]
    rows: pa.Array
    findings: tuple[Finding, ...]
    doubtful: Mapping[int, str] = field(default_factory=dict)

    @cached_property
    def mapping(self) -> dict[str, int]:
        """Field name → index of its column."""
        return {column.field: column.index for column in self.columns if column.field}

    @property
    def decided(self) -> bool:
        """Whether every column has a meaning, so that the rows can be taken."""
        return not any(found.level == "error" for found in self.findings)

    @property
    def header_row(self) -> int:
        return self.header_rows[1]

    @property
    def decisions(self) -> Decisions:
        """What would make the same table of another sheet of this form."""
        return Decisions(
            dataset=self.dataset.name,
            columns={column.header: column.field for column in self.columns if column.field and column.reason in ("given", "remembered")},
            constants=self.constants,
            ignored=frozenset(column.header for column in self.columns if column.ignored),
            as_stated=self.as_stated,
        )

    def cell(self, field: str, row_number: int) -> str:
        """The address of a field in a row, such as F12."""
        return f"{column_letters(self.mapping[field])}{row_number}"

    def header(self, field: str) -> str:
        """The header of a field as it stands in the file."""
        return next(column.header for column in self.columns if column.field == field)


def recognise(
    sheet: Sheet,
    decisions: Decisions = Decisions(),  # noqa: B008 - frozen
    remembered: Sequence[Remembered] = (),
    donor: str | None = None,
    *,
    of_file: bool = False,
) -> Table | None:
    """The table in a sheet; None when nothing in it looks like a dataset and none was named. A sheet that is said to hold a dataset is a
    table however strange its headers are: its columns then wait for a person.

    `donor` gives in all rows that name nobody else, where the dataset has donors. `of_file`: the decisions are about all sheets of a file,
    so this one need not have all that they speak of; else that raises Refused.
    """
    if decisions.dataset and decisions.dataset not in datasets():
        raise Refused(_("There is no dataset “{dataset}”.").format(dataset=decisions.dataset))
    candidates = [datasets()[decisions.dataset]] if decisions.dataset else list(datasets().values())
    place = best_place(sheet, candidates, decisions, remembered)
    if place is None or (place.score <= ENOUGH and decisions.dataset is None):
        return None
    columns = columns_below(sheet, place.header)
    seen = Seen(sheet.name, [column.header for column in columns], place.dataset)
    if of_file:
        decisions = within(decisions, seen)
    check(decisions, [seen])
    check_only_one_each(decisions, seen.headers)
    return _table(sheet, place, columns, _with_donor(decisions, donor, place.dataset), remembered)


def columns_below(sheet: Sheet, header: Header) -> list[Column]:
    """Every column that has a header or a cell below it."""
    below = sheet.height - header.last
    filled = [below - column.slice(header.last).null_count > 0 for column in sheet.columns]
    return [
        Column(index, text, currency=currency, unit=unit, hidden=index in sheet.hidden_columns)
        for index, (text, currency, unit) in enumerate(headers_of(sheet, header))
        if filled[index] or header.named[index]
    ]


def _with_donor(decisions: Decisions, donor: str | None, dataset: Dataset) -> Decisions:
    if donor is None or "donor_id" not in dataset.names:
        return decisions
    return replace(decisions, constants={"donor_id": donor, **decisions.constants})


def _table(sheet: Sheet, place: Place, columns: Sequence[Column], decisions: Decisions, remembered: Sequence[Remembered]) -> Table:
    header, dataset = place.header, place.dataset
    constants = {name: text for name, text in decisions.constants.items() if text}
    fields = {None, *dataset.names}
    memory = {each.header: each.field for each in reversed(remembered) if each.dataset == dataset.name and each.field in fields}
    columns = [replace(column, samples=_samples(sheet, column.index, header.last)) for column in columns]
    decided = _only_one_each([_decided(column, dataset, decisions, memory) for column in columns])
    decided = _with_guesses(sheet, header, decided, dataset)
    # In a sheet that the reader made itself every row is data, too.
    whole = decisions.every_row or sheet.published
    rows, doubtful, left_out = (_every_row(sheet, header), {}, []) if whole else _rows(sheet, header, decided, dataset)
    findings = (*_column_findings(sheet, header, decided, dataset, constants), *left_out)
    return Table(sheet, dataset, (header.first, header.last), tuple(decided), constants, decisions.as_stated, rows, findings, doubtful)


def _every_row(sheet: Sheet, header: Header) -> pa.Array:
    rows = pc.indices_nonzero(sheet.filled).cast(pa.int32())
    return rows.filter(pc.greater_equal(rows, header.last))


def _rows(sheet: Sheet, header: Header, columns: Sequence[Column], dataset: Dataset) -> tuple[pa.Array, Mapping[int, str], list[Finding]]:
    """The rows that are data, those of them that may be sums, and what is said of those left out."""
    mapping = {column.field: column for column in columns if column.field}
    rows, findings = data_rows(sheet, header, dataset, {name: column.index for name, column in mapping.items()})
    money = {column.index: column.unit for name, column in mapping.items() if dataset.field(name).type in ("number", "integer")}
    beside = frozenset(column.index for name, column in mapping.items() if dataset.field(name).kind == "currency")
    sums = sum_rows(sheet, rows, header.last, money, beside)
    sums = sums.without(_named(sheet, [*sums.certain, *sums.doubtful], header, dataset, mapping))
    if sums.certain:
        rows = rows.filter(pc.invert(pc.is_in(rows, pa.array(sums.certain, rows.type))))
        findings += told(sheet, "sum-row", sums.certain)
    return rows, sums.doubtful, findings


def _named(sheet: Sheet, rows: Sequence[int], header: Header, dataset: Dataset, columns: Mapping[str, Column]) -> Set[int]:
    """Those of the rows (indices) that others of the sheet name: a commitment is what its payments add up to, and no row of sums."""
    naming = [column.index for name, column in columns.items() if dataset.field(name).references == f"{dataset.name}.{dataset.key}"]
    if not rows or dataset.key not in columns:
        return frozenset()
    names = {str(cell).strip() for index in naming for cell in sheet.distinct(index, sheet.columns[index].slice(header.last))}
    return {row for row in rows if str(sheet.cell(row + 1, columns[dataset.key].index)).strip() in names}


def _samples(sheet: Sheet, index: int, after: int) -> tuple[str, ...]:
    filled = pc.indices_nonzero(sheet.columns[index].slice(after).is_valid())[:SHOWN_SAMPLES].to_pylist()
    return tuple(str(sheet.cell(after + 1 + position, index)) for position in filled)


def _decided(column: Column, dataset: Dataset, decisions: Decisions, memory: Mapping[str, str | None]) -> Column:
    if column.header in decisions.ignored:
        return replace(column, ignored=True, reason="given", confidence=1.0)
    if column.header in decisions.columns:
        return replace(column, field=decisions.columns[column.header], reason="given", confidence=1.0)
    if (key := plain(column.header)) in memory:
        return replace(column, field=memory[key], ignored=memory[key] is None, reason="remembered", confidence=REMEMBERED)
    name, reason = meaning_of(column.header, dataset)
    return replace(column, field=name, reason=reason, confidence=NAME if reason == "name" else SYNONYM) if name else column


def _only_one_each(columns: Sequence[Column]) -> list[Column]:
    """A field has one column: the surest. Of two that are equally sure none is taken by itself."""
    taken: list[Column] = []
    for column in columns:
        rivals = [each for each in columns if each.field == column.field and each.index != column.index] if column.field else []
        given = column.reason == "given"
        beaten = any(each.confidence > column.confidence or (each.confidence == column.confidence and not given) for each in rivals)
        first_by_name = column.reason == "name" and all(each.index > column.index for each in rivals if each.reason == "name")
        taken.append(replace(column, field=None, proposal=column.field, reason="twin") if beaten and not first_by_name else column)
    return taken


def _with_guesses(sheet: Sheet, header: Header, columns: Sequence[Column], dataset: Dataset) -> list[Column]:
    """The undecided columns with what they may be; of the fields, those that no column has or means yet."""
    spoken_for = {column.field or column.proposal for column in columns}
    fields = [field for field in dataset.fields if field.name not in spoken_for]
    waiting = [column for column in columns if not column.decided and column.proposal is None]
    undecided = {column.index: column.header if header.named[column.index] else "" for column in waiting}
    key = next((column.index for column in columns if column.field == dataset.key), None)
    found = guesses(Sample(sheet, header.last, key), undecided, fields, dataset)
    return [
        replace(column, proposal=guess.field, confidence=guess.confidence, reason=guess.reason)
        if (guess := found.get(column.index))
        else column
        for column in columns
    ]


def _column_findings(
    sheet: Sheet, header: Header, columns: Sequence[Column], dataset: Dataset, constants: Mapping[str, str]
) -> list[Finding]:
    findings = []
    fields = {column.field for column in columns if column.field}
    for column in columns:
        address = f"{column_letters(column.index)}{header.last}"
        place: dict[str, Any] = {"sheet": sheet.name, "cell": address, "column": column.header}
        if not column.decided:
            twin = column.proposal in fields
            findings.append(
                finding("duplicate-column" if twin else "unknown-column", value=column.header, dataset=_(dataset.title), **place)
            )
        if column.field and column.unit != 1:
            findings.append(finding("header-unit", value=column.header, unit=column.unit, **place))
        if column.field in ("amount", "budget") and (letter := letter_apart(column.header)):
            findings.append(finding("letter-in-header", value=column.header, sign=letter, **place))
        if column.field in ("amount", "budget") and column.currency:
            findings.append(finding("header-currency", value=column.header, currency=column.currency, **place))
        if column.hidden and column.field:
            findings.append(finding("hidden-column", value=column.header, **place))
    if any(column.field and dataset.field(column.field).type == "number" and column.unit == 1 for column in columns):
        findings += _units_around(sheet, header)
    absent = [field for field in dataset.fields if field.required and field.name not in {*fields, *constants, dataset.key}]
    findings += [finding("missing-column", sheet=sheet.name, cell=f"A{header.last}", column=_(field.title)) for field in absent]
    return findings


def _units_around(sheet: Sheet, header: Header) -> Iterator[Finding]:
    """What stands above the table, or is the sheet's name, may say in what its amounts are counted: told, because nobody can be sure."""
    if (unit := unit_said(sheet.name)) != 1:
        yield finding("unit-outside-table", sheet=sheet.name, value=sheet.name, unit=unit)
    for number, cells in enumerate(sheet.head(header.first - 1), start=1):
        for index, cell in enumerate(cells):
            if isinstance(cell, str) and (unit := unit_said(cell)) != 1:
                yield finding("unit-outside-table", sheet=sheet.name, cell=f"{column_letters(index)}{number}", value=cell, unit=unit)
