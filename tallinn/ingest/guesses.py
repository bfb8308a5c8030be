"""What an undecided column may be, by its header and by its cells. A guess waits for a person; it is never taken by itself."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from tallinn.datasets import Dataset, Field
from tallinn.ingest.cells import Amount, Meaning, Noted, Unclear, meanings
from tallinn.ingest.headers import heading_words, plain
from tallinn.ingest.sample import Sample
from tallinn.ingest.sheets import Cell, Money
from tallinn.ingest.words import folded, words
from tallinn.periods import YEARS

SIMILAR = 80
"""How similar (of 100) a header must be to a known one to be proposed."""
SIMILAR_AT_MOST = 0.8
"""The confidence of a header that is as similar as can be."""
AT_MOST, AT_LEAST = 0.85, 0.25
"""No guess is as sure as a synonym; one that is less sure than this helps nobody."""
MOST = 0.6
"""The share of a column's cells that must read as a kind of value for the column to be of that kind."""
SURENESS = {
    "code": 0.8,
    "currency": 0.8,
    "country": 0.8,
    "uri": 0.8,
    "money": 0.75,
    "date": 0.75,
    "key": 0.6,
    "boolean": 0.6,
    "number": 0.5,
    "reference": 0.4,
    "words": 0.3,
}
"""How sure it is that the only column whose cells read as a kind is the only field of that kind; several columns or fields share it."""
FIRST_LOOK, COLUMNS = 12, 300
"""Cells that decide whether the others of a column are read, and columns that are looked at."""
PROSE = 30
"""Characters beyond which a text of several words is no value of a kind but what people write in their own words."""
RECIPIENT = "UKR"
"""Who receives what the donors give: a column that names this country alone is no column of donors."""
BADLY_WRITTEN = {
    "red-label",
    "ambiguous-date",
    "ambiguous-number",
    "too-precise",
    "not-a-day",
    "end-without-start",
    "start-without-end",
}
"""Rules about cells that cannot be taken as they are, but are of the kind all the same."""
_KEY = re.compile(r"(?=.*[^\W\d])(?=.*\d)[\w./-]{2,40}")
_DIGITS = re.compile(r"[\d\s.,'-]+")


@dataclass(frozen=True)
class Guess:
    """A field that a column may be; `reason`: similar (its header), values (its cells) or both. `confidence` is between 0 and 1."""

    field: str
    confidence: float
    reason: str


def guesses(sample: Sample, undecided: Mapping[int, str], fields: Sequence[Field], dataset: Dataset) -> dict[int, Guess]:
    """Guesses by index of the column, from `fields`, each for one column at most. `undecided`: index → header, empty where it has none."""
    meant = {index: header for index, header in undecided.items() if not _is_decoy(header)}
    kinds = {index: _kinds(sample, index, fields, dataset) for index in list(meant)[:COLUMNS]}
    columns = Counter(kind for each in kinds.values() for kind in {kind for kind, _share in (each or {}).values()})
    titles = {plain(text): field.name for field in fields for text in (field.title, field.name)}
    found = [
        (guess, index) for index, header in meant.items() for guess in _guesses(_similar(header, titles), kinds.get(index), fields, columns)
    ]
    best: dict[int, Guess] = {}
    for guess, index in sorted(found, key=lambda each: -each[0].confidence):
        if index not in best and guess.field not in {other.field for other in best.values()}:
            best[index] = guess
    return best


def _guesses(
    similar: Mapping[str, float], kinds: Mapping[str, tuple[str, float]] | None, fields: Sequence[Field], columns: Mapping[str, int]
) -> Iterator[Guess]:
    """What header and cells of a column say together. `kinds`: field → kind and share of cells; None where nobody looked at the cells.

    `columns`: how many columns are of a kind.
    """
    alike = Counter(kind for kind, _share in (kinds or {}).values())
    for field in fields:
        header, (kind, share) = similar.get(field.name, 0.0), (kinds or {}).get(field.name, ("", 0.0))
        values = share * SURENESS.get(kind, 0.0)
        if header and values:
            sure, reason = 1 - (1 - header) * (1 - values), "both"
        elif header:
            sure, reason = header / 2 if kinds is not None and _is_of_a_kind(field) else header, "similar"
        else:
            sure, reason = values / max(1, alike[kind], columns.get(kind, 0)), "values"
        if sure >= AT_LEAST:
            yield Guess(field.name, round(min(AT_MOST, sure), 2), reason)


def _is_decoy(header: str) -> bool:
    """After a word such as “requested” neither name nor values say anything."""
    key = plain(header)
    return not heading_words("decoy").isdisjoint(key.split()) or "applied for" in key


def _similar(header: str, titles: Mapping[str, str]) -> dict[str, float]:
    """Fields whose title or name (plain text → field) is like the header, with a confidence."""
    found = process.extract(plain(header), list(titles), scorer=fuzz.WRatio, score_cutoff=SIMILAR, limit=None) if header else []
    similar: dict[str, float] = {}
    for title, score, _place in found:
        similar[titles[title]] = max(similar.get(titles[title], 0.0), score / 100 * SIMILAR_AT_MOST)
    return similar


def _is_of_a_kind(field: Field) -> bool:
    """Whether not every text can be a value of the field."""
    if field.type != "string" or field.code_list or field.references:
        return True
    return field.kind in ("period", "country", "currency", "uri") or field.of == "country"


