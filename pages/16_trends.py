"""Attack trends: what a list of incidents tells over time, and the official counts beside it, never mixed."""

import streamlit as st

from tallinn import charts
from tallinn.page import ask, filters, links, lists, prose, show, show_table, stop, withheld
from tallinn.wording import _

st.title(_("Attack trends"), anchor=False)
prose(
    _(
        "Lists of single incidents, as they were sent or collected, one at a time: lists overlap and are never added up. How many are on a "
        "list says how many became known and were written down, not how many there were."
    )
)
links.to_attacks()
withheld.say(ask("withheld", dataset="incidents"))
every = ask("incident_lists")
if every.rows.empty:
    st.info(_("No list of incidents is on file yet."))
    stop()
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = filters.incident_list(every)
    unit = filters.unit()
with st.grid(2, min_column_width=260):
    kinds = {"sectors": filters.sectors(), "types": filters.types()}

single = _("Single incidents of the chosen list.")
trend, notable = ask("incident_trend", list=chosen, unit=unit, **kinds), ask("incidents", list="collected", **kinds)
show(charts.incident_trend, trend, notable, unit=single)

st.header(_("Year on year"), anchor="years")
show(charts.incident_years, ask("incident_trend", list=chosen, unit="month", **kinds), unit=single)
weekdays, severities = st.columns(2, gap="large")
with weekdays:
    show(charts.incident_weekdays, ask("incident_weekdays", list=chosen, **kinds), unit=single)
with severities:
    show(charts.incident_severities, ask("incident_severities", list=chosen, **kinds), unit=single)

st.header(_("Sectors and kinds"), anchor="kinds")
show(
    charts.incident_sector_types, ask("incident_sector_types", list=chosen), unit=_("An incident that hit several sectors stands in each.")
)

st.header(_("The lists"), anchor="lists")
show_table(
    every,
    ["list_name", "incidents", "date_start", "date_end", "without_date"],
    alt=_("Lists of incidents with their number and the time that they cover"),
)

st.header(_("The official counts beside"), anchor="counts")
prose(_("Counted by others, by methods of their own: they can be neither added to the list above nor compared with it."))
series = filters.series()
lists.series(ask("counting_series"), series)
counts, breaks = ask("incident_counts", series=series, dimension="total"), ask("series_breaks", series=series)
show(charts.incident_counts, counts, breaks, unit=_("Cases a day, in each period for which a count was published."))
