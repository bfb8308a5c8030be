"""A few of the generated files in every run; `python -m tests.fuzz` tries as many as time allows."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from tallinn.lake import Lake
from tests.fuzz.cases import case, scratch, seeds
from tests.fuzz.judge import judged
from tests.fuzz.tables import table

pytestmark = pytest.mark.child

OF_KNOWN_TRUTH = range(0, 80, 2)
BROKEN = range(1, 120, 2)


@pytest.fixture(scope="module")
def scratch_lake() -> Iterator[Lake]:
    with scratch() as lake:
        yield lake


def test_tables_in_the_forms_of_donors_are_read_as_what_they_say_or_asked_back_and_mostly_read(scratch_lake):
    verdicts = [(each, each.verdict(scratch_lake)) for each in (case(number, ()) for number in OF_KNOWN_TRUTH)]
    assert [(each.number, verdict.wrong) for each, verdict in verdicts if verdict.wrong] == []
    assert sum(verdict.taken for _each, verdict in verdicts) > 0.5 * sum(each.rows for each, _verdict in verdicts)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_broken_files_are_refused_in_words_or_taken_in_and_out_without_a_trace(scratch_lake):
    sources = seeds()
    verdicts = [(number, case(number, sources).verdict(scratch_lake).wrong) for number in BROKEN]
    assert [(number, wrong) for number, wrong in verdicts if wrong] == []


@pytest.mark.parametrize("change", [{"amount": Decimal("1.00")}, {"value_date": "1999-01-01"}, {"donor_id": "FIN"}, {"currency": "CHF"}])
def test_what_is_read_wrongly_is_noticed(scratch_lake, change):
    made = table(Random(2))
    assert judged(made, scratch_lake).wrong == ()
    wrong = {number: replace(row, **change) for number, row in made.truth.items()}
    assert len(judged(replace(made, truth=wrong), scratch_lake).wrong) >= len(wrong) // 2


def test_a_row_that_is_no_contribution_and_one_that_is_lost_are_noticed(scratch_lake):
    made = table(Random(2))
    first, *others = made.truth
    fewer, more = {number: made.truth[number] for number in others}, {**made.truth, 99: made.truth[first]}
    assert "no contribution" in judged(replace(made, truth=fewer), scratch_lake).wrong[0]
    assert "lost" in judged(replace(made, truth=more), scratch_lake).wrong[0]
