"""The language in a real browser: what it prefers, what the switch chose, and what a screen reader is told."""

import re
from collections.abc import Iterator
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from .conftest import Visiting
from .visit import Visit, visiting

pytestmark = pytest.mark.browser
MONTH = re.compile(r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")


@pytest.fixture
def ukrainian(browser: Browser, address: str) -> Iterator[Visiting]:
    """A tab of somebody whose browser prefers Ukrainian."""
    return partial(visiting, browser, address, locale="uk-UA")


def test_the_browser_decides_until_the_switch_does(ukrainian: Visiting):
    with ukrainian() as visitor:
        visitor.open("/funding")
        assert told(visitor) == "uk"
        assert "lang" not in chosen(visitor)
        visitor.tab.get_by_role("button", name="English").click()
        expect(visitor.tab.get_by_role("heading", name="Funding by donor")).to_be_visible()
        visitor.wait()
        assert (told(visitor), chosen(visitor)["lang"]) == ("en", ["en"])
        visitor.follow("/projects")
        assert (told(visitor), chosen(visitor)["lang"]) == ("en", ["en"])
        visitor.tab.reload()
        visitor.wait()
        assert (told(visitor), chosen(visitor)["lang"]) == ("en", ["en"])
        assert visitor.complaints == []


def test_a_ukrainian_reader_meets_no_english_month(ukrainian: Visiting):
    with ukrainian() as visitor:
        drawn = visitor.open().tab.locator(".main-svg text").all_text_contents()
        assert any(text.startswith("січ.") for text in drawn)
        assert [text for text in drawn if MONTH.search(text)] == []
        assert visitor.too_wide() == []


def told(visitor: Visit) -> str:
    """The language of the document, as a screen reader hears it."""
    return str(visitor.tab.evaluate("document.documentElement.lang"))


def chosen(visitor: Visit) -> dict[str, list[str]]:
    return parse_qs(urlsplit(visitor.tab.url).query)
