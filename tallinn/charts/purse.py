"""One project's money: who has pledged, committed and paid how much for it."""

import pandas as pd
import plotly.graph_objects as go

from tallinn import theme
from tallinn.charts import chart, ranking
from tallinn.charts.growth import stage_words
from tallinn.wording import _, euros, euros_short, share

STAGES = {"pledge": "pledged_eur", "commitment": "committed_eur", "disbursement": "disbursed_eur"}


def project_money(rows: pd.DataFrame) -> go.Figure:
    """A bar for each stage of each donor's money, one under the other. Draws queries/project_money.sql for one project."""
    records = [] if rows.empty else chart.records(rows)
    sums = {stage: chart.total(one.get(column) for one in records) for stage, column in STAGES.items()}
    if not records or all(amount is None for amount in sums.values()):
        return chart.empty(_("No money for this project alone has an amount in euro."))
    ranked = [stage_bar(one, stage) for one in records for stage in STAGES if one.get(STAGES[stage]) is not None]
    data, layout = ranking.bars(ranked, unit=_("EUR million"), above=True)
    told = "; ".join(_("{name}: {amount}").format(name=one.name, amount=one.hover) for one in ranked)
    notes = [_("Stages follow one another: what is paid was committed before, so bars are not added up.")]
    return chart.figure(data, layout, title=title(sums), alt=_("Bars of money by donor and stage. {bars}.").format(bars=told), notes=notes)


def stage_bar(one: chart.Record, stage: str) -> ranking.Ranked:
    amount = one[STAGES[stage]]
    name = _("{donor}: {stage}").format(donor=chart.words(one.get("donor"), otherwise=_("donor not stated")), stage=stage_words(stage))
    return ranking.Ranked(name, chart.millions(amount), euros_short(amount), euros(amount), theme.stage(stage))


def title(sums: dict[str, float | None]) -> str:
    """How much of the commitments is paid."""
    committed, paid, pledged = sums["commitment"], sums["disbursement"], sums["pledge"]
    if committed is None:
        amount = euros_short(pledged if paid is None else paid)
        return (_("{amount} is pledged, nothing committed yet") if paid is None else _("{amount} is paid")).format(amount=amount)
    if paid is None:
        return _("{committed} is committed; no payment has been published").format(committed=euros_short(committed))
    if committed <= 0:
        return _("{committed} is committed, {paid} paid").format(committed=euros_short(committed), paid=euros_short(paid))
    words = {"committed": euros_short(committed), "paid": euros_short(paid), "share": share(paid / committed)}
    return _("{paid} of {committed} committed is paid: {share}").format(**words)
