"""Official counts of cyberattacks: one series at a time, comparable by their number a day."""

import re
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tallinn import theme
from tallinn.charts import chart, ranking, units
from tallinn.wording import _, change, count, decimal, share


def attacks_by_year(rows: pd.DataFrame, *, unit: str = "") -> go.Figure:
    """Incidents a calendar year with their daily average; incomplete years striped, other reports marked.

    Draws queries/attacks_by_year.sql. `unit` is the series' word for what it counts: incidents or events.
    """
    records = sorted((one for one in chart.records(rows) if one.get("year") is not None), key=lambda one: int(one["year"]))
    if not records:
        return chart.empty(_("This series has no count of a calendar year."))
    unit = unit or str(records[-1].get("unit") or "incidents")
    counted = [one for one in records if one.get("incidents") is not None]
    data = [year_bars(counted, unit), other_reports(records)] if counted else []
    silent = years_without(records)
    if silent:
        words = [_("not<br>published")] * len(silent)
        data.append(chart.absent(silent, [0] * len(silent), words, textposition="top center", hovertext=[str(year) for year in silent]))
    years = list(range(int(records[0]["year"]), int(records[-1]["year"]) + 1))
    ticks = {"tickmode": "array", "tickvals": years, "ticktext": [str(year) for year in years], "range": [years[0] - 0.6, years[-1] + 0.6]}
    top = max([float(one["incidents"]) for one in counted] + [value for one in records for value in alternatives(one)], default=1.0) or 1.0
    axis = chart.value_axis(chart.harmless(units.a_year(unit)), range=[0, top * 1.28])
    layout = {"height": 340, "xaxis": {**theme.NAME_AXIS, **ticks}, "yaxis": axis}
    return chart.figure(data, layout, title=year_title(records, unit), alt=year_alt(records, unit), notes=year_notes(records, unit))


def year_bars(counted: list[chart.Record], unit: str) -> chart.Trace:
    markers = [theme.hatched(theme.ATTACKS) if one.get("complete") is False else theme.solid(theme.ATTACKS) for one in counted]
    text = {"text": [bar_label(one, short=len(counted) > 5) for one in counted], "textposition": "outside", "textangle": 0}
    hover = [described(one, unit) for one in counted]
    heights = [float(one["incidents"]) for one in counted]
    return chart.bar([int(one["year"]) for one in counted], heights, theme.each(markers), width=0.66, hovertext=hover, **text)


def bar_label(one: chart.Record, *, short: bool) -> str:
    """The count, its daily average and its change on the year before."""
    lines = [f"<b>{count(one['incidents'])}</b>"]
    if one.get("per_day") is not None and not short:
        lines.append(_("{n} a day").format(n=decimal(one["per_day"])))
    if one.get("change_on_year") is not None:
        lines.append(change(one["change_on_year"]))
    return "<br>".join(lines)


def other_reports(records: list[chart.Record]) -> chart.Trace:
    """A dash at each figure that another report gives for the same year."""
    marks = [(int(one["year"]), value) for one in records for value in alternatives(one)]
    mark = {"symbol": "line-ew-open", "size": 34, "color": theme.GREY, "line": {"width": 2, "color": theme.GREY}}
    hover = [_("another report says {n}").format(n=count(value)) for _year, value in marks]
    place = {"x": [year for year, _value in marks], "y": [value for _year, value in marks]}
    return {"type": "scatter", "mode": "markers", **place, "marker": mark, "hoverinfo": "text", "hovertext": hover}


def alternatives(one: chart.Record) -> list[float]:
    """Other figures of the same year: a list, or text such as "2541; 2600 (later revision)" where each part begins with its number."""
    found = [re.match(r"\d[\d,\u00a0 ]*", part) for part in chart.members(one.get("alternatives"))]
    return [float(re.sub(r"\D", "", match.group())) for match in found if match]


def years_without(records: list[chart.Record]) -> list[int]:
    """Years between the first and the last for which no count is known."""
    counted = {int(one["year"]) for one in records if one.get("incidents") is not None}
    return [year for year in range(int(records[0]["year"]), int(records[-1]["year"]) + 1) if year not in counted]


def described(one: chart.Record, unit: str) -> str:
    told = [f"<b>{int(one['year'])}</b>", chart.harmless(units.counted(one["incidents"], unit))]
    if one.get("per_day") is not None:
        told.append(_("{n} a day").format(n=decimal(one["per_day"])))
    if one.get("change_on_year") is not None:
        told.append(_("{change} on the year before").format(change=change(one["change_on_year"])))
    if one.get("complete") is False:
        told.append(_("incomplete: only {days} days counted").format(days=count(one.get("days"))))
    return "<br>".join(told)


