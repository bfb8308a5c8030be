"""What a release says of one donor: its figures, what of them the public reads, and what differs from the release before."""

from typing import Any

import streamlit as st

from tallinn.ask import Answer
from tallinn.audience import PUBLIC
from tallinn.page import marks
from tallinn.page.comparing import differences
from tallinn.page.current import Wanted, ask, newest, public_releases
from tallinn.page.proof import how_made, provenance
from tallinn.page.show import prose, show_table
from tallinn.portraits import left_out
from tallinn.releases import Release
from tallinn.settings import lake_dir
from tallinn.wording import _, count, day, euros, euros_short, ngettext, share

OPEN_TO_ALL = "TLP:CLEAR"
CONTRIBUTIONS = [
    "contribution_id",
    "tlp",
    "stage_name",
    "purpose",
    "amount",
    "currency",
    "amount_eur",
    "value_date",
    "period",
    "counts",
    "reason_name",
    "project_ids",
    "source_publisher",
    "source_url",
    "note",
]
PROJECTS = [
    "project_id",
    "title",
    "category_name",
    "status_name",
    "delivery_name",
    "start",
    "end",
    "implementers",
    "beneficiary",
    "within_name",
    "source_publisher",
    "source_url",
    "note",
]


def figures(answer: Answer) -> None:
    """Committed, disbursed, pledged and what is open of each, as this reader sees them: the row of donor_figures."""
    money = _only_row(answer)
    with st.grid(3, min_column_width=210, gap="small"):
        st.metric(_("Committed"), euros_short(money.get("committed_eur")))
        st.metric(_("Disbursed so far"), euros_short(money.get("disbursed_eur")))
        st.metric(_("Not yet disbursed"), euros_short(money.get("not_yet_disbursed_eur")))
        st.metric(_("Pledged"), euros_short(money.get("pledged_eur")))
        st.metric(_("Pledged, not committed"), euros_short(money.get("pledged_not_committed_eur")))
        meaning = _("Of the commitments of all donors that are itemised, row by row; the members report far more in total.")
        st.metric(_("Share of itemised"), share(money.get("share_of_committed")), help=meaning)
    with st.container(gap="xsmall"):
        st.caption(" ".join(filter(None, [left_out(answer), marks.plain(provenance(answer))])))
        how_made("own_figures", answer)


def say_how_recent(donor_id: str) -> None:
    """How recent a donor's figures are, and from whom they are known."""
    found = _only_row(ask("donor_freshness", donors=(donor_id,)))
    if found.get("freshness") in (None, "unknown"):
        st.markdown(_("How recent they are is not known: nothing with a date is on file."))
        return
    words = {"recent": found["freshness_name"], "date": day(found["figures_of"])}
    if found["freshness"] == "sources":
        st.markdown(_("They are from public sources, the newest of {date}; the donor has not reported itself.").format(**words))
        return
    said = _("How recent they are: **{recent}**. The last report is of {date}; a report is expected every {n} days.")
    st.markdown(said.format(n=count(found["every_days"]), **words))


def contributions(donor_id: str, scope: str = "mechanism") -> Answer:
    """Every contribution of the donor that this reader sees, and which of them are not public."""
    rows = ask("contributions", scope=scope, donors=(donor_id,))
    if rows.rows.empty:
        st.info(_("No contribution of this donor is on file in this release."))
        return rows
    closed = int((rows.rows["tlp"] != OPEN_TO_ALL).sum())
    if closed:
        told = ngettext(
            "{n} of the {rows} rows is not public; its label says so.",
            "{n} of the {rows} rows are not public; their labels say so.",
            closed,
        )
        st.markdown(told.format(n=count(closed), rows=count(len(rows.rows))) + " " + _as_the_public_reads(donor_id))
    show_table(rows, CONTRIBUTIONS, alt=_("Contributions of this donor with amount, reason and label"))
    return rows


def _as_the_public_reads(donor_id: str) -> str:
    """The figures without the rows that are not public, from the public's own store of this release."""
    release = ask("release_facts").release
    if not release.is_published:
        return ""
    public = newest(Wanted(PUBLIC, lake_dir(), _named(release)))
    money = _only_row(public.answer("donor_ladder", donors=(donor_id,)))
    words = {name: euros(money.get(f"{name}_eur")) for name in ("committed", "pledged_not_committed", "disbursed")}
    return _("The public reads: committed {committed}; pledged and not committed {pledged_not_committed}; disbursed {disbursed}.").format(
        **words
    )


def projects(donor_id: str) -> None:
    """Projects that name the donor."""
    rows = ask("projects", donors=(donor_id,))
    if rows.rows.empty:
        st.info(_("No project of this donor is on file in this release."))
        return
    show_table(rows, PROJECTS, alt=_("Projects of this donor"))


def changes(donor_id: str) -> None:
    """What differs for the donor from the release before."""
    release, names = ask("release_facts").release, [each.id for each in public_releases()]
    if not release.is_published:
        prose(_("This state is not published. The page Releases compares it with what is."))
        return
    before = names[names.index(release.id) + 1 :][:1]
    if not before:
        prose(_("There is no earlier release to compare it with."))
        return
    prose(_("Since release {release}:").format(release=before[0]))
    differences(before[0], _named(release), donor_id=donor_id)


def _named(release: Release) -> str:
    """A published release as an address names it; the one in force needs no name."""
    return "" if release == public_releases()[0] else release.id


def _only_row(answer: Answer) -> dict[Any, Any]:
    rows = answer.rows.to_dict("records")
    return rows[0] if rows else {}
