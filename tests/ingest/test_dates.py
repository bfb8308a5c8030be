"""A date in any donor's form is read as the date it says, or asked back; never as another one."""

import re
from datetime import date, datetime
from typing import Any

import pytest
from babel.dates import format_date, format_skeleton
from hypothesis import given, settings
from hypothesis import strategies as st

from tallinn import periods
from tallinn.ingest.dates import dates, days
from tallinn.ingest.meaning import Noted, Unclear
from tallinn.ingest.names import LANGUAGES
from tallinn.ingest.sheets import Duration, Failed, Money, Percent

DAYS = st.dates(date(1990, 1, 1), date(2068, 12, 31))
FORMS = ["full", "long", "medium", "short", "d. MMMM y", "d MMM y", "dd/MM/y", "MM/dd/y", "dd.MM.yy", "d-MMM-y", "yyyy/MM/dd", "MMM d, y"]
# What a skeleton says of a day.
PRECISIONS = {
    "yMMMM": "%Y-%m",
    "yMMM": "%Y-%m",
    "yM": "%Y-%m",
    "yQQQ": "quarter",
    "yQQQQ": "quarter",
    "yMMMd": "%Y-%m-%d",
    "yMd": "%Y-%m-%d",
}


def read(*cells: Any, name: str = "period") -> list[Any]:
    """For each cell of a column its canonical date, or in brackets the rule of the finding it becomes."""
    return [bare(meaning) for meaning in dates(cells, name)]


def bare(meaning: Any) -> Any:
    if isinstance(meaning, Unclear):
        return [meaning.rule]
    return meaning.value if isinstance(meaning, Noted) else meaning


def one(cell: Any, name: str = "period") -> Any:
    return read(cell, name=name)[0]


def of_precision(day: date, precision: str) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}" if precision == "quarter" else day.strftime(precision)


# Every locale


@given(st.lists(DAYS, min_size=1, max_size=8), st.sampled_from(LANGUAGES), st.sampled_from(FORMS))
@settings(max_examples=500, deadline=None)
def test_a_column_of_days_in_any_form_of_any_language_comes_back_or_is_asked_back(column, language, form):
    texts = [format_date(day, form, locale=language) for day in column]
    assert all(found in (day.isoformat(), ["ambiguous-date"]) for day, found in zip(column, read(*texts), strict=True)), texts


@given(DAYS, st.sampled_from(LANGUAGES), st.sampled_from(["full", "long", "medium", "d. MMMM y", "MMMM d, y", "d MMM y"]))
@settings(max_examples=300, deadline=None)
def test_a_day_with_its_month_in_words_always_comes_back(day, language, form):
    text = format_date(day, form, locale=language)
    if not re.fullmatch(r"[\d./ -]+", text):
        assert one(text) == day.isoformat(), text


@given(DAYS, st.sampled_from(LANGUAGES), st.sampled_from(sorted(PRECISIONS)))
@settings(max_examples=300, deadline=None)
def test_months_and_quarters_in_any_language_come_back_or_are_asked_back(day, language, skeleton):
    text = format_skeleton(skeleton, day, locale=language)
    assert one(text) in (of_precision(day, PRECISIONS[skeleton]), ["ambiguous-date"], ["open-period"]), text


@given(st.lists(DAYS, min_size=1, max_size=6), st.lists(DAYS, min_size=1, max_size=6), st.sampled_from("./-"))
@settings(max_examples=200, deadline=None)
def test_a_column_that_mixes_both_orders_is_never_decided_by_either(day_first, month_first, sign):
    texts = [f"{day:%d}{sign}{day:%m}{sign}{day:%Y}" for day in day_first] + [
        f"{day:%m}{sign}{day:%d}{sign}{day:%Y}" for day in month_first
    ]
    if any(day.day > 12 for day in day_first) and any(day.day > 12 for day in month_first):
        for day, found in zip(day_first + month_first, read(*texts), strict=True):
            assert found in (day.isoformat(), ["ambiguous-date"])


