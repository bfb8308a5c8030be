"""Money over time: what is reported and what the rows on file explain, as steps, under numbered milestones."""

from datetime import date
from xml.etree.ElementTree import Element

import pandas as pd

from tallinn.charts import chart, over_time, spans
from tallinn.pictures.elements import element
from tallinn.static_summary import svg
from tallinn.wording import _, decimal, euros_short

LEFT = 34
RIGHT = 8
PLOT = 170
DOT = 9
LANE = 2 * DOT + 2
APART = 2.1 * DOT / (svg.WIDTH - LEFT - RIGHT)
"""The least part of the whole time between two milestones of a lane."""


def funding_over_time(rows: pd.DataFrame, milestones: pd.DataFrame) -> tuple[list[Element], float]:
    """What charts.funding_over_time draws, as parts of a drawing and its height."""
    records = sorted(over_time.dated(rows, "date"), key=lambda one: one["date"])
    events = sorted(over_time.dated(milestones, "date_start"), key=lambda one: one["date_start"])
    lines = {name: [one for one in records if one["line"] == name and one["amount_eur"] is not None] for name in over_time.LOOKS}
    places = [spans.middle(one["date_start"], one.get("precision")) for one in events]
    days = [one["date"] for one in records] + places
    first, last = min(days), max(days)
    lanes = spans.lanes(places, part=APART)
    shelf = (max(lanes) + 1) * LANE + 6 if lanes else 0
    named = [name for name, line in lines.items() if line]
    floor = shelf + (len(named) + 1) * svg.LINE + PLOT
    rounds = svg.ticks(max(chart.millions(one["amount_eur"]) or 0 for line in lines.values() for one in line))
    scale = (PLOT - svg.LINE) / rounds[-1]
    xs = [across(place, first, last) for place in places]
    drawn = [
        *amount_axis(rounds, scale, floor),
        *time_axis(first, last, floor),
        *(svg.line(x, LANE * (lane + 1), x, floor, look="thread") for x, lane in zip(xs, lanes, strict=True)),
        *(part for name, line in lines.items() if line for part in steps(name, line, first, last, floor, scale)),
        *(part for at, name in enumerate(named) for part in key(name, shelf + (at + 0.5) * svg.LINE)),
        *ends(lines, floor, scale),
    ]
    for at, (x, lane, one) in enumerate(zip(xs, lanes, events, strict=True), 1):
        drawn += milestone(at, x, LANE * lane + DOT + 1, one)
    return drawn, floor + 22


def across(day: date, first: date, last: date) -> float:
    """Where a day stands from left to right."""
    return LEFT + (svg.WIDTH - LEFT - RIGHT) * (day - first).days / max((last - first).days, 1)


def amount_axis(rounds: list[float], scale: float, floor: float) -> list[Element]:
    """Lines at round amounts, with the unit above them."""
    drawn = [svg.words(_("EUR million"), 0, floor - rounds[-1] * scale - svg.LINE, look="muted")]
    for amount in rounds:
        y = floor - amount * scale
        drawn += [svg.line(LEFT, y, svg.WIDTH - RIGHT, y, look="grid"), svg.words(decimal(amount), LEFT - 5, y, look="muted", at="end")]
    return drawn


def time_axis(first: date, last: date, floor: float) -> list[Element]:
    """The beginnings of years, as many as have room."""
    years = list(range(first.year + (first > date(first.year, 1, 1)), last.year + 1))
    every = -(-len(years) * 5 * svg.LETTER // (svg.WIDTH - LEFT)) or 1
    drawn = [svg.line(LEFT, floor, svg.WIDTH - RIGHT, floor, look="axis")]
    for year in years[::every]:
        x = across(date(year, 1, 1), first, last)
        drawn += [svg.line(x, floor, x, floor + 4, look="axis"), svg.words(str(year), min(x, svg.WIDTH - 16), floor + 13, at="middle")]
    return drawn


def key(name: str, y: float) -> list[Element]:
    """What a line is called, beside a piece of it."""
    return [stroke(name, f"M0 {y:.1f}H22"), svg.words(over_time.line_name(name), 29, y, look="halo")]


def stroke(name: str, path: str) -> Element:
    look = over_time.LOOKS[name]
    dashes = {"stroke_dasharray": "3 3"} if "dash" in look else {}
    return element("path", d=path, class_="steps", stroke=str(look["color"]), **dashes)


def steps(name: str, line: list[chart.Record], first: date, last: date, floor: float, scale: float) -> list[Element]:
    """One cumulative line, level since the last known figure; a dot where the members reported."""
    points = [(across(one["date"], first, last), floor - (chart.millions(one["amount_eur"]) or 0) * scale) for one in line]
    rises = "".join(f"H{x:.1f}V{y:.1f}" for x, y in points[1:])
    drawn = [stroke(name, f"M{points[0][0]:.1f} {points[0][1]:.1f}{rises}H{across(last, first, last):.1f}")]
    if name == "reported":
        drawn += [element("circle", cx=x, cy=y, r=4, fill=str(over_time.LOOKS[name]["color"])) for x, y in points]
    return drawn


def ends(lines: dict[str, list[chart.Record]], floor: float, scale: float) -> list[Element]:
    """The last figure of each line at its right end: under the lower line where there is room, else over it."""
    drawn: list[Element] = []
    last = {name: line[-1]["amount_eur"] for name, line in lines.items() if line}
    for amount in last.values():
        y = floor - (chart.millions(amount) or 0) * scale
        under = amount < max(last.values()) and floor - y > 1.5 * svg.LINE
        place = y + (0.8 if under else -0.8) * svg.LINE
        drawn.append(svg.words(euros_short(amount), svg.WIDTH - RIGHT, place, look="strong halo", at="end"))
    return drawn


def milestone(number: int, x: float, y: float, one: chart.Record) -> list[Element]:
    """A numbered dot; hollow where the day is not known or reports differ."""
    firm = one.get("precision") in (None, "day") and not one.get("conflict")
    look = "firm" if firm else "loose"
    return [element("circle", cx=x, cy=y, r=DOT, class_=look), svg.words(str(number), x, y, look=f"in-{look}", at="middle")]
