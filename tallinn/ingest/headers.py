"""The header of a table: over one or several rows, merged or not, with what its texts say of currency and unit, and what they mean."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from tallinn.datasets import Dataset, Field, datasets
from tallinn.ingest.measures import Measure, measure
from tallinn.ingest.sheets import Sheet, column_letters
from tallinn.ingest.words import words
from tallinn.languages import language, languages
from tallinn.wording import _

TALLEST = 3
"""Rows that one header may span; a merged range that is taller is no header."""
_LINKING = "in|en|i|w|у|в|d|de|di|of|x"
"""Small words between the name of a column and its unit."""


@dataclass(frozen=True)
class Header:
    """Rows first to last (from 1), the texts in them, and for each column whether it has one."""

    first: int
    last: int
    texts: tuple[str, ...]
    named: tuple[bool, ...]


@lru_cache(maxsize=50_000)
def plain(text: object) -> str:
    """A header as it is compared: in small letters, words alone."""
    return re.sub(r"[\W_]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", str(text)).casefold()).strip()


def header_at(sheet: Sheet, number: int) -> Header:
    """The header that row `number` belongs to. A cell merged downwards counts in each of its rows, one merged sideways is their group."""
    tall = [area for area in sheet.merged if area[0] <= number <= area[2] and 0 < area[2] - area[0] < TALLEST]
    first = min([number, *(area[0] for area in tall)])
    last = max([number, *(area[2] for area in tall)])
    if first == number and _is_group_row(sheet, number - 1):
        first = number - 1
    shown = [_text(sheet, first, last, column) for column in range(sheet.width)]
    twins = Counter(filter(None, shown))
    texts = tuple(_numbered(shown, twins))
    return Header(first, last, tuple(text for text in texts if text), tuple(bool(text) for text in texts))


def headers_of(sheet: Sheet, header: Header) -> list[tuple[str, str | None, int]]:
    """For each column: its header as shown (“column C” where there is none), and the currency and the unit that it names."""
    texts = iter(header.texts)
    shown = [next(texts) if named else f"column {column_letters(index)}" for index, named in enumerate(header.named)]
    said = [measure(text) if named else Measure(None, 1, text) for text, named in zip(shown, header.named, strict=True)]
    return [(text, each.currency, each.unit) for text, each in zip(shown, said, strict=True)]


def meaning_of(text: str, dataset: Dataset) -> tuple[str | None, str]:
    """The field that a header means by its name, title or a synonym, and which of these it was (name or synonym)."""
    names, synonyms = _names(dataset.name), _synonyms(dataset.name)
    whole = plain(untwinned(text))
    if whole in names:
        return names[whole], "name"
    if whole in synonyms:
        return synonyms[whole], "synonym"
    name = next((known[reading] for reading in _readings(text) for known in (names, synonyms) if reading in known), None)
    return (name, "synonym") if name and (_counts(dataset.field(name)) or not _has_measure(text)) else (None, "")


def _counts(field: Field) -> bool:
    """Whether a header of this field may name a currency or a unit; “Date (thousands)” is no date."""
    return field.type in ("number", "integer") or field.kind == "currency"


def _has_measure(text: str) -> bool:
    return measure(untwinned(text)).rest != untwinned(text)


@lru_cache(maxsize=10_000)
def _readings(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_read_as(text)))


def _read_as(text: str) -> Iterator[str]:
    """A header without currency, unit and neutral remarks; and its last part alone, where the group above it says nothing of its own.

    Any other group or remark may change the meaning (“Requested / Amount”, “Amount (planned)”): such a header is proposed, not taken.
    """
    whole = untwinned(text)
    bare = _bare(whole)
    yield plain(bare)
    group, _slash, last = bare.rpartition(" / ")
    if group and plain(group) in heading_words("neutral"):
        yield plain(last)


def untwinned(text: str) -> str:
    """A header without the number that tells it from its twin."""
    return re.sub(r" \(\d+\)$", "", text)


def _bare(text: str) -> str:
    """A header without currency, unit, and brackets that are neutral."""
    bare = re.sub(r"[(\[](.*?)[)\]]", _unless_neutral, measure(text).rest)
    return re.sub(rf"(?<!\w)(?:{_LINKING})\s*$", " ", bare.rstrip(" ,.;:-"), flags=re.IGNORECASE) if bare != text else bare


def _unless_neutral(bracket: re.Match[str]) -> str:
    remark = plain(re.sub(rf"(?<!\w)(?:{_LINKING})(?!\w)", " ", bracket[1], flags=re.IGNORECASE))
    return " " if not remark or remark in heading_words("neutral") else bracket[0]


@cache
def heading_words(kind: str) -> frozenset[str]:
    """Words beside the name of a column: neutral ones change nothing, after a decoy the column is another one than it seems."""
    return frozenset(plain(row["text"]) for row in words("headings") if row["kind"] == kind)


@cache
def _names(dataset: str) -> dict[str, str]:
    return {plain(text): field.name for field in datasets()[dataset].fields for text in (field.name, field.title)}


@cache
def _synonyms(dataset: str) -> dict[str, str]:
    """Fields by plain synonym: our own titles in every language, those of this dataset, those of all."""
    rows = sorted(words("columns"), key=lambda row: row["dataset"] == dataset)
    fields = set(_names(dataset).values())
    known = {plain(row["text"]): row["field"] for row in rows if row["dataset"] in ("*", dataset) and row["field"] in fields}
    return known | _translated(dataset)


def _translated(dataset: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for code in languages():
        with language.spoken(code):
            found |= {plain(_(field.title)): field.name for field in datasets()[dataset].fields}
    return found


def _is_group_row(sheet: Sheet, number: int) -> bool:
    """Whether a row groups the columns below it: cells merged over several columns, but not one title over all of them."""
    wide = [area for area in sheet.merged if area[0] == area[2] == number and area[3] > area[1]]
    return bool(wide) and all(area[3] - area[1] + 1 < 0.7 * sheet.width for area in wide)


def _text(sheet: Sheet, first: int, last: int, column: int) -> str:
    """The texts above a column, from the top, each once."""
    parts = [_cell_or_merged(sheet, row, column, own_only=row == last) for row in range(first, last + 1)]
    return " / ".join(dict.fromkeys(part for part in parts if part))


def _cell_or_merged(sheet: Sheet, row: int, column: int, *, own_only: bool) -> str:
    """The text of a cell. Merged sideways, it is a group above all its columns; in the last row it names its first column only."""
    cell = sheet.cell(row, column)
    if cell is None and not own_only:
        area = next((area for area in sheet.merged if area[0] <= row <= area[2] and area[1] <= column <= area[3]), None)
        cell = sheet.cell(area[0], area[1]) if area else None
    return " ".join(str(cell).split()) if isinstance(cell, str) else ""


def _numbered(texts: list[str], twins: Counter[str]) -> Iterator[str]:
    """Twins told apart: “Amount”, “Amount (2)”."""
    seen: Counter[str] = Counter()
    for text in texts:
        seen[text] += 1
        yield f"{text} ({seen[text]})" if text and twins[text] > 1 and seen[text] > 1 else text
