"""Ask anything: questions that a person who is signed in puts together."""

import streamlit as st

from tallinn.ingest.findings import Refused
from tallinn.page import exploring, marks, prose, stop
from tallinn.wording import _

st.title(_("Ask anything"), anchor=False)
exploring.enter()
prose(
    _(
        "Choose a dataset and what you want to know of it. What you choose stands in the address, so that you can send it to somebody: "
        "they see what they may see. Stages of the same money and counts of different series are never added up here either."
    )
)
wish = exploring.wish()
try:
    answer = exploring.answered(wish)
except Refused as refused:
    st.warning(marks.plain(str(refused)))
    stop()
exploring.tell(wish, answer)

st.header(_("The SQL"), anchor="sql")
exploring.sql(answer)
