"""How complete and traceable the rows of each donor are, rule by rule."""

import pandas as pd
import plotly.graph_objects as go

from tallinn import theme
from tallinn.charts import chart
from tallinn.charts.needs import FLAT, donor_of
from tallinn.wording import _, count, share

FIELD = 36


def data_quality(rows: pd.DataFrame) -> go.Figure:
    """Rules against donors: the part of a donor's rows that keep each rule. Draws queries/data_quality.sql."""
    records = [one for one in chart.records(rows) if one.get("rule") is not None and one.get("donor_id") is not None]
    if not records:
        return chart.empty(_("No row of a donor is on file."))
    rules = {str(one["rule"]): rule_words(one) for one in records}
    donors = {str(one["donor_id"]): donor_of(one) for one in sorted(records, key=donor_of)}
    fields = {(str(one["rule"]), str(one["donor_id"])): one for one in records}
    table = [[fields.get((rule, donor)) for donor in donors] for rule in rules]
    heat = {
        "type": "heatmap",
        "z": [[None if one is None else one.get("share_good") for one in line] for line in table],
        "y": list(range(len(table))),
        "zmin": 0,
        "zmax": 1,
        "colorscale": [[0, theme.pale(theme.GREEN, 0.04)], [1, theme.pale(theme.GREEN, 0.5)]],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverinfo": "text",
        "hovertext": [["" if one is None else chart.harmless(told(one)) for one in line] for line in table],
    }
    labels = [
        chart.annotation(percent(one), x=at, y=line, xanchor="center", align="center", font={"size": 11})
        for line, row in enumerate(table)
        for at, one in enumerate(row)
        if one is not None
    ]
    layout = {
        "height": len(rules) * FIELD + chart.FOOT + 40,
        "xaxis": {
            **theme.NAME_AXIS,
            "side": "top",
            "tickangle": -90 if len(donors) > FLAT else 0,
            "tickmode": "array",
            "tickvals": list(range(len(donors))),
            "ticktext": list(map(chart.harmless, donors)),
        },
        "yaxis": chart.name_axis([chart.wrapped(name, 20, lines=2) for name in rules.values()]),
        "annotations": labels,
    }
    names = "; ".join(_("{code} {name}").format(code=code, name=name) for code, name in donors.items())
    notes = [
        _("In each field: per cent of the rows that keep the rule. Empty: no such row is on file. Codes: {codes}.").format(codes=names)
    ]
    return chart.figure([heat], layout, title=title(records), alt=alt(records), notes=notes)


def rule_words(one: chart.Record) -> str:
    datasets = {"contributions": _("Contributions: {rule}"), "projects": _("Projects: {rule}")}
    return datasets.get(str(one.get("dataset")), "{rule}").format(rule=chart.words(one.get("rule_name"), otherwise=str(one["rule"])))


def percent(one: chart.Record) -> str:
    part = one.get("share_good")
    return "–" if part is None else count(round(100 * part))


def told(one: chart.Record) -> str:
    words = {"donor": donor_of(one), "rule": rule_words(one), "good": count(one.get("rows_good")), "of": count(one.get("of_rows"))}
    return _("{donor}, {rule}: {good} of {of} rows").format(**words)


def title(records: list[chart.Record]) -> str:
    """The rule that is kept best and the one that is kept least, over all rows."""
    sums: dict[str, list[int]] = {}
    for one in records:
        good, of = sums.setdefault(rule_words(one), [0, 0])
        sums[rule_words(one)] = [good + chart.whole(one.get("rows_good")), of + chart.whole(one.get("of_rows"))]
    parts = {name: good / of for name, (good, of) in sums.items() if of}
    if not parts:
        return _("How complete the rows are")
    best, least = max(parts, key=lambda name: parts[name]), min(parts, key=lambda name: parts[name])
    words = {"best": best, "most": share(parts[best]), "least": least, "fewest": share(parts[least])}
    return _("{best} is stated most often ({most}), {least} least ({fewest})").format(**words)


def alt(records: list[chart.Record]) -> str:
    return _("A field for each rule and donor. {lines}.").format(lines="; ".join(map(told, records)))
