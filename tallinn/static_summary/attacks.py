"""Attacks by year: one series alone, an incomplete year hatched, other reports and changes of the rules marked."""

from datetime import date
from xml.etree.ElementTree import Element

import pandas as pd

from tallinn import theme
from tallinn.charts import attacks, chart
from tallinn.static_summary import svg
from tallinn.wording import _, change, count, decimal, period

MOST_YEARS = 8
PLOT = 150
PART = 0.66
"""What a bar takes of its year."""
ROOM = 10 * svg.LETTER
"""What a daily average needs."""


def attacks_by_year(rows: pd.DataFrame, breaks: pd.DataFrame) -> tuple[list[Element], float]:
    """What charts.attacks_by_year draws, as parts of a drawing and its height, with the day on which the rules of counting changed."""
    by_year = {int(one["year"]): one for one in chart.records(rows) if one.get("year") is not None}
    years = list(range(min(by_year), max(by_year) + 1))[-MOST_YEARS:]
    step = svg.WIDTH / len(years)
    marks = [one for one in chart.records(breaks) if one.get("date_start") is not None and one["date_start"].year in years]
    top = len(marks) * (svg.LINE + 1)
    floor = top + 3 * svg.LINE + PLOT
    known = [value for one in by_year.values() for value in (chart.number(one.get("incidents")), *attacks.alternatives(one)) if value]
    scale = PLOT / max(known, default=1)
    drawn = [svg.line(0, floor, svg.WIDTH, floor, look="axis")]
    for at, one in enumerate(marks):
        drawn += mark(one, place(one["date_start"], years, step), at * (svg.LINE + 1), floor)
    for at, year in enumerate(years):
        middle = (at + 0.5) * step
        drawn.append(svg.words(str(year), middle, floor + 12, at="middle"))
        drawn += year_of(by_year.get(year), middle, step, floor, scale)
    return drawn, floor + 22


def year_of(one: chart.Record | None, middle: float, step: float, floor: float, scale: float) -> list[Element]:
    """The bar of a year under its words, with a dash where another report of it would end; words alone where there is no count."""
    if one is None or one.get("incidents") is None:
        silence = _("not<br>published").split("<br>")
        return [svg.words(text, middle, floor - (1.5 - at) * svg.LINE, look="muted", at="middle") for at, text in enumerate(silence)]
    height, width = float(one["incidents"]) * scale, step * PART
    left, right = middle - width / 2, middle + width / 2
    said = labels(one, step)
    first = floor - height - (len(said) - 0.4) * svg.LINE
    looks = ["strong halo", *["muted halo"] * (len(said) - 1)]
    return [
        svg.bar(left, floor - height, width, height, color=theme.ATTACKS, hatched=one.get("complete") is False),
        *(svg.words(text, middle, first + at * svg.LINE, look=looks[at], at="middle") for at, text in enumerate(said)),
        *(svg.line(left - 3, floor - value * scale, right + 3, floor - value * scale, look="other") for value in attacks.alternatives(one)),
    ]


def labels(one: chart.Record, step: float) -> list[str]:
    """The count, its daily average where there is room, and its change on the year before."""
    said = [count(one["incidents"])]
    if one.get("per_day") is not None and step > ROOM:
        said.append(_("{n} a day").format(n=decimal(one["per_day"])))
    if one.get("change_on_year") is not None:
        said.append(change(one["change_on_year"]))
    return said


def place(day: date, years: list[int], step: float) -> float:
    """Where a day stands among the years."""
    return (day.year - years[0] + (day.timetuple().tm_yday - 1) / 366) * step


def mark(one: chart.Record, x: float, y: float, floor: float) -> list[Element]:
    """A dashed line from which on other rules hold."""
    told = _("rules changed, {date}").format(date=period(one.get("date")))
    left = x < svg.WIDTH / 2
    return [
        svg.line(x, y + 2, x, floor, look="break"),
        svg.words(told, x + (5 if left else -5), y + svg.LINE / 2, look="muted", at="start" if left else "end"),
    ]
