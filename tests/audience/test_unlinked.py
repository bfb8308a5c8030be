"""Rows that an audience does not see change nothing in what it sees, even where rows that it sees name them."""

from datetime import date
from random import Random
from typing import Any

import pytest

from tallinn.ask import ask, names, question
from tallinn.audience import Audience
from tallinn.datasets import datasets
from tests.audience.planted import AUDIENCES, LABELS, SENDERS, Planted, Planter, refer
from tests.samples import store

Rows = dict[str, list[dict[str, Any]]]


@pytest.mark.parametrize("who", AUDIENCES)
@pytest.mark.parametrize("seed", range(3))
def test_every_answer_is_what_it_would_be_if_nobody_had_heard_of_the_other_rows(who, seed):
    rows = random_rows(seed)
    with_all, without = store(AUDIENCES[who], **rows), store(AUDIENCES[who], **only_seen(rows, AUDIENCES[who]))
    for name in set(names()) - {"withheld"}:
        for choice in [{"scope": scope} for scope in ("mechanism", "related")] if "scope" in question(name).defaults else [{}]:
            assert ask(with_all, name, **choice).rows.to_csv() == ask(without, name, **choice).rows.to_csv(), name


def random_rows(seed: int) -> Rows:
    """Rows of every dataset with every label, naming each other at random, as the lake holds them."""
    planter = Planter(Random(seed))
    kinds = [(label, sender) for label in LABELS * 2 for sender in SENDERS]
    rows = {name: [{**planter.row(name, sender, label), "sender": sender} for label, sender in kinds] for name in datasets()}
    for each in rows.values():
        planter.draw.shuffle(each)
    refer(planter, rows)
    return {name: [as_held(name, row, number) for number, row in enumerate(each, start=2)] for name, each in rows.items()}


def as_held(dataset: str, row: dict[str, Any], number: int) -> dict[str, Any]:
    days = {each.name: date.fromisoformat(row[each.name]) for each in datasets()[dataset].fields if each.type == "date"}
    return {**row, **days, "row_number": number}


def only_seen(rows: Rows, audience: Audience) -> Rows:
    seen = {
        name: [row for row in each if Planted("", frozenset(), row["tlp"], row["sender"]).may_be_read_by(audience)]
        for name, each in rows.items()
    }
    known = {row[datasets()[name].key] for name, each in seen.items() for row in each}
    return {name: [naming_only(known, row) for row in each] for name, each in seen.items()}


def naming_only(known: set[str], row: dict[str, Any]) -> dict[str, Any]:
    """The row without a word of those that are not known; that it was reported twice it says by itself."""
    named = {
        key: "; ".join(each for each in row[key].split("; ") if each in known) or None for key in ("realises", "project_ids") if key in row
    }
    if row.get("duplicate_of", "") not in {"", *known}:
        named |= {"duplicate_of": None, "not_counted": "duplicate"}
    return {**row, **named}


def test_a_key_that_nobody_has_on_file_stays_as_it_was_stated():
    shown = store(Audience("public"), contributions=[{"project_ids": "P-1; P-2", "realises": "C-elsewhere"}])
    assert ask(shown, "contributions").rows[["project_ids", "realises"]].to_numpy().tolist() == [["P-1; P-2", "C-elsewhere"]]


def test_a_hidden_project_is_taken_out_of_a_list():
    rows = {"contributions": [{"project_ids": "P-1; P-2"}], "projects": [{"project_id": "P-1", "tlp": None}, {"project_id": "P-2"}]}
    assert ask(store(Audience("public"), **rows), "contributions").rows["project_ids"].tolist() == ["P-2"]
    assert ask(store(Audience("staff"), **rows), "contributions").rows["project_ids"].tolist() == ["P-1; P-2"]


@pytest.mark.parametrize(("not_counted", "reason"), [(None, "duplicate"), ("military", "duplicate"), ("cancelled", "cancelled")])
def test_who_repeats_a_hidden_report_still_does_not_count(not_counted, reason):
    hidden = {"contribution_id": "hidden", "tlp": "TLP:AMBER"}
    again = {"contribution_id": "again", "duplicate_of": "hidden", "not_counted": not_counted}
    (row,) = ask(store(Audience("public"), contributions=[hidden, again]), "contributions").rows.to_dict("records")
    assert (row["contribution_id"], row["reason"], row["duplicate_of"]) == ("again", reason, None)
