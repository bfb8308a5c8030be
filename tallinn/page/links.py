"""The ways to the pages about one thing: a donor, a project, several donors beside each other."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from tallinn.ask import Answer
from tallinn.page import marks
from tallinn.wording import _

SHOWN = "=([^&]*)"
"""What of such an address stands in the cell of a table: the name of the thing."""
FUNDING, PROJECTS, DONOR, COMPARE = "pages/2_funding.py", "pages/3_projects.py", "pages/13_donor.py", "pages/14_compare.py"
NEEDS, ATTACKS, TRENDS = "pages/18_needs.py", "pages/4_cyberattacks.py", "pages/16_trends.py"


def address(page: str, named: str, *, release: str = "", lang: str = "") -> str:
    """Where a page tells of what is named, seen from any other page. `page` is what it tells of, too: donor or project.

    `release` and `lang`: those that the reader has chosen, if any.
    """
    chosen = {name: value for name, value in (("release", release), ("lang", lang)) if value}
    return f"{page}?{urlencode({page: named, **chosen})}"


def to_donor(donor_id: str, name: str) -> None:
    """A link to a donor's page."""
    st.page_link(DONOR, label=marks.plain(name), query_params={"donor": donor_id})


def to_each_donor(listed: Answer) -> None:
    """Links to the pages of the donors of an answer, and to the page that sets them beside each other."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(_("Each donor has a page of its own:"), width="content")
        for donor_id, name in zip(listed.rows["donor_id"], listed.rows["donor"], strict=True):
            to_donor(donor_id, name)
        to_donors(())


def to_donors(donor_ids: Sequence[str]) -> None:
    """A link to the page that sets donors beside each other."""
    st.page_link(COMPARE, label=_("Compare donors"), icon=":material/compare_arrows:", query_params={"donor": list(donor_ids)})


def to_funding() -> None:
    """A link to all donors."""
    st.page_link(FUNDING, label=_("All donors: Funding by donor"), icon=":material/arrow_back:")


def to_projects() -> None:
    """A link to all projects."""
    st.page_link(PROJECTS, label=_("All projects"), icon=":material/arrow_back:")


def to_needs() -> None:
    """A link to what is needed, and to who works on it."""
    st.page_link(NEEDS, label=_("Needs, offers and companies: Needs and capabilities"), icon=":material/arrow_forward:")


def to_attacks() -> None:
    """A link to the official counts and the notable incidents."""
    st.page_link(ATTACKS, label=_("Official counts and notable incidents: Cyberattacks"), icon=":material/arrow_back:")


def to_trends() -> None:
    """A link to what lists of incidents tell over time."""
    st.page_link(TRENDS, label=_("Over time, by weekday, sector and kind: Attack trends"), icon=":material/arrow_forward:")
