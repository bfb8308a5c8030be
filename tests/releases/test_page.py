"""The page Releases: everybody reads what was published; the staff goes the way to the next one."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tallinn import access
from tallinn.lake import Lake
from tallinn.releases import dossiers, published
from tests.pages.conftest import open_page
from tests.samples import taken, workbook

PAGE = "9_releases.py"


@pytest.fixture
def staff(own_lake: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page, for one of the staff, after Sweden has committed more."""
    with Lake(own_lake) as lake:
        taken(workbook(contributions=[{"contribution_id": "SWE-X", "donor_id": "SWE", "amount": 5_000_000}]), lake)
    monkeypatch.setattr(access, "is_staff", lambda _visit: True)
    return open_page(PAGE)


def words(page: AppTest) -> str:
    assert not page.exception
    kinds = (page.markdown, page.success, page.info, page.warning, page.error, page.caption)
    return " ".join(element.value.replace("\\", "") for kind in kinds for element in kind)


def step(page: AppTest, label: str, name: str, **fields: object) -> AppTest:
    """Write a name and press a button, as one of the staff."""
    next(text for text in page.text_input if text.label.startswith("Your name")).set_value(name)
    for key, value in fields.items():
        next(each for kind in (page.text_input, page.text_area) for each in kind if str(each.key).startswith(key)).set_value(value)
    return next(button for button in page.button if button.label == label).click().run()


def state(directory: Path) -> str:
    with Lake(directory) as lake:
        return dossiers(lake)[0].state


def test_the_staff_prepares_a_second_person_approves_and_then_it_is_public(staff, own_lake):
    assert "Sweden: +EUR 5 million committed (1 added)." in words(staff)
    assert staff.dataframe[0].value["Contribution"].tolist() == ["SWE-X"]
    page = step(staff, "Prepare", "Mari", release_note="Sweden committed more.")
    assert "Somebody else must approve it now." in words(page)
    page = step(page, "Approve", "Mari")
    assert "Somebody else must approve it." in words(page) and state(own_lake) == "prepared"
    page = step(page, "Approve", "Olena")
    assert "Approved by Olena" in words(page)
    page = step(page, "Publish", "Mari")
    assert "is public." in words(page) and state(own_lake) == "published"
    with Lake(own_lake) as lake:
        name = published(lake).id
    assert f"**{name}** was published on" in words(page) and "Sweden committed more." in words(page)
    assert "nothing to compare" not in words(page)
    assert "The Mechanism: +EUR 5 million committed (1 added)." in words(page)
    assert page.dataframe[-1].value["Release"].tolist()[0] == name


def test_nobody_acts_without_a_name_or_drops_without_a_reason(staff, own_lake):
    page = step(staff, "Prepare", "Mari")
    assert "Write your name" in words(step(page, "Approve", " "))
    assert "Say why the release is dropped." in words(step(page, "Drop it", "Olena"))
    assert "was dropped" in words(step(page, "Drop it", "Olena", reason="too early"))
    assert state(own_lake) == "dropped"


def test_a_prepared_release_is_previewed_on_every_page(staff):
    page = step(staff, "Prepare", "Mari")
    next(button for button in page.button if button.label == "Preview every page").click().run()
    assert "**PREVIEW** of release" in words(page)
    page.switch_page("pages/2_funding.py").run()
    assert "**PREVIEW** of release" in words(page)


def test_the_public_sees_the_list_and_none_of_the_steps(staff, own_lake, monkeypatch):
    step(staff, "Prepare", "Mari", release_note="secret plan")
    monkeypatch.setattr(access, "is_staff", lambda _visit: False)
    page = open_page(PAGE)
    assert "was published on" in words(page) and len(page.dataframe[-1].value) == 1
    assert "secret plan" not in words(page) and not [each for each in page.button if each.label != "Read it"]


def test_who_is_no_longer_of_the_staff_takes_no_step(staff, own_lake, monkeypatch):
    next(text for text in staff.text_input if text.label.startswith("Your name")).set_value("Mari")
    monkeypatch.setattr(access, "is_staff", lambda _visit: False)
    page = next(button for button in staff.button if button.label == "Prepare").click().run()
    assert "Only the staff may do this. Nothing was changed." in words(page)
    assert state(own_lake) == "published"
