"""What a column may be is guessed from its cells and its header, shown with a confidence, and never taken by itself."""

from datetime import date

import pytest

from tallinn.ingest.decisions import Decisions
from tallinn.ingest.recognise import Column, recognise
from tallinn.ingest.sheets import Money, Sheet


def columns(*columns: list, dataset: str = "contributions", **options) -> dict[str, Column]:
    """The columns of a sheet by header, each given as its header and its cells."""
    height = max(map(len, columns))
    rows = [[column[place] if place < len(column) else None for column in columns] for place in range(height)]
    return {column.header: column for column in recognise(Sheet.of(rows), Decisions(dataset=dataset, **options)).columns}


CELLS = {
    "value_date": ["2025-07-02", "2.8.2025", "Q3 2025"],
    "currency": ["EUR", "SEK", "EUR"],
    "donor_id": ["Norwegen", "Schweden", "Estland"],
    "stage": ["Zusage", "paid", "Disbursement"],
    "amount": ["1.250,50", "3,5 Mio. EUR", "TBC"],
    "source_url": ["https://example.org/a", "https://example.org/b", None],
    "tlp": ["TLP:CLEAR", "Amber", "GREEN"],
    "contribution_id": ["NOR-2024-01", "NOR-2024-02", "NOR-2025-01"],
    "in_kind": ["так", "ні", "так"],
    "purpose": ["Laptops for the incident response team", "A course of two weeks for forty officials", "Exercise"],
}


@pytest.mark.parametrize("field", CELLS)
def test_the_cells_of_a_column_say_what_it_may_be(field):
    column = columns(["Xyzzy", *CELLS[field]], ["Qwx", "some", "other", "words"])["Xyzzy"]
    assert (column.proposal, column.reason, column.field) == (field, "values", None)
    assert 0.25 <= column.confidence <= 0.85


def test_a_guess_is_never_taken_by_itself():
    found = recognise(Sheet.of([["Xyzzy"], ["EUR"], ["SEK"]]), Decisions(dataset="contributions"))
    assert not found.decided
    assert "unknown-column" in {said.rule for said in found.findings}


def test_header_and_cells_together_are_surer_than_each_alone():
    both = columns(["Currency of grant", "EUR", "SEK"])["Currency of grant"]
    header = columns(["Currency of grant"], ["Qwx", "a"])["Currency of grant"]
    cells = columns(["Xyzzy", "EUR", "SEK"])["Xyzzy"]
    assert both.proposal == header.proposal == cells.proposal == "currency"
    assert (both.reason, header.reason, cells.reason) == ("both", "similar", "values")
    assert both.confidence > max(header.confidence, cells.confidence)


def test_cells_of_another_kind_make_a_similar_header_less_sure():
    contrary = columns(["Currency of grant", "a long story", "another one"])["Currency of grant"]
    silent = columns(["Currency of grant"], ["Qwx", "a"])["Currency of grant"]
    assert (contrary.proposal, contrary.confidence) == ("currency", round(silent.confidence / 2, 2))


def test_a_field_that_has_its_column_is_proposed_for_no_other():
    found = columns(["Currency", "EUR", "SEK"], ["Xyzzy", "EUR", "SEK"])
    assert (found["Currency"].field, found["Xyzzy"].proposal) == ("currency", None)


def test_a_twin_is_still_told_as_one():
    found = columns(["Betrag", 5], ["Importo", 6])
    assert [(column.proposal, column.reason) for column in found.values()] == [("amount", "twin")] * 2


def test_columns_and_fields_of_one_kind_share_the_confidence():
    alone = columns(["Xyzzy", 5, 7.5])["Xyzzy"]
    several = columns(["Xyzzy", 5, 7.5], ["Plugh", 6, 8.5])
    assert alone.proposal == "amount"
    assert sorted(column.confidence for column in several.values()) == [0.0, alone.confidence / 2]
    with_a_currency = columns(["Xyzzy", Money(5, "EUR"), Money(7, "EUR")])["Xyzzy"]
    assert with_a_currency.confidence > alone.confidence


@pytest.mark.parametrize(
    "cells",
    [
        ["1", "2", "3", "4"],
        ["some words", "other words", "more words"],
        ["Україна", "Ukraine", "UKR"],
        [20_001, 20_002, 20_003.5, 25_000, 30_000],
    ],
    ids=["numbers of rows", "words", "who receives", "amounts that could be days"],
)
def test_what_is_no_field_is_not_proposed_for_one(cells):
    column = columns(["Xyzzy", *cells], ["Amount", 1])["Xyzzy"]
    assert column.proposal is None


def test_days_with_dots_are_no_numbers():
    found = columns(["Xyzzy", "03.04.2025", "15.06.2025"], ["Plugh", "1.250,5", "700"])
    assert (found["Xyzzy"].proposal, found["Plugh"].proposal, found["Plugh"].confidence) == ("value_date", "amount", 0.5)


def test_a_year_is_a_date_and_no_amount():
    assert columns(["Xyzzy", 2023, 2024])["Xyzzy"].proposal == "value_date"


@pytest.mark.parametrize("decoy", ["Amount requested", "Planned amount"])
def test_after_a_decoy_the_cells_say_nothing_either(decoy):
    assert columns([decoy, 5, 7.5], ["Donor", "EST", "SWE"])[decoy].proposal is None


def test_keys_of_other_rows_are_references():
    found = columns(["Contribution ID", "C-1", "C-2", "C-3"], ["Xyzzy", None, "C-1", "C-1"], ["Plugh", "TM-1", "TM-1; TM-2", "TM-2"])
    assert found["Xyzzy"].proposal == "realises"
    assert found["Plugh"].proposal == "project_ids"


def test_states_of_projects_are_proposed_for_projects():
    cells = ["ongoing", "completed", "ongoing"]
    assert columns(["Xyzzy", *cells], ["Title", "a", "b", "c"], dataset="projects")["Xyzzy"].proposal == "status"


def test_only_some_rows_and_columns_are_looked_at():
    days = [date(2025, 1, 1 + number % 28) for number in range(3000)]
    long = columns(["Xyzzy", *days], ["Qwx", *("a" * (number % 40) for number in range(3000))])
    assert long["Xyzzy"].proposal == "value_date"
    wide = columns(*([f"Xyzzy {number}", "EUR"] for number in range(1000)))
    assert sum(column.proposal is not None for column in wide.values()) <= 1
