"""What is needed against what is done: needs by what has become of them, and who works on which kind of support."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tallinn import theme
from tallinn.charts import chart
from tallinn.charts.matrix import category_name
from tallinn.wording import _, count, ngettext

STATES = ("open", "planned", "under_way", "delivered", "unclear")
LINE = 34
FIELD = 38
FLAT = 8
"""Donors whose codes have room side by side on a phone."""


def needs(rows: pd.DataFrame) -> go.Figure:
    """Needs by kind of support, each bar divided by what has become of them. Draws queries/needs.sql."""
    records = chart.records(rows)
    if not records:
        return chart.empty(_("No need on file fits these filters."))
    kinds = list(dict.fromkeys(category_name(one) for one in sorted(records, key=category_name)))
    numbers = {(kind, state): 0 for kind in kinds for state in STATES}
    for one in records:
        numbers[category_name(one), state_of(one)] += 1
    totals = {kind: sum(numbers[kind, state] for state in STATES) for kind in kinds}
    kinds.sort(key=lambda kind: (-numbers[kind, "open"], -totals[kind], kind))
    names = {state_of(one): state_name(one) for one in records}
    shown = [state for state in STATES if state in names]
    bars = [state_bar(state, names[state], kinds, numbers) for state in shown]
    ends = {
        "type": "scatter",
        "x": [totals[kind] for kind in kinds],
        "y": list(range(len(kinds))),
        "mode": "text",
        "text": [f" {count(totals[kind])}" for kind in kinds],
        "textposition": "middle right",
        "hoverinfo": "skip",
        "cliponaxis": False,
        "showlegend": False,
    }
    layout = {
        "height": len(kinds) * LINE + chart.FOOT + 30,
        "barmode": "stack",
        "showlegend": True,
        "xaxis": chart.value_axis(_("needs"), range=chart.reach(list(totals.values()), [count(n) for n in totals.values()])),
        "yaxis": chart.name_axis([chart.wrapped(kind, 24) for kind in kinds]),
    }
    return chart.figure([*bars, ends], layout, title=needs_title(records), alt=needs_alt(kinds, numbers, names))


def state_of(one: chart.Record) -> str:
    return str(one["state"]) if one.get("state") in STATES else "unclear"


def state_name(one: chart.Record) -> str:
    return chart.words(one.get("state_name"), otherwise=chart.words(one.get("state")))


def state_bar(state: str, name: str, kinds: list[str], numbers: dict[tuple[str, str], int]) -> chart.Trace:
    values = [numbers[kind, state] or None for kind in kinds]
    hover = [
        "" if n is None else f"<b>{chart.harmless(kind)}</b><br>{chart.harmless(name)}: {n}" for kind, n in zip(kinds, values, strict=True)
    ]
    return chart.bar(
        values, list(range(len(kinds))), theme.need(state), orientation="h", name=chart.harmless(name), width=0.6, hovertext=hover
    )


def needs_title(records: list[chart.Record]) -> str:
    """How many are open, and how old the oldest of them is."""
    open_ = [one for one in records if state_of(one) == "open"]
    words = {"open": count(len(open_)), "n": count(len(records))}
    if not open_:
        return ngettext("The one need on file is not open", "None of {n} needs is open", len(records)).format(**words)
    is_one = len(open_) == 1 < len(records)
    text = _("One of {n} needs is open") if is_one else ngettext("{open} of {n} need is open", "{open} of {n} needs are open", len(records))
    told = text.format(**words)
    ages = [one["days_old"] for one in open_ if one.get("days_old") is not None]
    if not ages:
        return told
    oldest = chart.whole(max(ages))
    days = ngettext("{n} day", "{n} days", oldest).format(n=count(oldest))
    return _("{needs}; the oldest for {days}").format(needs=told, days=days)


def needs_alt(kinds: list[str], numbers: dict[tuple[str, str], int], names: dict[str, str]) -> str:
    """Every kind with its numbers."""
    part = _("{name}: {n}")
    lines = [
        _("{kind}: {parts}.").format(
            kind=kind,
            parts="; ".join(part.format(name=name, n=numbers[kind, state]) for state, name in names.items() if numbers[kind, state]),
        )
        for kind in kinds
    ]
    return _("Needs by kind of support and by what has become of them. {lines}").format(lines=" ".join(lines))


def category_coverage(rows: pd.DataFrame) -> go.Figure:
    """Kinds of support against donors: projects in each field, and who offers more. Draws queries/category_coverage.sql."""
    records = [one for one in chart.records(rows) if one.get("category") is not None]
    if not any(one.get("donor_id") for one in records):
        return chart.empty(_("No project and no offer of a donor is on file."))
    kinds = {str(one["category"]): one for one in records}
    donors = {str(one["donor_id"]): donor_of(one) for one in sorted(records, key=donor_of) if one.get("donor_id")}
    fields = {(str(one["category"]), str(one.get("donor_id"))): one for one in records}
    table = [[fields.get((kind, donor)) for donor in donors] for kind in kinds]
    standing = [sum(one is not None for one in line) for line in table]
    layout = {
        "height": len(kinds) * FIELD + chart.FOOT + 30,
        "xaxis": {
            **theme.NAME_AXIS,
            "side": "top",
            "tickmode": "array",
            "tickangle": -90 if len(donors) > FLAT else 0,
            "tickvals": [*range(len(donors)), len(donors) + 0.4],
            "ticktext": [*map(chart.harmless, donors), _("donors")],
            "range": [-0.5, len(donors) + 1],
        },
        "yaxis": chart.name_axis([chart.wrapped(category_name(one), 18, lines=2) for one in kinds.values()]),
        "annotations": coverage_labels(table, standing),
    }
    notes = [
        _(
            "In each field: projects neither cancelled nor suspended; + where more is offered. Right: how many donors. Codes: {codes}."
        ).format(codes="; ".join(_("{code} {name}").format(code=code, name=name) for code, name in donors.items()))
    ]
    title = coverage_title(list(kinds.values()), standing)
    return chart.figure([coverage_map(table)], layout, title=title, alt=coverage_alt(kinds, fields, donors), notes=notes)


def donor_of(one: chart.Record) -> str:
    return chart.words(one.get("donor"), otherwise=chart.words(one.get("donor_id")))


def coverage_map(table: list[list[chart.Record | None]]) -> chart.Trace:
    """The stronger the colour, the more projects."""
    color = theme.PROJECTS
    return {
        "type": "heatmap",
        "z": [[None if one is None else chart.whole(one.get("projects")) for one in line] for line in table],
        "y": list(range(len(table))),
        "zmin": 0,
        "colorscale": [[0, theme.pale(color, 0.1)], [1, theme.pale(color, 0.6)]],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverinfo": "text",
        "hovertext": [["" if one is None else chart.harmless(field_told(one)) for one in line] for line in table],
    }


def coverage_labels(table: list[list[chart.Record | None]], standing: list[int]) -> list[dict[str, Any]]:
    """The numbers in the fields, and how many donors stand in each line."""
    inside = [
        chart.annotation(field_number(one), x=at, y=line, xanchor="center", align="center")
        for line, fields in enumerate(table)
        for at, one in enumerate(fields)
        if one is not None
    ]
    beside = [
        chart.annotation(f"<b>{count(n) if n else _('nobody')}</b>", x=len(table[0]) + 0.4, y=line, xanchor="center", align="center")
        for line, n in enumerate(standing)
    ]
    return [*inside, *beside]


def field_number(one: chart.Record) -> str:
    n, offers = chart.whole(one.get("projects")), chart.whole(one.get("capabilities"))
    return f"{count(n) if n else ''}{'+' if offers else ''}"


def field_told(one: chart.Record) -> str:
    n, offers = chart.whole(one.get("projects")), chart.whole(one.get("capabilities"))
    words = {
        "donor": donor_of(one),
        "kind": category_name(one),
        "projects": ngettext("{n} project", "{n} projects", n).format(n=count(n)),
        "offers": ngettext("{n} offer", "{n} offers", offers).format(n=count(offers)),
    }
    return _("{donor}, {kind}: {projects}, {offers}").format(**words)


def coverage_title(kinds: list[chart.Record], standing: list[int]) -> str:
    """Where nobody stands, the open needs first; else where the fewest do."""
    nobody = sorted((one for one, n in zip(kinds, standing, strict=True) if not n), key=lambda one: -chart.whole(one.get("needs_open")))
    if nobody:
        return _("No donor works on: {kinds}").format(kinds=chart.some([category_name(one) for one in nobody], 3))
    fewest = min(standing)
    names = [category_name(one) for one, n in zip(kinds, standing, strict=True) if n == fewest]
    told = ngettext(
        "Every kind of support has a donor; only {n} works on: {kinds}",
        "Every kind of support has donors; only {n} work on: {kinds}",
        fewest,
    )
    return told.format(n=count(fewest), kinds=chart.some(names, 3))


def coverage_alt(kinds: dict[str, chart.Record], fields: dict[tuple[str, str], chart.Record], donors: dict[str, str]) -> str:
    """Every kind with who works on it."""
    lines = []
    for kind, one in kinds.items():
        told = [field_told(fields[kind, donor]) for donor in donors if (kind, donor) in fields]
        lines.append("; ".join(told) if told else _("{kind}: nobody").format(kind=category_name(one)))
    return _("A field for each kind of support and donor. {lines}.").format(lines=". ".join(lines))
