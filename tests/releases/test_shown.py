"""Which state of the figures a visitor reads, and how the page says so."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tallinn.lake import Lake
from tallinn.releases import approve, prepare, publish, published
from tests.pages.conftest import open_page
from tests.people import configure, sign_in
from tests.samples import taken, workbook


@pytest.fixture
def first(own_lake: Path) -> str:
    """The release that the first start published, while more has been taken in since."""
    with Lake(own_lake) as lake:
        taken(workbook(milestones=[{"title": "A later milestone"}]), lake)
        return published(lake).id


def second(directory: Path, *, is_published: bool = True) -> str:
    with Lake(directory) as lake:
        found = approve(lake, prepare(lake, author="Mari", note="").id, author="Olena")
        return publish(lake, found.id, author="Mari").id if is_published else found.id


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    configure(monkeypatch, tmp_path)
    sign_in(monkeypatch, "public")


@pytest.fixture
def staff(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    configure(monkeypatch, tmp_path)
    sign_in(monkeypatch, "staff")


def bars(page: AppTest) -> list[str]:
    assert not page.exception and not page.error
    return [bar.value for kind in (page.info, page.warning) for bar in kind if "elease" in bar.value]


def imprint(page: AppTest) -> str:
    return next(caption.value.replace("\\", "") for caption in page.caption if caption.value.startswith("Release"))


def has_the_later_one(page: AppTest) -> bool:
    return "A later milestone" in str([table.value.to_dict() for table in page.dataframe] + [each.value for each in page.markdown])


@pytest.mark.usefixtures("public")
def test_the_public_reads_the_release_in_force_and_nothing_newer(first, own_lake):
    page = open_page("1_summary.py")
    assert bars(page) == [] and imprint(page).startswith(f"Release {first} of ")
    name = second(own_lake)
    page = open_page("1_summary.py")
    assert bars(page) == [] and imprint(page).startswith(f"Release {name} of ")


@pytest.mark.usefixtures("staff")
def test_the_staff_reads_the_state_as_it_is_under_a_bar_that_says_so(first, own_lake):
    page = open_page("1_summary.py")
    (bar,) = bars(page)
    assert "not published" in bar and f"The public reads release {first}." in bar
    next(button for button in page.button if button.label == f"Read release {first}").click().run()
    assert bars(page) == [] and imprint(page).startswith(f"Release {first} of ")
    page.switch_page("pages/2_funding.py").run()
    assert imprint(page).startswith(f"Release {first} of ")
    second(own_lake)
    assert bars(open_page("1_summary.py")) == []


@pytest.mark.usefixtures("public")
def test_every_page_names_its_release_its_data_and_the_day_of_the_next(own_lake):
    with Lake(own_lake) as lake:
        found = approve(lake, prepare(lake, author="Mari", note="", next_date=date(2030, 1, 15)).id, author="Olena")
        publish(lake, found.id, author="Mari")
    for script in ("1_summary.py", "4_cyberattacks.py", "9_releases.py"):
        said = imprint(open_page(script))
        assert said.startswith(f"Release {found.id} of ") and "Data to " in said and "The next release is due on 15 January 2030." in said


@pytest.mark.usefixtures("public")
def test_an_old_release_stays_readable_by_its_address_and_says_that_it_is_old(first, own_lake):
    name = second(own_lake)
    page = open_page("1_summary.py", release=first)
    (bar,) = bars(page)
    assert f"You are reading release {first}" in bar and f"The newest is {name}." in bar
    assert imprint(page).startswith(f"Release {first} of ")
    page.switch_page("pages/3_projects.py").run()
    assert imprint(page).startswith(f"Release {first} of ")


@pytest.mark.usefixtures("staff")
def test_a_release_that_is_not_public_is_a_preview_for_the_staff(first, own_lake):
    name = second(own_lake, is_published=False)
    (bar,) = bars(open_page("1_summary.py", release=name))
    assert f"**PREVIEW** of release {name}" in bar


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize("asked_for", ["working", "1999-01", "2026-11.2", "'; DROP TABLE needs; --"])
def test_the_public_gets_nothing_unpublished_by_an_address(first, own_lake, asked_for):
    second(own_lake, is_published=False)
    page = open_page("1_summary.py", release=asked_for)
    assert imprint(page).startswith(f"Release {first} of ")
    assert not page.exception
