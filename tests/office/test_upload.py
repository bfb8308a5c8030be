"""A file goes over the desk: read, decided, looked at, taken in. Whatever is not taken in leaves nothing behind."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tallinn import audit
from tallinn.ingest import submission as understanding
from tallinn.lake import Lake
from tallinn.page.office import desk
from tests.ingest import iati_files as iati
from tests.office.conftest import Visit
from tests.samples import csv_file, taken, workbook

NORWEGIAN = """Støtte til Ukraina 2025;;;;
Prosjekt;Beløp (NOK);Dato;Status;Intern ref
Kyberøvelse;1 250 000;12.03.2025;Tilsagn;x1
Utstyr;3 400 000,50;15.04.2025;Tilsagn;x2
Feil;12,5.3;15.05.2025;Tilsagn;x3
"""


def uploaded(page: AppTest, *files: tuple[str, bytes]) -> AppTest:
    page.file_uploader[0].set_value([(name, content, "application/octet-stream") for name, content in files])
    return page.run()


def widget(page: AppTest, label: str) -> object:
    """The widget whose label begins so."""
    for kind in ("selectbox", "text_input", "number_input", "radio", "checkbox"):
        for found in getattr(page, kind):
            if found.label.startswith(label):
                return found
    raise LookupError(label)


def press(page: AppTest, label: str) -> AppTest:
    return next(button for button in page.button if button.label.startswith(label)).click().run()


def words(page: AppTest) -> str:
    """All that the page says, as read."""
    kinds = (page.markdown, page.success, page.info, page.warning, page.error, page.caption)
    return " ".join(element.value.replace("\\", "") for kind in kinds for element in kind)


@pytest.fixture
def norwegian(visit: Visit) -> AppTest:
    """The page with a file in Norway's own form: undecided as yet."""
    page = uploaded(visit("6_upload.py"), ("norge.csv", NORWEGIAN.encode("cp1252")))
    widget(page, "Who sends this file?").set_value("NOR")
    return page.run()


def decided(page: AppTest) -> AppTest:
    widget(page, "Within the Mechanism").set_value("yes")
    widget(page, "TLP label").set_value("TLP:CLEAR")
    return press(page, "Ignore all undecided columns")


def test_a_file_in_a_donors_own_form_is_taken_in(norwegian: AppTest, own_lake: Path):
    assert "wait for your decision" in words(norwegian) or "waits for your decision" in words(norwegian)
    page = decided(norwegian)
    assert [metric.value for metric in page.metric] == ["3", "1", "2", "0", "0", "0"]
    assert "Norway: commitments rise by" in words(page)
    page = press(page, "Take in 2 rows and hold 1")
    assert "Contributions: 2 added" in words(page)
    with Lake(own_lake) as lake:
        newest = lake.history()[0]
        assert (newest["author"], newest["file_name"], newest["sender"]) == ("olena@office.example", "norge.csv", "NOR")
        assert (newest["rows_accepted"], newest["rows_held"]) == (2, 1)


def test_a_column_that_nobody_has_decided_keeps_the_file_from_being_taken_in(norwegian: AppTest):
    assert not any("Take in" in button.label for button in norwegian.button)
    assert "as soon as every column is decided" in words(norwegian)


def test_each_column_can_be_decided_by_itself(norwegian: AppTest):
    widget(norwegian, "**E**").set_value("note")
    widget(norwegian, "Within the Mechanism").set_value("yes")
    page = press(norwegian, "Use these decisions")
    assert any("Take in" in button.label for button in page.button)
    assert widget(page, "**E**").value == "note"


def test_what_was_decided_is_not_asked_again(norwegian: AppTest, visit: Visit):
    page = decided(norwegian)
    press(page, "Take in")
    page = uploaded(visit("6_upload.py"), ("norge 2.csv", NORWEGIAN.replace("Kyberøvelse", "Kurs").encode("cp1252")))
    widget(page, "Who sends this file?").set_value("NOR")
    assert any("Take in" in button.label for button in page.run().button)


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(visit: Visit):
    page = uploaded(visit("6_upload.py"), ("broken.xlsx", b"PK\x03\x04 no workbook"))
    assert [error.value.replace("\\", "") for error in page.error] == [
        "broken.xlsx was not read: it is no xlsx workbook, or it is damaged."
    ]
    assert page.exception == []


def test_a_sheet_of_no_known_form_can_be_named_by_a_person(visit: Visit):
    page = uploaded(visit("6_upload.py"), ("odd.csv", b"foo,bar\n1,2\n3,4\n"))
    widget(page, "What the sheet holds").set_value("milestones")
    page = press(page, "Use these decisions")
    assert "columns wait for your decision" in words(page)
    assert widget(page, "**A**").options[-1] == "TLP label"


def test_replacing_says_what_it_would_remove(visit: Visit):
    one = workbook(contributions=[{"contribution_id": "SWE-X", "donor_id": "SWE"}])
    page = uploaded(visit("6_upload.py"), ("sweden.xlsx", one))
    assert page.metric[5].value == "0"
    widget(page, "What should happen").set_value("replace")
    page = page.run()
    assert int(page.metric[5].value) > 0
    assert "Sweden: commitments fall by" in words(page) or "Sweden: commitments rise by" in words(page)


