"""What is said after an act, when the page is made anew."""

import streamlit as st

from tallinn.page import marks

_SAID = "office_said"


def say(kind: str, text: str) -> None:
    """Keep what is to be said after an act until the page is made anew."""
    st.session_state[_SAID] = (kind, text)


def said() -> None:
    """What the last act led to; told once."""
    kind, text = st.session_state.pop(_SAID, (None, ""))
    if kind:
        show = {"success": st.success, "warning": st.warning}.get(kind, st.error)
        show(marks.plain(text))
