"""Invented money: pledges, commitments, payments and spending for each project, as far as the donor's form can say it."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tallinn.demonstration.facts import FIRST_DAY, LAST_DAY, Fact, Row, parts, rounded, some_day, sourced, stated
from tallinn.demonstration.forms import Form

TLP = {"TLP:CLEAR": 93, "TLP:GREEN": 3, "TLP:AMBER": 2, None: 2}
NOT_COUNTED = {None: 965, "military": 10, "internal_transfer": 10, "background": 15}
CENT = Decimal("0.01")


@dataclass
class Purse:
    """One donor's rows while they are made: its usual and its second currency, what its form can say, and the number of the next row."""

    draw: Random
    donor: str
    currencies: Sequence[str]
    says: AbstractSet[str]
    constants: Row
    number: int = 0

    def fact(self, day: date, **said: Any) -> Fact:
        """A row of this donor: what its form cannot say is left out, what a person says of all its rows holds."""
        self.number += 1
        row = {
            "contribution_id": f"{self.donor}-{self.number:04}",
            "donor_id": self.donor,
            "value_date": stated(self.draw, day) if self.draw.random() < 0.99 else None,
            "within_mechanism": "yes",
            "in_kind": False,
            "confidence": self.draw.choice(["high", "high", "medium"]),
            "tlp": self.draw.choices(list(TLP), list(TLP.values()))[0] if "tlp" in self.says else "TLP:CLEAR",
            **said,
        }
        if row.get("amount") is None:
            row["currency"] = None
        sayable = {name: value for name, value in row.items() if name in self.says}
        return Fact(sourced({**sayable, **self.constants}, f"funding/{self.donor.lower()}/{day.year}"), day)


def invent_money(draw: Random, donor: Mapping[str, str], projects: Sequence[Fact], form: Form) -> list[Fact]:
    """The contributions of a donor to its projects. A form that names no stages speaks of one only."""
    says, constants = form.says("contributions"), form.sheet("contributions").decisions.constants
    second = donor["second_currency"] if form.several_currencies else ""
    purse = Purse(draw, donor["donor"], [donor["currency"], second or donor["currency"]], says, constants)
    facts = [fact for project in projects for fact in _of_project(purse, project, constants.get("stage"))]
    return _troubled(draw, facts, says, withdrawn=2 if form.mode == "replace" else 0)


def _of_project(purse: Purse, project: Fact, stage: str | None) -> Iterator[Fact]:
    """All money of one project. Without keys nothing can name an earlier stage, so there is only one."""
    about = _about(purse, project)
    euros = float(project.row.get("budget") or rounded(purse.draw.lognormvariate(13.2, 0.8)))
    budget = rounded(euros * next(float(row["per_euro"]) for row in parts("currencies") if row["currency"] == about["currency"]))
    if stage:
        for part in _split(purse.draw, budget, purse.draw.choices([1, 2, 3, 4], [40, 30, 20, 10])[0]):
            yield purse.fact(some_day(purse.draw, project.day), stage=stage, amount=part, **about)
        return
    pledge = None
    if purse.draw.random() < 0.4:
        pledge = purse.fact(max(project.day - timedelta(days=90), FIRST_DAY), stage="pledge", amount=budget, **about)
        yield pledge
    for part in _split(purse.draw, budget, purse.draw.choices([0, 1, 2, 3], [7, 42, 33, 18])[0]):
        yield from _commitment(purse, project.day, part, {**about, "realises": pledge.row["contribution_id"] if pledge else None})


def _about(purse: Purse, project: Fact) -> Row:
    """What the rows of one project have in common."""
    return {
        "project_ids": project.row["project_id"],
        "purpose": project.row["title"],
        "channel": project.row["implementers"].split("; ")[0],
        "period": f"{project.day.year}/{project.day.year + 2}" if purse.draw.random() < 0.2 else None,
        "currency": purse.draw.choices(purse.currencies, [92, 8])[0],
        "within_mechanism": project.row["within_mechanism"],
    }


