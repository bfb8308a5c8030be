"""Step 2, recognise: which dataset a sheet holds, where its header stands, and what each column is.

Names, exact synonyms and what was decided before are taken; what is only similar is proposed, and waits for a person.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import fuzz, process

from tallinn.datasets import Dataset, datasets
from tallinn.ingest.decisions import Decisions, Remembered
from tallinn.ingest.findings import Finding, Refused, finding
from tallinn.ingest.headers import Header, header_at, headers_of, heading_words, meaning_of, plain
from tallinn.ingest.leftovers import data_rows
from tallinn.ingest.measures import unit_said
from tallinn.ingest.sheets import Sheet, column_letters
from tallinn.wording import _, listing

HEADER_WITHIN_ROWS = 40
ENOUGH = 0.5
"""The share of a row's texts that must be headers of a dataset for it to be recognised by itself."""
FEWEST = 2
"""Columns that must be known before a sheet is taken for a dataset by itself."""
NAME, REMEMBERED, SYNONYM = 1.0, 0.95, 0.9
SIMILAR = 80
"""How similar (of 100) a header must be to a known one to be proposed."""
SHOWN_SAMPLES = 3
GUIDANCE = ("Read me", "Lists", "Findings")


@dataclass(frozen=True)
class Column:
    """A column of a sheet and what is known of it. `proposal` is a guess for a person to confirm; it is never taken by itself.

    `reason`: given, name, synonym, remembered, or empty while nothing is decided. `currency` and `unit` are what its header says.
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
    """A sheet with its meaning: which column is which field, which rows are data (`rows`: indices from 0), and what is to be said."""

    sheet: Sheet
    dataset: Dataset
    header_rows: tuple[int, int]
    columns: tuple[Column, ...]
    constants: Mapping[str, str]
    as_stated: frozenset[str]
    rows: pa.Array
    findings: tuple[Finding, ...]

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


@dataclass(frozen=True)
class Likeness:
    """What a sheet that was not recognised looks like: the likeliest dataset, its headers, and the required columns that it lacks."""

    dataset: Dataset
    header_row: int
    headers: tuple[str, ...]
    missing: tuple[str, ...]


def recognise(
    sheet: Sheet,
    decisions: Decisions = Decisions(),  # noqa: B008 - frozen
    remembered: Sequence[Remembered] = (),
    donor: str | None = None,
) -> Table | None:
    """The table in a sheet, or None when nothing in it looks like a dataset. Raises Refused for a decision about what is not there.

    `donor` gives in all rows that name nobody else, where the dataset has donors.
    """
    if decisions.dataset and decisions.dataset not in datasets():
        raise Refused(_("There is no dataset “{dataset}”.").format(dataset=decisions.dataset))
    candidates = [datasets()[decisions.dataset]] if decisions.dataset else list(datasets().values())
    found = _best(sheet, candidates, decisions, remembered)
    if found is None:
        return None
    score, header, dataset = found
    named = decisions.dataset is not None and (decisions.header_row is not None or decisions.columns or score > 0)
    if score <= ENOUGH and not named:
        return None
    return _table(sheet, header, dataset, _with_donor(decisions, donor, dataset), remembered)


def _with_donor(decisions: Decisions, donor: str | None, dataset: Dataset) -> Decisions:
    if donor is None or "donor_id" not in dataset.names:
        return decisions
    return replace(decisions, constants={"donor_id": donor, **decisions.constants})


def likeness(sheet: Sheet) -> Likeness | None:
    """The best guess about a sheet that is not recognised; None for one without any text."""
    found = _best(sheet, list(datasets().values()), Decisions(), ())
    if found is None:
        return None
    score, header, dataset = found
    if score == 0:
        return Likeness(dataset, header.last, header.texts, ())
    known = {name for text in header.texts if (name := meaning_of(text, dataset)[0])}
    missing = tuple(field.title for field in dataset.fields if field.required and field.name not in {*known, dataset.key})
    return Likeness(dataset, header.last, header.texts, missing)


def is_guidance(sheet: Sheet) -> bool:
    """Whether this is a sheet of ours that explains, and holds no data: of a template, or of a workbook given back with its findings."""
    first, second = sheet.cell(1, 0), sheet.cell(2, 0)
    if not isinstance(first, str) or not isinstance(second, str):
        return False
    return first.partition(":")[0] in GUIDANCE and second.startswith(("Tallinn Mechanism template", "Tallinn Mechanism findings"))


def _best(
    sheet: Sheet, candidates: Sequence[Dataset], decisions: Decisions, remembered: Sequence[Remembered]
) -> tuple[float, Header, Dataset] | None:
    """The likeliest header and dataset with their score; the first row with several texts where nothing is alike."""
    best: tuple[float, Header, Dataset] | None = None
    rows = [decisions.header_row] if decisions.header_row else range(1, min(sheet.height, HEADER_WITHIN_ROWS) + 1)
    for number in rows:
        header = header_at(sheet, number)
        if not header.texts:
            continue
        for dataset in candidates:
            score = _score(header, dataset, decisions, remembered)
            if best is None or score > best[0] or (best[0] == 0 and score == 0 and len(header.texts) > len(best[1].texts)):
                best = (score, header, dataset)
    return best


def _score(header: Header, dataset: Dataset, decisions: Decisions, remembered: Sequence[Remembered]) -> float:
    """The share of the texts that mean a field, a little more for more of them; nothing without what tells this dataset from others."""
    memory = {each.header for each in remembered if each.dataset == dataset.name}
    meanings = {text: meaning_of(text, dataset) for text in header.texts}
    known = {text: name for text, (name, _reason) in meanings.items()}
    fields = {name for name in known.values() if name}
    has_key = (dataset.key, "name") in meanings.values()
    given = {text for text in header.texts if text in decisions.columns or text in decisions.ignored or plain(text) in memory}
    hits = len(fields) + len(given - {text for text, name in known.items() if name})
    by_itself = len(fields) >= FEWEST and (has_key or set(dataset.telling) <= fields)
    telling = given or by_itself or (decisions.dataset and fields)
    return min(1.0, hits / len(header.texts)) + hits / 1000 if telling and hits else 0.0


def _table(sheet: Sheet, header: Header, dataset: Dataset, decisions: Decisions, remembered: Sequence[Remembered]) -> Table:
    columns = [replace(column, samples=_samples(sheet, column.index, header.last)) for column in _columns(sheet, header)]
    _look_for_given(columns, dataset, decisions)
    memory = {each.header: each.field for each in reversed(remembered) if each.dataset == dataset.name}
    decided = _only_one_each([_decided(column, dataset, decisions, memory) for column in columns], dataset)
    rows, left_out = data_rows(sheet, header, dataset, {column.field: column.index for column in decided if column.field})
    findings = [*_column_findings(sheet, header, decided, dataset, decisions.constants), *left_out]
    return Table(
        sheet, dataset, (header.first, header.last), tuple(decided), dict(decisions.constants), decisions.as_stated, rows, tuple(findings)
    )


def _columns(sheet: Sheet, header: Header) -> list[Column]:
    """Every column that has a header or a cell below it."""
    below = sheet.height - header.last
    filled = [below - column.slice(header.last).null_count > 0 for column in sheet.columns]
    return [
        Column(index, text, currency=currency, unit=unit, hidden=index in sheet.hidden_columns)
        for index, (text, currency, unit) in enumerate(headers_of(sheet, header))
        if filled[index] or header.named[index]
    ]


def _samples(sheet: Sheet, index: int, after: int) -> tuple[str, ...]:
    filled = pc.indices_nonzero(sheet.columns[index].slice(after).is_valid())[:SHOWN_SAMPLES].to_pylist()
    return tuple(str(sheet.cell(after + 1 + position, index)) for position in filled)


def _look_for_given(columns: Sequence[Column], dataset: Dataset, decisions: Decisions) -> None:
    """A decision about a column or field that is not there is a slip of the pen, and must not pass unseen."""
    headers = {column.header for column in columns}
    for header in [*decisions.columns, *decisions.ignored]:
        if header not in headers:
            shown = listing(f"“{each}”" for each in sorted(headers))
            raise Refused(_("There is no column “{header}”; there are {headers}.").format(header=header, headers=shown))
    for name in [*decisions.columns.values(), *decisions.constants, *decisions.as_stated]:
        if name not in dataset.names:
            fields = listing(dataset.names)
            raise Refused(_("{dataset} has no column “{name}”; it has {fields}.").format(dataset=dataset.title, name=name, fields=fields))


def _decided(column: Column, dataset: Dataset, decisions: Decisions, memory: Mapping[str, str | None]) -> Column:
    if column.header in decisions.ignored:
        return replace(column, ignored=True, reason="given", confidence=1.0)
    if column.header in decisions.columns:
        return replace(column, field=decisions.columns[column.header], reason="given", confidence=1.0)
    name, reason = meaning_of(column.header, dataset)
    if name and reason == "name":
        return replace(column, field=name, reason="name", confidence=NAME)
    key = plain(column.header)
    if key in memory:
        return replace(column, field=memory[key], ignored=memory[key] is None, reason="remembered", confidence=REMEMBERED)
    if name:
        return replace(column, field=name, reason="synonym", confidence=SYNONYM)
    return _proposed(column, dataset)


def _proposed(column: Column, dataset: Dataset) -> Column:
    """The column with a guess by a similar name; after a word such as “requested” a name says nothing."""
    key = plain(column.header)
    if not heading_words("decoy").isdisjoint(key.split()) or "applied for" in key:
        return column
    titles = {plain(text): field.name for field in dataset.fields for text in (field.title, field.name)}
    near = process.extractOne(key, list(titles), scorer=fuzz.WRatio, score_cutoff=SIMILAR)
    return replace(column, proposal=titles[near[0]], confidence=round(near[1] / 125, 2)) if near else column


def _only_one_each(columns: Sequence[Column], dataset: Dataset) -> list[Column]:
    """A field has one column: the surest. Of two that are equally sure none is taken by itself."""
    taken: list[Column] = []
    for column in columns:
        rivals = [each for each in columns if each.field == column.field and each.index != column.index] if column.field else []
        given = column.reason == "given"
        beaten = any(each.confidence > column.confidence or (each.confidence == column.confidence and not given) for each in rivals)
        first_by_name = column.reason == "name" and all(each.index > column.index for each in rivals if each.reason == "name")
        taken.append(replace(column, field=None, proposal=column.field, reason="") if beaten and not first_by_name else column)
    return taken


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
            findings.append(finding("duplicate-column" if twin else "unknown-column", value=column.header, dataset=dataset.title, **place))
        if column.field and column.unit != 1:
            findings.append(finding("header-unit", value=column.header, unit=f"{column.unit:,}", **place))
        if column.field in ("amount", "budget") and column.currency:
            findings.append(finding("header-currency", value=column.header, currency=column.currency, **place))
        if column.hidden and column.field:
            findings.append(finding("hidden-column", value=column.header, **place))
    if any(column.field and dataset.field(column.field).type == "number" and column.unit == 1 for column in columns):
        findings += _units_around(sheet, header)
    absent = [field for field in dataset.fields if field.required and field.name not in {*fields, *constants, dataset.key}]
    findings += [finding("missing-column", sheet=sheet.name, cell=f"A{header.last}", column=field.title) for field in absent]
    return findings


def _units_around(sheet: Sheet, header: Header) -> Iterator[Finding]:
    """What stands above the table, or is the sheet's name, may say in what its amounts are counted: told, because nobody can be sure."""
    if (unit := unit_said(sheet.name)) != 1:
        yield finding("unit-outside-table", sheet=sheet.name, value=sheet.name, unit=f"{unit:,}")
    for number, cells in enumerate(sheet.head(header.first - 1), start=1):
        for index, cell in enumerate(cells):
            if isinstance(cell, str) and (unit := unit_said(cell)) != 1:
                yield finding("unit-outside-table", sheet=sheet.name, cell=f"{column_letters(index)}{number}", value=cell, unit=f"{unit:,}")
