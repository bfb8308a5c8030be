"""What a list of incidents is made of: days of the week, severities, sectors and kinds."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go
from babel.dates import get_day_names

from tallinn import theme, trends
from tallinn.charts import chart
from tallinn.wording import _, count, decimal, locale, share

SEVERITIES = ("critical", "high", "medium", "low")
LARGEST = 12
"""Sectors and kinds that have room beside each other."""


def incident_weekdays(rows: pd.DataFrame) -> go.Figure:
    """Incidents by day of the week, with a test whether they differ by more than chance. Draws queries/incident_weekdays.sql."""
    found = {
        chart.whole(one.get("weekday")): chart.whole(one.get("incidents")) for one in chart.records(rows) if one.get("weekday") is not None
    }
    numbers = [found.get(number, 0) for number in range(1, 8)]
    if not any(numbers):
        return chart.empty(_("No incident of this list has a day."))
    names = get_day_names("abbreviated", context="stand-alone", locale=locale())
    labels = [names[number] for number in range(7)]
    likely = trends.unequal(numbers, [sum(numbers) / 7] * 7)
    hover = [f"<b>{name}</b><br>{count(n)}" for name, n in zip(labels, numbers, strict=True)]
    data = [chart.bar(list(range(7)), numbers, theme.solid(theme.ATTACKS), width=0.65, hovertext=hover)]
    layout = {
        "height": 280,
        "xaxis": {**theme.NAME_AXIS, "tickmode": "array", "tickvals": list(range(7)), "ticktext": labels},
        "yaxis": chart.value_axis(_("incidents")),
    }
    most = max(range(7), key=lambda at: numbers[at])
    words = {"day": labels[most], "share": share(numbers[most] / sum(numbers))}
    if likely is None:
        title, note = _("Too few incidents to tell the days of the week apart"), _("Fewer than five are expected on each day.")
    elif likely < 1 - trends.SURE:
        title = _("Most on {day}: {share} of all").format(**words)
        note = _("Differences as large as these come by chance with less than 5 % (chi-square test): p = {p}.").format(
            p=decimal(likely, digits=3)
        )
    else:
        title = _("No day of the week stands out")
        note = _("Differences as large as these come easily by chance (chi-square test): p = {p}.").format(p=decimal(likely, digits=2))
    alt = "; ".join(_("{name}: {n}").format(name=name, n=count(n)) for name, n in zip(labels, numbers, strict=True))
    return chart.figure(data, layout, title=title, alt=alt, notes=[note])


def incident_severities(rows: pd.DataFrame) -> go.Figure:
    """The mix of severities in each year, as parts of all. Draws queries/incident_severities.sql."""
    records = [one for one in chart.records(rows) if one.get("year") is not None]
    if not records:
        return chart.empty(_("No incident of this list has a date."))
    years = sorted({chart.whole(one["year"]) for one in records})
    kinds = list(dict.fromkeys([*SEVERITIES, *sorted(str(one["severity"]) for one in records if one.get("severity"))]))
    numbers = {(chart.whole(one["year"]), str(one.get("severity") or "")): chart.whole(one.get("incidents")) for one in records}
    totals = {year: sum(n for (of, _kind), n in numbers.items() if of == year) for year in years}
    names = {str(one.get("severity") or ""): chart.words(one.get("severity_name")) for one in records}
    data = [severity_bar(kind, at, names[kind], years, numbers, totals) for at, kind in enumerate([*kinds, ""]) if kind in names]
    layout = {
        "height": 320,
        "barmode": "stack",
        "showlegend": True,
        "xaxis": {**theme.NAME_AXIS, "tickmode": "array", "tickvals": list(range(len(years))), "ticktext": [str(year) for year in years]},
        "yaxis": chart.value_axis(_("part of all incidents"), range=[0, 1], tickformat=".0%"),
    }
    return chart.figure(data, layout, title=severity_title(years, numbers, totals), alt=severity_alt(years, names, numbers))


def severity_bar(
    kind: str, at: int, name: str, years: Sequence[int], numbers: dict[tuple[int, str], int], totals: dict[int, int]
) -> chart.Trace:
    colors = {"critical": theme.VERMILLION, "high": theme.ORANGE, "medium": theme.SKY, "low": theme.SLATE}
    look = theme.solid(colors.get(kind, theme.SERIES[at % len(theme.SERIES)])) if kind else theme.hatched()
    values = [numbers.get((year, kind), 0) / totals[year] if totals[year] else None for year in years]
    hover = [f"<b>{chart.harmless(name)}, {year}</b><br>{count(numbers.get((year, kind), 0))}" for year in years]
    return chart.bar(list(range(len(years))), values, look, name=chart.harmless(name), width=0.65, hovertext=hover)


def severity_title(years: Sequence[int], numbers: dict[tuple[int, str], int], totals: dict[int, int]) -> str:
    """What part was critical or high in the last year and in the one before."""
    grave = [sum(numbers.get((year, kind), 0) for kind in ("critical", "high")) / totals[year] if totals[year] else None for year in years]
    if not any(grave) or grave[-1] is None:
        return _("Severity as stated")
    if len(years) < 2 or grave[-2] is None:
        return _("{share} critical or high in {year}").format(share=share(grave[-1]), year=str(years[-1]))
    words = {"share": share(grave[-1]), "year": str(years[-1]), "before": share(grave[-2])}
    return _("{share} critical or high in {year}, after {before} the year before").format(**words)


def severity_alt(years: Sequence[int], names: dict[str, str], numbers: dict[tuple[int, str], int]) -> str:
    line = _("{year}: {parts}.")
    told = [
        line.format(
            year=year,
            parts="; ".join(
                _("{name}: {n}").format(name=name, n=count(numbers[year, kind])) for kind, name in names.items() if (year, kind) in numbers
            ),
        )
        for year in years
    ]
    return _("Severities by year. {lines}").format(lines=" ".join(told))


def incident_sector_types(rows: pd.DataFrame) -> go.Figure:
    """Sectors against kinds of incident: how many in each field. Draws queries/incident_sector_types.sql."""
    records = chart.records(rows)
    if not records:
        return chart.empty(_("This list has no incident."))
    sectors, kinds = (largest(records, name) for name in ("sector_name", "type_name"))
    numbers: dict[tuple[str, str], int] = {}
    for one in records:
        at = (chart.words(one.get("sector_name")), chart.words(one.get("type_name")))
        numbers[at] = numbers.get(at, 0) + chart.whole(one.get("incidents"))
    table = [[numbers.get((sector, kind)) for kind in kinds] for sector in sectors]
    hover = [
        [f"<b>{chart.harmless(sector)}</b><br>{chart.harmless(kind)}: {count(numbers.get((sector, kind), 0))}" for kind in kinds]
        for sector in sectors
    ]
    heat = {
        "type": "heatmap",
        "z": table,
        "y": list(range(len(sectors))),
        "zmin": 0,
        "colorscale": [[0, theme.pale(theme.ATTACKS, 0.06)], [1, theme.pale(theme.ATTACKS, 0.6)]],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverinfo": "text",
        "hovertext": hover,
    }
    labels = [
        chart.annotation(count(n), x=at, y=line, xanchor="center", align="center")
        for line, fields in enumerate(table)
        for at, n in enumerate(fields)
        if n
    ]
    layout = {
        "height": len(sectors) * 36 + 150,
        "xaxis": {
            **theme.NAME_AXIS,
            "side": "top",
            "tickangle": -90,
            "tickmode": "array",
            "tickvals": list(range(len(kinds))),
            "ticktext": [chart.wrapped(kind, 18, lines=1) for kind in kinds],
        },
        "yaxis": chart.name_axis([chart.wrapped(sector, 18, lines=2) for sector in sectors]),
        "annotations": labels,
    }
    (sector, kind), most = max(numbers.items(), key=lambda item: item[1])
    title = _("Most often {kind} against {sector}: {n}").format(kind=kind, sector=sector, n=count(most))
    alt = "; ".join(
        _("{sector}, {kind}: {n}").format(sector=of, kind=how, n=count(n))
        for (of, how), n in sorted(numbers.items(), key=lambda item: -item[1])[:60]
    )
    return chart.figure(
        [heat], layout, title=title, alt=alt, notes=[_("The {n} largest sectors and kinds are shown.").format(n=count(LARGEST))]
    )


def largest(records: list[chart.Record], name: str) -> list[str]:
    """The names with the most incidents."""
    totals: dict[str, int] = {}
    for one in records:
        totals[chart.words(one.get(name))] = totals.get(chart.words(one.get(name)), 0) + chart.whole(one.get("incidents"))
    return sorted(totals, key=lambda each: (-totals[each], each))[:LARGEST]
