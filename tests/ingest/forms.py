"""Amounts and dates as people in the donors' countries write them, each beside what it means."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import NamedTuple

from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_currency, format_decimal

LOCALES = ("en", "en_GB", "en_IN", "uk", "et", "de", "de_CH", "de_AT", "fr", "fr_CH", "sv", "nl", "pl", "da", "nb", "fi", "it", "it_CH")
CURRENCIES = ("EUR", "USD", "GBP", "SEK", "NOK", "DKK", "PLN", "UAH", "CAD", "CHF", "CZK")
# Words for a thousand, a million and a thousand millions, as they stand behind a number in each language.
UNITS = {
    "en": (("k", "K", "thousand"), ("m", "M", "mn", "mln", "million", "mm"), ("bn", "billion", "B")),
    "uk": (("тис.", "тисяч"), ("млн", "млн.", "мільйонів"), ("млрд", "мільярдів")),
    "et": (("tuh", "tuh.", "tuhat"), ("mln", "milj", "miljonit"), ("mld", "mrd", "miljardit")),
    "de": (("Tsd.", "Tausend"), ("Mio.", "Mio", "Millionen", "Mill."), ("Mrd.", "Milliarden")),
    "fr": (("k", "milliers"), ("M", "millions", "Mio"), ("Md", "Mds", "milliards")),
    "sv": (("tusen",), ("mn", "milj.", "miljoner"), ("md", "mdr", "miljarder")),
    "nl": (("duizend",), ("mln.", "mln", "miljoen"), ("mld.", "miljard")),
    "pl": (("tys.", "tysięcy"), ("mln", "milionów"), ("mld", "miliardów")),
    "da": (("tusind", "t."), ("mio.", "mio", "millioner"), ("mia.", "milliarder")),
    "nb": (("tusen",), ("mill.", "mill", "millioner"), ("mrd.", "milliarder")),
    "fi": (("tuhatta", "t."), ("milj.", "milj", "miljoonaa"), ("mrd.", "miljardia")),
    "it": (("mila", "migliaia"), ("mln", "Mln", "milioni"), ("mld", "Mrd", "miliardi")),
}
# A unit and a currency in one word; kr may be one of several.
GLUED = {
    **dict.fromkeys(("keur", "k€", "T€", "TEUR"), (10**3, "EUR")),
    **dict.fromkeys(("MEUR", "M€", "m€", "Mio€"), (10**6, "EUR")),
    **dict.fromkeys(("Md€", "Mrd€"), (10**9, "EUR")),
    "MSEK": (10**6, "SEK"),
    "TSEK": (10**3, "SEK"),
    "MNOK": (10**6, "NOK"),
    "MUSD": (10**6, "USD"),
    "tkr": (10**3, ""),
    "Mkr": (10**6, ""),
    "mnkr": (10**6, ""),
    "t.kr.": (10**3, ""),
}
SPACES = (" ", "\u00a0", "\u202f", "\u2009")


class Text(NamedTuple):
    """A text, what it means, and what it says of a currency (empty: nothing)."""

    written: str
    means: Decimal | str
    currency: str = ""


def language(locale: str) -> str:
    return locale.partition("_")[0]


def amount(locale: str, chance: Random) -> Text:
    """An amount of at most two decimals in one of the forms of a locale."""
    return chance.choice(AMOUNTS)(locale, _cents(chance), chance)


def _cents(chance: Random) -> Decimal:
    number = Decimal(chance.randrange(1, 10 ** chance.randrange(1, 13)))
    number = number / chance.choice([1, 1, 10, 100]) * chance.choice([1, 1, 1, 1000])
    return chance.choice([1, 1, 1, -1]) * number.quantize(Decimal("0.01"))


def _bare(locale: str, value: Decimal, chance: Random) -> Text:
    return Text(_written(value, locale, chance), value)


def _of_currency(locale: str, value: Decimal, chance: Random) -> Text:
    code = chance.choice(CURRENCIES)
    form = chance.choice(["standard", "accounting", "name"])
    if form == "name":
        return Text(format_currency(value, code, locale=locale, format_type="name"), value, code)
    return Text(
        format_currency(value, code, locale=locale, format_type=form, currency_digits=chance.choice([True, True, False])), value, code
    )


def _of_code(locale: str, value: Decimal, chance: Random) -> Text:
    code, space = chance.choice(CURRENCIES), chance.choice(["", *SPACES])
    number = _written(value, locale, chance)
    return Text(chance.choice([f"{code}{space}{number}", f"{number}{space}{code}", f"{number} ({code})"]), value, code)


def _in_brackets(locale: str, value: Decimal, chance: Random) -> Text:
    number, code = _written(abs(value), locale, chance), chance.choice(CURRENCIES)
    form = chance.choice(
        ["({n})", "( {n} )", "({c} {n})", "({n} {c})", "{c} ({n})", "({n}) {c}", "{n}-", "−{n}", "– {n}", "-{n}", "- {n} {c}"]
    )
    return Text(form.format(n=number, c=code), -abs(value), code if "{c}" in form else "")


def _grouped(locale: str, value: Decimal, chance: Random) -> Text:
    sign = chance.choice([*SPACES, "'", "’", ".", ","])
    point = chance.choice([each for each in ".," if each != sign])
    text = f"{value:,.2f}" if chance.random() < 0.7 else f"{int(value):,}"
    value = Decimal(text.replace(",", ""))
    return Text(text.replace(".", "p").replace(",", sign).replace("p", point), value)


def _indian(locale: str, value: Decimal, chance: Random) -> Text:
    return Text(format_decimal(value, locale="en_IN"), value)


def _counted(locale: str, value: Decimal, chance: Random) -> Text:
    place = chance.randrange(3)
    word = chance.choice(UNITS[language(locale)][place])
    number = Decimal(chance.randrange(1, 5000)) / chance.choice([1, 10, 100, 1000])
    code = chance.choice([*CURRENCIES, ""])
    written = format_decimal(number, format="#,##0.###", locale=locale)
    form = chance.choice(["{c} {n} {w}", "{n} {w} {c}", "{n}{w}", "{n} {w}", "{c}{n}{w}"])
    return Text(form.format(c=code, n=written, w=word).strip(), number * 1000 ** (place + 1), code if "{c}" in form else "")


def _glued(locale: str, value: Decimal, chance: Random) -> Text:
    word = chance.choice(sorted(GLUED))
    number = Decimal(chance.randrange(1, 5000)) / chance.choice([1, 10, 100])
    written = format_decimal(number, locale=locale)
    factor, code = GLUED[word]
    return Text(chance.choice([f"{written} {word}", f"{word} {written}"]), number * factor, code)


def _without_cents(locale: str, value: Decimal, chance: Random) -> Text:
    number = format_decimal(int(value), locale=locale)
    return Text(number + chance.choice([",-", ".-", ",--", ".–", ",–"]), Decimal(int(value)))


def _written(value: Decimal, locale: str, chance: Random) -> str:
    form = chance.choice(["#,##0.00", "#,##0.##", "0.00", "0.##", None])
    return format_decimal(value, format=form, locale=locale)


AMOUNTS: tuple[Callable[[str, Decimal, Random], Text], ...] = (
    _bare, _bare, _bare, _of_currency, _of_code, _in_brackets, _grouped, _indian, _counted, _glued, _without_cents,
)  # fmt: skip

# Dates

DAY_FORMS = (
    *("short", "medium", "long", "full"),
    *("d.M.y", "dd.MM.y", "dd/MM/y", "d/M/yy", "dd-MM-y", "y-MM-dd", "y/MM/dd", "y.MM.dd", "yyyyMMdd", "dd.MM.yy"),
    *("d MMM y", "d. MMMM y", "d-MMM-y", "MMMM d, y", "MMM d, y", "y MMMM d", "EEEE d MMMM y", "EEEE, d. MMMM y", "d/MMM/y"),
)
MONTH_FORMS = ("MMMM y", "LLLL y", "MMM y", "y MMMM", "MM/y", "MM.y", "y-MM", "y/MM", "MM-y")
QUARTERS = {
    "en": ("Q{q} {y}", "{y} Q{q}", "{q}Q{y}", "Q{q}/{y}", "quarter {q} {y}", "{y}-Q{q}"),
    "uk": ("{r} квартал {y}", "{q} кв. {y}", "{q}-й квартал {y} р.", "{r} кв. {y} року"),
    "et": ("{r} kvartal {y}", "{q}. kvartal {y}", "{y} {r} kv", "K{q} {y}"),
    "de": ("{q}. Quartal {y}", "Q{q} {y}", "{r}. Quartal {y}"),
    "fr": ("{q}e trimestre {y}", "T{q} {y}", "{q} trim. {y}"),
    "sv": ("kvartal {q} {y}", "Q{q} {y}", "kv {q} {y}"),
    "nl": ("{q}e kwartaal {y}", "Q{q} {y}", "kw {q} {y}"),
    "pl": ("{r} kwartał {y}", "{r} kw. {y}", "{q} kwartał {y} r."),
    "da": ("{q}. kvartal {y}", "{q}. kvt. {y}", "Q{q} {y}"),
    "nb": ("{q}. kvartal {y}", "Q{q} {y}"),
    "fi": ("Q{q}/{y}", "{q}. neljännes {y}", "{r} vuosineljännes {y}"),
    "it": ("{r} trimestre {y}", "{q}° trimestre {y}", "Q{q} {y}"),
}
HALVES = {
    "en": ("H{h} {y}", "{y} H{h}", "{y}-H{h}", "first half of {y}|second half of {y}"),
    "uk": ("{r} півріччя {y}", "{h} півріччя {y} року"),
    "et": ("{r} poolaasta {y}", "{h}. poolaasta {y}"),
    "de": ("{h}. Halbjahr {y}", "H{h} {y}", "{h}. HJ {y}"),
    "fr": ("{h}er semestre {y}|{h}e semestre {y}", "S{h} {y}"),
    "sv": ("{h}:a halvåret {y}", "H{h} {y}", "första halvåret {y}|andra halvåret {y}"),
    "nl": ("{h}e halfjaar {y}", "eerste halfjaar {y}|tweede halfjaar {y}"),
    "pl": ("{r} półrocze {y}", "{h} półrocze {y} r."),
    "da": ("{h}. halvår {y}", "1. halvår {y}|2. halvår {y}"),
    "nb": ("{h}. halvår {y}",),
    "fi": ("{h}. vuosipuolisko {y}", "H{h}/{y}"),
    "it": ("{r} semestre {y}", "{h}° semestre {y}"),
}
ROMAN = ("", "I", "II", "III", "IV")
FROM_TO = {
    "en": ("from {a} to {b}", "{a} to {b}", "{a} until {b}", "between {a} and {b}", "{a} - {b}"),
    "uk": ("з {a} до {b}", "{a} по {b}", "{a} – {b}"),
    "et": ("{a} kuni {b}", "alates {a} kuni {b}", "{a} – {b}"),
    "de": ("von {a} bis {b}", "{a} bis {b}", "vom {a} bis zum {b}", "{a} – {b}"),
    "fr": ("de {a} à {b}", "du {a} au {b}", "{a} – {b}"),
    "sv": ("från {a} till {b}", "{a} till och med {b}", "{a} – {b}"),
    "nl": ("van {a} tot {b}", "{a} t/m {b}", "{a} – {b}"),
    "pl": ("od {a} do {b}", "{a} – {b}"),
    "da": ("fra {a} til {b}", "{a} til og med {b}", "{a} – {b}"),
    "nb": ("fra {a} til {b}", "{a}–{b}"),
    "fi": ("{a} – {b}", "{a}–{b}"),
    "it": ("dal {a} al {b}", "da {a} a {b}", "{a} – {b}"),
}


def day(locale: str, when: date, form: str) -> Text:
    return Text(format_date(when, form, locale=locale), when.isoformat())


def part_of_a_year(locale: str, when: date, chance: Random) -> Text:
    """A month, a quarter or a half-year in the words of a locale, or the year alone."""
    kind, spoken = chance.choice(["month", "quarter", "skeleton", "half", "year"]), language(locale)
    quarter, half = (when.month + 2) // 3, (when.month + 5) // 6
    if kind == "month":
        return Text(format_date(when, chance.choice(MONTH_FORMS), locale=locale), f"{when:%Y-%m}")
    if kind == "skeleton":
        return Text(format_skeleton(chance.choice(["yQQQ", "yQQQQ"]), when, locale=locale), f"{when.year}-Q{quarter}")
    if kind == "year":
        return Text(str(when.year), str(when.year))
    forms = chance.choice((QUARTERS if kind == "quarter" else HALVES)[spoken]).split("|")
    number = quarter if kind == "quarter" else half
    text = forms[min(number, len(forms)) - 1].format(q=quarter, h=half, r=ROMAN[number], y=when.year)
    return Text(text, f"{when.year}-{'Q' if kind == 'quarter' else 'H'}{number}")


def stretch(locale: str, when: date, chance: Random) -> Text:
    """A period from one date to another, as CLDR writes it or in words."""
    later = when + timedelta(days=chance.randrange(400, 1500))
    if chance.random() < 0.4:
        skeleton = chance.choice(["yMMMd", "yMMM", "yMd", "yM", "y"])
        shape = {"yMMMd": "%Y-%m-%d", "yMd": "%Y-%m-%d", "y": "%Y"}.get(skeleton, "%Y-%m")
        return Text(format_interval(when, later, skeleton, locale=locale), f"{when:{shape}}/{later:{shape}}")
    first, last = next(_ends(locale, when, later, chance))
    form = chance.choice(FROM_TO[language(locale)])
    return Text(form.format(a=first.written, b=last.written), f"{first.means}/{last.means}")


def _ends(locale: str, first: date, last: date, chance: Random) -> Iterator[tuple[Text, Text]]:
    form = chance.choice(DAY_FORMS)
    yield chance.choice(
        [
            (day(locale, first, form), day(locale, last, form)),
            (Text(str(first.year), str(first.year)), Text(str(last.year), str(last.year))),
            tuple(Text(format_date(each, "LLLL y", locale=locale), f"{each:%Y-%m}") for each in (first, last)),
        ]
    )
