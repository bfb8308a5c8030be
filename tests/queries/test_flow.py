"""The way of the money: each euro once in every column, and as much of it as the headline has."""

from collections.abc import Mapping
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallinn import charts
from tallinn.ask import ask
from tallinn.audience import Audience
from tallinn.releases import published
from tallinn.store import open_store
from tests import twin, twin_files
from tests.lakes import _quickly_opened, founded_directory, founded_lake  # noqa: F401
from tests.samples import store
from tests.twin_files import Contribution
from tests.twin_flow import Bands, flow

MONEY = {"commitment": "committed_eur", "disbursement": "disbursed_eur", "pledge": "pledged_not_committed_eur"}
CONTRIBUTIONS = st.lists(
    st.fixed_dictionaries(
        {
            "donor_id": st.sampled_from(["EST", "SWE", "NLD"]),
            "amount": st.integers(-(10**6), 10**8),
            "currency": st.sampled_from(["EUR", "EUR", "UAH"]),
            "stage": st.sampled_from(["pledge", "commitment", "disbursement"]),
            "channel": st.one_of(st.none(), st.integers(10, 21).map("Channel {}".format)),
            "project_ids": st.sampled_from([None, "P-1", "P-2", "P-1; P-2", "P-3"]),
        }
    ),
    min_size=1,
    max_size=30,
)
PROJECTS = [
    {"project_id": "P-1", "category": "training", "implementers": "One", "sector": "Energy"},
    {"project_id": "P-2", "category": "equipment", "implementers": "One; Two", "sector": None},
    {"project_id": "P-3", "category": None, "implementers": "Three", "sector": "Energy; Water"},
]
BY_ID = {str(project["project_id"]): project for project in PROJECTS}


@pytest.mark.parametrize("stage", MONEY)
@settings(max_examples=8, deadline=None)
@given(CONTRIBUTIONS)
def test_every_column_adds_up_to_the_headline(stage, rows):
    rows = [{"contribution_id": f"c{n}", **row} for n, row in enumerate(rows)]
    asked = store(contributions=rows, projects=PROJECTS)
    headline = ask(asked, "headline").rows[MONEY[stage]].fillna(0).iloc[0]
    links = ask(asked, "flow", stage=stage).rows
    sums = links.groupby("position")["amount_eur"].sum()
    assert all(each == pytest.approx(headline) for each in sums) and (len(sums) == 4 or not headline)
    assert bands(links) == flow(twin.judge([filed(row) for row in rows], "mechanism"), BY_ID, stage)


@pytest.mark.parametrize("scope", ["mechanism", "related"])
@pytest.mark.parametrize("stage", MONEY)
def test_the_default_bands_are_those_of_the_twin(founded_lake, stage, scope):  # noqa: F811
    asked = open_store(founded_lake, Audience("public"), published(founded_lake))
    projects = {project["project_id"]: project for project in twin_files.projects()}
    expected = flow(twin.judge(twin_files.contributions(), scope), projects, stage)
    assert bands(ask(asked, "flow", stage=stage, scope=scope).rows) == expected


def test_what_pays_for_several_goes_to_several_and_is_not_divided():
    asked = store(contributions=[{"contribution_id": "c", "amount": 100, "project_ids": "P-1; P-2"}], projects=PROJECTS)
    links = ask(asked, "flow").rows
    assert links["target"].tolist() == ["not_stated", "several", "several_categories", "Energy"]


def test_the_default_data_flow_as_much_as_is_committed(founded_lake):  # noqa: F811
    asked = open_store(founded_lake, Audience("public"), published(founded_lake))
    headline = ask(asked, "headline").rows["committed_eur"].iloc[0]
    assert ask(asked, "flow").rows.query("position == 1")["amount_eur"].sum() == pytest.approx(headline)
    assert ask(asked, "flow", donors=["SWE"]).rows["rows"].tolist() == [1, 1, 1, 1]


