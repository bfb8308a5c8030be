"""My figures: what a release says of one donor, and what the donor says of it."""

import streamlit as st

from tallinn.page import ask, donor, own_figures, prose, saying, stating, stop
from tallinn.wording import _

st.title(_("My figures"), anchor=False)
donor_id = donor.enter()
saying.said()
known = ask("donor_freshness", donors=(donor_id,))
if known.rows.empty:
    st.info(_("Nothing of this donor is on file in this release."))
    stop()
donor_name, release = known.rows["donor"].iloc[0], known.release

prose(_("What release {release} says of {donor}, within the Mechanism. Unknown is not zero.").format(release=release.id, donor=donor_name))
own_figures.figures(ask("donor_figures", donors=(donor_id,)))
own_figures.say_how_recent(donor_id)

st.header(_("What changed"), anchor="changes")
own_figures.changes(donor_id)

st.header(_("Contributions"), anchor="contributions")
contributions = own_figures.contributions(donor_id)

st.header(_("Projects"), anchor="projects")
own_figures.projects(donor_id)

st.header(_("What {donor} says of these figures").format(donor=donor_name), anchor="statement")
stating.said(donor_id, release)
stating.form(donor_id, release, contributions)
