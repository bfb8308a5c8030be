"""Within an IATI activity payments are drawn from its commitments: it is committed for the larger of both totals, never for their sum."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallinn.ask import ask
from tallinn.audience import Audience
from tallinn.ingest.decisions import Decisions
from tallinn.ingest.reader.ledger import COMMITMENT, PAYMENT, PLEDGE, Entry, Part, drawn
from tallinn.lake import Lake
from tallinn.releases import working
from tallinn.store import open_store
from tests.ingest.iati_files import activity, file, narrated, part_of, transaction, with_parts
from tests.samples import errors, remarks, taken, the_finding, understood

RELATED = Decisions(constants={"within_mechanism": "related", "tlp": "TLP:CLEAR"})
STAGES = {"pledge": PLEDGE, "commitment": COMMITMENT, "disbursement": PAYMENT, "expenditure": PAYMENT}

# The ledger by itself


def entry(key: str, stage: str, amount: Any, day: str = "2024-01-01", currency: str | None = "EUR", donor: str = "SE") -> Entry:
    """A sum of the activity before the hyphen in its key; of the only one where there is none."""
    number = None if amount is None else Decimal(str(amount))
    return Entry(key, key.rpartition("-")[0], stage, STAGES[stage], donor, currency, number, day)


def links(*entries: Entry) -> list[tuple[str, Decimal | None, str | None]]:
    return [(part.key, part.amount, part.realises) for parts in drawn(entries) for part in parts]


def test_payments_are_drawn_from_the_oldest_commitment_until_nothing_is_left_of_it():
    found = links(
        entry("C2", "commitment", 50, "2024-02-01"),
        entry("C1", "commitment", 100, "2024-01-01"),
        entry("D1", "disbursement", 100, "2024-03-01"),
        entry("E1", "expenditure", 50, "2024-04-01"),
    )
    assert found[2:] == [("D1", 100, "C1"), ("E1", 50, "C2")]


def test_a_payment_larger_than_what_is_left_is_divided_and_what_is_beyond_stays_open():
    found = links(entry("C1", "commitment", 100), entry("C2", "commitment", 50), entry("D", "disbursement", 180))
    assert found[2:] == [("D", 100, "C1"), ("D/part-2", 50, "C2"), ("D/part-3", 30, None)]


def test_without_commitments_payments_stand_by_themselves():
    assert links(entry("D", "disbursement", 180), entry("E", "expenditure", 20)) == [("D", 180, None), ("E", 20, None)]


def test_rounding_does_not_divide_a_payment():
    assert links(entry("C", "commitment", 1000), entry("D", "disbursement", "1004.99"))[1:] == [("D", Decimal("1004.99"), "C")]
    assert len(links(entry("C", "commitment", 1000), entry("D", "disbursement", "1005.01"))[1:]) == 2


def test_what_was_decommitted_cannot_be_paid():
    found = links(
        entry("C1", "commitment", 100), entry("C2", "commitment", 50), entry("C3", "commitment", -60), entry("D", "disbursement", 95)
    )
    assert found[2:] == [("C3", -60, None), ("D", 90, "C1"), ("D/part-2", 5, None)]


def test_a_refund_gives_back_what_was_drawn_last():
    found = links(
        entry("C1", "commitment", 100),
        entry("D1", "disbursement", 120, "2024-01-02"),
        entry("R", "disbursement", -50, "2024-01-03"),
        entry("D2", "disbursement", 40, "2024-01-04"),
    )
    assert found[1:] == [
        ("D1", 100, "C1"),
        ("D1/part-2", 20, None),
        ("R", -20, None),
        ("R/part-2", -30, "C1"),
        ("D2", 30, "C1"),
        ("D2/part-2", 10, None),
    ]


def test_a_refund_of_what_the_file_does_not_have_does_not_lower_the_commitment():
    assert links(entry("C1", "commitment", 100), entry("R", "disbursement", -50))[1:] == [("R", -50, "C1")]


def test_commitments_are_drawn_from_pledges_and_payments_from_both():
    found = links(
        entry("P", "pledge", 100),
        entry("C", "commitment", 60),
        entry("D1", "disbursement", 60),
        entry("D2", "disbursement", 50, "2024-02-01"),
    )
    assert found[1:] == [("C", 60, "P"), ("D1", 60, "C"), ("D2", 40, "P"), ("D2/part-2", 10, None)]


def test_a_donor_s_payments_are_drawn_from_its_own_commitments_first():
    found = links(entry("C1", "commitment", 100), entry("C2", "commitment", 100, donor="NO"), entry("D", "disbursement", 150, donor="NO"))
    assert found[2:] == [("D", 100, "C2"), ("D/part-2", 50, "C1")]


def test_each_currency_has_commitments_of_its_own():
    found = links(
        entry("C1", "commitment", 100), entry("C2", "commitment", 100, currency="USD"), entry("D", "disbursement", 80, currency="USD")
    )
    assert found[2:] == [("D", 80, "C2")]


def test_a_payment_in_a_currency_without_commitments_is_linked_whole_and_remarked():
    parts = drawn([entry("C1", "commitment", 100), entry("D", "disbursement", 180, currency="USD")])
    assert parts[1] == [Part("D", Decimal(180), "C1", converted=True)]


@pytest.mark.parametrize("amount", [None, 0])
def test_an_amount_that_is_unknown_or_nothing_is_never_divided(amount):
    (found,) = drawn([entry("C1", "commitment", 100), entry("D", "disbursement", amount)])[1:]
    assert len(found) == 1


def test_of_a_commitment_of_unknown_size_everything_is_drawn():
    assert links(entry("C", "commitment", None), entry("D1", "disbursement", 5), entry("D2", "disbursement", 9**9))[1:] == [
        ("D1", 5, "C"),
        ("D2", 9**9, "C"),
    ]


KIN = {"programme": ["programme", "a", "b"], "a": ["a", "programme"], "b": ["b", "programme"]}


def links_of_kin(*entries: Entry) -> list[tuple[str, Decimal | None, str | None]]:
    return [(part.key, part.amount, part.realises) for parts in drawn(entries, KIN.__getitem__) for part in parts]


def test_payments_of_a_project_are_drawn_from_its_own_commitments_and_then_from_its_programme_s():
    found = links_of_kin(
        entry("programme-C", "commitment", 100, "2023-01-01"), entry("a-C", "commitment", 30), entry("a-D", "disbursement", 50)
    )
    assert found[2:] == [("a-D", 30, "a-C"), ("a-D/part-2", 20, "programme-C")]


def test_a_programme_s_commitment_is_used_up_by_its_projects_together():
    commitment, first, second = entry("programme-C", "commitment", 100), entry("a-D", "disbursement", 80), entry("b-D", "disbursement", 50)
    assert links_of_kin(commitment, first, second)[1:] == [
        ("a-D", 80, "programme-C"),
        ("b-D", 20, "programme-C"),
        ("b-D/part-2", 30, None),
    ]


def test_a_programme_s_payments_are_drawn_from_its_projects_commitments():
    assert links_of_kin(entry("a-C", "commitment", 100), entry("programme-D", "disbursement", 60))[1:] == [("programme-D", 60, "a-C")]


def test_a_project_never_draws_on_its_sister():
    assert links_of_kin(entry("a-C", "commitment", 100), entry("b-D", "disbursement", 60))[1:] == [("b-D", 60, None)]


AMOUNTS = st.integers(1, 10_000).map(lambda cents: Decimal(cents) / 100)
DAYS = st.dates().map(str) | st.just("")
SPENT = st.sampled_from(["disbursement", "expenditure"])
COMMITTED = st.lists(st.tuples(st.just("commitment"), AMOUNTS, DAYS), max_size=6)
PAID = st.lists(st.tuples(SPENT, AMOUNTS, DAYS), max_size=8)
PAID_AND_REFUNDED = st.lists(st.tuples(st.just("disbursement"), AMOUNTS | AMOUNTS.map(Decimal.copy_negate), DAYS), max_size=8)


@settings(max_examples=300, deadline=None)
@given(COMMITTED, st.none() | AMOUNTS, PAID | PAID_AND_REFUNDED)
def test_the_parts_add_up_and_the_activity_is_committed_for_the_larger_total(committed, decommitted, paid):
    lowered = min(decommitted or 0, sum(amount for _stage, amount, _day in committed))
    rows = [*committed, *([("commitment", -lowered, "2024-01-01")] if lowered else []), *paid]
    entries = [entry(f"only-{number}", stage, amount, day) for number, (stage, amount, day) in enumerate(rows)]
    parts = drawn(entries)
    assert [sum(part.amount for part in own) for own in parts] == [each.amount for each in entries]
    flat = [(each, part) for each, own in zip(entries, parts, strict=True) for part in own]
    assert len({part.key for _entry, part in flat}) == len(flat)
    commitments = sum(each.amount for each in entries if each.level == COMMITMENT)
    payments = sum(each.amount for each in entries if each.level == PAYMENT)
    counted = commitments + sum(part.amount for each, part in flat if each.level == PAYMENT and part.realises is None)
    if any(each.level == COMMITMENT for each in entries):
        rounding = sum(amount for _stage, amount, _day in committed) * Decimal("0.005")
        assert abs(counted - max(commitments, payments)) <= rounding
    assert_within_what_there_was({each.key: each.amount for each in entries}, flat)


def assert_within_what_there_was(amounts: dict[str, Decimal], flat: list[tuple[Entry, Part]]) -> None:
    """As the rule realised-twice-over has it."""
    used: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for each, part in flat:
        if part.realises:
            used[part.realises, each.stage] += part.amount
    assert all(total <= amounts[key] * Decimal("1.005") for (key, _stage), total in used.items())


# Through the ingest to the headline


def headline(lake: Lake) -> tuple[float, ...]:
    """Committed, disbursed, and pledged but not committed, in euro; nothing at all counts as 0."""
    found = ask(open_store(lake, Audience("public"), working(lake)), "headline", scope="related").rows.fillna(0).iloc[0]
    return tuple(float(found[f"{name}_eur"]) for name in ("committed", "disbursed", "pledged_not_committed"))


C100, C50 = transaction(2, 100, "2024-01-10", ref="C1"), transaction(2, 50, "2024-02-10", ref="C2")


@pytest.mark.parametrize(
    ("transactions", "committed", "disbursed", "pledged"),
    [
        ([C100], 100, 0, 0),
        ([transaction(3, 80, "2024-03-10", ref="D")], 80, 80, 0),
        ([C100, transaction(3, 80, "2024-03-10", ref="D")], 100, 80, 0),
        ([C100, transaction(3, 80, "2024-03-10", ref="D"), transaction(4, 20, "2024-04-10", ref="E")], 100, 100, 0),
        ([C100, C50, transaction(3, 80, "2024-03-10", ref="D1"), transaction(3, 70, "2024-04-10", ref="D2")], 150, 150, 0),
        ([C100, C50, transaction(3, 300, "2024-03-10", ref="D")], 300, 300, 0),
        ([C100, transaction(3, 80, "2023-03-10", ref="D")], 100, 80, 0),
        ([C100, transaction(2, -40, "2024-05-10", ref="C3"), transaction(3, 50, "2024-03-10", ref="D")], 60, 50, 0),
        ([C100, transaction(3, 80, "2024-03-10", ref="D"), transaction(3, -30, "2024-04-10", ref="R")], 100, 50, 0),
        ([transaction(12, 200, "2024-01-01", ref="P"), C100, transaction(3, 80, "2024-03-10", ref="D")], 100, 80, 100),
        ([C100, transaction(1, 500, "2024-01-01"), transaction(11, 500, "2024-01-01")], 100, 0, 0),
    ],
    ids=["committed", "paid", "in part", "two kinds", "divided", "beyond", "paid before", "decommitted", "refunded", "pledged", "incoming"],
)
def test_the_headline_has_each_euro_of_an_activity_once(lake, transactions, committed, disbursed, pledged):
    receipt = taken(file(activity(*transactions)), lake, name="sida.xml", decisions=RELATED)
    assert receipt.submission.rows_held == 0
    assert headline(lake) == (committed, disbursed, pledged)


@pytest.mark.parametrize("related", [lambda parent, child: (with_parts(child), ""), lambda parent, child: ("", part_of(parent))])
def test_a_commitment_in_the_programme_and_the_payments_in_its_project_count_once(lake, related):
    of_programme, of_project = related("SE-0-1", "SE-0-1-A")
    project = activity(of_project, transaction(3, 80, "2024-03-10", ref="D"), identifier="SE-0-1-A")
    found = taken(file(project, activity(of_programme, C100)), lake, name="sida.xml", decisions=RELATED).submission
    assert headline(lake) == (100, 80, 0)
    assert not remarks(found) & {"iati-parent-elsewhere", "iati-committed-twice"}


def test_commitments_of_a_programme_and_of_its_project_are_taken_and_told(empty_lake):
    project = activity(part_of("SE-0-1"), C50, identifier="SE-0-1-A")
    found = understood(file(activity(C100), project), empty_lake, name="sida.xml", decisions=RELATED)
    assert (found.rows_held, the_finding(found, "iati-committed-twice").value) == (0, "SE-0-1-A")


def test_a_project_whose_programme_is_in_another_file_is_told(empty_lake):
    project = activity(part_of("SE-0-1"), transaction(3, 80, "2024-03-10", ref="D"), identifier="SE-0-1-A")
    found = understood(file(project), empty_lake, name="sida.xml", decisions=RELATED)
    assert the_finding(found, "iati-parent-elsewhere").value == "SE-0-1-A"


def test_activities_that_are_parts_of_each_other_are_read_all_the_same(empty_lake):
    circle = [activity(part_of(f"SE-0-{(n + 1) % 3}"), C100, identifier=f"SE-0-{n}") for n in range(3)]
    assert understood(file(*circle), empty_lake, name="sida.xml", decisions=RELATED).rows_held == 0


def test_what_was_divided_or_paid_beyond_the_commitments_is_told(empty_lake):
    found = understood(file(activity(C100, transaction(3, 130, "2024-03-10", ref="D"))), empty_lake, name="sida.xml", decisions=RELATED)
    assert {"iati-divided", "iati-beyond-commitments"} <= remarks(found)
    assert [(each.cell, each.level) for each in found.findings if each.rule == "iati-beyond-commitments"] == [("D4", "warning")]
    notes = [row["note"] for each in found.checked for row in each.accepted.to_pylist() if row["row_number"] > 2]
    assert notes == [f"IATI activity SE-0-1, reference D. Part {number} of 2 of 130.00 EUR." for number in (1, 2)]


def test_a_payment_in_another_currency_than_its_commitments_counts_once_and_is_told(lake):
    dollars = transaction(3, 90, "2024-03-11", currency="USD", ref="D")
    receipt = taken(file(activity(C100, dollars)), lake, name="sida.xml", decisions=RELATED)
    assert "iati-other-currency" in remarks(receipt.submission)
    assert headline(lake)[0] == 100


def test_payments_of_a_commitment_that_is_held_are_held_with_it(empty_lake):
    unknown = transaction(2, 100, "2024-01-10", narrated("provider-org", "Atlantis"), ref="C1")
    sent = file(activity(unknown, transaction(3, 10, "2024-03-10", ref="D")))
    found = understood(sent, empty_lake, name="sida.xml", decisions=RELATED)
    assert errors(found) == [("unknown-country", "B2"), ("names-a-held-row", "J3")]
