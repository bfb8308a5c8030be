"""What a donor says of its own figures: the form, what becomes of it, and what was said before."""

from typing import get_args

import streamlit as st

from tallinn.ask import Answer
from tallinn.confirmations import MOST_LETTERS, Statement, Verdict, in_a_line, state
from tallinn.ingest.findings import Refused
from tallinn.page import donor, marks
from tallinn.page.saying import say
from tallinn.releases import Release
from tallinn.wording import _, count, day

WHOLE = ""
MOST_SHOWN = 50


def form(donor_id: str, release: Release, contributions: Answer) -> None:
    """Confirm, dispute or comment, on the whole or on one row. Only a person of the donor gets it, and only where something is on file."""
    if donor.own() != donor_id or contributions.rows.empty:
        return
    rows = {WHOLE: _("Our figures as a whole")} | {
        row["contribution_id"]: _("{key}: {purpose}").format(key=row["contribution_id"], purpose=row["purpose"])
        for row in contributions.rows[["contribution_id", "purpose"]].fillna(_("not stated")).to_dict("records")
    }
    # A new form for each statement: what was written stays when it is refused, and goes when it is kept.
    key = f"{donor_id}_{release.id}_{len(donor.stated(donor_id))}"
    with st.form(f"state_{key}"):
        st.radio(
            _("Release {release}").format(release=release.id), get_args(Verdict), format_func=_verb, key=f"verdict_{key}", horizontal=True
        )
        st.selectbox(_("What it is about"), list(rows), format_func=rows.__getitem__, key=f"subject_{key}")
        st.text_area(_("What is wrong, or what is to be known (a confirmation needs no text)"), max_chars=MOST_LETTERS, key=f"text_{key}")
        st.caption(
            _(
                "A confirmation or dispute of the figures as a whole is public: everybody reads the donor's name and the day. Names of "
                "persons, texts, and what concerns single rows are read by the project office and by your own side alone."
            )
        )
        st.form_submit_button(_("State it"), type="primary", on_click=_state, args=(donor_id, release.id, key), key=f"button_{key}")


def _verb(verdict: str) -> str:
    return {"confirmed": _("We confirm"), "disputed": _("We dispute"), "comment": _("A comment")}[verdict]


def _state(donor_id: str, release_id: str, form: str) -> None:
    """Keep the statement, for whom the person who acts now may speak, whoever the form was made for."""
    given = {name: str(st.session_state[f"{name}_{form}"] or "") for name in ("verdict", "text", "subject")}
    try:
        with donor.acting(donor_id) as (lake, who):
            state(lake, release_id, donor_id, given["verdict"], given["text"], given["subject"] or None, who)
    except Refused as refused:
        say("error", str(refused))
    except donor.NotTheDonor:
        say("error", _("Only a person of this donor may speak for it. Nothing was stated."))
    else:
        say("success", _("It is kept with your name and the day."))


def said(donor_id: str, release: Release) -> None:
    """Where this release stands, and everything that was said before, the newest first."""
    all_of_them = donor.stated(donor_id)
    st.markdown(marks.plain(_standing([each for each in all_of_them if each.subject is None and each.verdict != "comment"], release)))
    st.markdown(marks.bullets(marks.plain(in_a_line(each)) for each in all_of_them[:MOST_SHOWN]))
    if len(all_of_them) > MOST_SHOWN:
        st.caption(_("The {n} newest are shown.").format(n=count(MOST_SHOWN)))


def _standing(verdicts: list[Statement], release: Release) -> str:
    """The newest verdict on the whole in this release; else for which release the figures were last confirmed."""
    words = {"release": release.id}
    for each in verdicts:
        if each.release_id == release.id:
            told = _("Confirmed on {date}.") if each.verdict == "confirmed" else _("Disputed on {date}.")
            return told.format(date=day(each.stated_at.date()))
    for each in verdicts:
        if each.verdict == "confirmed":
            told = _("Release {release} is neither confirmed nor disputed. Last confirmed for release {before}, on {date}.")
            return told.format(before=each.release_id, date=day(each.stated_at.date()), **words)
    return _("Release {release} is neither confirmed nor disputed.").format(**words)
