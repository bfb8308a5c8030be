"""What the audit trail notes of visits: signing in and out, and being refused."""

import hashlib
from collections import OrderedDict
from time import monotonic

import streamlit as st

from tallinn import access, audit
from tallinn.access import Person
from tallinn.lake import Lake
from tallinn.page import visit
from tallinn.settings import PUBLIC_ONLY, lake_dir

NOBODY = "nobody signed in"
SECONDS_APART = 600
"""Whoever knocks again and again is noted once in this time."""
MOST_KNOCKS = 10_000

_sessions: set[access.Session] = set()
_knocks: OrderedDict[tuple[str, str], float] = OrderedDict()


def signed_in() -> None:
    """Note who came, once a session, however many tabs it has."""
    someone = visit.person()
    if someone and someone.session not in _sessions:
        _note("signed in", someone, _role(someone))
        _sessions.add(someone.session)


def sign_out() -> None:
    """End the session in every tab and note it. The browser is sent to the provider to end it there."""
    someone = visit.person()
    access.end(visit.claims())
    if someone:
        _note("signed out", someone, _role(someone))
        _sessions.discard(someone.session)
    st.logout()


def refused(someone: Person | None, act: str) -> None:
    """Note who asked for what they may not do."""
    who = someone.id if someone else NOBODY
    now, last = monotonic(), _knocks.pop((who, act), None)
    _knocks[who, act] = now if last is None or now - last > SECONDS_APART else last
    while len(_knocks) > MOST_KNOCKS:
        _knocks.popitem(last=False)
    if _knocks[who, act] == now and not PUBLIC_ONLY:
        with Lake(lake_dir()) as lake:
            audit.note(lake, "refused", who=who, about=act)


def _note(act: audit.Noted, someone: Person, about: str) -> None:
    session = hashlib.sha256(repr(someone.session).encode()).hexdigest()
    with Lake(lake_dir()) as lake:
        audit.note(lake, act, who=someone.id, about=about, session=session)


def _role(someone: Person) -> str:
    return " ".join(filter(None, [someone.audience.role, someone.audience.donor_id]))
