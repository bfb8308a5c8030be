"""Every page in Ukrainian: complete, with all its proofs open, and without a word of English that is not of the data."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import Visit
from tests.pages.leftover import left, of_data
from tests.pages.test_every_page import ABOUT_ONE, PAGES, assert_fine

LANGUAGE = "uk"


def opened(visit: Visit, script: str, **query: str | list[str]) -> AppTest:
    """The page with everything open that is folded away."""
    page = visit(script, lang=LANGUAGE, **query)
    for key in [key for key in page.session_state if str(key).startswith(("made_", "take_"))]:
        page.session_state[key] = True
    return page.run()


@pytest.mark.parametrize("script", PAGES)
def test_a_page_has_no_english_left(script: str, visit: Visit, caplog):
    page = opened(visit, script)
    assert_fine(page, caplog)
    assert sorted(left(page, of_data())) == []


@pytest.mark.parametrize("script", PAGES)
def test_a_page_has_no_english_left_when_nothing_is_on_file(script: str, visit_empty: Visit, caplog):
    page = opened(visit_empty, script)
    assert_fine(page, caplog)
    assert sorted(left(page, of_data())) == []


def test_a_page_in_english_would_be_found_out(visit: Visit):
    found = left(visit("3_projects.py"), of_data())
    assert {"Projects", "List of projects", "Number of projects"} <= found


def test_a_table_leads_to_pages_in_the_same_language(visit: Visit):
    for script, column, target in [
        ("13_donor.py", "donor_id", "donor?donor=EST"),
        ("15_project.py", "project_id", "project?project=TM-002"),
    ]:
        page = visit(script, lang=LANGUAGE)
        assert f"{target}&lang=uk" in page.dataframe[0].value[column].tolist()


@pytest.mark.parametrize(
    ("script", "query"),
    [
        *ABOUT_ONE,
        ("2_funding.py", {"scope": "related", "donor": "EST"}),
        ("3_projects.py", {"search": "nothing is called like this"}),
        ("4_cyberattacks.py", {"series": "scpc-detection-system", "dimension": "severity"}),
        ("4_cyberattacks.py", {"series": "ssu-neutralised"}),
        ("1_summary.py", {"release": "no such release"}),
    ],
    ids=str,
)
def test_a_choice_leaves_no_english_either(script: str, query: dict[str, str | list[str]], visit: Visit, caplog):
    page = opened(visit, script, **query)
    assert_fine(page, caplog)
    given = {value for values in query.values() for value in ([values] if isinstance(values, str) else values)}
    assert sorted(left(page, of_data()) - given) == []
