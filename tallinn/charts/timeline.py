"""When projects run, as exactly as it is known: solid where certain, pale where only a month or a year is stated."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tallinn import theme
from tallinn.charts import chart, spans
from tallinn.wording import _, day, ngettext, period

DAY_IN_MS = 86_400_000
MOST = 60
"""Bars that a reader can still follow down the page."""
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """A piece of one project's bar: its line, first and last day, and whether it certainly ran then."""

    at: int
    start: date
    end: date
    certain: bool


def project_timeline(rows: pd.DataFrame, *, until: date | None = None, top: int = MOST) -> go.Figure:
    """One bar a project from start to end, to `until` (the data date) where no end is stated. Draws queries/project_timeline.sql.

    Of more than `top` projects those that began last are drawn.
    """
    if rows.empty:
        return chart.empty(_("No project matches these filters."))
    records = [with_dates(one) for one in chart.records(rows)]
    dated = [one for one in records if one["start_date"] is not None]
    undated = [one for one in records if one["start_date"] is None]
    if not dated:
        message = _("None of these projects has published a start date.")
        return chart.empty(message, alt=alt([], undated), notes=notes([], undated, None))
    drawn = dated[-top:]
    last = horizon(drawn, until)
    stretches = [(one, stretch) for at, one in enumerate(drawn) for stretch in stretches_of(at, one, last)]
    data = [*bars(stretches), arrows(drawn, last), *legend(drawn, stretches)]
    said = [*earlier_words(len(dated) - len(drawn)), *notes(drawn, undated, until)]
    return chart.figure(data, layout_of(drawn, last), title=title(records, dated), alt=alt(drawn, undated), notes=said)


def with_dates(one: chart.Record) -> chart.Record:
    return {**one, "start_date": chart.as_date(one.get("start_date")), "end_date": chart.as_date(one.get("end_date"))}


def horizon(dated: list[chart.Record], until: date | None) -> date:
    """Where open bars stop: the data date, or a little after the last date on file."""
    if until is not None:
        return until
    last: date = max(one["end_date"] or one["start_date"] for one in dated)
    return last + timedelta(days=31)


def stretches_of(at: int, one: chart.Record, last: date) -> list[Stretch]:
    """The pieces of one bar: pale, solid, pale."""
    first, end = one["start_date"], one["end_date"] or max(last, one["start_date"])
    sure_from = spans.last_day(first, one.get("start_precision"))
    sure_to = spans.first_day(end, one.get("end_precision")) if one["end_date"] else end
    end = max(end, first)
    if sure_from >= sure_to and (sure_from > first or sure_to < end):
        return [Stretch(at, first, end, certain=False)]
    pieces = [
        Stretch(at, first, sure_from, certain=False),
        Stretch(at, sure_from, sure_to, certain=True),
        Stretch(at, sure_to, end, certain=False),
    ]
    return [piece for piece in pieces if piece.certain or piece.end > piece.start]


def bars(stretches: list[tuple[chart.Record, Stretch]]) -> list[chart.Trace]:
    """The pieces as lying bars on the date axis."""
    hover = [described(one) for one, _stretch in stretches]
    colors = [theme.status(one.get("status")) for one, _stretch in stretches]
    pieces = [stretch for _one, stretch in stretches]
    lengths = [((piece.end - piece.start) + ONE_DAY) // ONE_DAY * DAY_IN_MS for piece in pieces]
    marker = {
        "color": colors,
        "opacity": [1 if piece.certain else theme.IMPRECISE_OPACITY for piece in pieces],
        "line": {"color": colors, "width": [2 if piece.certain else 0 for piece in pieces]},
    }
    look = {"orientation": "h", "base": [str(piece.start) for piece in pieces], "width": 0.22, "hovertext": hover}
    return [chart.bar(lengths, [piece.at + 0.2 for piece in pieces], marker, **look, showlegend=False)]


def arrows(dated: list[chart.Record], last: date) -> chart.Trace:
    """An arrowhead where no end is stated."""
    open_ = [(at, one) for at, one in enumerate(dated) if one["end_date"] is None]
    colors = [theme.status(one.get("status")) for _at, one in open_]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [str(max(last, one["start_date"])) for _at, one in open_],
        "y": [at + 0.2 for at, _one in open_],
        "marker": {"symbol": "triangle-right", "size": 14, "color": colors, "line": {"width": 0}},
        "hoverinfo": "text",
        "hovertext": [described(one) for _at, one in open_],
        "cliponaxis": False,
        "showlegend": False,
    }


