"""Words for everything a person reads: translated sentences, amounts, shares, dates and lists in the reader's language.

Sentences are whole, with named placeholders, so that a translator can reorder them. Unknown values become words, never zero.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent, get_decimal_symbol, get_group_symbol

from tallinn.languages import SOURCE, catalogue, cldr, language
from tallinn.later import later

__all__ = ["later"]

MILLION = 1_000_000
DAY, SHORT_DAY, MONTH = later("d MMMM y"), later("d MMM y"), later("LLLL y")
"""Dates in CLDR's patterns. A catalogue may have its own, as Ukrainian officials write the word for year in full; else CLDR's are used."""
PARTIAL_DATE = re.compile(r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?")


def _(message: str) -> str:
    """The message in the reader's language; the English source where no translation exists."""
    return catalogue(language.get()).gettext(message) if message else ""


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of the message that fits n things in the reader's language."""
    return catalogue(language.get()).ngettext(singular, plural, n)


def locale() -> Locale:
    """The CLDR locale behind the reader's language."""
    return cldr(language.get())


def unknown(value: Any) -> bool:
    """True for None, NaN, NaT and pd.NA: nothing has been published."""
    return value is None or bool(pd.isna(value))


def euros(value: float | None, *, exact: bool = False) -> str:
    """An amount in euro for running text: "EUR 16.7 million"; with `exact`, to the cent where there are cents."""
    if value is None or unknown(value):
        return _("not published")
    if exact or abs(value) < 0.9995 * MILLION:
        return _("EUR {amount}").format(amount=_grouped(value, 2 if exact else 0))
    if abs(value) < 999.5 * MILLION:
        return _("EUR {amount} million").format(amount=_grouped(value / MILLION, 1))
    return _("EUR {amount} billion").format(amount=_grouped(value / MILLION / 1000, 1))


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


def tenths(x: float | None) -> str:
    """A measured number with one decimal, as it stands in a column of them: "6.0"."""
    return _("not published") if x is None or unknown(x) else format_decimal(x, format="#,##0.0", locale=locale())


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
    return _("date not stated") if value is None or unknown(value) else _dated(value, DAY, language.get())


def day_short(value: date | None) -> str:
    """A calendar day for labels: "20 Dec 2023"."""
    return _("date not stated") if value is None or unknown(value) else _dated(value, SHORT_DAY, language.get())


def period(text: str | None) -> str:
    """A partial date in its canonical form as words: "2025-Q3" is "Q3 2025", "2022/2024" is "2022 to 2024", "2024-04/.." has no end."""
    if text is None or unknown(text) or not str(text).strip():
        return _("date not stated")
    start, slash, end = str(text).strip().partition("/")
    if end == "..":
        return _("since {start}").format(start=_partial_date(start))
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
        names = {1: _("Q1 {year}"), 2: _("Q2 {year}"), 3: _("Q3 {year}"), 4: _("Q4 {year}")}
        return names[quarter].format(year=year)
    if day:
        return _dated(date(year, month, day), DAY, language.get())
    return _dated(date(year, month, 1), MONTH, language.get()) if month else str(year)


@lru_cache(maxsize=4096)
def _dated(value: date, form: str, code: str) -> str:
    own = catalogue(code).gettext(form)
    if own != form or code == SOURCE:
        return format_date(value, own, locale=cldr(code))
    return format_skeleton({DAY: "yMMMMd", SHORT_DAY: "yMMMd", MONTH: "yMMMM"}[form], value, locale=cldr(code))


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
