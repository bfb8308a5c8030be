"""The way of the money in columns: donors, channels, implementers, kinds of support, sectors; each band as thick as its amount.

Drawn as outlines and not by Plotly's own Sankey, which lets neither labels nor their places be chosen and cannot be made a picture of.
"""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from tallinn import theme
from tallinn.charts import chart
from tallinn.wording import _, count, euros, euros_short, ngettext, share

UNSTATED, TOGETHER = {"not_stated"}, {"others", "several", "several_categories"}
POSITIONS = 5
FILTERS = {1: "donor", 2: "channel", 3: "implementer", 4: "category", 5: "receiving"}
"""The page's filter for each column, by what an address calls it."""
BAR, GAP = 0.02, 0.012
"""Widths of a node, and between two of them, in parts of the drawing."""
STEPS = [at / 12 for at in range(13)]
LABELLED = 0.018
"""Nodes of less height have their name only under the pointer."""
SHORT, AFTER, LINE = 13, 0.2, 0.027
"""Letters of a line of a label, the part of the width beyond the last column that they need (a phone has 60 pixels between two columns),
and the part of the height that a line takes."""


@dataclass
class Node:
    """One stop: from where to where it stands, in parts of the height, and how far its bands reach in and out."""

    name: str
    code: str
    amount: float
    top: float = 0.0
    entered: float = 0.0
    left: float = 0.0
    height: float = 0.0


Nodes = dict[tuple[int, str], Node]


def flow(rows: pd.DataFrame) -> go.Figure:
    """Bands from donors through channels and implementers to kinds of support and sectors. Draws queries/flow.sql."""
    every = [one for one in chart.records(rows) if one.get("position") in range(1, POSITIONS)]
    links = [one for one in every if (one.get("amount_eur") or 0) > 0]
    if not links:
        return chart.empty(_("No amount of this stage is on file."), notes=left_out(every))
    nodes = placed(links)
    data = [band(one, nodes) for one in links]
    data += [bar(position, node) for (position, _code), node in nodes.items()]
    data += handles(nodes)
    hidden = {"visible": False, "fixedrange": True}
    layout = {
        "height": 520,
        "xaxis": {**hidden, "range": [-0.005, 1 + AFTER]},
        "yaxis": {**hidden, "range": [1.01, -0.06]},
        "annotations": [*heads(), *labels(nodes)],
        "hovermode": "closest",
    }
    key = _(
        "Grey: not stated. Pale: several or others together; what pays for several is not divided. "
        "Thin ones have their name under the pointer, and in the table."
    )
    return chart.figure(data, layout, title=title(every), alt=alt(nodes), notes=[key, *left_out(every)])


def placed(links: list[chart.Record]) -> Nodes:
    """Every stop in its column, the largest on top, what is not stated at the bottom."""
    leaving: dict[tuple[int, str], float] = {}
    arriving: dict[tuple[int, str], float] = {}
    names: dict[tuple[int, str], str] = {}
    for one in links:
        for sums, end, position in ((leaving, "source", int(one["position"])), (arriving, "target", int(one["position"]) + 1)):
            key = (position, str(one[end]))
            sums[key] = sums.get(key, 0.0) + float(one["amount_eur"])
            names[key] = stop_name(one, end)
    amounts = {key: max(leaving.get(key, 0.0), arriving.get(key, 0.0)) for key in names}
    most = max(len([key for key in amounts if key[0] == position]) for position in range(1, POSITIONS + 1))
    room = 1 - GAP * (most - 1)
    nodes: Nodes = {}
    for position in range(1, POSITIONS + 1):
        column = [key for key in amounts if key[0] == position]
        whole, top = sum(amounts[key] for key in column), 0.0
        for key in sorted(column, key=lambda key: (key[1] in UNSTATED, key[1] in TOGETHER, -amounts[key], key[1])):
            height = amounts[key] / whole * room
            nodes[key] = Node(names[key], key[1], amounts[key], top, top, top, height)
            top += height + GAP
    return nodes


def stop_name(one: chart.Record, end: str) -> str:
    """The name of one end of a band; others by their number."""
    if one[end] == "others":
        n = chart.whole(one.get(f"{end}_stops"))
        return ngettext("{n} other", "{n} others", n).format(n=count(n))
    return chart.words(one.get(f"{end}_name"), otherwise=str(one[end]))


def across(position: int) -> float:
    """The left edge of a column."""
    return (position - 1) / (POSITIONS - 1) * (1 - BAR)


def band(one: chart.Record, nodes: Nodes) -> chart.Trace:
    """A band from one stop to the next; each begins where the one before it ended."""
    position = int(one["position"])
    here, there = nodes[position, str(one["source"])], nodes[position + 1, str(one["target"])]
    leaving, arriving = (float(one["amount_eur"]) / node.amount * node.height for node in (here, there))
    start, end = across(position) + BAR, across(position + 1)
    upper = [(start + (end - start) * at, here.left + (there.entered - here.left) * smooth(at)) for at in STEPS]
    below_here, below_there = here.left + leaving, there.entered + arriving
    lower = [(start + (end - start) * at, below_here + (below_there - below_here) * smooth(at)) for at in reversed(STEPS)]
    here.left, there.entered = below_here, below_there
    outline = [*upper, *lower, upper[0]]
    told = _("{source} to {target}: {amount}").format(source=here.name, target=there.name, amount=euros(one["amount_eur"]))
    unknown = {here.code, there.code} & UNSTATED
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for x, _y in outline],
        "y": [y for _x, y in outline],
        "fill": "toself",
        "fillcolor": theme.pale(theme.GREY if unknown else theme.STAGES["commitment"], 0.22),
        "line": {"width": 0, "color": theme.pale(theme.GREY, 0.2)},
        "hoveron": "fills",
        "hoverinfo": "text",
        "text": chart.harmless(told),
    }


