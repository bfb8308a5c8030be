"""Who acts: a name that the history will show, asked once a visit; and what is said after an act."""

import streamlit as st

from tallinn.ingest.findings import Refused
from tallinn.page import marks
from tallinn.wording import _

_NAME, _SAID = "office_name", "office_said"


def field(form: str) -> None:
    """The field for the name, in a form; what was written in one form of this visit stands in the next."""
    st.text_input(_("Your name, for the history"), value=st.session_state.get(_NAME, ""), max_chars=100, key=f"{_NAME}_{form}")


def author(form: str) -> str:
    """The name that was written in a form. Raises Refused where there is none."""
    name = str(st.session_state.get(f"{_NAME}_{form}") or "").strip()
    if not name:
        raise Refused(_("Write your name: the history says who did what."))
    st.session_state[_NAME] = name
    return name


def say(kind: str, text: str) -> None:
    """Keep what is to be said after an act until the page is made anew."""
    st.session_state[_SAID] = (kind, text)


def said() -> None:
    """What the last act led to; told once."""
    kind, text = st.session_state.pop(_SAID, (None, ""))
    if kind:
        show = {"success": st.success, "warning": st.warning}.get(kind, st.error)
        show(marks.plain(text))
