"""Donors against years: who committed how much, and who most in the last year that is over."""

from collections import defaultdict

import pandas as pd
import plotly.graph_objects as go

from tallinn import theme
from tallinn.charts import chart
from tallinn.charts.matrix import matrix
from tallinn.charts.panels import donor_name, millions_words
from tallinn.wording import _, euros, euros_short

FIELD = 32


def donors_by_year(rows: pd.DataFrame) -> go.Figure:
    """Commitments of each donor in each year, those of the last full year deciding the order. Draws queries/donors_by_year.sql."""
    records = chart.records(rows)
    dated = [one for one in records if one.get("year") is not None and one.get("committed_eur") is not None]
    notes = [*without_year(records), _("EUR million. Empty: no commitment on file.")]
    if not dated:
        return chart.empty(_("No commitment of a known year is on file."))
    last = chart.whole(dated[0].get("last_full_year"))
    years = list(range(min(int(one["year"]) for one in dated), max(int(one["year"]) for one in dated) + 1))
    fields = {(donor_name(one), int(one["year"])): one for one in dated}
    totals: dict[str, float] = defaultdict(float)
    for one in dated:
        totals[donor_name(one)] += float(one["committed_eur"])
    of_last = {donor: float(fields[donor, last]["committed_eur"]) if (donor, last) in fields else 0.0 for donor in totals}
    donors = sorted(totals, key=lambda donor: (-of_last[donor], -totals[donor], donor))
    layout = {
        "height": len(donors) * FIELD + chart.FOOT + 10,
        "xaxis": {
            **theme.NAME_AXIS,
            "side": "top",
            "tickmode": "array",
            "tickvals": list(range(len(years))),
            "ticktext": [f"<b>{year}</b>" if year == last else str(year) for year in years],
        },
        "yaxis": chart.name_axis([chart.wrapped(donor, 16) for donor in donors]),
        "annotations": [
            chart.annotation(words(one), x=years.index(year), y=donors.index(donor), xanchor="center", align="center")
            for (donor, year), one in fields.items()
        ],
    }
    data = [matrix([[fields.get((donor, year)) for year in years] for donor in donors], described)]
    return chart.figure(data, layout, title=title(fields, donors, last), alt=alt(fields, donors), notes=notes)


def words(one: chart.Record) -> str:
    return millions_words(float(one["committed_eur"]) / 1_000_000)


def described(one: chart.Record) -> str:
    told = {"donor": chart.harmless(donor_name(one)), "year": int(one["year"]), "amount": euros(one["committed_eur"])}
    return _("<b>{donor}, {year}</b><br>committed: {amount}").format(**told)


def title(fields: dict[tuple[str, int], chart.Record], donors: list[str], last: int) -> str:
    """Who committed most in the last year that is over, where anybody did."""
    first = fields.get((donors[0], last))
    if first is None:
        return _("No commitment of {year} is on file").format(year=last)
    return _("In {year} most was committed by {donor}: {amount}").format(
        year=last, donor=donors[0], amount=euros_short(first["committed_eur"])
    )


def alt(fields: dict[tuple[str, int], chart.Record], donors: list[str]) -> str:
    """Every field that is not empty, donor by donor."""
    line, parts = _("{donor}, {year}: {amount}"), []
    for donor in donors:
        own = sorted(year for name, year in fields if name == donor)
        parts += [line.format(donor=donor, year=year, amount=euros(fields[donor, year]["committed_eur"])) for year in own]
    return _("A field for each donor and year. {parts}.").format(parts="; ".join(parts))


def without_year(records: list[chart.Record]) -> list[str]:
    """What has no single year, and so no field."""
    gone = [one for one in records if one.get("year") is None and one.get("committed_eur") is not None]
    line = _("{donor}: {amount}")
    told = [line.format(donor=donor_name(one), amount=euros_short(one["committed_eur"])) for one in gone]
    return [_("Committed without a single year: {parts}.").format(parts="; ".join(told))] if told else []
