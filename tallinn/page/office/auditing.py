"""The audit trail as a table to search, and as a file."""

from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

import pandas as pd
import streamlit as st

from tallinn import audit
from tallinn.audit import Event
from tallinn.lake import version_mark
from tallinn.languages import language
from tallinn.page.office import door
from tallinn.page.table import MOST_ROWS
from tallinn.settings import lake_dir
from tallinn.wording import _, count


def trail() -> None:
    """The newest events that fit what is looked for, and all of them as CSV."""
    door.check("read the audit trail")
    events = _events(language.get(), lake_dir(), version_mark(lake_dir()))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        acts = st.multiselect(
            _("What was done"), sorted({event.act for event in events}), format_func=_, placeholder=_("Everything"), key="acts"
        )
        who = st.text_input(_("Who, or what about"), max_chars=100, key="who").strip().casefold()
    found = [event for event in events if (not acts or event.act in acts) and who in f"{event.who} {event.about}".casefold()]
    if not found:
        st.info(_("Nothing in the trail fits."))
    else:
        _table(found)
    st.download_button(
        _("All of it as CSV"),
        door.later(lambda lake: audit.as_csv(audit.trail(lake))),
        "audit.csv",
        "text/csv",
        key="audit_csv",
        on_click="ignore",
        icon=":material/download:",
    )


@lru_cache(maxsize=2)
def _events(_language: str, _directory: Path, _mark: tuple[int, ...]) -> list[Event]:
    with door.lake("read the audit trail") as lake:
        return audit.trail(lake)


def _table(events: list[Event]) -> None:
    titles = {"happened_at": _("When"), "who": _("Who"), "act": _("Did what"), "about": _("About")}
    rows = pd.DataFrame([{**asdict(event), "act": _(event.act)} for event in events[:MOST_ROWS]]).rename(columns=titles)
    st.dataframe(rows, hide_index=True, alt=_("Who did what, the newest first"), key="audit")
    if len(events) > MOST_ROWS:
        st.caption(_("The newest {n} are shown.").format(n=count(MOST_ROWS)))
