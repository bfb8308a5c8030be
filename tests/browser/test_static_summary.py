"""The page in a real Chromium that runs no script: on a phone, on a desk, on paper."""

# ruff: noqa: F811 - fixtures are named as what they are

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tallinn.document import Document
from tallinn.releases import releases
from tallinn.static_summary import documents
from tallinn.store import open_store
from tests.static_summary.conftest import (  # noqa: F401
    PUBLIC,
    _quickly_opened,
    demonstration,
    demonstration_directory,
    found,
    founded_directory,
    founded_lake,
    public,
)

pytestmark = pytest.mark.browser

PHONE, DESK = 360, 1280
SMALLEST = 12
SMALL_TEXT = """() => [...document.querySelectorAll('svg text')]
    .map(text => parseFloat(getComputedStyle(text).fontSize) * text.ownerSVGElement.getScreenCTM().a)
    .filter(size => size < 11.9).length"""
CUT_OFF = """() => [...document.querySelectorAll('svg[role] text:not(.stamp)')]
    .filter(text => { const box = text.getBoundingClientRect(); return box.left < 0 || box.right > innerWidth; })
    .map(text => text.textContent)"""
SIDEWAYS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


def opened(browser: Browser, found: list[Document], folder: Path, *, width: int, scheme: str = "light") -> Page:
    """The page from a file, in a browser without scripts."""
    for document in found:
        place = folder / document.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(document.content)
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=False, color_scheme=scheme)
    tab = context.new_page()
    tab.goto((folder / found[0].path).as_uri())
    return tab


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_everything_is_read_without_a_script_and_without_scrolling_sideways(width, scheme, browser, found, tmp_path):
    tab = opened(browser, found, tmp_path, width=width, scheme=scheme)
    requests: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.reload()
    for words in ("EUR 16.7m", "EUR 241.7m", "11%", "Sweden has committed most", "5,927"):
        assert tab.get_by_text(words).first.is_visible()
    assert tab.locator("svg[role=img]").count() == 4
    assert not tab.evaluate(SIDEWAYS)
    assert tab.evaluate(SMALL_TEXT) == 0
    assert tab.evaluate(CUT_OFF) == []
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    tab.context.close()


def test_the_keyboard_comes_to_the_figures_at_once(browser, found, tmp_path):
    tab = opened(browser, found, tmp_path, width=DESK)
    tab.keyboard.press("Tab")
    assert tab.get_by_text("Skip to the figures").is_visible()
    tab.keyboard.press("Enter")
    assert tab.url.endswith("#content")
    tab.context.close()


def test_the_default_data_print_on_two_pages(browser, found, tmp_path):
    assert_two_pages(opened(browser, found, tmp_path, width=DESK, scheme="dark"), "EUR 16.7m", "CC-BY-4.0")


def test_the_page_in_ukrainian_has_room_on_a_phone_and_prints_on_two_pages_too(browser, found, tmp_path):
    ukrainian = [each for each in found if each.path.startswith("summary/uk/")]
    tab = opened(browser, ukrainian, tmp_path, width=PHONE)
    assert (tab.evaluate(CUT_OFF), tab.evaluate(SMALL_TEXT), tab.evaluate(SIDEWAYS)) == ([], 0, False)
    assert_two_pages(opened(browser, ukrainian, tmp_path, width=DESK), "16,7", "Методологія")


def test_the_demonstration_prints_on_two_pages(browser, demonstration, tmp_path):
    release = releases(demonstration)[0]
    found = documents(open_store(demonstration, PUBLIC, release), [release])
    assert_two_pages(opened(browser, found, tmp_path, width=DESK), "DEMONSTRATION DATA", "CC-BY-4.0")


def assert_two_pages(tab: Page, first: str, last: str) -> None:
    """Two sheets of A4, with these words on the first and the last."""
    printed = PdfReader(BytesIO(tab.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) == 2
    assert [round(float(side)) for side in printed.pages[0].mediabox[2:]] == pytest.approx([595, 842], abs=1)
    assert first in printed.pages[0].extract_text() and last in printed.pages[1].extract_text()
    tab.context.close()
