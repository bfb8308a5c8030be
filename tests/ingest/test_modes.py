"""Updating adds and corrects by key; replacing takes the place of what the same sender sent before. The same file twice changes nothing."""

from typing import Any

import pytest

from tallinn.ingest.findings import Refused
from tallinn.lake import Lake
from tests.samples import Table, cell_of, csv_file, taken, understood, workbook

FIRST = [{"contribution_id": "one", "purpose": "training"}, {"contribution_id": "two", "amount": 200}]
LATVIAN = {"contribution_id": "latvian", "donor_id": "LVA"}


def on_file(lake: Lake, dataset: str = "contributions", column: str = "amount") -> dict[str, Any]:
    """One column of a dataset in the lake, by key."""
    rows = lake.rows(dataset)
    return dict(zip(rows.iloc[:, 0], rows[column], strict=True))


# The same file twice


def test_the_same_file_twice_changes_nothing_and_says_so(lake):
    content = workbook(contributions=[*FIRST, {"amount": "lots"}])
    first = taken(content, lake)
    again, renamed = taken(content, lake), taken(content, lake, name="renamed.xlsx")
    assert (again.submission_id, renamed.submission_id) == (None, None)
    assert again.snapshot == renamed.snapshot == first.snapshot == lake.snapshot()
    assert [each["submission_id"] for each in lake.history()] == [1]


def test_a_file_that_says_the_same_in_other_bytes_leaves_every_row_where_it_was(lake):
    taken(workbook(contributions=FIRST), lake)
    receipt = taken(csv_file("contributions", FIRST), lake, name="same.csv")
    assert receipt.submission.changes_nothing
    assert receipt.submission_id == 2
    assert set(on_file(lake, column="submission_id").values()) == {1}


def test_an_old_file_sent_again_after_a_correction_is_taken_again(lake):
    old, new = (workbook(contributions=[{"amount": amount}]) for amount in (1, 2))
    numbers = [taken(content, lake).submission_id for content in (old, new, old)]
    assert numbers == [1, 2, 3]
    assert list(on_file(lake).values()) == [1]


def test_a_changed_file_makes_one_snapshot_with_its_author_and_message(lake):
    before = lake.snapshot()
    receipt = taken(workbook(contributions=FIRST, needs=[{}]), lake, author="Mari", message="Second quarter")
    assert receipt.snapshot == lake.snapshot() == before + 1
    snapshot = lake._connection.execute(
        "SELECT author, commit_message FROM ducklake_snapshots('lake') WHERE snapshot_id = ?", [receipt.snapshot]
    )
    assert snapshot.fetchall() == [("Mari", "Second quarter")]
    assert {name: lake.history()[0][name] for name in ("author", "message", "mode", "sender")} == {
        "author": "Mari", "message": "Second quarter", "mode": "update", "sender": "EST",
    }  # fmt: skip


# Updating


def test_an_update_adds_corrects_and_leaves_alone(lake):
    taken(workbook(contributions=FIRST), lake)
    (comparison,) = taken(
        workbook(contributions=[{"contribution_id": "two", "amount": 250}, {"contribution_id": "new"}]), lake
    ).submission.comparisons
    assert comparison.added == ["new"]
    assert [(each.key, each.field, each.old, each.new) for each in comparison.revised] == [("two", "amount", 200, 250)]
    assert on_file(lake) == {"one": 100, "two": 250, "new": 100}


def test_a_blank_cell_never_erases(lake):
    taken(workbook(contributions=FIRST), lake)
    receipt = taken(
        workbook(contributions=[{"contribution_id": "one", "amount": 150, "value_date": None, "source_url": None, "tlp": None}]), lake
    )
    row = next(row for row in lake.rows("contributions").to_dict("records") if row["contribution_id"] == "one")
    assert (row["amount"], row["purpose"], row["value_date"], row["tlp"]) == (150, "training", "2025-07-02", "TLP:CLEAR")
    assert receipt.submission.findings == ()


def test_a_column_that_is_missing_erases_nothing(lake):
    taken(workbook(contributions=FIRST), lake)
    taken(workbook(Table("contributions", [{"contribution_id": "one", "amount": 1}], without=["purpose", "tlp"])), lake)
    assert on_file(lake, column="purpose")["one"] == "training"


def test_a_held_row_changes_nothing_on_file(lake):
    taken(workbook(contributions=FIRST), lake)
    receipt = taken(workbook(contributions=[{"contribution_id": "one", "amount": 5, "currency": "kr"}, {"contribution_id": "new"}]), lake)
    assert (receipt.submission.rows_accepted, receipt.submission.rows_held) == (1, 1)
    assert on_file(lake)["one"] == 100


def test_each_row_knows_the_file_sheet_and_row_that_said_it_last(lake):
    taken(workbook(Table("contributions", FIRST, sheet="2024", header_row=4)), lake)
    taken(workbook(contributions=[{}, {"contribution_id": "two", "amount": 250}]), lake)
    rows = lake.rows("contributions").set_index("contribution_id")
    places = {key: tuple(rows.loc[key, ["submission_id", "sheet", "row_number"]]) for key in ("one", "two")}
    assert places == {"one": (1, "2024", 5), "two": (2, "Contributions", 3)}