def test_an_iati_file_asks_what_it_cannot_say_and_tells_that_its_activities_are_stated_in_full(visit: Visit, own_lake: Path):
    page = uploaded(visit("6_upload.py"), ("sida.xml", iati.file(iati.activity(iati.transaction(2, 500)))))
    for sheet in range(2):
        for label, value in (("Within the Mechanism", "yes"), ("TLP label", "TLP:CLEAR")):
            [each for each in page.selectbox if each.label.startswith(label)][sheet].set_value(value)
        page = [button for button in page.button if button.label == "Use these decisions"][sheet].click().run()
    captions = next(radio for radio in page.radio if radio.label.startswith("What should happen")).proto.captions
    assert "no longer states is removed" in captions[0]
    page = press(page, "Take in")
    with Lake(own_lake) as lake:
        (row,) = [row for row in lake.table("contributions").to_pylist() if row["contribution_id"].startswith("SE-0-1")]
    assert (row["donor_id"], row["stage"], float(row["amount"])) == ("SWE", "commitment", 500)


def test_rows_that_the_public_will_not_see_are_told(visit: Visit):
    row = {"contribution_id": "SWE-X", "donor_id": "SWE", "tlp": "TLP:GREEN"}
    page = uploaded(visit("6_upload.py"), ("sweden.xlsx", workbook(contributions=[row])))
    assert "Rows without the label TLP:CLEAR are not public: partners see TLP:GREEN, and their own donor's TLP:AMBER." in words(page)


def test_several_files_are_each_gone_through(visit: Visit, own_lake: Path):
    files = [(f"{name}.csv", csv_file("needs", [{"need_id": name}])) for name in ("N-one", "N-two")]
    page = uploaded(visit("6_upload.py"), *files)
    picked = widget(page, "Go on with")
    assert [option.replace("\\", "") for option in picked.options] == ["N-one.csv", "N-two.csv"]
    page = press(page, "Take in 1 row")
    picked = widget(page, "Go on with")
    page = picked.set_value(page.session_state["desk"][list(page.session_state["desk"])[1]].id).run()
    page = press(page, "Take in 1 row")
    with Lake(own_lake) as lake:
        assert {each["file_name"] for each in lake.history()[:2]} == {"N-one.csv", "N-two.csv"}


def test_the_lake_that_changed_meanwhile_makes_the_preview_anew(visit: Visit, own_lake: Path):
    page = uploaded(visit("6_upload.py"), ("needs.csv", csv_file("needs", [{"need_id": "N-one"}])))
    with Lake(own_lake) as lake:
        taken(csv_file("needs", [{"need_id": "N-other"}]), lake, name="faster.csv")
    page = press(page, "Take in 1 row")
    assert "Somebody else changed the data meanwhile" in words(page)
    assert "Taken in" not in words(page)
    page = press(page, "Take in 1 row")
    assert "Needs: 1 added" in words(page)


def test_somebody_who_signs_in_meanwhile_makes_no_preview_out_of_date(visit: Visit, own_lake: Path):
    page = uploaded(visit("6_upload.py"), ("needs.csv", csv_file("needs", [{"need_id": "N-one"}])))
    with Lake(own_lake) as lake:
        audit.note(lake, "signed in", who="mari@office.example")
    assert "Needs: 1 added" in words(press(page, "Take in 1 row"))
    with Lake(own_lake) as lake:
        assert lake.history()[0]["snapshot"] == lake.snapshot()


def test_cancelling_leaves_nothing_behind(visit: Visit, own_lake: Path, monkeypatch: pytest.MonkeyPatch):
    page = uploaded(visit("6_upload.py"), ("needs.csv", csv_file("needs", [{"need_id": "N-one"}])))
    case = next(iter(page.session_state["desk"].values()))
    case.cancel()
    page = page.run()
    assert "Nothing of it was kept" in words(page)
    page = press(page, "Begin again")
    assert any("Take in 1 row" in button.label for button in page.button)


def test_work_that_is_stopped_ends_at_once(own_lake: Path, role: Callable[[str], None], monkeypatch: pytest.MonkeyPatch):
    class Stopped(BaseException):
        """As Streamlit ends a run."""

    def stop(done: float) -> None:
        if done >= desk.READ:
            raise Stopped

    role("staff")
    monkeypatch.setattr(understanding, "check", lambda *_all: pytest.fail("went on"))
    case = desk.Case("1", "needs.csv", csv_file("needs", [{"need_id": "N-one"}]))
    with pytest.raises(Stopped):
        case.work(stop)
    assert case.outcome is None


def test_a_stranger_sees_no_office_page(own_lake: Path, role: Callable[[str], None], visit: Visit):
    role("public")
    for script in ("6_upload.py", "7_submissions.py", "8_templates.py", "11_audit.py"):
        with pytest.raises(ValueError, match=script):
            visit(script)


def test_a_visitor_who_is_no_longer_of_the_staff_can_do_nothing(norwegian: AppTest, role: Callable[[str], None], own_lake: Path):
    page = decided(norwegian)
    role("public")
    page = press(page, "Take in")
    with Lake(own_lake) as lake:
        assert lake.history()[0]["file_name"] != "norge.csv"
    assert page.file_uploader == []
