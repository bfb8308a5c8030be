"""What every page has around it: one release for the whole run, words when something fails, and a footer."""

import logging
from collections.abc import Callable
from contextvars import ContextVar
from typing import NoReturn

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from tallinn.ask import Answer
from tallinn.ingest.findings import Refused
from tallinn.ingest.invented import MARK
from tallinn.page import filters, marks
from tallinn.page.current import WORKING, Opened, ask, begin
from tallinn.page.kept import Kept
from tallinn.page.visit import is_staff
from tallinn.wording import _, day

# A picture in the address itself: Streamlit would fetch the icons of its own set from the web.
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E"
    "%3Cpath fill='%230072B2' d='M12 1 3 5v6c0 5.5 3.8 10.7 9 12 5.2-1.3 9-6.5 9-12V5z'/%3E"
    "%3Cpath fill='%23fff' d='M7 9h10v2.5h-3.7V18h-2.6v-6.5H7z'/%3E%3C/svg%3E"
)

log = logging.getLogger(__name__)


class _Complete(Exception):
    """The page has nothing more to show."""


def stop() -> NoReturn:
    """End the page here; what stands around it is still shown, as it would not be after st.stop()."""
    raise _Complete


def run(chosen: StreamlitPage, methodology: StreamlitPage) -> None:
    """The chosen page in its frame. `methodology` is the page that the footer leads to."""
    if not _went_well(_begin):
        return
    _went_well(_say_if_invented)
    _went_well(_say_which_state)
    _went_well(chosen.run)
    _went_well(filters.remember_in_url)
    _went_well(lambda: _footer(methodology))


def _went_well(part: Callable[[], None]) -> bool:
    """Run a part of the page. What fails is told in a sentence; the details go to the log."""
    try:
        part()
    except _Complete:
        return True
    except Exception:
        log.exception("A page could not be shown")
        st.error(_("Something went wrong while this page was made. Reload it; if that does not help, please tell the project office."))
        return False
    return True


_BEGUN: ContextVar[Opened] = ContextVar("begun")


def _begin() -> None:
    """The state that the address names; else the newest for the staff, and what is published for everybody else."""
    staff = is_staff()
    usual = WORKING if staff else ""
    wanted = filters.release() or usual
    try:
        _BEGUN.set(begin(wanted if staff or wanted != WORKING else "", unpublished=staff))
    except Refused as refused:
        filters.choose_release("")
        st.warning(str(refused))
        _BEGUN.set(begin(usual, unpublished=staff))


def _say_which_state() -> None:
    """A bar above a page that shows something else than the release in force."""
    opened = _BEGUN.get()
    release, public = opened.store.release, opened.releases[0]
    words = {"release": release.id, "public": public.id, "date": day(release.date)}
    if release == public:
        return
    if filters.release() in ("", WORKING):
        said = _("The state of {date}, as the staff sees it: not published. The public reads release {public}.")
    elif not release.is_published:
        said = _("**PREVIEW** of release {release}: not published. The public reads release {public}.")
    else:
        said = _("You are reading release {release} of {date}. The newest is {public}.")
    with st.container(horizontal=True, vertical_alignment="center"):
        (st.info if release.is_published or filters.release() in ("", WORKING) else st.warning)(said.format(**words))
        st.button(_("Read release {public}").format(**words), on_click=filters.choose_release, args=(public.id,))


def _say_if_invented() -> None:
    """The bar that nobody overlooks, above everything else."""
    if ask("release_facts").release.demonstration:
        st.warning(f"**{MARK}** – {_('invented for training, not figures of any donor')}", icon=":material/theater_comedy:")


def _footer(methodology: StreamlitPage) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_imprint.of(ask("release_facts")), width="content")
        st.page_link(methodology, label=_("How the figures are made"), icon=":material/menu_book:")


def _release_words(facts: Answer) -> str:
    words = {"release": facts.release.id, "date": day(facts.rows["data_date"].iloc[0])}
    return marks.plain(_("Release {release}. Data to {date}. Data: CC BY 4.0.").format(**words))


_imprint = Kept(_release_words)
