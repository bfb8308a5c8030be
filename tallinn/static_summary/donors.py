"""Donors: what each has committed, how much of it is paid, and what is only pledged."""

from xml.etree.ElementTree import Element

import pandas as pd

from tallinn import theme
from tallinn.charts import chart, ladder
from tallinn.static_summary import svg
from tallinn.wording import _

NAMES = 106
LETTERS = 14
BAR = 12
PLEDGE = 6
ROW = 13


def donor_ladder(rows: pd.DataFrame, *, top: int = 15) -> tuple[list[Element], float]:
    """What charts.donor_ladder draws, as parts of a drawing and its height: donors with an amount, then those without in words."""
    donors = chart.records(rows)
    with_amount = [one for one in donors if any(one.get(name) is not None for name in ladder.AMOUNTS)]
    with_amount.sort(key=lambda one: one.get("committed_eur") is None)
    shown = [*with_amount[:top], *(one for one in donors if one not in with_amount)]
    drawn, y = svg.legend(keys())
    scale = (svg.WIDTH - NAMES) / reach(shown)
    first = y
    for one in shown:
        lines = chart.folded(ladder.donor_name(one), LETTERS, lines=2)
        drawn += [svg.words(text, 0, y + svg.LINE * (at + 0.6)) for at, text in enumerate(lines)]
        bars, height = bars_of(one, y + 2, scale) if one in with_amount else (silence(one, y + 2), ROW)
        drawn += bars
        y += max(height, len(lines) * svg.LINE) + 4
    return [svg.line(NAMES, first, NAMES, y, look="axis"), *drawn], y


def keys() -> list[svg.Key]:
    return [
        svg.Key(_("Disbursed"), theme.STAGES["disbursement"]),
        svg.Key(_("Committed, no payment reported"), theme.STAGES["commitment"]),
        svg.Key(_("Pledged, not committed"), theme.STAGES["pledge"], hatched=True),
    ]


def reach(shown: list[chart.Record]) -> float:
    """The amount in euro that fills the width, with room for the label beside each bar."""
    ends = [(ladder.main_amount(one), ladder.committed_label(one)) for one in shown]
    ends += [(one.get("pledged_not_committed_eur"), ladder.pledged_label(one)) for one in shown]
    room = svg.WIDTH - NAMES
    known = [(float(amount), len(label) * svg.LETTER + 8) for amount, label in ends if amount is not None]
    return max((max(amount, 0) * room / max(room - label, room / 4) for amount, label in known), default=0) or 1


def bars_of(one: chart.Record, y: float, scale: float) -> tuple[list[Element], float]:
    """Paid and not yet paid end to end, the pledge below them; and their height."""
    money = [*committed(one, y, scale)] if ladder.has_main(one) else []
    lower = y + (ROW if money else 0) + 2
    pledge = pledged(one, lower, scale) if one.get("pledged_not_committed_eur") is not None else []
    return money + pledge, ROW * (bool(money) + bool(pledge))


def committed(one: chart.Record, y: float, scale: float) -> list[Element]:
    paid = max(chart.number(one.get("disbursed_eur")) or 0, 0) * scale
    end = max(float(ladder.main_amount(one)), 0) * scale
    drawn = [svg.words(ladder.committed_label(one), NAMES + max(end, paid) + 6, y + BAR / 2)]
    if one.get("committed_eur") is not None:
        drawn.append(svg.bar(NAMES, y, end, BAR, color=theme.STAGES["commitment"]))
    if one.get("disbursed_eur") is not None:
        drawn.append(svg.bar(NAMES, y, paid, BAR, color=theme.STAGES["disbursement"]))
    return drawn


def pledged(one: chart.Record, y: float, scale: float) -> list[Element]:
    length = max(float(one["pledged_not_committed_eur"]), 0) * scale
    return [
        svg.bar(NAMES, y, length, PLEDGE, color=theme.STAGES["pledge"], hatched=True),
        svg.words(ladder.pledged_label(one), NAMES + length + 6, y + PLEDGE / 2),
    ]


def silence(one: chart.Record, y: float) -> list[Element]:
    """Why there is no bar."""
    return svg.unknown(ladder.silence_words(one), NAMES, y + BAR / 2)
