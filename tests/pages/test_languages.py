"""In which language a page is read: the browser's, the address's, the one that was chosen; it stays from page to page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tallinn import languages
from tallinn.page import speech
from tests.pages.conftest import Visit

ESTONIAN = """
msgid ""
msgstr "Plural-Forms: nplurals=2; plural=(n != 1);"

msgid "Projects"
msgstr "Projektid"

msgid "Funding by donor"
msgstr "Rahastus"

msgid "Audit"
msgstr "Audit (et)"

msgid "Release"
msgstr "Väljalase"
"""


@pytest.fixture(autouse=True)
def _estonian_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A catalogue that was dropped in beside English, and nothing else."""
    catalogue = tmp_path / "et" / languages.CATALOGUE
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(ESTONIAN, encoding="utf-8")
    monkeypatch.setattr(languages, "LOCALES", tmp_path)
    forget()
    yield
    forget()


def forget() -> None:
    languages.languages.cache_clear()
    languages.catalogue.cache_clear()


@pytest.fixture
def _browser_is_estonian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "preferred", lambda _accepted: "et")


def test_a_catalogue_that_is_dropped_in_is_offered_by_the_switch(visit: Visit):
    page = visit("3_projects.py")
    assert languages.languages() == {"en": "English", "et": "Eesti"}
    assert [button.label for button in offered(page)] == ["Eesti"]


def test_a_page_is_in_the_language_that_the_address_names(visit: Visit):
    page = visit("3_projects.py", lang="et")
    assert page.title[0].value == "Projektid"
    assert [button.label for button in offered(page)] == ["English"]


@pytest.mark.usefixtures("_browser_is_estonian")
def test_without_a_choice_the_browser_decides_and_the_address_stays_bare(visit: Visit):
    page = visit("3_projects.py")
    assert page.title[0].value == "Projektid"
    assert "lang" not in page.query_params


@pytest.mark.usefixtures("_browser_is_estonian")
def test_what_the_switch_chose_goes_before_the_browser_and_stays_in_the_address_of_each_page(visit: Visit):
    page = visit("3_projects.py")
    page.button(key="language_en").click().run()
    assert page.title[0].value == "Projects"
    page.query_params.clear()  # as a link of the navigation does
    page.switch_page("pages/2_funding.py").run()
    assert page.title[0].value == "Funding by donor"
    assert page.query_params["lang"] == "en"


def test_a_filter_outlives_a_switch_of_language(visit: Visit):
    page = visit("2_funding.py", donor=["EST", "SWE"], scope="related")
    page.button(key="language_et").click().run()
    assert page.title[0].value == "Rahastus"
    assert page.multiselect(key="donor_et").value == ["EST", "SWE"]
    assert (page.query_params["donor"], page.query_params["scope"]) == (["EST", "SWE"], "related")


def test_a_filter_follows_the_address_when_somebody_goes_back(visit: Visit):
    page = visit("2_funding.py", donor="EST")
    page.multiselect(key="donor_en").set_value(["SWE"]).run()
    assert page.query_params["donor"] == "SWE"
    page.query_params["donor"] = "EST"
    page.run()
    assert page.multiselect(key="donor_en").value == ["EST"]


def test_what_was_just_chosen_goes_before_an_address_that_is_not_up_to_date(visit: Visit):
    page = visit("2_funding.py", donor="EST")
    page.multiselect(key="donor_en").set_value(["EST", "SWE"])
    page.query_params["donor"] = "DEU"
    page.run()
    assert page.query_params["donor"] == ["EST", "SWE"]


def test_a_language_that_nobody_has_is_answered_with_a_sentence(visit: Visit):
    page = visit("3_projects.py", lang="*xx*")
    assert page.title[0].value == "Projects"
    assert any("xx" in info.value for info in page.info)


def test_words_of_a_callback_are_of_the_visitor_too(visit: Visit, monkeypatch: pytest.MonkeyPatch):
    heard = []
    monkeypatch.setattr(speech.choices, "_just_chosen", lambda: heard.append(languages.language.get()))
    page = visit("2_funding.py", lang="et")
    page.multiselect(key="donor_et").set_value(["EST"]).run()
    assert heard == ["et"]


@pytest.mark.parametrize(
    ("accepted", "code"),
    [
        ("et-EE,et;q=0.9,en;q=0.8", "et"),
        ("de,en;q=0.3", "en"),
        ("en;q=0.2, et;q=0.5", "et"),
        ("et;q=0", "en"),
        ("*", "en"),
        (None, "en"),
        (";q=x", "en"),
    ],
)
def test_the_header_of_a_browser_is_understood(accepted: str | None, code: str):
    assert languages.preferred(accepted) == code


def offered(page: AppTest) -> list:
    return [button for button in page.button if button.key.startswith("language_")]
