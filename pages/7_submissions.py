"""Submissions: what was taken in, by whom and with which effect; what waits to be mended; undo."""

import streamlit as st

from tallinn.page import prose, saying, stop
from tallinn.page.office import door, past, waiting
from tallinn.wording import _

st.title(_("Submissions"), anchor=False)
door.enter()
prose(_("Every file that was taken in, the newest first. Nothing is ever lost: each file is kept as it was sent, and each can be undone."))
saying.said()

submissions = past.history()
if not submissions:
    st.info(_("Nothing has been taken in yet."))
    stop()
past.table(submissions)

st.header(_("Rows that wait"), anchor="waiting")
waiting.rows(submissions)

st.header(_("One submission"), anchor="submission")
submission = past.chosen(submissions)
past.detail(submission)
past.undoing(submission)
