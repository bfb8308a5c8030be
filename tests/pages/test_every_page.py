"""What holds for every page, found by a glob: it opens, with data or without; its charts are described and can be checked."""

import json
import logging
from collections.abc import Callable
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from tallinn.ingest.invented import MARK
from tallinn.settings import ROOT

PAGES = sorted(path.name for path in (ROOT / "pages").glob("*.py"))
FIGURES = [script for script in PAGES if script.startswith(("1_", "2_", "3_", "4_", "5_", "10_", "13_", "14_", "15_"))]
"""Pages that show figures; the others are those of the project office, which have tests of their own."""
ABOUT_ONE = [
    ("13_donor.py", {"donor": "EST"}),
    ("13_donor.py", {"donor": "FIN"}),
    ("13_donor.py", {"donor": "POL", "scope": "related"}),
    ("14_compare.py", {"donor": ["EST", "SWE"]}),
    ("14_compare.py", {"donor": ["ITA", "FIN", "CAN", "NOR"]}),
    ("15_project.py", {"project": "TM-002"}),
    ("15_project.py", {"project": "TM-007"}),
    ("15_project.py", {"project": "TM-022"}),
]
"""Pages about what their address names."""
WITH_FIGURES = [*((script, {}) for script in FIGURES), *ABOUT_ONE]
FILTERS = [
    *ABOUT_ONE,
    ("2_funding.py", {"scope": "related"}),
    ("2_funding.py", {"donor": "EST"}),
    ("2_funding.py", {"donor": ["EST", "SWE"], "scope": "related"}),
    ("2_funding.py", {"donor": "DEU"}),
    ("3_projects.py", {"donor": "EST"}),
    ("3_projects.py", {"category": "training"}),
    ("3_projects.py", {"status": "2"}),
    ("3_projects.py", {"status": "5"}),
    ("3_projects.py", {"within": "yes"}),
    ("3_projects.py", {"delivery": "late"}),
    ("3_projects.py", {"delivery": ["unknown", "over"]}),
    ("3_projects.py", {"search": "shield"}),
    ("3_projects.py", {"search": "nothing is called like this"}),
    ("4_cyberattacks.py", {"series": "cert-ua-automated"}),
    ("4_cyberattacks.py", {"series": "scpc-detection-system", "dimension": "severity"}),
    ("4_cyberattacks.py", {"series": "ssu-neutralised", "dimension": "type"}),
    ("4_cyberattacks.py", {"sector": "Energy"}),
    ("4_cyberattacks.py", {"type": "wiper"}),
    ("4_cyberattacks.py", {"incident": "Kyivstar"}),
    ("5_methodology.py", {"dataset": "projects"}),
]


@pytest.fixture(scope="module")
def opened() -> dict[tuple[str, ...], tuple[AppTest, list[str]]]:
    """Each page with what was logged as an error while it was made: opened once for all tests that only look at it."""
    return {}


@pytest.fixture
def look(opened, visit, caplog) -> Callable[..., AppTest]:
    """A page on the default data, not to be used any further."""
    return partial(looked_at, opened, visit, caplog, "default")


@pytest.fixture
def look_empty(opened, visit_empty, caplog) -> Callable[..., AppTest]:
    """A page when nothing is on file, not to be used any further."""
    return partial(looked_at, opened, visit_empty, caplog, "empty")


def looked_at(opened, visit, caplog, lake: str, script: str, **query) -> AppTest:
    key = (lake, script, str(query))
    if key not in opened:
        page = visit(script, **query)
        opened[key] = page, errors(caplog)
    page, logged = opened[key]
    assert logged == []
    return page


@pytest.mark.parametrize("script", PAGES)
def test_a_page_opens_with_the_default_data(script, look):
    assert_shown(look(script))


@pytest.mark.parametrize("script", PAGES)
def test_a_page_opens_when_nothing_is_on_file(script, look_empty):
    assert_shown(look_empty(script))


