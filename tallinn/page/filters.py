"""Filters: widgets whose choice stands in the URL, so that it can be sent to somebody, and that keep it from page to page.

A URL holds the words of a choice as the reader sees them; a word that no filter knows is left out. Choices of several come as tuples
of codes, or None where everything is meant: just as queries take them.
"""

import streamlit as st

from tallinn.ask import Answer
from tallinn.page.current import ask
from tallinn.wording import _

Options = dict[str, str]

_CHOSEN = "chosen filters"


def scope() -> str:
    """Money of the Mechanism alone, or with related civilian cyber support."""
    options = {"mechanism": _("The Mechanism"), "related": _("With related civilian cyber support")}
    return _one("scope", _("Which support"), options)


def donors() -> tuple[str, ...] | None:
    return _several("donor", _("Donors"), _options(ask("donor_ladder", scope="related"), "donor_id", "donor"), _("All donors"))


def categories() -> tuple[str, ...] | None:
    return _several("category", _("Categories"), _codes("categories"), _("All categories"))


def statuses() -> tuple[str, ...] | None:
    return _several("status", _("Status"), _codes("activity_status"), _("Any status"))


def within() -> tuple[str, ...] | None:
    """Whether projects belong to the Mechanism."""
    return _several("within", _("Within the Mechanism"), _codes("within_mechanism"), _("All"))


def sectors() -> tuple[str, ...] | None:
    return _several("sector", _("Sectors"), _options(ask("incident_sectors"), "sector", "sector"), _("All sectors"))


def types() -> tuple[str, ...] | None:
    return _several("type", _("Kinds of attack"), _options(ask("incident_types"), "type", "type"), _("All kinds"))


def search(hint: str, *, key: str = "search") -> str | None:
    """Words to look for, or None. What is looked for on one page is not meant on another, so each has a `key` of its own."""
    words = st.text_input(_("Search"), key=key, type="search", placeholder=hint, max_chars=100, bind="query-params")
    _remember(key, words or "")
    return words or None


def series() -> str:
    """Who counts attacks, by which method: one series at a time."""
    return _one("series", _("Who counts"), _options(ask("counting_series"), "series", "name"))


def dimension() -> str:
    """What counts are broken down by."""
    names = _codes("dimensions")
    return _one("dimension", _("Broken down by"), {code: name for code, name in names.items() if code != "total"})


def period(breakdown: Answer) -> str | None:
    """One of the periods for which a breakdown has been published; None where there is none."""
    labels = list(dict.fromkeys(breakdown.rows["period_label"]))
    if not labels:
        return None
    label: str = st.selectbox(_("Period"), labels, key="period", bind="query-params")
    _remember("period", "" if label == labels[0] else label)
    return label


def release() -> str:
    """The release that the address names, on this page or on the one before; empty where it names none."""
    named = st.query_params.get("release") or st.session_state.get(_CHOSEN, {}).get("release", "")
    _remember("release", named)
    return str(named)


def choose_release(release_id: str) -> None:
    """Show this release from now on; with an empty name whatever is usual."""
    _remember("release", release_id)
    if release_id:
        st.query_params["release"] = release_id
    else:
        st.query_params.pop("release", None)


def remember_in_url() -> None:
    """Filters of other pages stay in the URL of this one, so that they are there again after a reload."""
    if _CHOSEN not in st.session_state:
        return
    for key, words in st.session_state[_CHOSEN].items():
        if words and key not in st.query_params:
            st.query_params[key] = words


def _one(key: str, label: str, options: Options) -> str:
    default = next(iter(options), None)
    chosen = st.segmented_control(
        label, list(options), default=default, required=True, format_func=options.__getitem__, key=key, bind="query-params"
    )
    code = chosen if chosen in options else default
    _remember(key, "" if code == default else options.get(str(code), ""))
    return code or ""


def _several(key: str, label: str, options: Options, everything: str) -> tuple[str, ...] | None:
    chosen = st.multiselect(label, list(options), format_func=options.__getitem__, placeholder=everything, key=key, bind="query-params")
    codes = tuple(code for code in chosen if code in options)
    _remember(key, [options[code] for code in codes])
    return codes or None


def _remember(key: str, words: str | list[str]) -> None:
    st.session_state.setdefault(_CHOSEN, {})[key] = words


def _codes(name: str) -> Options:
    return _options(ask("code_list", list=name), "code", "name")


def _options(answer: Answer, code: str, name: str) -> Options:
    return dict(zip(answer.rows[code], answer.rows[name], strict=True))
