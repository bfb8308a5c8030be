"""The way of a donor's file in a real browser: from the choice of the file to the changed chart, and what a person does on the way."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.serving import served
from tallinn.lake import Lake
from tests.samples import copied

from .visit import MILLISECONDS, NARROW, ROOT, Visit, visiting

pytestmark = pytest.mark.browser
expect.set_options(timeout=MILLISECONDS)

NORWEGIAN = """Støtte til Ukraina 2025;;;;
Prosjekt;Beløp (NOK);Dato;Status;Intern ref
Kyberøvelse;112 500 000;12.03.2025;Tilsagn;x1
Utstyr;103 400 000,50;15.04.2025;Tilsagn;x2
Feil;12,5.3;15.05.2025;Tilsagn;x3
Sum;215 900 000,50;;;
"""
LONG = "Need;Need ID;Category;TLP label\n" + "\n".join(f"Servers for region {n};N-{n};Hardware;TLP:CLEAR" for n in range(200_000))


@pytest.fixture
def directory(lake: dict[str, str], address: str, tmp_path: Path) -> Path:
    """The default data in a lake of this test's own."""
    return copied(Path(lake["TALLINN_LAKE"]), tmp_path / "lake")


@pytest.fixture
def own_address(directory: Path) -> Iterator[str]:
    environment = {"TALLINN_LAKE": str(directory), "TALLINN_LOCAL_STAFF": "1"}
    with served(ROOT / "server.py", environment=environment) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def visitor(browser: Browser, own_address: str) -> Iterator[Visit]:
    with visiting(browser, own_address) as visitor:
        yield visitor


def put_down(visitor: Visit, name: str, content: bytes) -> None:
    visitor.tab.locator('input[type="file"]').set_input_files([{"name": name, "mimeType": "text/csv", "buffer": content}])


def choose(tab: Page, label: str, words: str) -> None:
    """One option of a list, found by writing a part of it."""
    box = tab.get_by_role("combobox", name=label, exact=True)
    box.click()
    box.fill(words)
    tab.get_by_role("option", name=re.compile(re.escape(words))).first.click()


def commitments_of(visitor: Visit, donor: str) -> str:
    """The takeaway of the first chart on Funding by donor, for one donor."""
    visitor.open(f"/funding?donor={donor}")
    return visitor.tab.locator("h4").first.inner_text()


def test_a_file_in_an_unknown_form_goes_from_the_choice_of_the_file_to_the_changed_chart(visitor: Visit, directory: Path):
    before = commitments_of(visitor, "Norway")
    visitor.open("/upload")
    tab = visitor.tab
    put_down(visitor, "norge.csv", NORWEGIAN.encode("cp1252"))
    choose(tab, "Who sends this file?", "Norway")
    expect(tab.get_by_text("1 column waits for your decision.")).to_be_visible()
    choose(tab, "Within the Mechanism (required)", "Yes")
    choose(tab, "TLP label", "TLP:CLEAR")
    tab.get_by_role("button", name="Ignore all undecided columns").click()
    expect(tab.get_by_text(re.compile("Norway: commitments rise by"))).to_be_visible()
    tab.get_by_role("textbox", name="Your name, for the history").fill("Olena")
    tab.get_by_role("button", name="Take in 2 rows and hold 1").click()
    expect(tab.get_by_text("Contributions: 2 added, 0 changed, 0 unchanged, 0 removed.")).to_be_visible()
    after = commitments_of(visitor, "Norway")
    assert after != before
    assert "Norway" in after
    assert visitor.errors() == []
    assert visitor.complaints == []
    with Lake(directory) as lake:
        assert lake.history()[0]["author"] == "Olena"


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


def test_the_office_pages_fit_on_a_phone(browser: Browser, own_address: str):
    with visiting(browser, own_address, width=NARROW) as visitor:
        visitor.open("/upload")
        put_down(visitor, "norge.csv", NORWEGIAN.encode("cp1252"))
        expect(visitor.tab.get_by_text("One value for all rows")).to_be_visible()
        assert visitor.too_wide() == []


def test_a_visit_that_comes_through_a_proxy_is_no_visit_of_the_staff(browser: Browser, own_address: str):
    with visiting(browser, own_address) as visitor:
        visitor.tab.set_extra_http_headers({"X-Forwarded-For": "203.0.113.7"})
        visitor.open()
        assert not {"/upload", "/submissions", "/templates"} & set(visitor.pages())
        visitor.tab.goto(f"{own_address}/upload")
        visitor.wait()
        assert visitor.tab.locator('input[type="file"]').count() == 0
