"""Rules of quality, held against a twin in Python; and every row that keeps a rule not is listed."""

from typing import Any

import pandas as pd

from tallinn.ask import ask
from tests.samples import store

SOURCED = {"source_url": "https://a.example", "source_publisher": "A", "source_date": "2025-01-01"}
CONTRIBUTIONS: list[dict[str, Any]] = [
    {"contribution_id": "full", "donor_id": "EST", "amount": 5, "value_date": "2025-01-02", "project_ids": "P-1", **SOURCED},
    {"contribution_id": "bare", "donor_id": "EST", "amount": None, "currency": None, "value_date": None, "source_url": None},
    {"contribution_id": "period", "donor_id": "SWE", "amount": 7, "value_date": None, "period": "2025", **SOURCED, "source_date": None},
]
PROJECTS: list[dict[str, Any]] = [
    {"project_id": "P-1", "donor_ids": "EST; SWE", "status": "2", "start": "2024", "planned_end": "2026", "category": "training"},
    {"project_id": "P-2", "donor_ids": "SWE", "status": None, "start": None, "budget": 10, "currency": "EUR", "implementers": "One"},
]


def parts() -> tuple[dict[tuple[str, str], tuple[int, int]], pd.DataFrame]:
    asked = store(contributions=CONTRIBUTIONS, projects=PROJECTS)
    rows = ask(asked, "data_quality").rows
    found = {(one.donor_id, one.rule): (one.rows_good, one.of_rows) for one in rows.itertuples()}
    return found, ask(asked, "data_gaps").rows


def test_a_rule_is_kept_by_the_rows_that_say_what_it_asks_for():
    found, _gaps = parts()
    assert found["EST", "amount"] == (1, 2) and found["EST", "date"] == (1, 2) and found["EST", "project"] == (1, 2)
    assert found["SWE", "date"] == (1, 1) and found["SWE", "contribution_source"] == (0, 1)
    assert found["EST", "status"] == (1, 1) and found["SWE", "status"] == (1, 2)
    assert found["EST", "start_and_end"] == (1, 1) and found["SWE", "start_and_end"] == (1, 2)
    assert found["SWE", "budget"] == (1, 2) and found["EST", "kind"] == (1, 1) and found["SWE", "carried_out_by"] == (1, 2)


def test_what_is_missing_is_listed_row_by_row():
    found, gaps = parts()
    missing = {key: of - good for key, (good, of) in found.items() if of - good}
    assert missing == {(str(donor), str(rule)): n for (donor, rule), n in gaps.groupby(["donor_id", "rule"]).size().items()}
    assert set(gaps[gaps["rule"] == "budget"]["row_id"]) == {"P-1"}


def test_a_donor_without_rows_has_no_part_at_all():
    found, _gaps = parts()
    assert {donor for donor, _rule in found} == {"EST", "SWE"}
