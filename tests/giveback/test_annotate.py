"""A donor gets the same workbook back, each finding at its cell, and nothing in it can act as a formula that was none."""

import io

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font

from tallinn.giveback import annotate
from tallinn.ingest.decisions import Decisions
from tallinn.ingest.read import SentFile
from tallinn.ingest.sheets import Money, Percent, Sheet
from tests.ingest import iati_files as iati
from tests.samples import cell_of, csv_file, saved, taken, understood, workbook


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


def test_numbers_of_a_format_that_cannot_be_kept_stay_numbers():
    sheet = Sheet.of([["Amount", "Share", "Note"], [-5, Percent(0.25), "=1+1"], [Money(-1234.5, "EUR"), True, "-5"]], "2025/Q1")
    book = openpyxl.load_workbook(io.BytesIO(annotate(SentFile("sent.ods", b"", (sheet,)), ())))
    cells = book.worksheets[0]
    assert [(cells[at].value, cells[at].data_type) for at in ("A2", "B2", "A3", "C2", "C3")] == [
        (-5, "n"), (0.25, "n"), (-1234.5, "n"), ("=1+1", "s"), ("-5", "s"),
    ]  # fmt: skip
    assert "EUR" in cells["A3"].number_format


def test_nothing_that_a_donor_wrote_becomes_a_formula_in_the_list(empty_lake):
    book = marked(workbook(contributions=[{"source_url": "=HYPERLINK(1)", "currency": "@x", "in_kind": "-2+3"}]), empty_lake)
    assert all(cell.data_type != "f" for row in book["Findings"].iter_rows() for cell in row)


def test_a_comment_that_was_there_stays_and_a_list_of_theirs_too(empty_lake):
    own = openpyxl.load_workbook(io.BytesIO(workbook(contributions=[{"amount": "a lot"}])))
    own["Contributions"]["E2"].comment = Comment("Ask Mari", "Mari")
    own.create_sheet("Findings")["A1"] = "ours"
    book = marked(saved(own), empty_lake)
    assert book["Contributions"]["E2"].comment.text.startswith("Ask Mari\n\nERROR: ")
    assert (book.sheetnames[-2:], book["Findings"]["A1"].value) == (["Findings", "Findings 2"], "ours")


def test_a_marked_workbook_sent_back_is_read_as_before(empty_lake):
    content = workbook(contributions=[{"amount": "a lot"}, {}])
    first = understood(content, empty_lake)
    again = understood(annotate(first.file, first.findings), empty_lake)
    assert (again.rows_accepted, again.rows_held) == (1, 1)
    assert {found.rule for found in again.findings} == {"not-a-number"}


def test_an_iati_file_is_given_back_as_a_workbook_of_its_two_sheets_which_can_be_mended_and_sent(lake):
    sent = iati.file(iati.activity(iati.transaction(2, 100, ref="C"), iati.transaction(3, "sixty", ref="D")))
    book = marked(sent, lake, name="sida.xml")
    assert book.sheetnames == ["Activities", "Transactions", "Findings"]
    assert "ERROR: “sixty” is no number." in book["Transactions"]["D3"].comment.text
    assert [cell.value for cell in book["Transactions"]["A"]] == ["Contribution ID", "SE-0-1/C", "SE-0-1/D"]
    book["Transactions"]["D3"] = 60
    decided = Decisions(constants={"within_mechanism": "related"})
    taken(sent, lake, name="sida.xml", decisions=decided)
    mended = taken(saved(book), lake, decisions=decided).submission
    assert (mended.rows_held, [each.added for each in mended.comparisons]) == (0, [[], ["SE-0-1/D"]])
