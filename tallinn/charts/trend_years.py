"""Incidents of one list, year over year: the months of each year over each other."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go
from babel.dates import get_month_names

from tallinn import theme, trends
from tallinn.charts import chart
from tallinn.charts.trends import Series, trend_alt
from tallinn.wording import _, change, count, locale, ngettext, period


def incident_years(rows: pd.DataFrame) -> go.Figure:
    """Months of each year over each other, the last year strongest. Draws queries/incident_trend.sql by month."""
    series = [{**one, "day": chart.as_date(one.get("period_start"))} for one in chart.records(rows)]
    series = [one for one in series if one["day"] is not None and not one.get("incomplete") and one.get("incidents") is not None]
    parts = trends.stretches([chart.whole(one["incidents"]) for one in series])
    series = [one for start, end in parts for one in series[start:end]]
    years = sorted({one["day"].year for one in series})[-5:]
    if len(years) < 2:
        return chart.empty(_("There are not yet two years to compare month by month."))
    data = [year_trace([one for one in series if one["day"].year == year], year, years) for year in years]
    names = get_month_names("abbreviated", context="stand-alone", locale=locale())
    layout = {
        "height": 320,
        "showlegend": True,
        "xaxis": {
            **theme.NAME_AXIS,
            "tickmode": "array",
            "tickvals": list(range(1, 13, 2)),
            "ticktext": [names[month] for month in range(1, 13, 2)],
            "range": [0.5, 12.5],
        },
        "yaxis": chart.value_axis(_("incidents in the month")),
    }
    title = years_title(series, years)
    return chart.figure(data, layout, title=title, alt=trend_alt(series, title))


def year_trace(series: Series, year: int, years: Sequence[int]) -> chart.Trace:
    last = year == years[-1]
    color = theme.ATTACKS if last else theme.SERIES[1 + years.index(year)]
    hover = [_("{day}: {n}").format(day=period(f"{one['day']:%Y-%m}"), n=count(one["incidents"])) for one in series]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": str(year),
        "x": [one["day"].month for one in series],
        "y": [chart.whole(one["incidents"]) for one in series],
        "line": {
            "color": color,
            "width": 4 if last else 2,
            "dash": "solid" if last else ("dot", "dash", "dashdot", "longdash")[years.index(year) % 4],
        },
        "marker": {"color": color, "size": 6 if last else 4},
        "hoverinfo": "text",
        "hovertext": hover,
    }


def years_title(series: Series, years: Sequence[int]) -> str:
    """The months that the last year has, against the same months of the year before."""
    months = {one["day"].month for one in series if one["day"].year == years[-1]}
    last, before = (
        sum(chart.whole(one["incidents"]) for one in series if one["day"].year == year and one["day"].month in months)
        for year in years[-1:-3:-1]
    )
    words = {"year": str(years[-1]), "before": str(years[-2]), "n": count(last), "months": count(len(months))}
    if not before:
        return ngettext(
            "{year}: {n} incident; none in the same months of {before}", "{year}: {n} incidents; none in the same months of {before}", last
        ).format(**words)
    if last == before:
        return _("{year}: as many incidents as in the same months of {before}").format(**words)
    return _("{year}: {change} on the same months of {before}").format(change=change(last / before - 1), **words)
