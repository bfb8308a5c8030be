"""Pages: the only part of the package that knows Streamlit."""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from tallinn.page import account, donor, exploring
from tallinn.page.current import ask, in_force, warm
from tallinn.page.frame import run, stop
from tallinn.page.show import prose, show, show_table
from tallinn.page.speech import begin as speak
from tallinn.page.table import table
from tallinn.page.visit import is_staff
from tallinn.theme import ICON

__all__ = [
    "ICON",
    "account",
    "ask",
    "donor",
    "exploring",
    "in_force",
    "is_staff",
    "prose",
    "run",
    "show",
    "show_table",
    "speak",
    "stop",
    "table",
    "warm",
]


def _leave_pages_to_navigation() -> None:
    """Until st.navigation has run once, Streamlit runs each script in pages/ by itself: a first visit by a link would miss the frame."""
    found_by_streamlit = PagesManager.uses_pages_directory
    PagesManager.uses_pages_directory = False
    if found_by_streamlit and get_script_run_ctx():
        st.rerun()


_leave_pages_to_navigation()