@given(st.lists(st.text("0123456789./- ", min_size=4, max_size=10), min_size=1, max_size=5), st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_the_order_of_the_cells_decides_nothing(texts, random):
    shuffled = random.sample(texts, len(texts))
    assert dict(zip(texts, map(str, read(*texts)), strict=True)) == dict(zip(shuffled, map(str, read(*shuffled)), strict=True))


@given(st.text(max_size=30) | st.text("0123456789QH./-– tovonbis", max_size=16))
@settings(max_examples=500, deadline=None)
def test_whatever_is_read_is_canonical(text):
    found = one(text)
    if not isinstance(found, list):
        first, last = periods.bounds(found)
        assert first <= last and {first.year, last.year} <= set(periods.YEARS)


@given(DAYS, st.times())
@settings(max_examples=50, deadline=None)
def test_cells_of_dates_come_back_as_their_day(day, time):
    moment = datetime.combine(day, time)
    assert read(day, moment, moment.isoformat(), f"{day} {time:%H:%M}", f"{day}T10:00:00Z") == [day.isoformat()] * 5


# Examples

EXAMPLES = [
    ("12 травня 2025 р.", "2025-05-12"),
    ("2. juli 2025", "2025-07-02"),
    ("July 2, 2025", "2025-07-02"),
    ("2nd of July 2025", "2025-07-02"),
    ("2-Jul-2025", "2025-07-02"),
    ("Wednesday, 2 July 2025", "2025-07-02"),
    ("1er mars 2025", "2025-03-01"),
    ("1 février 2025", "2025-02-01"),
    ("1 fevrier 2025", "2025-02-01"),
    ("3 września 2025", "2025-09-03"),
    ("mai 2025", "2025-05"),
    ("червень 2025", "2025-06"),
    ("Q3 2025", "2025-Q3"),
    ("3Q2025", "2025-Q3"),
    ("2025 Q3", "2025-Q3"),
    ("2025-Q3", "2025-Q3"),
    ("3. Quartal 2025", "2025-Q3"),
    ("III квартал 2025", "2025-Q3"),
    ("3-й квартал 2025 р.", "2025-Q3"),
    ("K3 2025", "2025-Q3"),
    ("Jän. 2025", "2025-01"),
    ("third quarter of 2025", "2025-Q3"),
    ("H1 2024", "2024-H1"),
    ("1. poolaasta 2024", "2024-H1"),
    ("II півріччя 2024", "2024-H2"),
    ("2. Halbjahr 2024", "2024-H2"),
    ("2024-2026", "2024/2026"),
    ("2024 – 2026", "2024/2026"),
    ("2024/2026", "2024/2026"),
    ("from 2024 to 2026", "2024/2026"),
    ("з 2024 до 2026", "2024/2026"),
    ("von Januar 2024 bis März 2026", "2024-01/2026-03"),
    ("Jan–Mar 2025", "2025-01/2025-03"),
    ("Jan-Mar 2025", "2025-01/2025-03"),
    ("Q1-Q3 2025", "2025-Q1/2025-Q3"),
    ("12–14 May 2025", "2025-05-12/2025-05-14"),
    ("12.-14. mai 2025", "2025-05-12/2025-05-14"),
    ("1 March 2025 - 31 March 2026", "2025-03-01/2026-03-31"),
    ("01.02.2025 - 28.02.2025", "2025-02-01/2025-02-28"),
    ("2025-01/2025-03", "2025-01/2025-03"),
    ("2025/07/02", "2025-07-02"),
    ("2025.07.02", "2025-07-02"),
    ("2025-7-2", "2025-07-02"),
    ("05/05/2025", "2025-05-05"),
    ("25.12.2025", "2025-12-25"),
    ("12/25/2025", "2025-12-25"),
    ("07/2025", "2025-07"),
    ("2025/07", "2025-07"),
    ("2025 рік", "2025"),
    (2025, "2025"),
    (2025.0, "2025"),
    (20250702, "2025-07-02"),
    ("20250702", "2025-07-02"),
]
NO_DATES = """14 months
31.02.2025
2025-02-30
2025-13
20251301
1899-01-01
2101
2026 to 2024
2 July
Monday
Thursday, 2 July 2025
2 07 2025
1.5
yesterday
Q5 2025
H3 2025
0 May 2025
2025-W27
٢٠٢٥
٠٢/٠٧/٢٠٢٥
Jul-25
25 mai 1
Monday, May 2025
. to 2025
31.12.75
0000/""".splitlines()
NO_DATE_CELLS = ["x" * 300, True, 1.5, -5, 12, 3e9, 10**30, float("nan"), float("inf"), 19999, 80000, Duration("1 day"), Money(2025, "EUR")]
NO_DATE_CELLS += [Percent(2025), Failed("#N/A"), None, date(1900, 1, 1), date(2101, 1, 1)]
FINDINGS = {
    "ambiguous-date": ["03/04/2025", "3.4.2025", "03-04-25", "25-07-02", "03/04/2025 10:00", "03/04/2025 - 05/04/2025"],
    "open-period": [
        "2024/25",
        "2010/11",
        "FY2025",
        "FY 2024/25",
        "summer 2025",
        "зима 2025",
        "early 2025",
        "T3 2025",
        "1. tertial 2025",
        "end of 2025",
        "Herbst 2025",
    ],
    "end-without-start": ["–2024", "until 27/7/2022", "bis 2025", "до 2026", "jusqu'au 31 mars 2025", "kuni 2026"],
    "start-without-end": ["2024–", "2024 -", "from 2024", "since May 2024", "ab 2024", "з 2024"],
    "not-a-date": [*NO_DATES, *NO_DATE_CELLS],
}


@pytest.mark.parametrize(("cell", "canonical"), EXAMPLES, ids=str)
def test_a_date_as_people_write_it(cell, canonical):
    assert dates([cell], "period") == [canonical]


@pytest.mark.parametrize(
    ("rule", "cell"), [(rule, cell) for rule, cells in FINDINGS.items() for cell in cells], ids=lambda each: str(each)[:40]
)
def test_what_has_no_single_meaning_is_asked_back(rule, cell):
    assert one(cell) == [rule]


AMBIGUOUS = ["ambiguous-date"]
COLUMNS = [
    (["03/04/2025", "25/12/2025"], ["2025-04-03", "2025-12-25"]),
    (["03/04/2025", "12/25/2025"], ["2025-03-04", "2025-12-25"]),
    (["03/04/2025", "12/25/2025", "25/12/2025"], [AMBIGUOUS, "2025-12-25", "2025-12-25"]),
    (["03/04/2025", "25.12.2025"], [AMBIGUOUS, "2025-12-25"]),
    (["03/04/2025", "2025-12-25", date(2025, 12, 25)], [AMBIGUOUS, "2025-12-25", "2025-12-25"]),
    (["3/4/25", "12/25/24"], ["2025-03-04", "2024-12-25"]),
    (["25-07-02", "31-12-25"], [AMBIGUOUS, AMBIGUOUS]),
    (["25-07-02", "99-12-25"], ["2025-07-02", "1999-12-25"]),
    (["25-07-02", "31-12-2025"], [AMBIGUOUS, "2025-12-31"]),
    (["06/08/2024", "8/22/22 - 10/27/23"], [AMBIGUOUS, "2022-08-22/2023-10-27"]),
    (["06/08/2024", "8/22/22", "25/12/2024"], [AMBIGUOUS, "2022-08-22", "2024-12-25"]),
    (["01/03/2025 - 31/03/2025", "02/03/2025"], ["2025-03-01/2025-03-31", "2025-03-02"]),
]


@pytest.mark.parametrize(("column", "found"), COLUMNS, ids=str)
def test_the_other_dates_of_the_column_decide_only_if_they_agree_and_are_written_alike(column, found):
    assert read(*column) == found


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        (45658, "serial-date"),
        (45658.75, "serial-date"),
        ("45658", "serial-date"),
        ("25/12/25", "two-digit-year"),
        ("2-Jul-25", "two-digit-year"),
    ],
)
def test_what_was_concluded_is_said(cell, rule):
    (found,) = dates([cell], "period")
    assert (found.rule, found.facts) == (rule, {"taken": found.value})


