"""Words for people: amounts, shares, dates and lists; unknown becomes words."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from tallinn import wording
from tallinn.languages import language

UNKNOWN = [None, float("nan"), pd.NA, pd.NaT]


@pytest.fixture
def ukrainian():
    with language.spoken("uk"):
        yield


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (16_671_234, "EUR 16.7 million"),
        (10_000_000, "EUR 10 million"),
        (500_000, "EUR 500,000"),
        (1_260_000_000, "EUR 1.3 billion"),
        (-2_000_000, "EUR -2 million"),
        (Decimal("241700000.00"), "EUR 241.7 million"),
        (0, "EUR 0"),
    ],
)
def test_euros_in_running_text(value, words):
    assert wording.euros(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(16_671_234, "EUR 16.7m"), (500_000, "EUR 500k"), (999_960, "EUR 1m"), (1_260_000_000, "EUR 1.3bn"), (950, "EUR 950"), (0, "EUR 0")],
)
def test_euros_in_labels(value, words):
    assert wording.euros_short(value) == words


def test_exact_euros_keep_their_cents():
    assert wording.euros(16_671_234.5, exact=True) == "EUR 16,671,234.50"
    assert wording.euros(500_000, exact=True) == "EUR 500,000"


@pytest.mark.parametrize("value", UNKNOWN)
def test_unknown_is_not_zero(value):
    words = {wording.euros(value), wording.euros_short(value), wording.money(value, "SEK"), wording.count(value), wording.share(value)}
    assert words | {wording.change(value), wording.decimal(value)} == {"not published"}
    assert {wording.day(value), wording.day_short(value), wording.period(value)} == {"date not stated"}


def test_money_keeps_its_currency_code():
    assert wording.money(135_000_000, "SEK") == "SEK 135,000,000"
    assert wording.money(99.5, None) == "99.50, currency not published"


@pytest.mark.parametrize(("x", "words"), [(0.11, "11%"), (0.0689, "6.9%"), (0, "0%"), (0.0002, "less than 0.1%"), (1, "100%")])
def test_a_share_has_at_most_one_decimal(x, words):
    assert wording.share(x) == words


def test_a_change_carries_its_sign():
    assert (wording.change(0.374), wording.change(-0.1)) == ("+37.4%", "-10%")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025-07-02", "2 July 2025"),
        ("2024-06", "June 2024"),
        ("2025-Q3", "Q3 2025"),
        ("2025-H2", "second half of 2025"),
        ("2025", "2025"),
        ("2022/2024", "2022 to 2024"),
        ("2023-12-20/2024-12", "20 December 2023 to December 2024"),
        ("2024-04-01/..", "since 1 April 2024"),
        ("14 months", "14 months"),
        ("2025-13", "2025-13"),
    ],
)
def test_partial_dates_in_words(text, words):
    assert wording.period(text) == words


def test_days_and_lists():
    assert wording.day(date(2023, 12, 20)) == "20 December 2023"
    assert wording.day_short(date(2023, 12, 20)) == "20 Dec 2023"
    assert wording.listing(["Estonia", None, "Sweden", "Italy"]) == "Estonia, Sweden and Italy"
    assert wording.listing([]) == ""


def test_counts_are_grouped():
    assert wording.count(5927) == "5,927"
    assert wording.decimal(11.82) == "11.8"


def test_numbers_and_dates_follow_the_language(ukrainian):
    assert wording.euros(16_671_234) == "16,7\u00a0млн\u00a0євро"
    assert wording.euros_short(500_000) == "500\u00a0тис.\u00a0€"
    assert wording.money(135_000_000, "SEK") == "135\u00a0000\u00a0000\u00a0SEK"
    assert wording.share(0.0689) == "6,9%"
    assert wording.day(date(2023, 12, 20)) == "20\u00a0грудня 2023 року"
    assert wording.period("2024-06") == "червень 2024 року"
    assert wording.period("2025-Q3") == "III\u00a0квартал 2025 року"


def test_a_language_without_dates_of_its_own_has_those_of_the_common_locale_data():
    with language.spoken("pl"):
        assert wording.day(date(2023, 12, 20)) == "20 grudnia 2023"
        assert wording.period("2024-06") == "czerwiec 2024"


def test_a_catalogue_is_used_where_there_is_one(ukrainian, monkeypatch):
    monkeypatch.setattr(wording, "catalogue", lambda code: {"uk": Spoken()}[code])
    assert wording._("not published") == "не оприлюднено"
    assert wording.ngettext("{n} row", "{n} rows", 5) == "рядків"


class Spoken:
    """A stand-in for a compiled catalogue."""

    def gettext(self, message: str) -> str:
        return {"not published": "не оприлюднено"}.get(message, message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return "рядків"
