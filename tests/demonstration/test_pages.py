"""Filters on the demonstration, and how light a page stays though there is much of it."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tallinn.page.table import MOST_ROWS
from tests.pages.conftest import Visit, _pages_in_their_frame, _visited_by_the_staff, open_page  # noqa: F401
from tests.pages.test_every_page import assert_fine

LONGEST_ALTERNATIVE = 20_000
TALLEST = 3_500


@pytest.fixture
def visit_demonstration(demonstration_directory: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    monkeypatch.setenv("TALLINN_LAKE", str(demonstration_directory))
    return open_page


def test_the_methodology_does_not_say_that_nothing_is_invented(visit_demonstration):
    assert "Anything made up" not in " ".join(text.value for text in visit_demonstration("5_methodology.py").markdown)


def assert_light(page: AppTest) -> None:
    for chart in page.get("plotly_chart"):
        assert len(chart.proto.alt) < LONGEST_ALTERNATIVE
        assert json.loads(chart.proto.spec)["layout"]["height"] < TALLEST
    assert all(len(table.value) <= MOST_ROWS for table in page.dataframe)
    assert all(len(caption.value) < 2_000 for caption in page.caption)


@pytest.mark.parametrize(
    ("script", "query"),
    [
        ("2_funding.py", {"scope": "related"}),
        ("2_funding.py", {"donor": ["DNK", "ITA"]}),
        ("3_projects.py", {"donor": "DEU", "status": "4"}),
        ("3_projects.py", {"delivery": "late"}),
        ("13_donor.py", {"donor": "GBR"}),
        ("14_compare.py", {"donor": ["EST", "SWE", "POL", "FIN"]}),
        ("15_project.py", {"project": "D-EST-014"}),
        ("4_cyberattacks.py", {"type": "ransomware"}),
        ("4_cyberattacks.py", {"series": "ssu-neutralised", "dimension": "severity"}),
    ],
    ids=str,
)
def test_a_page_of_the_demonstration_opens_with_filters(script, query, visit_demonstration, caplog):
    page = visit_demonstration(script, **query)
    assert_fine(page, caplog)
    assert_light(page)
