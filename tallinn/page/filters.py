"""Filters: widgets whose choice stands in the URL, so that it can be sent to somebody, and that keep it from page to page.

A URL holds codes, which are the same in every language; one that no filter knows is left out. Choices of several come as tuples of codes,
or None where everything is meant: just as queries take them.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from tallinn.ask import Answer
from tallinn.languages import language
from tallinn.page.current import ask
from tallinn.wording import _

Options = dict[str, str]

OWN = "ask."
"""What a filter's key begins with whose choice means nothing on another page, and so does not follow the reader into its address."""

_CHOSEN = "chosen filters"
_JUST_CHOSEN = "a filter was just chosen"


def scope() -> str:
    """Money of the Mechanism alone, or with related civilian cyber support."""
    options = {"mechanism": _("The Mechanism"), "related": _("With related civilian cyber support")}
    return one("scope", _("Which support"), options)


def donors() -> tuple[str, ...] | None:
    return several("donor", _("Donors"), _options(ask("donor_ladder", scope="related"), "donor_id", "donor"), _("All donors"))


def categories() -> tuple[str, ...] | None:
    return several("category", _("Categories"), _codes("categories"), _("All categories"))


def statuses() -> tuple[str, ...] | None:
    return several("status", _("Status"), _codes("activity_status"), _("Any status"))


def within() -> tuple[str, ...] | None:
    """Whether projects belong to the Mechanism."""
    return several("within", _("Within the Mechanism"), _codes("within_mechanism"), _("All"))


def delivery() -> tuple[str, ...] | None:
    """Whether projects are late."""
    return several("delivery", _("Delivery"), _codes("delivery"), _("Late or not"))


def need_states() -> tuple[str, ...] | None:
    """What has become of needs."""
    return several("state", _("What has become of it"), _codes("need_states"), _("Any state"))


def priorities() -> tuple[str, ...] | None:
    """How urgent needs are said to be."""
    return several("priority", _("Priority"), {**_codes("priorities"), "not_stated": _("Not stated")}, _("Any priority"))


def needing_sectors(needs: Answer) -> tuple[str, ...] | None:
    """Sectors that some need names."""
    named = sorted({sector for cell in needs.rows["sector"].dropna() for sector in cell.split("; ")})
    return several("needing", _("Sectors"), {sector: _(sector) for sector in named}, _("All sectors"))


def sectors() -> tuple[str, ...] | None:
    return several("sector", _("Sectors"), _options(ask("incident_sectors"), "sector", "sector_name"), _("All sectors"))


def types() -> tuple[str, ...] | None:
    return several("type", _("Kinds of attack"), _options(ask("incident_types"), "type", "type_name"), _("All kinds"))


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
    names = _codes("dimensions")
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


def remember_in_url() -> None:
    """Filters of other pages stay in the URL of this one, so that they are there again after a reload."""
    st.session_state[_JUST_CHOSEN] = False
    for key, codes in st.session_state.get(_CHOSEN, {}).items():
        if codes and key not in st.query_params and not key.startswith(OWN):
            st.query_params[key] = codes


def remember(key: str, *codes: str) -> None:
    """Keep a choice for the pages that follow. Without a code, or with an empty one, nothing is chosen any more."""
    st.session_state.setdefault(_CHOSEN, {})[key] = [code for code in codes if code]


def remembered(key: str) -> list[str]:
    """What was chosen on this page or on one before."""
    codes: list[str] = st.session_state.get(_CHOSEN, {}).get(key, [])
    return codes


def pick(key: str, label: str, options: Options) -> str:
    """One of many, in a list that opens; the first unless another is chosen. Empty where there is none."""
    if not options:
        return ""
    widget = _settled(key, options)
    code = st.selectbox(label, list(options), format_func=options.__getitem__, key=widget, on_change=_just_chosen)
    return _keepone(key, code, options)


def toggle(key: str, code: str) -> None:
    """Filter by this one, or no longer, where it is the only one already: what a click in a chart does."""
    codes = [] if remembered(key) == [code] else [code]
    _keep(key, codes)
    for name in [name for name in st.session_state if str(name).rpartition("_")[0] == key]:
        st.session_state[name] = codes


