"""The invented files: the same each time, in many forms, and each says of itself that it is invented."""

import hashlib
import io
import subprocess
import sys
import zipfile

import openpyxl
import pytest

from tallinn.demonstration.files import Sent, files
from tallinn.demonstration.forms import forms
from tallinn.demonstration.invent import invent
from tallinn.ingest.decisions import Decisions
from tallinn.ingest.invented import MARK, marked_cell
from tallinn.ingest.read import read
from tallinn.settings import ROOT

SMALL = 0.2
SUMS = f"""
import hashlib
from tallinn.demonstration.files import files
from tallinn.demonstration.invent import invent
print(*(hashlib.sha256(sent.content).hexdigest() for sent in files(invent({SMALL}))))
"""


@pytest.fixture(scope="module")
def sent() -> dict[str, Sent]:
    return {each.name: each for each in files(invent(SMALL))}


def test_the_files_are_the_same_to_the_byte_in_any_process(sent):
    made = subprocess.run([sys.executable, "-c", SUMS], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert made == [hashlib.sha256(each.content).hexdigest() for each in sent.values()]


def test_every_file_says_that_it_is_invented(sent):
    for name, each in sent.items():
        assert MARK in text_of(each), name


def test_a_marked_cell_is_named_by_its_place(sent):
    assert marked_cell(read("a.csv", b"Note\nx\nDEMONSTRATION DATA: invented\n")) == "A3"
    assert marked_cell(read("a.csv", b"Note\nx\n")) is None
    german = sent["DE_Cyberhilfe_2022-2024.xlsx"]
    assert marked_cell(read(german.name, german.content)) == "Leistungen!A2"


def test_the_forms_are_as_different_as_those_of_real_donors(sent):
    german = openpyxl.load_workbook(io.BytesIO(sent["DE_Cyberhilfe_2025-2026.xlsx"].content))["Leistungen"]
    assert [str(area) for area in german.merged_cells.ranges] == ["A3:F3", "G3:J3"]
    assert german["H4"].value == "Betrag (in Tsd. EUR)"
    canadian = openpyxl.load_workbook(io.BytesIO(sent["Canada cyber assistance (to September 2026).xlsx"].content))
    assert "2025" in canadian.sheetnames
    assert canadian["2025"]["G4"].number_format in ("[$CAD] #,##0.00", "[$USD] #,##0.00")
    dutch = openpyxl.load_workbook(io.BytesIO(sent["NL bijdragen 2025 en 2026.xlsx"].content))["Bijdragen"]
    assert dutch.column_dimensions["B"].hidden
    assert sent["реєстр_допомоги.csv"].content.decode("cp1251").startswith("Реєстраційний номер;Країна-донор;")
    assert sent["incidents_2024.tsv"].content.decode("utf-16").startswith("Incident number\t")
    assert "kr" not in sent["danske_bevillinger_2024.csv"].content.decode("cp1252").partition("\n")[0]


def test_a_person_decides_once_for_each_form(sent):
    decided = [name for name, each in sent.items() if each.donor == "POL" and each.decisions not in ({}, Decisions())]
    assert decided == ["Polska wsparcie cyber 2022-2024.xlsx"]


def test_every_form_is_of_a_known_donor_or_of_an_office():
    assert {form.donor for form in forms().values() if form.donor} == set(invent(SMALL)) - {"register", "incidents", "office"}


def text_of(sent: Sent) -> str:
    """All that a file says, as one text."""
    if sent.name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(sent.content)) as package:
            return "".join(package.read(name).decode() for name in package.namelist() if name.startswith("xl/"))
    form = next(form for form in forms().values() if any(file.name == sent.name for file in form.files))
    (sheet,) = next(file.sheets for file in form.files if file.name == sent.name)
    return sent.content.decode(sheet.encoding)
