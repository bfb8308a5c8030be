"""What holds for every page, found by a glob: it opens, with data or without; its charts are described and can be checked."""

import json
import logging

import pytest
from streamlit.testing.v1 import AppTest

from tallinn.ingest.invented import MARK
from tallinn.settings import ROOT

PAGES = sorted(path.name for path in (ROOT / "pages").glob("*.py"))
FIGURES = [script for script in PAGES if script < "6"]
"""Pages that show figures; the others are those of the project office, which have tests of their own."""
FILTERS = [
    ("2_funding.py", {"scope": "With related civilian cyber support"}),
    ("2_funding.py", {"donor": "Estonia"}),
    ("2_funding.py", {"donor": ["Estonia", "Sweden"], "scope": "With related civilian cyber support"}),
    ("2_funding.py", {"donor": "Germany"}),
    ("3_projects.py", {"donor": "Estonia"}),
    ("3_projects.py", {"category": "Training"}),
    ("3_projects.py", {"status": "Implementation"}),
    ("3_projects.py", {"status": "Cancelled"}),
    ("3_projects.py", {"within": "Yes"}),
    ("3_projects.py", {"search": "shield"}),
    ("3_projects.py", {"search": "nothing is called like this"}),
    ("4_cyberattacks.py", {"series": "CERT-UA automated"}),
    ("4_cyberattacks.py", {"series": "SCPC detection system", "dimension": "Severity"}),
    ("4_cyberattacks.py", {"series": "SSU neutralised", "dimension": "Type"}),
    ("4_cyberattacks.py", {"sector": "Energy"}),
    ("4_cyberattacks.py", {"type": "wiper"}),
    ("4_cyberattacks.py", {"incident": "Kyivstar"}),
    ("5_methodology.py", {"dataset": "Projects"}),
]


@pytest.mark.parametrize("script", PAGES)
def test_a_page_opens_with_the_default_data(script, visit, caplog):
    assert_fine(visit(script), caplog)


@pytest.mark.parametrize("script", PAGES)
def test_a_page_opens_when_nothing_is_on_file(script, visit_empty, caplog):
    assert_fine(visit_empty(script), caplog)


@pytest.mark.parametrize(("script", "query"), FILTERS, ids=str)
def test_a_page_opens_with_each_filter_in_the_url(script, query, visit, caplog):
    page = visit(script, **query)
    assert_fine(page, caplog)
    assert {name: page.query_params[name] for name in query} == query


@pytest.mark.parametrize("script", PAGES)
def test_an_unknown_value_in_the_url_does_no_harm(script, visit, caplog):
    names = ("scope", "donor", "category", "status", "within", "series", "dimension", "period", "sector", "type", "dataset")
    page = visit(script, **dict.fromkeys(names, "no such thing'; DROP TABLE"), search="%_'\"\\")
    assert_fine(page, caplog)


@pytest.mark.parametrize("script", FIGURES)
def test_every_chart_has_a_takeaway_an_alternative_text_and_its_proof(script, visit):
    page = visit(script)
    headings = [text.value for text in page.markdown if text.value.startswith("#### ")]
    panels = {panel.proto.id.split("-")[-1] for panel in page.expander}
    for chart in page.get("plotly_chart"):
        title = json.loads(chart.proto.spec)["layout"]["meta"]["title"]
        assert chart.proto.alt
        assert any(plain(heading) == title for heading in headings), title
    assert len(page.expander) >= len(page.get("plotly_chart")), panels


@pytest.mark.parametrize("script", PAGES)
def test_every_table_has_a_name_for_those_who_cannot_see_it(script, visit):
    assert all(table.proto.alt for table in visit(script).dataframe)


@pytest.mark.parametrize("script", FIGURES)
def test_every_proof_opens_and_holds_sql_rows_and_a_file(script, visit, caplog):
    page = visit(script)
    keys = [key for key in page.session_state if str(key).startswith("made_")]
    assert len(keys) == len(page.expander)
    for key in keys:
        page.session_state[key] = True
    page.run()
    assert_fine(page, caplog)
    assert len(page.code) >= len(keys)
    assert all("SELECT" in code.value for code in page.code)
    assert len(page.get("download_button")) == len(page.code)


@pytest.mark.parametrize("script", PAGES)
def test_no_page_of_real_data_calls_itself_a_demonstration(script, visit):
    page = visit(script)
    assert not any(MARK in text.value for text in [*page.warning, *page.caption, *page.markdown])


@pytest.mark.parametrize("script", PAGES)
def test_every_page_names_its_release_and_the_date_of_its_data(script, visit):
    captions = " ".join(plain(caption.value) for caption in visit(script).caption)
    assert "Data to" in captions
    assert "Release 20" in captions


@pytest.mark.parametrize("script", FIGURES)
def test_a_page_that_ends_early_is_in_its_frame_all_the_same(script, visit_empty):
    assert any("Release 20" in plain(caption.value) for caption in visit_empty(script).caption)


def assert_fine(page: AppTest, caplog: pytest.LogCaptureFixture) -> None:
    assert [problem.message for problem in page.exception] == []
    assert [problem.value for problem in page.error] == []
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert len(page.title) == 1


def plain(text: str) -> str:
    """Text as read, without the marks that keep it from being Markdown."""
    return text.removeprefix("#### ").replace("\\", "")
