"""Templates: workbooks to fill in, which are read without a question when they come back."""

import streamlit as st

from tallinn.page import prose
from tallinn.page.office import door, forms
from tallinn.wording import _

st.title(_("Templates"), anchor=False)
door.enter()
prose(
    _(
        "A workbook for each dataset, with drop-downs for what has a list, an explanation of every column, and an example. Filled with "
        "what a donor has on file, it comes back with exactly the edits that were made in it. Donors may also send "
        "their own form: the page Upload reads it."
    )
)
forms.offer()
