"""An amount in any donor's form is read as the number it says, or asked back; never as another number."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import pytest
from babel.numbers import format_compact_currency, format_compact_decimal, format_currency, format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from tallinn.ingest.amounts import amounts, as_written, counts
from tallinn.ingest.meaning import Amount, Noted, Unclear
from tallinn.ingest.names import LANGUAGES
from tallinn.ingest.sheets import Duration, Money, Percent

CENT = Decimal("0.01")
CENTS = st.decimals(-(10**13), 10**13, places=2)
CURRENCIES = ["EUR", "USD", "GBP", "SEK", "NOK", "DKK", "PLN", "UAH", "CAD", "CHF"]


def read(*cells: Any, unit: int = 1) -> list[Any]:
    """For each cell of a column its number, or in brackets the rule of the finding it becomes."""
    return [bare(meaning) for meaning in amounts(cells, unit)]


def bare(meaning: Any) -> Any:
    if isinstance(meaning, Unclear):
        return [meaning.rule]
    return meaning.value.value if isinstance(meaning, Noted) else meaning.value


def one(cell: Any, unit: int = 1) -> Any:
    return read(cell, unit=unit)[0]


def every_meaning(text: str) -> set[Decimal]:
    """Every number that some reader somewhere would take a text of digits and signs for."""
    return set(_every_meaning(text.strip().replace("−", "-")))


def _every_meaning(text: str) -> Iterator[Decimal]:
    text = re.sub(r"^([+-])\s+", r"\1", text)
    # Prices without cents: 200,-
    if round_price := re.fullmatch(r"([+-]?\d+)[.,][-–—]", text):
        yield Decimal(round_price[1])
    if text.endswith("-") and text[:1] not in "+-":
        text = "-" + text[:-1]
    for thousands, point in [(",", "."), (".", ","), *((space, point) for space in " \u00a0\u202f'’" for point in ".,")]:
        leading = r"[1-9]\d{0,2}" if thousands in ",." else r"\d{1,3}"
        if re.fullmatch(rf"[+-]?({leading}(\{thousands}\d{{3}})+|\d+)(\{point}\d+)?", text):
            yield Decimal(text.replace(thousands, "").replace(point, "."))


# Every text


@given(st.text("0123456789.,", min_size=1, max_size=12) | st.text("0123456789.,'’ \u00a0\u202f+-−", min_size=1, max_size=14))
@settings(max_examples=500, deadline=None)
def test_a_text_is_read_as_the_only_number_it_can_mean_or_not_at_all(text):
    found = one(text)
    if not isinstance(found, list) and not re.search(r"[.,]--?$", text.strip().replace("−", "-")):
        assert {found} == every_meaning(text)


@given(st.lists(st.text("0123456789.,", min_size=1, max_size=9), min_size=1, max_size=6))
@settings(max_examples=300, deadline=None)
def test_whatever_else_stands_in_the_column_a_text_is_read_as_a_number_it_can_mean(texts):
    for text, found in zip(texts, read(*texts), strict=True):
        assert isinstance(found, list) or found in every_meaning(text)


@given(st.lists(st.text("0123456789.,", min_size=1, max_size=9), min_size=1, max_size=6), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_cells_decides_nothing(texts, random):
    shuffled = random.sample(texts, len(texts))
    assert dict(zip(texts, map(str, read(*texts)), strict=True)) == dict(zip(shuffled, map(str, read(*shuffled)), strict=True))


@given(st.text(max_size=30))
@settings(max_examples=300, deadline=None)
def test_no_text_breaks_the_reading(text):
    assert len(amounts([text, "1.234"], 1000)) == len(counts([text, "1.234"])) == 2


# Every locale


@given(st.lists(CENTS, min_size=1, max_size=8), st.sampled_from(LANGUAGES))
@settings(max_examples=200, deadline=None)
def test_amounts_in_the_form_of_a_language_come_back_or_are_asked_back(column, language):
    texts = [format_decimal(amount, "#,##0.00", locale=language) for amount in column]
    assert read(*texts) == column


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=8), st.sampled_from(LANGUAGES))
@settings(max_examples=200, deadline=None)
def test_whole_amounts_in_the_form_of_a_language_come_back_or_are_asked_back(column, language):
    texts = [format_decimal(amount, locale=language) for amount in column]
    assert all(found in (amount, ["ambiguous-number"]) for amount, found in zip(column, read(*texts), strict=True))


@given(CENTS, st.sampled_from(LANGUAGES), st.sampled_from(CURRENCIES), st.sampled_from(["standard", "accounting", "name"]))
@settings(max_examples=400, deadline=None)
def test_an_amount_with_its_currency_comes_back_with_that_currency_or_is_asked_back(amount, language, currency, form):
    text = format_currency(amount, currency, locale=language, **({"format_type": form} if form != "standard" else {}))
    (found,) = amounts([text])
    if not isinstance(found, Unclear):
        written = found.value if isinstance(found, Noted) else found
        assert written.value == amount
        assert written.currency == currency or (written.currency is None and found.rule == "shared-currency-sign")


@given(st.integers(1, 999), st.sampled_from([3, 6, 9]), st.sampled_from(LANGUAGES), st.sampled_from(["short", "long"]))
@settings(max_examples=300, deadline=None)
def test_thousands_millions_and_billions_in_words_come_back_or_are_asked_back(number, zeros, language, width):
    amount = number * 10**zeros
    assert one(format_compact_decimal(amount, format_type=width, locale=language)) in (amount, ["not-a-number"])
    assert one(format_compact_currency(amount, "EUR", locale=language)) in (amount, ["not-a-number"])


def test_every_language_has_its_words_for_millions():
    for language in LANGUAGES:
        text = format_compact_decimal(5_000_000, format_type="long", locale=language)
        assert one(text) == 5_000_000, text


@given(CENTS, st.sampled_from([" ", "\u00a0", "\u202f", "'", "’"]), st.sampled_from(".,"), st.booleans())
@settings(deadline=None)
def test_an_amount_written_with_thousands_signs_and_cents_comes_back(amount, thousands, point, minus_sign):
    text = f"{amount:,.2f}".replace(".", "p").replace(",", thousands).replace("p", point)
    assert one(text.replace("-", "−") if minus_sign else text) == amount


@given(st.integers(-(10**14), 10**14))
@settings(deadline=None)
def test_a_whole_amount_comes_back_as_number_and_as_text(amount):
    assert one(amount) == one(float(amount)) == one(str(amount)) == amount


@given(st.floats())
@settings(deadline=None)
def test_a_number_comes_back_to_the_nearest_cent_or_not_at_all(amount):
    found = one(amount)
    if not isinstance(found, list):
        assert found == Decimal(repr(amount)).quantize(CENT, ROUND_HALF_EVEN)


# Examples

EXAMPLES = [
    ("€1.2m", 1_200_000, "EUR"),
    ("12,2 млн євро", 12_200_000, "EUR"),
    ("SEK 135 million", 135_000_000, "SEK"),
    ("USD 3.4 milliard", 3_400_000_000, "USD"),
    ("10 тис. грн", 10_000, "UAH"),
    ("1,5 Mio. EUR", 1_500_000, "EUR"),
    ("2 mln zł", 2_000_000, "PLN"),
    ("10 млн дол. США", 10_000_000, "USD"),
    ("3,5 MEUR", 3_500_000, "EUR"),
    ("MSEK 3.5", 3_500_000, "SEK"),
    ("500 tuhat eurot", 500_000, "EUR"),
    ("US$ 5", 5, "USD"),
    ("C$5", 5, "CAD"),
    ("£5", 5, "GBP"),
    ("5 ₴", 5, "UAH"),
    ("(€1 000)", -1000, "EUR"),
    ("-€5", -5, "EUR"),
    ("€ -5", -5, "EUR"),
    ("(1 000)", -1000, None),
    ("1 000-", -1000, None),
    ("− 1 000", -1000, None),
    ("200,-", 200, None),
    ("1 200.– CHF", 1200, "CHF"),
    ("5\nEUR", 5, "EUR"),
    ("1 234,50", Decimal("1234.50"), None),
    ("1.234.567", 1_234_567, None),
    ("1.234.567,89", Decimal("1234567.89"), None),
    ("1,234.56", Decimal("1234.56"), None),
    ("5 million dollars américains", 5_000_000, "USD"),
    (Money(5, "€"), 5, "EUR"),
    (Money(-5, "SEK"), -5, "SEK"),
]


@pytest.mark.parametrize(("cell", "value", "currency"), EXAMPLES, ids=str)
def test_an_amount_as_people_write_it(cell, value, currency):
    assert amounts([cell]) == [Amount(Decimal(value), currency)]


@pytest.mark.parametrize("cell", ["$5", "5 kr", "kr 200 000", "5 dollars", "¥5", "5 mkr", Money(5, "$"), Money(5, "kr.")], ids=str)
def test_a_sign_of_several_currencies_is_no_currency_and_said(cell):
    (found,) = amounts([cell])
    assert (found.rule, found.value.currency) == ("shared-currency-sign", None)
    assert len(found.facts["currencies"]) > 1


@pytest.mark.parametrize(
    ("cell", "word"), [("USD 3.4 bn", "bn"), ("3,4 billion kr", "billion"), ("3.4 BLN. EUR", "BLN."), ("$3.4bn", "bn")]
)
def test_a_billion_is_read_as_in_english_and_said_because_it_is_more_in_other_languages(cell, word):
    (found,) = amounts([cell])
    assert (found.rule, found.value.value) == ("word-of-two-sizes", 3_400_000_000)
    assert found.facts == {"word": word, "taken": Decimal("3400000000.00")}


def test_a_code_settles_a_sign_that_it_shares():
    assert amounts(["$5 CAD", "SEK 5 kr"]) == [Amount(Decimal(5), "CAD"), Amount(Decimal(5), "SEK")]
    assert read("$5 SEK", "5 mkr EUR") == [["not-a-number"], ["not-a-number"]]


def test_words_that_nobody_knows_beside_a_number_are_said_too():
    (found,) = amounts([Money(5, "Rs")])
    assert found == Noted(Amount(Decimal(5)), "words-in-format", {"words": "Rs", "taken": Decimal("5.00")})
    assert counts([Money(5, "incidents")]) == [5]


@pytest.mark.parametrize(
    ("cell", "unit", "value", "currency"),
    [
        (Money(12.5, "Mio. €"), 1, 12_500_000, "EUR"),
        (Money(12.5, "млн грн"), 1, 12_500_000, "UAH"),
        (Money(-12.5, "TEUR"), 1, -12_500, "EUR"),
        (Money(12_500_000, "M", 1_000_000), 1, 12_500_000, None),
        (Money(12_500_000.33, "m€", 1_000_000), 1, Decimal("12500000.33"), "EUR"),
        (Money(12_500_000, "€", 1_000_000), 1, 12_500_000, "EUR"),
        (Money(12_500_000, "", 1_000), 1, 12_500_000, None),
        (Money(12_500_000, "", 1_000), 1_000, 12_500_000, None),
        (Money(12_500_000, "", 1_000_000), 1_000, 12_500, None),
    ],
    ids=str,
)
def test_a_number_counts_as_its_format_shows_it(cell, unit, value, currency):
    assert amounts([cell], unit) == amounts([as_written(cell, unit)], unit) == [Amount(Decimal(value), currency)]


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        (Money(5, "ca."), "inexact-amount"),
        (Money(5, "%"), "percentage"),
        (Money(5, "000"), "not-a-number"),
        (Money(float("nan"), "EUR"), "not-a-number"),
    ],
)
def test_a_format_that_makes_a_number_doubtful_is_asked_back(cell, rule):
    assert one(cell) == one(as_written(cell, 1)) == [rule]


def test_a_unit_in_the_format_and_in_the_header_is_not_taken_twice():
    assert one(Money(5, "Mio."), unit=1000) == ["unit-twice"]


NO_NUMBERS = """1e6
1E5
inf
nan
-
1_000
0x10
1 2345
12 34
1/2
½
²
5 t
EUR 5 USD
5 m m
all 5
--5
(-5)
(5
5)
2024-07-02
١٢٣
12 months
5 Billionen
5€ 6€
€
EUR""".splitlines()
FINDINGS = {
    "ambiguous-number": ["1.234", "1,234", "-1.234", "999,999", "(1,000)", "1.2.3", "€1.234", "1,234 EUR", "12,34,567"],
    "not-a-number": [*NO_NUMBERS, "x" * 500, "1\n500", "5.−", "C-17", "EUR-500", "500-EUR"],
    "amount-range": ["1-2 million", "1–2 Mio. EUR", "100 to 200", "від 100 до 200", "5 bis 6 Mio", "5.– 100"],
    "inexact-amount": ["approx. 5m", "up to 5m", "over 240 million", "ca. 5 Mio", "~5", "близько 5 млн", "jusqu'à 5 M€", ">5", "5m+"],
    "percentage": ["5%", "5 %", Percent(0.05)],
    "too-precise": ["0,123", "0.004", "1 234,567", "1234.567", "1.234,567"],
    "number-too-large": [10**15, -1e15, 1e300, "1" * 400, "9 999 999 bn"],
}
NO_NUMBER_CELLS = [True, False, date(2025, 1, 1), datetime(2025, 1, 1, 12), Duration("1 day"), float("inf"), float("nan")]


@pytest.mark.parametrize(
    ("rule", "cell"), [(rule, cell) for rule, cells in FINDINGS.items() for cell in cells], ids=lambda each: str(each)[:40]
)
def test_what_has_no_single_meaning_is_asked_back(rule, cell):
    assert one(cell) == [rule]


@pytest.mark.parametrize("cell", NO_NUMBER_CELLS, ids=repr)
def test_what_is_no_number_is_never_made_one(cell):
    assert one(cell) == ["not-a-number"]


AMBIGUOUS = ["ambiguous-number"]
COLUMNS = [
    (["1.234", "12.345.678,90"], [1234, Decimal("12345678.90")]),
    (["1.234", "1.234.567"], [1234, 1_234_567]),
    (["1,234", "1,234.50"], [1234, Decimal("1234.50")]),
    (["1.234", "1,5"], [1234, Decimal("1.5")]),
    (["1.234", "1.5"], [["too-precise"], Decimal("1.5")]),
    (["1.234", "1,5", "1.5"], [AMBIGUOUS, Decimal("1.5"), Decimal("1.5")]),
    (["1.234", "12 345,50"], [AMBIGUOUS, Decimal("12345.5")]),
    (["1.234", "12'345"], [AMBIGUOUS, 12345]),
    (["1.234", "5,678"], [AMBIGUOUS, AMBIGUOUS]),
    (["1.234", 1.5], [AMBIGUOUS, Decimal("1.5")]),
    (["1.234", "1.234.567", "1,234,567"], [AMBIGUOUS, 1_234_567, 1_234_567]),
    (["1.234", "100", "TBC"], [AMBIGUOUS, 100, ["not-a-number"]]),
]


@pytest.mark.parametrize(("column", "found"), COLUMNS, ids=str)
def test_the_other_texts_of_the_column_decide_only_if_they_agree(column, found):
    assert read(*column) == found


def test_what_was_decided_by_the_other_sign_is_said():
    assert amounts(["1.234", "1,5"])[0] == Noted(Amount(Decimal(1234)), "sign-by-column", {"taken": Decimal("1234.00")})
    assert amounts(["1.234", "1.234.567"])[0] == Amount(Decimal(1234))


def test_thousands_of_millions_are_said_even_where_the_column_sets_thousands_apart_so():
    assert [each.rule for each in amounts(["1.234.567", "1.234 Mio."])[1:]] == ["sign-by-column"]


def test_the_unit_of_the_header_multiplies_and_is_not_taken_twice():
    assert read("1,5", 2, -3.25, Money(4, "EUR"), "1.5 million", unit=1000) == [1500, 2000, -3250, 4000, ["unit-twice"]]
    assert read("1.2345", "0.00001", unit=1000) == [Decimal("1234.5"), Decimal("0.01")]
    assert one("0.000001", unit=1000) == ["too-precise"]


def test_the_error_of_floating_point_is_no_part_of_an_amount():
    assert one(0.1 + 0.2) == Decimal("0.30")


# Counts


@given(st.floats() | st.integers() | st.text("0123456789.,- eE", min_size=1, max_size=12))
@settings(deadline=None)
def test_a_count_is_a_whole_number_or_not_at_all(cell):
    (found,) = counts([cell])
    if isinstance(found, int):
        assert {Decimal(found)} == (every_meaning(cell) if isinstance(cell, str) else {Decimal(cell)})
    else:
        assert isinstance(found, Unclear)


@pytest.mark.parametrize("cell", ["many", "5 EUR", "5k", 1.5, "1,5", True, Money(5, "EUR"), Percent(0.5), 10**15], ids=repr)
def test_what_is_no_whole_number_is_no_count(cell):
    (found,) = counts([cell])
    assert found.rule in ("not-a-whole-number", "percentage")


def test_counts_are_decided_by_their_column_too():
    assert counts(["1,234", "1,234,567", "12", 5, 6.0]) == [1234, 1_234_567, 12, 5, 6]
