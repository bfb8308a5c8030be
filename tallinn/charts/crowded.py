"""More incidents than dots could show: a field for each month and lane, the stronger in colour the more of them."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tallinn import theme
from tallinn.charts import chart
from tallinn.wording import _, count, ngettext, period

LANE_HEIGHT = 34


def incidents_by_month(rows: pd.DataFrame, *, lane: str) -> go.Figure:
    """Numbers of incidents by month, one lane a type or a sector; one of several sectors counts in the lane of each."""
    spots = pd.DataFrame({"month": pd.to_datetime(rows["date_start"]).dt.strftime("%Y-%m"), "lane": rows[lane]})
    without = int(spots["month"].isna().sum())
    spots["lane"] = spots["lane"].map(lambda value: chart.members(value) or [_("not stated")])
    table = spots.explode("lane").groupby(["lane", "month"]).size().unstack(fill_value=0)
    table = table.loc[table.sum(axis="columns").sort_values(ascending=False, kind="stable").index]
    months = [str(month) for month in pd.period_range(min(table.columns), max(table.columns), freq="M")]
    table = table.reindex(columns=months, fill_value=0)
    names = [chart.wrapped(str(name), 16) for name in table.index]
    layout = {
        "height": len(names) * LANE_HEIGHT + chart.FOOT,
        "xaxis": theme.TIME_AXIS,
        "yaxis": chart.name_axis(names),
    }
    text = _("{n} listed incidents; most often: {name} ({most})")
    title = text.format(n=count(len(rows)), name=table.index[0], most=count(int(table.iloc[0].sum())))
    return chart.figure([fields(table)], layout, title=title, alt=alt(table), notes=notes(without))


def fields(table: pd.DataFrame) -> chart.Trace:
    """A heat map: lanes from the top, months across. A month without an incident stays empty."""
    numbers: list[list[int]] = table.to_numpy().tolist()
    hover = [
        [f"<b>{chart.harmless(str(name))}</b><br>{period(month)}: {count(n)}" for month, n in zip(table.columns, row, strict=True)]
        for name, row in zip(table.index, numbers, strict=True)
    ]
    return {
        "type": "heatmap",
        "x": [f"{month}-15" for month in table.columns],
        "y": list(range(len(table))),
        "z": [[n or None for n in row] for row in numbers],
        "zmin": 0,
        "colorscale": [[0, theme.pale(theme.ATTACKS, 0.12)], [1, theme.ATTACKS]],
        "showscale": False,
        "xgap": 1,
        "ygap": 2,
        "hoverinfo": "text",
        "hovertext": hover,
    }


def alt(table: pd.DataFrame) -> str:
    """Each lane with its number in each year."""
    years = table.T.groupby(lambda month: str(month)[:4]).sum().T
    line = _("{name}: {years}")
    parts = [line.format(name=name, years=", ".join(_in_year(year, row[year]) for year in years.columns)) for name, row in years.iterrows()]
    return _("Listed incidents by month. {incidents}.").format(incidents="; ".join(parts))


def _in_year(year: Any, n: int) -> str:
    return _("{n} in {year}").format(n=count(n), year=year)


def notes(without: int) -> list[str]:
    """That the list is a choice, what the fields mean, and how many have no date."""
    said = [
        _("The list is a selection of notable incidents, not a count."),
        _("Each field is a month: the stronger its colour, the more incidents."),
    ]
    text = ngettext("{n} has no date and is in the table only.", "{n} have no date and are in the table only.", without)
    return [*said, text.format(n=count(without))] if without else said
