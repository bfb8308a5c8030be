"""Step 3, values: the cells of a recognised table become typed columns, and findings about the rest.

What a cell means is asked once for each different cell of a column; a million rows have few different dates, sectors and types.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tallinn.datasets import Field
from tallinn.ingest.cells import CONTROL, Amount, Meaning, Noted, Unclear, meanings
from tallinn.ingest.findings import LISTED, Finding, Refused, finding, listed, rules
from tallinn.ingest.plain import plain_values
from tallinn.ingest.progress import Progress, stretches, unheard
from tallinn.ingest.recognise import Table
from tallinn.ingest.sheets import Cell, Different, decoded
from tallinn.ingest.words import unknown_words
from tallinn.lake_tables import ARROW_TYPES
from tallinn.wording import _

PLACE = {"sheet": pa.string(), "row_number": pa.int32()}
UNSEEN = re.sub(r"\\u([0-9a-f]{4})", r"\\x{\1}", CONTROL.pattern)
"""What nobody sees in a text, as Arrow's regular expressions write it."""
ADDRESS = r"(?i)^(?:https?://|www\.)\S+$"
PLAIN_KINDS = {None, "text"}
"""Kinds of string fields whose value is the text itself."""


@dataclass(frozen=True)
class Rows:
    """The rows of one table, a column for each field of the dataset, then sheet and row_number.

    `unread` are cells that have no value though they are not blank: field → positions of the rows.
    """

    table: Table
    values: pa.Table
    findings: list[Finding]
    unread: Mapping[str, np.ndarray[Any, Any]]


@dataclass(frozen=True)
class _Column:
    """The values of one field, with the currency that amounts name themselves."""

    values: pa.Array
    currencies: pa.Array | None = None


def values(table: Table, progress: Progress = unheard) -> Rows:
    """Every data row of the table. Constants fill what the file leaves empty. Raises Refused for a constant that means nothing."""
    reading = _Reading(table)
    fields = table.dataset.fields
    columns = {field.name: reading.column(field, part) for field, part in zip(fields, stretches(progress, len(fields)), strict=True)}
    reading.settle_currencies(columns)
    reading.doubt_sums()
    count = len(table.rows)
    place = [pa.repeat(pa.scalar(table.sheet.name), count), pc.add(table.rows, pa.scalar(1, pa.int32())).cast(pa.int32())]
    arrays = [*(column.values for column in columns.values()), *place]
    return Rows(table, pa.table(arrays, names=[*columns, *PLACE]), [*table.findings, *reading.findings], reading.unread)


