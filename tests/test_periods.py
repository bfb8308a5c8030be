"""A date is as precise as its source: what has one meaning is read, what has two is asked back, and nothing is guessed."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallinn import periods

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
YEARS = st.integers(1990, 2100)
SINGLES = st.one_of(
    DAYS.map(date.isoformat),
    st.builds("{}-{:02}".format, YEARS, st.integers(1, 12)),
    st.builds("{}-Q{}".format, YEARS, st.integers(1, 4)),
    st.builds("{}-H{}".format, YEARS, st.integers(1, 2)),
    YEARS.map(str),
)


def ordered(first: str, last: str) -> bool:
    return periods.bounds(first)[0] <= periods.bounds(last)[1]


@given(SINGLES)
@settings(deadline=None)
def test_a_canonical_text_is_read_as_itself(text):
    assert periods.parse(text) == text


@given(SINGLES, SINGLES, st.sampled_from(["/", " / ", " to ", " – ", "–", " - "]))
@settings(deadline=None)
def test_an_interval_is_two_dates_in_order(first, last, sign):
    if ordered(first, last):
        assert periods.parse(f"{first}{sign}{last}") == f"{first}/{last}"
    else:
        with pytest.raises(ValueError, match="ends before"):
            periods.parse(f"{first}{sign}{last}")


@given(DAYS, st.sampled_from("./-"), st.booleans())
@settings(deadline=None)
def test_a_numeric_date_is_read_when_only_one_of_its_numbers_can_be_a_month(day, sign, month_first):
    numbers = (day.month, day.day) if month_first else (day.day, day.month)
    text = sign.join(map(str, [*numbers, day.year]))
    if day.day <= 12 and day.day != day.month:
        with pytest.raises(periods.Ambiguous):
            periods.parse(text)
    else:
        assert periods.parse(text) == day.isoformat()


@given(DAYS, st.times())
@settings(deadline=None)
def test_a_moment_is_read_as_its_day(day, time):
    assert periods.parse(day) == periods.parse(datetime.combine(day, time)) == day.isoformat()


@pytest.mark.parametrize("cell", [2024, 2024.0, "2024", " 2024 "])
def test_a_year_can_be_a_number(cell):
    assert periods.parse(cell) == "2024"


@pytest.mark.parametrize(
    ("cell", "canonical"),
    [("Q3 2025", "2025-Q3"), ("2025 q3", "2025-Q3"), ("2025/H1", "2025-H1"), ("h2-2025", "2025-H2"), ("2022-2024", "2022/2024")],
)
def test_a_part_of_a_year_is_read_in_either_order(cell, canonical):
    assert periods.parse(cell) == canonical


NO_DATES = ["", "-", "annual", "14 months", "2025-02-30", "2023-02-29", "31/02/2025", "2025-13", "2025-Q5", "H3 2025", "20250702"]
NO_DATE_CELLS = [True, False, 45658, 2024.5, float("inf"), float("-inf"), float("nan"), timedelta(days=10)]
OUT_OF_RANGE = ["0000", "0000-Q1", "1066", "1989", "2101", "9999-Q4", "9999-12-31", "2022/9999", date(1899, 12, 31), datetime(1904, 1, 1)]
IN_OTHER_DIGITS = ["٢٠٢٥", "２０２５-０７", "२०२५-Q1"]


@pytest.mark.parametrize("cell", [*NO_DATES, *NO_DATE_CELLS, *OUT_OF_RANGE, *IN_OTHER_DIGITS], ids=repr)
def test_what_is_no_date_is_refused(cell):
    with pytest.raises(ValueError, match=r"."):
        periods.parse(cell)


@given(st.one_of(st.text("0123456789-/. QHqhto–\u00a0٢²\x00", max_size=21), st.floats(), st.integers(), st.dates(), st.booleans()))
@settings(deadline=None)
def test_whatever_is_read_has_a_first_and_a_last_day(cell):
    try:
        canonical = periods.parse(cell)
    except ValueError:
        return
    first, last = periods.bounds(canonical)
    assert date(1990, 1, 1) <= first <= last <= date(2100, 12, 31)
    assert periods.parse(canonical) == canonical


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
