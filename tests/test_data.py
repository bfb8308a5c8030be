"""data/ holds every public fact the project started from, and its schemas and code lists hold together."""

import csv
import datetime
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import openpyxl
import pytest

DATA = Path(__file__).parent.parent / "data"
FACTS = Path(__file__).parent.parent.parent / "shared" / "facts"
SCHEMAS = sorted((DATA / "schemas").glob("*.json"))
LISTS = sorted((DATA / "reference").glob("*.csv"))
EXPORTS = {"members": "organisations", "companies": "organisations", "projects_without_donor": "projects"}

# Facts file: its dataset, and the columns that have another name here. The first column identifies the row.
HELD_AS = {
    "contributions": ("contributions", {"announced_on": "value_date", "project_id": "project_ids"}),
    "projects": ("projects", {"implementer": "implementers"}),
    "needs": ("needs", {}),
    "cyber_statistics": ("incident_counts", {"stat_id": "count_id", "incidents": "count"}),
    "incidents": ("incidents", {}),
    "milestones": ("milestones", {}),
    "totals": ("reported_totals", {}),
    "members": ("organisations", {"member_id": "organisation_id", "front_or_back_office_note": "office", "quote_fact": "note"}),
    "companies": (
        "organisations",
        {"company": "name", "entity_type": "organisation_type", "service": "services", "project_id": "project_ids"},
    ),
}
# Columns that are said in another way here; a test of their own checks them.
SAID_ANEW = {"flow_type", "period", "counts_toward_sum", "as_of_or_period", "date_precision"}
REWORDED = {
    "capacity building/centre of excellence": "capacity building and centres of excellence",
    "policy & governance": "policy and governance",
    "pipeline": "pipeline/identification",
}


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def schema(dataset: str) -> dict:
    return json.loads((DATA / "schemas" / f"{dataset}.json").read_text(encoding="utf-8"))


@cache
def names(code_list: str) -> dict[str, str]:
    return {row["code"]: row["name"] for row in read_csv(DATA / "reference" / f"{code_list}.csv")}


def cell_text(value: object) -> str:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)


def workbook_rows(dataset: str) -> Iterator[dict[str, str]]:
    by_title = {field["title"]: field["name"] for field in schema(dataset)["fields"]}
    for path in sorted((DATA / "donors").glob("*.xlsx")):
        for sheet in openpyxl.load_workbook(path):
            if sheet.title.lower() == dataset:
                header, *body = sheet.iter_rows(values_only=True)
                assert list(header) == list(by_title), path
                yield from (dict(zip(by_title.values(), map(cell_text, row), strict=True)) for row in body)


@cache
def held(dataset: str) -> list[dict[str, str]]:
    """Every row of a dataset in data/, codes written as names."""
    rows = list(workbook_rows(dataset))
    for path in sorted((DATA / "exports").glob("*.csv")):
        if EXPORTS.get(path.stem, path.stem) == dataset:
            rows += read_csv(path)
    for field in schema(dataset)["fields"]:
        if "codeList" in field:
            for row in rows:
                row[field["name"]] = names(field["codeList"]).get(row[field["name"]], row[field["name"]])
    return rows


def facts(file: str) -> list[tuple[dict[str, str], dict[str, str]]]:
    """Each fact beside the row that holds it."""
    if not FACTS.exists():
        pytest.skip("the list of public facts lies outside the repository and is not here")
    dataset, renamed = HELD_AS[file]
    pairs = []
    for fact in read_csv(FACTS / f"{file}.csv"):
        named = {renamed.get(column, column.replace("within_tallinn", "within")): value for column, value in fact.items()}
        key = next(iter(named))
        matches = [row for row in held(dataset) if row[key] == named[key]]
        assert len(matches) == 1, f"{file}: {named[key]} is found {len(matches)} times"
        pairs.append((named, matches[0]))
    return pairs


def same(fact: str, row: str) -> bool:
    spaced = re.sub(r";\s*", "; ", fact)
    return spaced == row or REWORDED.get(spaced, spaced).lower() == row.lower()


@pytest.mark.parametrize("file", HELD_AS)
def test_every_fact_is_held_word_for_word(file):
    for fact, row in facts(file):
        for column in fact.keys() - SAID_ANEW:
            if (fact[next(iter(fact))], column) not in {("T-12", "note"), ("I-043", "date")}:
                assert same(fact[column], row[column]), (file, column, fact[column], row[column])


