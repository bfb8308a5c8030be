"""One donor's money over time: running totals of each stage, never added to each other."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from tallinn import theme
from tallinn.charts import chart
from tallinn.wording import _, day, euros, euros_short

DASHES = {"pledge": "dot", "commitment": "solid", "disbursement": "dash"}
Lines = dict[str, list[chart.Record]]


def donor_over_time(rows: pd.DataFrame) -> go.Figure:
    """Running totals of one donor's pledges, commitments and payments, as steps. Draws queries/donor_over_time.sql for one donor."""
    records = [] if rows.empty else [{**one, "date": chart.as_date(one.get("date"))} for one in chart.records(rows)]
    lines = {stage: [one for one in records if one.get("stage") == stage and one.get("amount_eur") is not None] for stage in DASHES}
    dated = {stage: [one for one in line if one["date"] is not None] for stage, line in lines.items()}
    left_out = without_date(lines)
    if not any(dated.values()):
        return chart.empty(_("No amount of this donor has a date."), notes=left_out)
    ends = [chart.as_date(records[0].get("release_date")), *(line[-1]["date"] for line in dated.values() if line)]
    last = max(filter(None, ends))
    data = [steps(stage, line, last) for stage, line in dated.items() if line]
    layout = {"height": 330, "showlegend": True, "xaxis": theme.TIME_AXIS, "yaxis": chart.value_axis(_("EUR million"))}
    notes = [_("Each line is a total of its own: what is paid was committed before, so the lines are not added up."), *left_out]
    return chart.figure(data, layout, title=title(dated), alt=alt(dated, left_out), notes=notes)


def steps(stage: str, line: list[chart.Record], last: date) -> chart.Trace:
    """One running total, from nothing on its first day, level from its last figure to the day of the release."""
    points = [{**line[0], "amount_eur": 0}, *line, {**line[-1], "date": last}]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": _("{stage}: {amount}").format(stage=stage_words(stage), amount=euros_short(line[-1]["amount_eur"])),
        "x": [str(one["date"]) for one in points],
        "y": [chart.millions(one["amount_eur"]) for one in points],
        "line": {"color": theme.STAGES[stage], "width": 3, "dash": DASHES[stage], "shape": "hv"},
        "marker": {"size": [0, *[6] * len(line), 0], "color": theme.STAGES[stage]},
        "hoverinfo": "text",
        "hovertext": [f"<b>{stage_words(stage)}</b><br>{day(one['date'])}: {euros(one['amount_eur'])}" for one in points],
        "showlegend": True,
    }


def stage_words(stage: str) -> str:
    return {"pledge": _("Pledged"), "commitment": _("Committed"), "disbursement": _("Disbursed")}[stage]


def title(dated: Lines) -> str:
    """What was committed and paid from the first day to the last."""
    ends = {stage: euros_short(line[-1]["amount_eur"]) for stage, line in dated.items() if line}
    words = {"year": str(min(line[0]["date"] for line in dated.values() if line).year), **ends}
    if "commitment" not in ends:
        return _("Since {year}: no commitment with a date has been published").format(**words)
    if "disbursement" not in ends:
        return _("Since {year}: {commitment} committed; no payment with a date has been published").format(**words)
    return _("Since {year}: {commitment} committed, {disbursement} paid").format(**words)


def alt(dated: Lines, left_out: list[str]) -> str:
    """The figure of each line at the end of each year in which it grew."""
    point = _("{date}: {amount}")
    said = []
    for stage, line in dated.items():
        turns = {one["date"].year: one for one in line}.values()
        points = "; ".join(point.format(date=day(one["date"]), amount=euros(one["amount_eur"])) for one in turns)
        said.append(_("{line}: {points}.").format(line=stage_words(stage), points=points or _("not published")))
    return " ".join([_("Lines of running totals. {lines}").format(lines=" ".join(said)), *left_out])


def without_date(lines: Lines) -> list[str]:
    """What has no date and so stands on no line."""
    gone = {stage: chart.total(one.get("added_eur") for one in line if one["date"] is None) for stage, line in lines.items()}
    text = _("{stage} without a date, so on no line: {amount}.")
    return [text.format(stage=stage_words(stage), amount=euros(amount)) for stage, amount in gone.items() if amount is not None]
