"""One project in words: what it is, how its money stands, and what the rules about delivery say of it."""

from collections.abc import Callable
from typing import Any

from tallinn.ask import Answer
from tallinn.wording import _, count, euros, listing, ngettext, period, share, unknown

Row = dict[Any, Any]


def in_sentences(project: Answer, money: Answer) -> str:
    """What the project is, from when to when, and what is committed to it and paid. Answers projects and project_money."""
    found = project.rows.to_dict("records")[0]
    return " ".join([_what(found), _when(found), _money(money)])


def _what(project: Row) -> str:
    category = "" if unknown(project["category_name"]) else _(project["category_name"])
    donors = "" if unknown(project["donors"]) else listing(project["donors"].split("; "))
    words = {"category": category, "donors": donors, "status": _(project["status_name"])}
    if category and donors:
        return _("{category}, paid for by {donors}. Status: {status}.").format(**words)
    if donors:
        return _("Paid for by {donors}. Status: {status}.").format(**words)
    if category:
        return _("{category}; who pays is not stated. Status: {status}.").format(**words)
    return _("Who pays is not stated. Status: {status}.").format(**words)


def _when(project: Row) -> str:
    start, end = project["start"], project["end"]
    words = {"start": period(None if unknown(start) else start), "end": period(None if unknown(end) else end)}
    if unknown(start) and unknown(end):
        return _("Neither its start nor its end has been published.")
    if unknown(start):
        return _("Its end: {end}; its start has not been published.").format(**words)
    if unknown(end):
        return _("Its start: {start}; its end has not been published.").format(**words)
    return _("From {start} to {end}.").format(**words)


def _money(money: Answer) -> str:
    """What all donors together have committed and paid; what is not divided is no part of it."""
    committed, disbursed = (money.rows[name].sum(min_count=1) for name in ("committed_eur", "disbursed_eur"))
    if unknown(committed):
        return _("No commitment to it alone with an amount in euro is on file.")
    if unknown(disbursed):
        return _("{committed} is committed to it; no payment has been published.").format(committed=euros(committed))
    if committed <= 0:
        return _("{committed} is committed to it, {paid} paid.").format(committed=euros(committed), paid=euros(disbursed))
    words = {"committed": euros(committed), "paid": euros(disbursed), "share": share(disbursed / committed)}
    return _("{committed} is committed to it, of which {paid} is paid ({share}).").format(**words)


def not_divided(money: Answer) -> str:
    """How many contributions are in no sum of the project, and why; nothing where all are."""
    shared, unpriced = (int(money.rows[name].sum()) for name in ("rows_shared", "rows_without_amount"))
    said = []
    if shared:
        told = ngettext(
            "{n} contribution pays for several projects together; it is not divided and in no sum.",
            "{n} contributions pay for several projects together; they are not divided and in no sum.",
            shared,
        )
        said.append(told.format(n=count(shared)))
    if unpriced:
        told = ngettext("{n} has no amount in euro.", "{n} have no amount in euro.", unpriced)
        said.append(told.format(n=count(unpriced)))
    return " ".join(said)


def is_at_risk(risks: Answer) -> bool:
    """Whether any rule finds the project late or out of step. Answers project_risks."""
    return bool((risks.rows["state"] == "yes").any())


def verdict(risks: Answer) -> str:
    """Whether the project is late, and why. Answers project_risks."""
    found = [row for row in risks.rows.to_dict("records") if row["state"] == "yes"]
    if found:
        return _("At risk: {reasons}").format(reasons=" ".join(dict.fromkeys(reason(row) for row in found)))
    states = set(risks.rows["state"])
    if states == {"not_applicable"}:
        return _("It has ended or was given up, so nothing can be late any more.")
    if "no" in states:
        return _("No rule finds it late, as far as its dates and money are known.")
    return _("Whether it is late cannot be said.")


def how_many_late(answer: Answer) -> str:
    """How many of the projects that project_delivery counts are late."""
    late = int(answer.rows.loc[answer.rows["delivery"] == "late", "projects"].sum())
    return ngettext("**{n}** of them is late.", "**{n}** of them are late.", late).format(n=count(late))


def state(row: Row) -> str:
    """What a rule says, in a word."""
    words = {"yes": _("⚠ Yes"), "no": _("No"), "unknown": _("Cannot be said"), "not_applicable": _("Does not apply")}
    return words[row["state"]]


def threshold(row: Row) -> str:
    """Beyond which a rule says yes."""
    n = int(row["threshold"])
    if row["unit"] == "days":
        return ngettext("{n} day", "{n} days", n).format(n=count(n))
    return ngettext("{n} percentage point", "{n} percentage points", n).format(n=count(n))


def reason(row: Row) -> str:
    """Why a rule says what it says: a row of project_risks."""
    why = row["why"]
    return _MEASURED[why](row) if why in _MEASURED else _not_known(why)


def _began(row: Row) -> str:
    days = int(row["days"])
    if days <= 0:
        return _("It began by its planned start.")
    return ngettext("It began {n} day after its planned start.", "It began {n} days after its planned start.", days).format(n=count(days))


def _not_begun(row: Row) -> str:
    days = int(row["days"])
    if days <= 0:
        return _("Its planned start is still to come.")
    told = ngettext(
        "Its planned start was {n} day before this release, and it has not begun.",
        "Its planned start was {n} days before this release, and it has not begun.",
        days,
    )
    return told.format(n=count(days))


def _not_ended(row: Row) -> str:
    days = int(row["days"])
    if days <= 0:
        return _("Its planned end is still to come.")
    told = ngettext(
        "Its planned end was {n} day before this release, and it has not ended.",
        "Its planned end was {n} days before this release, and it has not ended.",
        days,
    )
    return told.format(n=count(days))


def _pace(row: Row) -> str:
    words = {"paid": share(row["paid"]), "elapsed": share(row["elapsed"])}
    return _("{paid} of the committed money is paid, and {elapsed} of its time has passed.").format(**words)


_MEASURED: dict[str, Callable[[Row], str]] = {"began": _began, "not_begun": _not_begun, "not_ended": _not_ended, "paid": _pace}


def _not_known(why: str) -> str:
    words = {
        "over": _("It has ended or was given up."),
        "not_under_way": _("It is not under way."),
        "no_planned_start": _("Its planned start has not been published."),
        "no_actual_start": _("Whether and when it began has not been published."),
        "no_planned_end": _("Its planned end has not been published."),
        "no_status": _("Its status has not been published."),
        "no_dates": _("Its start or its planned end has not been published."),
        "shared_money": _("Some of its money pays for several projects together."),
        "no_amount": _("Not all of its money has an amount in euro."),
        "no_commitment": _("No commitment with an amount in euro is on file."),
        "no_payment": _("No payment has been published."),
    }
    return words[why]
