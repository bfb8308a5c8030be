"""The page Releases: everybody reads what was published; the staff goes the way to the next one."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tallinn.lake import Lake
from tallinn.releases import dossiers, published
from tests.pages.conftest import open_page
from tests.people import configure, sign_in
from tests.samples import taken, workbook

PAGE = "9_releases.py"


@pytest.fixture
def staff(own_lake: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AppTest:
    """The page, for one of the staff, after Sweden has committed more."""
    with Lake(own_lake) as lake:
        more = {"contribution_id": "SWE-X", "donor_id": "SWE", "amount": 5_000_000}
        taken(workbook(contributions=[more]), lake, message="sent by a test")
    configure(monkeypatch, tmp_path)
    sign_in(monkeypatch, "staff")
    return open_page(PAGE)


@pytest.fixture
def role(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return partial(sign_in, monkeypatch)


def words(page: AppTest) -> str:
    assert not page.exception
    kinds = (page.markdown, page.success, page.info, page.warning, page.error, page.caption)
    return " ".join(element.value.replace("\\", "") for kind in kinds for element in kind)


def step(page: AppTest, label: str, **fields: object) -> AppTest:
    """Fill in the fields and press a button."""
    for key, value in fields.items():
        next(each for kind in (page.text_input, page.text_area) for each in kind if str(each.key).startswith(key)).set_value(value)
    return next(button for button in page.button if button.label == label).click().run()


def state(directory: Path) -> str:
    with Lake(directory) as lake:
        return dossiers(lake)[0].state


def test_the_staff_prepares_a_second_person_approves_and_then_it_is_public(staff, own_lake, role):
    assert "Sweden: +EUR 5 million committed (1 added)." in words(staff)
    assert staff.dataframe[0].value["Contribution"].tolist() == ["SWE-X"]
    page = step(staff, "Prepare", release_note="Sweden committed more.")
    assert "Somebody else must approve it now." in words(page)
    page = step(page, "Approve")
    assert "Somebody else must approve it." in words(page) and state(own_lake) == "prepared"
    role("second")
    page = step(page, "Approve")
    assert "Approved by taavi@office.example" in words(page)
    page = step(page, "Publish")
    assert "is public." in words(page) and state(own_lake) == "published"
    with Lake(own_lake) as lake:
        name = published(lake).id
    assert f"**{name}** was published on" in words(page) and "Sweden committed more." in words(page)
    changes = open_page("19_changes.py")
    assert "The Mechanism: +EUR 5 million committed (1 added)." in words(changes)
    assert "The headline rose by EUR 5m to EUR 21.7m; most of it: New rows" in words(changes)
    assert page.dataframe[-1].value["Release"].tolist()[0] == name


def test_each_change_has_a_reason_which_is_proposed_completed_and_then_read_by_all(staff, own_lake, role):
    editor = next(key for key in staff.session_state if str(key).startswith("release_reasons_"))
    assert next(each.value for each in staff.dataframe if "Reason" in each.value)["Reason"].tolist() == ["sent by a test"]
    staff.session_state[editor] = {"edited_rows": {0: {"Reason": "Sweden raised it in May"}}, "added_rows": [], "deleted_rows": []}
    page = step(staff, "Prepare")
    role("second")
    page = step(step(page, "Approve"), "Publish")
    role("public")
    shown = next(each.value for each in open_page("19_changes.py").dataframe if "Contribution" in each.value)
    assert shown[["Contribution", "Reason"]].to_numpy().tolist() == [["SWE-X", "Sweden raised it in May"]]
    assert shown["Before, EUR"].isna().all() and shown["After, EUR"].gt(0).all(), "what is new was not nothing before"


def test_nobody_drops_a_release_without_a_reason(staff, own_lake):
    page = step(staff, "Prepare")
    assert "Say why the release is dropped." in words(step(page, "Drop it"))
    assert "was dropped" in words(step(page, "Drop it", reason="too early"))
    assert state(own_lake) == "dropped"


def test_a_prepared_release_is_previewed_on_every_page(staff):
    page = step(staff, "Prepare")
    next(button for button in page.button if button.label == "Preview every page").click().run()
    assert "**PREVIEW** of release" in words(page)
    page.switch_page("pages/2_funding.py").run()
    assert "**PREVIEW** of release" in words(page)


def test_the_public_sees_the_list_and_none_of_the_steps(staff, own_lake, role):
    step(staff, "Prepare", release_note="secret plan")
    role("public")
    page = open_page(PAGE)
    assert "was published on" in words(page) and len(page.dataframe[-1].value) == 1
    assert "secret plan" not in words(page) and not [each for each in page.button if each.label not in ("Read it", "Українська")]


def test_who_is_no_longer_of_the_staff_takes_no_step(staff, own_lake, role):
    role("public")
    page = next(button for button in staff.button if button.label == "Prepare").click().run()
    assert "Only the staff may do this. Nothing was changed." in words(page)
    assert state(own_lake) == "published"
