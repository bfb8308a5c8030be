"""A template filled with what is on file and sent back changes exactly what was edited."""

import io

import openpyxl
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tallinn.datasets import datasets
from tallinn.giveback import template
from tallinn.ingest.cells import meanings
from tallinn.ingest.sheets import column_letters
from tallinn.lake_tables import arrow, columns_of
from tests.samples import csv_file, saved, taken, understood

AWKWARD = {
    "contributions": [
        {"amount": 12345678901.23, "purpose": "=1+1", "note": "two\nlines", "project_ids": "A; B", "value_date": "2025-Q3"},
        {"contribution_id": "007", "amount": -5.2, "channel": "-minus", "period": "2022/2024", "in_kind": True},
    ],
    "incident_counts": [{"count": 5927}],
}


@pytest.mark.parametrize("dataset", sorted(datasets()))
def test_a_filled_template_sent_back_unchanged_changes_nothing(lake, dataset):
    taken(csv_file(dataset, AWKWARD.get(dataset, [{}, {}])), lake, name="sent.csv")
    assert len(lake.table(dataset)) == len(AWKWARD.get(dataset, [{}, {}]))
    back = understood(template(dataset, rows=lake.table(dataset)), lake)
    assert back.changes_nothing
    assert (back.rows_held, back.rows_accepted) == (0, len(lake.table(dataset)))
    assert not {found.rule for found in back.findings} & {"unrecognised-sheet", "unknown-column", "synonym"}


def texts(field: str) -> st.SearchStrategy[str]:
    """Texts that can stand in a field: as they are read, and no words for the unknown."""
    of_field = datasets()["contributions"].field(field)
    return st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=30).filter(
        lambda text: meanings([text], of_field) == [text]
    )


ROW = st.fixed_dictionaries(
    {
        "donor_id": st.sampled_from(["EST", "SWE", "NOR"]),
        "stage": st.sampled_from(["pledge", "commitment", "disbursement"]),
        "amount": st.none() | st.decimals(-(10**11), 10**11, places=2),
        "currency": st.sampled_from(["EUR", "SEK", "UAH"]),
        "value_date": st.none()
        | st.sampled_from(["2025-07-02", "2025-07", "2025-Q3", "2025-H1", "2025", "2022/2024", "2022-05/2024-01-31"]),
        "purpose": st.none() | texts("purpose"),
        "channel": st.none() | texts("channel"),
        "in_kind": st.none() | st.booleans(),
        "within_mechanism": st.sampled_from(["yes", "related"]),
        "tlp": st.sampled_from(["TLP:CLEAR", "TLP:AMBER+STRICT"]),
    }
)


@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(rows=st.dictionaries(texts("contribution_id"), ROW, min_size=1, max_size=12))
def test_whatever_is_on_file_comes_back_from_a_template_as_it_was(empty_lake, rows):
    on_file = pd.DataFrame([{"contribution_id": key, **row} for key, row in rows.items()], dtype=object)
    filled = template("contributions", rows=arrow(on_file, columns_of(datasets()["contributions"])))
    (checked,) = understood(filled, empty_lake).checked
    assert not len(checked.held), checked.findings
    back = {row["contribution_id"]: row for row in checked.accepted.to_pylist()}
    assert back.keys() == rows.keys()
    assert [
        (key, name, value, back[key][name]) for key, row in rows.items() for name, value in row.items() if back[key][name] != value
    ] == []


def test_one_edit_is_exactly_one_revision(lake):
    taken(csv_file("contributions", AWKWARD["contributions"]), lake, name="sent.csv")
    book = openpyxl.load_workbook(io.BytesIO(template("contributions", rows=lake.table("contributions"))))
    sheet = book["Contributions"]
    row = next(cell.row for cell in sheet["A"] if cell.value == "007")
    sheet.cell(row, 5).value = -6.2
    (comparison,) = understood(saved(book), lake).comparisons
    assert [(each.field, float(each.new)) for each in comparison.revised] == [("amount", -6.2)]


def test_an_empty_template_offers_the_codes_and_explains_each_column():
    book = openpyxl.load_workbook(io.BytesIO(template("contributions")))
    assert book.sheetnames == ["Contributions", "Lists", "Read me"]
    assert len(book["Contributions"].data_validations.dataValidation) >= 5
    explained = {cell.value for cell in book["Read me"]["A"]}
    assert {field.title for field in datasets()["contributions"].fields} <= explained
    red = [cell.value for row in book["Lists"].iter_rows() for cell in row if cell.value == "TLP:RED"]
    assert red == []


def test_a_row_may_be_added_below_and_text_like_a_formula_stays_text(lake):
    taken(csv_file("contributions", AWKWARD["contributions"]), lake, name="sent.csv")
    book = openpyxl.load_workbook(io.BytesIO(template("contributions", rows=lake.table("contributions"))))
    sheet, names = book["Contributions"], datasets()["contributions"].names
    purposes = [cell for cell in sheet[column_letters(names.index("purpose"))] if cell.value == "=1+1"]
    assert [cell.data_type for cell in purposes] == ["s"]
    for name, value in {"contribution_id": "new", "donor_id": "Estonia", "stage": "Pledge", "within_mechanism": "Yes"}.items():
        sheet.cell(sheet.max_row + 1 if name == "contribution_id" else sheet.max_row, names.index(name) + 1).value = value
    (comparison,) = understood(saved(book), lake).comparisons
    assert (comparison.added, comparison.changed) == (["new"], [])
