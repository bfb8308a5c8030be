"""Countries, donor organisations and currencies by code or by name, in any language that CLDR (Babel) knows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from babel import Locale, localedata
from babel.core import get_global
from rapidfuzz import fuzz, process

from tallinn.ingest.words import folded, words
from tallinn.languages import cldr, language, languages
from tallinn.wording import _, later

# Donors and observers that are no country, by their own abbreviations.
ORGANISATION_NAMES = {"EU": later("European Union"), "NATO": later("NATO"), "WB": later("World Bank")}
SHORTER = (later("United States"),)
"""Names for which a catalogue may have a shorter one than CLDR."""
# The languages in which the donors and Ukraine write; the other two hundred of CLDR are opened only for a name that none of these knows.
LANGUAGES = ("en", "uk", "et", "de", "fr", "sv", "nl", "pl", "da", "nb", "fi", "it")

# Codes of former states, which CLDR still knows as aliases of today's.
WITHDRAWN = {"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"}

# How alike a name must be to be proposed (0 to 100); it is never taken.
SIMILAR = 80

_WRAPPED = (
    re.compile(r"(?:the )?(?:royal )?government of (?:the )?(?P<name>.+)"),
    re.compile(r"(?P<name>.+), (?:the )?government of(?: the)?"),
    re.compile(r"(?P<name>.+) government"),
    re.compile(r"(?:the )?kingdom of (?:the )?(?P<name>.+)"),
    re.compile(r"уряд (?P<name>.+)"),
    re.compile(r"(?P<name>.+) \((?:government|the)\)"),
)


@dataclass(frozen=True)
class Named:
    """A country or organisation: its code, and whether a person should see what its name was read as."""

    code: str
    remark: bool = False


@cache
def alpha3_codes() -> dict[str, str]:
    """ISO 3166 alpha-3 codes by alpha-2 codes."""
    aliases = get_global("territory_aliases")
    current = (code for code in aliases if len(code) == 3 and code.isalpha() and code not in WITHDRAWN)
    return {aliases[code][0]: code for code in current if len(aliases[code]) == 1}


def country_code(text: str) -> str | None:
    """The alpha-3 code (or EU, NATO, WB) that a code or a name in any language stands for; None if it is unknown or shared."""
    found = country(text)
    return found.code if found else None


@lru_cache(maxsize=8192)
def country(text: str) -> Named | None:
    """The country or organisation that a text names: by code, by name in any language, or as “Government of …”.

    Two-letter codes count only in capitals: “no” and “is” are words.
    """
    wanted = " ".join(text.split())
    if wanted.upper() in _codes() or wanted.upper() in ORGANISATION_NAMES:
        return Named(wanted.upper())
    if wanted in alpha3_codes():
        return Named(alpha3_codes()[wanted])
    return _by_name(folded(wanted).replace("’", "'"))


def similar_country(text: str) -> str | None:
    """The English name of the country whose name in one of the donors' languages is most like a text; None if none is."""
    if not 3 < len(text) <= 60:
        return None
    names = _names("territories", LANGUAGES)
    found = process.extractOne(folded(text), names.keys(), scorer=fuzz.ratio, score_cutoff=SIMILAR)
    return english_name(names[found[0]]) if found else None


@cache
def english_names() -> dict[str, str]:
    """English names of countries and of the organisations that are no country, by code."""
    territories = Locale("en").territories
    return {code: territories[short] for short, code in alpha3_codes().items() if short in territories} | ORGANISATION_NAMES


def english_name(code: str) -> str:
    """The English name of a country or organisation."""
    return english_names().get(code, code)


def country_name(code: str) -> str:
    """The name of a country or organisation in the reader's language."""
    return in_language(english_name(code))


def in_language(name: str) -> str:
    """What a country or organisation of this English name is called in the reader's language; any other text as it is.

    Where a catalogue has a name of its own, such as USA, that goes before CLDR's.
    """
    own = _(name)
    return own if own != name else _names_in(language.get()).get(name, name)


