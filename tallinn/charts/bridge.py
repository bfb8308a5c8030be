"""From the headline of one release to that of a later one: what came, what went, what was revised, and what exchange rates did."""

from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tallinn import theme
from tallinn.charts import chart
from tallinn.wording import _, euros, euros_short, ngettext

ENDS = ("earlier", "later")


def headline_bridge(rows: pd.DataFrame) -> go.Figure:
    """The steps between two headlines, each bar hanging from where the one before it ends. Draws the rows of revisions.bridge."""
    steps = [one for one in chart.records(rows) if one.get("amount_eur") is not None]
    if not steps:
        return chart.empty(_("There is nothing to compare."))
    levels = reached(steps)
    spans = [span(one, before, after) for one, (before, after) in zip(steps, pairwise([0.0, *levels]), strict=True)]
    names = [chart.wrapped(step_name(one), 22) for one in steps]
    labels = [amount_words(one) for one in steps]
    axis = chart.amount_axis(_("EUR million"), [high for _low, high in spans], labels)
    axis["range"] = [min(0.0, *(low for low, _high in spans)), axis["range"][1]]
    looks = theme.each([look(one) for one in steps])
    bars = chart.bar(
        [high - low for low, high in spans],
        list(range(len(steps))),
        looks,
        orientation="h",
        base=[low for low, _high in spans],
        width=0.6,
        hovertext=[hover(one) for one in steps],
    )
    words = {
        "type": "scatter",
        "x": [high for _low, high in spans],
        "y": list(range(len(steps))),
        "mode": "text",
        "text": [f" {label}" for label in labels],
        "textposition": "middle right",
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    layout = {"height": len(steps) * 42 + chart.FOOT, "xaxis": axis, "yaxis": chart.name_axis(names), "shapes": connectors(levels)}
    return chart.figure([bars, words], layout, title=title(steps), alt=alt(steps))


def reached(steps: list[chart.Record]) -> list[float]:
    """Where each step ends, in EUR million."""
    levels: list[float] = []
    for one in steps:
        amount = chart.millions(one["amount_eur"]) or 0.0
        levels.append(amount if one.get("step") in ENDS or not levels else levels[-1] + amount)
    return levels


def span(one: chart.Record, before: float, after: float) -> tuple[float, float]:
    """The lower and the upper end of a bar."""
    return (0.0, after) if one.get("step") in ENDS else (min(before, after), max(before, after))


def look(one: chart.Record) -> dict[str, Any]:
    """Both headlines as commitments; what adds, what takes away, and exchange rates apart."""
    if one.get("step") in ENDS:
        return theme.stage("commitment")
    if one.get("step") == "by_rate":
        return theme.hatched()
    return theme.solid(theme.GREEN if one["amount_eur"] > 0 else theme.VERMILLION)


def step_name(one: chart.Record) -> str:
    names = {
        "earlier": _("Committed before"),
        "added": _("New rows"),
        "withdrawn": _("Withdrawn"),
        "revised": _("Revised"),
        "corrected": _("Corrected"),
        "reclassified": _("Reclassified"),
        "by_rate": _("Exchange rates"),
        "later": _("Committed now"),
    }
    return names.get(str(one.get("step")), _("not stated"))


def amount_words(one: chart.Record) -> str:
    """The amount, with its sign where it is a step."""
    amount = one["amount_eur"]
    if one.get("step") in ENDS or not amount:
        return euros_short(amount)
    return (_("+{amount}") if amount > 0 else _("−{amount}")).format(amount=euros_short(abs(amount)))


def hover(one: chart.Record) -> str:
    return f"<b>{step_name(one)}</b><br>{told(one)}"


def told(one: chart.Record) -> str:
    """The amount in full, and of how many rows."""
    amount = euros(one["amount_eur"], exact=True)
    n = chart.whole(one.get("rows"))
    return ngettext("{amount}, {n} row", "{amount}, {n} rows", n).format(amount=amount, n=n) if n else amount


def connectors(levels: list[float]) -> list[dict[str, object]]:
    """Thin lines from the end of one bar to the next."""
    line = {"color": theme.GRID, "width": 1.5}
    return [
        {"type": "line", "x0": level, "x1": level, "y0": at, "y1": at + 1, "line": line, "layer": "below"}
        for at, level in enumerate(levels[:-1])
    ]


def title(steps: list[chart.Record]) -> str:
    """By how much the headline rose or fell, and what moved it most."""
    before, after = ((one["amount_eur"] if one.get("step") == end else 0) for one, end in ((steps[0], "earlier"), (steps[-1], "later")))
    moves = [one for one in steps if one.get("step") not in ENDS]
    words = {"before": euros_short(before), "after": euros_short(after), "change": euros_short(abs(after - before))}
    if not moves:
        return _("The headline is as it was: {after}").format(**words)
    words["most"] = step_name(max(moves, key=lambda one: abs(one["amount_eur"])))
    if after > before:
        return _("The headline rose by {change} to {after}; most of it: {most}").format(**words)
    if after < before:
        return _("The headline fell by {change} to {after}; most of it: {most}").format(**words)
    return _("The headline is as it was, {after}, though rows changed").format(**words)


def alt(steps: list[chart.Record]) -> str:
    """Every step with its amount."""
    parts = [_("{name}: {amount}").format(name=step_name(one), amount=told(one)) for one in steps]
    return _("Waterfall from the headline of one release to that of a later one. {steps}.").format(steps="; ".join(parts))
