"""Who may come in: asked when an office page is shown, and again by whatever it does. Who is not let in stands in the audit trail."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tallinn import access
from tallinn.access import Claims, Person
from tallinn.founding import found
from tallinn.lake import Lake
from tallinn.languages import language
from tallinn.page import account, noted, visit
from tallinn.page.frame import stop
from tallinn.settings import lake_dir
from tallinn.wording import _


class NotStaff(Exception):
    """Somebody who is not of the staff asked for what only the staff may do."""


def enter() -> None:
    """Let the staff in, and tell everybody else how to get in."""
    if not _is_staff(someone := visit.person()):
        noted.refused(someone, _("a page of the office"))
        account.tell_who_may_enter(_("This page is for the staff of the project office."))
        stop()


def check(act: str) -> Person:
    """The member of the staff who acts, however the page was reached. Raises NotStaff for anybody else."""
    someone = visit.person()
    if not someone or not someone.is_staff:
        noted.refused(someone, act)
        raise NotStaff
    return someone


@contextmanager
def lake(act: str = "look into the lake") -> Iterator[Lake]:
    """The lake, for the staff alone. Raises NotStaff for anybody else."""
    check(act)
    with _opened() as opened:
        yield opened


@contextmanager
def acting(act: str) -> Iterator[tuple[Lake, str]]:
    """The lake, and the name under which the history keeps who acts. Raises NotStaff for anybody but the staff."""
    who = check(act).id
    with _opened() as opened:
        yield opened, who


def later(make: Callable[[Lake], bytes]) -> Callable[[], bytes]:
    """What makes a file from the lake when it is fetched, outside of any page run: the visitor is asked about again then."""
    asking, code = visit.claims(), language.get()
    return lambda: _made(make, asking, code)


def _made(make: Callable[[Lake], bytes], asking: Claims, code: str) -> bytes:
    if not _is_staff(access.person(asking)):
        raise NotStaff
    with _opened() as opened, language.spoken(code):
        return make(opened)


def _is_staff(someone: Person | None) -> bool:
    return someone is not None and someone.is_staff


@contextmanager
def _opened() -> Iterator[Lake]:
    directory = lake_dir()
    found(directory)
    with Lake(directory) as opened:
        yield opened
