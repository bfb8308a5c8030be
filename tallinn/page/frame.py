"""What every page has around it: one release for the whole run, words when something fails, and a footer."""

import logging
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from typing import NoReturn

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from tallinn.ask import Answer
from tallinn.ingest.findings import Refused
from tallinn.ingest.invented import MARK, MEANING
from tallinn.page import choices, filters, marks, noted, speech
from tallinn.page.current import Opened, ask, begin
from tallinn.page.kept import Kept
from tallinn.provenance import imprint, older
from tallinn.wording import _, day

log = logging.getLogger(__name__)

LOOK = Path(__file__).with_name("look.css")


class _Complete(Exception):
    """The page has nothing more to show."""


def stop() -> NoReturn:
    """End the page here; what stands around it is still shown, as it would not be after st.stop()."""
    raise _Complete


def run(chosen: StreamlitPage, methodology: StreamlitPage) -> None:
    """The chosen page in its frame. `methodology` is the page that the footer leads to."""
    if not _went_well(_begin):
        return
    st.html(LOOK)
    _went_well(noted.signed_in)
    _went_well(_say_if_invented)
    _went_well(speech.switch)
    _went_well(_say_which_state)
    _went_well(chosen.run)
    _went_well(choices.remember_in_url)
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
    """The state that the address names, else the one that this visitor usually reads."""
    wanted = filters.release()
    try:
        _BEGUN.set(begin(wanted))
    except Refused as refused:
        filters.choose_release("")
        st.warning(str(refused))
        _BEGUN.set(begin())


def _say_which_state() -> None:
    """A bar above a page that shows something else than the release in force."""
    opened = _BEGUN.get()
    release, public = opened.store.release, opened.releases[0]
    words = {"release": release.id, "public": public.id, "date": day(release.date), "marking": release.marking}
    if release == public and not release.marking:
        return
    staff = opened.store.audience.role == "staff"
    if release == public:
        said = _("What you see is not all public: these figures hold rows up to {marking}. The public reads release {public} without them.")
        said = said.format(**words)
    elif staff:
        said = _("The state of {date}, as the staff sees it: not published. The public reads release {public}.").format(**words)
    elif not release.is_published:
        said = _("**PREVIEW** of release {release}: not published. The public reads release {public}.").format(**words)
    else:
        said = older(release, public)
    with st.container(horizontal=True, vertical_alignment="center"):
        (st.info if release.is_published or staff else st.warning)(said)
        if release != public or staff:
            st.button(_("Read release {public}").format(**words), on_click=filters.choose_release, args=(public.id,))


def _say_if_invented() -> None:
    """The bar that nobody overlooks, above everything else."""
    if ask("release_facts").release.demonstration:
        st.warning(f"**{MARK}** – {_(MEANING)}", icon=":material/theater_comedy:")


def _footer(methodology: StreamlitPage) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_imprint.of(ask("release_facts")), width="content")
        st.markdown(f"[{_('Open data')}](/open-data/)", width="content")
        st.page_link(methodology, label=_("How the figures are made"), icon=":material/menu_book:")


def _release_words(facts: Answer) -> str:
    return marks.plain(imprint(facts))


_imprint = Kept(_release_words)
