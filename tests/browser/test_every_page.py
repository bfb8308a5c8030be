"""Every page in a real browser: complete, without a complaint, without a word to any other machine, wide and narrow, for every reader.

English is read in the light scheme, Ukrainian in the dark one. What the pages looked like is left in screenshots/ beside this file.
"""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, StorageState

from .visit import NARROW, WIDE, Visit, visiting

pytestmark = pytest.mark.browser
SCREENSHOTS = Path(__file__).parent / "screenshots"
SCHEMES = {"en-GB": "light", "uk-UA": "dark"}
OF_ONE_THING = ("/donor?donor=SWE", "/compare?donor=SWE&donor=EST", "/project?project=TM-001")
"""Pages that stand in no navigation."""
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
SERIOUS = {"serious", "critical"}


@pytest.fixture
def reader(request: pytest.FixtureRequest, browser: Browser, address: str, staff: StorageState) -> Any:
    locale = request.param
    with visiting(browser, address, locale=locale, scheme=SCHEMES[locale], state=staff) as visitor:
        yield visitor


@pytest.mark.parametrize("reader", SCHEMES, indirect=True)
def test_every_page_is_complete_legible_and_accessible(reader: Visit, paths: list[str], subtests: pytest.Subtests):
    reader.open()
    for path in [*paths[1:], paths[0]]:
        with subtests.test(path):
            reader.complaints.clear()
            reader.follow(path)
            look(reader, path)
    for path in OF_ONE_THING:
        with subtests.test(path):
            reader.open(path)
            look(reader, path)


def look(reader: Visit, path: str) -> None:
    """The page as it stands, first in the width of the reader's pictures, at last narrow."""
    try:
        assert reader.errors() == []
        assert reader.complaints == []
        assert reader.drawn() >= reader.charts()
        for width in (WIDE, NARROW):
            reader.resize(width)
            keep(reader, path, width)
            assert reader.too_wide() == [] and reader.covered() == []
        assert barriers(reader) == []
    finally:
        reader.resize(WIDE)


def keep(reader: Visit, path: str, width: int) -> None:
    """The page at its whole height as a picture for people."""
    language = reader.tab.evaluate("document.documentElement.lang")
    name = path.partition("?")[0].strip("/") or "summary"
    SCREENSHOTS.mkdir(exist_ok=True)
    reader.unfold().tab.screenshot(path=SCREENSHOTS / f"{name}_{language}_{width}.png")


def barriers(reader: Visit) -> list[str]:
    """Serious faults by WCAG 2.1 AA that axe finds."""
    found = Axe().run(reader.tab, options=RULES).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:120]} ({node['target']})"
        for fault in found
        if fault["impact"] in SERIOUS
        for node in fault["nodes"]
    ]
