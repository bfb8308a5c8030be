"""Cyberattacks: what Ukraine faces, as counted officially, one series at a time, and the incidents that became known."""

import streamlit as st

from tallinn import charts
from tallinn.page import ask, filters, links, lists, prose, show, show_table, stop, withheld
from tallinn.wording import _

st.title(_("Cyberattacks on Ukraine"), anchor=False)
prose(
    _(
        "Several bodies count attacks, each in its own way. Their figures cannot be compared, so only one series is shown at a time. "
        "The counts say nothing about the effect of any support."
    )
)

series = filters.series()
all_series = ask("counting_series")
if all_series.rows.empty:
    st.info(_("No count of attacks is on file yet."))
    stop()
lists.series(all_series, series)

by_year = ask("attacks_by_year", series=series)
show(charts.attacks_by_year, by_year, unit=_("Number of cases in each calendar year, as published."))

st.header(_("Counts by period"), anchor="periods")
totals = ask("incident_counts", series=series, dimension="total")
show(
    charts.incident_counts,
    totals,
    ask("series_breaks", series=series),
    unit=_("Cases a day, in each period for which a count was published."),
)
show_table(
    totals,
    [
        "period_label",
        "period_start",
        "period_end",
        "days",
        "count",
        "per_day",
        "conflict",
        "source_publisher",
        "source_url",
        "note",
        "count_id",
    ],
    alt=_("Counts by period with their average a day and their source"),
)

st.header(_("Sectors, kinds and severity"), anchor="breakdown")
with st.container(horizontal=True, vertical_alignment="bottom"):
    breakdown = ask("attack_breakdown", series=series, dimension=filters.dimension())
    period = filters.period(breakdown)
show(charts.attack_breakdown, breakdown, period=period, unit=_("Number of cases."))

st.header(_("Reports that contradict each other"), anchor="contradictions")
conflicts = ask("count_conflicts")
if conflicts.rows.empty:
    st.info(_("No two reports of the same count contradict each other."))
else:
    prose(_("All of them stay on file. The chart by year draws the one whose source has the latest date, and names the others."))
    show_table(
        conflicts,
        ["period_label", "series_name", "value_name", "count", "source_publisher", "source_date", "source_url", "note", "count_id"],
        alt=_("Reports of the same count that contradict each other"),
    )

st.header(_("Notable incidents"), anchor="incidents")
links.to_trends()
withheld.say(ask("withheld", dataset="incidents"))
with st.grid(3, min_column_width=260):
    chosen = {
        "search": filters.search(_("Name, target, attacker …"), key="incident"),
        "sectors": filters.sectors(),
        "types": filters.types(),
    }
incidents = ask("incidents", **chosen)
if incidents.rows.empty:
    st.info(_("No incident on file fits these filters."))
    stop()
lists.newest_of(incidents)
show(charts.incidents, incidents)
kinds, sectors = st.columns(2, gap="large")
with kinds:
    show(charts.incident_types, ask("incident_types"), unit=_("All notable incidents on file."))
with sectors:
    show(charts.incident_sectors, ask("incident_sectors"), unit=_("All notable incidents on file; one can hit several sectors."))
show_table(
    incidents,
    [
        "date",
        "name",
        "target",
        "sector_name",
        "type_name",
        "severity_name",
        "attributed_to",
        "impact",
        "source_publisher",
        "source_url",
        "incident_id",
    ],
    alt=_("Notable incidents with target, attribution, impact and source"),
)
