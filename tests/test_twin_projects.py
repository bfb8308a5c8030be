"""What the pages Donor and Project say agrees to the cent with the slow, plain Python twin, and so does each rule about delivery."""

from collections.abc import Iterator
from dataclasses import asdict, fields
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallinn.ask import ask
from tallinn.audience import Audience
from tallinn.datasets import datasets
from tallinn.lake import Lake
from tallinn.lake_tables import RECORDS, arrow, columns_of
from tallinn.releases import Release, published
from tallinn.store import Store, open_store, store_of
from tests import twin, twin_files, twin_projects
from tests.lakes import founded_once
from tests.test_twin import PHASES, filed, one_in, plain
from tests.twin_files import Contribution
from tests.twin_projects import Project

PUBLIC = Audience("public")
TODAY = date(2025, 7, 2)
RULES = ["late_start", "past_end", "paid_slower", "paid_faster"]

PARTS = st.sampled_from(["2024", "2025-Q2", "2025-H1", "2025-06", "2025-07", "2026"])
WHEN = st.one_of(st.dates(date(2024, 1, 1), date(2027, 1, 1)).map(date.isoformat), PARTS)
PROJECTS = st.builds(
    Project,
    project_id=st.just(""),
    status=st.sampled_from([None, "1", "2", "2", "2", "3", "4", "5", "6"]),
    start=one_in(3, WHEN),
    end=one_in(3, WHEN),
    planned_start=one_in(3, st.none(), WHEN),
    planned_end=one_in(3, st.none(), WHEN),
    actual_start=one_in(2, WHEN),
    actual_end=one_in(8, WHEN),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Lake(founded_once(tmp_path_factory)) as lake:
        yield open_store(lake, PUBLIC, published(lake))


@pytest.mark.parametrize("scope", ["mechanism", "related"])
def test_the_default_figures_of_each_donor_are_those_of_the_twin(store, scope):
    assert_donors_agree(store, twin_files.contributions(), scope)


def test_the_default_figures_of_each_project_are_those_of_the_twin(store):
    known = {field.name for field in fields(Project)}
    projects = [Project(**{name: text for name, text in row.items() if name in known and text}) for row in twin_files.projects()]
    assert len(projects) == 29
    assert_projects_agree(store, twin_files.contributions(), projects)


@given(rows=filed(), projects=st.lists(PROJECTS, min_size=4, max_size=4))
@settings(max_examples=16, deadline=None, derandomize=True, phases=PHASES, suppress_health_check=list(HealthCheck))
def test_made_up_donors_and_projects_are_those_of_the_twin(rows, projects):
    named = [Project(**{**asdict(project), "project_id": f"P-{number}"}) for number, project in enumerate(projects, start=1)]
    made_up = store_of_rows(rows, named)
    assert_projects_agree(made_up, rows, named)
    for scope in ("mechanism", "related"):
        assert_donors_agree(made_up, rows, scope)


def test_each_rule_says_of_projects_under_way_what_the_twin_says():
    """Money that is simple, and dates of which most are known, so that every rule finds something to say."""
    draw = Random(7)
    projects = [under_way(draw, f"P-{number}") for number in range(300)]
    rows = [row for project in projects for row in simple_money(project.project_id, draw.choice([0, *range(0, 130, 5)]))]
    made_up = store_of_rows(rows, projects)
    assert_delivery_agrees(made_up, rows, projects)
    said = {(row["rule"], row["state"]) for row in answered(made_up, "project_risks")}
    assert said >= {(rule, state) for rule in RULES for state in ("yes", "no", "unknown")}


def under_way(draw: Random, project_id: str) -> Project:
    days = [date(2024, 1, 1), date(2025, 3, 1), date(2024, 1, 1)]
    dates = [str(first + timedelta(days=draw.randrange(500))) if draw.random() < 0.9 else None for first in days]
    status = draw.choice(["2", "2", "2", "2", "1", "6", None])
    names = ("planned_start", "planned_end", "actual_start")
    return Project(project_id, status, **dict(zip(names, dates, strict=True)))


def simple_money(project_id: str, paid: int) -> list[Contribution]:
    """A commitment of 100 euro and what is paid of it."""
    about = {"donor_id": "EST", "within_mechanism": "yes", "currency": "EUR", "project_ids": project_id}
    committed = Contribution(f"C-{project_id}", stage="commitment", amount=Decimal(100), **about)
    payment = Contribution(f"D-{project_id}", stage="disbursement", amount=Decimal(paid), realises=committed.contribution_id, **about)
    return [committed, payment] if paid else [committed]


def store_of_rows(rows: list[Contribution], projects: list[Project]) -> Store:
    """What the public sees of these rows."""
    filled = {"contributions": [asdict(row) for row in rows], "projects": [asdict(project) for project in projects]}
    labelled = {name: pd.DataFrame([{**row, "tlp": "TLP:CLEAR"} for row in of_it], dtype=object) for name, of_it in filled.items()}
    tables = {name: arrow(labelled.get(name, pd.DataFrame()), columns_of(dataset)) for name, dataset in datasets().items()}
    tables["submissions"] = arrow(pd.DataFrame(), RECORDS["submissions"])
    return store_of(tables, PUBLIC, Release("made up", 1, TODAY))


def assert_donors_agree(store: Store, rows: list[Contribution], scope: str) -> None:
    judged = twin.judge(rows, scope)
    expected = twin.by_donor(judged)
    figures = {row["donor_id"]: row for row in answered(store, "donor_figures", scope=scope)}
    for donor, known in expected.items():
        assert alike(figures[donor], known), donor
        lines: dict[str, list[Any]] = {}
        for row in answered(store, "donor_over_time", scope=scope, donors=[donor]):
            lines.setdefault(row["stage"], []).append((row["date"] and row["date"].date(), row["amount_eur"]))
        assert lines == twin.over_time(judged, donor)
        channels = {
            row["channel"]: (row["contributions"], row["committed_eur"], row["disbursed_eur"])
            for row in answered(store, "donor_channels", scope=scope, donors=[donor])
        }
        assert channels == twin.by_channel(judged, donor)
    years = {(row["donor_id"], row["stage"], row["year"]): row["amount_eur"] for row in answered(store, "donor_years", scope=scope)}
    assert {key: amount for key, amount in years.items() if key[1]} == twin.by_donor_and_year(judged)
    committed = {
        (row["donor_id"], "commitment", row["year"]): row["committed_eur"] for row in answered(store, "donors_by_year", scope=scope)
    }
    assert committed == {key: amount for key, amount in twin.by_donor_and_year(judged).items() if key[1] == "commitment"}


def assert_projects_agree(store: Store, rows: list[Contribution], projects: list[Project]) -> None:
    for project in projects:
        answer = {row["donor_id"]: row for row in answered(store, "project_money", project=project.project_id)}
        expected = twin_projects.money(rows, project.project_id)
        assert answer.keys() == expected.keys()
        assert all(alike(answer[donor], expected[donor]) for donor in expected), project
    assert_delivery_agrees(store, rows, projects)


def assert_delivery_agrees(store: Store, rows: list[Contribution], projects: list[Project]) -> None:
    said = {(row["project_id"], row["rule"]): (row["state"], row["why"]) for row in answered(store, "project_risks")}
    for project in projects:
        expected = twin_projects.delivery(project, rows, store.release.date)
        assert {rule: said[project.project_id, rule] for rule in RULES} == expected, project


def alike(row: dict[str, Any], expected: dict[str, Any]) -> bool:
    """Cents are the same; a share is a quotient, in which the last digit may differ."""
    return all(
        row[name] == value or (isinstance(value, float) and float(row[name]) == pytest.approx(value)) for name, value in expected.items()
    )


def answered(store: Store, name: str, **parameters: Any) -> list[dict[str, Any]]:
    return [plain(row) for row in ask(store, name, **parameters).rows.to_dict("records")]
