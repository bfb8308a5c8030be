"""Filters: widgets whose choice stands in the URL, so that it can be sent to somebody, and that keep it from page to page.

A URL holds codes, which are the same in every language; one that no filter knows is left out. Choices of several come as tuples of codes,
or None where everything is meant: just as queries take them.
"""

import pandas as pd
import streamlit as st

from tallinn.ask import Answer
from tallinn.page.choices import Options, one, pick, remember, remembered, several
from tallinn.page.current import ask
from tallinn.wording import _


def scope() -> str:
    """Money of the Mechanism alone, or with related civilian cyber support."""
    options = {"mechanism": _("The Mechanism"), "related": _("With related civilian cyber support")}
    return one("scope", _("Which support"), options)


def donors() -> tuple[str, ...] | None:
    return several("donor", _("Donors"), _options(ask("donor_ladder", scope="related"), "donor_id", "donor"), _("All donors"))


def categories() -> tuple[str, ...] | None:
    return several("category", _("Categories"), codes("categories"), _("All categories"))


def statuses() -> tuple[str, ...] | None:
    return several("status", _("Status"), codes("activity_status"), _("Any status"))


def within() -> tuple[str, ...] | None:
    """Whether projects belong to the Mechanism."""
    return several("within", _("Within the Mechanism"), codes("within_mechanism"), _("All"))


def delivery() -> tuple[str, ...] | None:
    """Whether projects are late."""
    return several("delivery", _("Delivery"), codes("delivery"), _("Late or not"))


def need_states() -> tuple[str, ...] | None:
    """What has become of needs."""
    return several("state", _("What has become of it"), codes("need_states"), _("Any state"))


def priorities() -> tuple[str, ...] | None:
    """How urgent needs are said to be."""
    return several("priority", _("Priority"), {**codes("priorities"), "not_stated": _("Not stated")}, _("Any priority"))


def needing_sectors(needs: Answer) -> tuple[str, ...] | None:
    """Sectors that some need names."""
    named = sorted({sector for cell in needs.rows["sector"].dropna() for sector in cell.split("; ")})
    return several("needing", _("Sectors"), {sector: _(sector) for sector in named}, _("All sectors"))


def sectors() -> tuple[str, ...] | None:
    return several("sector", _("Sectors"), _options(ask("incident_sectors"), "sector", "sector_name"), _("All sectors"))


def types() -> tuple[str, ...] | None:
    return several("type", _("Kinds of attack"), _options(ask("incident_types"), "type", "type_name"), _("All kinds"))


def ways(scope: str) -> dict[str, tuple[str, ...] | None]:
    """Channels, implementers and sectors that the money names."""
    named = ask("ways", scope=scope).rows
    options = {part: _named(named[named["part"] == part], "stop", "stop_name") for part in ("channel", "implementer", "sector")}
    return {
        "channels": several("channel", _("Channels"), options["channel"], _("All channels")),
        "implementers": several("implementer", _("Implementers"), options["implementer"], _("All implementers")),
        "sectors": several("receiving", _("Sectors"), options["sector"], _("All sectors")),
    }


def search(hint: str, *, key: str = "search") -> str | None:
    """Words to look for, or None. What is looked for on one page is not meant on another, so each has a `key` of its own."""
    words = st.text_input(_("Search"), key=key, type="search", placeholder=hint, max_chars=100, bind="query-params")
    remember(key, words or "")
    return words or None


def series() -> str:
    """Who counts attacks, by which method: one series at a time."""
    return one("series", _("Who counts"), _options(ask("counting_series"), "series", "name"))


def stage() -> str:
    """One stage of the money at a time."""
    options = {"commitment": _("Committed"), "disbursement": _("Disbursed"), "pledge": _("Pledged, not committed")}
    return one("stage", _("Stage"), options)


def quality_rule(quality: Answer) -> str:
    """One rule of quality."""
    return pick("rule", _("Rule"), _options(quality, "rule", "rule_name"))


def incident_list(every: Answer) -> str:
    """One list of incidents at a time, the largest first."""
    return pick("list", _("List of incidents"), _options(every, "list", "list_name"))


def unit() -> str:
    """How long each period is."""
    options = {"month": _("Month"), "day": _("Day"), "week": _("Week"), "quarter": _("Quarter"), "year": _("Year")}
    return one("unit", _("Counted by"), options)


def dimension() -> str:
    """What counts are broken down by."""
    names = codes("dimensions")
    return one("dimension", _("Broken down by"), {code: name for code, name in names.items() if code != "total"})


def period(breakdown: Answer) -> str | None:
    """One of the periods for which a breakdown has been published, in its canonical form; None where there is none."""
    return pick("period", _("Period"), _options(breakdown, "period", "period_label")) or None


def release() -> str:
    """The release that the address names, on this page or on the one before; empty where it names none."""
    named = st.query_params.get("release") or next(iter(remembered("release")), "")
    remember("release", named)
    return str(named)


def choose_release(release_id: str) -> None:
    """Show this release from now on; with an empty name whatever is usual."""
    remember("release", release_id)
    if release_id:
        st.query_params["release"] = release_id
    else:
        st.query_params.pop("release", None)


def codes(name: str) -> Options:
    """A code list with the names of its codes."""
    return _options(ask("code_list", list=name), "code", "name")


def _options(answer: Answer, code: str, name: str) -> Options:
    return _named(answer.rows, code, name)


def _named(rows: pd.DataFrame, code: str, name: str) -> Options:
    return dict(zip(rows[code], rows[name], strict=True))
