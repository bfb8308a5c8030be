"""Every page opens on the demonstration, says at its top that all is invented, and stays light though there is much of it."""

import json
from pathlib import Path

import pytest

from tallinn.ingest.invented import MARK
from tallinn.page.table import MOST_ROWS
from tests.pages.conftest import Visit, _pages_in_their_frame, _visited_by_the_staff, open_page  # noqa: F401
from tests.pages.test_every_page import PAGES, assert_fine, plain

LONGEST_ALTERNATIVE = 20_000
TALLEST = 3_500


@pytest.fixture
def visit_demonstration(demonstration_directory: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    monkeypatch.setenv("TALLINN_LAKE", str(demonstration_directory))
    return open_page


@pytest.mark.parametrize("script", PAGES)
def test_a_page_of_the_demonstration_says_at_its_top_that_all_is_invented(script, visit_demonstration, caplog):
    page = visit_demonstration(script)
    assert_fine(page, caplog)
    assert page.main[0].value.startswith(f"**{MARK}**")
    assert any("Release DEMONSTRATION-20" in plain(caption.value) for caption in page.caption)


def test_the_methodology_does_not_say_that_nothing_is_invented(visit_demonstration):
    assert "Anything made up" not in " ".join(text.value for text in visit_demonstration("5_methodology.py").markdown)


@pytest.mark.parametrize("script", PAGES)
def test_charts_and_tables_of_much_data_stay_of_a_size_for_people(script, visit_demonstration):
    page = visit_demonstration(script)
    for chart in page.get("plotly_chart"):
        assert len(chart.proto.alt) < LONGEST_ALTERNATIVE
        assert json.loads(chart.proto.spec)["layout"]["height"] < TALLEST
    assert all(len(table.value) <= MOST_ROWS for table in page.dataframe)
    assert all(len(caption.value) < 2_000 for caption in page.caption)


@pytest.mark.parametrize(
    ("script", "query"),
    [
        ("2_funding.py", {"scope": "With related civilian cyber support"}),
        ("2_funding.py", {"donor": ["Denmark", "Italy"]}),
        ("3_projects.py", {"donor": "Germany", "status": "Closed"}),
        ("4_cyberattacks.py", {"type": "ransomware"}),
        ("4_cyberattacks.py", {"series": "SSU neutralised", "dimension": "Severity"}),
    ],
    ids=str,
)
def test_a_page_of_the_demonstration_opens_with_filters(script, query, visit_demonstration, caplog):
    assert_fine(visit_demonstration(script, **query), caplog)
