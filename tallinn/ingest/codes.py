"""Codes of the code lists: by code, by name, by IATI's code, or by a synonym in one of the donors' languages (which is then said)."""

from functools import cache

from rapidfuzz import fuzz, process

from tallinn.datasets import CodeList, code_lists
from tallinn.ingest.meaning import Meaning, Noted, Unclear
from tallinn.ingest.sheets import Cell
from tallinn.ingest.words import plain, unknown_word, words
from tallinn.languages import language, languages
from tallinn.wording import _, later

# How alike a name must be to be proposed (0 to 100); it is never taken.
SIMILAR = 75
LISTS = {
    "activity_status": later("activity status"),
    "categories": later("categories"),
    "confidence": later("confidence"),
    "priorities": later("priorities"),
    "dimensions": later("dimensions"),
    "measures": later("measures"),
    "not_counted": later("reasons not to count"),
    "organisation_roles": later("organisation roles"),
    "organisation_types": later("organisation types"),
    "qualifiers": later("qualifiers"),
    "series": later("series"),
    "stages": later("stages"),
    "tlp": later("TLP labels"),
    "within_mechanism": later("within the Mechanism"),
}
"""What the lists are called in a sentence."""


def code(cell: Cell, name: str) -> Meaning:
    """The code of the list `name` that a cell stands for, Noted or Unclear."""
    codes = code_lists()[name]
    text = _as_text(cell)
    wanted = plain(text)
    found: Meaning = _index(name).get(wanted)
    if found is None and (synonym := _synonyms(name).get(wanted)):
        found = Noted(synonym, "synonym", {"taken": _(_titles(codes)[synonym])})
    if found is None and isinstance(cell, str) and unknown_word(cell):
        return Noted(None, "unknown-word", {})
    if found is None:
        return _unknown(text, codes)
    taken = found.value if isinstance(found, Noted) else found
    return Unclear("red-label") if taken in _refused(name) else found


def _as_text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _unknown(text: str, codes: CodeList) -> Unclear:
    choices = [_(row["name"]) for row in codes.rows if row.get("accepted") != "no"]
    found = process.extractOne(plain(text), {title: plain(title) for title in choices}, scorer=fuzz.ratio, score_cutoff=SIMILAR)
    proposal = found[2] if found and len(text) <= 80 else None
    hint = " " + _("Did you mean {proposal}?").format(proposal=proposal) if proposal else ""
    return Unclear("unknown-code", list=_(LISTS[codes.name]), choices=", ".join(choices), proposal=proposal, hint=hint)


@cache
def _index(name: str) -> dict[str, str]:
    """Codes by the plain form of code, name (in each of our languages) and IATI code; TLP labels without their first word, too."""
    found: dict[str, str] = {}
    for column in ("code", "name", "iati_code", "iati_name"):
        for row in code_lists()[name].rows:
            if row.get(column):
                found.setdefault(plain(row[column]), row["code"])
    for each in languages():
        with language.spoken(each):
            for row in code_lists()[name].rows:
                found.setdefault(plain(_(row["name"])), row["code"])
    if name == "tlp":
        found |= {text.removeprefix("tlp "): label for text, label in found.items()}
    return found


@cache
def _synonyms(name: str) -> dict[str, str]:
    return {plain(row["text"]): row["code"] for row in words("codes") if row["list"] == name}


def _titles(codes: CodeList) -> dict[str, str]:
    return {row["code"]: row["name"] for row in codes.rows}


@cache
def _refused(name: str) -> frozenset[str]:
    return frozenset(row["code"] for row in code_lists()[name].rows if row.get("accepted") == "no")
