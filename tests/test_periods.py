"""A canonical date has a first and a last day, and lies in the years that these data speak of."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallinn import periods

YEARS = st.integers(1990, 2100)
SINGLES = st.one_of(
    st.dates(date(1990, 1, 1), date(2100, 12, 31)).map(date.isoformat),
    st.builds("{}-{:02}".format, YEARS, st.integers(1, 12)),
    st.builds("{}-Q{}".format, YEARS, st.integers(1, 4)),
    st.builds("{}-H{}".format, YEARS, st.integers(1, 2)),
    YEARS.map(str),
)


@given(SINGLES)
@settings(deadline=None)
def test_a_canonical_date_has_a_first_and_a_last_day(text):
    first, last = periods.bounds(periods.checked(text))
    assert date(1990, 1, 1) <= first <= last <= date(2100, 12, 31)


@given(SINGLES, SINGLES)
@settings(deadline=None)
def test_an_interval_is_two_dates_in_order(first, last):
    text = f"{first}/{last}"
    if periods.bounds(first)[0] <= periods.bounds(last)[1]:
        assert periods.checked(text) == text and periods.precision(text) == "interval"
    else:
        with pytest.raises(ValueError, match="ends before"):
            periods.checked(text)


@pytest.mark.parametrize(
    "text", ["2025-02-30", "2025-13", "2025-Q5", "2025-H3", "0000", "1066", "1989", "2101", "9999-Q4", "9999-12-31", "2022/9999"]
)
def test_what_no_calendar_or_no_year_of_these_data_has_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        periods.checked(text)


@pytest.mark.parametrize(
    ("canonical", "first", "last"),
    [
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-Q4", "2025-10-01", "2025-12-31"),
        ("2025-H1", "2025-01-01", "2025-06-30"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2022/2024-Q1", "2022-01-01", "2024-03-31"),
        ("2025-07-02", "2025-07-02", "2025-07-02"),
    ],
)
def test_a_period_lasts_from_its_first_to_its_last_day(canonical, first, last):
    assert periods.bounds(canonical) == (date.fromisoformat(first), date.fromisoformat(last))
