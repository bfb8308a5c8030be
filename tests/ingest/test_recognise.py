"""A sheet is recognised by its header; what nobody has decided on is asked, and until then no row of the sheet is taken."""

import csv
import io

import openpyxl
import pytest

from tallinn.datasets import datasets
from tallinn.ingest.findings import Refused
from tallinn.ingest.read import Sheet
from tallinn.ingest.recognise import Table as Recognised
from tallinn.ingest.recognise import recognise
from tests.samples import Table, csv_file, errors, remarks, saved, sent, the_finding, understood, workbook


def recognised(content: bytes, name: str = "sent.xlsx", **options: str) -> Recognised | None:
    return recognise(sent(content, name).sheets[0], **options)


@pytest.mark.parametrize("dataset", sorted(datasets()))
def test_the_template_of_every_dataset_is_known_by_titles_and_by_names(dataset):
    by_titles, by_names = recognised(workbook(**{dataset: [{}]})), recognised(csv_file(dataset), "sent.csv")
    assert by_titles.dataset == by_names.dataset == datasets()[dataset]
    assert by_titles.mapping == by_names.mapping == {name: column for column, name in enumerate(datasets()[dataset].names)}
    assert by_titles.decided and by_names.decided


@pytest.mark.parametrize("dataset", sorted(datasets()))
def test_every_dataset_in_the_template_s_form_is_taken_without_remark(empty_lake, dataset):
    submission = understood(workbook(**{dataset: [{}, {"amount": 250} if dataset == "contributions" else {}]}), empty_lake)
    assert submission.findings == ()
    assert (submission.rows_accepted, submission.rows_held) == (2, 0)


def test_a_header_may_stand_below_a_title_and_its_columns_in_any_order(empty_lake):
    book = openpyxl.Workbook()
    book.active["B2"] = "Needs, as of today"
    for row in ([], [], [None, "NEED", "Need-ID", "TLP label"], [None, "Training", "N-1", "lots"]):
        book.active.append(row)
    submission = understood(saved(book), empty_lake)
    assert submission.tables[0].header_row == 5
    assert errors(submission) == [("unknown-code", "D6")]


def test_columns_that_are_not_required_may_be_left_out(empty_lake):
    submission = understood(csv_file("needs", without=["category", "note", "stated_on"]), empty_lake, name="sent.csv")
    assert submission.rows_accepted == 1


def test_blank_rows_and_blank_columns_are_passed_over(empty_lake):
    submission = understood(b"need_id,,need\n,,\nN-1,,Training\n , ,\nN-2,,Starlink\n", empty_lake, name="sent.csv")
    assert [row for each in submission.checked for row in each.accepted["row_number"].to_pylist()] == [3, 5]


def test_a_value_without_a_header_is_asked_for_and_no_cell_is_lost(empty_lake):
    stray_comma = b"need_id,need,note\nN-1,Training\nN-2,Training,of officers, and of others\n"
    submission = understood(stray_comma, empty_lake, name="sent.csv")
    assert errors(submission) == [("unknown-column", "D1")]
    assert (submission.rows_accepted, submission.rows_held) == (0, 2)


def test_a_sheet_nobody_has_decided_on_does_not_hold_back_the_others(empty_lake):
    undecided = Table("projects", [{"Colour": "red"}, {}])
    submission = understood(workbook(undecided, needs=[{}]), empty_lake)
    assert the_finding(submission, "unknown-column").value == "Colour"
    assert (submission.rows_accepted, submission.rows_held) == (1, 2)


def test_a_header_without_rows_is_a_table_with_nothing_in_it(empty_lake):
    submission = understood(workbook(contributions=[], projects=[]), empty_lake)
    assert (submission.rows_accepted, submission.rows_held, submission.findings) == (0, 0, ())


def test_hidden_and_unknown_sheets_are_named_and_not_read(empty_lake):
    book = workbook(Table("needs"), Table("projects", hidden=True))
    assert remarks(understood(book, empty_lake)) == {"hidden-sheet"}
    assert the_finding(understood(book, empty_lake), "hidden-sheet").sheet == "Projects"


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"hello", b"need_id\n"])
def test_a_file_with_no_known_table_is_refused_in_words_that_quote_it(empty_lake, content):
    first = content.decode().split(",")[0].strip()
    with pytest.raises(Refused, match=f"its row 1 reads “{first}”.*which is no known dataset"):
        understood(content, empty_lake, name="sent.csv")


def test_a_file_of_blank_lines_is_refused(empty_lake):
    with pytest.raises(Refused, match="no cell in it has anything in it"):
        understood(b"\n\n\n", empty_lake, name="sent.csv")


def test_a_dataset_that_is_named_is_the_only_one_looked_for(empty_lake):
    submission = understood(csv_file("needs"), empty_lake, name="sent.csv", dataset="projects")
    assert submission.tables[0].dataset.name == "projects"
    assert not submission.decided


def test_ten_thousand_columns_are_looked_at_and_refused(empty_lake):
    text = io.StringIO()
    csv.writer(text).writerows([[f"column {number}" for number in range(10_000)]] * 20)
    with pytest.raises(Refused):
        understood(text.getvalue().encode(), empty_lake, name="sent.csv")


def test_a_known_table_with_ten_thousand_columns_asks_for_each_column_that_is_not_its_own():
    header = [field.title for field in datasets()["needs"].fields]
    assert recognise(Sheet.of([[*header, *(f"c{number}" for number in range(10_000))]])) is None
    wide = recognise(Sheet.of([header, ["N-1", *["x"] * 10_000]]))
    assert len(wide.findings) == 10_001 - len(header)
