"""What the lake holds after all files is what was invented: to the cent, and field by field. So the ingest has read every form right."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from tallinn.ask import ask
from tallinn.audience import Audience
from tallinn.datasets import datasets
from tallinn.demonstration.facts import Fact, Facts, parts, true_rows
from tallinn.demonstration.forms import forms
from tallinn.lake import Lake
from tallinn.releases import working
from tallinn.store import Store, open_store
from tests import twin
from tests.twin_files import Contribution

DONORS = [row["donor"] for row in parts("donors")]
KEPT = (
    "projects",
    "contributions",
    "incidents",
    "incident_counts",
    "needs",
    "capabilities",
    "organisations",
    "milestones",
    "reported_totals",
)


@pytest.fixture(scope="module")
def store(demonstration: Lake) -> Store:
    return open_store(demonstration, Audience("staff"), working(demonstration))


@pytest.fixture(scope="module")
def contributions(facts: Facts) -> list[Contribution]:
    """The invented rows as the twin knows them; those that have no key get one."""
    names = Contribution.__dataclass_fields__
    rows = ({"contribution_id": f"without-key-{at}", **row} for at, row in enumerate(true_rows(facts, "contributions")))
    return [Contribution(**{name: value for name, value in row.items() if name in names}) for row in rows]


@pytest.mark.parametrize("scope", ["mechanism", "related"])
def test_the_sums_of_each_donor_are_those_of_the_invented_rows(scope, store, contributions):
    expected = twin.ladder(twin.judge(contributions, scope))
    answered = {row["donor_id"]: row for row in ask(store, "donor_ladder", scope=scope).rows.astype(object).to_dict("records")}
    for donor in DONORS:
        for name in ("committed_eur", "disbursed_eur", "pledged_not_committed_eur", "rows_counted", "rows_without_rate"):
            assert cents(answered[donor][name]) == cents(expected[donor][name]), (donor, name)


def test_the_original_amounts_are_those_of_the_invented_rows(demonstration, facts):
    assert by_kind(demonstration.table("contributions").to_pylist()) == by_kind(true_rows(facts, "contributions"))


@pytest.mark.parametrize("dataset", KEPT)
def test_every_row_says_in_the_lake_what_was_invented(dataset, demonstration, facts):
    key = datasets()[dataset].key
    on_file = {row[key]: row for row in demonstration.table(dataset).to_pylist()}
    expected = list(said_by_files(dataset, facts))
    assert expected
    for fact, fields in expected:
        row = on_file[fact.row[key]]
        assert {name: row[name] for name in fields} == {name: fact.row.get(name) for name in fields}


def test_rows_that_cannot_be_read_are_held_and_no_others(demonstration, facts):
    faults = Counter(rule_of(fact) for of_form in facts.values() for fact in of_form.get("contributions", ()) if fact.fault)
    assert sum(faults.values()) == len(DONORS)
    assert Counter(found["rule"] for found in demonstration.table("findings").to_pylist() if found["level"] == "error") == faults
    assert demonstration.table("held_rows").num_rows == len(DONORS)


def test_there_is_as_much_as_training_needs(demonstration, facts):
    counts = {dataset: demonstration.table(dataset).num_rows for dataset in KEPT}
    assert counts["incidents"] == 40_000
    assert 350 <= counts["projects"] <= 450
    assert 2_700 <= counts["contributions"] <= 3_300
    assert 35 <= len(demonstration.history()) <= 45
    assert all(counts.values())
    assert any(fact.earlier for fact in facts["EST"]["contributions"])
    assert any(fact.withdrawn for fact in facts["CAN"]["contributions"])


def said_by_files(dataset: str, facts: Facts) -> Iterator[tuple[Fact, frozenset[str]]]:
    """Each true fact of a form that names its rows, and the fields that all of its files state."""
    key = datasets()[dataset].key
    for name, of_form in facts.items():
        stated = [sheet.fields for file in forms()[name].files for sheet in file.sheets if sheet.dataset == dataset]
        fields = frozenset.intersection(*stated) if stated else frozenset()
        if key in fields:
            yield from ((fact, fields) for fact in of_form.get(dataset, ()) if not fact.fault and not fact.withdrawn)


def rule_of(fact: Fact) -> str:
    return next(row["rule"] for row in parts("faults") if (row["field"], row["text"]) == fact.fault)


def by_kind(rows: list[Any]) -> dict[tuple[str, ...], tuple[int, Decimal]]:
    """Number of rows and sum of amounts by donor, stage, currency, reason and place in the Mechanism."""
    kinds = ("donor_id", "stage", "currency", "within_mechanism", "not_counted", "value_date")
    sums: dict[tuple[str, ...], tuple[int, Decimal]] = {}
    for row in rows:
        kind = tuple(str(row.get(name)) for name in kinds)
        count, amount = sums.get(kind, (0, Decimal(0)))
        sums[kind] = (count + 1, amount + (row.get("amount") or 0))
    return sums


def cents(value: Any) -> Decimal:
    return Decimal(0) if value is None or value != value else Decimal(str(value)).quantize(Decimal("0.01"))
