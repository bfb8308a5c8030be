"""Who speaks for a donor: asked when the page My figures is shown, and again by whatever is done there."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import streamlit as st

from tallinn.confirmations import Statement, statements
from tallinn.lake import Lake, version_mark
from tallinn.page import account, choices, noted, visit
from tallinn.page.current import ask
from tallinn.page.frame import stop
from tallinn.page.visit import is_staff
from tallinn.settings import lake_dir
from tallinn.wording import _


class NotTheDonor(Exception):
    """Somebody asked for what only a person of this donor may see or do."""


def own() -> str | None:
    """The donor for which the visitor speaks."""
    someone = visit.person()
    return someone.audience.donor_id if someone and someone.audience.role == "partner" else None


def may_look() -> bool:
    """Whether there is a page My figures for this visitor: for persons of a donor, and for the staff, who look but state nothing."""
    return own() is not None or is_staff()


def enter() -> str:
    """The donor whose figures are shown: the visitor's own, or the one that the staff chooses. Everybody else is told who may come in."""
    if donor_id := own():
        return donor_id
    if not is_staff():
        account.tell_who_may_enter(
            _("This page is for donors. Whoever is signed in for one sees its figures here, and can confirm or dispute them.")
        )
        stop()
    rows = ask("donor_freshness").rows
    names: dict[str, str] = dict(sorted(zip(rows["donor_id"], rows["donor"], strict=True), key=lambda pair: pair[1]))
    if not names:
        st.info(_("No donor is on file yet."))
        stop()
    return choices.pick("whose", _("Whose figures"), names)


@contextmanager
def acting(donor_id: str) -> Iterator[tuple[Lake, str]]:
    """The lake, and the name of who acts, for a person of this donor alone. Raises NotTheDonor for anybody else, the staff too."""
    someone = visit.person()
    if someone is None or own() != donor_id:
        noted.refused(someone, "speak for a donor")
        raise NotTheDonor
    with Lake(lake_dir()) as lake:
        yield lake, someone.id


def stated(donor_id: str) -> list[Statement]:
    """What was said for a donor, the newest first; read once for each state of the lake. Raises NotTheDonor."""
    if own() != donor_id and not is_staff():
        raise NotTheDonor
    return _stated(donor_id, lake_dir(), version_mark(lake_dir()))


@lru_cache(maxsize=64)
def _stated(donor_id: str, directory: Path, _mark: tuple[int, ...]) -> list[Statement]:
    with Lake(directory) as lake:
        return statements(lake, donor_id=donor_id)
