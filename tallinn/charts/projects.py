"""Projects by status, category and partner: numbers of projects, never of money."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tallinn import theme
from tallinn.charts import chart, ranking
from tallinn.wording import _, listing, ngettext


def project_status(rows: pd.DataFrame) -> go.Figure:
    """Projects by IATI activity status, in IATI order, those outside the Mechanism lighter. Draws queries/project_status.sql."""
    if rows.empty:
        return chart.empty(_("No project matches these filters."))
    records = chart.records(rows)
    names = [name_of(one, "status") for one in records]
    colors = [None if one.get("status") is None else theme.status(one["status"]) for one in records]
    data, layout = split_bars(records, names, colors)
    return chart.figure(data, layout, title=status_title(records, names), alt=alt(_("Projects by status"), records, names))


def project_delivery(rows: pd.DataFrame) -> go.Figure:
    """Projects by whether they are late, those outside the Mechanism lighter. Draws queries/project_delivery.sql."""
    if rows.empty:
        return chart.empty(_("No project matches these filters."))
    records = chart.records(rows)
    if not any(chart.whole(one.get("projects")) for one in records):
        return chart.empty(_("No project matches these filters."))
    names = [name_of(one, "delivery") for one in records]
    data, layout = split_bars(records, names, [theme.DELIVERY.get(str(one.get("delivery"))) for one in records])
    return chart.figure(data, layout, title=delivery_title(records), alt=alt(_("Projects by delivery"), records, names))


def project_categories(rows: pd.DataFrame, *, top: int = 15) -> go.Figure:
    """Projects by category, those outside the Mechanism lighter. Draws queries/project_categories.sql."""
    if rows.empty:
        return chart.empty(_("No project matches these filters."))
    records = chart.records(rows)[:top]
    names = [name_of(one, "category") for one in records]
    colors = [None if one.get("category") is None else theme.PROJECTS for one in records]
    data, layout = split_bars(records, names, colors)
    return chart.figure(data, layout, title=category_title(records), alt=alt(_("Projects by category"), records, names))


def project_partners(rows: pd.DataFrame, *, role: str = "implementer", top: int = 12) -> go.Figure:
    """Who implements, who benefits, or which sectors: by number of projects. Draws the rows of one role of queries/project_partners.sql."""
    records = [] if rows.empty else [one for one in chart.records(rows) if one.get("role") in (role, None)]
    if not records:
        return chart.empty(_("No project names any."))
    ranked = [partner_bar(one) for one in records[:top]]
    data, layout = ranking.bars(ranked, unit=_("projects"), above=True)
    cut = len(records) - top
    more = ngettext("{n} more is in the table.", "{n} more are in the table.", cut).format(n=cut)
    told = "; ".join(_("{name}: {projects}").format(name=one.name, projects=one.label) for one in ranked)
    description = bars_words(role).format(bars=told)
    return chart.figure(data, layout, title=partner_title(records, role), alt=description, notes=[more] if cut > 0 else [])


def split_bars(records: list[chart.Record], names: list[str], colors: list[str | None]) -> tuple[list[chart.Trace], chart.Record]:
    """Bars in two parts: within the Mechanism in full colour, the rest lighter, with the whole number beside them."""
    whole = [chart.number(one.get("projects")) for one in records]
    labels = [_("not published") if total is None else str(int(total)) for total in whole]
    wrapped = [chart.wrapped(name) for name in names]
    axis = chart.amount_axis(_("projects"), whole, labels, names=ranking.widest(wrapped))
    gone = [at for at, total in enumerate(whole) if total is None]
    data = [
        *two_parts(records, names, colors),
        chart.legend_only(_("within the Mechanism"), theme.solid(theme.SLATE)),
        chart.legend_only(_("related or unclear"), theme.solid(theme.SLATE, opacity=theme.OTHER_SCOPE_OPACITY)),
    ]
    if gone:
        data.append(chart.absent([axis["range"][1] * 0.012] * len(gone), gone, [labels[at] for at in gone], showlegend=False))
    height = len(records) * ranking.row_height(wrapped) + chart.FOOT + 30
    return data, {"height": height, "showlegend": True, "xaxis": axis, "yaxis": chart.name_axis(wrapped)}


def two_parts(records: list[chart.Record], names: list[str], colors: list[str | None]) -> list[chart.Trace]:
    """The bars of the projects within the Mechanism, and those of the rest, which start where they end."""
    shown = [at for at, one in enumerate(records) if one.get("projects") is not None]
    whole = [int(records[at]["projects"]) for at in shown]
    inside = [min(chart.whole(records[at].get("in_mechanism")), total) for at, total in zip(shown, whole, strict=True)]
    outside = [total - part for part, total in zip(inside, whole, strict=True)]
    hover = [hover_words(names[at], part, rest) for at, part, rest in zip(shown, inside, outside, strict=True)]
    look = {"orientation": "h", "width": 0.64, "hovertext": hover, "showlegend": False}
    label = {"text": [str(total) for total in whole], "textposition": "outside"}
    hues = [colors[at] for at in shown]
    return [
        chart.bar(inside, shown, looks(hues), **look),
        chart.bar(outside, shown, looks(hues, opacity=theme.OTHER_SCOPE_OPACITY), base=inside, **label, **look),
    ]


def looks(colors: list[str | None], *, opacity: float = 1) -> dict[str, Any]:
    """Plain bars in their colours, striped grey where there is none."""
    return theme.each([theme.hatched(opacity=opacity) if color is None else theme.solid(color, opacity=opacity) for color in colors])


def hover_words(name: str, inside: float | None, outside: float | None) -> str:
    text = _("<b>{name}</b><br>within the Mechanism: {inside}<br>related or unclear: {outside}")
    return text.format(name=chart.harmless(name), inside=chart.whole(inside), outside=chart.whole(outside))


def name_of(one: chart.Record, field: str) -> str:
    """The name of a status or category."""
    return chart.words(one.get(f"{field}_name"), otherwise=chart.words(one.get(field)))


def project_words(n: int) -> str:
    return ngettext("{n} project", "{n} projects", n).format(n=n)


def alt(what: str, records: list[chart.Record], names: list[str]) -> str:
    """Every bar with both its parts."""
    line = _("{name}: {projects}, of them {inside} within the Mechanism")
    parts = [
        line.format(name=name, projects=project_words(chart.whole(one.get("projects"))), inside=chart.whole(one.get("in_mechanism")))
        for one, name in zip(records, names, strict=True)
    ]
    return _("Bar chart. {what}. {bars}.").format(what=what, bars="; ".join(parts))


def status_title(records: list[chart.Record], names: list[str]) -> str:
    """The most frequent status, and how many projects state none."""
    everything = sum(chart.whole(one.get("projects")) for one in records)
    stated = [(chart.whole(one.get("projects")), name) for one, name in zip(records, names, strict=True) if one.get("status") is not None]
    unstated = everything - sum(n for n, _name in stated)
    if not any(n for n, _name in stated):
        return _("No project states its status")
    most, name = max(stated, key=lambda pair: pair[0])
    text = (
        _("{most} of {n} projects have the status {status}")
        if not unstated
        else _("{most} of {n} projects have the status {status}; for {unstated} none is stated")
    )
    return text.format(most=most, n=everything, status=name.lower(), unstated=unstated)


def delivery_title(records: list[chart.Record]) -> str:
    """How many are late, and of how many it is not known."""
    numbers = {one.get("delivery"): chart.whole(one.get("projects")) for one in records}
    everything = sum(numbers.values())
    text = ngettext(
        "{late} of {n} project is late; of {unknown} it cannot be said",
        "{late} of {n} projects are late; of {unknown} it cannot be said",
        everything,
    )
    if numbers.get("late") == 1 < everything:
        text = _("One of {n} projects is late; of {unknown} it cannot be said")
    return text.format(late=numbers.get("late", 0), n=everything, unknown=numbers.get("unknown", 0))


def category_title(records: list[chart.Record]) -> str:
    """The most frequent category; all of them where several share the first place."""
    named = [one for one in records if one.get("category") is not None and chart.whole(one.get("projects"))]
    if not named:
        return _("No project names its category")
    most = max(chart.whole(one["projects"]) for one in named)
    first = listing(name_of(one, "category") for one in named if chart.whole(one["projects"]) == most)
    return _("Largest category: {category} ({projects})").format(category=first, projects=project_words(most))


def partner_bar(one: chart.Record) -> ranking.Ranked:
    name, n = chart.words(one.get("name")), one.get("projects")
    label = _("not published") if n is None else project_words(int(n))
    return ranking.Ranked(name, chart.number(n), label, f"<b>{chart.wrapped(name, 46)}</b><br>{label}", theme.solid(theme.PROJECTS))


def bars_words(role: str) -> str:
    return {
        "implementer": _("Bars of the number of projects by implementer. {bars}."),
        "beneficiary": _("Bars of the number of projects by beneficiary. {bars}."),
        "sector": _("Bars of the number of projects by sector. {bars}."),
    }.get(role, _("Bars of the number of projects. {bars}."))


def partner_title(records: list[chart.Record], role: str) -> str:
    """Who is named most often; all of them where several share the first place."""
    named = [one for one in records if one.get("name") is not None and one.get("projects") is not None]
    if not named:
        return _("No project names any")
    most = max(int(one["projects"]) for one in named)
    names = listing(one["name"] for one in named if int(one["projects"]) == most)
    sentences = {
        "implementer": _("Named most often as implementer: {names}, in {projects}"),
        "beneficiary": _("Named most often as beneficiary: {names}, in {projects}"),
        "sector": _("The sector named most often: {names}, in {projects}"),
    }
    return sentences.get(role, _("Named most often: {names}, in {projects}")).format(names=names, projects=project_words(most))
