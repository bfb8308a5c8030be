"""Account: the way in for staff and partners, and what a visitor is here."""

import streamlit as st

from tallinn.page import account

st.title(account.title(), anchor=False)
account.show()