# Replacing


def test_replacing_removes_what_this_sender_sent_before_and_nothing_of_others(lake):
    taken(workbook(contributions=FIRST, projects=[{"project_id": "P-1"}]), lake)
    taken(workbook(contributions=[LATVIAN]), lake)
    (comparison,) = taken(workbook(contributions=[FIRST[1], {"contribution_id": "new"}]), lake, mode="replace").submission.comparisons
    assert (comparison.removed, comparison.added, comparison.unchanged) == (["one"], ["new"], ["two"])
    assert set(on_file(lake)) == {"two", "new", "latvian"}
    assert set(on_file(lake, "projects", "title")) == {"P-1"}


def test_replacing_a_row_takes_its_blanks_at_their_word(lake):
    taken(workbook(contributions=FIRST), lake)
    taken(workbook(contributions=[{"contribution_id": "one"}]), lake, mode="replace")
    assert on_file(lake, column="purpose") == {"one": None}


def test_replacing_leaves_what_a_held_row_speaks_of(lake):
    taken(workbook(contributions=FIRST), lake)
    taken(workbook(contributions=[{"contribution_id": "one", "amount": "lots"}, {"contribution_id": "new"}]), lake, mode="replace")
    assert on_file(lake) == {"one": 100, "new": 100}


def test_replacing_removes_nothing_while_a_held_row_has_no_key(lake):
    taken(workbook(contributions=FIRST), lake)
    taken(workbook(contributions=[{"contribution_id": None}, {"contribution_id": "new"}]), lake, mode="replace")
    assert set(on_file(lake)) == {"one", "two", "new"}


def test_a_row_cannot_realise_one_that_the_same_file_replaces_away(lake):
    taken(workbook(contributions=FIRST), lake)
    payment = {"contribution_id": "new", "stage": "Disbursement", "realises": "one"}
    submission = understood(workbook(contributions=[payment]), lake, mode="replace")
    assert [found.rule for found in submission.findings] == ["unknown-reference"]


def test_the_office_replaces_only_what_no_donor_sent(lake):
    taken(workbook(contributions=FIRST), lake)
    mixed = [LATVIAN, {"contribution_id": "swedish", "donor_id": "SWE"}]
    taken(workbook(contributions=mixed), lake)
    taken(workbook(contributions=[mixed[0], {"contribution_id": "danish", "donor_id": "DNK"}]), lake, mode="replace")
    assert set(on_file(lake)) == {"one", "two", "latvian", "danish"}


# What is kept


def test_the_file_comes_back_byte_for_byte(lake):
    content = workbook(contributions=FIRST)
    receipt = taken(content, lake)
    assert lake.file(receipt.submission.file.sha256) == content


def test_a_held_row_and_its_findings_are_kept_as_they_were_sent(lake):
    taken(workbook(contributions=[{"amount": "a lot", "purpose": "=1+1"}]), lake)
    (row,) = lake.table("held_rows").to_pylist()
    found, formula = (each for each in lake.table("findings").to_pylist() if each["level"] == "error")
    assert (row["dataset"], row["sheet"], row["row_number"]) == ("contributions", "Contributions", 2)
    assert '["Amount", "a lot"]' in row["cells"]
    assert (found["submission_id"], found["rule"], found["cell"], found["field"]) == (1, "not-a-number", "E2", "Amount")
    assert formula["rule"] == "formula-without-result"


@pytest.mark.parametrize("field", ["tlp", "note"])
def test_nothing_of_a_file_with_a_red_label_is_kept(lake, field):
    for label in ("TLP:RED", "tlp:red", "TLP RED", " TLP: RED "):
        with pytest.raises(Refused, match="says TLP:RED"):
            taken(workbook(contributions=[{}, {field: label}]), lake)
    assert (lake.history(), lake.table("files").num_rows, lake.table("held_rows").num_rows) == ([], 0, 0)


def test_a_red_label_in_a_hidden_sheet_is_found_too(lake):
    with pytest.raises(Refused, match=f"Projects!{cell_of('projects', 'tlp')} says"):
        taken(workbook(Table("needs"), Table("projects", [{"tlp": "TLP:RED"}], hidden=True)), lake)
    assert not lake.history()


def test_a_file_name_and_a_cell_can_hold_anything_and_come_back(lake):
    rows = [
        {"need_id": f"N-{number}", "need": text}
        for number, text in enumerate(["'; DROP TABLE needs; --", "{x}", "😀 ґ", "=cmd|' /C calc'!A0", "a\tb"])
    ]
    taken(csv_file("needs", rows), lake, name="a'b\"c;d %s {x} \udcff.csv", author="'; --", message="{x}%s'")
    assert on_file(lake, "needs", "need") == {row["need_id"]: row["need"] for row in rows}
    assert lake.history()[0]["file_name"] == "a'b\"c;d %s {x} \ufffd.csv"
    assert lake.history()[0]["author"] == "'; --"