@pytest.mark.parametrize(("script", "query"), FILTERS, ids=str)
def test_a_page_opens_with_each_filter_in_the_url(script, query, visit, caplog):
    page = visit(script, **query)
    assert_fine(page, caplog)
    assert {name: page.query_params[name] for name in query} == query


@pytest.mark.parametrize("script", PAGES)
def test_an_unknown_value_in_the_url_does_no_harm(script, visit, caplog):
    names = (
        "scope",
        "donor",
        "whose",
        "category",
        "status",
        "within",
        "delivery",
        "series",
        "dimension",
        "period",
        "sector",
        "type",
        "dataset",
        "project",
    )
    page = visit(script, **dict.fromkeys(names, "no such thing'; DROP TABLE"), search="%_'\"\\")
    assert_fine(page, caplog)


@pytest.mark.parametrize(
    ("script", "query"),
    [
        ("2_funding.py", {"donor": ["EST", "EST"]}),
        ("3_projects.py", {"status": ["2"] * 3}),
        ("14_compare.py", {"donor": ["EST", "EST", "SWE"]}),
    ],
)
def test_a_value_that_the_url_names_twice_is_meant_once(script, query, visit, caplog):
    assert_fine(visit(script, **query), caplog)


@pytest.mark.parametrize(("script", "query"), WITH_FIGURES, ids=str)
def test_every_chart_has_a_takeaway_an_alternative_text_and_its_proof(script, query, look):
    page = look(script, **query)
    headings = [text.value for text in page.markdown if text.value.startswith("#### ")]
    panels = {panel.proto.id.split("-")[-1] for panel in page.expander}
    for chart in page.get("plotly_chart"):
        title = json.loads(chart.proto.spec)["layout"]["meta"]["title"]
        assert chart.proto.alt
        assert any(plain(heading) == title for heading in headings), title
    assert len(page.expander) >= len(page.get("plotly_chart")), panels


@pytest.mark.parametrize(("script", "query"), [*((script, {}) for script in PAGES), *ABOUT_ONE], ids=str)
def test_every_table_has_a_name_for_those_who_cannot_see_it(script, query, look):
    page = look(script, **query)
    assert all(table.proto.alt for table in [*page.dataframe, *page.table])


@pytest.mark.parametrize(("script", "query"), WITH_FIGURES, ids=str)
def test_every_proof_opens_and_holds_sql_rows_and_a_file(script, query, visit, caplog):
    page = visit(script, **query)
    keys = [key for key in page.session_state if str(key).startswith("made_")]
    assert len(keys) == len(page.expander)
    for key in keys:
        page.session_state[key] = True
    page.run()
    assert_fine(page, caplog)
    assert len(page.code) >= len(keys)
    assert all("SELECT" in code.value for code in page.code)
    files = [button for button in page.get("download_button") if button.key.startswith("csv_")]
    assert len(files) == len(page.code)


@pytest.mark.parametrize("script", PAGES)
def test_no_page_of_real_data_calls_itself_a_demonstration(script, look):
    page = look(script)
    assert not any(MARK in text.value for text in [*page.warning, *page.caption, *page.markdown])


@pytest.mark.parametrize("script", PAGES)
def test_every_page_names_its_release_and_the_date_of_its_data(script, look):
    captions = " ".join(plain(caption.value) for caption in look(script).caption)
    assert "Data to" in captions
    assert "Release 20" in captions


@pytest.mark.parametrize("script", FIGURES)
def test_a_page_that_ends_early_is_in_its_frame_all_the_same(script, look_empty):
    assert any("Release 20" in plain(caption.value) for caption in look_empty(script).caption)


def assert_fine(page: AppTest, caplog: pytest.LogCaptureFixture) -> None:
    assert_shown(page)
    assert errors(caplog) == []


def assert_shown(page: AppTest) -> None:
    assert [problem.message for problem in page.exception] == []
    assert [problem.value for problem in page.error] == []
    assert len(page.title) == 1


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


def plain(text: str) -> str:
    """Text as read, without the marks that keep it from being Markdown."""
    return text.removeprefix("#### ").replace("\\", "")
