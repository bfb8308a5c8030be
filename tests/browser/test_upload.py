"""The way of a donor's file in a real browser: from the choice of the file to the changed chart, and what a person does on the way."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect
from playwright.sync_api import TimeoutError as Impatient

from tallinn.lake import Lake

from .visit import FINISHED, MILLISECONDS, NARROW, STAFF, Visit, visiting

pytestmark = pytest.mark.browser

NORWEGIAN = """Støtte til Ukraina 2025;;;;
Prosjekt;Beløp (NOK);Dato;Status;Intern ref
Kyberøvelse;112 500 000;12.03.2025;Tilsagn;x1
Utstyr;103 400 000,50;15.04.2025;Tilsagn;x2
Feil;12,5.3;15.05.2025;Tilsagn;x3
Sum;215 900 000,50;;;
"""
LONG = "Need;Need ID;Category;TLP label\n" + "\n".join(f"Servers for region {n};N-{n};Hardware;TLP:CLEAR" for n in range(200_000))


@pytest.fixture
def visitor(browser: Browser, own_address: str, own_staff: StorageState) -> Iterator[Visit]:
    with visiting(browser, own_address, state=own_staff) as visitor:
        yield visitor


def put_down(visitor: Visit, name: str, content: bytes) -> None:
    visitor.tab.locator('input[type="file"]').set_input_files([{"name": name, "mimeType": "text/csv", "buffer": content}])


def choose(tab: Page, label: str, words: str) -> None:
    """One option of a list, found by writing a part of it."""
    # A run of the page that is still going on would take the opened list away.
    tab.wait_for_function(FINISHED, timeout=MILLISECONDS)
    box = tab.get_by_role("combobox", name=label, exact=True)
    for patience in (5_000, 10_000, MILLISECONDS):
        box.click()
        box.fill(words)
        try:
            tab.get_by_role("option", name=re.compile(re.escape(words))).first.click(timeout=patience)
        except Impatient:
            continue
        return
    raise AssertionError(f"{label}: {words} could not be chosen")


def commitments_of(visitor: Visit, donor: str) -> str:
    """The takeaway of the first chart on Funding by donor, for one donor."""
    visitor.open(f"/funding?donor={donor}")
    return visitor.tab.locator("h4").first.inner_text()


def test_a_file_in_an_unknown_form_goes_from_the_choice_of_the_file_to_the_changed_chart(visitor: Visit, directory: Path):
    before = commitments_of(visitor, "NOR")
    visitor.open("/upload")
    tab = visitor.tab
    put_down(visitor, "norge.csv", NORWEGIAN.encode("cp1252"))
    choose(tab, "Who sends this file?", "Norway")
    expect(tab.get_by_text("1 column waits for your decision.")).to_be_visible()
    choose(tab, "Within the Mechanism (required)", "Yes")
    choose(tab, "TLP label", "TLP:CLEAR")
    tab.get_by_role("button", name="Ignore all undecided columns").click()
    expect(tab.get_by_text(re.compile("Norway: commitments rise by"))).to_be_visible()
    tab.get_by_role("button", name="Take in 2 rows and hold 1").click()
    expect(tab.get_by_text("Contributions: 2 added, 0 changed, 0 unchanged, 0 removed.")).to_be_visible()
    after = commitments_of(visitor, "NOR")
    assert after != before
    assert "Norway" in after
    assert visitor.errors() == []
    assert visitor.complaints == []
    with Lake(directory) as lake:
        assert lake.history()[0]["author"] == STAFF


def test_a_long_file_shows_how_far_it_is_and_can_be_cancelled(visitor: Visit, directory: Path):
    with Lake(directory) as lake:
        before = lake.snapshot()
    visitor.open("/upload")
    tab = visitor.tab
    put_down(visitor, "long.csv", LONG.encode())
    expect(tab.get_by_role("progressbar").first).to_be_visible()
    tab.get_by_role("button", name="Cancel").click()
    expect(tab.get_by_text("long.csv was cancelled. Nothing of it was kept.")).to_be_visible()
    with Lake(directory) as lake:
        assert lake.snapshot() == before
    tab.get_by_role("button", name="Begin again").click()
    expect(tab.get_by_role("button", name="Take in 200,000 rows")).to_be_visible(timeout=120_000)
    assert visitor.errors() == []


def test_the_office_pages_fit_on_a_phone(browser: Browser, own_address: str, own_staff: StorageState):
    with visiting(browser, own_address, width=NARROW, state=own_staff) as visitor:
        visitor.open("/upload")
        put_down(visitor, "norge.csv", NORWEGIAN.encode("cp1252"))
        expect(visitor.tab.get_by_text("One value for all rows")).to_be_visible()
        assert visitor.too_wide() == []
