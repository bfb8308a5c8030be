"""The page's sections of figures: each a drawing with its takeaway, where it comes from, and the same figures as a table."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

import plotly.graph_objects as go
from markupsafe import Markup

from tallinn import charts
from tallinn.ask import Answer
from tallinn.charts import chart, over_time
from tallinn.provenance import Ask, sources
from tallinn.static_summary import svg, tables
from tallinn.static_summary.attacks import attacks_by_year
from tallinn.static_summary.donors import donor_ladder
from tallinn.static_summary.over_time import funding_over_time
from tallinn.static_summary.projects import project_status
from tallinn.wording import _, later, ngettext, period

MOST_MILESTONES = 20
EURO = later("EUR, at the ECB reference rate of each value date.")


@dataclass(frozen=True)
class Section:
    """A chart in words and lines. `drawing` is empty where there is nothing to draw: the takeaway then says so.

    `notes` stand under it: what it leaves out, its unit, its sources; `key` names what is numbered in it.
    """

    name: str
    heading: str
    takeaway: str
    drawing: Markup
    notes: tuple[str, ...]
    table: tables.Table
    key: tuple[str, ...] = ()
    lead: str = ""


def sections(ask: Ask) -> list[Section]:
    """Every section, in the order of the page."""
    return [_support(ask), _donors(ask), _projects(ask), _attacks(ask)]


def _support(ask: Ask) -> Section:
    answer, milestones = ask("funding_over_time"), ask("milestones").rows
    shown = milestones.tail(MOST_MILESTONES)
    figure, alone = charts.funding_over_time(answer.rows, shown), charts.funding_over_time(answer.rows, shown.head(0))
    drawn = funding_over_time(answer.rows, shown) if figure.data else None
    events = over_time.dated(shown, "date_start") if drawn else []
    key = [_("{title} ({date})").format(title=chart.words(one["title"]), date=over_time.milestone_date(one)) for one in events]
    notes = [*alone.layout.meta["notes"], *_earlier(len(milestones) - len(shown)), _(EURO), sources(answer, ask)]
    drawing = _drawing("support", figure, drawn, answer)
    return Section("support", _("Support over time"), figure.layout.meta["title"], drawing, tuple(notes), tables.steps(answer), tuple(key))


def _earlier(n: int) -> list[str]:
    text = ngettext("{n} earlier milestone is on the dashboard.", "{n} earlier milestones are on the dashboard.", n)
    return [text.format(n=n)] if n else []


def _donors(ask: Ask) -> Section:
    answer = ask("donor_ladder")
    figure = charts.donor_ladder(answer.rows)
    columns = ["donor", "committed_eur", "disbursed_eur", "pledged_not_committed_eur"]
    drawing = _drawing("donors", figure, donor_ladder(answer.rows) if figure.data else None, answer)
    notes = (*figure.layout.meta["notes"], _(EURO), sources(answer, ask))
    takeaway = _("No donor is on file yet.") if answer.rows.empty else figure.layout.meta["title"]
    return Section("donors", _("Funding by donor"), takeaway, drawing, notes, tables.table(answer, columns))


def _projects(ask: Ask) -> Section:
    answer = ask("project_status")
    figure = charts.project_status(answer.rows)
    columns = ["status_name", "projects", "in_mechanism", "related"]
    drawing = _drawing("projects", figure, project_status(answer.rows) if figure.data else None, answer)
    notes = (_("Number of projects by IATI activity status."), sources(answer, ask))
    return Section("projects", _("Projects"), figure.layout.meta["title"], drawing, notes, tables.table(answer, columns))


def _attacks(ask: Ask) -> Section:
    answer = ask("attacks_by_year")
    breaks = ask("series_breaks", series=answer.parameters["series"]).rows
    figure = charts.attacks_by_year(answer.rows)
    columns = ["year", "incidents", "per_day", "change_on_year", "alternatives"]
    drawing = _drawing("attacks", figure, attacks_by_year(answer.rows, breaks) if figure.data else None, answer)
    changed = [_("{date}: {what}").format(date=period(one["date"]), what=one["what"]) for one in chart.records(breaks)]
    notes = (*figure.layout.meta["notes"], *changed, _("Incidents that CERT-UA processed by hand."), sources(answer, ask))
    lead = _(
        "What Ukraine faces. The number of attacks says nothing about what the support achieves, and the support nothing about the attacks."
    )
    table = tables.table(answer, columns, source=True)
    return Section("attacks", _("Cyberattacks on Ukraine"), figure.layout.meta["title"], drawing, notes, table, lead=lead)


def _drawing(name: str, figure: go.Figure, drawn: tuple[list[Element], float] | None, answer: Answer) -> Markup:
    """The drawn parts under title and description of the chart that says the same on the dashboard."""
    if drawn is None:
        return Markup()
    parts, height = drawn
    meta = figure.layout.meta
    return svg.drawing(name, height, parts, title=meta["title"], alt=meta["alt"], invented=answer.release.demonstration)