def smooth(at: float) -> float:
    return at * at * (3 - 2 * at)


def bar(position: int, node: Node) -> chart.Trace:
    """The stop itself."""
    left, right, bottom = across(position), across(position) + BAR, node.top + node.height
    blue = theme.STAGES["commitment"]
    color = theme.GREY if node.code in UNSTATED else theme.pale(blue, 0.5) if node.code in TOGETHER else blue
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [left, right, right, left, left],
        "y": [node.top, node.top, bottom, bottom, node.top],
        "fill": "toself",
        "fillcolor": color,
        "line": {"width": 1, "color": color},
        "hoveron": "fills",
        "hoverinfo": "text",
        "text": node_words(node),
    }


def node_words(node: Node) -> str:
    return chart.harmless(_("{name}: {amount}").format(name=node.name, amount=euros(node.amount)))


def handles(nodes: Nodes) -> list[chart.Trace]:
    """A point on each stop that the page can filter by, to be clicked: `customdata` is its filter and its code."""
    held = [(position, node) for (position, _code), node in nodes.items() if node.code not in UNSTATED | TOGETHER]
    if not held:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [across(position) + BAR / 2 for position, _node in held],
            "y": [node.top + node.height / 2 for _position, node in held],
            "customdata": [[FILTERS[position], node.code] for position, node in held],
            "marker": {"symbol": "circle", "size": 9, "color": "#FFFFFF", "line": {"width": 1.5, "color": theme.BLUE}},
            "selected": {"marker": {"opacity": 1}},
            "unselected": {"marker": {"opacity": 1}},
            "hoverinfo": "text",
            "hovertext": [node_words(node) for _position, node in held],
        }
    ]


def heads() -> list[dict[str, object]]:
    names = (_("Donors"), _("Channels"), _("Implementers"), _("Kinds"), _("Sectors"))
    return [beside(f"<b>{name}</b>", position, -0.035) for position, name in enumerate(names, start=1)]


def labels(nodes: Nodes) -> list[dict[str, object]]:
    """Names of the stops that have room for one, in as many lines as there is room for, at most three."""
    return [
        beside(label(node.name, min(3, int(node.height / LINE))), position, node.top + node.height / 2)
        for (position, _code), node in nodes.items()
        if node.height >= LABELLED
    ]


def label(name: str, lines: int) -> str:
    """A name in so many lines; in a single one its beginning says more than its first words."""
    if lines > 1:
        return chart.wrapped(name, SHORT, lines=lines)
    return chart.harmless(name if len(name) <= SHORT else f"{name[: SHORT - 1].rstrip()}…")


def beside(text: str, position: int, y: float) -> dict[str, object]:
    """Right of its stop."""
    return chart.annotation(text, x=across(position) + BAR, y=y, font={"size": 10})


def title(every: list[chart.Record]) -> str:
    """The largest kind of support of those stated. Amounts below zero are taken off, so that the sum is that of the headline."""
    whole = chart.total(one.get("amount_eur") for one in every if one["position"] == 1) or 0.0
    kinds: dict[str, float] = {}
    for one in every:
        if one["position"] == POSITIONS - 1 and one.get("source") not in UNSTATED | TOGETHER:
            name = chart.words(one.get("source_name"), otherwise=chart.words(one.get("source")))
            kinds[name] = kinds.get(name, 0.0) + float(one.get("amount_eur") or 0)
    kind = max(kinds, key=lambda name: kinds[name], default=None)
    if kind is None:
        return _("{amount}; what it is for is not stated").format(amount=euros_short(whole))
    if not 0 < kinds[kind] <= whole:
        return _("{amount} in all; amounts below zero are not drawn").format(amount=euros_short(whole))
    return _("{share} of {amount} is for one kind of support, {kind}").format(
        share=share(kinds[kind] / whole), amount=euros_short(whole), kind=kind
    )


def left_out(every: list[chart.Record]) -> list[str]:
    """What no band shows: rows without an exchange rate, and bands whose amount is below zero."""
    n = sum(chart.whole(one.get("rows_without_rate")) for one in every if one["position"] == 1)
    below = sum((one.get("amount_eur") or 0) < 0 for one in every)
    said = []
    if n:
        said.append(ngettext("{n} row not converted to euro is left out.", "{n} rows not converted to euro are left out.", n).format(n=n))
    if below:
        text = ngettext(
            "{n} band below zero is not drawn, so columns can be taller than their sum; it is in the table.",
            "{n} bands below zero are not drawn, so columns can be taller than their sum; they are in the table.",
            below,
        )
        said.append(text.format(n=below))
    return said


def alt(nodes: Nodes) -> str:
    """Every column with its stops."""
    columns = []
    for position in range(1, POSITIONS + 1):
        parts = [
            _("{name}: {amount}").format(name=node.name, amount=euros_short(node.amount))
            for (at, _code), node in nodes.items()
            if at == position
        ]
        columns.append("; ".join(parts))
    return _("Bands of money in five columns: donors, channels, implementers, kinds of support, sectors. {columns}.").format(
        columns=". ".join(columns)
    )
