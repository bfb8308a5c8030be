"""Pages in a real browser: addresses, filters, what is taken away, and the first visit of all."""

from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from benchmarks.serving import served

from .conftest import Visiting
from .visit import NARROW, ROOT, WIDE, visiting

pytestmark = pytest.mark.browser


def test_the_navigation_lists_the_pages(paths: list[str]):
    assert paths[0] == "/"
    assert len(paths) >= 5


@pytest.mark.parametrize(
    ("path", "key", "code", "words"),
    [
        ("/funding", "scope", "related", "With related civilian cyber support"),
        ("/funding", "donor", "SWE", "Sweden"),
        ("/projects", "search", "Starlink", "Starlink"),
    ],
)
def test_a_filter_in_the_address_survives_a_reload_and_a_page_switch(path: str, key: str, code: str, words: str, visit: Visiting):
    query = urlencode({key: code}, quote_via=quote)
    with visit() as visitor:
        visitor.open(f"{path}?{query}")
        assert words in visitor.chosen()
        visitor.tab.reload()
        visitor.wait()
        assert words in visitor.chosen()
        visitor.follow("/methodology").follow(path)
        assert words in visitor.chosen()
        assert parse_qs(urlsplit(visitor.tab.url).query).get(key) == [code]
        assert visitor.errors() == []


def test_a_chart_is_taken_away_as_picture_and_rows(visit: Visiting, tmp_path: Path):
    with visit(width=NARROW) as visitor:
        visitor.open("/funding?donor=SWE")
        visitor.tab.get_by_role("button", name="Take away").first.click()
        begins = {"PNG": b"\x89PNG", "SVG": b"<svg", "PDF": b"%PDF", "CSV": b"\xef\xbb\xbfdonor_id", "XLSX": b"PK"}
        for form, beginning in begins.items():
            with visitor.tab.expect_download() as download:
                visitor.tab.get_by_role("button", name=form, exact=True).first.click()
            assert Path(download.value.path()).read_bytes().startswith(beginning)
            assert download.value.suggested_filename.startswith("donor_ladder_20")
        expect(visitor.tab.get_by_text("/funding?donor=SWE")).to_be_visible()
        assert visitor.errors() == [] and visitor.complaints == [] and visitor.too_wide() == []


def test_the_briefing_of_a_donor_is_taken_away_in_the_reader_s_language(visit: Visiting):
    with visit() as visitor:
        visitor.open("/donor?donor=SWE&lang=uk")
        with visitor.tab.expect_download() as download:
            visitor.tab.get_by_role("button", name="Довідка: дві сторінки для друку (PDF)").click()
        assert download.value.suggested_filename.startswith("briefing_SWE_20")
        first, second = PdfReader(download.value.path()).pages
        assert "Швеція" in first.extract_text() and "release=20" in second.extract_text()


def test_a_donor_s_briefing_in_the_other_language_is_three_clicks_from_the_start(visit: Visiting):
    with visit() as visitor:
        visitor.open()
        visitor.tab.get_by_role("button", name="Briefing: two pages to print (PDF)").click()
        visitor.tab.get_by_role("radio", name="Estonia").click()
        visitor.wait()
        with visitor.tab.expect_download() as download:
            visitor.tab.get_by_role("button", name="Українська").last.click()
        assert download.value.suggested_filename.startswith("briefing_EST_20")
        assert "Естонія" in PdfReader(download.value.path()).pages[0].extract_text()
        assert visitor.errors() == [] and visitor.complaints == []


def test_a_filter_that_was_chosen_is_undone_by_going_back(visit: Visiting):
    with visit() as visitor:
        visitor.open("/funding")
        related = visitor.tab.get_by_role("radio", name="With related civilian cyber support")
        # The address follows the choice; going back before it did would leave the page.
        related.click()
        visitor.tab.wait_for_url("**scope=related*")
        visitor.wait().tab.get_by_role("radio", name="The Mechanism").click()
        visitor.tab.wait_for_url(lambda address: "scope=related" not in address)
        visitor.wait().tab.go_back()
        expect(related).to_be_checked()


def test_plain_streamlit_run_takes_in_the_default_data_and_serves_a_link_to_a_page_first(browser: Browser, tmp_path: Path):
    environment = {"TALLINN_LAKE": str(tmp_path / "lake")}
    with served(ROOT / "dashboard.py", environment=environment) as port, visiting(browser, f"http://127.0.0.1:{port}") as visitor:
        visitor.open("/funding")
        assert visitor.errors() == []
        assert visitor.tab.get_by_text("How the figures are made").count() == 1
        visitor.open("/")
        assert visitor.errors() == [] and visitor.complaints == []
        assert visitor.drawn() > 0


def test_a_click_in_the_flow_follows_one_donor_and_another_leads_back(visit: Visiting):
    with visit(width=WIDE) as visitor:
        visitor.open("/flow").unfold()
        visitor.tab.locator(".scatterlayer .points path.point").first.click(force=True)
        visitor.tab.wait_for_url(lambda address: "donor=" in address)
        (donor,) = parse_qs(urlsplit(visitor.tab.url).query)["donor"]
        visitor.wait()
        assert donor == "SWE" and "Sweden" in visitor.chosen()
        visitor.tab.locator(".scatterlayer .points path.point").first.click(force=True)
        visitor.tab.wait_for_url(lambda address: "donor=" not in address)
        assert visitor.errors() == [] and visitor.complaints == []
