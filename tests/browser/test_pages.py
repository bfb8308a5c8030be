"""Every page in a real browser, wide and narrow: complete, without a complaint, and without a word to any other machine."""

from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser

from benchmarks.serving import served

from .conftest import Visiting
from .visit import NARROW, ROOT, WIDE, visiting

pytestmark = pytest.mark.browser


def test_the_navigation_lists_the_pages(paths: list[str]):
    assert paths[0] == "/"
    assert len(paths) >= 5


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_page_opens_without_a_complaint(paths: list[str], width: int, visit: Visiting, subtests: pytest.Subtests):
    with visit(width=width) as visitor:
        for path in paths:
            with subtests.test(path):
                visitor.open(path)
                assert visitor.errors() == []
                assert visitor.complaints == []
                assert visitor.drawn() >= visitor.charts()
                assert visitor.too_wide() == []


def test_every_page_is_reached_by_its_link(paths: list[str], visit: Visiting):
    with visit() as visitor:
        visitor.open()
        for path in [*paths[1:], paths[0]]:
            visitor.follow(path)
            assert visitor.errors() == []
        assert visitor.complaints == []


@pytest.mark.parametrize(
    ("path", "key", "words"),
    [
        ("/funding", "scope", "With related civilian cyber support"),
        ("/funding", "donor", "Sweden"),
        ("/projects", "category", "Training"),
        ("/projects", "search", "Starlink"),
        ("/cyberattacks", "type", "phishing"),
    ],
)
def test_a_filter_in_the_address_survives_a_reload_and_a_page_switch(path: str, key: str, words: str, visit: Visiting):
    query = urlencode({key: words}, quote_via=quote)
    with visit() as visitor:
        visitor.open(f"{path}?{query}")
        assert words in visitor.chosen()
        visitor.tab.reload()
        visitor.wait()
        assert words in visitor.chosen()
        visitor.follow("/methodology").follow(path)
        assert words in visitor.chosen()
        assert parse_qs(urlsplit(visitor.tab.url).query).get(key) == [words]
        assert visitor.errors() == []


def test_plain_streamlit_run_serves_the_start_page_too(browser: Browser, lake: dict[str, str]):
    with served(ROOT / "dashboard.py", environment=lake) as port, visiting(browser, f"http://127.0.0.1:{port}") as visitor:
        visitor.open()
        assert visitor.errors() == []
        assert visitor.complaints == []
        assert visitor.drawn() > 0


def test_the_very_first_visit_by_a_link_to_a_page_has_the_frame_of_the_dashboard(browser: Browser, lake: dict[str, str]):
    with served(ROOT / "dashboard.py", environment=lake) as port, visiting(browser, f"http://127.0.0.1:{port}") as visitor:
        visitor.open("/funding")
        assert visitor.errors() == []
        assert visitor.tab.get_by_text("How the figures are made").count() == 1
