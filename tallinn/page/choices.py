"""Choices: widgets whose values stand in the URL as codes, are known again after a reload and on the pages that follow.

What an address says and nobody could choose is left out.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from tallinn.languages import language

Options = dict[str, str]
"""Codes, which are the same in every language, with their words."""

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
MOST_EXACT = 1e15
OWN = "ask."
"""What the key of a choice begins with whose choice means nothing on another page, and so does not follow the reader into its address."""

_CHOSEN = "chosen filters"
_JUST_CHOSEN = "a filter was just chosen"


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
    return _keep_one(key, code, options)


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
    return _keep_one(key, code, options)


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
    return _entered(key, _as_number, lambda value: f"{value:.15g}", partial(st.number_input, label, value=None))


def day(key: str, label: str) -> str:
    """A day that somebody chooses, as in 2025-12-31; empty where there is none."""
    widget = partial(st.date_input, label, value=None, min_value=FIRST_DAY, max_value=LAST_DAY, format="YYYY-MM-DD")
    return _entered(key, _as_day, date.isoformat, widget)


def _as_number(text: str) -> float:
    """Raises ValueError for what no browser counts exactly."""
    number = float(text)
    if not abs(number) < MOST_EXACT:
        raise ValueError(text)
    return number


def _as_day(text: str) -> date:
    """Raises ValueError for a day that cannot be chosen."""
    day = date.fromisoformat(text)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(text)
    return day


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
    known = [code for code in dict.fromkeys([shown] if isinstance(shown, str) else shown) if code in options]
    st.session_state[widget] = known if several else next(iter([*known, *options]))
    return widget


def _keep_one(key: str, chosen: str | None, options: Options) -> str:
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
