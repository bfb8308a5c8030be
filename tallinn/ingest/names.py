"""Countries and currencies by their code or by their name in any language that CLDR (Babel) knows."""

from functools import cache

from babel import Locale, localedata
from babel.core import get_global

# Donors and observers that are no country, by their own abbreviations.
ORGANISATION_NAMES = {"EU": "European Union", "NATO": "NATO", "WB": "World Bank"}


# Codes of former states, which CLDR still knows as aliases of today's.
WITHDRAWN = {"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"}


@cache
def alpha3_codes() -> dict[str, str]:
    """ISO 3166 alpha-3 codes by alpha-2 codes."""
    aliases = get_global("territory_aliases")
    current = (code for code in aliases if len(code) == 3 and code.isalpha() and code not in WITHDRAWN)
    return {aliases[code][0]: code for code in current if len(aliases[code]) == 1}


def country_code(text: str) -> str | None:
    """The alpha-3 code (or EU, NATO, WB) that a code or a name in any language stands for; None if it is unknown or shared."""
    wanted = " ".join(text.split())
    code = wanted.upper()
    if code in alpha3_codes().values() or code in ORGANISATION_NAMES:
        return code
    for abbreviation, name in ORGANISATION_NAMES.items():
        if wanted.casefold() == name.casefold():
            return abbreviation
    return alpha3_codes().get(code) or _named(wanted, "territories")


def currency_code(text: str) -> str | None:
    """The ISO 4217 code that a code, a name in any language or a sign of one currency only stands for; else None."""
    wanted = " ".join(text.split())
    if wanted.upper() in Locale("en").currencies:
        return wanted.upper()
    return {"€": "EUR", "£": "GBP", "₴": "UAH"}.get(wanted) or _named(wanted, "currencies")


def _named(text: str, kind: str) -> str | None:
    """English is looked up first, because opening the other two hundred languages takes a second."""
    return _names(kind, ("en",)).get(text.casefold()) or _names(kind, _languages()).get(text.casefold())


@cache
def _languages() -> tuple[str, ...]:
    return tuple(identifier for identifier in localedata.locale_identifiers() if "_" not in identifier)


@cache
def _names(kind: str, languages: tuple[str, ...]) -> dict[str, str]:
    """Codes by name; a name that means two different things in two languages is left out."""
    codes = alpha3_codes()
    found: dict[str, set[str]] = {}
    for language in languages:
        for code, name in getattr(Locale(language), kind).items():
            known = codes.get(code) if kind == "territories" else code
            if known:
                found.setdefault(str(name).casefold(), set()).add(known)
    return {name: next(iter(meanings)) for name, meanings in found.items() if len(meanings) == 1}
