"""A donor gets the same workbook back, each finding at its cell, and nothing in it can act as a formula that was none."""

import io

import openpyxl
from openpyxl.styles import Font

from tallinn.giveback import annotate
from tests.samples import cell_of, csv_file, saved, understood, workbook


def marked(content: bytes, lake, name: str = "sent.xlsx") -> openpyxl.Workbook:
    submission = understood(content, lake, name=name)
    return openpyxl.load_workbook(io.BytesIO(annotate(submission.file, submission.findings)))


def test_each_finding_is_a_comment_and_a_fill_at_its_cell_and_a_line_in_the_list(empty_lake):
    book = marked(workbook(contributions=[{"amount": "a lot"}, {"tlp": None}]), empty_lake)
    cell = book["Contributions"][cell_of("contributions", "amount")]
    assert "ERROR: “a lot” is no number." in cell.comment.text
    assert cell.fill.fgColor.rgb == "FFF8D7DA"
    listed = [[each.value for each in row] for row in book["Findings"].iter_rows(min_row=5)]
    assert ["error", "Contributions", "E2"] in [row[:3] for row in listed]


def test_the_sheets_their_order_and_formats_are_kept(empty_lake):
    book = openpyxl.load_workbook(io.BytesIO(workbook(contributions=[{"amount": "a lot"}], needs=[{}])))
    book["Contributions"]["B2"].font = Font(bold=True, color="FF112233")
    book["Contributions"]["F2"].number_format = "0.000"
    book["Contributions"].column_dimensions["C"].width = 44
    book.create_sheet("Ours")["A1"] = "=1+1"
    back = marked(saved(book), empty_lake)
    assert back.sheetnames == ["Contributions", "Needs", "Ours", "Findings"]
    sheet = back["Contributions"]
    assert (sheet["B2"].font.b, sheet["F2"].number_format, sheet.column_dimensions["C"].width) == (True, "0.000", 44)
    assert back["Ours"]["A1"].value == "=1+1"


def test_a_csv_comes_back_as_a_workbook_in_which_text_stays_text_and_numbers_numbers(empty_lake):
    rows = [{"need": "=cmd|' /C calc'!A0", "note": "+1"}, {"need": "@SUM(1)", "note": "-5"}]
    book = marked(csv_file("needs", rows), empty_lake, "sent.csv")
    cells = [book.worksheets[0][cell_of("needs", "need", row)] for row in (2, 3)]
    assert [(cell.value, cell.data_type) for cell in cells] == [("=cmd|' /C calc'!A0", "s"), ("@SUM(1)", "s")]
