"""The briefing on a page: a button that makes it when it is asked for."""

from functools import partial
from urllib.parse import urlsplit, urlunsplit

import streamlit as st

from tallinn.ask import Answer
from tallinn.audience import Audience
from tallinn.briefing import briefing, differences
from tallinn.languages import language, languages
from tallinn.page import take_away
from tallinn.page.current import Wanted, ask, newest, public_releases, reader
from tallinn.page.kept import Kept
from tallinn.settings import ADDRESS, lake_dir
from tallinn.wording import _

ICON = ":material/picture_as_pdf:"


def choice(money: Answer) -> None:
    """About the Mechanism or any donor, in any language. `money` answers the question behind the figures of the page."""
    panel = st.popover(_("Briefing: two pages to print (PDF)"), icon=ICON, on_change="rerun", key="briefings")
    if not panel.open:
        return
    with panel:
        ladder = ask("donor_ladder", scope="related").rows
        names = {"": _("The Mechanism"), **dict(zip(ladder["donor_id"], ladder["donor"], strict=True))}
        about = st.pills(
            _("About"), list(names), format_func=names.__getitem__, default="", required=True, key=f"briefing_{language.get()}"
        )
        with st.container(horizontal=True):
            for code, name in languages().items():
                _offer(name, money, str(about), code)


def button(money: Answer, donor_id: str) -> None:
    """Two pages of PDF about one donor, in the reader's language."""
    _offer(_("Briefing: two pages to print (PDF)"), money, donor_id, language.get())


def _offer(label: str, money: Answer, donor_id: str, code: str) -> None:
    shown = urlsplit(st.context.url or ADDRESS)
    folder, _slash, page = shown.path.rpartition("/")
    path, query = (f"{folder}/donor", f"donor={donor_id}") if donor_id else (f"{folder}/{page}", "")
    # It is made in another thread, which does not know who asks.
    make = partial(_briefings.of, money, donor_id=donor_id, where=urlunsplit((shown.scheme, shown.netloc, path, query, "")), who=reader())
    name = take_away.file_name(money, "pdf").replace(money.name, f"briefing_{donor_id}" if donor_id else "briefing", 1)
    take_away.button(label, make, name, key=f"briefing_in_{code}", icon=ICON, code=code)


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
