"""Every page for every reader: on real, invented and no data, in each language, for each audience; what is invented is marked."""

from itertools import product
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tallinn.ingest.invented import MARK
from tallinn.languages import language
from tallinn.settings import ROOT
from tests.demonstration.test_pages import assert_light
from tests.pages.conftest import (  # noqa: F401
    _pages_in_their_frame,
    _visited_by_the_staff,
    default_lake,
    empty_lake,
    open_page,
)
from tests.pages.leftover import left, of_data
from tests.pages.test_every_page import PAGES, errors
from tests.people import ADDRESSES, sign_in

LAKES = ("default_lake", "demonstration_directory", "empty_lake")
READERS = ("public", "partner", "SWE", "staff")
NOT_FOR = {
    "public": {"6_upload.py", "7_submissions.py", "8_templates.py", "10_my_figures.py", "11_audit.py", "21_ask_anything.py"},
    "partner": {"6_upload.py", "7_submissions.py", "8_templates.py", "10_my_figures.py", "11_audit.py"},
    "SWE": {"6_upload.py", "7_submissions.py", "8_templates.py", "11_audit.py"},
    "staff": set(),
}
"""Pages that are not in the navigation of a reader; asked for all the same they show nothing (tests/office, tests/audience)."""
NAMES = {"staff", "partner", "partner SWE", *(address.partition("@")[0].title() for address in ADDRESSES.values())}
"""What a page says of persons, and the audit trail of their roles."""


@pytest.mark.parametrize(("lake", "code", "who"), product(LAKES, ("en", "uk"), READERS))
def test_every_page_opens_and_is_in_one_language(
    lake: str, code: str, who: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    directory: Path = request.getfixturevalue(lake)
    monkeypatch.setenv("TALLINN_LAKE", str(directory))
    sign_in(monkeypatch, who)
    # What the test framework says of a widget's words it asks for outside of the page.
    with language.spoken(code):
        page = open_page("1_summary.py", lang=code)
        for script in PAGES:
            if script in NOT_FOR[who]:
                with pytest.raises(ValueError, match=script):
                    page.switch_page(f"pages/{script}")
            else:
                assert_shown(page.switch_page(f"pages/{script}").run(), code, script)
                assert_light(page)
                assert str(getattr(page.main[0], "value", "")).startswith(f"**{MARK}**") == (lake == "demonstration_directory")
    assert errors(caplog) == []


def assert_shown(page: AppTest, code: str, script: str) -> None:
    assert not page.exception and not page.error, script
    assert page.title or page.header, script
    if code == "uk":
        assert sorted(left(page, of_data()) - NAMES) == [], script


def test_a_page_that_is_added_is_opened_too():
    assert {path.name for path in (ROOT / "pages").glob("*.py")} == set(PAGES)
