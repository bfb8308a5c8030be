"""Compare: two to four donors beside each other."""

import streamlit as st

from tallinn import charts
from tallinn.page import ask, beside, choosing, filters, links, prose, show, stop
from tallinn.wording import _

st.title(_("Compare donors"), anchor=False)
prose(
    _(
        "Donors beside each other, on the same axes. An amount that nobody has published is unknown, not zero, and a late report can look "
        "like little aid: see how recent each one's figures are."
    )
)
donors = choosing.donors()
scope = filters.scope()
if len(donors) < choosing.FEWEST:
    st.info(_("Choose two to four donors."))
    stop()

asked = {"scope": scope, "donors": donors}
figures = ask("donor_figures", **asked)
beside.differences(figures)

st.header(_("Figures"), anchor="figures")
beside.figures(figures)

euro = _("EUR, at the ECB reference rate of each value date.")
st.header(_("Over the years"), anchor="years")
show(charts.donor_years, ask("donor_years", **asked), unit=euro)

st.header(_("Kinds of support"), anchor="categories")
show(charts.donor_categories, ask("donor_categories", **asked), unit=euro)

st.header(_("Each donor's page"), anchor="donors")
with st.container(horizontal=True):
    for donor_id, name in zip(figures.rows["donor_id"], figures.rows["donor"], strict=True):
        links.to_donor(donor_id, name)
    links.to_funding()
