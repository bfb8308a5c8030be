"""Every page in a real browser, wide and narrow: complete, without a complaint, and without a word to any other machine."""

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
    for path in paths:
        with subtests.test(path), visit(width=width) as visitor:
            visitor.open(path)
            assert visitor.errors() == []
            assert visitor.complaints == []
            assert visitor.drawn() >= visitor.charts()
            assert visitor.overhang() <= 0


def test_switching_pages_keeps_the_session(paths: list[str], visit: Visiting):
    with visit() as visitor:
        visitor.open()
        for path in [*paths[1:], paths[0]]:
            visitor.tab.locator(f'a[href$="{path}"]').first.click()
            visitor.tab.wait_for_url(f"**{path}*")
            visitor.wait()
            assert visitor.errors() == []
        assert visitor.complaints == []


def test_plain_streamlit_run_serves_the_start_page_too(browser: Browser, lake: dict[str, str]):
    with served(ROOT / "dashboard.py", environment=lake) as port, visiting(browser, f"http://127.0.0.1:{port}") as visitor:
        visitor.open()
        assert visitor.errors() == []
        assert visitor.complaints == []
        assert visitor.drawn() > 0