def in_each_language(name: str) -> Iterator[str]:
    """What a country or organisation of this English name is called in each of our languages."""
    for code in languages():
        with language.spoken(code):
            own = in_language(name)
        yield own


@cache
def _names_in(code: str) -> dict[str, str]:
    """Names in a language by the English ones."""
    theirs, english = cldr(code).territories, Locale("en").territories
    return {english[short]: theirs[short] for short in alpha3_codes() if short in theirs and short in english}


@lru_cache(maxsize=8192)
def currency_code(text: str) -> str | None:
    """The ISO 4217 code that a code, a name in any language or a sign of one currency only stands for; else None."""
    wanted = " ".join(text.split())
    if wanted.upper() in Locale("en").currencies:
        return wanted.upper()
    return currency_of_sign(wanted) or _named(folded(wanted), "currencies")


def currency_of_sign(sign: str) -> str | None:
    """The currency whose own sign, word or code this is; None for a sign that several share, such as $ and kr."""
    code = _currency_words().get(folded(sign)) or _currency_words().get(folded(sign).rstrip("."))
    return code or (sign if sign in Locale("en").currencies else None)


def currencies_sharing(sign: str) -> tuple[str, ...]:
    """The currencies that a sign such as $ or kr can stand for; none if it is not known to be shared."""
    return _shared_signs().get(folded(sign)) or _shared_signs().get(folded(sign).rstrip("."), ())


@cache
def _shared_signs() -> dict[str, tuple[str, ...]]:
    return {row["text"]: tuple(row["currency"].split()) for row in words("amounts") if len(row["currency"]) > 3}


@cache
def _currency_words() -> dict[str, str]:
    return {row["text"]: row["currency"] for row in words("amounts") if not row["factor"] and len(row["currency"]) == 3}


@cache
def _codes() -> frozenset[str]:
    return frozenset(alpha3_codes().values())


@cache
def _known_names() -> dict[str, Named]:
    return {
        folded(row["text"]).replace("’", "'"): Named(row["code"], row["remark"] == "yes")
        for row in words("countries")
        if len(row["text"]) > 2 and row["code"]
    }


@cache
def _shared_names() -> frozenset[str]:
    """Names that two countries share, whatever CLDR makes of them."""
    return frozenset(folded(row["text"]) for row in words("countries") if not row["code"])


@cache
def _abbreviations() -> dict[str, Named]:
    """Two letters, in capitals only."""
    return {row["text"]: Named(row["code"]) for row in words("countries") if len(row["text"]) == 2}


def _by_name(wanted: str) -> Named | None:
    if wanted in _shared_names():
        return None
    found = _known_names().get(wanted) or _abbreviations().get(wanted.upper())
    if found:
        return found
    if code := _named(wanted, "territories"):
        return Named(code)
    for wrapped in _WRAPPED:
        if match := wrapped.fullmatch(wanted):
            return _by_name(match["name"])
    return None


def _named(text: str, kind: str) -> str | None:
    """The donors' languages are looked through first, English before all, because opening the other two hundred takes half a second."""
    for among in (LANGUAGES[:1], LANGUAGES, _languages()):
        if code := _names(kind, among).get(text):
            return code
    return None


@cache
def _languages() -> tuple[str, ...]:
    return tuple(identifier for identifier in localedata.locale_identifiers() if "_" not in identifier)


@cache
def _names(kind: str, among: tuple[str, ...]) -> dict[str, str]:
    """Codes by name; a name that means two different things in two languages is left out."""
    codes = alpha3_codes() | {"EU": "EU"}
    found: dict[str, set[str]] = {}
    for each in among:
        for code, name in getattr(Locale(each), kind).items():
            known = codes.get(code) if kind == "territories" else code
            if known:
                found.setdefault(folded(str(name)).replace("’", "'"), set()).add(known)
    return {name: next(iter(meanings)) for name, meanings in found.items() if len(meanings) == 1}