def year_title(records: list[chart.Record], unit: str) -> str:
    """The last complete year, its daily average and its change."""
    counted = [one for one in records if one.get("incidents") is not None and one.get("complete") is not False]
    if not counted:
        return _("No count of a complete year has been published")
    last = counted[-1]
    facts = {"counted": units.counted(last["incidents"], unit), "year": int(last["year"]), "per_day": decimal(last.get("per_day"))}
    if last.get("per_day") is None:
        return _("{counted} in {year}").format(**facts)
    if last.get("change_on_year") is None:
        return _("{counted} in {year}, {per_day} a day").format(**facts)
    more = float(last["change_on_year"]) >= 0
    text = (
        _("{counted} in {year}, {per_day} a day: {change} more than the year before")
        if more
        else _("{counted} in {year}, {per_day} a day: {change} fewer than the year before")
    )
    return text.format(change=share(abs(float(last["change_on_year"]))), **facts)


def year_alt(records: list[chart.Record], unit: str) -> str:
    """Every year with its count."""
    parts = [
        described({**one, "incidents": one.get("incidents")}, unit).replace("<br>", ", ").replace("<b>", "").replace("</b>", "")
        for one in records
    ]
    return _("Bars by year, {unit}. {years}.").format(unit=units.a_year(unit), years="; ".join(parts))


def year_notes(records: list[chart.Record], unit: str) -> list[str]:
    """Other reports of the same year, and incomplete years."""
    said = [
        _("{year}: another report says {others}, not {n}.").format(
            year=int(one["year"]), others=", ".join(count(value) for value in alternatives(one)), n=count(one.get("incidents"))
        )
        for one in records
        if alternatives(one)
    ]
    part = [
        _("{year} is incomplete: {counted} in {days} days.").format(
            year=int(one["year"]), counted=units.counted(one.get("incidents"), unit), days=count(one.get("days"))
        )
        for one in records
        if one.get("complete") is False
    ]
    changed = [
        _("The rules of counting changed between {before} and {year}, so no change is given.").format(
            before=int(one["year"]) - 1, year=int(one["year"])
        )
        for one in records
        if one.get("rules_changed")
    ]
    return [*said, *part, *changed]


def attack_breakdown(rows: pd.DataFrame, *, period: str | None = None) -> go.Figure:
    """Counts of one period by sector, type or severity; the latest period unless one is named. Draws queries/attack_breakdown.sql."""
    records = [] if rows.empty else chart.records(rows)
    chosen = period if period is not None else latest_period(records)
    parts = [one for one in records if one.get("period") == chosen]
    if not parts:
        return chart.empty(_("No breakdown has been published for this period."))
    parts.sort(key=lambda one: -1 if one.get("count") is None else float(one["count"]), reverse=True)
    data, layout = ranking.bars([part_bar(one) for one in parts], unit=_("count"))
    told = "; ".join(_("{name}: {n}").format(name=chart.words(one.get("value_name")), n=count(one.get("count"))) for one in parts)
    when = chart.words(parts[0].get("period_label"), otherwise=_("date not stated"))
    alt = _("Bars of counts in {period}. {bars}.").format(period=when, bars=told)
    note = _("Only the parts that were published are shown; they need not add up to the total.")
    return chart.figure(data, layout, title=part_title(parts, when), alt=alt, notes=[note])


def latest_period(records: list[chart.Record]) -> Any:
    """The period that starts last; of several, the one with most parts."""
    if not records:
        return None
    periods = [one.get("period") for one in records]
    return max(records, key=lambda one: (str(one.get("period_start") or ""), periods.count(one.get("period")))).get("period")


def part_bar(one: chart.Record) -> ranking.Ranked:
    name, n, part = chart.words(one.get("value_name")), one.get("count"), one.get("share_of_total")
    label = count(n) if part is None or n is None else _("{n} ({share})").format(n=count(n), share=share(part))
    return ranking.Ranked(name, chart.number(n), label, f"<b>{chart.wrapped(name, 40)}</b><br>{label}", theme.solid(theme.ATTACKS))


def part_title(parts: list[chart.Record], when: str) -> str:
    """The largest part of the period."""
    first = parts[0]
    if first.get("count") is None:
        return _("No figures have been published for {period}").format(period=when)
    facts = {
        "name": chart.words(first.get("value_name")),
        "n": count(first["count"]),
        "period": when,
        "share": share(first.get("share_of_total")),
    }
    if len(parts) == 1:
        return _("{period}: {name}, {n}").format(**facts)
    if first.get("share_of_total") is None:
        return _("{period}: {name} first, with {n}").format(**facts)
    return _("{period}: {name} first, with {n} ({share} of the total)").format(**facts)
