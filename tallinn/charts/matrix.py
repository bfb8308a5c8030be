"""Kinds of support against donors: who gives what, how much and in how many projects."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tallinn import theme
from tallinn.charts import chart
from tallinn.charts.panels import donor_name, millions_words
from tallinn.wording import _, count, euros, listing, ngettext

FIELD = 46


def donor_categories(rows: pd.DataFrame) -> go.Figure:
    """Kinds of support against donors: commitments in each field, and the number of projects. Draws queries/donor_categories.sql."""
    if rows.empty:
        return chart.empty(_("None of these donors has a contribution or a project with a category."))
    records = chart.records(rows)
    donors = list(dict.fromkeys(map(donor_name, records)))
    kinds = list(dict.fromkeys(map(category_name, sorted(records, key=unstated_last))))
    fields = {(category_name(one), donor_name(one)): one for one in records}
    table = [[fields.get((kind, donor)) for donor in donors] for kind in kinds]
    names = [chart.wrapped(kind, 16) for kind in kinds]
    layout = {
        "height": len(kinds) * FIELD + chart.FOOT + 24,
        "xaxis": {
            **theme.NAME_AXIS,
            "side": "top",
            "tickmode": "array",
            "tickvals": list(range(len(donors))),
            "ticktext": [chart.wrapped(donor, 10) for donor in donors],
        },
        "yaxis": chart.name_axis(names),
        "annotations": field_labels(table),
    }
    notes = [_("In each field: EUR million committed, and the number of projects. A dash: no amount on file. Empty: nothing on file.")]
    alt = categories_alt(donors, kinds, fields)
    return chart.figure([matrix(table, field_described)], layout, title=categories_title(donors, kinds, fields), alt=alt, notes=notes)


def unstated_last(one: chart.Record) -> tuple[bool, bool]:
    return one.get("category") in (None, "not_stated"), one.get("category") == "several_categories"


def category_name(one: chart.Record) -> str:
    known = {"several_categories": _("Several categories"), "not_stated": _("Not stated")}
    return known.get(str(one.get("category"))) or chart.words(one.get("category_name"), otherwise=chart.words(one.get("category")))


def matrix(table: list[list[chart.Record | None]], described: Callable[[chart.Record], str]) -> chart.Trace:
    """A heat map, under words with its numbers: the stronger the colour, the more is committed. `described` says what is in a field."""
    return {
        "type": "heatmap",
        "z": [[None if one is None else chart.millions(one.get("committed_eur")) for one in row] for row in table],
        "y": list(range(len(table))),
        "zmin": 0,
        "colorscale": [[0, theme.pale(theme.STAGES["commitment"], 0.08)], [1, theme.pale(theme.STAGES["commitment"], 0.55)]],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverinfo": "text",
        "hovertext": [["" if one is None else described(one) for one in row] for row in table],
    }


def field_labels(table: list[list[chart.Record | None]]) -> list[dict[str, Any]]:
    """The words in each field."""
    filled = [(at, line, one) for line, row in enumerate(table) for at, one in enumerate(row) if one is not None]
    return [chart.annotation(field_words(one), x=at, y=line, xanchor="center", align="center") for at, line, one in filled]


def field_words(one: chart.Record) -> str:
    """Millions committed over the number of projects."""
    amount, n = one.get("committed_eur"), chart.whole(one.get("projects"))
    told = "–" if amount is None else millions_words(float(amount) / 1_000_000)
    return f"<b>{told}</b><br>{project_words(n)}" if n else f"<b>{told}</b>"


def project_words(n: int) -> str:
    return ngettext("{n} project", "{n} projects", n).format(n=count(n))


def field_described(one: chart.Record) -> str:
    names = {"donor": chart.harmless(donor_name(one)), "category": chart.harmless(category_name(one))}
    words = {"amount": euros(one.get("committed_eur")), "projects": project_words(chart.whole(one.get("projects")))}
    return _("<b>{donor}: {category}</b><br>committed: {amount}<br>{projects}").format(**names, **words)


def categories_title(donors: Sequence[str], kinds: Sequence[str], fields: dict[tuple[str, str], chart.Record]) -> str:
    """Which kinds of support all of them give."""
    stated = [kind for kind in kinds if kind not in (_("Several categories"), _("Not stated"))]
    shared = [kind for kind in stated if all((kind, donor) in fields for donor in donors)]
    if len(donors) == 1 or not stated:
        return _("{donors}: kinds of support").format(donors=listing(donors))
    if not shared:
        return _("No kind of support is given by all of them")
    return _("Given by all of them: {kinds}").format(kinds=chart.some(shared, 3))


def categories_alt(donors: Sequence[str], kinds: Sequence[str], fields: dict[tuple[str, str], chart.Record]) -> str:
    """Every field that is not empty."""
    line = _("{category}: {amount} committed, {projects}")
    told = []
    for donor in donors:
        own = [(kind, fields[kind, donor]) for kind in kinds if (kind, donor) in fields]
        parts = "; ".join(
            line.format(category=kind, amount=euros(one.get("committed_eur")), projects=project_words(chart.whole(one.get("projects"))))
            for kind, one in own
        )
        told.append(_("{donor}: {parts}.").format(donor=donor, parts=parts))
    return _("A field for each donor and kind of support. {donors}").format(donors=" ".join(told))
