"""Each dataset as CSV, Parquet and workbook: the same rows, nothing that a spreadsheet would run, the licence in each that has a place."""

import csv
import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pyarrow.parquet as pq
import pytest

from tallinn.datasets import datasets
from tests.published import files

FORMULAS = ["=1+1", "+49 30 1234", "-2+3", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1+1", '=HYPERLINK("https://evil.example","x")', "-"]
HARMLESS = ["-5", "+5.5", "-1,5", "a=b", "'quoted'", 'say "so", or\r\nnot', "Харків – 100 %", "#N/A", " =1"]


def lines(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_a_csv_says_what_is_known_and_leaves_blank_what_is_not():
    made = files(
        contributions=[
            {"contribution_id": "b", "amount": Decimal("-0.50"), "in_kind": True, "note": 'a, "b"\nc'},
            {"contribution_id": "a", "amount": None},
        ]
    )
    content = made["contributions.csv"]
    assert content.startswith(b"contribution_id,donor_id,stage,in_kind,amount,") and content.endswith(b"\r\n")
    first, second = lines(content)
    assert (first["contribution_id"], first["amount"], first["in_kind"]) == ("a", "", "")
    assert (second["amount"], second["in_kind"], second["note"]) == ("-0.50", "true", 'a, "b"\nc')


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_in_a_text_is_a_text_in_every_form(text):
    made = files(needs=[{"need": text}])
    assert lines(made["needs.csv"])[0]["need"] == f"'{text}"
    assert pq.read_table(io.BytesIO(made["needs.parquet"]))["need"].to_pylist() == [text]
    assert {cell.data_type for row in book(made["needs.xlsx"])["Needs"].iter_rows() for cell in row} <= {"s", "n"}


@pytest.mark.parametrize("text", HARMLESS)
def test_other_texts_are_as_they_are_in_every_form(text):
    made = files(needs=[{"need": text}])
    assert lines(made["needs.csv"])[0]["need"] == text
    assert pq.read_table(io.BytesIO(made["needs.parquet"]))["need"].to_pylist() == [text]
    assert book(made["needs.xlsx"])["Needs"]["B2"].value == text.replace("\r\n", "\n")


def book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("text", ["\x00\x07 bell", "_x000D_", "=" + "x" * 40_000, "\ufffe", "😀"])
def test_a_text_that_a_format_has_no_place_for_spoils_no_file(text):
    made = files(projects=[{"title": text, "status": "2", "start": "2024"}])
    assert len(pq.read_table(io.BytesIO(made["projects.parquet"]))) == 1
    assert book(made["projects.xlsx"])["Projects"].max_row == 2
    assert b"<title>" in made["iati-activities.xml"]


def test_values_keep_their_types_in_parquet_and_workbook():
    made = files(incident_counts=[{"count": 7}], contributions=[{"amount": Decimal("12345678901234.56")}])
    counts = pq.read_table(io.BytesIO(made["incident_counts.parquet"])).to_pylist()[0]
    assert (counts["count"], counts["period_start"]) == (7, date(2025, 1, 1))
    assert pq.read_table(io.BytesIO(made["contributions.parquet"]))["amount"].to_pylist() == [Decimal("12345678901234.56")]
    row = [cell.value for cell in book(made["incident_counts.xlsx"])["Incident counts"][2]]
    assert 7 in row and row[2].date() == date(2025, 1, 1)


def test_licence_release_and_citation_travel_with_parquet_and_workbook():
    made = files(needs=[{}])
    about = {name.decode(): value.decode() for name, value in pq.read_schema(io.BytesIO(made["needs.parquet"])).metadata.items()}
    assert about["licence"] == "CC-BY-4.0" and about["release"] == "test" and "2 July 2025" in about["citation"]
    first = book(made["needs.xlsx"]).worksheets[0]
    said = {row[0]: row[1] for row in first.iter_rows(values_only=True)}
    assert first.title == "About" and said["Release"] == "test" and said["Licence"].startswith("CC-BY-4.0")


def test_every_dataset_comes_in_three_forms_even_without_rows():
    made = files()
    for name, dataset in datasets().items():
        assert made[f"{name}.csv"].decode().strip() == ",".join(dataset.names)
        assert pq.read_table(io.BytesIO(made[f"{name}.parquet"])).column_names == dataset.names
        assert [cell.value for cell in book(made[f"{name}.xlsx"]).worksheets[1][1]] == dataset.names


def test_no_clock_is_in_a_workbook():
    made = files(needs=[{}])["needs.xlsx"]
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(2025, 7, 2, 0, 0, 0)}
        written = re.findall(r"<dcterms:\w+[^>]*>([^<]*)", parts.read("docProps/core.xml").decode())
    assert written == ["2025-07-02T00:00:00Z"] * 2
