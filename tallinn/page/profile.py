"""One donor's page: what stands beside its figures."""

import streamlit as st

from tallinn import portraits
from tallinn.ask import Answer
from tallinn.page import marks, own_figures
from tallinn.page.current import ask
from tallinn.page.links import to_donors, to_funding
from tallinn.page.show import prose, show_table
from tallinn.wording import _, day

NEEDS = ["need_id", "need", "category_name", "stated_by", "stated_on", "projects", "project_titles", "source_publisher", "source_url"]


def title(figures: Answer) -> None:
    """The donor's name."""
    st.header(marks.plain(figures.rows["donor"].iloc[0]), anchor=False)


def in_sentences(figures: Answer) -> None:
    """What the donor has given, in words made from its figures."""
    prose(marks.plain(portraits.in_sentences(figures)))


def standing(donor_id: str) -> None:
    """How recent the figures are, and whether the donor confirms or disputes them in this release."""
    own_figures.say_how_recent(donor_id)
    said = ask("confirmations", donors=(donor_id,)).rows.to_dict("records")
    words = {
        "confirmed": _("The donor confirmed these figures on {date}."),
        "disputed": _("The donor disputed these figures on {date}; they stand as they are until a release corrects them."),
    }
    told = [words[one["verdict"]].format(date=day(one["stated_on"])) for one in said if one["verdict"] in words]
    st.markdown(" ".join(told) or _("The donor has neither confirmed nor disputed its figures in this release."))


def elsewhere(donor_id: str) -> None:
    """The way back to all donors, and on to others beside this one."""
    with st.container(horizontal=True):
        to_funding()
        to_donors((donor_id,))


def nobody_chosen(everybody: Answer) -> None:
    """All donors, to choose from."""
    columns = [
        "donor_id",
        "donor",
        "committed_eur",
        "disbursed_eur",
        "pledged_eur",
        "pledged_not_committed_eur",
        "projects",
        "projects_late",
        "figures_of",
    ]
    st.markdown(marks.plain(_("Choose a donor above, or follow its code in the table.")))
    show_table(everybody, columns, alt=_("Donors with what they have committed, paid and pledged"))
