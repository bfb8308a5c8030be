"""Where a figure comes from: the rows that it sums up, their sources, its release; and how to cite it."""

from collections.abc import Callable
from datetime import date

from tallinn.ask import Answer, question
from tallinn.releases import Release
from tallinn.settings import LICENCE, LICENCE_URL, TITLE
from tallinn.wording import _, count, day, ngettext

Ask = Callable[..., Answer]
"""`ask(name, **parameters)`: what answers questions about one release."""

ROWS_BEHIND = {
    "headline": ("contributions", "reported_totals"),
    "counting_waterfall": ("contributions",),
    "donor_ladder": ("contributions",),
    "donor_figures": ("contributions",),
    "donor_over_time": ("contributions",),
    "donor_years": ("contributions",),
    "donors_by_year": ("contributions",),
    "donor_channels": ("contributions",),
    "donor_categories": ("contributions", "projects"),
    "funding_by_year": ("contributions",),
    "funding_by_category": ("contributions",),
    "funding_over_time": ("contributions", "reported_totals"),
    "project_status": ("projects",),
    "project_categories": ("projects",),
    "project_delivery": ("projects",),
    "project_partners": ("projects",),
    "project_money": ("contributions",),
    "project_risks": ("projects", "contributions"),
    "data_quality": ("data_gaps",),
    "flow": ("contributions", "projects"),
    "category_coverage": ("projects", "needs"),
    "incident_types": ("incidents",),
    "incident_trend": ("incidents",),
    "incident_severities": ("incidents",),
    "incident_weekdays": ("incidents",),
    "incident_sector_types": ("incidents",),
    "incident_sectors": ("incidents",),
}
"""Answers that sum up, and the queries that list the rows they sum up; all other answers carry their cells themselves."""


def behind(answer: Answer, ask: Ask) -> tuple[Answer, ...]:
    """The answers that list the rows of the files, asked with the same choices."""
    names = ROWS_BEHIND.get(answer.name)
    return tuple(_asked_alike(name, answer, ask) for name in names) if names else (answer,)


def _asked_alike(name: str, answer: Answer, ask: Ask) -> Answer:
    taken = question(name).defaults
    return ask(name, **{key: value for key, value in answer.parameters.items() if key in taken})


def sources(answer: Answer, ask: Ask) -> str:
    """Rows, sources and release in a sentence, to stand under a figure."""
    listed = [rows.rows for rows in behind(answer, ask) if "source_url" in rows.rows]
    when = stamp(ask("release_facts"))
    if not listed:
        return when
    rows = sum(int(each["all_rows"].iloc[0]) if len(each) and "all_rows" in each else len(each) for each in listed)
    addresses = len(set().union(*(each["source_url"].dropna() for each in listed)))
    words = {
        "rows": ngettext("{n} row on file", "{n} rows on file", rows).format(n=count(rows)),
        "sources": ngettext("{n} public source", "{n} public sources", addresses).format(n=count(addresses)),
    }
    return _("{rows} from {sources}. {when}").format(**words, when=when)


def stamp(facts: Answer) -> str:
    """Release, its day, the day of its newest source and of the next release, to stand with every figure. `facts` answers release_facts."""
    release = facts.release
    said = [_("Release {release} of {date}.").format(release=release.marked_id, date=day(release.date))]
    said.append(_("Data to {date}.").format(date=day(facts.rows["data_date"].iloc[0])))
    if release.next_date:
        said.append(_("The next release is due on {date}.").format(date=day(release.next_date)))
    return " ".join(said)


def imprint(facts: Answer) -> str:
    """What stands under every page: the stamp, and the licence of the data."""
    return " ".join([stamp(facts), _("Data: {licence}.").format(licence=LICENCE)])


def older(release: Release, newest: Release) -> str:
    """That a release which somebody reads is not the newest."""
    words = _("You are reading release {release} of {date}. The newest is {newest}.")
    return words.format(release=release.id, date=day(release.date), newest=newest.id)


def citation(facts: Answer, address: str) -> str:
    """How to cite a release as the dashboard shows it. `facts` answers release_facts; `address`: of the dashboard, "" if not known."""
    return cited(facts.release, facts.rows["data_date"].iloc[0], f"{address}/?release={facts.release.id}" if address else "")


def cited(release: Release, data_date: date | None, address: str) -> str:
    """How to cite what stands at an address: who made it, which release of which day, how old its data are, under which licence."""
    words = {"title": TITLE, "year": release.date.year, "release": release.id, "date": day(release.date), "data_date": day(data_date)}
    said = _("{title} ({year}): release {release} of {date}, data to {data_date}.").format(**words)
    licence = _("Licence: {licence}, {terms}").format(licence=LICENCE, terms=LICENCE_URL)
    if release.marking:
        licence = _("{marking}: for those alone whom the label admits, under no open licence.").format(marking=release.marking)
    return " ".join(filter(None, [said, address, licence]))
