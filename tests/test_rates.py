"""The rates are those of the European Central Bank, as published: nothing is added, interpolated or carried on."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date

import pyarrow.compute as pc
from currency_converter.currency_converter import CURRENCY_FILE

from tallinn.rates import currencies, reference_rates


def test_every_published_rate_is_there_once_and_no_other():
    rates = reference_rates()
    held = zip(rates["currency"].to_pylist(), map(str, rates["date"].to_pylist()), rates["rate"].to_pylist(), strict=True)
    assert sorted(held) == sorted(published())


def test_rates_are_units_of_the_currency_for_one_euro():
    rates = reference_rates()
    first = rates.filter((pc.field("currency") == "USD") & (pc.field("date") == date(1999, 1, 4)))
    assert first["rate"].to_pylist() == [1.1789]


def test_no_rate_is_given_for_a_day_on_which_none_was_published():
    days = {rate.as_py() for rate in reference_rates()["date"].unique()}
    assert date(2024, 12, 25) not in days
    assert not any(day.weekday() == 6 for day in days)


def test_there_is_no_rate_for_the_euro_itself_nor_for_the_hryvnia():
    assert not {"EUR", "UAH"} & currencies()
    assert {"USD", "GBP", "SEK", "NOK", "DKK", "PLN", "CAD"} <= currencies()


def published() -> Iterator[tuple[str, str, float]]:
    """Currency, day and rate in the bank's own file, read with nothing but the csv module."""
    with zipfile.ZipFile(CURRENCY_FILE) as archive, archive.open(archive.namelist()[0]) as file:
        rows = csv.DictReader(io.TextIOWrapper(file, encoding="utf-8"))
        for row in rows:
            for currency, rate in row.items():
                if currency and currency.strip() != "Date" and rate not in (None, "", "N/A"):
                    yield currency.strip(), row["Date"], float(rate)
