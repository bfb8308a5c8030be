"""Whatever a donor's locale, an amount, a date or a country is read as what it says, or a person is told; never silently as another."""

from datetime import date, datetime
from random import Random
from typing import Any

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from tallinn.datasets import datasets
from tallinn.ingest.amounts import amounts
from tallinn.ingest.cells import meanings
from tallinn.ingest.dates import dates
from tallinn.ingest.findings import rules
from tallinn.ingest.meaning import Amount, Meaning, Noted, Unclear
from tallinn.ingest.names import LANGUAGES, alpha3_codes
from tests.ingest import forms
from tests.ingest.forms import Text

DAYS = st.dates(date(1990, 1, 1), date(2068, 12, 31))
CHANCE = st.randoms(use_true_random=False)
IN_A_LOCALE = st.sampled_from(forms.LOCALES)
DONOR = datasets()["contributions"].field("donor_id")
# What a reader understands at least, of all amounts in the forms of a locale: the test would pass if it asked back everything.
AT_LEAST = 0.5


def told(meaning: Meaning) -> bool:
    """Whether a person is told that the cell is no value, or to check it."""
    return isinstance(meaning, Unclear) or (isinstance(meaning, Noted) and rules()[meaning.rule]["level"] != "advice")


def value(meaning: Meaning) -> Any:
    return meaning.value if isinstance(meaning, Noted) else meaning


def agrees(meaning: Meaning, text: Text) -> bool:
    """Whether an amount is what the text says, in the currency that it says or in none."""
    amount = value(meaning)
    return isinstance(amount, Amount) and (amount.value, amount.currency or "") == (text.means, text.currency)


# Amounts


@given(IN_A_LOCALE, CHANCE)
def test_an_amount_by_itself(locale, chance):
    text = forms.amount(locale, chance)
    (meaning,) = amounts([text.written])
    assert told(meaning) or agrees(meaning, text), (text, meaning)


@given(IN_A_LOCALE, CHANCE, st.integers(2, 12))
def test_a_column_of_amounts_in_the_forms_of_one_locale(locale, chance, count):
    texts = [forms.amount(locale, chance) for _ in range(count)]
    for text, meaning in zip(texts, amounts([text.written for text in texts]), strict=True):
        assert told(meaning) or agrees(meaning, text), (text, meaning, texts)


@given(st.lists(IN_A_LOCALE, min_size=2, max_size=3), CHANCE, st.integers(2, 8))
def test_a_column_that_people_of_several_locales_have_filled(locales, chance, count):
    texts = [forms.amount(chance.choice(locales), chance) for _ in range(count)]
    for text, meaning in zip(texts, amounts([text.written for text in texts]), strict=True):
        assert told(meaning) or agrees(meaning, text), (text, meaning, texts)


@given(IN_A_LOCALE, CHANCE, st.sampled_from([1000, 1_000_000]))
def test_a_column_that_is_counted_in_thousands_or_millions(locale, chance, unit):
    texts = [forms.amount(locale, chance) for _ in range(6)]
    for text, meaning in zip(texts, amounts([text.written for text in texts], unit), strict=True):
        assert told(meaning) or agrees(meaning, text._replace(means=text.means * unit)), (text, meaning)


@pytest.mark.parametrize("locale", forms.LOCALES)
def test_most_amounts_of_a_locale_are_understood(locale):
    texts = [forms.amount(locale, Random(seed)) for seed in range(300)]
    understood = sum(agrees(amounts([text.written])[0], text) for text in texts)
    assert understood >= AT_LEAST * len(texts)


# Dates


@given(IN_A_LOCALE, st.sampled_from(forms.DAY_FORMS), st.lists(DAYS, min_size=1, max_size=8))
def test_a_column_of_days_in_one_form(locale, form, days):
    texts = [forms.day(locale, when, form) for when in days]
    for text, meaning in zip(texts, dates([text.written for text in texts], "period"), strict=True):
        assert told(meaning) or value(meaning) == text.means, (text, meaning, texts)


@given(IN_A_LOCALE, st.sampled_from(forms.DAY_FORMS), st.lists(DAYS, min_size=1, max_size=8), CHANCE)
def test_a_column_of_days_as_text_as_cells_and_as_serial_numbers(locale, form, days, chance):
    texts = [forms.day(locale, when, form) for when in days]
    kinds = [chance.choice(["text", "date", "moment", "serial"]) for _ in days]
    cells = [_cell(kind, text, when) for kind, text, when in zip(kinds, texts, days, strict=True)]
    for text, meaning in zip(texts, dates(cells, "period"), strict=True):
        assert told(meaning) or value(meaning) == text.means, (text, meaning, cells)


def _cell(kind: str, text: Text, when: date) -> Any:
    serial = (when - date(1899, 12, 30)).days
    return {"text": text.written, "date": when, "moment": datetime(when.year, when.month, when.day, 15, 30), "serial": serial}[kind]


@given(IN_A_LOCALE, DAYS, CHANCE)
def test_a_month_a_quarter_a_half_year_or_a_year(locale, when, chance):
    text = forms.part_of_a_year(locale, when, chance)
    (meaning,) = dates([text.written], "period")
    assert told(meaning) or value(meaning) == text.means, (text, meaning)


@given(IN_A_LOCALE, st.dates(date(1990, 1, 1), date(2060, 12, 31)), CHANCE)
def test_a_period_from_one_date_to_another(locale, when, chance):
    text = forms.stretch(locale, when, chance)
    (meaning,) = dates([text.written], "period")
    assert told(meaning) or value(meaning) == text.means, (text, meaning)


@given(
    IN_A_LOCALE, DAYS, st.sampled_from(["until {}", "bis {}", "до {}", "kuni {}", "jusqu'au {}", "til {}", "tot {}", "do {}", "fino al {}"])
)
def test_an_end_that_is_written_with_its_until(locale, when, form):
    text = forms.day(locale, when, "long")
    (meaning,) = dates([form.format(text.written)], "end")
    assert isinstance(meaning, Unclear) or value(meaning) == text.means
    (elsewhere,) = dates([form.format(text.written)], "start")
    assert isinstance(elsewhere, Unclear)


# Countries


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_territory_by_its_name_in_a_language_of_the_donors(language):
    codes, names = alpha3_codes(), Locale(language).territories
    known = {names[alpha2]: code for alpha2, code in codes.items() if alpha2 in names and alpha2 != "EU"}
    for written in (str, str.upper, str.lower, "Government of {}".format, " {} ".format):
        for (name, code), meaning in zip(known.items(), meanings([written(name) for name in known], DONOR), strict=True):
            assert isinstance(meaning, Unclear) or meaning == code, (name, meaning)
    understood = [meaning for meaning in meanings(list(known), DONOR) if not isinstance(meaning, Unclear)]
    assert len(understood) >= len(known) - 2
