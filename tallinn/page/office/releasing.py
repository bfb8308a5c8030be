"""The next release: what it would change, and the steps to it, each by a person with a name."""

import zlib
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import streamlit as st

from tallinn.ingest.findings import Refused
from tallinn.lake import Lake
from tallinn.page import filters, marks
from tallinn.page.comparing import between, differences
from tallinn.page.current import WORKING, public_releases
from tallinn.page.office import door
from tallinn.page.saying import say
from tallinn.releases import MOST_LETTERS, Dossier, approve, dossiers, drop, prepare, publish, releases
from tallinn.revisions import Revision, kind_name
from tallinn.wording import _, day

MOST_REASONS = 500


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
    revisions = between("", WORKING, unpublished=True).revisions[:MOST_REASONS]
    with door.lake() as lake:
        names = [each.id for each in releases(lake)]
        known = _submitted_because(lake, {each.key for each in revisions})
    reasons = {each.key: known.get(each.key, "") for each in revisions}
    with st.form("prepare_release"):
        st.markdown(_("**Prepare a release** of the state as it is now. Somebody else approves it; then it can be published."))
        if revisions:
            st.caption(_("Why each contribution differs, for everybody to read. What was said when the file was taken in is proposed."))
            st.data_editor(
                pd.DataFrame([_reason(each, reasons[each.key]) for each in revisions]),
                hide_index=True,
                disabled=[_("Contribution"), _("Donor"), _("What happened"), _("Change, EUR")],
                num_rows="fixed",
                column_config={_("Reason"): st.column_config.TextColumn(max_chars=MOST_LETTERS, width="large")},
                alt=_("Contributions that differ, each with a reason to be completed"),
                key=f"release_reasons_{_mark(reasons)}",
            )
        st.text_area(_("What a reader should know of it"), max_chars=2_000, key="release_note")
        st.date_input(_("When the next one is due"), value=None, key="release_next")
        st.selectbox(_("Corrects"), names, index=None, placeholder=_("no earlier release"), key="release_corrects")
        st.form_submit_button(_("Prepare"), type="primary", on_click=_prepare, args=(reasons,), key="prepare_button")


def _mark(reasons: Mapping[str, str]) -> int:
    """The table is made anew for other rows: what is written into it stays with the place of a row."""
    return zlib.crc32("\n".join(reasons).encode())


def _reason(revision: Revision, known: str) -> dict[str, object]:
    named = {_("Contribution"): revision.key, _("Donor"): revision.donor, _("What happened"): kind_name(revision.kind)}
    return {**named, _("Change, EUR"): float(revision.change), _("Reason"): known}


def _submitted_because(lake: Lake, keys: Collection[str]) -> dict[str, str]:
    """What was said when the files were taken in that rows with these keys come from."""
    said = {each["submission_id"]: each["message"] for each in lake.history()}
    rows = lake.table("contributions").select(["contribution_id", "submission_id"]).to_pylist()
    return {row["contribution_id"]: said.get(row["submission_id"]) or "" for row in rows if row["contribution_id"] in keys}


def _prepare(reasons: Mapping[str, str]) -> None:
    note, following, corrects = (st.session_state[f"release_{name}"] for name in ("note", "next", "corrects"))
    table = st.session_state.get(f"release_reasons_{_mark(reasons)}") or {"edited_rows": {}}
    keys = list(reasons)
    written = {keys[int(place)]: str(cells.get(_("Reason")) or "") for place, cells in table["edited_rows"].items()}
    given = {"note": note or "", "next_date": following, "corrects": corrects, "reasons": {**reasons, **written}}
    _act(lambda lake, who: prepare(lake, author=who, **given))


def _on_its_way(each: Dossier) -> None:
    st.markdown(f"**{marks.plain(each.id)}** {marks.plain(each.note)}")
    st.markdown(marks.bullets(marks.plain(line) for line in _steps(each)))
    _changes(each.id)
    st.button(_("Preview every page"), on_click=filters.choose_release, args=(each.id,), key=f"preview_{each.id}")
    with st.form(f"step_{each.id}"):
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
    _act(lambda lake, who: approve(lake, release, author=who))


def _publish(release: str) -> None:
    at: datetime | None = st.session_state[f"at_{release}"]
    moment = at.astimezone(UTC).replace(tzinfo=None) if at and at.tzinfo else at
    _act(lambda lake, who: publish(lake, release, author=who, at=moment))


def _drop(release: str) -> None:
    reason = str(st.session_state[f"reason_{release}"] or "")
    _act(lambda lake, who: drop(lake, release, author=who, reason=reason))


def _act(step: Callable[[Lake, str], Dossier]) -> None:
    """Take a step, and keep what is to be said of it."""
    said: dict[str, Any] = {
        "prepared": _("Release {id} is prepared. Somebody else must approve it now."),
        "approved": _("Release {id} is approved and can be published."),
        "scheduled": _("Release {id} will be public at its hour."),
        "published": _("Release {id} is public."),
        "dropped": _("Release {id} was dropped."),
    }
    try:
        with door.acting("take a step to a release") as (lake, who):
            done = step(lake, who)
    except Refused as refused:
        say("error", str(refused))
    except door.NotStaff:
        say("error", _("Only the staff may do this. Nothing was changed."))
    else:
        say("success", said[done.state].format(id=done.id))
