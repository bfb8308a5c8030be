"""Who may come in: asked when an office page is shown, and again by whatever it does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from tallinn import access
from tallinn.founding import found
from tallinn.lake import Lake
from tallinn.page.frame import stop
from tallinn.page.visit import is_staff, visit
from tallinn.settings import lake_dir
from tallinn.wording import _


class NotStaff(Exception):
    """Somebody who is not of the staff asked for what only the staff may do."""


def enter() -> None:
    """Let the staff in, and show everybody else where the office's pages are open."""
    if is_staff():
        return
    st.info(
        _(
            "This page is for the staff of the project office. It is open only on the machine that runs the dashboard, "
            "at an address such as http://localhost:8501, after `make run`."
        ),
        title=_("Not open here"),
    )
    stop()


def check() -> None:
    """Raise NotStaff unless the visitor is of the staff, however the page was reached."""
    if not is_staff():
        raise NotStaff


@contextmanager
def lake() -> Iterator[Lake]:
    """The lake, for the staff alone. Raises NotStaff for anybody else."""
    check()
    with _opened() as opened:
        yield opened


def later(make: Callable[[Lake], bytes]) -> Callable[[], bytes]:
    """What makes a file from the lake when it is fetched, outside of any page run: the visit is asked about again then."""
    asking = visit()
    return lambda: _made(make, asking)


def _made(make: Callable[[Lake], bytes], asking: access.Visit) -> bytes:
    if not access.is_staff(asking):
        raise NotStaff
    with _opened() as opened:
        return make(opened)


@contextmanager
def _opened() -> Iterator[Lake]:
    directory = lake_dir()
    found(directory)
    with Lake(directory) as opened:
        yield opened
