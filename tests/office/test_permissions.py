"""Every page and every action for every role: what is not for somebody is neither shown nor done, however it is asked for."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tallinn.lake import Lake
from tallinn.lake_tables import RECORDS
from tallinn.page.office import door
from tallinn.releases import prepare
from tests.office.conftest import open_page
from tests.office.test_upload import uploaded
from tests.people import ADDRESSES
from tests.samples import taken, workbook

STAFF_PAGES = {"6_upload.py", "7_submissions.py", "8_templates.py", "11_audit.py"}
OTHERS = sorted({"public", *ADDRESSES} - {"staff", "second", "SWE"})
GOOD = {"contribution_id": "SWE-good", "donor_id": "SWE", "amount": 10}
BAD = {"contribution_id": "SWE-bad", "donor_id": "SWE", "amount": "12,5.3"}
Role = Callable[[str], None]


@pytest.fixture
def busy_lake(own_lake: Path) -> Path:
    """A lake on which every action of the staff has something to act on: a submission, rows that wait, a prepared release."""
    with Lake(own_lake) as lake:
        taken(workbook(contributions=[GOOD, BAD]), lake, name="sweden.xlsx")
        prepare(lake, author="taavi@office.example", note="waits")
    return own_lake


def opened(script: str) -> AppTest:
    page = open_page(script)
    if script == "6_upload.py":
        page = uploaded(page, ("more.xlsx", workbook(contributions=[{**GOOD, "contribution_id": "SWE-more"}])))
    return page


def filled(page: AppTest) -> AppTest:
    """All fields of text written, so that nothing but the role stands in the way."""
    for field in [*page.text_input, *page.text_area]:
        field.set_value("because")
    for key in [key for key in page.session_state if str(key).startswith("editor_")]:
        page.session_state[key] = {"edited_rows": {0: {"Amount": "12.5", "Give up": True}}, "added_rows": [], "deleted_rows": []}
    return page


def state(directory: Path) -> dict[str, object]:
    """Everything in the lake but what the audit trail notes."""
    with Lake(directory) as lake:
        tables = [*RECORDS.keys() - {"events", "files"}, "contributions", "needs", "projects", "organisations"]
        return {name: lake.table(name).to_pylist() for name in tables}


def press_all(page: AppTest, *labels: str) -> AppTest:
    """Every button at once (or those of these names), as no browser would send it but a script could."""
    for button in page.button:
        if not labels or button.label in labels:
            button.click()
    return page.run()


@pytest.mark.parametrize("script", sorted([*STAFF_PAGES, "9_releases.py"]))
def test_no_button_of_a_page_that_the_staff_has_open_does_anything_for_anybody_else(script: str, busy_lake: Path, role: Role):
    before = state(busy_lake)
    for other in OTHERS:
        role("staff")
        page = filled(opened(script))
        role(other)
        assert not press_all(page).exception
        assert state(busy_lake) == before, other


@pytest.mark.parametrize(
    ("script", "label"),
    [
        ("6_upload.py", "Take in 1 row"),
        ("7_submissions.py", "Take in what was mended"),
        ("7_submissions.py", "Give up the ticked rows"),
        ("7_submissions.py", "Undo this submission"),
        ("9_releases.py", "Approve"),
        ("9_releases.py", "Drop it"),
    ],
)
def test_the_same_buttons_do_act_for_the_staff(script: str, label: str, busy_lake: Path, role: Role):
    role("staff")
    before = state(busy_lake)
    press_all(filled(opened(script)), label)
    assert state(busy_lake) != before


@pytest.mark.parametrize("script", sorted(STAFF_PAGES))
@pytest.mark.parametrize("other", OTHERS)
def test_a_page_of_the_staff_is_not_there_for_anybody_else(script: str, other: str, own_lake: Path, role: Role):
    role(other)
    with pytest.raises(ValueError, match=script):
        open_page(script)


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("ask", [door.lake, lambda: door.acting("undo a submission")])
def test_the_lake_is_not_opened_for_anybody_else(ask: Callable[..., object], other: str, own_lake: Path, role: Role):
    role(other)
    with pytest.raises(door.NotStaff), ask():  # type: ignore[attr-defined]
        pytest.fail("the lake was opened")
