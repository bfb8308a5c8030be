"""The next release: what it would change, and the steps to it, each by a person with a name."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from tallinn.ingest.findings import Refused
from tallinn.lake import Lake
from tallinn.page import filters, marks
from tallinn.page.comparing import differences
from tallinn.page.current import WORKING, public_releases
from tallinn.page.office import door
from tallinn.page.office.name import author, field, say
from tallinn.releases import Dossier, approve, dossiers, drop, prepare, publish, releases
from tallinn.wording import _, day


def next_one() -> None:
    """The release that is on its way, with its next step; where none is, the form that prepares one."""
    with door.lake() as lake:
        on_its_way = [each for each in dossiers(lake) if each.state in ("prepared", "approved", "scheduled")]
    if not on_its_way:
        _changes(WORKING)
        _form_to_prepare()
    for each in on_its_way:
        _on_its_way(each)


def _changes(later: str) -> None:
    """What the public would read anew."""
    st.markdown(_("What it changes for the public, since release {release}:").format(release=public_releases()[0].id))
    differences("", later, unpublished=True)


def _form_to_prepare() -> None:
    with door.lake() as lake:
        names = [each.id for each in releases(lake)]
    with st.form("prepare_release"):
        st.markdown(_("**Prepare a release** of the state as it is now. Somebody else approves it; then it can be published."))
        field("prepare_release")
        st.text_area(_("What a reader should know of it"), max_chars=2_000, key="release_note")
        st.date_input(_("When the next one is due"), value=None, key="release_next")
        st.selectbox(_("Corrects"), names, index=None, placeholder=_("no earlier release"), key="release_corrects")
        st.form_submit_button(_("Prepare"), type="primary", on_click=_prepare, key="prepare_button")


def _prepare() -> None:
    given = {name: st.session_state[f"release_{name}"] for name in ("note", "next", "corrects")}
    _act(
        "prepare_release",
        lambda lake, who: prepare(lake, author=who, note=given["note"] or "", next_date=given["next"], corrects=given["corrects"]),
    )


def _on_its_way(each: Dossier) -> None:
    st.markdown(f"**{marks.plain(each.id)}** {marks.plain(each.note)}")
    st.markdown(marks.bullets(marks.plain(line) for line in _steps(each)))
    _changes(each.id)
    st.button(_("Preview every page"), on_click=filters.choose_release, args=(each.id,), key=f"preview_{each.id}")
    with st.form(f"step_{each.id}"):
        field(each.id)
        if each.state == "approved":
            st.datetime_input(_("Publish not before (UTC; empty: at once)"), value=None, key=f"at_{each.id}")
        st.text_input(_("Why, if it is dropped"), max_chars=500, key=f"reason_{each.id}")
        with st.container(horizontal=True):
            if each.state == "prepared":
                st.form_submit_button(_("Approve"), type="primary", on_click=_approve, args=(each.id,), key=f"approve_{each.id}")
            if each.state == "approved":
                st.form_submit_button(_("Publish"), type="primary", on_click=_publish, args=(each.id,), key=f"publish_{each.id}")
            st.form_submit_button(_("Drop it"), on_click=_drop, args=(each.id,), key=f"drop_{each.id}")


def _steps(each: Dossier) -> list[str]:
    steps = [(_("Prepared"), each.prepared_by, each.prepared_at), (_("Approved"), each.approved_by, each.approved_at)]
    said = [_("{step} by {who} on {date}.").format(step=step, who=who, date=day(at.date())) for step, who, at in steps if who and at]
    if each.state == "scheduled" and each.published_at:
        said.append(_("Public from {moment} UTC on, by {who}.").format(moment=f"{each.published_at:%Y-%m-%d %H:%M}", who=each.published_by))
    return said


def _approve(release: str) -> None:
    _act(release, lambda lake, who: approve(lake, release, author=who))


def _publish(release: str) -> None:
    at: datetime | None = st.session_state[f"at_{release}"]
    moment = at.astimezone(UTC).replace(tzinfo=None) if at and at.tzinfo else at
    _act(release, lambda lake, who: publish(lake, release, author=who, at=moment))


def _drop(release: str) -> None:
    reason = str(st.session_state[f"reason_{release}"] or "")
    _act(release, lambda lake, who: drop(lake, release, author=who, reason=reason))


def _act(form: str, step: Callable[[Lake, str], Dossier]) -> None:
    """Take a step, and keep what is to be said of it."""
    said: dict[str, Any] = {
        "prepared": _("Release {id} is prepared. Somebody else must approve it now."),
        "approved": _("Release {id} is approved and can be published."),
        "scheduled": _("Release {id} will be public at its hour."),
        "published": _("Release {id} is public."),
        "dropped": _("Release {id} was dropped."),
    }
    try:
        who = author(form)
        with door.lake() as lake:
            done = step(lake, who)
    except Refused as refused:
        say("error", str(refused))
    except door.NotStaff:
        say("error", _("Only the staff may do this. Nothing was changed."))
    else:
        say("success", said[done.state].format(id=done.id))
