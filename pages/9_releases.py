"""Releases: what the public reads, since when and why; for the staff, the way to the next one."""

import streamlit as st

from tallinn.page import is_staff, prose, published
from tallinn.page.office import name, releasing
from tallinn.wording import _

st.title(_("Releases"), anchor=False)
prose(
    _(
        "Figures change only with a release: the state of the files on one day, approved by a second person. A release is never edited. "
        "An error is mended by another one that says what it corrects, and every release stays readable."
    )
)
name.said()
published.newest()

if is_staff():
    st.header(_("The next release"), anchor="next")
    releasing.next_one()

st.header(_("What changed"), anchor="changes")
published.what_changed()

st.header(_("All releases"), anchor="all")
published.all_of_them()
