"""Projects by status: numbers of projects, never of money."""

from xml.etree.ElementTree import Element

import pandas as pd

from tallinn import theme
from tallinn.charts import chart, projects
from tallinn.static_summary import svg
from tallinn.wording import _, count

NAMES = 116
LETTERS = 16
BAR = 14


def project_status(rows: pd.DataFrame) -> tuple[list[Element], float]:
    """What charts.project_status draws, as parts of a drawing and its height: within the Mechanism in full colour, the rest lighter."""
    records = chart.records(rows)
    drawn, y = svg.legend(
        [
            svg.Key(_("within the Mechanism"), theme.SLATE),
            svg.Key(_("related or unclear"), theme.SLATE, opacity=theme.OTHER_SCOPE_OPACITY),
        ]
    )
    most = max((float(one["projects"]) for one in records if one.get("projects") is not None), default=0) or 1
    scale = (svg.WIDTH - NAMES - 5 * svg.LETTER) / most
    first = y
    for one in records:
        lines = chart.folded(projects.name_of(one, "status"), LETTERS, lines=2)
        drawn += [svg.words(text, 0, y + svg.LINE * (at + 0.6)) for at, text in enumerate(lines)]
        drawn += bars_of(one, y + 2, scale)
        y += len(lines) * svg.LINE + 6
    return [svg.line(NAMES, first, NAMES, y, look="axis"), *drawn], y


def bars_of(one: chart.Record, y: float, scale: float) -> list[Element]:
    """The bar in its two parts with the whole number beside it."""
    if one.get("projects") is None:
        return svg.unknown(_("not published"), NAMES, y + BAR / 2)
    whole = int(one["projects"])
    inside = min(chart.whole(one.get("in_mechanism")), whole)
    hatched = one.get("status") is None
    color = theme.status(one.get("status"))
    drawn = [svg.words(count(whole), NAMES + whole * scale + 6, y + BAR / 2)]
    if inside:
        drawn.append(svg.bar(NAMES, y, inside * scale, BAR, color=color, hatched=hatched))
    if whole > inside:
        left, opacity = NAMES + inside * scale, theme.OTHER_SCOPE_OPACITY
        drawn.append(svg.bar(left, y, (whole - inside) * scale, BAR, color=color, hatched=hatched, opacity=opacity))
    return drawn