class _Reading:
    """The way through one table, collecting what is to be said."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.findings: list[Finding] = []
        self.unread: dict[str, np.ndarray[Any, Any]] = {}

    def column(self, field: Field, progress: Progress) -> _Column:
        """The values of a field: of its column, where it has one; blanks take the constant."""
        progress(0)
        position = self.table.mapping.get(field.name)
        kind = ARROW_TYPES[field.duckdb_type]
        read = _Column(pa.nulls(len(self.table.rows), kind)) if position is None else self._read(field, position, progress)
        if constant := self.table.constants.get(field.name):
            return _Column(pc.fill_null(read.values, pa.scalar(_constant(constant, field), kind)), read.currencies)
        return read

    def _read(self, field: Field, position: int, progress: Progress) -> _Column:
        sheet = self.table.sheet
        different = sheet.different(position, self.table.rows)
        if field.type == "string" and field.kind in PLAIN_KINDS and not field.code_list and not sheet.tagged[position]:
            return _Column(different.spread(self._texts(field, different)))
        return self._meant(field, position, different, progress)

    def _texts(self, field: Field, different: Different) -> pa.Array:
        """Plain texts, cleaned: what nobody sees is taken out, and words for the unknown become unknown, except in whole sentences."""
        texts = different.texts
        soiled = pc.match_substring_regex(texts, UNSEEN)
        if pc.any(soiled).as_py():
            self._note_texts(field, "cleaned-text", different, soiled)
            texts = pc.replace_substring_regex(texts, UNSEEN, "")
        texts = pc.utf8_trim_whitespace(pc.utf8_normalize(texts, form="NFC"))
        texts = pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)
        if field.kind is None:
            self._note_texts(field, "address-in-text", different, pc.match_substring_regex(texts, ADDRESS), texts)
            unknown = pc.is_in(pc.utf8_lower(texts), value_set=_unknown_words())
            if pc.any(unknown).as_py():
                self._note_texts(field, "unknown-word", different, unknown, texts)
                texts = pc.if_else(unknown, pa.scalar(None, pa.string()), texts)
        return texts

    def _note_texts(self, field: Field, rule: str, different: Different, flags: pa.Array, shown: pa.Array | None = None) -> None:
        """A remark on each cell whose text is flagged, which shows what is given for that text."""
        if pc.any(flags).as_py():
            of_cells = None if shown is None else different.spread(shown)
            rows = pc.indices_nonzero(different.spread(flags))
            self._note(field, rule, rows, lambda at: None if of_cells is None else of_cells[at].as_py())

    def _meant(self, field: Field, position: int, different: Different, progress: Progress) -> _Column:
        """What the texts mean: plain ones all at once, the others by being asked, each once."""
        tagged = self.table.sheet.tagged[position]
        unit = next(column.unit for column in self.table.columns if column.index == position)
        plain = plain_values(different.texts, field, tagged=tagged, unit=unit)
        is_asked = pc.and_(different.texts.is_valid(), plain.is_null())
        asked = different.texts.filter(is_asked).dictionary_encode()
        cells = [decoded(text, tagged=tagged) for text in asked.dictionary.to_pylist()]
        read = meanings(cells, field, as_stated=field.name in self.table.as_stated, unit=unit, progress=progress)
        if any(isinstance(meaning, (Unclear, Noted)) for meaning in read):
            places = pc.replace_with_mask(pa.nulls(len(plain), pa.int32()), is_asked, asked.indices)
            self._tell(field, cells, read, different.spread(places))
        found = [_value(meaning) for meaning in read]
        amounts = [each if isinstance(each, Amount) else None for each in found]
        distinct = pa.array([each.value if isinstance(each, Amount) else each for each in found], plain.type)
        values = different.spread(pc.replace_with_mask(plain, is_asked, distinct.take(asked.indices)))
        if not any(each and each.currency for each in amounts):
            return _Column(values)
        currencies = pa.array([each.currency if each else None for each in amounts], pa.string()).take(asked.indices)
        return _Column(values, different.spread(pc.replace_with_mask(pa.nulls(len(plain), pa.string()), is_asked, currencies)))

    def _tell(self, field: Field, cells: Sequence[Cell], read: Sequence[Meaning], indices: pa.Array) -> None:
        """Findings about the cells that are unclear or remarkable, and which rows have no value because of that."""
        remarks = {index: meaning for index, meaning in enumerate(read) if isinstance(meaning, (Unclear, Noted))}
        place = indices.to_numpy(zero_copy_only=False)
        place = np.where(indices.is_null().to_numpy(zero_copy_only=False), -1, place).astype(np.int64)
        by_rule: dict[str, list[int]] = {}
        for index, meaning in remarks.items():
            by_rule.setdefault(meaning.rule, []).append(index)
        for rule, members in by_rule.items():
            rows = np.flatnonzero(np.isin(place, members))
            self._note(field, rule, rows, lambda at: cells[place[at]], lambda at: remarks[place[at]].facts)
            if rules()[rule]["level"] == "error":
                self.unread[field.name] = np.union1d(self.unread.get(field.name, np.empty(0, dtype=np.int64)), rows)

    def _note(
        self,
        field: Field,
        rule: str,
        rows: Any,
        shown: Callable[[int], object],
        facts: Callable[[int], Mapping[str, Any]] = lambda _at: {},
    ) -> None:
        positions = [int(row) for row in rows[:LISTED]]
        self.findings += listed(positions, lambda row: at(rule, self.table, field, self._number(row), shown(row), **facts(row)), len(rows))

    def _number(self, row: int) -> int:
        return int(self.table.rows[row].as_py()) + 1

    def settle_currencies(self, columns: dict[str, _Column]) -> None:
        """A row's currency: its own column, else what the amount's cell says, else its header, else the constant; they must agree."""
        amounts = [name for name, column in columns.items() if name in ("amount", "budget") and name in self.table.mapping]
        if "currency" not in columns or not amounts:
            return
        field, stated = self.table.dataset.field("currency"), columns["currency"].values
        position = self.table.mapping.get("currency")
        own = stated if position is not None else pa.nulls(len(stated), pa.string())
        for name in amounts:
            column, header = columns[name], self._header_currency(name)
            named = column.currencies if column.currencies is not None else pa.nulls(len(stated), pa.string())
            for other in (named, pa.repeat(pa.scalar(header, pa.string()), len(stated))):
                valued = pc.if_else(column.values.is_valid(), other, pa.scalar(None, pa.string()))
                contrary = pc.fill_null(pc.not_equal(own, valued), False)
                if pc.any(contrary).as_py():
                    rows = pc.indices_nonzero(contrary).to_numpy().astype(np.int64)
                    self._note(self.table.dataset.field(name), "two-currencies", rows, self._said_at(name), _two(own, valued))
                    self.unread[name] = np.union1d(self.unread.get(name, np.empty(0, dtype=np.int64)), rows)
                own = pc.coalesce(own, valued)
        columns[field.name] = _Column(pc.coalesce(own, stated))

    def doubt_sums(self) -> None:
        """Rows that may be sums are held at their amount."""
        fields = [field for field in self.table.dataset.fields if field.type in ("number", "integer") and field.name in self.table.mapping]
        for row, rule in self.table.doubtful.items():
            field = next(each for each in fields if self.table.sheet.cell(row + 1, self.table.mapping[each.name]) is not None)
            positions = pc.indices_nonzero(pc.equal(self.table.rows, row)).to_numpy().astype(np.int64)
            self._note(field, rule, positions, self._said_at(field.name))
            self.unread[field.name] = np.union1d(self.unread.get(field.name, np.empty(0, dtype=np.int64)), positions)

    def _header_currency(self, name: str) -> str | None:
        return next(column.currency for column in self.table.columns if column.index == self.table.mapping[name])

    def _said_at(self, name: str) -> Callable[[int], object]:
        return lambda row: self.table.sheet.cell(self._number(row), self.table.mapping[name])


@cache
def _unknown_words() -> pa.Array:
    return pa.array(sorted(unknown_words(in_text=True)), pa.string())


def _two(first: pa.Array, second: pa.Array) -> Callable[[int], Mapping[str, Any]]:
    return lambda row: {"first": first[row].as_py(), "second": second[row].as_py()}


def _value(meaning: Meaning) -> Any:
    if isinstance(meaning, Unclear):
        return None
    return meaning.value if isinstance(meaning, Noted) else meaning


def _constant(text: str, field: Field) -> Any:
    (meaning,) = meanings([text], field)
    if isinstance(meaning, Unclear) or meaning is None:
        said = finding(meaning.rule, column=_(field.title), value=text, **meaning.facts).message if meaning else ""
        raise Refused(
            _("“{text}” cannot be the {column} of all rows. {reason}").format(text=text, column=_(field.title), reason=said).strip()
        )
    value = _value(meaning)
    return value.value if isinstance(value, Amount) else value


def at(rule: str, table: Table, field: Field, number: int, shown: object = None, **facts: Any) -> Finding:
    """A finding about a field of a row, at its cell; a field without a column is spoken of at the row's first cell."""
    cell = table.cell(field.name, number) if field.name in table.mapping else f"A{number}"
    column = table.header(field.name) if field.name in table.mapping else _(field.title)
    return finding(rule, sheet=table.sheet.name, cell=cell, column=column, value=shown, **facts)
