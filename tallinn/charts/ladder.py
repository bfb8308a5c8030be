"""Who has committed, paid and pledged how much: one donor a line, and those with nothing published among them.

Beside a donor's name stands how recent its figures are, under its bar whether the donor confirms or disputes them.
"""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tallinn import theme
from tallinn.charts import chart, ranking
from tallinn.wording import _, day, day_short, euros, euros_short, listing, ngettext

AMOUNTS = ("committed_eur", "disbursed_eur", "pledged_not_committed_eur")
BESIDE = 0.37
UNDER_BOTH = 0.62
ROW, ROW_WITH_WORDS = 34, 56
"""Pixels of a donor's line, without and with words under its bars."""


def donor_ladder(rows: pd.DataFrame, said: pd.DataFrame | None = None, *, top: int = 15) -> go.Figure:
    """Committed money per donor, largest first, with the part that is paid; pledges apart. Draws queries/donor_ladder.sql.

    `said` is what donors say of their figures, from queries/confirmations.sql.
    """
    if rows.empty:
        return chart.empty(_("No donor matches these filters."))
    verdicts = {one.get("donor_id"): one for one in chart.records(said)} if said is not None else {}
    donors = [{**verdicts.get(one.get("donor_id"), {}), **one} for one in chart.records(rows)]
    with_amount = [one for one in donors if any(one.get(name) is not None for name in AMOUNTS)]
    with_amount.sort(key=lambda one: one.get("committed_eur") is None)
    without = [one for one in donors if one not in with_amount]
    shown = [*with_amount[:top], *without]
    names = [named(one) for one in shown]
    labels = [label for one in shown for label in (committed_label(one), pledged_label(one))]
    ends = [chart.millions(amount) for one in shown for amount in (main_amount(one), one.get("pledged_not_committed_eur"))]
    axis = chart.amount_axis(_("EUR million"), ends, labels, names=ranking.widest(names))
    row = ROW_WITH_WORDS if any(map(said_of, shown)) else ROW
    layout = {
        "height": len(shown) * max(row, ranking.row_height(names)) + chart.FOOT + 50,
        "showlegend": True,
        "xaxis": axis,
        "yaxis": chart.name_axis(names),
    }
    data = [*money_traces(shown), *silence(shown, axis["range"][1] * 0.012), label_trace(words_under(shown))]
    said_and_left_out = [*notes(with_amount[top:], without), *notes_on_words(donors)]
    return chart.figure(data, layout, title=title(donors), alt=alt(donors), notes=said_and_left_out)


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


def named(one: chart.Record) -> str:
    """The donor's name, and under it how recent its figures are, where anything is on file."""
    name, recent = chart.wrapped(donor_name(one)), recency(one)
    return f"{name}<br>{recent}" if recent and one.get("rows_on_file") else name


def recency(one: chart.Record) -> str:
    """How recent a donor's figures are, in a word that a mark goes before."""
    words = {
        "fresh": _("• fresh"),
        "due": _("◆ update due"),
        "overdue": _("▲ update overdue"),
        "sources": _("public sources"),
        "unknown": _("? date not known"),
    }
    return words.get(str(one.get("freshness")), "")


def words_under(shown: list[chart.Record]) -> list[tuple[float, float, str]]:
    """What donors say of their figures, each under its bar."""
    words = [(at, one, said_of(one)) for at, one in enumerate(shown)]
    return [(at + (UNDER_BOTH if has_main(one) and pledged_label(one) else BESIDE), 0, text) for at, one, text in words if text]


def said_of(one: chart.Record) -> str:
    """That the donor confirms or disputes its figures, for a label."""
    marked = {"confirmed": _("✓ confirmed by {donor} on {date}"), "disputed": _("× disputed by {donor} on {date}")}
    words = {"donor": chart.harmless(donor_name(one)), "date": day_short(chart.as_date(one.get("stated_on")))}
    return marked.get(str(one.get("verdict")), "").format(**words)


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
    told = text.format(donor=chart.harmless(donor_name(one)), rows=chart.whole(one.get("rows_counted")), **amounts)
    return "<br>".join(filter(None, [told, recency(one), said_of(one)]))


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
    money = _("Bar chart of the money of each donor. {donors}.").format(donors="; ".join(parts))
    return " ".join([money, *notes_on_words(donors)])


def notes(cut: list[chart.Record], without: list[chart.Record]) -> list[str]:
    """What the bars leave out."""
    said = []
    if cut:
        said.append(_("Not drawn: {donors}.").format(donors=listing(donor_name(one) for one in cut)))
    if without:
        text = _("No amount on file counts for {donors}. That does not mean that they gave nothing.")
        said.append(text.format(donors=listing(map(donor_name, without))))
    return said


def with_day(one: chart.Record) -> str:
    return _("{donor} ({date})").format(donor=donor_name(one), date=day(chart.as_date(one.get("stated_on"))))


def notes_on_words(donors: list[chart.Record]) -> list[str]:
    """Who confirms or disputes its figures, and whose may look little because a report is late."""
    words = {
        "confirmed": _("{donors} confirmed these figures."),
        "disputed": _("{donors} disputed these figures; they stand as they are until a release corrects them."),
    }
    by_verdict = {verdict: [with_day(one) for one in donors if one.get("verdict") == verdict] for verdict in words}
    said = [words[verdict].format(donors=listing(who)) for verdict, who in by_verdict.items() if who]
    late = [donor_name(one) for one in donors if one.get("freshness") in ("due", "overdue") and one.get("rows_on_file")]
    if late:
        said.append(_("An update is due from {donors}: what looks little may be a late report.").format(donors=listing(late)))
    unreported = [donor_name(one) for one in donors if one.get("freshness") == "sources" and one.get("rows_on_file")]
    if unreported:
        told = _("Of {donors} only public sources are known, no report of their own: what looks little may not have been published.")
        said.append(told.format(donors=listing(unreported)))
    return said
