"""Several sheets are read with one set of decisions or with their own; where nothing is recognised, a person can begin all the same."""

import pytest

from tallinn.datasets import datasets
from tallinn.ingest.accept import accept
from tallinn.ingest.decisions import Decisions
from tallinn.ingest.findings import Refused
from tallinn.ingest.recognise import recognise
from tallinn.ingest.sheets import Sheet
from tallinn.ingest.tables import recognised
from tests.samples import Table, remarks, understood, workbook

MONEY = Table("contributions", [{"Grant": "x"}], sheet="Money")
PROJECTS = Table("projects", [{"Leader": "Mari"}], sheet="Projects")
STRANGE = [
    ["Rapport"],
    [],
    ["Wer", "Wieviel", "Wann", 2024],
    ["EST", "1,50 EUR", "2. Juli 2025", 5],
    ["SWE", "2,50 EUR", "3. Juli 2025", 6],
]


def headers(submission) -> list[list[str] | None]:
    return [table and [column.header for column in table.columns] for table in submission.tables]


# Decisions about the whole file


def test_a_decision_about_a_file_need_not_fit_every_sheet(empty_lake):
    decided = Decisions(ignored=frozenset({"Grant", "Leader"}))
    submission = understood(workbook(MONEY, PROJECTS), empty_lake, decisions=decided)
    assert submission.decided
    assert submission.rows_accepted == 2


def test_a_constant_fills_the_sheets_whose_dataset_has_it(empty_lake):
    bare = Table("contributions", without=["stage"])
    submission = understood(workbook(bare, Table("needs")), empty_lake, decisions=Decisions(constants={"stage": "pledge"}))
    assert submission.decided
    assert submission.checked[0].accepted["stage"].to_pylist() == ["pledge"]


def test_a_decision_that_fits_no_sheet_is_refused_and_names_the_sheets(empty_lake):
    with pytest.raises(Refused, match="There is no column “Gratn” in “Money” and “Projects”; there are "):
        understood(workbook(MONEY, PROJECTS), empty_lake, decisions=Decisions(ignored=frozenset({"Gratn"})))
    with pytest.raises(Refused, match="There is no column “colour” in the template of Contributions and Projects"):
        understood(workbook(MONEY, PROJECTS), empty_lake, decisions=Decisions(constants={"colour": "red"}))
    with pytest.raises(Refused, match="There is no column “amount” in the template of Projects"):
        understood(workbook(MONEY, PROJECTS), empty_lake, decisions=Decisions(columns={"Leader": "amount"}))


# Decisions about each sheet


def test_decisions_about_a_sheet_must_fit_it(empty_lake):
    own = {"Money": Decisions(ignored=frozenset({"Grant"})), "Projects": Decisions(ignored=frozenset({"Leader"}))}
    assert understood(workbook(MONEY, PROJECTS), empty_lake, decisions=own).decided
    with pytest.raises(Refused, match="There is no column “Leader” in “Money”"):
        understood(workbook(MONEY, PROJECTS), empty_lake, decisions={"Money": Decisions(ignored=frozenset({"Leader"}))})
    with pytest.raises(Refused, match="has no sheet “Mony”; it has “Money” and “Projects”"):
        understood(workbook(MONEY, PROJECTS), empty_lake, decisions={"Mony": Decisions()})


def test_a_sheet_can_be_left_out_and_a_hidden_one_read(empty_lake):
    book = workbook(Table("needs"), Table("projects", hidden=True))
    own = {"Needs": Decisions(left_out=True), "Projects": Decisions(dataset="projects")}
    submission = understood(book, empty_lake, decisions=own)
    assert [table and table.dataset.name for table in submission.tables] == [None, "projects"]
    assert (submission.recognised.left_out, remarks(submission)) == (("Needs",), {"sheet-left-out"})
    with pytest.raises(Refused, match="no sheet of it is to be read"):
        understood(workbook(Table("needs")), empty_lake, decisions={"Needs": Decisions(left_out=True)})


def test_two_columns_cannot_be_mapped_to_one_field():
    sheet = Sheet.of([["Donor", "Grant", "Gift"], ["EST", 5, 6]])
    with pytest.raises(Refused, match="“Grant” and “Gift” cannot both be the column “amount”"):
        recognise(sheet, Decisions(dataset="contributions", columns={"Grant": "amount", "Gift": "amount"}))


# Nothing is recognised


def test_a_sheet_that_is_said_to_hold_a_dataset_is_a_table_to_begin_with():
    table = recognise(Sheet.of(STRANGE), Decisions(dataset="contributions"))
    assert table.header_rows == (3, 3)
    assert {column.header: (column.field, column.proposal) for column in table.columns} == {
        "Wer": (None, "donor_id"), "Wieviel": (None, "amount"), "Wann": (None, "value_date"), "column D": (None, None),
    }  # fmt: skip
    assert not table.decided


def test_a_person_chooses_the_row_of_the_header():
    table = recognise(Sheet.of(STRANGE), Decisions(dataset="contributions", header_row=4))
    assert [column.header for column in table.columns] == ["EST", "1,50 EUR", "2. Juli 2025", "column D"]
    numbers = recognise(Sheet.of([[2023, 2024], ["a", "b"]]), Decisions(dataset="contributions", header_row=1))
    assert [column.header for column in numbers.columns] == ["column A", "column B"]
    assert recognise(Sheet.of(STRANGE), Decisions(dataset="contributions", header_row=9)) is None


@pytest.mark.parametrize("rows", [[["hello"]], [["a", 1], ["b", 2]], [[None, None, "x"]], [["Commitment", "paid"], ["Pledge", "paid"]]])
def test_any_sheet_with_some_text_is_a_table_once_its_dataset_is_named(rows):
    table = recognise(Sheet.of(rows), Decisions(dataset="contributions"))
    assert not table.decided


def test_a_file_of_which_nothing_is_recognised_begins_with_its_longest_sheet(empty_lake):
    with pytest.raises(Refused, match="is no known dataset"):
        understood(b"a,b\n1,2\n", empty_lake, name="sent.csv")
    submission = understood(b"a,b\n1,2\n", empty_lake, name="sent.csv", dataset="contributions")
    assert headers(submission) == [["a", "b"]]
    with pytest.raises(Refused, match="Nobody has decided"):
        accept(submission, empty_lake, author="Mari", message="")
    sheets = [Sheet.of([["cover"]], "Cover"), Sheet.of(STRANGE, "Bericht"), Sheet.of([["x"], ["y"]], "Legende")]
    found = recognised(sheets, [], Decisions(dataset="contributions"))
    assert [table and table.sheet.name for table in found.tables] == [None, "Bericht", None]
    assert [said.sheet for said in found.findings] == ["Cover", "Legende"]


def test_sheets_that_say_nothing_do_not_stop_a_file_whose_dataset_is_named_but_those_that_are_named_do(empty_lake):
    book = workbook(
        Table("contributions"), Table("contributions", [{"Colour": "x"}], sheet="Legend", without=datasets()["contributions"].names)
    )
    assert headers(understood(book, empty_lake, dataset="contributions"))[1] is None
    assert "unrecognised-sheet" in remarks(understood(book, empty_lake, dataset="contributions"))
    own = {"Legend": Decisions(dataset="contributions")}
    assert headers(understood(book, empty_lake, decisions=own))[1] == ["Colour"]
