"""Donor: what one donor has pledged, committed and paid, for what, through whom, and what has changed."""

import streamlit as st

from tallinn import charts, portraits
from tallinn.page import ask, briefed, choosing, filters, own_figures, profile, show, show_table, stop
from tallinn.wording import _

st.title(_("Donor"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    donor_id = choosing.donor()
    scope = filters.scope()
if donor_id is None:
    profile.nobody_chosen(ask("donor_figures", scope=scope))
    stop()

asked = {"scope": scope, "donors": (donor_id,)}
figures = ask("donor_figures", **asked)
profile.title(figures)
profile.in_sentences(figures)
own_figures.figures(figures)
profile.standing(donor_id)
profile.elsewhere(donor_id)
if portraits.is_silent(figures):
    stop()
briefed.button(figures, donor_id)

euro = _("EUR, at the ECB reference rate of each value date.")
st.header(_("Over time"), anchor="time")
growth, by_year = st.columns(2, gap="large")
with growth:
    show(charts.donor_over_time, ask("donor_over_time", **asked), unit=euro)
with by_year:
    show(charts.funding_by_year, ask("funding_by_year", **asked), unit=euro)

st.header(_("What changed since the release before"), anchor="changes")
own_figures.changes(donor_id)

st.header(_("What for"), anchor="categories")
show(charts.funding_by_category, ask("funding_by_category", **asked), unit=euro)
show_table(
    ask("needs_answered", donors=(donor_id,)),
    profile.NEEDS,
    alt=_("Stated needs and the projects that answer them"),
    nothing=_("None of its projects names a stated need that it answers."),
)

st.header(_("Projects"), anchor="projects")
of_projects = _("Number of projects.")
by_status, by_delivery = st.columns(2, gap="large")
with by_status:
    show(charts.project_status, ask("project_status", donors=(donor_id,)), unit=of_projects)
with by_delivery:
    show(charts.project_delivery, ask("project_delivery", donors=(donor_id,)), unit=of_projects)
own_figures.projects(donor_id)

st.header(_("Through whom"), anchor="partners")
partners, channels = st.columns(2, gap="large")
with partners:
    show(charts.project_partners, ask("project_partners", donors=(donor_id,)), role="implementer", unit=of_projects)
with channels:
    show_table(
        ask("donor_channels", **asked),
        ["channel", "contributions", "committed_eur", "disbursed_eur"],
        alt=_("Budgets, agencies and programmes through which the money passes"),
    )

st.header(_("Every contribution with its source"), anchor="contributions")
own_figures.contributions(donor_id, scope)