def test_a_long_tail_is_told_together():
    rows = [{"contribution_id": f"c{n}", "amount": n + 1, "channel": f"Channel {n:02}"} for n in range(12)]
    links = ask(store(contributions=rows), "flow").rows.query("position == 1")
    assert len(links) == 9 and links[links["target"] == "others"]["amount_eur"].iloc[0] == pytest.approx(1 + 2 + 3 + 4)
    assert links[links["target"] == "others"]["target_stops"].iloc[0] == 4
    assert "4 others: EUR 10" in charts.flow(ask(store(contributions=rows), "flow").rows).layout.meta["alt"]


@pytest.mark.parametrize(
    ("filtered", "kept"),
    [
        ({"channels": ["Fund"]}, "b"),
        ({"implementers": ["One"]}, "ab"),
        ({"implementers": ["One"], "channels": ["Fund"]}, "b"),
        ({"sectors": ["Energy"]}, "ab"),
        ({"categories": ["equipment"]}, "c"),
        ({"implementers": ["Nobody"]}, ""),
    ],
    ids=str,
)
def test_every_column_can_be_followed_alone(filtered, kept):
    amounts = {"a": 1, "b": 2, "c": 4, "d": 8}
    more = {"b": {"project_ids": "P-1", "channel": "Fund"}, "a": {"project_ids": "P-1"}, "c": {"project_ids": "P-2"}}
    rows = [{"contribution_id": one, "amount": amount, **more.get(one, {})} for one, amount in amounts.items()]
    links = ask(store(contributions=rows, projects=PROJECTS), "flow", **filtered).rows.query("position == 1")
    assert links["amount_eur"].sum() == pytest.approx(sum(amounts[one] for one in kept))


def test_what_can_be_followed_are_the_names_that_the_money_has():
    rows = [{"contribution_id": "a", "project_ids": "P-1", "channel": "Fund"}, {"contribution_id": "b", "project_ids": "P-2"}]
    named = ask(store(contributions=rows, projects=PROJECTS), "ways").rows
    assert named[["part", "stop", "contributions"]].to_numpy().tolist() == [
        ["channel", "Fund", 1],
        ["implementer", "One", 1],
        ["sector", "Energy", 1],
    ]


def test_what_has_no_rate_goes_its_way_without_an_amount_and_is_told():
    rows = [{"contribution_id": "c", "amount": 100}, {"contribution_id": "u", "amount": 5, "currency": "UAH", "channel": "Fund"}]
    links = ask(store(contributions=rows), "flow").rows
    assert links.query("target == 'Fund'")[["rows", "rows_without_rate"]].to_numpy().tolist() == [[1, 1]]
    assert links.query("target == 'Fund'")["amount_eur"].isna().all()
    assert "1 row not converted to euro is left out." in charts.flow(links).layout.meta["notes"]
    assert ask(store(contributions=rows), "flow", stage="pledge").rows.empty


def test_a_correction_below_zero_is_in_the_sum_and_said_not_to_be_drawn():
    rows = [{"contribution_id": "a", "amount": 100, "project_ids": "P-1"}, {"contribution_id": "b", "amount": -40, "project_ids": "P-3"}]
    meta = charts.flow(ask(store(contributions=rows, projects=PROJECTS), "flow").rows).layout.meta
    assert meta["title"] == "EUR 60 in all; amounts below zero are not drawn"
    assert meta["notes"][-1].startswith("3 bands below zero are not drawn")


def test_the_title_claims_no_more_than_a_share():
    rows = [{"contribution_id": f"c{n}", "amount": 10 + n, "project_ids": project} for n, project in enumerate([None, None, "P-1"])]
    title = charts.flow(ask(store(contributions=rows, projects=PROJECTS), "flow").rows).layout.meta["title"]
    assert title == "36.4% of EUR 33 is for one kind of support, Training"


def filed(row: Mapping[str, object]) -> Contribution:
    """A row of the sample store as the twin reads it."""
    return Contribution(**{**row, "amount": Decimal(str(row["amount"])), "within_mechanism": "yes", "value_date": "2025-07-02"})


def bands(links: pd.DataFrame) -> Bands:
    known = links.dropna(subset=["amount_eur"])
    return {
        (row.position, row.source, row.target): Decimal(str(row.amount_eur)).quantize(twin.CENT) for row in known.itertuples(index=False)
    }
