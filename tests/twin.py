"""The money figures once more, slowly: plain loops over the files in data/, with decimal numbers. Shares no code with the package.

The rules are those of the design, data/README.md and data/reference/: what counts, for how many euros, and that money enters a sum once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from tests.twin_files import Contribution, rates

STAGES = ["pledge", "commitment", "disbursement", "expenditure"]
OLDEST_RATE = timedelta(days=7)
CENT = Decimal("0.01")

Figures = dict[str, Decimal | int | None]


@dataclass(frozen=True)
class Judged:
    """A contribution with what the rules make of it. `reason` is None for a row that counts."""

    row: Contribution
    euros: Decimal | None
    reason: str | None
    commits: bool
    disburses: bool
    still_pledged: Decimal | None


# Exchange rates


@cache
def rate_of(row: Contribution) -> Decimal | None:
    """The rate that a row is converted with: of its value date, else the mean of its period; None where there is none."""
    if row.currency == "EUR":
        return Decimal(1)
    daily = rates().get(row.currency or "", {})
    when = row.value_date or row.period
    if not when or not daily:
        return None
    first, last = span(when)
    if when == row.value_date and when == first.isoformat():
        days = [day for day in daily if first - OLDEST_RATE <= day <= first]
        return daily[max(days)] if days else None
    days = [day for day in daily if first <= day <= last]
    return sum((daily[day] for day in days), Decimal(0)) / len(days) if days and last <= max(daily) else None


def span(when: str) -> tuple[date, date]:
    """First and last day of a date as exact as its source, such as 2025-07-02, 2025-07, 2025-Q3, 2025-H2, 2025 or 2022/2024."""
    first, _, last = when.partition("/")
    return calendar()[first][0], calendar()[last or first][-1]


@cache
def calendar() -> dict[str, list[date]]:
    """The days of every day, month, quarter, half-year and year, by its text."""
    days: dict[str, list[date]] = {}
    for number in range(date(1990, 1, 1).toordinal(), date(2060, 1, 1).toordinal()):
        day = date.fromordinal(number)
        for text in (f"{day}", f"{day:%Y-%m}", f"{day:%Y}-Q{(day.month + 2) // 3}", f"{day:%Y}-H{(day.month + 5) // 6}", f"{day:%Y}"):
            days.setdefault(text, []).append(day)
    return days


# What the rules make of them


def judge(rows: list[Contribution], scope: str) -> list[Judged]:
    """Every row with its euros, why it does not count, and which sums it enters."""
    counted = {row.contribution_id: row for row in rows if reason(row, scope) is None}
    by_id = {row.contribution_id: row for row in rows}
    judged = []
    for row in rows:
        commits, disburses = (enters(row, stage, by_id, counted) for stage in ("commitment", "disbursement"))
        judged.append(Judged(row, euros(row.amount, row), reason(row, scope), commits, disburses, still_pledged(row, by_id, counted)))
    return judged


def reason(row: Contribution, scope: str) -> str | None:
    """Why a row does not count, the first that holds; None if it counts."""
    if row.not_counted == "cancelled":
        return "cancelled"
    if row.duplicate_of or row.not_counted == "duplicate":
        return "duplicate"
    if scope == "mechanism" and row.within_mechanism != "yes":
        return "outside_mechanism"
    if row.not_counted:
        return row.not_counted
    if row.in_kind and row.amount is None:
        return "in_kind_without_value"
    if row.amount is None or row.currency is None:
        return "amount_unknown"
    return "no_exchange_rate" if rate_of(row) is None else None


def euros(amount: Decimal | None, row: Contribution) -> Decimal | None:
    """An amount in the currency of a row at the rate of that row, to the cent."""
    rate = rate_of(row) if row.currency else None
    return None if amount is None or rate is None else (amount / rate).quantize(CENT, ROUND_HALF_UP)


def enters(row: Contribution, stage: str, by_id: Mapping[str, Contribution], counted: Iterable[str]) -> bool:
    """Whether a row brings money into a stage: it counts, has come so far, and no row before it has brought the same money in."""
    if row.contribution_id not in counted or STAGES.index(row.stage) < STAGES.index(stage):
        return False
    earlier = by_id.get(row.realises or "")
    while earlier:
        if earlier.contribution_id in counted and STAGES.index(earlier.stage) >= STAGES.index(stage):
            return False
        earlier = by_id.get(earlier.realises or "")
    return True


def still_pledged(pledge: Contribution, by_id: Mapping[str, Contribution], counted: Mapping[str, Contribution]) -> Decimal | None:
    """What is left of a pledge after the counted rows that realise it with no counted row between; None for any other row."""
    if pledge.stage != "pledge" or pledge.contribution_id not in counted:
        return None
    left = euros(pledge.amount, pledge) or Decimal(0)
    for row in counted.values():
        if nearest_counted(row, by_id, counted) is pledge:
            left -= euros(row.amount, pledge if row.currency == pledge.currency else row) or Decimal(0)
    return max(left, Decimal(0))


def nearest_counted(row: Contribution, by_id: Mapping[str, Contribution], counted: Iterable[str]) -> Contribution | None:
    """The counted row of which this one is the next stage on file."""
    earlier = by_id.get(row.realises or "")
    while earlier and earlier.contribution_id not in counted:
        earlier = by_id.get(earlier.realises or "")
    return earlier


# The figures


def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; unknown where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def sums(judged: list[Judged]) -> Figures:
    """The headline of these rows, which may be all or those of one donor."""
    committed, disbursed = (total(found.euros for found in judged if getattr(found, flag)) for flag in ("commits", "disburses"))
    return {
        "committed_eur": committed,
        "disbursed_eur": disbursed,
        "not_yet_disbursed_eur": total([committed, None if disbursed is None else -disbursed]),
        "pledged_not_committed_eur": total(found.still_pledged for found in judged),
        "rows_on_file": len(judged),
        "rows_counted": sum(found.reason is None for found in judged),
        "rows_without_rate": sum(found.reason == "no_exchange_rate" for found in judged),
    }


def ladder(judged: list[Judged]) -> dict[str, Figures]:
    """The headline of each donor."""
    return {donor: sums([found for found in judged if found.row.donor_id == donor]) for donor in {found.row.donor_id for found in judged}}


def waterfall(judged: list[Judged]) -> dict[str, tuple[int, Decimal | None, int]]:
    """Rows, euros and rows without euros of each step from all rows to the committed total."""
    steps: dict[str, list[Judged]] = {"all": judged, "committed": [], "pledges": [], "payments": []}
    for found in judged:
        counted = "committed" if found.commits else "pledges" if found.row.stage == "pledge" else "payments"
        steps.setdefault(found.reason or counted, []).append(found)
    return {step: (len(rows), total(map(_own_euros, rows)), sum(found.euros is None for found in rows)) for step, rows in steps.items()}


def _own_euros(found: Judged) -> Decimal | None:
    """Euros that a row brings into the committed total, or would bring in if it counted."""
    brings_in = found.commits if found.reason is None else found.row.stage != "pledge" and not found.row.realises
    return found.euros if brings_in else None


def by_year(judged: list[Judged]) -> dict[tuple[str, str], Decimal | None]:
    """Euros that entered each stage, by the year of the value date, else of the period."""
    entered: dict[tuple[str, str], list[Decimal | None]] = {}
    for found in judged:
        if found.commits:
            entered.setdefault((_year(found.row), "commitment"), []).append(found.euros)
        if found.disburses:
            entered.setdefault((_year(found.row), "disbursement"), []).append(found.euros)
        if found.still_pledged is not None:
            entered.setdefault((_year(found.row), "pledge"), []).append(found.still_pledged)
    return {key: total(amounts) for key, amounts in entered.items()}


def _year(row: Contribution) -> str:
    when = row.value_date or row.period
    if not when:
        return "no_date"
    first, last = span(when)
    return str(first.year) if first.year == last.year else "several_years"


def by_category(judged: list[Judged], categories: Mapping[str, str]) -> dict[str, Decimal | None]:
    """Committed euros by the category of the projects that the row pays for."""
    committed: dict[str, list[Decimal | None]] = {}
    for found in judged:
        projects = (found.row.project_ids or "").split("; ")
        named = {categories[project] for project in projects if categories.get(project)}
        category = "not_stated" if not named else named.pop() if len(named) == 1 else "several_categories"
        if found.commits:
            committed.setdefault(category, []).append(found.euros)
    return {category: total(amounts) for category, amounts in committed.items()}


def by_donor(judged: list[Judged]) -> dict[str, dict[str, Decimal | int | float | None]]:
    """What each donor has pledged, its part of all commitments, and its place among those who have committed."""
    whole = total(found.euros for found in judged if found.commits)
    sums_of = ladder(judged)
    ranked = sorted((figures["committed_eur"] for figures in sums_of.values() if figures["committed_eur"] is not None), reverse=True)
    said = {}
    for donor, figures in sums_of.items():
        own, committed = [found for found in judged if found.row.donor_id == donor], figures["committed_eur"]
        said[donor] = {
            **figures,
            "pledged_eur": total(found.euros for found in own if found.reason is None and found.row.stage == "pledge"),
            "share_of_committed": float(committed / whole) if committed is not None and whole else None,
            "place": None if committed is None else ranked.index(committed) + 1,
            "donors_committed": len(ranked),
        }
    return said


def over_time(judged: list[Judged], donor: str) -> dict[str, list[tuple[date | None, Decimal]]]:
    """The running total of each stage of a donor on each day on which it grew; what has no date comes last."""
    grown: dict[str, dict[date | None, Decimal]] = {"pledge": {}, "commitment": {}, "disbursement": {}}
    for found in (found for found in judged if found.row.donor_id == donor and found.reason is None):
        when = found.row.value_date or found.row.period
        day = span(when)[1] if when else None
        entered = {"pledge": found.row.stage == "pledge", "commitment": found.commits, "disbursement": found.disburses}
        for stage in (stage for stage, enters_it in entered.items() if enters_it):
            grown[stage][day] = grown[stage].get(day, Decimal(0)) + (found.euros or Decimal(0))
    return {stage: _running(days) for stage, days in grown.items() if days}


def _running(days: Mapping[date | None, Decimal]) -> list[tuple[date | None, Decimal]]:
    reached, line = Decimal(0), []
    for day in sorted(days, key=lambda day: (day is None, day or date.min)):
        reached += days[day]
        line.append((day, reached))
    return line


def by_donor_and_year(judged: list[Judged]) -> dict[tuple[str, str, int | None], Decimal | None]:
    """Euros that each donor committed and paid in each year; None for no year or several."""
    entered: dict[tuple[str, str, int | None], list[Decimal | None]] = {}
    for found in judged:
        year = int(_year(found.row)) if _year(found.row).isdigit() else None
        for stage in (stage for stage, enters_it in (("commitment", found.commits), ("disbursement", found.disburses)) if enters_it):
            entered.setdefault((found.row.donor_id, stage, year), []).append(found.euros)
    return {key: total(amounts) for key, amounts in entered.items()}


def by_channel(judged: list[Judged], donor: str) -> dict[str | None, tuple[int, Decimal | None, Decimal | None]]:
    """Rows, euros committed and euros paid of a donor by the channel that the row names."""
    own = [found for found in judged if found.row.donor_id == donor]
    return {
        channel: (
            sum(found.row.channel == channel for found in own),
            total(found.euros for found in own if found.row.channel == channel and found.commits),
            total(found.euros for found in own if found.row.channel == channel and found.disburses),
        )
        for channel in {found.row.channel for found in own}
    }
