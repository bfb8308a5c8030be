"""Every question is answered: on the default data and on none, with each of its parameters, and by nothing but its name."""

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest

from tallinn.ask import Answer, UnknownQuestion, ask, names, question
from tallinn.audience import Audience
from tallinn.datasets import code_lists, datasets
from tallinn.releases import published
from tallinn.store import Store, open_store
from tests.samples import store

FILLED: dict[str, Any] = {
    "scope": "related",
    "donors": ["EST", "SWE"],
    "categories": ["training"],
    "channels": ["Sida"],
    "implementers": ["ESTDEV"],
    "statuses": ["2", "none"],
    "priorities": ["high"],
    "within": ["yes"],
    "search": "Cyber",
    "series": "cert-ua-processed",
    "dimension": "sector",
    "sectors": ["Government"],
    "types": ["wiper"],
    "list": "stages",
    "dataset": "projects",
    "project": "TM-002",
    "delivery": ["late", "unknown"],
    "states": ["open"],
    "rule": "budget",
    "stage": "pledge",
    "unit": "year",
}
HOSTILE = ["'; DROP TABLE projects; --", '%\\"_\x00{}$1😀', "x" * 100_000]
PARAMETERS = [(name, parameter) for name in names() for parameter in question(name).defaults]


@pytest.fixture(scope="module")
def default_store(founded_lake) -> Store:
    return open_store(founded_lake, Audience("public"), published(founded_lake))


@pytest.fixture(scope="module")
def empty_store() -> Store:
    return store(Audience("public"))


def values_of(answer: Answer) -> Iterator[Any]:
    for column in answer.rows:
        yield from answer.rows[column].tolist()


@pytest.mark.parametrize("name", names())
def test_a_question_is_answered_with_its_proof(default_store, name):
    answer = ask(default_store, name)
    assert answer.question.endswith("?")
    assert answer.question in answer.sql
    assert answer.release == default_store.release
    assert answer.parameters == question(name).defaults


@pytest.mark.parametrize("name", names())
def test_a_question_to_an_empty_lake_has_the_same_columns(default_store, empty_store, name):
    assert ask(empty_store, name).rows.columns.tolist() == ask(default_store, name).rows.columns.tolist()


@pytest.fixture(scope="module")
def nought_store() -> Store:
    """A store in which every number is 0."""
    return store(
        Audience("public"),
        reported_totals=[{"amount": 0}],
        contributions=[{"amount": 0}],
        incident_counts=[{"count": 0}, {"count_id": "sector", "dimension": "sector", "count": 0}],
    )


@pytest.mark.parametrize("name", names())
def test_no_answer_holds_an_endless_number(default_store, empty_store, nought_store, name):
    for asked in (default_store, empty_store, nought_store):
        assert not any(isinstance(value, float) and math.isinf(value) for value in values_of(ask(asked, name)))


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS)
def test_each_parameter_can_be_filled(default_store, empty_store, name, parameter):
    for asked in (default_store, empty_store):
        answer = ask(asked, name, **{parameter: FILLED[parameter]})
        assert answer.parameters[parameter] == FILLED[parameter]


def test_a_hostile_value_finds_nothing_and_breaks_nothing(default_store):
    before = ask(default_store, "sources").rows
    for name, parameter in PARAMETERS:
        for text in HOSTILE:
            ask(default_store, name, **{parameter: [text] if parameter in question(name).lists else text})
    pd.testing.assert_frame_equal(ask(default_store, "sources").rows, before)


@pytest.mark.parametrize("text", ["%", "_", "'; DROP TABLE projects; --"])
def test_a_search_is_for_the_very_text(default_store, text):
    assert ask(default_store, "projects", search=text).rows.empty


def test_what_is_filtered_for_is_found(default_store):
    assert set(ask(default_store, "donor_ladder", donors=["EST", "SWE"]).rows["donor_id"]) == {"EST", "SWE"}
    assert set(ask(default_store, "projects", categories=["training"]).rows["category"]) == {"training"}


@pytest.mark.parametrize("name", ["nothing", "", "../queries/headline", "headline.sql", "headline; DROP TABLE projects"])
def test_an_unknown_question_is_refused_with_the_known_ones(default_store, name):
    with pytest.raises(UnknownQuestion, match="headline, incident_counts"):
        ask(default_store, name)


def test_an_unknown_parameter_is_refused_with_the_known_ones(default_store):
    with pytest.raises(UnknownQuestion, match="headline has no parameter donor; it has scope"):
        ask(default_store, "headline", donor="EST")


def test_every_parameter_has_a_value_to_be_tested_with():
    assert {parameter for _name, parameter in PARAMETERS} <= set(FILLED)


@pytest.mark.parametrize("name", ["contributions", "projects", "incident_counts", "incidents"])
def test_rows_of_a_file_name_their_file_sheet_and_row(default_store, name):
    rows = ask(default_store, name).rows
    assert rows[["file_name", "sheet", "row_number"]].notna().all(axis=None)
    assert rows["row_number"].min() >= 2


def test_every_code_list_can_be_asked_for(default_store):
    for name, codes in code_lists().items():
        if codes.rows and "code" in codes.rows[0]:
            assert ask(default_store, "code_list", list=name).rows["code"].tolist() == codes.codes


def test_every_row_of_every_dataset_is_a_row_of_its_sources(default_store):
    with default_store.cursor() as cursor:
        rows = sum(cursor.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in datasets())
    assert ask(default_store, "sources").rows["rows"].sum() == rows
