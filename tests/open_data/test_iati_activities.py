"""iati-activities.xml keeps the rules of the standard 2.03 and says nothing that is not on file."""

import re
from datetime import date
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from tallinn.audience import Audience
from tallinn.ingest.reader.iati import iati as read_iati
from tallinn.open_data import release_documents
from tallinn.releases import published
from tallinn.store import open_store
from tests.published import by_path, files

# The order and number of elements in iati-activities-schema.xsd, as far as they are used here: (name, least, most).
ACTIVITY = [
    ("iati-identifier", 1, 1),
    ("reporting-org", 1, 1),
    ("title", 1, 1),
    ("description", 1, 99),
    ("participating-org", 1, 999),
    ("activity-status", 1, 1),
    ("activity-date", 1, 4),
    ("recipient-country", 1, 1),
    ("sector", 1, 2),
    ("tag", 0, 1),
    ("transaction", 0, 99_999),
]
TRANSACTION = [("transaction-type", 1, 1), ("transaction-date", 1, 1), ("value", 1, 1), ("description", 1, 1), ("provider-org", 1, 1)]
DAC_PURPOSES = {"22010", "22040", "99810"}
PROJECT = {"project_id": "P-1", "status": "2", "start": "2024-05-01", "donor_ids": "EST; SWE", "category": "training"}
MONEY = {"project_ids": "P-1", "value_date": "2025-01-31", "amount": Decimal("10.50")}


def activities(**rows: Any) -> list[Element]:
    made = files(**rows)
    if "iati-activities.xml" not in made:
        return []
    root = ElementTree.fromstring(made["iati-activities.xml"])
    judge(root, date(2025, 7, 2))
    return root.findall("iati-activity")


def in_order(element: Element, model: list[tuple[str, int, int]]) -> None:
    found = [child.tag for child in element]
    assert found == sorted(found, key=[name for name, _least, _most in model].index)
    for name, least, most in model:
        assert least <= found.count(name) <= most, name


def judge(root: Element, today: date) -> None:
    """The rules of the schema, of the code lists and of the standard's ruleset that concern what is written here."""
    assert root.tag == "iati-activities" and root.get("version") == "2.03" and len(root) >= 1
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", root.get("generated-datetime"))
    identifiers = [activity.findtext("iati-identifier") for activity in root]
    assert len(set(identifiers)) == len(identifiers)
    for narrated in root.iter():
        if narrated.tag in ("reporting-org", "title", "description", "participating-org", "provider-org", "tag"):
            assert narrated.findtext("narrative").strip()
    for activity in root:
        judge_activity(activity, today)


def judge_activity(activity: Element, today: date) -> None:
    in_order(activity, ACTIVITY)
    reporter = activity.find("reporting-org")
    assert activity.findtext("iati-identifier").startswith(reporter.get("ref") + "-")
    assert re.fullmatch(r"[^/&|?]+", activity.findtext("iati-identifier"))
    assert reporter.get("type") == "90" and reporter.get("secondary-reporter") == "1"
    assert activity.find("activity-status").get("code") in set("123456")
    for organisation in activity.findall("participating-org"):
        assert organisation.get("role") in set("1234") and organisation.get("type") in (None, "10", "40")
    dates = {each.get("type"): date.fromisoformat(each.get("iso-date")) for each in activity.findall("activity-date")}
    assert set(dates) <= set("1234") and all(day <= today for kind, day in dates.items() if kind in "24")
    assert all(dates[start] <= dates[end] for start in "12" for end in "34" if start in dates and end in dates)
    for vocabulary in ("1", "99"):
        shares = [Decimal(each.get("percentage")) for each in activity.findall("sector") if each.get("vocabulary") == vocabulary]
        assert sum(shares) in (0, 100) and (shares or vocabulary == "99")
    assert {each.get("code") for each in activity.findall("sector") if each.get("vocabulary") == "1"} <= DAC_PURPOSES
    assert sum(Decimal(each.get("percentage")) for each in activity.findall("recipient-country")) == 100
    for transaction in activity.findall("transaction"):
        in_order(transaction, TRANSACTION)
        assert transaction.find("transaction-type").get("code") in ("12", "2", "3", "4")
        assert date.fromisoformat(transaction.find("transaction-date").get("iso-date")) <= today
        value = transaction.find("value")
        assert (
            Decimal(value.text)
            and re.fullmatch(r"[A-Z]{3}", value.get("currency"))
            and date.fromisoformat(value.get("value-date")) <= today
        )


def test_the_default_data_keep_the_rules_and_our_own_reader_reads_them_back(founded_lake):
    release = published(founded_lake)
    made = by_path(release_documents(open_store(founded_lake, Audience("public"), release)))["iati-activities.xml"]
    root = ElementTree.fromstring(made)
    judge(root, release.date)
    _notes, (projects, contributions) = read_iati(made)  # each sheet has a header
    assert len(projects.columns[0]) - 1 == len(root.findall("iati-activity")) > 5
    assert len(contributions.columns[0]) - 1 == len(root.findall(".//transaction")) >= 3


