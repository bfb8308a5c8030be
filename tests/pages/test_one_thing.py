"""The pages about one donor, a few donors, or one project: what their address names, and what they say of it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tallinn.lake import Lake
from tallinn.page import project as page_of_project
from tests.pages.conftest import Visit, open_page
from tests.published import released
from tests.samples import copied, taken, workbook


@pytest.fixture
def own_lake(default_lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The default lake, to be written to."""
    directory = copied(default_lake, tmp_path / "lake")
    monkeypatch.setenv("TALLINN_LAKE", str(directory))
    return directory


def words(page: AppTest) -> str:
    assert not page.exception and not page.error
    kinds = (page.header, page.markdown, page.info, page.warning, page.caption)
    return " ".join(element.value.replace("\\", "") for kind in kinds for element in kind)


def figures(page: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in page.metric}


# Donor


def test_a_donor_is_told_in_a_sentence_and_in_figures(visit: Visit):
    page = visit("13_donor.py", donor="SWE")
    assert "Sweden has committed EUR 12.1 million, 72.3% of all itemised commitments and the most of 4 donors." in words(page)
    assert figures(page) == {
        "Committed": "EUR 12.1m",
        "Disbursed so far": "not published",
        "Not yet disbursed": "EUR 12.1m",
        "Pledged": "not published",
        "Pledged, not committed": "not published",
        "Share of itemised": "72.3%",
    }
    assert "public sources, the newest of 2 July 2025; the donor has not reported itself" in words(page)
    assert (
        "Modernised IT infrastructure of state bodies"
        in next(table.value for table in page.dataframe if "need" in table.value)["need"].tolist()
    )


def test_a_pledge_stands_beside_the_commitments_and_is_not_added(visit: Visit):
    page = visit("13_donor.py", donor="NLD")
    assert (figures(page)["Committed"], figures(page)["Pledged"], figures(page)["Pledged, not committed"]) == (
        "not published",
        "EUR 10m",
        "EUR 10m",
    )


def test_a_donor_without_rows_says_so_and_shows_no_empty_charts(visit: Visit):
    page = visit("13_donor.py", donor="FIN")
    assert "Nothing of Finland has been published: no contribution is on file. That does not mean that it gave nothing." in words(page)
    assert not page.get("plotly_chart")


@pytest.mark.parametrize("query", [{}, {"donor": "LVA"}, {"donor": "*bold*"}, {"donor": ["EST", "SWE"]}])
def test_where_no_single_donor_is_named_there_is_a_list_to_choose_from(query, visit: Visit):
    page = visit("13_donor.py", **query)
    assert "donor?donor=EST" in page.dataframe[0].value["donor_id"].tolist()
    assert len(page.warning) == (query.get("donor") in ("LVA", "*bold*"))
    assert all("Not on file, or not open to you" in told.value for told in page.warning)


def test_a_donor_that_is_chosen_stands_in_the_address(visit: Visit):
    page = visit("13_donor.py").selectbox(key="the_donor").set_value("NOR").run()
    assert page.query_params["donor"] == "NOR"
    assert "Norway has committed EUR 2.1 million" in words(page)


def test_a_filter_of_one_donor_leads_to_its_page_and_the_page_filters_nothing(visit: Visit):
    page = visit("3_projects.py", donor="EST")
    page.switch_page("pages/13_donor.py").run()
    assert page.selectbox(key="the_donor").value == "EST"
    page = visit("13_donor.py", donor="SWE")
    page.query_params.clear()  # as the browser does on the way to another page
    page.switch_page("pages/2_funding.py").run()
    assert page.multiselect(key="donor_en").value == []


def test_what_changed_since_the_release_before_is_told(own_lake: Path):
    with Lake(own_lake) as lake:
        taken(workbook(contributions=[{"contribution_id": "SWE-X", "donor_id": "SWE", "amount": 5_000_000}]), lake)
        released(lake)
    assert "Sweden: +EUR 5 million committed (1 added)." in words(open_page("13_donor.py", donor="SWE"))
    assert "Norway: the same is committed (no row differs)." in words(open_page("13_donor.py", donor="NOR"))


# Compare


def test_donors_beside_each_other_say_in_words_what_differs(visit: Visit):
    page = visit("14_compare.py", donor=["EST", "SWE"])
    told = words(page)
    assert "Sweden has committed most, EUR 12.1 million: 8 times what Estonia has (EUR 1.5 million)." in told
    assert "Of their commitments are paid: Estonia 33.3%." in told and "No payment of Sweden has been published." in told
    table = page.table[0].value
    assert table.columns.tolist() == ["Estonia", "Sweden"]
    assert table.loc["**Disbursed so far**"].tolist() == ["EUR 500k", "not published"]


@pytest.mark.parametrize(("named", "shown"), [([], 0), (["EST"], 0), (["EST", "SWE", "NOR", "ITA", "NLD"], 4), (["EST", "EST"], 0)])
def test_two_to_four_donors_can_be_compared(named, shown, visit: Visit):
    page = visit("14_compare.py", **({"donor": named} if named else {}))
    assert (page.table[0].value.shape[1] if page.table else 0) == shown
    assert len(page.info) == 1


# Project


