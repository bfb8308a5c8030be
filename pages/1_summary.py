"""Summary: what is publicly known of the Tallinn Mechanism, in one minute."""

import streamlit as st

from tallinn import charts
from tallinn.page import ask, briefed, headline, links, lists, prose, show
from tallinn.wording import _

st.title(_("The Tallinn Mechanism in summary"), anchor=False)

money = ask("headline")
prose(headline.in_a_sentence(money))
headline.show_figures(money)
briefed.choice(money)

st.header(_("Support over time"))
show(charts.funding_over_time, ask("funding_over_time"), ask("milestones"), unit=_("EUR, at the ECB reference rate of each value date."))

st.header(_("Projects"))
show(charts.project_status, ask("project_status"), unit=_("Number of projects by IATI activity status."))

st.header(_("Cyberattacks on Ukraine"))
st.caption(
    _("What Ukraine faces. The number of attacks says nothing about what the support achieves, and the support nothing about the attacks.")
)
attacks = ask("attacks_by_year")
show(charts.attacks_by_year, attacks, unit=_("Incidents that CERT-UA processed by hand."))
links.to_trends()

st.header(_("Who takes part"))
lists.members(ask("members"))

st.header(_("What is not known"))
lists.not_known(ask("not_known"))
