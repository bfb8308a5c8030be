"""From all rows on file to the headline: what is left out, and why."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tallinn import theme
from tallinn.charts import chart
from tallinn.wording import _, euros, euros_short, ngettext

KINDS = ("all", "less", "counted", "shown_separately")


@dataclass(frozen=True)
class Step:
    """One line of the bridge: where its bar starts, how long it is (EUR million; None where not known)."""

    kind: str
    name: str
    rows: str
    label: str
    start: float
    length: float | None
    hover: str


def counting_waterfall(rows: pd.DataFrame) -> go.Figure:
    """All rows, less what does not count and why, down to the headline. Draws queries/counting_waterfall.sql."""
    records = [one for one in chart.records(rows) if one.get("kind") in KINDS]
    if not records:
        return chart.empty(_("There are no rows on file to count."))
    lines = bridge(records)
    names = [_("{name} ({rows})").format(name=chart.wrapped(one.name, 42, lines=1), rows=one.rows) for one in lines]
    axis = chart.amount_axis(
        _("EUR million"), [None if one.length is None else one.start + one.length for one in lines], [one.label for one in lines]
    )
    layout = {
        "height": len(lines) * 44 + chart.FOOT,
        "xaxis": axis,
        "yaxis": {**chart.name_axis(names), "showticklabels": False},
        "annotations": [chart.annotation(name, x=0, xref="paper", y=at - 0.33) for at, name in enumerate(names)],
        "shapes": connectors(lines),
    }
    return chart.figure(traces(lines, axis["range"][1] * 0.012), layout, title=title(records), alt=alt(records))


def bridge(records: list[chart.Record]) -> list[Step]:
    """The lines in their order, each bar hanging from where the one before it ends; what is shown separately moves nothing."""
    steps, level = [], 0.0
    for one in records:
        amount = chart.millions(one.get("amount_eur"))
        if one["kind"] == "shown_separately":
            steps.append(step(one, start=0.0, length=None))
        elif one["kind"] == "less":
            level -= amount or 0
            steps.append(step(one, start=level, length=amount))
        else:
            level = amount or 0
            steps.append(step(one, start=0.0, length=amount))
    return steps


def step(one: chart.Record, *, start: float, length: float | None) -> Step:
    name = chart.words(one.get("label"), otherwise=chart.words(one.get("reason"), otherwise=kind_name(one["kind"])))
    n = chart.whole(one.get("rows"))
    hover = _("<b>{name}</b><br>{amount}<br>{rows}").format(
        name=chart.harmless(name), amount=euros(one.get("amount_eur")), rows=row_words(one)
    )
    return Step(one["kind"], name, ngettext("{n} row", "{n} rows", n).format(n=n), amount_words(one), start, length, hover)


def kind_name(kind: str) -> str:
    return {
        "all": _("All rows on file"),
        "less": _("Reason not stated"),
        "counted": _("Counted: the headline"),
        "shown_separately": _("Shown separately"),
    }[kind]


def amount_words(one: chart.Record) -> str:
    """The amount with its sign in the bridge."""
    amount = one.get("amount_eur")
    if amount is None:
        return _("shown separately") if one["kind"] == "shown_separately" else _("no value in euro")
    return _("−{amount}").format(amount=euros_short(amount)) if one["kind"] == "less" else euros_short(amount)


def row_words(one: chart.Record) -> str:
    """How many rows, and how many of them without a value in euro."""
    n, without = chart.whole(one.get("rows")), chart.whole(one.get("rows_without_eur"))
    if not without:
        return ngettext("{n} row", "{n} rows", n).format(n=n)
    return ngettext("{n} row, {without} without value", "{n} rows, {without} without value", n).format(n=n, without=without)


def traces(lines: list[Step], mark_at: float) -> list[chart.Trace]:
    """Bars for known amounts, words for the rest."""
    here = [(at + 0.14, one) for at, one in enumerate(lines) if one.length is not None]
    gone = [(at + 0.14, one) for at, one in enumerate(lines) if one.length is None]
    looks = {"all": theme.solid(theme.SLATE), "less": theme.hatched(), "counted": theme.stage("commitment")}
    text: dict[str, Any] = {"hovertext": [one.hover for _at, one in here], "base": [one.start for _at, one in here]}
    marker = theme.each([looks[one.kind] for _at, one in here])
    bars = chart.bar([one.length for _at, one in here], [at for at, _one in here], marker, orientation="h", width=0.46, **text)
    ends = [one.start + max(one.length or 0, 0) for _at, one in here]
    labels = {"mode": "text", "text": [f" {one.label}" for _at, one in here], "textposition": "middle right", "hoverinfo": "skip"}
    words = {"type": "scatter", "x": ends, "y": [at for at, _one in here], "cliponaxis": False, **labels}
    drawn = [bars, words]
    for kind in KINDS:
        words_only = [(at, one) for at, one in gone if one.kind == kind]
        if words_only:
            places = [max(one.start, 0) + mark_at for _at, one in words_only]
            mode = "text" if kind == "shown_separately" else "markers+text"
            texts = [one.label for _at, one in words_only]
            drawn.append(
                chart.absent(places, [at for at, _one in words_only], texts, mode=mode, hovertext=[one.hover for _at, one in words_only])
            )
    return drawn


def connectors(lines: list[Step]) -> list[dict[str, Any]]:
    """Thin lines that lead from the end of one bar to the start of the next."""
    look = {"color": theme.GRID, "width": 1.5}
    drawn = [(at, one.start if one.kind == "less" else one.length or 0) for at, one in enumerate(lines) if one.kind != "shown_separately"]
    return [
        {"type": "line", "x0": level, "x1": level, "y0": at + 0.14, "y1": after + 0.14, "line": look, "layer": "below"}
        for (at, level), (after, _level) in pairwise(drawn)
    ]


def title(records: list[chart.Record]) -> str:
    """How many rows count, and what they add up to."""
    everything = sum(chart.whole(one.get("rows")) for one in records if one.get("kind") == "all")
    counted = [one for one in records if one.get("kind") == "counted"]
    n, amount = sum(chart.whole(one.get("rows")) for one in counted), chart.total(one.get("amount_eur") for one in counted)
    if amount is None:
        return _("None of the rows on file counts towards the headline")
    text = ngettext(
        "{n} of {everything} rows on file makes up the {amount} committed",
        "{n} of {everything} rows on file make up the {amount} committed",
        n,
    )
    return text.format(n=n, everything=everything, amount=euros_short(amount))


def alt(records: list[chart.Record]) -> str:
    """Every step with its amount and rows."""
    line = _("{name}: {amount}, {rows}")
    parts = [
        line.format(name=step(one, start=0, length=None).name, amount=euros(one.get("amount_eur")), rows=row_words(one)) for one in records
    ]
    return _("Waterfall from all rows on file to the amount that counts. {steps}.").format(steps="; ".join(parts))