def test_a_project_becomes_an_activity_with_what_is_on_file():
    (activity,) = activities(projects=[{**PROJECT, "title": "Cyber <Shield> & more", "implementers": "An agency"}], contributions=[MONEY])
    assert activity.findtext("title/narrative") == "Cyber <Shield> & more"
    organisations = [(each.get("role"), each.get("ref"), each.findtext("narrative")) for each in activity.findall("participating-org")]
    assert organisations == [("1", "XM-DAC-82", "Estonia"), ("1", "XM-DAC-10", "Sweden"), ("4", None, "An agency")]
    (sent,) = activity.findall("transaction")
    assert (sent.find("transaction-type").get("code"), sent.findtext("value"), sent.find("value").get("currency")) == ("2", "10.50", "EUR")
    assert sent.find("provider-org").get("ref") == "XM-DAC-82"


@pytest.mark.parametrize(
    "without", [{"status": None}, {"start": None}, {"donor_ids": None}], ids=["no status", "no date", "neither donor nor implementer"]
)
def test_a_project_that_lacks_what_the_standard_demands_is_left_out_and_counted(without):
    assert activities(projects=[{**PROJECT, **without}]) == []
    made = files(projects=[PROJECT, {**PROJECT, "project_id": "P-2", **without}])["iati-activities.xml"].decode()
    assert "1 projects without a status" in made and "P-2" not in made


@pytest.mark.parametrize(
    "other",
    [
        {"not_counted": "cancelled"},
        {"amount": None},
        {"value_date": None, "period": "2025"},
        {"value_date": "2025-07-03"},
        {"project_ids": "P-1; P-2"},
        {"project_ids": None},
        {"within_mechanism": "yes", "duplicate_of": "contributions-1"},
    ],
    ids=["cancelled", "no amount", "no date", "of the future", "for two projects", "for none", "a duplicate"],
)
def test_a_contribution_that_cannot_be_told_is_no_transaction(other):
    (activity,) = activities(projects=[PROJECT], contributions=[MONEY, {**MONEY, **other}])
    assert [each.get("ref") for each in activity.findall("transaction")] == ["contributions-1"]


@pytest.mark.parametrize(
    ("project", "expected"),
    [
        ({"status": "2", "start": "2024", "end": "2026"}, [("2", "2024-01-01"), ("3", "2026-12-31")]),
        ({"status": "1", "start": "2025-09", "end": None}, [("1", "2025-09-01")]),
        ({"status": "1", "start": "2024-09", "end": None}, [("1", "2024-09-01")]),
        ({"status": "4", "start": "2024-05-01", "end": "2024-05-03"}, [("2", "2024-05-01"), ("4", "2024-05-03")]),
        ({"status": "6", "start": None, "end": "2024-Q2"}, [("3", "2024-06-30")]),
        ({"status": "5", "start": "2024-05-01", "end": "2024-Q2"}, [("1", "2024-05-01"), ("3", "2024-06-30")]),
    ],
)
def test_dates_are_facts_only_where_they_are_past_and_the_status_says_so(project, expected):
    (activity,) = activities(projects=[{**PROJECT, **project}])
    assert [(each.get("type"), each.get("iso-date")) for each in activity.findall("activity-date")] == expected
    for each, stated in zip(activity.findall("activity-date"), filter(None, [project["start"], project["end"]]), strict=True):
        assert (each.find("narrative") is None) == (len(stated) == 10)


def test_what_is_planned_and_what_happened_are_told_apart():
    stated = {"planned_start": "2024-01", "planned_end": "2025-03-31", "actual_start": "2024-02-10", "actual_end": "2025-07"}
    (activity,) = activities(projects=[{**PROJECT, **stated, "start": "2023", "status": "4"}])
    dates = [(each.get("type"), each.get("iso-date")) for each in activity.findall("activity-date")]
    assert dates == [("1", "2024-01-01"), ("2", "2024-02-10"), ("3", "2025-03-31"), ("4", "2025-07-02")]


def test_what_is_said_to_have_happened_on_a_day_to_come_is_not_told():
    (activity,) = activities(projects=[{**PROJECT, "start": None, "planned_start": "2025-08", "actual_start": "2025-08"}])
    assert [each.get("type") for each in activity.findall("activity-date")] == ["1"]


def test_a_key_with_any_signs_makes_an_identifier_that_the_standard_allows():
    keys = ["a/b", "a|b", "a b", "ä?&"]
    found = activities(projects=[{**PROJECT, "project_id": key} for key in keys])
    assert len({each.findtext("iati-identifier") for each in found}) == len(keys)
