"""The releases that anybody may read: which there are, what was said with each, and the way to it."""

import pandas as pd
import streamlit as st

from tallinn.page import filters, marks
from tallinn.page.current import public_releases
from tallinn.releases import Release
from tallinn.wording import _, day


def newest() -> None:
    """The release in force, and when the next one is due."""
    release = public_releases()[0]
    said = [_("**{release}** was published on {date}.").format(release=release.id, date=day(release.date))]
    if release.next_date:
        said.append(_("The next release is due on {date}.").format(date=day(release.next_date)))
    st.markdown(" ".join(said))
    if release.note:
        st.markdown(marks.plain(_(release.note)))


def all_of_them() -> None:
    """Every release, the newest first, and one to go on reading."""
    releases = {each.id: each for each in public_releases()}
    rows = pd.DataFrame([_row(each) for each in releases.values()])
    st.dataframe(rows, hide_index=True, alt=_("Releases, the newest first"), key="releases")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(_("Read the pages as of release"), list(releases), key="release_to_read", width=280)
        st.button(_("Read it"), on_click=filters.choose_release, args=(chosen,), key="read_release")
    corrections = [each for each in releases.values() if each.corrects]
    for each in corrections:
        told = _("Release {id} corrects {corrects}: {note}").format(id=each.id, corrects=each.corrects, note=each.note)
        st.markdown(marks.plain(told))


def what_changed() -> None:
    """The way to the page that sets two releases beside each other."""
    st.page_link("pages/19_changes.py", label=_("What changed from one release to another"), icon=":material/difference:")


def _row(release: Release) -> dict[str, object]:
    return {
        _("Release"): release.id,
        _("Published"): release.date,
        _("Note"): _(release.note),
        _("Corrects"): release.corrects or "",
    }
