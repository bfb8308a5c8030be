"""What a series of counts tells: its level, its band, its seasons and where it changed. Pure functions of numbers.

scipy, statsmodels and ruptures are loaded when they are asked for the first time: a second that no start of the dashboard has to wait.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import log, sqrt
from statistics import median

SURE = 0.95
USUAL, EMPTY = 10, 3
"""Incidents in a usual period, and empty periods after each other, that make a gap of a silence: by chance it would be one in e³⁰."""
FEWEST = 12
"""Periods in which a change of level can be looked for."""


def stretches(counts: Sequence[int]) -> list[tuple[int, int]]:
    """From where to where (exclusive) a list covers its time. Three periods without any incident, where ten are usual, are a gap."""
    usual = median([each for each in counts if each] or [0])
    parts, start, at = [], 0, 0
    while at < len(counts):
        end = at
        while end < len(counts) and not counts[end]:
            end += 1
        if usual >= USUAL and end - at >= EMPTY and at > start:
            parts.append((start, at))
            start = end
        at = max(end, at + 1)
    return [*parts, (start, len(counts))] if start < len(counts) else parts


def moving_average(counts: Sequence[int], window: int) -> list[float | None]:
    """The mean of each period and those before it; None until there are enough of them."""
    return [sum(counts[at + 1 - window : at + 1]) / window if at + 1 >= window else None for at in range(len(counts))]


def band(n: int) -> tuple[float, float]:
    """Between which rates the true one lies with 95 %, if incidents are independent: exact for a Poisson count (Garwood 1936)."""
    from scipy.stats import chi2

    beyond = (1 - SURE) / 2
    return (float(chi2.ppf(beyond, 2 * n)) / 2 if n else 0.0, float(chi2.ppf(1 - beyond, 2 * (n + 1))) / 2)


def dispersion(counts: Sequence[int]) -> float | None:
    """Variance by mean: 1 where incidents are independent, more where they come in waves, which makes `band` too narrow."""
    n, mean = len(counts), sum(counts) / len(counts) if counts else 0.0
    return sum((each - mean) ** 2 for each in counts) / (n - 1) / mean if n > 2 and mean else None


def changes(counts: Sequence[int]) -> list[int]:
    """Where the level changes: the first period of each new level. PELT (Killick 2012), least squares, penalty 3 σ² ln n.

    Of 2√(n+3/8), whose spread does not grow with the level (Anscombe 1948); σ² is told robustly from differences of neighbours.
    """
    if len(counts) < FEWEST:
        return []
    import numpy as np
    from ruptures import KernelCPD

    signal = np.array([2 * sqrt(each + 3 / 8) for each in counts])
    spread = median(abs(later - one) for one, later in pairwise(signal)) / 0.9539
    variance = max(float(spread) ** 2, 0.25)
    # PELT in C; its linear kernel is least squares.
    found = KernelCPD(kernel="linear", min_size=3).fit(signal).predict(pen=3 * variance * log(len(signal)))
    return [int(at) for at in found[:-1]]


def seasonality(counts: Sequence[int], a_year: int) -> float | None:
    """How much of what is not trend comes back every year, 0 to 1 (STL; strength after Wang, Smith and Hyndman 2006).

    None for less than two full years.
    """
    if a_year < 2 or len(counts) < 2 * a_year:
        return None
    import numpy as np
    from statsmodels.tsa.seasonal import STL

    parts = STL(np.array(counts, dtype=float), period=a_year, robust=True).fit()
    whole = float(np.var(parts.seasonal + parts.resid))
    return max(0.0, 1 - float(np.var(parts.resid)) / whole) if whole else 0.0


def unequal(counts: Sequence[int], expected: Sequence[float]) -> float | None:
    """How likely differences as large as these come by chance (chi-square test); None where fewer than five are expected somewhere."""
    if not counts or min(expected) < 5:
        return None
    from scipy.stats import chisquare

    return float(chisquare(counts, expected).pvalue)
