"""Which column is which: by names in many languages, by decisions, by what was decided before. The undecided stops the import."""

import pytest

from tallinn.ingest.accept import accept
from tallinn.ingest.decisions import Decisions
from tallinn.ingest.findings import Refused
from tallinn.ingest.recognise import recognise
from tallinn.ingest.sheets import Sheet
from tests.samples import taken, understood

CONSTANTS = {"stage": "commitment", "within_mechanism": "yes", "tlp": "TLP:CLEAR"}


def table(*lines: list, dataset: str | None = "contributions", **options):
    return recognise(Sheet.of(lines), Decisions(dataset=dataset, constants=CONSTANTS if dataset == "contributions" else {}, **options))


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (["Донор", "Сума, грн", "Дата", "Призначення"], ["donor_id", "amount", "value_date", "purpose"]),
        (["Geber", "Betrag in Tsd. EUR", "Datum", "Verwendungszweck"], ["donor_id", "amount", "value_date", "purpose"]),
        (["Bailleur", "Montant (EUR)", "Date", "Objet"], ["donor_id", "amount", "value_date", "purpose"]),
        (["Givare", "Belopp", "Valuta", "Datum"], ["donor_id", "amount", "currency", "value_date"]),
        (["Doonor", "Summa", "Valuuta", "Kuupäev"], ["donor_id", "amount", "currency", "value_date"]),
        (["Darczyńca", "Kwota", "Waluta", "Data"], ["donor_id", "amount", "currency", "value_date"]),
        (["Giver", "Beløb", "Valuta", "Dato"], ["donor_id", "amount", "currency", "value_date"]),
        (["Giver", "Beløp", "Valuta", "Dato"], ["donor_id", "amount", "currency", "value_date"]),
        (["Rahoittaja", "Määrä", "Valuutta", "Päivämäärä"], ["donor_id", "amount", "currency", "value_date"]),
        (["Donor", "Bedrag", "Munteenheid", "Datum"], ["donor_id", "amount", "currency", "value_date"]),
        (["Donatore", "Importo", "Valuta", "Data"], ["donor_id", "amount", "currency", "value_date"]),
    ],
    ids=["uk", "de", "fr", "sv", "et", "pl", "da", "no", "fi", "nl", "it"],
)
def test_headers_are_known_in_the_languages_of_the_donors(headers, fields):
    found = recognise(Sheet.of([headers, ["EST", 1, "x", "y"]]))
    assert [column.field for column in found.columns] == fields
    assert found.dataset.name == "contributions"


def test_currency_and_unit_in_a_header_are_read_and_told():
    found = table(["Geber", "Betrag in Tsd. EUR"], ["EST", 5])
    assert [(column.currency, column.unit) for column in found.columns] == [(None, 1), ("EUR", 1000)]
    assert {said.rule for said in found.findings} == {"header-unit", "header-currency"}


def test_a_number_under_thousands_of_euros_is_multiplied(empty_lake):
    decided = Decisions(constants=CONSTANTS)
    rows = understood(b"Geber;Betrag in Tsd. EUR\nEST;1,5\n", empty_lake, name="a.csv", decisions=decided).checked[0].accepted
    assert rows.select(["amount", "currency"]).to_pylist() == [{"amount": 1500, "currency": "EUR"}]


@pytest.mark.parametrize("decoy", ["Amount Applied For", "Amount requested", "Planned amount"])
def test_a_decoy_is_never_taken_for_the_amount(decoy):
    found = table(["Donor", decoy], ["EST", 5])
    assert "amount" not in found.mapping
    assert [said.rule for said in found.findings if said.value == decoy] == ["unknown-column"]


def test_of_two_columns_that_mean_the_same_none_is_taken_by_itself():
    found = table(["Donor", "Betrag", "Importo"], ["EST", 5, 6])
    assert "amount" not in found.mapping
    assert [column.proposal for column in found.columns] == [None, "amount", "amount"]


def test_a_column_is_mapped_or_ignored_by_name():
    found = table(["Donor", "Grant", "Colour"], ["EST", 5, "red"], columns={"Grant": "amount"}, ignored=frozenset({"Colour"}))
    assert found.decided
    assert found.mapping == {"donor_id": 0, "amount": 1}


@pytest.mark.parametrize("decision", [{"columns": {"Nothing": "amount"}}, {"columns": {"Donor": "colour"}}, {"ignored": frozenset({"No"})}])
def test_a_decision_about_what_is_not_there_is_refused(decision):
    with pytest.raises(Refused, match="no column"):
        table(["Donor", "Amount"], ["EST", 5], **decision)


def test_an_undecided_column_stops_the_import_and_is_named(lake):
    submission = understood(
        b"donor_id,amount,currency,Colour\nEST,5,EUR,red\n", lake, name="a.csv", decisions=Decisions(constants=CONSTANTS)
    )
    with pytest.raises(Refused, match="Nobody has decided what these columns are: “Colour”"):
        accept(submission, lake, author="Mari", message="")