def test_a_project_tells_its_life_money_and_sources(visit: Visit):
    page = visit("15_project.py", project="TM-002")
    told = words(page)
    assert "EUR 500,000 is committed to it, of which EUR 500,000 is paid (100%)." in told
    assert "It has ended or was given up, so nothing can be late any more." in told
    assert "Ran from 9 December 2024 to 11 December 2024" in told
    assert "first release with it" in told
    assert {"C-002, M-07, TM-002"} <= set(next(table.value for table in page.dataframe if "keys" in table.value)["keys"])


def test_what_is_not_known_is_said_and_no_rule_guesses(visit: Visit):
    told = words(visit("15_project.py", project="TM-005"))
    assert "Neither its start nor its end has been published." in told
    assert "No commitment to it alone with an amount in euro is on file." in told
    assert "1 contribution pays for several projects together; it is not divided and in no sum." in told
    assert "Whether it is late cannot be said." in told


@pytest.mark.parametrize("query", [{}, {"project": "TM-999"}, {"project": "'; DROP TABLE projects"}])
def test_where_no_project_is_named_there_is_a_list_to_choose_from(query, visit: Visit):
    page = visit("15_project.py", **query)
    assert "project?project=TM-002" in page.dataframe[0].value["project_id"].tolist()
    assert len(page.warning) == len(query)


LATE = {"project_id": "LATE", "title": "Late one", "status": "Implementation", "planned_end": "2024-01-31", "actual_start": "2023-01-01"}


@pytest.fixture
def with_a_late_project(own_lake: Path) -> Path:
    with Lake(own_lake) as lake:
        taken(workbook(projects=[LATE]), lake)
        released(lake)
    return own_lake


def test_the_projects_that_are_late_are_one_filter_away_and_say_why(with_a_late_project: Path):
    page = open_page("3_projects.py")
    assert "**1** of them is late." in words(page)
    rows = page.multiselect(key="delivery_en").set_value(["late"]).run()
    table = next(each.value for each in rows.dataframe if "delivery_name" in each.value)
    assert table["project_id"].tolist() == ["project?project=LATE"] and table["delivery_name"].tolist() == ["Late"]
    told = words(open_page("15_project.py", project="LATE"))
    assert "At risk: Its planned end was" in told and "days before this release, and it has not ended." in told
    assert "**Past its planned end**, beyond 30 days" in told


def test_a_reader_of_an_older_release_stays_in_it(with_a_late_project: Path):
    with Lake(with_a_late_project) as lake:
        first = lake.table("release_steps")["release_id"].to_pylist()[0]
    page = open_page("3_projects.py", release=first)
    links = next(each.value for each in page.dataframe if "delivery_name" in each.value)["project_id"].tolist()
    assert all(link.endswith(f"&release={first}") for link in links)
    assert "Not on file, or not open to you: LATE." in words(open_page("15_project.py", project="LATE", release=first))


def test_a_project_says_how_each_release_had_it(with_a_late_project: Path):
    with Lake(with_a_late_project) as lake:
        taken(workbook(projects=[{**LATE, "status": "Closed", "actual_end": "2024-06-30"}]), lake)
        released(lake)
    told = words(open_page("15_project.py", project="LATE"))
    assert "Implementation; start: 1 January 2023; end: 31 January 2024" in told
    assert "Closed; start: 1 January 2023; end: 30 June 2024 | Status and End" in told


@pytest.mark.parametrize("here", ["https://cyber.example", "https://cyber.example/board/project"])
def test_the_way_to_a_project_is_its_address_as_the_reader_sees_it(here, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page_of_project.st, "context", type("Context", (), {"url": here, "headers": {}}))
    page = AppTest.from_function(way_to).run()
    base = here.removesuffix("/project")
    assert page.caption[0].value.replace("\\", "") == f"{base.removeprefix('https://')}/project?project=a%2Fb&release=2026-11"


def way_to() -> None:
    from tallinn.page.project import way_to

    way_to("a/b", "2026-11")


HOSTILE = "**bold** [a](https://evil.example) <b>x</b> | y"


def test_text_of_the_data_is_no_markup(own_lake: Path):
    """In names of projects, donors, needs and partners, wherever these pages say them."""
    named = dict.fromkeys(("title", "description", "implementers", "beneficiary", "sector", "note", "source_publisher"), HOSTILE)
    with Lake(own_lake) as lake:
        donor = {"organisation_id": "LVA", "name": HOSTILE, "role": "Member", "country": "LVA"}
        project = {"project_id": "*H*", "donor_ids": "LVA", "status": "Implementation", **named}
        gift = {"contribution_id": "H-1", "donor_id": "LVA", "project_ids": "*H*", "channel": HOSTILE}
        taken(workbook(organisations=[donor], projects=[project], contributions=[gift]), lake)
        released(lake)
    for script, query in (
        ("13_donor.py", {"donor": "LVA"}),
        ("14_compare.py", {"donor": ["LVA", "EST"]}),
        ("15_project.py", {"project": "*H*"}),
    ):
        page = open_page(script, **query)
        texts = [text.value for kind in (page.header, page.markdown, page.warning, page.info, page.caption) for text in kind]
        texts += [str(cell) for table in page.table for cell in [*table.value.columns, *table.value.to_numpy().flat]]
        assert any("bold" in text for text in texts)
        assert [text for text in texts if "**bold**" in text or "](https://evil" in text or "<b>" in text] == []
