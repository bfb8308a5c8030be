"""Every rule in data/reference/rules.csv is provoked here; each finding stands at its cell and says what is wrong and what to do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import pyarrow as pa
import pytest

from tallinn.datasets import code_lists, datasets
from tallinn.ingest.check import check
from tallinn.ingest.codes import LISTS
from tallinn.ingest.decisions import Decisions
from tallinn.ingest.recognise import recognise
from tallinn.ingest.sheets import Sheet
from tallinn.ingest.submission import Submission
from tallinn.ingest.values import values
from tallinn.lake import Lake
from tallinn.lake_tables import columns_of, without_rows
from tests.ingest import iati_files as iati
from tests.ingest.iati_files import element
from tests.samples import Table, cell_of, copied, sent, taken, understood, workbook

RULES = {row["code"]: row for row in code_lists()["rules"].rows}
TOMORROW = (date.today() + timedelta(days=1)).isoformat()
SWEDISH = {"donor_id": "SWE", "contribution_id": "swedish"}


@dataclass(frozen=True)
class Fault:
    """A row with one fault, the field at which it is found, and what the message must quote."""

    rule: str
    row: dict[str, Any]
    field: str
    quoted: str
    dataset: str = "contributions"


FAULTS = [
    Fault("missing-value", {"stage": None}, "stage", "Stage"),
    Fault("not-a-number", {"amount": "a lot"}, "amount", "a lot"),
    Fault("ambiguous-number", {"amount": "1.234"}, "amount", "1.234"),
    Fault("hidden-in-number", {"amount": "1\u200b2"}, "amount", "“1�2”"),
    Fault("too-precise", {"budget": "0.123", "currency": "EUR"}, "budget", "0.123", "projects"),
    Fault("number-too-large", {"amount": 10**16}, "amount", "1e+16"),
    Fault("not-a-whole-number", {"count": "many"}, "count", "many", "incident_counts"),
    Fault("not-a-date", {"period": "14 months"}, "period", "14 months"),
    Fault("not-a-day", {"period_start": "2025"}, "period_start", "2025", "incident_counts"),
    Fault("ambiguous-date", {"value_date": "03/04/2025"}, "value_date", "03/04/2025"),
    Fault("not-yes-or-no", {"in_kind": "perhaps"}, "in_kind", "perhaps"),
    Fault("unknown-code", {"stage": "Promise"}, "stage", "Promise"),
    Fault("unknown-country", {"donor_ids": "EST; Atlantis"}, "donor_ids", "Atlantis", "projects"),
    Fault("unknown-currency", {"currency": "kr"}, "currency", "kr"),
    Fault("not-an-address", {"source_url": "the ministry"}, "source_url", "the ministry"),
    Fault("formula-error", {"amount": "#DIV/0!"}, "amount", "#DIV/0!"),
    Fault("formula-without-result", {"amount": "=40+2"}, "amount", "not its result"),
    Fault("red-label", {"tlp": "TLP:RED"}, "tlp", "TLP:RED"),
    Fault("cleaned-text", {"purpose": "two\u200bwords"}, "purpose", "Control characters"),
    Fault("below-minimum", {"budget": -1, "currency": "EUR"}, "budget", "-1", "projects"),
    Fault("duplicate-key", {"count_id": "twice"}, "count_id", "twice", "incident_counts"),
    Fault("key-of-another-sender", {"contribution_id": "swedish"}, "contribution_id", "SWE"),
    Fault("unknown-reference", {"realises": "nowhere"}, "realises", "nowhere"),
    Fault("reference-to-itself", {"contribution_id": "self", "duplicate_of": "self"}, "duplicate_of", "self"),
    Fault(
        "stage-order",
        {"stage": "Pledge", "realises": "commitment", "amount": 50},
        "realises",
        "A pledge cannot realise “commitment”, which is a commitment",
    ),
    Fault("end-before-start", {"start": "2025-07", "end": "2025-06-30"}, "end", "2025-06-30", "projects"),
    Fault("payment-in-the-future", {"stage": "Disbursement", "value_date": TOMORROW}, "value_date", TOMORROW),
    Fault("realised-twice-over", {"amount": 200, "realises": "pledge"}, "realises", "200.00 EUR of its 100.00 EUR"),
    Fault("amount-without-currency", {"currency": None}, "currency", "no currency"),
    Fault("no-date-to-convert", {"currency": "SEK", "value_date": None}, "value_date", "SEK"),
    Fault("no-rate-for-currency", {"currency": "UAH"}, "currency", "UAH"),
    Fault("no-label", {"tlp": None}, "tlp", "TLP:AMBER"),
    Fault("no-source", {"source_url": None}, "source_url", "no source"),
    Fault("not-yet-on-file", {"project_ids": "P-404"}, "project_ids", "P-404"),
    Fault("names-a-held-row", {"duplicate_of": "self"}, "duplicate_of", "self"),
]
# Faults of a sheet rather than of a row: rule, table, address, what the message must quote.
SHEET_FAULTS = [
    ("unknown-column", Table("needs", [{"Colour": "red"}]), "N1", "Colour"),
    ("duplicate-column", Table("milestones", [{"title": "a", "TITLE": "b"}]), "L1", "TITLE"),
    ("missing-column", Table("incidents", without=["name"]), "A1", "Name"),
    ("hidden-sheet", Table("capabilities", hidden=True), None, "hidden"),
    ("unrecognised-sheet", Table("organisations", without=["organisation_id", "name", "role"]), None, "header"),
]
# What one column of cells draws: rule, field, cells, what the message must quote.
CELL_FAULTS = [
    ("amount-range", "amount", ["1-2 million"], "1-2 million"),
    ("inexact-amount", "amount", ["over 240 million"], "over 240 million"),
    ("percentage", "amount", ["5 %"], "5 %"),
    ("shared-currency-sign", "amount", ["$5"], "$"),
    ("unknown-word", "amount", ["TBC"], "TBC"),
    ("word-of-two-sizes", "amount", ["3 billion"], "“billion” is a thousand million"),
    ("sign-by-column", "amount", ["1.234", "1,5"], "1.234"),
    ("end-without-start", "value_date", ["until 27/7/2022"], "until 27/7/2022"),
    ("start-without-end", "value_date", ["from 2024"], "from 2024"),
    ("open-period", "value_date", ["2024/25"], "2024/25"),
    ("two-digit-year", "value_date", ["2-Jul-25"], "2025-07-02"),
    ("serial-date", "value_date", [45658], "2025-01-01"),
    ("perhaps-swapped", "value_date", ["25/12/2025", *(date(2025, day, day) for day in range(1, 7))], "2025"),
    ("word-left-out", "end", ["until 27/7/2022"], "2022-07-27"),
    ("synonym", "stage", ["zugesagt"], "Commitment"),
    ("organisation-as-stated", "donor_id", ["Norwey"], "Norwey"),
    ("address-in-text", "channel", ["https://www.vm.ee"], "https://www.vm.ee"),
]
# What a file of contributions draws as a whole: rule, lines of a CSV, what the message must quote.
KEYED = "contribution_id,amount,currency,purpose"
FILE_FAULTS = [
    ("made-keys", ["amount,currency", "1,EUR"], "Stage"),
    ("identical-rows", ["amount,currency", "1,EUR", "1,EUR"], "rows 2, 3"),
    ("same-money", ["contribution_id,amount,currency,value_date", "a,1,EUR,2025", "b,1,EUR,2025"], "“b”"),
    ("zero-amount", [KEYED, "a,0,EUR,x"], "0"),
    ("amount-out-of-scale", [KEYED, *(f"{n},{10 + n},EUR,x" for n in range(12)), "z,90000,EUR,x"], "90000"),
    ("e-mail-address", [KEYED, "a,1,EUR,ask olena.k@mil.gov.ua about it"], "olena.k@mil.gov.ua"),
    ("phone-number", [KEYED, "a,1,EUR,call +380 44 123 45 67 first"], "+380 44 123 45 67"),
    ("coordinates", [KEYED, 'a,1,EUR,"server at 50.4501, 30.5234"'], "50.4501, 30.5234"),
    ("ip-address", [KEYED, "a,1,EUR,host 192.168.17.4 is open"], "192.168.17.4"),
    ("two-currencies", [KEYED, "a,SEK 5,EUR,x"], "SEK"),
    ("letter-in-header", ["contribution_id,Amount (T),currency", "a,1,EUR"], "“T”"),
    ("header-unit", ["contribution_id,Amount in thousands,currency", "a,1,EUR"], "1,000"),
    ("unit-outside-table", ["All amounts in EUR thousands,,", "contribution_id,amount,currency", "a,1,EUR"], "1,000"),
    ("header-currency", ["contribution_id,Amount (EUR)", "a,1"], "EUR"),
    ("unit-twice", ["contribution_id,Amount in thousands,currency", "a,1.2 million,EUR"], "1.2 million"),
    ("subtotal-row", [KEYED, "a,1,EUR,x", "Total,1,,"], "Total"),
    ("sum-row", [KEYED, "a,1,EUR,x", "b,2,EUR,x", ",3,EUR,"], "3"),
    ("perhaps-a-sum", [KEYED, "a,1,EUR,x", "b,2,EUR,x", "c,3,EUR,"], "3"),
    ("amount-alone", [KEYED, "a,1,EUR,x", "b,2,EUR,x", ",4,EUR,"], "4"),
    ("title-row", [KEYED, "Training,,,", "a,1,EUR,x", "b,2,EUR,x"], "Training"),
    ("footer-row", [KEYED, "a,1,EUR,x", "b,2,EUR,x", "Source: ministry,,,"], "Source: ministry"),
    ("repeated-header", [KEYED, "a,1,EUR,x", KEYED, "b,2,EUR,x"], "once more"),
    ("numbering-row", [KEYED, "1,2,3,4", "a,1,EUR,x"], "numbers the columns"),
    ("more-of-the-same", [KEYED, *(f"{n},0,EUR,x" for n in range(1200))], "200 more cells"),
]
# What depends on earlier files is tested with memory and with held rows.
BY_MEMORY_ALONE = {"held-rows-back", "sheet-left-out", "sheet-left-out-again", "remembered-value", "value-of-another-sender"}
# What only the reader of a file can tell is tested with it.
BY_READER_ALONE = {"formats-not-read", "words-in-format", "encoding", "macros", "hidden-column"}
# What an IATI file draws: rule, what stands in its activity, what the message must quote.
ELSEWHERE, SHARED, UNSHARED = (
    "".join(element("recipient-country", code=code, percentage=share) for code in codes)
    for codes, share in ((["PL"], None), (["UA", "PL"], 50), (["UA", "PL"], None))
)
COMMITTED, PAID = iati.transaction(2, 100, ref="C"), iati.transaction(3, 130, ref="D")
IATI_FAULTS = [
    ("iati-elsewhere", [iati.activity(), iati.activity(identifier="PL", where=ELSEWHERE)], "1"),
    ("iati-without-country", [iati.activity(), iati.activity(identifier="SE-0-2", where="")], "SE-0-2"),
    ("iati-transaction-elsewhere", [iati.activity(iati.transaction(2, 1, "2024-03-01", ELSEWHERE))], "1"),
    ("iati-other-type", [iati.activity(iati.transaction(11, 1))], "Incoming commitment"),
    ("iati-share", [iati.activity(COMMITTED, where=SHARED)], "50 % of 100.00 EUR"),
    ("iati-share-unknown", [iati.activity(COMMITTED, where=UNSHARED)], "SE-0-1"),
    ("iati-without-reference", [iati.activity(iati.transaction(2, 1))], "SE-0-1/commitment/2024-03-01"),
    ("iati-divided", [iati.activity(COMMITTED, PAID)], "100.00 is a part of 130.00"),
    ("iati-beyond-commitments", [iati.activity(COMMITTED, PAID)], "30.00"),
    ("iati-committed-twice", [iati.activity(COMMITTED), iati.activity(iati.part_of("SE-0-1"), COMMITTED, identifier="A")], "“A”"),
    ("iati-parent-elsewhere", [iati.activity(iati.part_of("SE-0-0"), PAID)], "SE-0-1"),
    ("iati-other-currency", [iati.activity(COMMITTED, iati.transaction(3, 1, currency="USD", ref="D"))], "SE-0-1/C"),
]
# The values step lets no value of a wrong form through, so only the schema itself can be asked.
BY_SCHEMA_ALONE = {"wrong-form"}


@pytest.fixture(scope="module")
def submission(empty_directory, tmp_path_factory) -> Submission:
    """One file with every fault once, sent by Estonia to a lake in which there is a Swedish row."""
    broken = [table for _rule, table, _cell, _quoted in SHEET_FAULTS]
    with Lake(copied(empty_directory, tmp_path_factory.mktemp("rules") / "lake")) as lake:
        taken(workbook(contributions=[SWEDISH]), lake)
        return understood(workbook(*planted(), *broken), lake, donor="EST")


def planted() -> Iterator[Table]:
    """A sheet a dataset with one fault a row, then the faultless rows that the faults speak of."""
    for dataset, faults in groupby(sorted(FAULTS, key=lambda fault: fault.dataset), key=lambda fault: fault.dataset):
        rows = [{"amount": 1000 + number, **fault.row} if dataset == "contributions" else fault.row for number, fault in enumerate(faults)]
        if dataset == "contributions":
            rows += [{"contribution_id": "commitment"}, {"contribution_id": "pledge", "stage": "Pledge"}]
        if dataset == "incident_counts":
            rows += [{"count_id": "twice", "period_start": "2024-01-01"}]
        yield Table(dataset, rows)


def row_of(fault: Fault) -> int:
    """The number of its row in the planted sheet."""
    return 2 + [each for each in FAULTS if each.dataset == fault.dataset].index(fault)


def test_every_rule_of_the_list_is_provoked():
    provoked = [fault.rule for fault in FAULTS] + [rule for rule, *_ in [*SHEET_FAULTS, *CELL_FAULTS, *FILE_FAULTS, *IATI_FAULTS]]
    assert {*provoked, *BY_SCHEMA_ALONE, *BY_READER_ALONE, *BY_MEMORY_ALONE} == set(RULES)


@pytest.mark.parametrize(("rule", "field", "cells", "quoted"), CELL_FAULTS, ids=[rule for rule, *_ in CELL_FAULTS])
def test_a_remark_about_a_cell_is_said_at_it(rule, field, cells, quoted):
    dataset = datasets()["projects" if field in ("end", "start") else "contributions"]
    others = [name for name in (dataset.key, *dataset.telling, "donor_id") if name in dataset.names and name != field][:2]
    sheet = Sheet.of([[*others, field], *([f"x{number}", "EST", cell][-len(others) - 1 :] for number, cell in enumerate(cells))])
    table = recognise(sheet, Decisions(dataset=dataset.name, as_stated=frozenset({"donor_id"} & {*dataset.names})))
    said = [found for found in values(table).findings if found.rule == rule]
    assert said and said[0].cell.startswith("ABC"[len(others)])
    assert_said_well(said[0].message, quoted)


@pytest.mark.parametrize(("rule", "lines", "quoted"), FILE_FAULTS, ids=[rule for rule, *_ in FILE_FAULTS])
def test_a_remark_about_several_rows_or_the_whole_table_is_said(empty_lake, rule, lines, quoted):
    by_a_person = {header: "amount" for header in lines[0].split(",") if header == "Amount (T)"}
    decided = Decisions(columns=by_a_person, constants={"stage": "commitment", "within_mechanism": "yes", "tlp": "TLP:CLEAR"})
    submission = understood("\n".join(lines).encode(), empty_lake, name="sent.csv", donor="EST", decisions=decided)
    said = [found for found in submission.findings if rule in (found.rule, "more-of-the-same") and quoted in found.message]
    assert said
    assert_said_well(said[0].message, quoted)


@pytest.mark.parametrize(("rule", "activities", "quoted"), IATI_FAULTS, ids=[rule for rule, *_ in IATI_FAULTS])
def test_a_remark_about_an_iati_file_is_said(empty_lake, rule, activities, quoted):
    found = understood(iati.file(*activities), empty_lake, name="sent.xml")
    said = [each for each in found.findings if each.rule == rule]
    assert said and quoted in said[0].message
    assert_said_well(said[0].message, quoted)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.rule)
def test_a_fault_is_found_at_its_cell_alone_and_said_in_words(submission, fault):
    address, number = cell_of(fault.dataset, fault.field, row_of(fault)), row_of(fault)
    sheet = datasets()[fault.dataset].title
    in_row = [found for found in submission.findings if (found.sheet, found.row) == (sheet, number)]
    assert [(found.rule, found.cell, found.level) for found in in_row] == [(fault.rule, address, RULES[fault.rule]["level"])]
    assert_said_well(in_row[0].message, fault.quoted)
    assert in_row[0].column == datasets()[fault.dataset].field(fault.field).title


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.rule)
def test_a_row_is_held_for_an_error_and_taken_with_anything_less(submission, fault):
    checked = next(each for each in submission.checked if each.dataset.name == fault.dataset)
    part = checked.held if RULES[fault.rule]["level"] == "error" else checked.accepted
    assert row_of(fault) in part["row_number"].to_pylist()


@pytest.mark.parametrize(("rule", "table", "cell", "quoted"), SHEET_FAULTS, ids=[rule for rule, *_ in SHEET_FAULTS])
def test_a_fault_of_a_sheet_is_found_in_its_header(submission, rule, table, cell, quoted):
    (found,) = [each for each in submission.findings if each.rule == rule]
    assert (found.sheet, found.level) == (table.name, RULES[rule]["level"])
    assert found.cell == cell
    assert_said_well(found.message, quoted)


def test_faultless_rows_beside_them_are_taken(submission):
    contributions = next(each for each in submission.checked if each.dataset.name == "contributions")
    assert {"commitment", "pledge"} <= set(contributions.accepted["contribution_id"].to_pylist())


def test_the_form_that_a_schema_asks_for_is_checked_once_more():
    rows = values(recognise(sent(workbook(projects=[{}])).sheets[0]))
    position = rows.values.column_names.index("currency")
    wrong = rows.values.set_column(position, "currency", pa.array(["euro"]))
    (checked,) = check([replace(rows, values=wrong)], {"projects": without_rows(columns_of(datasets()["projects"]))}, "EST")
    (found,) = checked.findings
    assert (found.rule, found.cell) == ("wrong-form", cell_of("projects", "currency"))
    assert_said_well(found.message, "euro")


@pytest.mark.parametrize("rule", sorted(code for code, rule in RULES.items() if rule["level"] != "advice"))
def test_a_rule_says_what_to_do(rule):
    first_words = {sentence.split()[0].lower() for sentence in re.split(r"(?<=[.?]) |; ", RULES[rule]["template"])}
    advice = {
        "map",
        "choose",
        "add",
        "check",
        "give",
        "mend",
        "name",
        "open",
        "remove",
        "rename",
        "send",
        "set",
        "unhide",
        "use",
        "write",
    }
    assert first_words & advice


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_rule_s_text_asks_for_no_more_than_the_finding_knows(rule):
    known = {"value", "column", "dataset", "list", "choices", "limit", "example", "rows", "sender", "stage", "earlier_stage", "start"}
    known |= {"hint", "taken", "sign", "unit", "places", "copies", "other", "middle", "fields", "first", "second", "encoding", "currency"}
    known |= {"file", "submission", "realised", "amount", "word", "words", "share", "whole"}
    assert set(re.findall(r"\{(\w+)\}", RULES[rule]["template"])) <= known
    assert RULES[rule]["level"] in {"error", "warning", "advice"}


def assert_said_well(message: str, quoted: str) -> None:
    """The message quotes what it is about, has no blank left open, and says what to do."""
    assert quoted in message
    assert not re.search(r"[{}]|None|nan", message), message
    assert message.endswith((".", "?"))


def test_every_list_of_a_schema_has_a_name_to_be_spoken_of():
    lists = {field.code_list for dataset in datasets().values() for field in dataset.fields if field.code_list}
    assert lists <= set(LISTS)
