"""Who has committed, paid and pledged how much: one donor a line, and those with nothing published among them."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tallinn import theme
from tallinn.charts import chart, ranking
from tallinn.wording import _, euros, euros_short, listing, ngettext

AMOUNTS = ("committed_eur", "disbursed_eur", "pledged_not_committed_eur")
BESIDE = 0.37


def donor_ladder(rows: pd.DataFrame, *, top: int = 15) -> go.Figure:
    """Committed money per donor, largest first, with the part that is paid; pledges apart. Draws queries/donor_ladder.sql."""
    if rows.empty:
        return chart.empty(_("No donor matches these filters."))
    donors = chart.records(rows)
    with_amount = [one for one in donors if any(one.get(name) is not None for name in AMOUNTS)]
    with_amount.sort(key=lambda one: one.get("committed_eur") is None)
    without = [one for one in donors if one not in with_amount]
    shown = [*with_amount[:top], *without]
    names = [chart.wrapped(donor_name(one)) for one in shown]
    labels = [label for one in shown for label in (committed_label(one), pledged_label(one))]
    ends = [chart.millions(amount) for one in shown for amount in (main_amount(one), one.get("pledged_not_committed_eur"))]
    axis = chart.amount_axis(_("EUR million"), ends, labels, names=ranking.widest(names))
    layout = {
        "height": len(shown) * max(34, ranking.row_height(names)) + chart.FOOT + 50,
        "showlegend": True,
        "xaxis": axis,
        "yaxis": chart.name_axis(names),
    }
    data = [*money_traces(shown), *silence(shown, axis["range"][1] * 0.012)]
    return chart.figure(data, layout, title=title(donors), alt=alt(donors), notes=notes(with_amount[top:], without))


def money_traces(shown: list[chart.Record]) -> list[chart.Trace]:
    """Paid, committed and not paid, pledged: each where it is known. Paid and not yet paid lie end to end and make the commitment."""
    paid = [(at, one, chart.millions(one.get("disbursed_eur"))) for at, one in enumerate(shown)]
    open_ = [(at, one, chart.millions(not_yet_paid(one))) for at, one in enumerate(shown)]
    pledged = [(at + BESIDE * has_main(one), one, chart.millions(one.get("pledged_not_committed_eur"))) for at, one in enumerate(shown)]
    totals = [(at, one, chart.millions(main_amount(one))) for at, one in enumerate(shown)]
    return [
        segment(_("Disbursed"), paid, "disbursement"),
        segment(_("Committed, no payment reported"), open_, "commitment", after="disbursed_eur"),
        segment(_("Pledged, not committed"), pledged, "pledge", width=0.22),
        label_trace([(at, x, committed_label(one)) for at, one, x in totals if x is not None]),
        label_trace([(at, x, pledged_label(one)) for at, one, x in pledged if x is not None]),
    ]


def segment(name: str, parts: list[Any], stage: str, *, after: str = "", width: float = 0.46) -> chart.Trace:
    """The bars of one stage, each starting where the stage named `after` ends."""
    drawn = [(at, one, value) for at, one, value in parts if value is not None]
    base = [chart.millions(one.get(after)) or 0 for _at, one, _value in drawn]
    hover = [described(one) for _at, one, _value in drawn]
    look = {"name": name, "orientation": "h", "base": base, "width": width, "hovertext": hover, "showlegend": bool(drawn)}
    return chart.bar([value for _at, _one, value in drawn], [at for at, _one, _value in drawn], theme.stage(stage), **look)


def label_trace(labels: list[tuple[float, float, str]]) -> chart.Trace:
    """Amounts in words at the ends of the bars."""
    look = {"mode": "text", "text": [f" {text}" for _at, _x, text in labels], "textposition": "middle right", "cliponaxis": False}
    place = {"x": [x for _at, x, _text in labels], "y": [at for at, _x, _text in labels]}
    return {"type": "scatter", **place, **look, "hoverinfo": "skip", "showlegend": False}


def silence(shown: list[chart.Record], x: float) -> list[chart.Trace]:
    """Words instead of a bar for donors without an amount."""
    quiet = [(at, silence_words(one)) for at, one in enumerate(shown) if all(one.get(name) is None for name in AMOUNTS)]
    texts = [text for _at, text in quiet]
    return [chart.absent([x] * len(quiet), [at for at, _text in quiet], texts, showlegend=False)] if quiet else []


def silence_words(one: chart.Record) -> str:
    """Why there is no bar."""
    on_file, no_rate = chart.whole(one.get("rows_on_file")), chart.whole(one.get("rows_without_rate"))
    if no_rate:
        return ngettext("{n} row, not converted to euro", "{n} rows, not converted to euro", no_rate).format(n=no_rate)
    if on_file:
        return ngettext("{n} row on file, not counted", "{n} rows on file, none counted", on_file).format(n=on_file)
    return _("nothing published")


def has_main(one: chart.Record) -> bool:
    return main_amount(one) is not None


def main_amount(one: chart.Record) -> Any:
    """Where the main bar ends: at the commitment, or at what is paid where no commitment is published."""
    return one["disbursed_eur"] if one.get("committed_eur") is None else one["committed_eur"]


def not_yet_paid(one: chart.Record) -> Any:
    """The commitment without what is paid of it; all of it where no payment is published."""
    if one.get("committed_eur") is None:
        return None
    return float(one["committed_eur"]) - float(one.get("disbursed_eur") or 0)


def donor_name(one: chart.Record) -> str:
    return chart.words(one.get("donor"), otherwise=chart.words(one.get("donor_id"), otherwise=_("donor not stated")))


def committed_label(one: chart.Record) -> str:
    return euros_short(main_amount(one)) if has_main(one) else ""


def pledged_label(one: chart.Record) -> str:
    amount = one.get("pledged_not_committed_eur")
    return "" if amount is None else _("{amount} pledged").format(amount=euros_short(amount))


def described(one: chart.Record) -> str:
    """What is known of one donor, for the hover."""
    text = _(
        "<b>{donor}</b><br>committed: {committed}<br>disbursed: {disbursed}<br>pledged, not committed: {pledged}<br>rows counted: {rows}"
    )
    amounts = {short: euros(one.get(name)) for short, name in zip(("committed", "disbursed", "pledged"), AMOUNTS, strict=True)}
    return text.format(donor=chart.harmless(donor_name(one)), rows=chart.whole(one.get("rows_counted")), **amounts)


def title(donors: list[chart.Record]) -> str:
    """Who committed most, of how much."""
    committed = [one for one in donors if one.get("committed_eur") is not None]
    if not committed:
        return _("No commitment with an amount in euro has been published")
    first = max(committed, key=lambda one: float(one["committed_eur"]))
    amount, whole = euros_short(first["committed_eur"]), euros_short(chart.total(one["committed_eur"] for one in committed))
    if len(committed) == 1:
        return _("{donor} has committed {amount}").format(donor=donor_name(first), amount=amount)
    return _("{donor} has committed most: {amount} of {whole} itemised").format(donor=donor_name(first), amount=amount, whole=whole)


def alt(donors: list[chart.Record]) -> str:
    """Every donor with its amounts."""
    line = _("{donor}: {committed} committed, {disbursed} disbursed, {pledged} pledged and not committed")
    parts = []
    for one in donors:
        if any(one.get(name) is not None for name in AMOUNTS):
            amounts = {short: euros(one.get(name)) for short, name in zip(("committed", "disbursed", "pledged"), AMOUNTS, strict=True)}
            parts.append(line.format(donor=donor_name(one), **amounts))
        else:
            parts.append(_("{donor}: {silence}").format(donor=donor_name(one), silence=silence_words(one)))
    return _("Bar chart of the money of each donor. {donors}.").format(donors="; ".join(parts))


def notes(cut: list[chart.Record], without: list[chart.Record]) -> list[str]:
    """What the bars leave out."""
    said = []
    if cut:
        said.append(_("Not drawn: {donors}.").format(donors=listing(donor_name(one) for one in cut)))
    if without:
        text = _("No amount on file counts for {donors}. That does not mean that they gave nothing.")
        said.append(text.format(donors=listing(map(donor_name, without))))
    return said
