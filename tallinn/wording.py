"""Words for everything a person reads: translated sentences, amounts, shares, dates and lists in the reader's language.

Sentences are whole, with named placeholders, so that a translator can reorder them. Unknown values become words, never zero.
"""

import gettext
import re
from collections.abc import Iterable
from contextvars import ContextVar
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_decimal, format_percent, get_decimal_symbol, get_group_symbol

LOCALES = Path(__file__).resolve().parent.parent / "locale"
CLDR_NAME = {"en": "en_GB"}
MILLION = 1_000_000
PARTIAL_DATE = re.compile(r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?")

language: ContextVar[str] = ContextVar("language", default="en")


def _(message: str) -> str:
    """The message in the reader's language; the English source where no translation exists."""
    return catalogue(language.get()).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of the message that fits n things in the reader's language."""
    return catalogue(language.get()).ngettext(singular, plural, n)


@lru_cache
def catalogue(code: str) -> gettext.NullTranslations:
    """The translations of one language, from locale/<code>/LC_MESSAGES/tallinn.mo."""
    return gettext.translation("tallinn", LOCALES, languages=[code], fallback=True)


def locale() -> Locale:
    """The CLDR locale behind the reader's language; plain English is British."""
    return cldr(language.get())


@lru_cache
def cldr(code: str) -> Locale:
    return Locale.parse(CLDR_NAME.get(code, code).replace("-", "_"))


def unknown(value: Any) -> bool:
    """True for None, NaN, NaT and pd.NA: nothing has been published."""
    return value is None or bool(pd.isna(value))


def euros(value: float | None, *, exact: bool = False) -> str:
    """An amount in euro for running text: "EUR 16.7 million"; with `exact`, to the cent where there are cents."""
    if value is None or unknown(value):
        return _("not published")
    if exact or abs(value) < MILLION:
        return _("EUR {amount}").format(amount=_grouped(value, 2 if exact else 0))
    return _("EUR {amount}").format(amount=format_compact_decimal(value, format_type="long", fraction_digits=1, locale=locale()))


def euros_short(value: float | None) -> str:
    """An amount in euro for labels in a chart: "EUR 16.7m", "EUR 500k"."""
    if value is None or unknown(value):
        return _("not published")
    if abs(value) >= 999.5 * MILLION:
        return _("EUR {amount}bn").format(amount=_grouped(value / MILLION / 1000, 1))
    if abs(value) >= 0.9995 * MILLION:
        return _("EUR {amount}m").format(amount=_grouped(value / MILLION, 1))
    if abs(value) >= 1000:
        return _("EUR {amount}k").format(amount=_grouped(value / 1000, 0))
    return _("EUR {amount}").format(amount=_grouped(value, 0))


def money(amount: float | None, currency: str | None) -> str:
    """An original amount as stated, with its currency code: "SEK 135,000,000"."""
    if amount is None or unknown(amount):
        return _("not published")
    if currency is None or unknown(currency):
        return _("{amount}, currency not published").format(amount=_grouped(amount, 2))
    return _("{currency} {amount}").format(currency=currency, amount=_grouped(amount, 2))


def count(n: float | None) -> str:
    """A number of things, grouped: "5,927"."""
    return _("not published") if n is None or unknown(n) else _grouped(n, 0)


def decimal(x: float | None, *, digits: int = 1) -> str:
    """A measured number with at most `digits` decimals: "11.8"."""
    return _("not published") if x is None or unknown(x) else _grouped(x, digits)


def share(x: float | None) -> str:
    """A part of a whole (0..1) as a percentage: "6.9%"; a trace is not rounded away to nothing."""
    if x is None or unknown(x):
        return _("not published")
    if 0 < x < 0.001:
        return _("less than {share}").format(share=_percent(0.001))
    return _percent(x)


def change(x: float | None) -> str:
    """A relative change with its sign: "+37.4%"."""
    return _("not published") if x is None or unknown(x) else _percent(x, signed=True)


def separators() -> str:
    """The decimal and the grouping sign, as Plotly wants them: ".,"."""
    return get_decimal_symbol(locale()) + get_group_symbol(locale())


def day(value: date | None) -> str:
    """A calendar day in full: "20 December 2023"."""
    return _("date not stated") if value is None or unknown(value) else _day(value, "long", language.get())


def day_short(value: date | None) -> str:
    """A calendar day for labels: "20 Dec 2023"."""
    return _("date not stated") if value is None or unknown(value) else _day(value, "medium", language.get())


def period(text: str | None) -> str:
    """A partial date in its canonical form as words: "2025-Q3" is "Q3 2025", "2022/2024" is "2022 to 2024"."""
    if text is None or unknown(text) or not str(text).strip():
        return _("date not stated")
    start, slash, end = str(text).strip().partition("/")
    if slash:
        return _("{start} to {end}").format(start=_partial_date(start), end=_partial_date(end))
    return _partial_date(start)


def listing(names: Iterable[object]) -> str:
    """Names as an enumeration: "Estonia, Sweden and Italy"."""
    return format_list([str(name) for name in names if not unknown(name)], locale=locale())


def _partial_date(text: str) -> str:
    match = PARTIAL_DATE.fullmatch(text)
    if match is None:
        return text
    part: dict[str, Any] = {name: int(value) for name, value in match.groupdict().items() if value}
    try:
        return _date_words(**part)
    except ValueError:
        return text


def _date_words(year: int, quarter: int = 0, half: int = 0, month: int = 0, day: int = 0) -> str:
    if half:
        return (_("first half of {year}") if half == 1 else _("second half of {year}")).format(year=year)
    if quarter:
        return format_skeleton("yQQQ", date(year, quarter * 3, 1), locale=locale())
    if day:
        return _day(date(year, month, day), "long", language.get())
    return format_skeleton("yMMMM", date(year, month, 1), locale=locale()) if month else str(year)


@lru_cache(maxsize=4096)
def _day(value: date, form: Literal["medium", "long"], code: str) -> str:
    return format_date(value, form, locale=cldr(code))


def _grouped(value: float, digits: int) -> str:
    return _formatted(value, digits, language.get())


@lru_cache(maxsize=4096)
def _formatted(value: float, digits: int, code: str) -> str:
    cents = digits == 2 and round(value, 2) != round(value)
    pattern = "#,##0.00" if cents else "#,##0." + "#" * digits if digits else "#,##0"
    return format_decimal(value, format=pattern, locale=cldr(code))


def _percent(x: float, *, signed: bool = False) -> str:
    pattern = locale().percent_formats[None].pattern.replace("##0", "##0.#")
    return format_percent(x, format=f"+{pattern};-{pattern}" if signed else pattern, locale=locale())
