"""Audit: who did what, and who was not let do it."""

import streamlit as st

from tallinn.page import prose
from tallinn.page.office import auditing, door
from tallinn.wording import _

st.title(_("Audit"), anchor=False)
door.enter()
prose(
    _(
        "Who submitted, mended, undid, prepared, approved, published, signed in or out, and who was refused. Entries are only ever added. "
        "Times are UTC."
    )
)
auditing.trail()
