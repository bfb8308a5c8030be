"""The headline: the figures that everybody asks for first, as a sentence and side by side."""

from typing import Any

import streamlit as st

from tallinn.ask import Answer
from tallinn.page import marks
from tallinn.page.kept import Kept
from tallinn.page.proof import how_made, provenance
from tallinn.wording import _, day, euros, euros_short, ngettext, period, share, unknown


def in_a_sentence(headline: Answer) -> str:
    """What was given, in words made from the data."""
    return _sentence.of(headline)


def _reported(headline: Answer) -> str:
    """The total that the members report, and what is on file of it."""
    facts = headline.rows.to_dict("records")[0]
    if unknown(facts["reported_eur"]):
        return _committed(facts)
    words = {"reported": euros(facts["reported_eur"]), "share": share(facts["share_itemised"]), "committed": _committed(facts)}
    if unknown(facts["reported_as_of"]):
        return _(
            "The members of the Tallinn Mechanism report {reported} of civilian cyber support for Ukraine; "
            "public sources itemise {share} of it. {committed}"
        ).format(**words)
    return _(
        "By {date}, the members of the Tallinn Mechanism reported {reported} of civilian cyber support for Ukraine; "
        "public sources itemise {share} of it. {committed}"
    ).format(date=day(facts["reported_as_of"]), **words)


def _committed(facts: Any) -> str:
    """How much is committed, by how many, and how much of it is known to be paid."""
    if unknown(facts["committed_eur"]):
        return _("No commitment to the Tallinn Mechanism is on file.")
    donors = ngettext("{n} donor has committed {committed}", "{n} donors have committed {committed}", int(facts["donors_committed"]))
    said = donors.format(n=int(facts["donors_committed"]), committed=euros(facts["committed_eur"]))
    if unknown(facts["disbursed_eur"]):
        return _("{donors_have_committed}; no payment has been published.").format(donors_have_committed=said)
    return _("{donors_have_committed}, of which {paid} is known to have been paid out.").format(
        donors_have_committed=said, paid=euros(facts["disbursed_eur"])
    )


def show_figures(headline: Answer) -> None:
    """The five figures with what each of them means, and their proof."""
    with st.grid(5, min_column_width=150, gap="small"):
        for label, value, meaning in _five.of(headline):
            st.metric(label, value, help=meaning)
    with st.container(gap="xsmall"):
        st.caption(marks.plain(provenance(headline)))
        how_made("headline", headline)


def _figures(headline: Answer) -> list[tuple[str, str, str]]:
    """Label, value and meaning of each figure."""
    facts = headline.rows.to_dict("records")[0]
    reporter = {"reporter": marks.plain(facts["reported_by"], otherwise=_("nobody")), "date": period(facts["reported_on"])}
    return [
        (
            _("Committed"),
            euros_short(facts["committed_eur"]),
            _(
                "Donors have bound themselves to give this: decisions, budget lines and contracts that a public source names as Mechanism "
                "money."
            ),
        ),
        (
            _("Disbursed so far"),
            euros_short(facts["disbursed_eur"]),
            _("Part of the committed money that is known to have been paid or handed over. Most payments are not published."),
        ),
        (
            _("Pledged only"),
            euros_short(facts["pledged_not_committed_eur"]),
            _("Announced in public and not yet committed: nothing binding. Not part of the committed money."),
        ),
        (
            _("Reported in total"),
            euros_short(facts["reported_eur"]),
            _(
                "Total that the members report together, without saying which contributions it is made of. Source: {reporter}, {date}."
            ).format(**reporter),
        ),
        (
            _("Share itemised"),
            share(facts["share_itemised"]),
            _("Committed and pledged money on file, as a part of the reported total."),
        ),
    ]


_sentence = Kept(_reported)
_five = Kept(_figures)
