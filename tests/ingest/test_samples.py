"""Real files of other publishers, each of which ends as its manifest says. They are not part of this project and may be absent."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyarrow.compute as pc
import pytest

from tallinn.ingest.decisions import Decisions
from tallinn.ingest.findings import Refused
from tallinn.ingest.read import SentFile, read_path
from tallinn.ingest.submission import Submission, totals, understand
from tallinn.lake import Lake
from tallinn.settings import ROOT

SAMPLES = ROOT.parent / "shared" / "samples"
pytestmark = [pytest.mark.child, pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples of other publishers are not here")]
MONEY = Decisions(dataset="contributions", constants={"stage": "commitment", "within_mechanism": "unclear", "tlp": "TLP:CLEAR"})


def file(start: str) -> SentFile:
    (path,) = [each for each in SAMPLES.iterdir() if each.name.startswith(start)]
    return read_path(path)


def understood(start: str, lake: Lake, decisions: Decisions, **options: str) -> Submission:
    """The submission after a person has ignored every column that the decisions leave open."""
    sent = file(start)
    first = understand(sent, lake, decisions=decisions, **options)
    left = frozenset(column.header for table in first.tables if table for column in table.columns if not column.decided)
    return understand(sent, lake, decisions=replace(decisions, ignored=decisions.ignored | left), **options)


def total(submission: Submission, stage: str, currency: str) -> Decimal:
    return sum((each["amount"] for each in totals(submission) if (each["stage"], each["currency"]) == (stage, currency)), Decimal())


@pytest.mark.parametrize(
    ("start", "reason"),
    [
        ("poi__poc-xmlbomb", "forbidden XML entities"),
        ("calamine__issue_594", "too large"),
        ("poi__Simple.xlsb", "damaged"),
        ("poi__password", "password-protected"),
        ("cove360__bad_zero", "the file is empty"),
        ("poi__xlsx-corrupted", "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_cause(start: str, reason: str):
    with pytest.raises(Refused, match=reason):
        file(start)


@pytest.mark.parametrize(
    ("start", "quoted"),
    [
        ("kielweb", "total_allocations"),
        ("calamine__any_sheets", "known dataset"),
        ("calamine__date_1904", "known dataset"),
        ("calamine__merged_range", "known dataset"),
        ("datagovua", "Назва території"),
        ("messytables", "Organisation_code"),
        ("csvkit__null_byte", "known dataset"),
        ("csvspectrum", "known dataset"),
        ("payloadbox", "known dataset"),
        ("poi__SimpleMacro", "macro workbook"),
    ],
)
def test_what_is_no_donor_data_is_refused_in_words_that_quote_it(start: str, quoted: str, empty_lake: Lake):
    with pytest.raises(Refused, match=quoted):
        understand(file(start), empty_lake)


def test_grants_with_dates_of_two_kinds_are_all_taken(empty_lake: Lake):
    ours = understood("360data", empty_lake, replace(MONEY, as_stated=frozenset({"donor_id"})))
    assert ours.tables[0].header("amount") == "Amount Awarded"
    assert (ours.rows_accepted, ours.rows_held, total(ours, "commitment", "GBP")) == (475, 0, Decimal("21757793.27"))
    assert ours.checked[0].accepted["value_date"].null_count == 0


def test_flows_of_three_stages_are_kept_apart_and_those_without_a_donor_are_held(empty_lake: Lake):
    decisions = Decisions(
        dataset="contributions",
        columns={"srcOrganization": "donor_id", "amountUSD": "amount", "status": "stage", "date": "value_date", "description": "purpose"},
        constants={"currency": "USD", "within_mechanism": "unclear", "tlp": "TLP:CLEAR"},
        ignored=frozenset({"id", "originalAmount", "originalCurrency"}),
        as_stated=frozenset({"donor_id"}),
    )
    ours = understood("fts__", empty_lake, decisions)
    assert (ours.rows_accepted + ours.rows_held, ours.rows_held) == (1106, 5)
    everything = {stage: total(ours, stage, "USD") for stage in ("disbursement", "commitment", "pledge")}
    held = ours.checked[0].held
    for row in held.select(["stage", "amount"]).to_pylist():
        everything[row["stage"]] += row["amount"]
    assert {stage: round(amount) for stage, amount in everything.items()} == {
        "disbursement": 1374099698, "commitment": 675863636, "pledge": 110749,
    }  # fmt: skip


def test_the_amount_that_a_person_chooses_among_six_is_taken_with_corrections_negative(empty_lake: Lake):
    sent = file("frontex")
    table = understand(sent, empty_lake, decisions=MONEY, donor="POL").tables[0]
    assert table.header_rows == (5, 6)
    assert {"Date of signature by AO", "Date of signature by AO (2)"} <= {column.header for column in table.columns}
    granted = next(column.header for column in table.columns if "Total GRANTED" in column.header)
    signed = next(column.header for column in table.columns if column.header == "Date of signature by AO")
    decisions = replace(MONEY, columns={granted: "amount", signed: "value_date"}, constants={**MONEY.constants, "currency": "EUR"})
    ours = understood("frontex", empty_lake, decisions, donor="POL")
    amounts = [each["amount"] for part in (ours.checked[0].accepted, ours.checked[0].held) for each in part.select(["amount"]).to_pylist()]
    assert len(amounts) == 475
    assert sum(amount for amount in amounts if amount is not None) == Decimal("300259536.57")


def test_bad_rows_are_held_with_their_cells_and_the_good_one_is_taken(empty_lake: Lake):
    ours = understood("cove360__badfile", empty_lake, MONEY, sheet="grants", donor="GBR")
    assert (ours.rows_accepted, ours.rows_held) == (1, 4)
    wrong = {(found.rule, found.row) for found in ours.findings if found.level == "error"}
    assert {(rule, row) for rule in ("not-a-number", "not-a-date", "unknown-currency") for row in (3, 4, 5, 6)} <= wrong


def test_identical_rows_without_keys_are_neither_collapsed_nor_passed_over_in_silence(empty_lake: Lake):
    ours = understood("cove360__decimal", empty_lake, MONEY, donor="GBR")
    assert ours.rows_accepted == 7
    assert any(found.rule == "identical-rows" and "7 rows" in found.message for found in ours.findings)


def test_incidents_without_a_date_are_held_and_web_addresses_in_place_of_a_type_are_flagged(empty_lake: Lake):
    ours = understood("cfr__", empty_lake, Decisions(dataset="incidents"))
    assert (ours.rows_accepted + ours.rows_held, ours.rows_held) == (713, 14)
    assert sum(found.rule == "address-in-text" and found.column == "Type" for found in ours.findings) == 2


def test_na_is_read_as_not_stated(empty_lake: Lake):
    decisions = Decisions(dataset="incidents", columns={"interactionstartdate": "date"})
    table = understand(file("dcid"), empty_lake, decisions=decisions).tables[0]
    headers = {column.header for column in table.columns}
    name = next(header for header in ("name", "Name", "incidentname") if header in headers)
    ours = understood("dcid", empty_lake, replace(decisions, columns={**decisions.columns, name: "name"}))
    assert ours.rows_accepted + ours.rows_held == 145
    assert "NA" not in {value for rows in (ours.checked[0].accepted,) for column in rows.columns for value in pc.unique(column).to_pylist()}


def test_every_sample_is_spoken_of_here():
    spoken = Path(__file__).read_text(encoding="utf-8")
    assert all(path.name.split("_")[0] in spoken for path in SAMPLES.iterdir() if path.name != "MANIFEST.csv")
