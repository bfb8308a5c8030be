"""Releases: what the public reads, since when and why; for the staff, the way to the next one."""

import streamlit as st

from tallinn.page import is_staff, prose, published, saying
from tallinn.page.office import objections, releasing
from tallinn.wording import _

st.title(_("Releases"), anchor=False)
prose(
    _(
        "Figures change only with a release: the state of the files on one day, approved by a second person. A release is never edited. "
        "An error is mended by another one that says what it corrects, and every release stays readable."
    )
)
saying.said()
published.newest()
published.what_changed()

if is_staff():
    st.header(_("The next release"), anchor="next")
    releasing.next_one()
    st.header(_("What donors say of their figures"), anchor="objections")
    objections.waiting()

st.header(_("All releases"), anchor="all")
published.all_of_them()
