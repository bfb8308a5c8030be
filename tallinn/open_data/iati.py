"""iati-activities.xml: what can honestly be said in the International Aid Transparency Initiative's standard 2.03 (https://iatistandard.org).

A project becomes an activity where its status, its start or end, and a donor or implementer are on file, as the standard demands. A
contribution becomes a transaction where it counts, is dated, is not of the future, and pays for that one project alone. We report
what others give, so each activity is a secondary report. Not said: budgets, which the standard wants by year; types of flow, finance and
aid and whether aid is tied, which no source states; places and contact persons, which are nobody's business in a country at war.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element

from tallinn import periods
from tallinn.datasets import code_lists
from tallinn.ingest.words import words
from tallinn.open_data.answers import exact
from tallinn.open_data.package import moment_of
from tallinn.open_data.stamp import Stamp
from tallinn.settings import IATI_REPORTER, TITLE
from tallinn.store import Store
from tallinn.wording import _, period
from tallinn.xml_file import XML_LANG, add, as_xml, legal, remark

Row = dict[str, Any]

# Codes of the standard's lists OrganisationRole, OrganisationType, SectorVocabulary, TagVocabulary, DescriptionType, ActivityDateType.
FUNDING, IMPLEMENTING = "1", "4"
GOVERNMENT, MULTILATERAL, OTHER = "10", "40", "90"
DAC_PURPOSE, OUR_OWN = "1", "99"
GENERAL, FURTHER = "1", "4"
DATES = {"planned_start": "1", "actual_start": "2", "planned_end": "3", "actual_end": "4"}
PLANS = {"planned_start": "start", "planned_end": "end"}
"""What nobody calls a plan or a fact is told as a plan, where no other is known: the standard has no third word."""
SECTOR_UNKNOWN = "99810"
"""Purpose code of the DAC: sectors not specified."""
SEVERAL_STATES = ("EU", "NATO", "WB")


def iati(store: Store, stamp: Stamp) -> bytes | None:
    """The file; None where no project can be told, because the standard has no file without an activity."""
    projects = exact(store, "projects")[1]
    told = [project for project in projects if _can_be_told(project)]
    if not told:
        return None
    money = _transactions(exact(store, "contributions", scope="related")[1], stamp.release.date)
    dates: dict[str, dict[str, Row]] = {}
    for date_of in exact(store, "project_dates")[1]:
        dates.setdefault(date_of["project_id"], {})[date_of["kind"]] = date_of
    root = Element("iati-activities", {"version": "2.03", "generated-datetime": moment_of(stamp)})
    for said in (stamp.citation, _left_out(len(projects) - len(told)), *stamp.warning):
        remark(root, said)
    for project in told:
        _activity(root, project, dates[project["project_id"]], money.get(project["project_id"], []), stamp)
    return as_xml(root)


def _can_be_told(project: Row) -> bool:
    return bool(project["status"] and (project["start"] or project["end"]) and (project["donor_ids"] or project["implementers"]))


def _left_out(projects: int) -> str:
    said = _(
        "Left out, because the standard demands what is not published: {projects} projects without a status, a date, or a donor or "
        "implementer. Contributions without a date, and those for several projects or none, are in contributions.csv."
    )
    return said.format(projects=projects)


def _transactions(contributions: Iterable[Row], today: date) -> dict[str, list[Row]]:
    """The contributions that can be told as transactions, by the one project that they pay for, the earliest first."""
    found: dict[str, list[Row]] = {}
    dated = (row for row in contributions if row["counts"] and row["value_date"])
    for row in sorted(dated, key=lambda row: (periods.bounds(row["value_date"])[0], row["contribution_id"])):
        if len(_listed(row["project_ids"])) == 1 and periods.bounds(row["value_date"])[0] <= today:
            found.setdefault(row["project_ids"], []).append(row)
    return found


def _activity(root: Element, project: Row, dates: Mapping[str, Row], money: list[Row], stamp: Stamp) -> None:
    """One project, its elements in the order of the standard."""
    activity = add(root, "iati-activity", last_updated_datetime=moment_of(stamp))
    activity.set(XML_LANG, "en")
    # A solidus is forbidden in identifiers; a key of ours may have any sign.
    add(activity, "iati-identifier", f"{IATI_REPORTER}-{quote(project['project_id'], safe='')}")
    _narrated(add(activity, "reporting-org", ref=IATI_REPORTER, type=OTHER, secondary_reporter="1"), TITLE)
    _narrated(add(activity, "title"), project["title"])
    _narrated(add(activity, "description", type=GENERAL), project["description"] or project["title"])
    if project["source_url"]:
        _narrated(add(activity, "description", type=FURTHER), _source(project))
    _participants(activity, project)
    add(activity, "activity-status", code=project["status"])
    _dates(activity, dates, stamp.release.date)
    add(activity, "recipient-country", code="UA", percentage="100")
    _sectors(activity, project, stamp)
    for row in money:
        _transaction(activity, row)


def _participants(activity: Element, project: Row) -> None:
    names = dict(zip(_listed(project["donor_ids"]), _listed(project["donors"]), strict=False))
    for donor in _listed(project["donor_ids"]):
        _donor(activity, "participating-org", donor, names.get(donor, donor), role=FUNDING)
    for implementer in _listed(project["implementers"]):
        _narrated(add(activity, "participating-org", role=IMPLEMENTING), implementer)


def _donor(parent: Element, tag: str, donor: str, name: str, role: str | None = None) -> None:
    """A donor, by its number in the OECD's list where it has one."""
    kind = MULTILATERAL if donor in SEVERAL_STATES else GOVERNMENT
    _narrated(add(parent, tag, ref=_donor_numbers().get(donor), type=kind, role=role), name)


