"""How a sender writes a value: amounts, dates, codes, countries, yes and no, in the form's style and language."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import NamedTuple

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from tallinn import periods
from tallinn.datasets import Field, code_lists, datasets
from tallinn.demonstration.facts import Row
from tallinn.demonstration.forms import Column, Form, Sheet
from tallinn.ingest.names import alpha3_codes
from tallinn.ingest.words import words

ISO = "yyyy-MM-dd"
UNITS = {"thousands": 1_000, "millions": 1_000_000}


class Cell(NamedTuple):
    """A value and the number format of its cell."""

    value: str | int | float | date | None
    format: str = ""


Writer = Callable[[Row], Cell]
EMPTY = Cell(None)


def writer(column: Column, sheet: Sheet, form: Form) -> Writer:
    """What writes the cell of a row in this column."""
    if column.field is None:
        return _helper
    field = datasets()[sheet.dataset].field(column.field)
    if field.name in ("amount", "budget"):
        return partial(_amount, field.name, column.style, form)
    if field.type == "date" or field.kind == "period":
        return partial(_date, field.name, sheet.dates, form)
    if field.code_list or field.type == "boolean" or field.kind == "country" or field.of == "country":
        return partial(_word, field, form)
    return partial(_plain, field.name)


def _helper(row: Row) -> Cell:
    """Something that only the sender understands."""
    return Cell(f"k{sum(map(ord, str(row.get('project_ids')))) % 97}")


def _plain(name: str, row: Row) -> Cell:
    value = row.get(name)
    return EMPTY if value is None else Cell(value)


def _amount(name: str, style: str, form: Form, row: Row) -> Cell:
    amount: Decimal | None = row.get(name)
    if amount is None:
        return EMPTY
    if style == "text":
        text = format_decimal(amount, "#,##0.00", locale=form.language)
        return Cell(form.signs.get(row.get("currency") or "", "{n}").format(n=text))
    number = amount / UNITS.get(style, 1)
    value = int(number) if number == int(number) else float(number)
    return Cell(value, f"[${row['currency']}] #,##0.00" if style == "format" else "#,##0.00###")


def _date(name: str, style: str, form: Form, row: Row) -> Cell:
    value = row.get(name)
    if value is None:
        return EMPTY
    if form.written == "codes" and style == ISO:
        return Cell(str(value))
    return _written_date(str(value), style, form.language, (form.month, form.quarter, form.half))


@cache
def _written_date(canonical: str, style: str, language: str, longer: tuple[str, str, str]) -> Cell:
    """A day as a real date or in the form's pattern; a longer time in its words."""
    first, _last = periods.bounds(canonical)
    precision, (month, quarter, half) = periods.precision(canonical), longer
    if precision == "day" and style.startswith("cell:"):
        return Cell(first, style.removeprefix("cell:"))
    if precision in ("day", "month"):
        return Cell(format_date(first, style if precision == "day" else month, locale=language))
    if precision in ("quarter", "half-year"):
        words_ = quarter if precision == "quarter" else half
        return Cell(words_.format(q=(first.month + 2) // 3, h=(first.month + 5) // 6, year=first.year))
    return Cell(canonical.replace("/", "-")) if precision == "interval" else Cell(first.year)


def _word(field: Field, form: Form, row: Row) -> Cell:
    """A code, or several, in the words of the form."""
    value = row.get(field.name)
    if value is None:
        return EMPTY
    if field.type == "boolean":
        return Cell(_yes_or_no(form.language if form.written == "words" else "en")[bool(value)])
    if field.code_list:
        return Cell(value if form.written == "codes" else _name_of(form, field.code_list, value))
    if form.written == "words":
        return Cell("; ".join(_country(code, form.language) for code in value.split("; ")))
    return Cell(value)


@cache
def _yes_or_no(language: str) -> dict[bool, str]:
    """The first word of the language for each."""
    found = {row["truth"] == "yes": row["text"] for row in reversed(words("truths")) if row["language"] == language}
    return {True: found.get(True, "yes"), False: found.get(False, "no")}


def _name_of(form: Form, code_list: str, code: str) -> str:
    """The form's own word for a code, else the first of its language, else the code's name."""
    if form.written == "words":
        if code in form.words:
            return form.words[code]
        if word := _words_of_codes().get((code_list, code, form.language)):
            return word
    return next(row["name"] for row in code_lists()[code_list].rows if row["code"] == code)


@cache
def _words_of_codes() -> dict[tuple[str, str, str], str]:
    """The first word for each code of each list in each language."""
    return {(row["list"], row["code"], row["language"]): row["text"] for row in reversed(words("codes"))}


@cache
def _country(code: str, language: str) -> str:
    alpha2 = next((alpha2 for alpha2, alpha3 in alpha3_codes().items() if alpha3 == code), "")
    return str(Locale.parse(language).territories.get(alpha2, code))
