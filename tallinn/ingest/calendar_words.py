"""Words in dates, in the languages of the donors: months from CLDR (Babel), quarters, halves and small words from data/words/dates.csv."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from babel import Locale

from tallinn.ingest.names import LANGUAGES
from tallinn.ingest.words import words

_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+(?:'[^\W\d_]+)?|\S")
# Signs that say nothing between the words of a date.
_SILENT = set(".,-/ºª°:’'")


@dataclass(frozen=True)
class Read:
    """A date in words: a month or a quarter or a half, a day if there is one, and the year, of four digits or of two."""

    month: int | None
    part: str | None
    day: int | None
    year: int | None
    two_digit_year: int | None
    weekday: int | None

    def canonical(self, year: int | None = None) -> str | None:
        """The canonical text; None if the weekday is not that day's."""
        year = self.year if self.year is not None else year
        if self.part:
            return f"{year}-{self.part}"
        if self.day is None:
            return f"{year}-{self.month:02}" if self.month else str(year)
        text = f"{year}-{self.month:02}-{self.day:02}"
        return text if self.weekday is None or _weekday(text) == self.weekday else None


@lru_cache(maxsize=65536)
def read(written: str) -> Read | None:
    """What words and numbers in small letters say; None if any word is unknown or the numbers leave a doubt."""
    tokens = [token for token in _TOKEN.findall(written) if token not in _SILENT]
    kinds = [_kind(token) for token in tokens]
    if None in kinds or len(tokens) > 8:
        return None
    said = [kind for kind in kinds if kind is not None and kind[0] != "filler"]
    weekdays = [value for kind, value in said if kind == "weekday"]
    said = [each for each in said if each[0] != "weekday"]
    shape = " ".join(kind for kind, _value in said)
    values = [value for _kind_, value in said]
    if len(weekdays) > 1 or (weekdays and "number" not in shape) or (shape == "number month number" and len(tokens[-1]) != 2):
        return None
    return _of_shape(shape, values, weekdays[0] if weekdays else None)


def _of_shape(shape: str, values: list[int], weekday: int | None) -> Read | None:
    places = _SHAPES.get(shape)
    if places is None:
        return None
    found = dict(zip(places, values, strict=True))
    part = next((f"{letter}{found[name]}" for name, letter, most in (("q", "Q", 4), ("h", "H", 2)) if 0 < found.get(name, 0) <= most), None)
    if part is None and ("q" in found or "h" in found):
        return None
    return Read(found.get("month"), part, found.get("day"), found.get("year"), found.get("yy"), weekday)


# What stands where, by the kinds of the words in their order; "_" is the word for quarter or half-year itself.
_SHAPES = {
    "number month year": ("day", "month", "year"),
    "month number year": ("month", "day", "year"),
    "year month number": ("year", "month", "day"),
    "number month number": ("day", "month", "yy"),
    "month year": ("month", "year"),
    "year month": ("year", "month"),
    "year": ("year",),
    **{
        shape.format(part=kind, n=number): tuple(letter if place == "n" else place for place in places)
        for kind, letter in (("quarter", "q"), ("half", "h"))
        for number in ("ordinal", "number")
        for shape, places in (
            ("{n} {part} year", ("n", "_", "year")),
            ("{part} {n} year", ("_", "n", "year")),
            ("year {part} {n}", ("year", "_", "n")),
            ("year {n} {part}", ("year", "n", "_")),
        )
    },
}


def _kind(token: str) -> tuple[str, int] | None:
    if token.isdigit():
        if token.isascii() and len(token) <= 2:
            return "number", int(token)
        return ("year", int(token)) if token.isascii() and len(token) == 4 and token[0] in "12" else None
    return _vocabulary().get(token)


@cache
def _vocabulary() -> dict[str, tuple[str, int]]:
    """Kind and value of each word. A month's name that would be another month in another language is left out."""
    found: dict[str, set[tuple[str, int]]] = {}
    for name, month in _month_names():
        for spelling in (name, _without_accents(name)):
            found.setdefault(spelling, set()).add(("month", month))
    known = {name: next(iter(months)) for name, months in found.items() if len(months) == 1}
    for kind in ("ordinal", "half", "quarter", "filler"):
        for row in words("dates"):
            if row["kind"] == kind:
                known.setdefault(row["text"], (kind, int(row["value"] or 0)))
    return _weekdays() | known


def _month_names() -> list[tuple[str, int]]:
    names = [(row["text"], int(row["value"])) for row in words("dates") if row["kind"] == "month"]
    for language in LANGUAGES:
        months = Locale(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                names += [(name.casefold().rstrip("."), month) for month, name in months[context][width].items()]
    return names


def _weekdays() -> dict[str, tuple[str, int]]:
    return {
        name.casefold(): ("weekday", day)
        for language in LANGUAGES
        for context in ("format", "stand-alone")
        for day, name in Locale(language).days[context]["wide"].items()
    }


def _weekday(canonical: str) -> int:
    try:
        return date.fromisoformat(canonical).weekday()
    except ValueError:
        return -1


def _without_accents(text: str) -> str:
    """Latin letters without their accents; Cyrillic ones stay (й is no и)."""
    if not text or "CYRILLIC" in unicodedata.name(text[0], ""):
        return text
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


@cache
def _phrases(kind: str) -> tuple[str, ...]:
    return tuple(sorted({row["text"] for row in words("dates") if row["kind"] == kind}, key=len, reverse=True))


@cache
def _opening(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, _phrases(kind)))}) (.+)")


@cache
def _between() -> re.Pattern[str]:
    return re.compile(rf" (?:{'|'.join(map(re.escape, _phrases('to')))}) ")


def without_first(written: str, kind: str) -> str | None:
    """What follows an opening word of this kind ("from", "until"); None if there is none."""
    match = _opening(kind).fullmatch(written)
    return match[1] if match else None


def split_at_words(written: str) -> list[tuple[str, str]]:
    """The text before and after each word that can stand between two dates."""
    return [(written[: match.start()], written[match.end() :]) for match in _between().finditer(written)]


def is_vague(written: str) -> bool:
    """Whether a text speaks of a season, a fiscal year or a part of a year without bounds."""
    return any(token in _vague() for token in _TOKEN.findall(written)) and any(map(str.isdigit, written))


@cache
def _vague() -> frozenset[str]:
    return frozenset(_phrases("vague"))
