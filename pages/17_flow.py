"""Flow: which way the money takes, from donors to sectors, one stage at a time."""

import streamlit as st

from tallinn import charts
from tallinn.page import ask, choices, filters, prose, show, show_table
from tallinn.wording import _

st.title(_("Flow of the money"), anchor=False)
prose(
    _(
        "From donors through channels and implementers to kinds of support and sectors. One stage of the money at a time, because stages "
        "are never added up; each euro stands once in every column. Click a white point to follow that donor, channel, implementer, "
        "kind of support or sector alone, and again for all."
    )
)
with st.container(horizontal=True, vertical_alignment="bottom"):
    stage = filters.stage()
    scope = filters.scope()
with st.grid(3, min_column_width=260):
    chosen = {"donors": filters.donors(), "categories": filters.categories(), **filters.ways(scope)}

flow = ask("flow", stage=stage, scope=scope, **chosen)
show(charts.flow, flow, unit=_("EUR, at the ECB reference rate of each value date."), clicked=choices.toggle)
if not flow.rows.empty:
    st.header(_("Every band"), anchor="bands")
    show_table(
        flow,
        ["position", "source_name", "target_name", "amount_eur", "rows"],
        alt=_("Bands of the drawing: from which stop to which, with the amount and the number of contributions"),
    )
