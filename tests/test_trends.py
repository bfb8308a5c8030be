"""What a series of counts tells, against what is known of it."""

from itertools import pairwise
from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallinn import trends


def test_the_band_is_that_of_the_tables():
    """Garwood's exact limits for 0, 10 and 100 cases."""
    assert trends.band(0) == pytest.approx((0, 3.69), abs=0.01)
    assert trends.band(10) == pytest.approx((4.80, 18.39), abs=0.01)
    assert trends.band(100) == pytest.approx((81.36, 121.63), abs=0.01)


def test_a_mean_waits_for_enough_periods():
    assert trends.moving_average([1, 2, 3, 4], 3) == [None, None, 2, 3]


def test_a_jump_is_found_where_it_is_and_noise_is_not_taken_for_one():
    noise = [20, 24, 18, 22, 19, 23, 21, 17, 22, 20, 24, 18]
    assert trends.changes([*noise, *(3 * n for n in noise)]) == [12]
    assert trends.changes([*noise, *noise]) == []
    assert trends.changes(noise[:6]) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 80), st.integers(3, 12)), min_size=3, max_size=6), st.integers(0, 2**32 - 1))
def test_no_other_changes_would_be_much_cheaper(levels, seed):
    """Against all ways to cut the series into levels of three periods or more, found slowly; the method may miss the best by little."""
    chance = np.random.default_rng(seed)
    counts = [int(chance.poisson(level)) for level, length in levels for _n in range(length)]
    signal = np.array([2 * sqrt(each + 3 / 8) for each in counts])
    penalty = 3 * max((float(np.median(np.abs(np.diff(signal)))) / 0.9539) ** 2, 0.25) * log(len(counts))

    def cost(start: int, end: int) -> float:
        return float(np.var(signal[start:end])) * (end - start) + penalty

    cheapest = {0: 0.0}
    for end in range(3, len(counts) + 1):
        cheapest[end] = min(cheapest[start] + cost(start, end) for start in cheapest if end - start >= 3)
    found = [0, *trends.changes(counts), len(counts)] if len(counts) >= trends.FEWEST else []
    assert not found or sum(cost(*each) for each in pairwise(found)) <= 1.01 * cheapest[len(counts)]


def test_a_season_is_told_from_noise():
    year = [10, 12, 30, 50, 70, 90, 90, 70, 50, 30, 12, 10]
    assert (trends.seasonality(year * 4, 12) or 0) > 0.9
    assert trends.seasonality(year, 12) is None


@pytest.mark.parametrize(("numbers", "chance"), [([100, 101, 99, 100, 102, 98, 100], True), ([100, 300, 100, 100, 100, 20, 20], False)])
def test_days_of_the_week_differ_by_chance_or_not(numbers, chance):
    likely = trends.unequal(numbers, [sum(numbers) / 7] * 7)
    assert likely is not None and (likely > 0.05) == chance
    assert trends.unequal([1, 0, 0, 1, 0, 0, 0], [2 / 7] * 7) is None


def test_a_long_silence_in_a_busy_list_is_a_gap_and_a_quiet_list_has_none():
    assert trends.stretches([30, 40, 0, 0, 0, 0, 35, 0, 20]) == [(0, 2), (6, 9)]
    assert trends.stretches([1, 0, 0, 0, 0, 2]) == [(0, 6)]
    assert trends.stretches([]) == []


@given(st.lists(st.integers(0, 60), max_size=40))
def test_no_incident_is_lost_in_a_gap(counts):
    parts = trends.stretches(counts)
    assert sum(sum(counts[start:end]) for start, end in parts) == sum(counts)
    assert all(start < end for start, end in parts) and all(end <= start for (_s, end), (start, _e) in pairwise(parts))
