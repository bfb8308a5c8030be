"""From values to places: numbers, days and names along an axis, as Plotly takes them, and the marks at round values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import ceil, floor, log10
from typing import Any, Literal

from babel.dates import format_skeleton
from babel.numbers import format_decimal, format_percent

from tallinn.wording import locale

Kind = Literal["number", "day", "name"]
DAY = 86_400_000
"""A day in milliseconds, which Plotly measures time in."""
MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)
DAYS = (1, 2, 7, 14)


@dataclass(frozen=True)
class Scale:
    """Values from `low` to `high` (which may be the smaller one) between the places `start` and `end`. `names`: those of a Kind "name"."""

    kind: Kind
    low: float
    high: float
    start: float
    end: float
    names: tuple[str, ...] = ()

    def at(self, value: Any) -> float:
        """The place of a value, within the axis or beyond it."""
        return self.start + (measure(value, self.kind, self.names) - self.low) / (self.high - self.low) * (self.end - self.start)

    def along(self, length: float) -> float:
        """How far apart two values are that differ by this much."""
        return length / (self.high - self.low) * (self.end - self.start)


def measure(value: Any, kind: Kind, names: Sequence[str] = ()) -> float:
    """A value as a number: days as milliseconds, names as where they stand in the order."""
    if kind == "day":
        return moment(value)
    return float(names.index(str(value))) if kind == "name" and str(value) in names else float(value)


def moment(value: Any) -> float:
    """A day or a moment, as text or as a date, in milliseconds since 1970."""
    if isinstance(value, (int, float)):
        return float(value)
    found = value if isinstance(value, datetime) else datetime.fromisoformat(value.isoformat() if isinstance(value, date) else str(value))
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp() * 1000


def kind_of(values: Iterable[Any], stated: str | None) -> Kind:
    """What stands on an axis: as it says, else by its first value."""
    kinds: dict[str | None, Kind] = {"date": "day", "category": "name", "linear": "number"}
    if stated in kinds:
        return kinds[stated]
    first = next((value for value in values if value is not None), 0)
    if isinstance(first, date):
        return "day"
    return "number" if not isinstance(first, str) else "day" if _is_day(first) else "name"


def _is_day(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return len(text) >= len("2024-01-01")


def round_values(low: float, high: float, most: int) -> list[float]:
    """Round numbers between two, at most about so many."""
    low, high = min(low, high), max(low, high)
    rough = (high - low) / max(most, 1) or 1.0
    unit = 10.0 ** floor(log10(rough))
    step = next(unit * factor for factor in (1, 2, 5, 10) if unit * factor >= rough * 0.999)
    return [round(n * step, 12) for n in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)]


def round_days(low: float, high: float, most: int) -> list[tuple[float, str]]:
    """Beginnings of years, quarters, months or days between two moments, at most about so many, each with its words."""
    first, last = (datetime.fromtimestamp(at / 1000, UTC) for at in (min(low, high), max(low, high)))
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= 2:
        span = (last - first).days + 1
        step = next((each for each in DAYS if span / each <= most), DAYS[-1])
        at = [min(low, high) + n * step * DAY for n in range(span // step + 1)]
        return [(each, format_skeleton("MMMd", datetime.fromtimestamp(each / 1000, UTC), locale=locale())) for each in at]
    step = next((each for each in MONTHS if months / each <= most), MONTHS[-1])
    start = first.year * 12 - first.year * 12 % step
    days = [datetime(n // 12, n % 12 + 1, 1, tzinfo=UTC) for n in range(start, last.year * 12 + last.month, step)]
    skeleton = "y" if step >= 12 else "yMMM"
    return [(day.timestamp() * 1000, format_skeleton(skeleton, day, locale=locale())) for day in days if first <= day <= last]


def number_words(value: float, form: str) -> str:
    """A number on an axis in the reader's language; `form` is Plotly's, of which a percentage is the only one that differs."""
    if form.endswith("%"):
        return format_percent(value, locale=locale())
    return format_decimal(value, locale=locale())
