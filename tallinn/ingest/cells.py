"""What the cells of a column mean for its field: values, or reasons why they have no single meaning. What has two is never guessed.

Amounts, dates, names and codes have modules of their own; here are cleaning, blanks, texts, lists, addresses, yes and no.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from functools import cache
from typing import Any

from tallinn.datasets import Field
from tallinn.ingest.amounts import amounts, counts
from tallinn.ingest.codes import code
from tallinn.ingest.dates import dates, days
from tallinn.ingest.meaning import Amount, Meaning, Noted, Unclear
from tallinn.ingest.names import country, country_name, currency_code, similar_country
from tallinn.ingest.progress import Progress, Told, unheard
from tallinn.ingest.sheets import Cell, Failed, Money
from tallinn.ingest.words import folded, plain, unknown_word, words
from tallinn.ingest.written import says_something
from tallinn.wording import _

__all__ = ["Amount", "Meaning", "Noted", "Unclear", "has_control_characters", "is_blank", "meanings", "value"]

# A name longer than this is a sentence, not an organisation.
LONGEST_NAME = 120
# So many unknown names of a column are compared with all known ones.
MOST_HINTS = 200
# Characters that nobody sees: controls, marks that turn the direction of writing, spaces of no width. Two keys must not differ by them.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
# Where one stands between digits, or is what a dash or a euro sign becomes in a wrong encoding, the number or date is not what it seems.
_HIDES_SOMETHING = re.compile(rf"[\x80-\x9f]|\d{CONTROL.pattern}+(?=\d)")
_ERROR_CELL = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|GETTING_DATA)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_URI = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
# What separates the items of a list for certain, and what may do so in a list of countries.
_SEPARATOR = re.compile(r"[;\n]")
_BETWEEN_COUNTRIES = re.compile(r"\s*[,/+&]\s*|\s+(?:and|und|et|och|og|en|i|ja|e|та|і)\s+", re.IGNORECASE)


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def has_control_characters(cell: Cell) -> bool:
    return isinstance(cell, str) and bool(CONTROL.search(cell))


def meanings(cells: Sequence[Cell], field: Field, *, as_stated: bool = False, unit: int = 1, progress: Progress = unheard) -> list[Meaning]:
    """What each of the different cells of a column means, in their order.

    A meaning is None (blank), a plain value (str, int, bool, date; an Amount for fields of type number), Noted, or Unclear.
    `unit`: what the header says amounts are counted in (1, 1000, 1000000). `as_stated`: an unknown country is an organisation of that name.
    """
    cleaned = [_cleaned(cell) if field.type == "number" else _unshown(_cleaned(cell)) for cell in cells]
    found: list[Meaning] = [None] * len(cells)
    places, asked = [], []
    for place, cell in enumerate(cleaned):
        settled = _hidden(cells[place], field) or _settled(cell, field)
        if settled is _ASK:
            places.append(place)
            asked.append(cell)
        else:
            found[place] = settled
    for place, meaning in zip(places, _read(Told(asked, progress), field, as_stated=as_stated, unit=unit), strict=True):
        found[place] = _cleaned_text(meaning, cells[place])
    return found


def _unshown(cell: Cell) -> Cell:
    """The number alone where its format shows words that are of no amount: 2025 is a year though it is shown as “2025 р.”"""
    return cell.amount if isinstance(cell, Money) and not says_something(cell.words) else cell


_ASK = object()


def value(cell: Cell, field: Field) -> Any:
    """The value of one cell by itself, without remarks. Raises Unclear."""
    meaning = meanings([cell], field)[0]
    if isinstance(meaning, Unclear):
        raise meaning
    meaning = meaning.value if isinstance(meaning, Noted) else meaning
    return meaning.value if isinstance(meaning, Amount) else meaning


def _cleaned(cell: Cell) -> Cell:
    """A text in one form (NFC), however the sender's computer composes it, without what nobody sees; None if nothing is left."""
    if not isinstance(cell, str):
        return cell
    if cell.isascii() and cell.isprintable():
        return cell.strip() or None
    return unicodedata.normalize("NFC", CONTROL.sub("", cell)).strip() or None


def _settled(cell: Cell, field: Field) -> Meaning:
    """What a cell means whatever the field: blank, or an error; _ASK for any other."""
    if cell is None:
        return None
    if isinstance(cell, str):
        if cell[0] == "#" and _ERROR_CELL.fullmatch(cell):
            return Unclear("formula-error")
        if cell[0].isdecimal() or field.kind == "text" or field.code_list or not unknown_word(cell, in_text=_is_text(field)):
            return _ASK
        return Noted(None, "unknown-word", {})
    if isinstance(cell, Failed):
        return Unclear("formula-error" if cell.error else "formula-without-result")
    return _ASK


def _hidden(cell: Cell, field: Field) -> Unclear | None:
    """The question about a number or date in which something stands that nobody sees: 1 and 2 with such a sign between them are not 12."""
    if field.type not in ("number", "integer", "date") and field.kind != "period":
        return None
    if not isinstance(cell, str) or cell.isprintable() or not _HIDES_SOMETHING.search(cell.strip()):
        return None
    return Unclear("hidden-in-number")


def _is_text(field: Field) -> bool:
    return field.type == "string" and field.kind in (None, "list")


