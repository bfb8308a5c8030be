"""What a series counts, in the forms that sentences need: a noun put into a sentence would have the wrong ending in many languages."""

from tallinn.charts.chart import whole
from tallinn.wording import _, count, ngettext


def counted(n: float | None, unit: str) -> str:
    """A number of them: "5,927 incidents"."""
    forms = {
        "incidents": ngettext("{n} incident", "{n} incidents", whole(n)),
        "events": ngettext("{n} event", "{n} events", whole(n)),
    }
    return forms.get(unit, _("{n} {unit}")).format(n=count(n), unit=unit)


def name(unit: str | None) -> str:
    return {"incidents": _("incidents"), "events": _("events")}.get(unit or "", unit or _("not stated"))


def a_year(unit: str) -> str:
    return {"incidents": _("incidents a year"), "events": _("events a year")}.get(unit, _("{unit} a year").format(unit=unit))


def a_day(unit: str) -> str:
    return {"incidents": _("incidents a day"), "events": _("events a day")}.get(unit, _("{unit} a day").format(unit=unit))


def in_the_period(unit: str) -> str:
    forms = {"incidents": _("incidents in the period"), "events": _("events in the period")}
    return forms.get(unit, _("{unit} in the period").format(unit=unit))
