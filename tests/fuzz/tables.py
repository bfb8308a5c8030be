"""A table of contributions whose truth is known, laid out as some donor might: language, units, dates, sums and file kind by chance."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from babel.numbers import format_decimal

from tallinn.ingest.decisions import Decisions
from tallinn.ingest.words import words
from tests.fuzz.writers import Shown, csv_bytes, ods_bytes, xlsx_bytes
from tests.ingest import forms
from tests.ingest.forms import Text

DONORS = ("EST", "SWE", "NOR", "DEU", "FRA", "NLD", "POL", "DNK", "CAN", "GBR", "USA")
STAGES = ("pledge", "commitment", "disbursement")
CURRENCIES = ("EUR", "SEK", "NOK", "DKK", "PLN", "UAH", "USD", "GBP")
# How a header says in what amounts are counted: thousands, millions. EUR stands for the currency, where the header names it.
UNITS = {
    "en": ("EUR thousand|in thousands of EUR|k EUR|000s EUR", "EUR million|in millions of EUR|EUR mln"),
    "uk": ("тис. EUR|EUR, тис.", "млн EUR|EUR, млн"),
    "et": ("tuhandetes EUR|tuh EUR", "miljonites EUR|mln EUR"),
    "de": ("in Tsd. EUR|TEUR", "in Mio. EUR|Mio. EUR"),
    "fr": ("en milliers EUR|k EUR", "en millions EUR"),
    "sv": ("tusental EUR", "miljoner EUR|mn EUR"),
    "nl": ("duizenden EUR", "miljoenen EUR|mln EUR"),
    "pl": ("tys. EUR", "mln EUR"),
    "da": ("tusinder EUR", "mio. EUR"),
    "nb": ("tusen EUR", "mill. EUR|millioner EUR"),
    "fi": ("tuhansina EUR", "milj. EUR|miljoonina EUR"),
    "it": ("migliaia EUR", "milioni EUR|mln EUR"),
}
PURPOSES = ("Training", "Licences", "Навчання", "Koolitus", "Beratung für Behörden", "Équipement", "Utbildning", "Sprzęt", "Laitteet; tuki")
TITLES = ("Support to Ukraine", "Допомога Україні", "as of 1 July 2025", "Toetus 2022-2025", "")
FOOTERS = ("Source: ministry", "Джерело: міністерство", "* provisional", "Stand: 1.7.2025")


@dataclass(frozen=True)
class Truth:
    """What one row says: values as the lake keeps them; None is unknown."""

    donor_id: str
    stage: str
    amount: Decimal | None
    currency: str | None
    value_date: str


@dataclass(frozen=True)
class Made:
    """A file, what its columns are, what a person says of all its rows, and the truth of its rows by their number."""

    name: str
    content: bytes
    columns: dict[str, str]
    said: Decisions
    truth: dict[int, Truth]


@dataclass(frozen=True)
class _Row:
    """A row: its truth, and how its cells say it."""

    truth: Truth
    cells: dict[str, Any]


@dataclass
class _Form:
    """How this sender writes, decided once for the whole file."""

    chance: Random
    locale: str
    kind: str
    unit: int
    amounts: str
    dates: str
    currency: str
    currency_in: str
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def language(self) -> str:
        return forms.language(self.locale)


def table(chance: Random) -> Made:
    """A file made by chance alone: the same chance makes the same file."""
    form = _form(chance)
    rows = [_row(form, index) for index in range(chance.randrange(3, 25))]
    constants = {"within_mechanism": "yes", "tlp": "TLP:CLEAR", "source_url": "https://example.org/source"}
    for name in ("donor_id", "stage"):
        if chance.random() < 0.2:
            constants[name] = asdict(rows[0].truth)[name]
            rows = [_Row(replace(row.truth, **{name: constants[name]}), row.cells) for row in rows]
    if form.currency_in == "constant":
        constants["currency"] = form.currency
    fields = _fields(form, constants)
    form.headers = _headers(form, fields)
    grid, places = _grid(form, rows, fields)
    content, name = _written(form, grid)
    columns = {form.headers[name]: name for name in fields if name != "extra"}
    ignored = frozenset(form.headers[name] for name in fields if name == "extra")
    said = Decisions(dataset="contributions", constants=constants, ignored=ignored)
    return Made(name, content, columns, said, {number: rows[index].truth for index, number in places.items()})


def _form(chance: Random) -> _Form:
    kind = chance.choice(["xlsx", "xlsx", "ods", "csv", "csv"])
    amounts = chance.choice(["text", "text", "wild"] if kind == "csv" else ["number", "number", "format", "text", "wild"])
    return _Form(
        chance=chance,
        locale=chance.choice(forms.LOCALES),
        kind=kind,
        unit=1 if amounts in ("wild", "format") else chance.choice([1, 1, 1, 1000, 1_000_000]),
        amounts=amounts,
        dates=chance.choice(["text", "wild"] if kind == "csv" else ["cell", "cell", "text", "wild"]),
        currency=chance.choice(CURRENCIES),
        currency_in={"wild": "cell", "format": "format"}.get(amounts) or chance.choice(["column", "header", "constant"]),
    )


# Rows


def _row(form: _Form, index: int) -> _Row:
    chance = form.chance
    amount, written = _amount(form)
    when, day = _date(form)
    donor, stage = chance.choice(DONORS), chance.choice(STAGES)
    currency = amount.currency or None if form.currency_in == "cell" else form.currency
    truth = Truth(donor, stage, amount.means, currency, when)
    if chance.random() < 0.05:
        truth, written = replace(truth, amount=None), chance.choice([None, "", "TBC", "n/a", "-"])
    cells = {
        "contribution_id": f"{form.language.upper()}-{index + 1}",
        "donor_id": donor,
        "stage": chance.choice([*_stage_words(stage, form.language), stage]),
        "amount": written,
        "currency": currency,
        "value_date": day,
        "purpose": chance.choice(PURPOSES),
        "extra": chance.choice([index, "ok", None, 12.5]),
    }
    return _Row(truth, cells)


def _amount(form: _Form) -> tuple[Text, Any]:
    """An amount with its truth, and its cell."""
    if form.amounts == "wild":
        text = forms.amount(form.locale, form.chance)
        return text, text.written
    chance = form.chance
    value = Decimal(chance.randrange(1, 10 ** chance.randrange(2, 8))) / chance.choice([1, 1, 1, 10, 100]) * chance.choice([1] * 9 + [-1])
    means = (value * form.unit).quantize(Decimal(1) if form.unit > 1 else Decimal("0.01"))
    return Text("", means.quantize(Decimal("0.01")), form.currency), _plain_amount(form, means)


def _plain_amount(form: _Form, amount: Decimal) -> Any:
    """The cell of an amount, in the way of the whole file."""
    value = amount / form.unit
    if form.amounts == "number":
        return float(value) if value % 1 else int(value)
    if form.amounts == "format":
        code = form.currency
        return Shown(float(value), form.chance.choice([f'#,##0.00 "{code}"', f"[${code}] #,##0.00", f'"{code}" #,##0']))
    digits = max(0, -int(value.normalize().as_tuple().exponent))
    shape = "#,##0." + "0" * max(digits, 2 if form.unit == 1 else 1) if digits else "#,##0"
    return format_decimal(value, shape, locale=form.locale)


def _date(form: _Form) -> tuple[str, Any]:
    """A date or period as the lake keeps it, and its cell."""
    chance = form.chance
    when = date(2022, 1, 1) + timedelta(days=chance.randrange(1400))
    if form.dates == "cell":
        return when.isoformat(), when
    if form.dates == "wild":
        ways = (forms.part_of_a_year, forms.stretch, lambda locale, day, luck: forms.day(locale, day, luck.choice(forms.DAY_FORMS)))
        text = chance.choice(ways)(form.locale, when, chance)
    else:
        text = forms.day(form.locale, when, forms.DAY_FORMS[form.unit % 7 + len(form.currency_in + form.locale)])
    return str(text.means), text.written


def _stage_words(stage: str, language: str) -> list[str]:
    return [row["text"] for row in words("codes") if (row["list"], row["code"], row["language"]) == ("stages", stage, language)]


# The sheet


def _fields(form: _Form, constants: dict[str, str]) -> list[str]:
    """The columns of the file, in their order."""
    fields = [name for name in ("donor_id", "stage") if name not in constants] + ["amount", "value_date"]
    fields += [name for name in ("contribution_id", "purpose", "extra") if form.chance.random() < 0.6]
    if form.currency_in == "column":
        fields.append("currency")
    form.chance.shuffle(fields)
    return fields


def _headers(form: _Form, fields: Sequence[str]) -> dict[str, str]:
    headers = {name: _header(form, name) for name in fields}
    if len(set(headers.values())) == len(fields):
        return headers
    return {name: header if name == "amount" else f"{header} ({name})" for name, header in headers.items()}


def _header(form: _Form, name: str) -> str:
    same = ("contributions", name, form.language)
    known = [row["text"] for row in words("columns") if (row["dataset"], row["field"], row["language"]) == same]
    header = form.chance.choice(known or [name.replace("_", " ").title()]) if name != "extra" else "Bemerkung / Desk"
    if name != "amount":
        return header
    currency = form.currency if form.currency_in == "header" else ""
    if form.unit == 1:
        return f"{header} ({currency})" if currency else header
    unit = form.chance.choice(UNITS[form.language][0 if form.unit == 1000 else 1].split("|")).replace("EUR", currency).strip(" ,")
    return form.chance.choice(["{} ({})", "{}, {}", "{} [{}]"]).format(header, unit)


def _grid(form: _Form, rows: Sequence[_Row], fields: Sequence[str]) -> tuple[list[list[Any]], dict[int, int]]:
    """The cells of the sheet, and at which row number each row stands."""
    chance = form.chance
    grid: list[list[Any]] = [[text] for text in chance.sample(TITLES, chance.choice([0, 0, 1, 3]))]
    grid.append([form.headers[name] for name in fields])
    places: dict[int, int] = {}
    section: list[_Row] = []
    for index, row in enumerate(rows):
        grid.append([row.cells[name] for name in fields])
        places[index] = len(grid)
        section.append(row)
        if chance.random() < 0.06:
            grid.append([])
        if chance.random() < 0.06 and len(section) > 1:
            grid.append(_sum(form, fields, section))
            section = []
    if chance.random() < 0.5:
        grid.append(_sum(form, fields, rows))
    if chance.random() < 0.2:
        grid += [[], [chance.choice(FOOTERS)]]
    return grid, places


def _sum(form: _Form, fields: Sequence[str], rows: Sequence[_Row]) -> list[Any]:
    """A row of the sum of what stands above, with a word for it or without."""
    total = sum((row.truth.amount for row in rows if row.truth.amount is not None), Decimal())
    cells = {"amount": _plain_amount(form, total), "currency": form.currency}
    known = [row["text"] for row in words("totals") if row["language"] == form.language] or ["Total"]
    if form.chance.random() < 0.7:
        cells[next(name for name in fields if name not in cells)] = form.chance.choice(known)
    return [cells.get(name) for name in fields]


def _written(form: _Form, grid: Sequence[Sequence[Any]]) -> tuple[bytes, str]:
    if form.kind == "csv":
        encoding, delimiter = form.chance.choice(list(_encodings(grid))), form.chance.choice([",", ";", "\t", "|"])
        return csv_bytes(grid, encoding, delimiter, form.chance), "sent.csv"
    return (ods_bytes(grid), "sent.ods") if form.kind == "ods" else (xlsx_bytes(grid, form.chance), "sent.xlsx")


def _encodings(grid: Sequence[Sequence[Any]]) -> Iterator[str]:
    """The encodings in common use that can write every cell."""
    text = "".join(str(cell) for row in grid for cell in row)
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-u", "cp1252", "iso8859-15", "cp1257", "cp1250"):
        try:
            text.encode(encoding)
        except UnicodeEncodeError:
            continue
        yield encoding
