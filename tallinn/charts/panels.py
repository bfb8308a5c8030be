"""Several donors beside each other: a panel of years for each, all with the same axes."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tallinn import theme
from tallinn.charts import chart
from tallinn.charts.growth import stage_words
from tallinn.wording import _, decimal, euros, euros_short

SHOWN = ("commitment", "disbursement")
PANEL, HEAD = 150, 34
"""Pixels of one donor's panel, and of its name above it."""
LEGEND = 46


def donor_years(rows: pd.DataFrame) -> go.Figure:
    """Committed and paid in each year, a panel for each donor, one under the other. Draws queries/donor_years.sql."""
    if rows.empty:
        return chart.empty(_("No donor is chosen."))
    records = chart.records(rows)
    dated = [one for one in records if one.get("year") is not None and one.get("amount_eur") is not None]
    notes = without_year(records)
    if not dated:
        return chart.empty(_("None of these donors has published an amount with a year."), notes=notes)
    donors = list(dict.fromkeys(map(donor_name, records)))
    years = [int(one["year"]) for one in dated]
    millions = [float(one["amount_eur"]) / 1_000_000 for one in dated]
    scales = ([min(years) - 0.5, max(years) + 0.5], [min([0.0, *millions]) * 1.2, (max([0.0, *millions]) or 1.0) * 1.2])
    layout: dict[str, Any] = {"height": len(donors) * (PANEL + HEAD) + chart.FOOT + LEGEND, "showlegend": True, "annotations": []}
    data = [chart.legend_only(stage_words(stage), theme.stage(stage)) for stage in SHOWN]
    for at, donor in enumerate(donors):
        own = [one for one in dated if donor_name(one) == donor]
        data += [year_bars(own, stage, axis_name(at)) for stage in SHOWN]
        add_panel(layout, at, len(donors), scales)
        layout["annotations"] += panel_words(donor, at, scales[0], is_empty=not own)
    return chart.figure(data, layout, title=years_title(dated), alt=years_alt(donors, dated, notes), notes=notes)


def axis_name(at: int) -> str:
    """What Plotly calls the axes of a panel: nothing, 2, 3, …"""
    return str(at + 1) if at else ""


def add_panel(layout: dict[str, Any], at: int, panels: int, scales: tuple[list[float], list[float]]) -> None:
    """The axes of one panel: the same for all, the years named under the lowest alone."""
    name, whole = axis_name(at), panels * (PANEL + HEAD)
    bottom, top = (1 - (at * (PANEL + HEAD) + pixels) / whole for pixels in (HEAD + PANEL, HEAD))
    years, amounts = scales
    ticks = list(range(int(years[0] + 0.5), int(years[1] + 0.5)))
    layout[f"xaxis{name}"] = {
        **theme.NAME_AXIS,
        "anchor": f"y{name}",
        "range": years,
        "tickmode": "array",
        "tickvals": ticks,
        "ticktext": [str(year) for year in ticks],
        "showticklabels": at == panels - 1,
    }
    layout[f"yaxis{name}"] = chart.value_axis(_("EUR million"), anchor=f"x{name}", range=amounts, domain=[max(bottom, 0), top], nticks=4)


def panel_words(donor: str, at: int, years: list[float], *, is_empty: bool) -> list[dict[str, Any]]:
    """The donor's name above its panel, and words in it where there is no bar."""
    place = {"xref": f"x{axis_name(at)}", "yref": f"y{axis_name(at)} domain"}
    named = chart.annotation(f"<b>{chart.wrapped(donor, 40, lines=1)}</b>", x=0, y=1, yanchor="bottom", **{**place, "xref": "paper"})
    silent = chart.annotation(_("no amount with a year"), x=sum(years) / 2, y=0.5, xanchor="center", **place)
    return [named, silent] if is_empty else [named]


def year_bars(own: list[chart.Record], stage: str, name: str) -> chart.Trace:
    """The bars of one stage in one panel, beside those of the other."""
    bars = [one for one in own if one.get("stage") == stage]
    shift = -0.2 if stage == SHOWN[0] else 0.2
    look = {
        "width": 0.38,
        "hovertext": [described(one) for one in bars],
        "text": [millions_words(float(one["amount_eur"]) / 1_000_000) for one in bars],
        "textposition": "outside",
        "textangle": 0,
        "showlegend": False,
        "xaxis": f"x{name}",
        "yaxis": f"y{name}",
    }
    places = [int(one["year"]) + shift for one in bars]
    return chart.bar(places, [float(one["amount_eur"]) / 1_000_000 for one in bars], theme.stage(stage), **look)


def millions_words(amount: float) -> str:
    """An amount over its bar, with the decimals that it takes not to look like nothing."""
    return decimal(amount, digits=1 if abs(amount) >= 0.05 or not amount else 3)


def described(one: chart.Record) -> str:
    words = {"donor": chart.harmless(donor_name(one)), "year": int(one["year"]), "stage": stage_words(one["stage"])}
    return _("<b>{donor}, {year}</b><br>{stage}: {amount}").format(amount=euros(one["amount_eur"]), **words)


def donor_name(one: chart.Record) -> str:
    return chart.words(one.get("donor"), otherwise=chart.words(one.get("donor_id"), otherwise=_("donor not stated")))


def years_title(dated: list[chart.Record]) -> str:
    """Whose commitments of one year were the largest."""
    committed = [one for one in dated if one.get("stage") == "commitment"]
    if not committed:
        return _("None of these donors has published a commitment with a year")
    first = max(committed, key=lambda one: float(one["amount_eur"]))
    words = {"donor": donor_name(first), "year": int(first["year"]), "amount": euros_short(first["amount_eur"])}
    return _("Most was committed by {donor} in {year}: {amount}").format(**words)


def years_alt(donors: Sequence[str], dated: list[chart.Record], notes: Sequence[str]) -> str:
    """Every bar of every panel."""
    line, told = _("{year}, {stage}: {amount}"), []
    for donor in donors:
        bars = "; ".join(
            line.format(year=int(one["year"]), stage=stage_words(one["stage"]), amount=euros(one["amount_eur"]))
            for one in dated
            if donor_name(one) == donor and one.get("stage") in SHOWN
        )
        told.append(_("{donor}: {bars}.").format(donor=donor, bars=bars or _("no amount with a year")))
    return " ".join([_("A panel of bars by year for each donor, all with the same axes. {panels}").format(panels=" ".join(told)), *notes])


def without_year(records: list[chart.Record]) -> list[str]:
    """What has no year, or several, and so no bar."""
    gone = [one for one in records if one.get("year") is None and one.get("amount_eur") is not None and one.get("stage") in SHOWN]
    text = _("{donor}, {stage} without a single year: {amount}")
    parts = [text.format(donor=donor_name(one), stage=stage_words(one["stage"]), amount=euros_short(one["amount_eur"])) for one in gone]
    return [_("Not drawn: {parts}.").format(parts="; ".join(parts))] if parts else []