def forget(key: str) -> None:
    """Nothing is chosen by this filter any more."""
    remember(key)


def one(key: str, label: str, options: Options) -> str:
    """One of few, beside each other; the first unless another is chosen. Empty where there is none."""
    if not options:
        return ""
    widget = _settled(key, options)
    code = st.segmented_control(label, list(options), required=True, format_func=options.__getitem__, key=widget, on_change=_just_chosen)
    return _keepone(key, code, options)


def several(key: str, label: str, options: Options, everything: str, *, most: int | None = None) -> tuple[str, ...] | None:
    """Any of many, at most `most`; None, and the word for everything, where none is chosen."""
    widget = _settled(key, options, several=True)
    st.session_state[widget] = st.session_state[widget][:most]
    codes: list[str] = st.multiselect(
        label,
        list(options),
        format_func=options.__getitem__,
        placeholder=everything,
        key=widget,
        on_change=_just_chosen,
        max_selections=most,
    )
    _keep(key, codes)
    return tuple(codes) or None


def words(key: str, label: str) -> str:
    """Words that somebody types."""
    return _entered(key, str, str, partial(st.text_input, label, max_chars=100))


def number(key: str, label: str) -> str:
    """A number that somebody types, as text for the address; empty where there is none."""
    return _entered(key, float, lambda value: f"{value:.15g}", partial(st.number_input, label, value=None))


def day(key: str, label: str) -> str:
    """A day that somebody chooses, as in 2025-12-31; empty where there is none."""
    widget = partial(st.date_input, label, value=None, min_value=date(1990, 1, 1), max_value=date(2100, 12, 31), format="YYYY-MM-DD")
    return _entered(key, date.fromisoformat, date.isoformat, widget)


def _entered(key: str, read: Callable[[str], Any], write: Callable[[Any], str], widget: Callable[..., Any]) -> str:
    """What somebody enters. Raises nothing for what an address says and nobody could enter: it is left out."""
    named, before = next(iter(st.query_params.get_all(key)), ""), next(iter(remembered(key)), "")
    if key not in st.session_state or (named != before and not st.session_state.get(_JUST_CHOSEN)):
        st.session_state[key] = None
        with suppress(ValueError):
            st.session_state[key] = read(named or before) if named or before else None
    entered = widget(key=key, on_change=_just_chosen)
    text = "" if entered is None or entered == "" else write(entered)
    _keep(key, [text] if text else [])
    return text


def _settled(key: str, options: Options, *, several: bool = False) -> str:
    """The key of a filter's widget, set to what the address says unless somebody has just chosen otherwise.

    A browser sends the words that it shows, so there is a widget for each language.
    """
    widget = f"{key}_{language.get()}"
    named, before, shown = st.query_params.get_all(key), remembered(key), st.session_state.get(widget)
    if shown is None or (named != before and not st.session_state.get(_JUST_CHOSEN)):
        shown = named or (before if shown is None else [])
    known = [code for code in ([shown] if isinstance(shown, str) else shown) if code in options]
    st.session_state[widget] = known if several else next(iter([*known, *options]))
    return widget


def _keepone(key: str, chosen: str | None, options: Options) -> str:
    usual = next(iter(options))
    code = chosen or usual
    _keep(key, [] if code == usual else [code])
    return code


def _keep(key: str, codes: list[str]) -> None:
    """A choice stands in the address; what is usual does not."""
    remember(key, *codes)
    if st.query_params.get_all(key) == codes:
        return
    if codes:
        st.query_params[key] = codes
    else:
        del st.query_params[key]


def _just_chosen() -> None:
    st.session_state[_JUST_CHOSEN] = True


def _codes(name: str) -> Options:
    return _options(ask("code_list", list=name), "code", "name")


def _options(answer: Answer, code: str, name: str) -> Options:
    return dict(zip(answer.rows[code], answer.rows[name], strict=True))