def test_an_end_may_be_written_with_its_until_and_a_start_with_its_from():
    assert dates(["until 27/7/2022"], "end") == [Noted("2022-07-27", "word-left-out", {"taken": "2022-07-27"})]
    assert dates(["from May 2024"], "start") == [Noted("2024-05", "word-left-out", {"taken": "2024-05"})]
    assert read("from 2024", name="end") == [["start-without-end"]]
    assert read("until 2024", name="start") == [["end-without-start"]]


def test_dates_that_a_program_with_the_month_first_may_have_swapped_are_said():
    moments = [date(2025, 3, day) for day in range(1, 7)]
    found = dates([*moments, "25/12/2025"], "period")
    assert [each.rule for each in found[:-1]] == ["perhaps-swapped"] * 6 and found[-1] == "2025-12-25"
    assert read(*moments, "25/12/2025", "03/04/2025")[-1] == "2025-04-03"
    assert not any(isinstance(each, Noted) for each in dates([*moments, date(2025, 3, 13), "25/12/2025"], "period"))


@pytest.mark.parametrize("cell", ["2025", 2025, "2025-07", "2025-Q3", "2025/2026", "Jan-Mar 2025"])
def test_a_day_is_asked_for_where_only_a_day_will_do(cell):
    assert [bare(meaning) for meaning in days([cell], "period_start")] == [["not-a-day"]]


def test_a_full_day_is_a_date():
    found = days(["2 July 2025", 45658, "until 3 July 2025"], "period_end")
    assert [bare(meaning) for meaning in found] == [date(2025, 7, 2), date(2025, 1, 1), date(2025, 7, 3)]