def test_what_was_decided_for_a_donor_is_remembered_for_the_same_header(lake):
    decided = Decisions(constants=CONSTANTS, columns={"Grant": "amount"}, ignored=frozenset({"Colour"}), dataset="contributions")
    taken(b"Donor,Grant,Currency,Colour\nEST,5,EUR,red\n", lake, name="a.csv", decisions=decided, donor="EST")
    again = understood(
        b"Colour,Grant,Currency,Donor,Date\nred,6,EUR,EST,2025\n", lake, name="b.csv", donor="EST", decisions=Decisions(constants=CONSTANTS)
    )
    assert {column.header: (column.field, column.reason) for column in again.tables[0].columns} == {
        "Colour": (None, "remembered"), "Grant": ("amount", "remembered"), "Currency": ("currency", "name"),
        "Donor": ("donor_id", "name"), "Date": ("value_date", "synonym"),
    }  # fmt: skip
    assert again.decided


def test_a_file_in_a_known_form_needs_no_decision_any_more(lake):
    decided = Decisions(constants={**CONSTANTS, "currency": "EUR"}, columns={"Grant": "amount"}, dataset="contributions")
    taken(b"Donor,Grant\nEST,5\n", lake, name="a.csv", decisions=decided)
    again = understood(b"Donor,Grant\nEST,6\n", lake, name="b.csv")
    assert again.decided
    assert again.checked[0].accepted.select(["amount", "currency", "stage"]).to_pylist() == [
        {"amount": 6, "currency": "EUR", "stage": "commitment"}
    ]


def test_a_header_over_two_rows_is_joined_and_twins_are_told_apart():
    sheet = Sheet.of([["Donor", "Amount", None], [None, "EUR", "UAH"], ["EST", 5, 200]])
    merged = Sheet(sheet.name, False, sheet.columns, sheet.tagged, merged=((1, 0, 2, 0), (1, 1, 1, 2)))
    found = recognise(merged, Decisions(dataset="contributions"))
    assert (found.header_rows, [column.header for column in found.columns]) == ((1, 2), ["Donor", "Amount / EUR", "Amount / UAH"])
    twins = table(["Donor", "Date", "Date"], ["EST", "2025", "2026"])
    assert [column.header for column in twins.columns] == ["Donor", "Date", "Date (2)"]


def test_totals_titles_and_footers_are_left_out_and_told():
    found = table(
        ["Donor", "Amount", "Currency", "Purpose"],
        ["Training"],
        ["EST", 5, "EUR", "a"],
        ["EST", 6, "EUR", "b"],
        ["Разом", 11],
        ["Source: the ministry"],
    )
    assert found.rows.to_pylist() == [2, 3]
    assert sorted((said.rule, said.row) for said in found.findings) == [("footer-row", 6), ("subtotal-row", 5), ("title-row", 2)]


def test_a_row_with_an_amount_is_never_left_out_for_being_sparse():
    found = table(["Donor", "Amount", "Currency", "Purpose", "Note"], ["EST", 5, "EUR", "a", "b"], ["Total Energy", 7, None, None, None])
    assert found.rows.to_pylist() == [1, 2]


def test_a_known_form_is_known_in_capitals_too(lake):
    decided = Decisions(constants={**CONSTANTS, "currency": "EUR"}, columns={"Grant": "amount"}, dataset="contributions")
    taken(b"Donor,Grant\nEST,5\n", lake, name="a.csv", decisions=decided)
    assert understood(b"DONOR,GRANT\nEST,6\n", lake, name="b.csv").rows_accepted == 1


def test_a_known_form_does_not_say_whose_money_it_is(lake):
    decided = Decisions(constants={**CONSTANTS, "currency": "EUR"}, columns={"Grant": "amount"}, dataset="contributions")
    taken(b"Purpose,Grant\nx,5\n", lake, name="a.csv", decisions=decided, donor="EST")
    swedish = understood(b"Purpose,Grant\nx,6\n", lake, name="b.csv", donor="SWE")
    assert swedish.checked[0].accepted["donor_id"].to_pylist() == ["SWE"]
    nobody_s = understood(b"Purpose,Grant\nx,6\n", lake, name="b.csv")
    assert not nobody_s.decided
    assert [found.column for found in nobody_s.findings if found.rule == "missing-column"] == ["Donor"]


def test_what_another_donor_decided_is_not_remembered_for_this_one(lake):
    decided = Decisions(constants=CONSTANTS, ignored=frozenset({"Colour"}), dataset="contributions")
    taken(b"Donor,Amount,Currency,Colour\nEST,5,EUR,red\n", lake, name="a.csv", decisions=decided, donor="EST")
    theirs = understood(
        b"Donor,Amount,Currency,Date,Colour\nSWE,5,EUR,2025,red\n",
        lake,
        name="b.csv",
        donor="SWE",
        decisions=Decisions(constants=CONSTANTS),
    )
    assert [column.header for column in theirs.tables[0].columns if not column.decided] == ["Colour"]
