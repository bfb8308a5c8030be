"""One donor in words, and what differs between several: made from the rows of queries/donor_figures.sql."""

from collections.abc import Sequence
from typing import Any

from tallinn.ask import Answer
from tallinn.wording import _, count, decimal, euros, listing, ngettext, share, unknown

Figures = dict[Any, Any]
"""One row of donor_figures."""

NOTABLE = 1.1
"""How many times as much is said to be more: within a tenth two amounts are about the same."""


def in_sentences(figures: Answer) -> str:
    """What the one donor of the answer has given, as far as it is known."""
    donor = figures.rows.to_dict("records")[0]
    if not donor["rows_on_file"]:
        return _("Nothing of {donor} has been published: no contribution is on file. That does not mean that it gave nothing.").format(
            donor=donor["donor"]
        )
    return " ".join([_committed(donor), *_pledged(donor), *_projects(donor)])


def _committed(donor: Figures) -> str:
    """The commitment, its part of all that is itemised, and what of it is paid."""
    if unknown(donor["committed_eur"]):
        if donor["rows_counted"]:
            return _("No commitment of {donor} with an amount in euro is on file.").format(donor=donor["donor"])
        n = int(donor["rows_on_file"])
        told = ngettext(
            "{n} contribution of {donor} is on file, and does not count here.",
            "{n} contributions of {donor} are on file, and none counts here.",
            n,
        )
        return told.format(n=count(n), donor=donor["donor"])
    words = {"donor": donor["donor"], "n": count(donor["donors_committed"])} | {
        "committed": euros(donor["committed_eur"]),
        "share": share(donor["share_of_committed"]),
    }
    if donor["donors_committed"] == 1:
        said = _("{donor} has committed {committed}, all that is itemised.")
    elif donor["place"] == 1:
        said = _("{donor} has committed {committed}, {share} of all itemised commitments and the most of {n} donors.")
    else:
        said = _("{donor} has committed {committed}, {share} of what {n} donors have committed row by row.")
    return f"{said.format(**words)} {_paid(donor)}"


def _paid(donor: Figures) -> str:
    if unknown(donor["disbursed_eur"]):
        return _("No payment has been published.")
    if not donor["committed_eur"]:
        return _("{paid} is known to have been paid.").format(paid=euros(donor["disbursed_eur"]))
    words = {"paid": euros(donor["disbursed_eur"]), "share": share(donor["disbursed_eur"] / donor["committed_eur"])}
    return _("{paid} is known to have been paid, {share} of the commitments.").format(**words)


def _pledged(donor: Figures) -> list[str]:
    if unknown(donor["pledged_eur"]):
        return []
    words = {"pledged": euros(donor["pledged_eur"]), "open": euros(donor["pledged_not_committed_eur"])}
    return [_("It has pledged {pledged}, of which {open} is not committed yet.").format(**words)]


def _projects(donor: Figures) -> list[str]:
    n, late = int(donor["projects"]), int(donor["projects_late"])
    if not n:
        return []
    told = ngettext("It pays for {n} project", "It pays for {n} projects", n).format(n=count(n))
    words = {"projects": told, "under_way": count(donor["projects_under_way"]), "late": count(late)}
    if late:
        return [_("{projects}, {under_way} of them under way; {late} of them late.").format(**words)]
    return [_("{projects}, {under_way} of them under way.").format(**words)]


def is_silent(figures: Answer) -> bool:
    """Whether neither a contribution nor a project of the one donor is on file."""
    return not figures.rows[["rows_on_file", "projects"]].to_numpy().any()


def left_out(figures: Answer) -> str:
    """What the sums of the one donor do not hold, or nothing."""
    n = int(figures.rows["rows_without_rate"].iloc[0])
    told = ngettext(
        "{n} row could not be converted to euro and is in no sum.", "{n} rows could not be converted to euro and are in no sum.", n
    )
    return told.format(n=count(n)) if n else ""


def differences(figures: Answer) -> list[str]:
    """What differs between the donors of the answer: commitments, payments, pledges, projects."""
    donors = figures.rows.to_dict("records")
    said = [_most_committed(donors), *_payments(donors), *_pledges(donors), _most_projects(donors)]
    return [sentence for sentence in said if sentence]


def _most_committed(donors: Sequence[Figures]) -> str:
    known = sorted((one for one in donors if one["committed_eur"] > 0), key=lambda one: -one["committed_eur"])
    silent = [one["donor"] for one in donors if unknown(one["committed_eur"])]
    if not known:
        return _("None of them has published a commitment with an amount in euro.")
    first, last = known[0], known[-1]
    words = {"first": first["donor"], "most": euros(first["committed_eur"]), "last": last["donor"], "least": euros(last["committed_eur"])}
    times = first["committed_eur"] / last["committed_eur"]
    if len(known) == 1:
        said = _("{first} has committed {most}.").format(**words)
    elif times < NOTABLE:
        said = _("Commitments are about the same, from {least} ({last}) to {most} ({first}).").format(**words)
    else:
        said = _("{first} has committed most, {most}: {times} times what {last} has ({least}).").format(times=decimal(times), **words)
    return f"{said} {_no_commitment(silent)}".strip()


def _no_commitment(silent: Sequence[str]) -> str:
    return _("No commitment of {donors} with an amount in euro is on file.").format(donors=listing(silent)) if silent else ""


def _payments(donors: Sequence[Figures]) -> list[str]:
    """The part of its commitments that each has paid, the largest first; and of whom no payment is known."""
    paid = [one for one in donors if one["committed_eur"] > 0 and not unknown(one["disbursed_eur"])]
    paid.sort(key=lambda one: -one["disbursed_eur"] / one["committed_eur"])
    silent = [one["donor"] for one in donors if unknown(one["disbursed_eur"])]
    parts = [_("{donor} {share}").format(donor=one["donor"], share=share(one["disbursed_eur"] / one["committed_eur"])) for one in paid]
    said = [_("Of their commitments are paid: {parts}.").format(parts=listing(parts))] if parts else []
    return [*said, _("No payment of {donors} has been published.").format(donors=listing(silent))] if silent else said


def _pledges(donors: Sequence[Figures]) -> list[str]:
    open_ = [one for one in donors if one["pledged_not_committed_eur"] > 0]
    parts = [_("{donor} {amount}").format(donor=one["donor"], amount=euros(one["pledged_not_committed_eur"])) for one in open_]
    return [_("Pledged and not committed yet: {parts}.").format(parts=listing(parts))] if parts else []


def _most_projects(donors: Sequence[Figures]) -> str:
    parts = [
        ngettext("{donor} {n} ({late} late)", "{donor} {n} ({late} late)", int(one["projects"])).format(
            donor=one["donor"], n=count(one["projects"]), late=count(one["projects_late"])
        )
        for one in sorted(donors, key=lambda one: -one["projects"])
    ]
    return _("Projects: {parts}.").format(parts=listing(parts))
