"""The briefing on a page: a button that makes it when it is asked for."""

from functools import partial
from urllib.parse import urlsplit, urlunsplit

import streamlit as st

from tallinn.ask import Answer
from tallinn.audience import Audience
from tallinn.briefing import briefing, differences
from tallinn.page import take_away
from tallinn.page.current import Wanted, ask, newest, public_releases, reader
from tallinn.page.kept import Kept
from tallinn.settings import ADDRESS, lake_dir
from tallinn.wording import _


def button(money: Answer, donor_id: str = "") -> None:
    """Two pages of PDF about the Mechanism, or about one donor. `money` answers the question behind its figures."""
    shown = urlsplit(st.context.url or ADDRESS)
    where = urlunsplit((shown.scheme, shown.netloc, shown.path, f"donor={donor_id}" if donor_id else "", ""))
    # It is made in another thread, which does not know who asks.
    make = partial(_briefings.of, money, donor_id=donor_id, where=where, who=reader())
    name = take_away.file_name(money, "pdf").replace(money.name, f"briefing_{donor_id}" if donor_id else "briefing", 1)
    take_away.button(_("Briefing: two pages to print (PDF)"), make, name, key="briefing", icon=":material/picture_as_pdf:")


def _made(money: Answer, *, donor_id: str, where: str, who: Audience) -> bytes:
    return briefing(ask, donor_id=donor_id, changes=_changes(money, donor_id, who), address=where)


def _changes(money: Answer, donor_id: str, who: Audience) -> list[str]:
    """What differs for this reader from the release before; nothing where the state is not published."""
    names = [each.id for each in public_releases()]
    if money.release.id not in names:
        return []
    at = names.index(money.release.id)
    if at + 1 == len(names):
        return [_("There is no earlier release.")]
    earlier, later = (newest(Wanted(who, lake_dir(), name)).store for name in (names[at + 1], names[at] if at else ""))
    return differences(earlier, later, donor_id)


_briefings = Kept(_made, most=30)