def _donor_numbers() -> dict[str, str]:
    """Donor → XM-DAC-n; the first one listed, which is the state or organisation itself."""
    listed = [row for row in words("iati_donors") if row["identifier"].startswith("XM-DAC-")]
    return {row["code"]: row["identifier"] for row in reversed(listed)}


def _dates(activity: Element, known: Mapping[str, Row], today: date) -> None:
    """Starts and ends, planned and actual. Where no day is known it is the first or last one, and words say what is known."""
    for kind, code in DATES.items():
        told = known.get(kind) or known.get(PLANS.get(kind, ""))
        is_fact = kind.startswith("actual")
        if not told or (is_fact and told["first_day"] > today):
            continue
        day = told["first_day"] if kind.endswith("start") else told["last_day"]
        # The last day of a month that is not over yet is no fact.
        _date(activity, code, min(day, today) if is_fact else day, told["date"])


def _date(activity: Element, kind: str, day: date, stated: str) -> None:
    element = add(activity, "activity-date", type=kind, iso_date=day.isoformat())
    if periods.precision(stated) != "day":
        _narrated(element, _stated(stated))


def _sectors(activity: Element, project: Row, stamp: Stamp) -> None:
    """The purpose code of the DAC that our category belongs to, our category itself, and whether it is in the Mechanism."""
    category = next((row for row in code_lists()["categories"].rows if row["code"] == project["category"]), None)
    add(activity, "sector", vocabulary=DAC_PURPOSE, code=category["dac_code"] if category else SECTOR_UNKNOWN, percentage="100")
    if category:
        ours = add(
            activity, "sector", vocabulary=OUR_OWN, vocabulary_uri=_codes(stamp, "categories"), code=category["code"], percentage="100"
        )
        _narrated(ours, category["name"])
    if project["within_mechanism"]:
        tag = add(activity, "tag", vocabulary=OUR_OWN, vocabulary_uri=_codes(stamp, "within_mechanism"), code=project["within_mechanism"])
        _narrated(tag, _("Within the Tallinn Mechanism: {answer}").format(answer=project["within_name"]))


def _transaction(activity: Element, row: Row) -> None:
    """One contribution, its elements in the order of the standard."""
    day = periods.bounds(row["value_date"])[0].isoformat()
    transaction = add(activity, "transaction", ref=row["contribution_id"])
    stage = next(stage for stage in code_lists()["stages"].rows if stage["code"] == row["stage"])
    add(transaction, "transaction-type", code=stage["iati_code"])
    add(transaction, "transaction-date", iso_date=day)
    add(transaction, "value", str(row["amount"]), currency=row["currency"], value_date=day)
    said = [row["purpose"], _source(row) if row["source_url"] else None]
    if periods.precision(row["value_date"]) != "day":
        said.append(_stated(row["value_date"]))
    _narrated(add(transaction, "description"), "\n".join(filter(None, said)) or row["stage_name"])
    _donor(transaction, "provider-org", row["donor_id"], row["donor"])


def _source(row: Row) -> str:
    return _("Source: {address}").format(address=row["source_url"])


def _stated(stated: str) -> str:
    return _("The source states no day: {period}.").format(period=period(stated))


def _codes(stamp: Stamp, name: str) -> str:
    return f"{stamp.address}codes/{name}.json"


def _listed(texts: str | None) -> list[str]:
    return texts.split("; ") if texts else []


def _narrated(element: Element, text: str) -> None:
    add(element, "narrative", legal(text))
