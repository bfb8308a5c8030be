"""What has become of needs: told by the projects that name them, against a twin in Python."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallinn.ask import ask
from tests.samples import store

NEEDS = ["N-1", "N-2", "N-3"]
PROJECTS = st.lists(
    st.fixed_dictionaries(
        {
            "status": st.sampled_from([None, "1", "2", "3", "4", "5", "6"]),
            "need_ids": st.lists(st.sampled_from(NEEDS), unique=True, max_size=3).map(lambda ids: "; ".join(ids) or None),
        }
    ),
    max_size=6,
)


def state_in_python(need_id: str, projects: list[dict[str, Any]]) -> str:
    found = {project["status"] for project in projects if need_id in (project["need_ids"] or "").split("; ")}
    if not found:
        return "open"
    if found & {"2", "3"}:
        return "under_way"
    if "4" in found:
        return "delivered"
    return "planned" if "1" in found else "unclear"


@settings(max_examples=25, deadline=None)
@given(PROJECTS)
def test_the_state_of_a_need_is_that_of_the_projects_that_name_it(projects):
    projects = [{"project_id": f"P-{n}", **project} for n, project in enumerate(projects)]
    asked = store(needs=[{"need_id": need_id} for need_id in NEEDS], projects=projects)
    found = dict(ask(asked, "needs").rows[["need_id", "state"]].itertuples(index=False))
    assert found == {need_id: state_in_python(need_id, projects) for need_id in NEEDS}


def test_open_needs_come_first_the_oldest_of_them_before_the_others():
    needs = [
        {"need_id": "N-new", "stated_on": "2025-01-05"},
        {"need_id": "N-old", "stated_on": "2023"},
        {"need_id": "N-undated", "stated_on": None},
        {"need_id": "N-answered", "stated_on": "2020-01-01"},
    ]
    asked = store(needs=needs, projects=[{"project_id": "P", "status": "2", "need_ids": "N-answered"}])
    rows = ask(asked, "needs").rows
    assert rows["need_id"].tolist() == ["N-old", "N-new", "N-undated", "N-answered"]
    # A year counts from its last day.
    ages = dict(zip(rows["need_id"], rows["days_old"], strict=True))
    assert ages["N-old"] - ages["N-new"] == 371


def test_an_offer_fits_an_open_need_of_its_kind_unless_it_is_over():
    needs = [{"need_id": "N-open", "category": "training"}, {"need_id": "N-met", "category": "training"}, {"need_id": "N-other"}]
    offers = [
        {"capability_id": "now", "donor_id": "EST", "category": "training"},
        {"capability_id": "over", "donor_id": "EST", "category": "training", "available_until": "2020"},
        {"capability_id": "later", "donor_id": "SWE", "category": "training", "available_from": "2090"},
        {"capability_id": "else", "donor_id": "SWE", "category": "assessment"},
    ]
    asked = store(needs=needs, capabilities=offers, projects=[{"project_id": "P", "status": "4", "need_ids": "N-met"}])
    found = ask(asked, "need_matches").rows
    reasons = dict(zip(found["capability_id"], found["match_reason"], strict=True))
    assert reasons == {"now": "same_kind_no_date", "later": "same_kind_later"} and set(found["need_id"]) == {"N-open"}


@pytest.mark.parametrize(("status", "stands"), [("2", True), (None, True), ("5", False), ("6", False)])
def test_a_donor_stands_where_it_has_a_project_that_is_not_given_up(status, stands):
    project = {"project_id": "P", "status": status, "category": "training", "donor_ids": "EST; SWE"}
    rows = ask(store(projects=[project]), "category_coverage").rows
    standing = rows[rows["category"] == "training"]["donor_id"].dropna().tolist()
    assert standing == (["EST", "SWE"] if stands else [])
    assert rows["category"].nunique() >= 9


def test_needs_are_found_by_sector_and_priority_and_the_urgent_ones_stand_first():
    needs = [
        {"need_id": "N-old", "stated_on": "2023", "sector": "Energy"},
        {"need_id": "N-low", "stated_on": "2023", "priority": "low"},
        {"need_id": "N-high", "stated_on": "2025", "priority": "high", "sector": "Government; Energy"},
    ]
    asked = store(needs=needs)
    assert ask(asked, "needs").rows["need_id"].tolist() == ["N-high", "N-low", "N-old"]
    assert ask(asked, "needs", sectors=("Energy",)).rows["need_id"].tolist() == ["N-high", "N-old"]
    assert ask(asked, "needs", priorities=("not_stated", "low")).rows["need_id"].tolist() == ["N-low", "N-old"]