def _kinds(sample: Sample, index: int, fields: Sequence[Field], dataset: Dataset) -> dict[str, tuple[str, float]] | None:
    """The fields that the cells of a column fit, each with their kind and the share of cells that read as it; None without any cell."""
    cells = sample.cells(index)
    if not cells:
        return None
    if _is_numbering(cells):
        return {}
    if sum(map(_is_prose, cells)) > len(cells) / 2:
        return {field.name: ("words", 1.0) for field in [field for field in fields if field.kind == "text"][:1]}
    fitting: dict[str, tuple[str, float]] = {}
    for members in _by_reader(fields):
        share = _share(cells[:FIRST_LOOK], members[0])
        if share >= MOST and len(cells) > FIRST_LOOK:
            share = _share(cells, members[0])
        if share >= MOST:
            fitting |= {field.name: (_kind(cells, field), share) for field in members}
    return _without_dates_as_numbers(fitting) or _keys(sample, index, cells, fields, dataset)


def _without_dates_as_numbers(fitting: dict[str, tuple[str, float]]) -> dict[str, tuple[str, float]]:
    """What reads as a date, such as 03.04.2025, may be a badly written number; it is none."""
    is_date = any(kind == "date" for kind, _share in fitting.values())
    return {name: found for name, found in fitting.items() if not (is_date and found[0] in ("number", "money"))}


def _by_reader(fields: Iterable[Field]) -> list[list[Field]]:
    """The fields that not every text fits, those together that are read in the same way."""
    groups: dict[tuple[object, ...], list[Field]] = {}
    for field in fields:
        if _is_of_a_kind(field) and not field.references:
            groups.setdefault((field.type, field.kind, field.of, field.code_list), []).append(field)
    return list(groups.values())


def _kind(cells: Sequence[Cell], field: Field) -> str:
    """What kind of value the cells are, for a field that they fit."""
    if field.type == "boolean" or (field.code_list and _are_truths(cells)):
        return "boolean"
    if field.type in ("number", "integer"):
        return "money" if any(_names_currency(meaning) for meaning in meanings(cells[:FIRST_LOOK], field)) else "number"
    if field.type == "date" or field.kind == "period":
        return "date"
    return "code" if field.code_list else "country" if field.of else field.kind or "code"


def _share(cells: Sequence[Cell], field: Field) -> float:
    """The share of cells that read as the field. A year is no amount, a digit no code, and who receives is no donor."""
    if field.type in ("number", "integer") and all(map(_is_year, cells)):
        return 0.0
    read = meanings(cells, field)
    if field.name.startswith("donor") and {_value(meaning) for meaning in read if _fits(meaning)} == {RECIPIENT}:
        return 0.0
    bare = field.code_list or field.type == "boolean" or field.kind in ("country", "currency", "list")
    fitting = sum(_fits(meaning) and not (bare and _is_digits(cell)) for meaning, cell in zip(read, cells, strict=True))
    return fitting / len(cells)


def _fits(meaning: Meaning) -> bool:
    if isinstance(meaning, Unclear):
        return meaning.rule in BADLY_WRITTEN
    return meaning is not None and not (isinstance(meaning, Noted) and meaning.rule in ("serial-date", "unknown-word"))


def _value(meaning: Meaning) -> object:
    return meaning.value if isinstance(meaning, Noted) else meaning


def _names_currency(meaning: Meaning) -> bool:
    value = _value(meaning)
    return isinstance(value, Amount) and value.currency is not None


def _keys(sample: Sample, index: int, cells: Sequence[Cell], fields: Sequence[Field], dataset: Dataset) -> dict[str, tuple[str, float]]:
    """The key, for a column of different short names with digits in them; references, for one that repeats keys."""
    texts = [part.strip() for cell in cells for part in str(cell).split(";")]
    share = sum(bool(_KEY.fullmatch(text)) for text in texts) / len(texts)
    if share < MOST:
        return {}
    if sample.are_keys(texts):
        return {field.name: ("key", share) for field in fields if field.references == f"{dataset.name}.{dataset.key}"}
    if sample.repeats(index) or len(texts) > len(cells):
        return {field.name: ("reference", share) for field in fields if field.references and field.kind == "list"}
    return {field.name: ("key", share) for field in fields if field.name == dataset.key and len(cells) > 1}


def _is_prose(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) > PROSE and " " in cell.strip()


def _is_digits(cell: Cell) -> bool:
    return not isinstance(cell, str) or bool(_DIGITS.fullmatch(cell))


def _is_year(cell: Cell) -> bool:
    return not isinstance(cell, (bool, Money)) and str(cell).isdecimal() and int(str(cell)) in YEARS


def _is_numbering(cells: Sequence[Cell]) -> bool:
    """Whether a column numbers the rows: 1, 2, 3, …"""
    return len(cells) > 2 and [str(cell).removesuffix(".") for cell in cells[:FIRST_LOOK]] == [
        str(number) for number in range(1, min(len(cells), FIRST_LOOK) + 1)
    ]


def _are_truths(cells: Sequence[Cell]) -> bool:
    truths = {row["text"] for row in words("truths")}
    return all(isinstance(cell, bool) or folded(str(cell)) in truths for cell in cells)
