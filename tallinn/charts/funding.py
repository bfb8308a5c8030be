"""Money by year and by category, and over time against what the Mechanism reports."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tallinn import theme
from tallinn.charts import chart, ranking
from tallinn.wording import _, decimal, euros, euros_short, ngettext, share

NO_CATEGORY = (None, "not_stated")


def funding_by_year(rows: pd.DataFrame) -> go.Figure:
    """Money by year, one bar a stage beside the other, never on top of it. Draws queries/funding_by_year.sql."""
    if rows.empty:
        return chart.empty(_("No money is on file for these filters."))
    records = chart.records(rows)
    labels = list(dict.fromkeys(period_name(one) for one in sorted(records, key=year_order)))
    groups = [[one for one in records if period_name(one) == label] for label in labels]
    placed = [(at + offset, width, one) for at, group in enumerate(groups) for offset, width, one in beside_each_other(group)]
    stages = list(dict.fromkeys(one.get("stage") for one in sorted(records, key=stage_order)))
    data = [stage_bars([spot for spot in placed if spot[2].get("stage") == stage]) for stage in stages]
    gone = [spot for spot in placed if spot[2].get("amount_eur") is None]
    if gone:
        hover = [described(one) for _x, _width, one in gone]
        mark = {"text": [""] * len(gone), "hovertext": hover, "name": _("No amount in euro"), "showlegend": True}
        data.append(chart.absent([x for x, _width, _one in gone], [0] * len(gone), hover, **mark))
    ticks = {"tickmode": "array", "tickvals": list(range(len(labels))), "ticktext": [chart.wrapped(label, 8) for label in labels]}
    layout = {
        "height": 340,
        "showlegend": True,
        "xaxis": {**theme.NAME_AXIS, **ticks, "range": [-0.5, len(labels) - 0.5]},
        "yaxis": chart.value_axis(_("EUR million"), range=year_range(records), showticklabels=len(gone) < len(records)),
    }
    return chart.figure(data, layout, title=year_title(records), alt=year_alt(records), notes=year_notes(records))


def beside_each_other(group: list[chart.Record]) -> list[tuple[float, float, chart.Record]]:
    """Offset and width of each bar of a group, so that none covers another."""
    width = min(0.8 / len(group), 0.5)
    return [((at - (len(group) - 1) / 2) * width, width * 0.92, one) for at, one in enumerate(sorted(group, key=stage_order))]


def year_range(records: list[chart.Record]) -> list[float]:
    """From zero, or from the largest correction below it, to a little above the highest bar."""
    amounts = chart.known(chart.millions(one.get("amount_eur")) for one in records)
    return [min([0.0, *amounts]) * 1.12, (max([0.0, *amounts]) or 1.0) * 1.12]


def stage_bars(spots: list[tuple[float, float, chart.Record]]) -> chart.Trace:
    """The bars of one stage."""
    drawn = [(x, width, one, float(one["amount_eur"]) / 1_000_000) for x, width, one in spots if one.get("amount_eur") is not None]
    first = spots[0][2]
    text = {"text": [decimal(value) for *_spot, value in drawn], "textposition": "outside", "textangle": 0}
    look = {"name": chart.harmless(stage_name(first)), "width": [width for _x, width, *_rest in drawn], "showlegend": bool(drawn)}
    hover = [described(one) for _x, _width, one, _value in drawn]
    marker = theme.stage(first.get("stage"))
    return chart.bar([x for x, *_rest in drawn], [value for *_spot, value in drawn], marker, hovertext=hover, **text, **look)


def period_name(one: chart.Record) -> str:
    year = one.get("year")
    return chart.words(one.get("period_label"), otherwise=_("no date") if year is None else str(int(year)))


def year_order(one: chart.Record) -> tuple[bool, int]:
    """Years first; then several years and no date, in the order of the query."""
    year = one.get("year")
    return year is None, chart.whole(year)


def stage_order(one: chart.Record) -> int:
    stages = list(theme.STAGES)
    return stages.index(one["stage"]) if one.get("stage") in stages else len(stages)


def stage_name(one: chart.Record) -> str:
    return chart.words(one.get("stage_name"), otherwise=chart.words(one.get("stage"), otherwise=_("stage not stated")))


def described(one: chart.Record) -> str:
    n = chart.whole(one.get("rows"))
    text = ngettext("<b>{period}</b><br>{stage}: {amount}<br>{n} row", "<b>{period}</b><br>{stage}: {amount}<br>{n} rows", n)
    names = {"period": chart.harmless(period_name(one)), "stage": chart.harmless(stage_name(one))}
    return text.format(amount=euros(one.get("amount_eur")), n=n, **names)


def year_title(records: list[chart.Record]) -> str:
    """The year with the largest commitments."""
    dated = [
        one for one in records if one.get("stage") == "commitment" and one.get("year") is not None and one.get("amount_eur") is not None
    ]
    if not dated:
        return _("No commitment has both a year and an amount in euro")
    first = max(dated, key=lambda one: float(one["amount_eur"]))
    amount = euros_short(first["amount_eur"])
    if len(dated) == 1:
        return _("{amount} was committed in {period}, the only year with a published amount").format(
            amount=amount, period=period_name(first)
        )
    return _("Commitments were largest in {period}: {amount}").format(period=period_name(first), amount=amount)


def year_alt(records: list[chart.Record]) -> str:
    """Every bar with its amount."""
    line = _("{period}, {stage}: {amount}")
    parts = [
        line.format(period=period_name(one), stage=stage_name(one), amount=euros(one.get("amount_eur")))
        for one in sorted(records, key=year_order)
    ]
    return _("Bars of money by year and stage. {bars}.").format(bars="; ".join(parts))


def year_notes(records: list[chart.Record]) -> list[str]:
    """The stages are one after another of the same money; and what has no bar."""
    n = sum(chart.whole(one.get("rows")) for one in records if one.get("amount_eur") is None)
    said = [_("Stages follow one another: a disbursement is part of an earlier commitment, so bars are not added up.")]
    if n:
        said.append(ngettext("{n} row has no amount in euro.", "{n} rows have no amount in euro.", n).format(n=n))
    return said


def funding_by_category(rows: pd.DataFrame) -> go.Figure:
    """Commitments by what they are for, largest first. Draws queries/funding_by_category.sql."""
    if rows.empty:
        return chart.empty(_("No commitment is on file for these filters."))
    records = chart.records(rows)
    ranked = [category_bar(one) for one in records]
    data, layout = ranking.bars(ranked, unit=_("EUR million"))
    line = _("{category}: {amount}")
    parts = [line.format(category=category_name(one), amount=euros(one.get("committed_eur"))) for one in records]
    alt = _("Bars of committed money by category. {bars}.").format(bars="; ".join(parts))
    return chart.figure(data, layout, title=category_title(records), alt=alt)


def category_bar(one: chart.Record) -> ranking.Ranked:
    amount, n, no_rate = one.get("committed_eur"), chart.whole(one.get("rows")), chart.whole(one.get("rows_without_rate"))
    row_words = ngettext("{n} row", "{n} rows", n).format(n=n)
    label = euros_short(amount) if amount is not None else _("no amount in euro, {rows}").format(rows=row_words)
    left_out = ngettext("{n} row not converted to euro", "{n} rows not converted to euro", no_rate).format(n=no_rate) if no_rate else ""
    told = [f"<b>{chart.harmless(category_name(one))}</b>", euros(amount), row_words, left_out]
    marker = theme.hatched() if one.get("category") in NO_CATEGORY else theme.stage("commitment")
    return ranking.Ranked(category_name(one), chart.millions(amount), label, "<br>".join(filter(None, told)), marker)


def category_name(one: chart.Record) -> str:
    return chart.words(one.get("category_name"), otherwise=chart.words(one.get("category"), otherwise=_("not stated")))


def category_title(records: list[chart.Record]) -> str:
    """Which category gets most, and how much of the money has no category."""
    amounts = [one for one in records if one.get("committed_eur") is not None]
    whole = chart.total(one["committed_eur"] for one in amounts)
    named: list[Any] = [one for one in amounts if one.get("category") not in (*NO_CATEGORY, "several_categories")]
    if not whole or not named:
        return _("No commitment with an amount in euro names a category")
    first = max(named, key=lambda one: float(one["committed_eur"]))
    part = float(first["committed_eur"]) / whole
    text = _("{share} of the committed money is for one category, {category}: {amount}")
    return text.format(share=share(part), category=category_name(first), amount=euros_short(first["committed_eur"]))
