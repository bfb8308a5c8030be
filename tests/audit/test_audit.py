"""The audit trail tells who did what and who was refused, and forgets nothing."""

import csv
import io
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tallinn import audit
from tallinn.ingest.undo import undo
from tallinn.lake import Lake
from tallinn.page import noted
from tallinn.page.office import door
from tallinn.releases import approve, prepare, publish
from tests.office.conftest import Visit
from tests.people import claims, sign_in
from tests.samples import taken, workbook


@pytest.fixture(autouse=True)
def _nobody_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noted, "_sessions", set())
    noted._knocks.clear()


def trail(directory: Path) -> list[tuple[str, str, str]]:
    with Lake(directory) as lake:
        return [(event.who, event.act, event.about) for event in audit.trail(lake) if "dashboard" not in event.who]


def table(page: AppTest) -> list[list[str]]:
    assert not page.exception
    return page.dataframe[0].value.iloc[:, 1:].to_numpy().tolist()


def test_every_step_of_the_office_is_in_the_trail(own_lake: Path):
    with Lake(own_lake) as lake:
        number = taken(workbook(needs=[{}]), lake, name="needs.xlsx", author="mari").submission_id
        undo(number, lake, author="olena", reason="sent twice")
        name = prepare(lake, author="mari", note="nothing new").id
        approve(lake, name, author="olena")
        publish(lake, name, author="mari")
    assert trail(own_lake) == [
        ("mari", "published", f"release {name}"),
        ("olena", "approved", f"release {name}"),
        ("mari", "prepared", f"release {name}. nothing new"),
        ("olena", "undid", f"submission {number}: needs.xlsx. sent twice"),
        ("mari", "submitted", f"submission {number}: needs.xlsx"),
    ]


def test_a_session_is_noted_once_however_many_tabs_it_has(visit: Visit, own_lake: Path, monkeypatch: pytest.MonkeyPatch):
    visit("1_summary.py")
    visit("2_funding.py")
    monkeypatch.setattr(noted, "_sessions", set())
    visit("3_projects.py")
    assert trail(own_lake) == [("olena@office.example", "signed in", "staff")]


def test_signing_out_is_noted_and_ends_the_session_in_other_tabs(visit: Visit, own_lake: Path):
    first, second = visit("12_account.py"), visit("7_submissions.py")
    next(button for button in first.button if button.label == "Sign out").click().run()
    assert trail(own_lake)[0] == ("olena@office.example", "signed out", "staff")
    assert "Sign in" in {button.label for button in first.button}
    next(button for button in second.button if button.label == "Undo this submission").click().run()
    with Lake(own_lake) as lake:
        assert all(each["undone_at"] is None for each in lake.history())


@pytest.mark.parametrize(
    ("who", "name"), [("public", noted.NOBODY), ("unknown", "paula@elsewhere.example"), ("NLD", "nora@netherlands.example")]
)
def test_who_is_refused_is_noted_but_not_again_and_again(who: str, name: str, role: Visit, own_lake: Path):
    role(who)
    for _ in range(3):
        with pytest.raises(door.NotStaff):
            door.check("undo a submission")
    assert trail(own_lake) == [(name, "refused", "undo a submission")]


def test_the_staff_searches_the_trail_and_nobody_else_reads_it(visit: Visit, own_lake: Path, monkeypatch: pytest.MonkeyPatch):
    with Lake(own_lake) as lake:
        audit.note(lake, "refused", who="=cmd|' /C calc'!A0", about="undo a submission")
    page = visit("11_audit.py")
    page.text_input(key="who").set_value("CMD").run()
    assert table(page) == [["=cmd|' /C calc'!A0", "refused", "undo a submission"]]
    page.text_input(key="who").set_value("nobody has this name").run()
    assert "Nothing in the trail fits." in [info.value for info in page.info]
    sign_in(monkeypatch, "NLD")
    page.run()
    assert not page.dataframe and "calc" not in str([each.value for each in page.markdown])


def test_the_trail_as_a_file_holds_no_formula(own_lake: Path):
    with Lake(own_lake) as lake:
        audit.note(lake, "refused", who="=cmd|' /C calc'!A0", about="-1+1")
        rows = list(csv.reader(io.StringIO(audit.as_csv(audit.trail(lake)).decode("utf-8-sig"))))
    assert rows[0] == ["happened_at", "who", "act", "about"]
    assert rows[1][1:] == ["'=cmd|' /C calc'!A0", "refused", "'-1+1"]


def test_the_trail_keeps_no_claim_but_the_address(visit: Visit, own_lake: Path, monkeypatch: pytest.MonkeyPatch):
    said = claims("staff", phone_number="+31 20 555 0199", picture="https://pictures.example/olena")
    sign_in(monkeypatch, "staff", **said)
    visit("1_summary.py")
    with Lake(own_lake) as lake:
        noted_events = str(lake.table("events").to_pylist())
    assert "555 0199" not in noted_events and "pictures" not in noted_events and said["sub"] in noted_events