def _split(draw: Random, amount: Decimal, count: int) -> list[Decimal]:
    """So many parts, together at most the amount; the last of them is often to the cent."""
    round_parts = [rounded(float(amount) / count * draw.uniform(0.7, 0.99)) for _ in range(count)]
    cents = Decimal(draw.randrange(10_000)) / 100 if draw.random() < 0.3 else Decimal(0)
    return [part + cents if at == count else part for at, part in enumerate(round_parts, start=1)]


def _commitment(purse: Purse, since: date, amount: Decimal, about: Row) -> Iterator[Fact]:
    """A commitment with its payments and what was spent of them; some are cancelled, some in kind."""
    draw = purse.draw
    decided = some_day(draw, since, min(since + timedelta(days=200), LAST_DAY))
    if "not_counted" in purse.says and draw.random() < 0.08:
        yield purse.fact(decided, stage="commitment", amount=amount, not_counted="cancelled", **about)
        return
    special = draw.choices(list(NOT_COUNTED), list(NOT_COUNTED.values()))[0] if "not_counted" in purse.says else None
    about = {**about, "not_counted": special}
    committed = purse.fact(decided, stage="commitment", amount=amount, **about)
    yield committed
    own = {**about, "realises": committed.row["contribution_id"]}
    for count, part in enumerate(_split(draw, amount, draw.choices([1, 2, 3, 4, 5, 6], [4, 10, 20, 25, 22, 19])[0]), start=1):
        paid_on = decided + timedelta(days=count * draw.randrange(40, 150))
        if paid_on <= LAST_DAY:
            yield from _payment(purse, paid_on, part, own)


def _payment(purse: Purse, day: date, amount: Decimal, about: Row) -> Iterator[Fact]:
    """A payment or a delivery, sometimes with what was spent, sometimes paid back in part, sometimes reported twice."""
    draw = purse.draw
    if "in_kind" in purse.says and draw.random() < 0.07:
        yield purse.fact(day, stage="disbursement", in_kind=True, amount=amount if draw.random() < 0.4 else None, **about)
        return
    paid = purse.fact(day, stage="disbursement", amount=amount, **about)
    yield paid
    own = {**about, "realises": paid.row["contribution_id"]}
    later = day + timedelta(days=60)
    if later <= LAST_DAY and draw.random() < 0.3:
        yield purse.fact(later, stage="expenditure", amount=(amount * Decimal("0.6")).quantize(CENT), **own)
    if later <= LAST_DAY and draw.random() < 0.02:
        yield purse.fact(later, stage="disbursement", amount=-rounded(float(amount) / 10), **about)
    if "duplicate_of" in purse.says and draw.random() < 0.03:
        yield purse.fact(day, stage="disbursement", amount=amount, **{**about, "duplicate_of": paid.row["contribution_id"]})


def _troubled(draw: Random, facts: list[Fact], says: AbstractSet[str], *, withdrawn: int) -> list[Fact]:
    """Of the rows that no other row names, one has a fault, some are first reported with another amount, some are withdrawn."""
    named = {fact.row.get(name) for fact in facts for name in ("realises", "duplicate_of")} - {None}
    free = [at for at, fact in enumerate(facts) if fact.row.get("contribution_id") not in named]
    faulty, *chosen = draw.sample(free, min(2 + withdrawn + len(facts) // 30, len(free)))
    fault = draw.choice([each for each in parts("faults") if each["field"] in says])
    facts[faulty] = replace(facts[faulty], fault=(fault["field"], fault["text"]))
    for at in chosen[:withdrawn]:
        facts[at] = replace(facts[at], withdrawn=True)
    for at in chosen[withdrawn:]:
        if (amount := facts[at].row.get("amount")) and amount > 0:
            facts[at] = replace(facts[at], earlier={"amount": (amount * Decimal("0.9")).quantize(CENT)})
    return facts