def _read(cells: list[Cell], field: Field, *, as_stated: bool, unit: int) -> list[Meaning]:
    if field.type in ("number", "integer"):
        return amounts(cells, unit) if field.type == "number" else counts(cells, unit)
    if field.type == "date" or field.kind == "period":
        return days(cells, field.name) if field.type == "date" else dates(cells, field.name)
    if field.code_list:
        return [code(cell, field.code_list) for cell in cells]
    if field.kind == "country":
        return _country_column(cells, as_stated=as_stated)
    read = _READERS.get(field.kind or field.type, _text)
    return [read(cell, field) for cell in cells]


def _cleaned_text(meaning: Meaning, cell: Cell) -> Meaning:
    """One remark a cell: that it was cleaned only where nothing weightier is to be said."""
    if isinstance(cell, str) and not cell.isprintable() and not isinstance(meaning, (Noted, Unclear)) and CONTROL.search(cell):
        return Noted(meaning, "cleaned-text", {})
    return meaning


def _as_text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return str(cell.date())
    return str(cell)


def _text(cell: Cell, field: Field) -> Meaning:
    text = _as_text(cell)
    if field.kind is None and _ADDRESS.fullmatch(text):
        return Noted(text, "address-in-text", {})
    return text


def _list(cell: Cell, field: Field) -> Meaning:
    text = _as_text(cell)
    if field.of == "country":
        return _countries(text)
    items = _items(text, field)
    joined = "; ".join(dict.fromkeys(items)) or None
    if any(_ADDRESS.fullmatch(item) for item in items):
        return Noted(joined, "address-in-text", {})
    return joined


def _items(text: str, field: Field) -> list[str]:
    items = [item.strip() for item in _SEPARATOR.split(text) if item.strip()]
    parts = [part.strip() for part in text.split(",")]
    if len(items) == 1 and field.of is None and len(parts) > 1 and all(map(_is_item, parts)):
        return parts
    return items


def _is_item(part: str) -> bool:
    """Whether what stands between commas can be an item by itself: a few words, no legal form ("Cisco Systems, Inc.")."""
    return 0 < len(part) <= 30 and len(part.split()) <= 3 and not part[0].isdigit() and plain(part) not in _legal_forms()


@cache
def _legal_forms() -> frozenset[str]:
    return frozenset(plain(row["text"]) for row in words("legal_forms"))


def _countries(text: str) -> Meaning:
    codes: dict[str, None] = {}
    remark = None
    for item in _SEPARATOR.split(text):
        for part in _named_in(item.strip()):
            meaning = _country(part)
            if isinstance(meaning, Unclear):
                return Unclear(meaning.rule, **{**meaning.facts, "part": part})
            if isinstance(meaning, Noted):
                remark = meaning
            codes[meaning.value if isinstance(meaning, Noted) else meaning] = None
    joined = "; ".join(code for code in codes if code) or None
    return Noted(joined, remark.rule, {**remark.facts, "taken": joined}) if remark else joined


def _named_in(item: str) -> list[str]:
    """The countries of an item: itself, or what commas, slashes and “and” separate, if every part is known."""
    if not item:
        return []
    parts = [part for part in _BETWEEN_COUNTRIES.split(item) if part]
    return parts if not country(item) and len(parts) > 1 and all(map(country, parts)) else [item]


def _country_column(cells: list[Cell], *, as_stated: bool) -> list[Meaning]:
    """A column with thousands of unknown names is no column of countries: looking for similar names would only take time."""
    found: list[Meaning] = []
    hints = MOST_HINTS
    for cell in cells:
        found.append(_country(cell, as_stated=as_stated, hints=hints > 0))
        hints -= isinstance(found[-1], Unclear) or (isinstance(found[-1], Noted) and "hint" in found[-1].facts)
    return found


def _country(cell: Cell, *, as_stated: bool = False, hints: bool = True) -> Meaning:
    text = _as_text(cell)
    if unknown_word(text):
        return Noted(None, "unknown-word", {})
    named = country(text) if len(text) <= LONGEST_NAME else None
    if named and isinstance(cell, str):
        return Noted(named.code, "synonym", {"taken": country_name(named.code)}) if named.remark else named.code
    proposal = similar_country(text) if hints else None
    hint = _hint(proposal)
    if as_stated and isinstance(cell, str):
        return Noted(text[:LONGEST_NAME], "organisation-as-stated", {"proposal": proposal, "hint": hint})
    return Unclear("unknown-country", proposal=proposal, hint=hint)


def _hint(proposal: str | None) -> str:
    return " " + _("Did you mean {proposal}?").format(proposal=proposal) if proposal else ""


def _currency(cell: Cell, field: Field) -> Meaning:
    text = _as_text(cell)
    found = currency_code(text) if len(text) <= LONGEST_NAME else None
    return found or Unclear("unknown-currency")


def _uri(cell: Cell, field: Field) -> Meaning:
    text = _as_text(cell)
    if _URI.fullmatch(text):
        return text
    proposal = (
        f"https://{text}"
        if re.fullmatch(r"www\.[\w.-]+\.\w{2,}(?:/\S*)?", text, re.IGNORECASE) and _URI.fullmatch(f"https://{text}")
        else None
    )
    return Unclear("not-an-address", proposal=proposal, hint=_hint(proposal))


def _yes_or_no(cell: Cell, field: Field) -> Meaning:
    truth = _truths().get(folded(_as_text(cell))) if not isinstance(cell, date) else None
    return Unclear("not-yes-or-no") if truth is None else truth


@cache
def _truths() -> dict[str, bool]:
    return {row["text"]: row["truth"] == "yes" for row in words("truths")}


_READERS: dict[str, Callable[[Cell, Field], Meaning]] = {
    "list": _list,
    "uri": _uri,
    "boolean": _yes_or_no,
    "currency": _currency,
}
