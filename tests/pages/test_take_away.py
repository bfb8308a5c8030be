"""What a reader takes away from a page: pictures, files of rows, the address."""

import io
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from pypdf import PdfReader

from tallinn import charts
from tallinn.page import current, take_away
from tallinn.page.drawing import draw
from tests.pages.conftest import Visit
from tests.pages.test_every_page import FIGURES, assert_fine
from tests.people import sign_in

WHERE = "https://dashboard.example.org/funding?donor=Estonia&release=2026-11"


@pytest.mark.parametrize("script", FIGURES)
def test_everything_that_is_shown_can_be_taken_away(script, visit: Visit, caplog):
    page = visit(script)
    shown = [key for key in page.session_state if str(key).startswith("take_")]
    assert len(shown) == len(page.expander)
    for key in shown:
        page.session_state[key] = True
    page.run()
    assert_fine(page, caplog)
    labels = [button.proto.label for button in page.get("download_button")]
    assert labels.count("CSV") == labels.count("XLSX") == len(shown)
    assert labels.count("PNG") == labels.count("SVG") == labels.count("PDF") == len(page.get("plotly_chart"))


@pytest.fixture
def ladder(in_default_lake: Path) -> current.Answer:
    current.begin()
    return current.ask("donor_ladder", donors=("EST", "SWE"))


def test_a_workbook_holds_typed_rows_and_says_what_was_asked(ladder):
    book = openpyxl.load_workbook(io.BytesIO(take_away._workbook(ladder, where=WHERE)))
    about = dict(book.worksheets[0].iter_rows(values_only=True, max_col=2))
    assert about["Question"] == ladder.question and "EST and SWE" in about["Filters"]
    assert about["Release"] == ladder.release.id and WHERE in about["Cite as"] and "CC-BY-4.0" in about["Cite as"]
    header, *rows = book.worksheets[1].iter_rows(values_only=True)
    assert list(header) == list(ladder.rows.columns)
    of_sweden = dict(zip(header, rows[0], strict=True))
    assert of_sweden["committed_eur"] == pytest.approx(12_053_033.35) and isinstance(of_sweden["rows_on_file"], int)
    assert of_sweden["disbursed_eur"] is None


def test_days_are_days_in_a_workbook(in_default_lake):
    current.begin()
    milestones = current.ask("milestones")
    header, *rows = openpyxl.load_workbook(io.BytesIO(take_away._workbook(milestones, where=""))).worksheets[1].iter_rows(values_only=True)
    assert {type(row[header.index("date_start")]).__mro__[1] for row in rows} == {date}


def test_a_picture_says_where_it_comes_from(ladder):
    made = take_away._picture(ladder, drawing=draw(charts.donor_ladder, ladder), where=WHERE, form="pdf")
    said = PdfReader(io.BytesIO(made)).pages[0].extract_text().replace("\n", " ")
    for words in ("Sweden has committed most", f"release {ladder.release.id} of", "CC-BY-4.0", "8 public sources"):
        assert words in said, words
    assert WHERE in said.replace(" ", "")


def test_what_is_restricted_names_its_label_and_no_open_licence(ladder):
    ladder.release.__dict__["marking"] = "TLP:AMBER"
    try:
        made = take_away._picture(ladder, drawing=draw(charts.donor_ladder, ladder), where=WHERE, form="pdf")
    finally:
        ladder.release.__dict__["marking"] = ""
    said = PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert "TLP:AMBER" in said and "CC-BY" not in said


def test_the_address_leads_back_to_the_same_filters_and_the_same_release(in_default_lake, monkeypatch):
    sign_in(monkeypatch, "public")
    current.begin()
    page = SimpleNamespace(
        context=SimpleNamespace(url="https://dashboard.example.org/funding"),
        query_params=Params(donor=["Estonia", "United Kingdom"], scope=["With related & more"]),
    )
    monkeypatch.setattr(take_away, "st", page)
    found = take_away.address(current.ask("headline"))
    assert found.startswith(
        "https://dashboard.example.org/funding?donor=Estonia&donor=United%20Kingdom&scope=With%20related%20%26%20more&release=2"
    )


class Params(dict[str, list[str]]):
    """Query parameters as Streamlit gives them."""

    def get_all(self, key: str) -> list[str]:
        return self[key]
