"""The words of the Summary, wherever it is read: its sentence, its figures, and what is not known."""

from typing import Any, NamedTuple

from tallinn.ask import Answer
from tallinn.wording import _, count, day, euros, euros_short, ngettext, period, share, unknown


class Figure(NamedTuple):
    """A figure with what stands above it and what it means."""

    label: str
    value: str
    meaning: str


class Gap(NamedTuple):
    """One thing that is not known: how much of it, of how much."""

    what: str
    part: str
    whole: str


def in_a_sentence(headline: Answer) -> str:
    """What was given, in words made from the data: the total that the members report, and what is on file of it."""
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


def figures(headline: Answer) -> list[Figure]:
    """The five figures that everybody asks for first."""
    facts = headline.rows.to_dict("records")[0]
    reported_by = _("nobody") if unknown(facts["reported_by"]) else facts["reported_by"]
    reporter = {"reporter": reported_by, "date": period(facts["reported_on"])}
    return [
        Figure(
            _("Committed"),
            euros_short(facts["committed_eur"]),
            _(
                "Donors have bound themselves to give this: decisions, budget lines and contracts that a public source names as Mechanism "
                "money."
            ),
        ),
        Figure(
            _("Disbursed so far"),
            euros_short(facts["disbursed_eur"]),
            _("Part of the committed money that is known to have been paid or handed over. Most payments are not published."),
        ),
        Figure(
            _("Pledged only"),
            euros_short(facts["pledged_not_committed_eur"]),
            _("Announced in public and not yet committed: nothing binding. Not part of the committed money."),
        ),
        Figure(
            _("Reported in total"),
            euros_short(facts["reported_eur"]),
            _(
                "Total that the members report together, without saying which contributions it is made of. Source: {reporter}, {date}."
            ).format(**reporter),
        ),
        Figure(
            _("Share itemised"),
            share(facts["share_itemised"]),
            _("Committed and pledged money on file, as a part of the reported total."),
        ),
    ]


def gaps(not_known: Answer) -> list[Gap]:
    """What the data do not say, money first."""
    return [_gap(row) for row in not_known.rows.to_dict("records")]


def _gap(row: Any) -> Gap:
    if not unknown(row["amount_eur"]):
        return Gap(row["label"], euros(row["amount_eur"]), euros(row["of_eur"]))
    return Gap(row["label"], count(row["rows"]), count(row["of_rows"]))
