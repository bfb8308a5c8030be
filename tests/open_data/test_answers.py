"""Answers as JSON: what the Summary asks, exact to the cent, each with its question, SQL, release and licence."""

import json
import re
from decimal import Decimal
from typing import Any

import pytest

from tallinn.ask import ask, question
from tallinn.audience import Audience
from tallinn.open_data import QUESTIONS
from tallinn.open_data.answers import SUMMARY, plain
from tallinn.settings import ROOT
from tests.published import files
from tests.samples import store


def answered(name: str, **rows: Any) -> Any:
    return json.loads(files(**rows)[f"{name}.json"], parse_float=str)


def test_every_question_of_the_summary_is_answered():
    page = (ROOT / "pages" / "1_summary.py").read_text(encoding="utf-8")
    assert set(re.findall(r'ask\("(\w+)"', page)) == set(SUMMARY)


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_carries_its_proof(name):
    rows = {"contributions": [{"amount": Decimal("0.1")}, {"amount": Decimal("0.2")}], "needs": [{}]}
    found = answered(name, **rows)
    assert (found["question"], found["sql"], found["parameters"]) == (question(name).question, question(name).sql, question(name).defaults)
    assert found["release"]["id"] == "test" and found["release"]["date"] == "2025-07-02" and found["licence"]["name"] == "CC-BY-4.0"
    expected = ask(store(Audience("public"), **rows), name).rows
    assert [field["name"] for field in found["fields"]] == expected.columns.tolist()
    assert len(found["rows"]) == len(expected) and all(list(row) == expected.columns.tolist() for row in found["rows"])


def test_amounts_are_exact_unknown_is_null_and_days_are_days():
    found = answered("headline", contributions=[{"amount": Decimal("0.1")}, {"amount": Decimal("0.2")}], reported_totals=[{"amount": 3}])
    (row,) = found["rows"]
    assert row["committed_eur"] == "0.3" and row["disbursed_eur"] is None and row["reported_eur"] == 3
    (date,) = [row["date"] for row in answered("funding_over_time", contributions=[{"value_date": "2025-07-02"}])["rows"]]
    assert date == "2025-07-02"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("16666215.38"), 16666215.38),
        (Decimal("500000.00"), 500000),
        (Decimal("-0.05"), -0.05),
        (Decimal("1234567890123456789.12"), "1234567890123456789.12"),
        (Decimal("9007199254740993"), "9007199254740993"),
        (float("nan"), None),
    ],
)
def test_a_number_that_would_not_be_exact_is_a_text(value, expected):
    assert plain(value) == expected and type(plain(value)) is type(expected)
