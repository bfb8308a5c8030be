"""In which language a visitor reads: the one that the address names, else the one chosen before, else the one that the browser prefers."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from tallinn.languages import SOURCE, language, languages, preferred
from tallinn.page import choices, marks
from tallinn.wording import _

NAME = "lang"
"""What stands before the language in an address. Once chosen it stands in that of every page."""


def of_visit() -> str:
    """The language of this visit; outside of a visit the one in which the dashboard is written."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return SOURCE
    named = st.query_params.get(NAME, ""), *choices.remembered(NAME)
    return next((code for code in named if code in languages()), "") or preferred(st.context.headers.get("Accept-Language"))


language.otherwise = of_visit


def begin() -> None:
    """All words of this run are of the visitor's language."""
    language.set(of_visit())
    if st.query_params.get(NAME) == language.get():
        choices.remember(NAME, language.get())


def chosen() -> str:
    """The language that the visitor has chosen, for addresses that are written out; empty where it is the browser's."""
    return next(iter(choices.remembered(NAME)), "")


def switch() -> None:
    """The other languages, each by its own name, and a word about one that the address names and nobody has."""
    named = st.query_params.get(NAME, "")
    with st.container(horizontal=True, horizontal_alignment="right", gap="small", key="languages"):
        for code, name in languages().items():
            if code != language.get():
                st.button(name, on_click=_choose, args=(code,), type="tertiary", key=f"language_{code}")
    if named and named not in languages():
        st.info(_("The address names the language “{language}”, in which there is no text here.").format(language=marks.plain(named[:20])))


def _choose(code: str) -> None:
    choices.remember(NAME, code)
    st.query_params[NAME] = code