def legend(dated: list[chart.Record], stretches: list[tuple[chart.Record, Stretch]]) -> list[chart.Trace]:
    """The statuses on show, in IATI order, and the meaning of pale."""
    seen = {status_name(one): theme.status(one.get("status")) for one in sorted(dated, key=lambda one: str(one.get("status") or "9"))}
    entries = [chart.legend_only(chart.harmless(name), theme.solid(color)) for name, color in seen.items()]
    if any(not stretch.certain for _one, stretch in stretches):
        entries.append(chart.legend_only(_("date known to the month or year"), theme.solid(theme.GREY, opacity=theme.IMPRECISE_OPACITY)))
    return entries


def layout_of(dated: list[chart.Record], last: date) -> dict[str, Any]:
    first = min(one["start_date"] for one in dated)
    end = max([last, *[one["end_date"] for one in dated if one["end_date"] is not None]])
    margin = max((end - first) / 25, ONE_DAY)
    names = [chart.wrapped(project_title(one), 50, lines=1) for one in dated]
    return {
        "height": len(dated) * 42 + chart.FOOT + 50,
        "showlegend": True,
        "xaxis": {**theme.TIME_AXIS, "range": [str(first - margin), str(end + margin)], "showgrid": True, "gridcolor": theme.GRID},
        "yaxis": {**chart.name_axis(names), "showticklabels": False},
        "annotations": [chart.annotation(name, x=0, xref="paper", y=at - 0.2) for at, name in enumerate(names)],
    }


def project_title(one: chart.Record) -> str:
    return chart.words(one.get("title"), otherwise=chart.words(one.get("project_id"), otherwise=_("untitled project")))


def status_name(one: chart.Record) -> str:
    return chart.words(one.get("status_name"), otherwise=_("status not stated"))


def start_words(one: chart.Record) -> str:
    return period(one["start_text"]) if one.get("start_text") else day(one["start_date"])


def end_words(one: chart.Record) -> str:
    """The end as stated, or that none is."""
    if one["end_date"] is None:
        return _("no end date published")
    return period(one["end_text"]) if one.get("end_text") else day(one["end_date"])


def described(one: chart.Record) -> str:
    told = [f"<b>{chart.wrapped(project_title(one), 42)}</b>", chart.harmless(status_name(one))]
    return "<br>".join([*told, _("start: {start}").format(start=start_words(one)), _("end: {end}").format(end=end_words(one))])


def title(records: list[chart.Record], dated: list[chart.Record]) -> str:
    """How many projects have which dates."""
    ended = sum(one["end_date"] is not None for one in dated)
    text = ngettext(
        "{dated} of {n} project has a published start date", "{dated} of {n} projects have a published start date", len(records)
    )
    if ended:
        text = ngettext(
            "{dated} of {n} projects have a published start date, {ended} has an end date",
            "{dated} of {n} projects have a published start date, {ended} have an end date",
            ended,
        )
    return text.format(dated=len(dated), n=len(records), ended=ended)


def alt(dated: list[chart.Record], undated: list[chart.Record]) -> str:
    """Every project with its dates and status."""
    line = _("{title}: start {start}, end {end}, {status}")
    parts = [line.format(title=project_title(one), start=start_words(one), end=end_words(one), status=status_name(one)) for one in dated]
    said = _("Timeline of projects. {projects}.").format(projects="; ".join(parts)) if parts else _("Timeline of projects.")
    return " ".join([said, *undated_words(undated)])


def notes(dated: list[chart.Record], undated: list[chart.Record], until: date | None) -> list[str]:
    """What an arrow means, and the projects without a date."""
    arrow = []
    if any(one["end_date"] is None for one in dated):
        text = (
            _("An arrow: no end date is published.")
            if until is None
            else _("An arrow: no end date is published; the bar reaches to {date}.")
        )
        arrow.append(text.format(date=day(until)))
    return [*arrow, *undated_words(undated)]


def earlier_words(n: int) -> list[str]:
    """That more projects began before those that are drawn, and how to see them."""
    text = ngettext(
        "{n} project that began earlier is in the list only; a filter brings it here.",
        "{n} projects that began earlier are in the list only; a filter brings them here.",
        n,
    )
    return [text.format(n=n)] if n else []


def undated_words(undated: list[chart.Record]) -> list[str]:
    n = len(undated)
    text = ngettext("{n} project has no published start date: {titles}.", "{n} projects have no published start date: {titles}.", n)
    return [text.format(n=n, titles=chart.some(map(project_title, undated)))] if undated else []
