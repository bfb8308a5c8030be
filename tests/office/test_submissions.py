"""The history, rows that wait, and undo, as the staff see them; templates."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from tallinn import access
from tallinn.giveback import template
from tallinn.ingest.held import held_rows
from tallinn.lake import Lake
from tallinn.page import visit as visit_now
from tallinn.page.office import door
from tests.office.conftest import Visit
from tests.office.test_upload import press, widget, words
from tests.samples import taken, workbook

GOOD = {"contribution_id": "SWE-good", "donor_id": "SWE", "amount": 10}
BAD = {"contribution_id": "SWE-bad", "donor_id": "SWE", "amount": "12,5.3"}


@pytest.fixture
def held(own_lake: Path) -> tuple[int, str]:
    """A submission of two rows, of which one is held: its number and the row's name."""
    with Lake(own_lake) as lake:
        number = taken(workbook(contributions=[GOOD, BAD]), lake, name="sweden.xlsx").submission_id
        (row,) = held_rows(lake)
    return number, row["held_id"]


def edited(page: AppTest, number: int, cells: dict[str, object]) -> AppTest:
    """The page after the first waiting row was edited in the table."""
    editor = next(key for key in page.session_state if str(key).startswith(f"editor_{number}_"))
    page.session_state[editor] = {"edited_rows": {0: cells}, "added_rows": [], "deleted_rows": []}
    return page


def test_the_history_says_who_when_what_and_how_many_rows_wait(held: tuple[int, str], visit: Visit):
    page = visit("7_submissions.py")
    newest = page.dataframe[0].value.iloc[0].to_dict()
    assert (newest["No."], newest["File"], newest["Sender"]) == (held[0], "sweden.xlsx", "Sweden")
    assert (newest["Rows taken"], newest["Rows waiting"]) == (1, 1)


def test_a_submission_is_told_with_its_effect(held: tuple[int, str], visit: Visit):
    said = words(visit("7_submissions.py"))
    assert "Contributions: 1 rows written" in said
    assert "Sweden: commitments rise by EUR 10 because SWE-good is new." in said


def test_a_row_mended_in_the_table_is_taken_in(held: tuple[int, str], visit: Visit, own_lake: Path):
    page = edited(visit("7_submissions.py"), held[0], {"Amount": "12.5"})
    page = press(page, "Take in what was mended")
    assert "1 row was taken in." in words(page)
    with Lake(own_lake) as lake:
        assert held_rows(lake) == []
        assert str(lake.rows("contributions").set_index("contribution_id").loc["SWE-bad", "amount"]) == "12.50"
        assert lake.history()[0]["author"] == "olena@office.example"


def test_a_row_that_is_still_wrong_goes_on_waiting(held: tuple[int, str], visit: Visit, own_lake: Path):
    page = edited(visit("7_submissions.py"), held[0], {"Amount": "twelve"})
    page = press(page, "Take in what was mended")
    assert "1 still has errors." in words(page)
    with Lake(own_lake) as lake:
        assert [row["problems"].partition(" ")[0] for row in held_rows(lake)] == ["“twelve”"]


def test_a_row_is_given_up_with_a_reason(held: tuple[int, str], visit: Visit, own_lake: Path):
    page = edited(visit("7_submissions.py"), held[0], {"Give up": True})
    page = press(page, "Give up the ticked rows")
    assert "Say why" in words(page)
    page = edited(page, held[0], {"Give up": True})
    widget(page, "Why, if rows are given up").set_value("Sweden took it back")
    page = press(page, "Give up the ticked rows")
    assert "1 row was given up." in words(page)
    with Lake(own_lake) as lake:
        assert held_rows(lake) == []


def test_a_submission_is_undone_with_a_name_and_a_reason(held: tuple[int, str], visit: Visit, own_lake: Path):
    page = press(visit("7_submissions.py"), "Undo this submission")
    assert "Say why" in words(page)
    widget(page, "Why it is undone").set_value("Sent by mistake")
    page = press(page, "Undo this submission")
    assert f"Submission {held[0]} is undone" in words(page)
    assert "Sent by mistake" in words(page)
    with Lake(own_lake) as lake:
        assert "SWE-good" not in set(lake.rows("contributions")["contribution_id"])


def test_what_stands_in_the_way_of_undoing_is_named(held: tuple[int, str], visit: Visit, own_lake: Path):
    with Lake(own_lake) as lake:
        later = taken(workbook(contributions=[{**GOOD, "amount": 11}]), lake, name="later.xlsx").submission_id
    page = visit("7_submissions.py", submission=f"{held[0]} · sweden.xlsx")
    widget(page, "Why it is undone").set_value("Sent by mistake")
    page = press(page, "Undo this submission")
    assert f"submission {later} (later.xlsx" in words(page)


def test_a_stranger_can_neither_mend_nor_undo(held: tuple[int, str], visit: Visit, role: Callable[[str], None], own_lake: Path):
    page = visit("7_submissions.py")
    widget(page, "Why it is undone").set_value("Sent by mistake")
    role("public")
    press(page, "Undo this submission")
    with Lake(own_lake) as lake:
        assert lake.history()[0]["undone_at"] is None


def test_a_file_is_fetched_by_the_staff_alone(role: Callable[[str], None], own_lake: Path):
    role("staff")
    fetch = door.later(lambda lake: str(len(lake.history())).encode())
    assert int(fetch()) > 10
    role("NLD")
    with pytest.raises(door.NotStaff):
        door.later(lambda lake: str(len(lake.history())).encode())()


def test_a_link_to_a_file_ends_with_the_session_that_made_it(role: Callable[[str], None], own_lake: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(access, "_ended", {})
    role("staff")
    fetch = door.later(lambda lake: str(len(lake.history())).encode())
    access.end(visit_now.claims())
    with pytest.raises(door.NotStaff):
        fetch()


def test_a_template_holds_what_a_sender_has_on_file(own_lake: Path):
    with Lake(own_lake) as lake:
        swedish, own = (lake.of_sender(name, sender) for name, sender in (("contributions", "SWE"), ("incidents", None)))
        assert len(swedish) > 0
        assert len(own) == 45
        book = openpyxl.load_workbook(io.BytesIO(template("contributions", rows=swedish)))
    assert book.worksheets[0].max_row > len(swedish)


def test_the_templates_page_offers_a_workbook_for_each_dataset(visit: Visit):
    page = visit("8_templates.py")
    (offer,) = page.get("download_button")
    assert offer.proto.label == "Download the workbook"
    assert "Contribution ID" in words(page)