def test_the_facts_and_the_data_have_the_same_number_of_rows():
    counted: dict[str, int] = {}
    for file, (dataset, _) in HELD_AS.items():
        counted[dataset] = counted.get(dataset, 0) + len(facts(file))
    assert counted == {dataset: len(held(dataset)) for dataset in counted}


def test_a_date_keeps_the_precision_that_the_source_gives():
    digits = {"day": 10, "month": 7, "year": 4, "half-year": 7}
    for file in ("incidents", "milestones"):
        for fact, row in facts(file):
            assert len(row["date"]) == digits[fact["date_precision"]], row
    assert {row["date"] for fact, row in facts("incidents") if fact["date_precision"] == "half-year"} == {"2025-H2"}


def test_a_period_in_words_stays_in_words():
    for fact, row in facts("contributions"):
        assert fact["period"] in (row["period"].replace("/", "-"), row["period_as_stated"])
    for fact, row in facts("totals"):
        assert fact["as_of_or_period"] == row["as_of"].replace("/", " to ") or fact["as_of_or_period"] in row["note"]


def test_support_in_kind_is_a_disbursement_in_kind():
    for fact, row in facts("contributions"):
        in_kind = fact["flow_type"] == "in_kind"
        assert row["in_kind"] == ("yes" if in_kind else "no")
        assert row["stage"].lower() == ("disbursement" if in_kind else fact["flow_type"])


def test_every_row_that_is_never_summed_says_why():
    for fact, row in facts("contributions"):
        without_value = row["in_kind"] == "yes" and not row["amount"]
        assert (fact["counts_toward_sum"] == "no") == bool(row["not_counted"] or without_value), row
        assert not row["duplicate_of"] or row["not_counted"] == names("not_counted")["duplicate"]


@pytest.mark.parametrize("dataset", [path.stem for path in SCHEMAS])
def test_every_row_is_public_and_unlike_any_other(dataset):
    keys = [row[schema(dataset)["primaryKey"][0]] for row in held(dataset)]
    assert len(keys) == len(set(keys))
    assert {row["tlp"] for row in held(dataset)} <= {"TLP:CLEAR"}


@pytest.mark.parametrize("dataset", [path.stem for path in SCHEMAS])
def test_a_schema_describes_each_field_and_names_lists_that_exist(dataset):
    described = schema(dataset)
    assert described["name"] == dataset and described["title"] and described["description"]
    assert described["primaryKey"] == [described["fields"][0]["name"]]
    titles = [field["title"] for field in described["fields"]]
    assert len(titles) == len(set(titles))
    for field in described["fields"]:
        assert field["description"].endswith(".") and field["type"] in {"string", "number", "integer", "boolean", "date"}
        if "references" in field:
            other, column = field["references"].split(".")
            assert column in [each["name"] for each in schema(other)["fields"]]


@pytest.mark.parametrize("dataset", [path.stem for path in SCHEMAS])
def test_examples_and_rows_keep_to_the_schema(dataset):
    for field in schema(dataset)["fields"]:
        constraints = field.get("constraints", {})
        for value in [str(field["example"]), *(row[field["name"]] for row in held(dataset))]:
            assert value or not constraints.get("required"), field["name"]
            if value:
                assert re.fullmatch(constraints.get("pattern", r"[\s\S]*"), value), (field["name"], value)
                assert "codeList" not in field or value in names(field["codeList"]).values(), (field["name"], value)


def test_a_row_refers_only_to_rows_that_exist():
    for dataset in (path.stem for path in SCHEMAS):
        for field in schema(dataset)["fields"]:
            if "references" in field:
                other, column = field["references"].split(".")
                known = {row[column] for row in held(other)}
                for row in held(dataset):
                    assert set(filter(None, row[field["name"]].split("; "))) <= known, (dataset, field["name"], row)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_reference_list_has_no_code_twice(path):
    rows = read_csv(path)
    codes = [row.get("code", (row.get("series"), row.get("date"))) for row in rows]
    assert rows and len(codes) == len(set(codes))
    assert None not in {value for row in rows for value in row.values()}


def test_what_a_person_may_set_is_a_reason_known_to_the_count():
    assert names("not_counted").items() <= names("count_reasons").items()
    assert {row["series"] for row in read_csv(DATA / "reference" / "series_breaks.csv")} <= names("series").keys()
