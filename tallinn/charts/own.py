"""A question that a reader put together: bars by one column, in the order of time or of size, or fields of two columns."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tallinn import theme
from tallinn.charts import chart, ranking
from tallinn.columns import derived
from tallinn.wording import _, count, decimal, euros, euros_short, ngettext, period

MOST_BARS, MOST_FIELDS = 25, 10
FIELD = 34


def own_question(rows: pd.DataFrame, *, by: Sequence[str] = ("donor",), of: str = "committed_eur", time: bool = False) -> go.Figure:
    """The measure `of` by one column, or by two. Draws the rows that tallinn.explore finds.

    `by` are the columns with the words for a reader; with `time` the first holds years or months, which follow each other.
    """
    records = chart.records(rows)
    if not any(one.get(of) is not None for one in records):
        return chart.empty(_("Nothing that could be counted is on file for this question."))
    if len(by) == 2:
        return _fields(records, by, of)
    return _over_time(records, by[0], of) if time else _ranked(records, by[0], of)


def _ranked(records: list[chart.Record], by: str, of: str) -> go.Figure:
    shown = records[:MOST_BARS]
    ranked = [_bar(one, by, of) for one in shown]
    data, layout = ranking.bars(ranked, unit=chart.harmless(_unit(of)))
    most = next((one for one in records if one.get(by) is not None and one.get(of) is not None), records[0])
    words = {"name": _name(most, by), "value": _told(most.get(of), of), "measure": derived(of).title}
    title = _("{name} stands first: {value} ({measure})").format(**words)
    return chart.figure(data, layout, title=title, **_said(records, shown, (by,), of))


def _bar(one: chart.Record, by: str, of: str) -> ranking.Ranked:
    value = one.get(of)
    return ranking.Ranked(_name(one, by), _scaled(value, of), _short(value, of), _described(one, (by,), of), theme.solid(_color(of)))


def _over_time(records: list[chart.Record], by: str, of: str) -> go.Figure:
    """Bars by year or month. One of which nothing is on file has no bar; rows whose date is not known so exactly are told in a note."""
    dated = [one for one in records if one.get(by) is not None]
    if not dated:
        return chart.empty(_("No date of these rows is known so exactly."))
    last = dated[-MOST_BARS * 4 :]
    names = [str(one[by]) for one in last]
    by_year = len(names[0]) == 4
    at = [int(name) if by_year else f"{name}-01" for name in names]
    hover = [_described(one, (by,), of, period) for one in last]
    data = [chart.bar(at, [_scaled(one.get(of), of) for one in last], theme.solid(_color(of)), hovertext=hover)]
    axis = {**theme.NAME_AXIS, "nticks": 8, "tickformat": "d"} if by_year else theme.TIME_AXIS
    layout = {"height": 340, "xaxis": axis, "yaxis": chart.value_axis(chart.harmless(_unit(of)))}
    most = max((one for one in last if one.get(of) is not None), key=lambda one: float(one[of]), default=last[-1])
    words = {"period": period(str(most[by])), "value": _told(most.get(of), of), "measure": derived(of).title}
    return chart.figure(
        data, layout, title=_("The most in {period}: {value} ({measure})").format(**words), **_said(records, last, (by,), of, period)
    )


def _fields(records: list[chart.Record], by: Sequence[str], of: str) -> go.Figure:
    """A field for each pair: the stronger the colour, the more."""
    across = _largest(records, by[1], of)[:MOST_FIELDS]
    down = _largest(records, by[0], of)[:MOST_BARS]
    found = {(one.get(by[0]), one.get(by[1])): one for one in records}
    table = [[found.get((line, column)) for column in across] for line in down]
    names = [chart.wrapped(chart.words(line), 16) for line in down]
    data = {
        "type": "heatmap",
        "z": [[None if one is None else chart.number(one.get(of)) for one in row] for row in table],
        "y": list(range(len(down))),
        "zmin": 0,
        "colorscale": [[0, theme.pale(_color(of), 0.08)], [1, theme.pale(_color(of), 0.55)]],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverinfo": "text",
        "hovertext": [["" if one is None else _described(one, by, of) for one in row] for row in table],
    }
    axis = {
        "side": "top",
        "tickmode": "array",
        "tickvals": list(range(len(across))),
        "ticktext": [chart.wrapped(chart.words(one), 9) for one in across],
    }
    filled = [(x, y, one) for y, row in enumerate(table) for x, one in enumerate(row) if one is not None]
    layout = {
        "height": len(down) * max(FIELD, ranking.row_height(names)) + chart.FOOT + 40,
        "xaxis": {**theme.NAME_AXIS, **axis},
        "yaxis": chart.name_axis(names),
        "annotations": [chart.annotation(_bare(one.get(of), of), x=x, y=y, xanchor="center", align="center") for x, y, one in filled],
    }
    shown = [one for _x, _y, one in filled]
    most = max((one for one in shown if one.get(of) is not None), key=lambda one: float(one[of]), default=records[0])
    name = ", ".join(_name(most, each) for each in by)
    words = {"name": name, "value": _told(most.get(of), of), "measure": derived(of).title}
    title = _("{name} stands first: {value} ({measure})").format(**words)
    return chart.figure([data], layout, title=title, **_said(records, shown, by, of))


def _largest(records: list[chart.Record], by: str, of: str) -> list[Any]:
    """The values of a column, those first in which the measure is highest; not stated last."""
    highest: dict[Any, float] = {}
    for one in records:
        highest[one.get(by)] = max(highest.get(one.get(by), 0.0), float(one.get(of) or 0))
    return sorted(highest, key=lambda value: (value is None, -highest[value], str(value)))


def _said(
    records: list[chart.Record], shown: list[chart.Record], by: Sequence[str], of: str, worded: Callable[[str], str] = str
) -> dict[str, Any]:
    """The text alternative, and what is not drawn."""
    line = _("{names}: {value}")
    told = [line.format(names=", ".join(_name(one, name, worded) for name in by), value=_told(one.get(of), of)) for one in shown]
    left = len(records) - len(shown)
    notes = ngettext("{n} row is in the table alone.", "{n} rows are in the table alone.", left).format(n=count(left))
    alt = _("{measure}. {parts}.").format(measure=derived(of).title, parts="; ".join(told))
    return {"alt": alt, "notes": [notes] if left else []}


def _name(one: chart.Record, by: str, worded: Callable[[str], str] = str) -> str:
    value = one.get(by)
    return chart.words(None if value is None else worded(str(value)))


def _described(one: chart.Record, by: Sequence[str], of: str, worded: Callable[[str], str] = str) -> str:
    names = [chart.harmless(_name(one, name, worded)) for name in by]
    return f"<b>{'<br>'.join(names)}</b><br>{chart.harmless(derived(of).title)}: {chart.harmless(_told(one.get(of), of))}"


def _is_money(of: str) -> bool:
    return derived(of).kind == "amount" and "_eur" in of


def _scaled(value: Any, of: str) -> float | None:
    return chart.millions(value) if _is_money(of) else chart.number(value)


def _told(value: Any, of: str) -> str:
    return euros(value) if _is_money(of) else _number(value, of)


def _short(value: Any, of: str) -> str:
    return euros_short(value) if _is_money(of) else _number(value, of)


def _bare(value: Any, of: str) -> str:
    """In a field, where the unit is said beside."""
    if value is None:
        return "–"
    return decimal(value / 1_000_000) if _is_money(of) else _number(value, of)


def _number(value: Any, of: str) -> str:
    return decimal(value) if derived(of).kind == "average" else count(value)


def _unit(of: str) -> str:
    return _("EUR million") if _is_money(of) else derived(of).title


def _color(of: str) -> str:
    stages = {"committed": "commitment", "disbursed": "disbursement", "pledged": "pledge"}
    return theme.STAGES.get(stages.get(of.partition("_")[0], ""), theme.SLATE)
