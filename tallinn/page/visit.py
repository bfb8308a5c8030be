"""The visit that a page is run for: who is there, asked anew at every step, since a role or a session can end at any moment."""

from typing import Any

import streamlit as st

from tallinn import access
from tallinn.access import Person
from tallinn.audience import PUBLIC, Audience


def claims() -> dict[str, Any]:
    """What the provider said of the visitor; Streamlit has checked the signature of the cookie that brings it."""
    return dict(st.user.to_dict())


def person() -> Person | None:
    """Who is signed in; None where nobody is, or no longer."""
    return access.person(claims())


def audience() -> Audience:
    """Whose figures the visitor may see."""
    someone = person()
    return someone.audience if someone else PUBLIC


def is_staff() -> bool:
    """Whether this visitor is of the staff."""
    return audience().role == "staff"
