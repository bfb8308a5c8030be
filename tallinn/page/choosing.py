"""Whom a page is about: one donor, a few donors, or one project, as the address names them by their codes.

The address is the truth: what is chosen in a widget is written there, and the widget shows what stands there.
"""

from collections.abc import Sequence

import streamlit as st

from tallinn.page import choices, marks
from tallinn.page.current import ask
from tallinn.wording import _, listing

FEWEST, MOST = 2, 4
"""Donors that can be looked at beside each other."""
_DONOR, _DONORS, _PROJECT = "the_donor", "the_donors", "the_project"

Names = dict[str, str]


def donor() -> str | None:
    """The one donor that the page is about; None where the address names none that is on file, or several."""
    names = _donors()
    named = _named("donor", names, remembered=choices.remembered("donor"))
    return _one(_DONOR, "donor", _("Donor"), _("Choose a donor"), names, named)


def donors() -> tuple[str, ...]:
    """The donors that are looked at beside each other, in the order of the address; those beyond MOST are left out."""
    names = _donors()
    named = _named("donor", names, remembered=choices.remembered("donor"))
    if len(named) > MOST:
        st.info(_("Up to {n} donors can be compared at once; the first {n} are shown.").format(n=MOST))
    st.session_state[_DONORS] = named[:MOST]
    chosen: list[str] = st.multiselect(
        _("Donors"),
        list(names),
        format_func=names.__getitem__,
        placeholder=_("Choose two to four donors"),
        max_selections=MOST,
        key=_DONORS,
        on_change=_write,
        args=(_DONORS, "donor"),
    )
    return tuple(chosen)


def project() -> str | None:
    """The project that the page is about; None where the address names none that is on file."""
    rows = ask("projects").rows
    label = _("{key}: {title}")
    names = {key: label.format(key=key, title=title) for key, title in zip(rows["project_id"], rows["title"], strict=True)}
    return _one(_PROJECT, "project", _("Project"), _("Choose a project, or write a part of its name"), names, _named("project", names))


def _donors() -> Names:
    rows = ask("donor_freshness").rows
    return dict(sorted(zip(rows["donor_id"], rows["donor"], strict=True), key=lambda pair: pair[1]))


def _named(key: str, names: Names, *, remembered: Sequence[str] = ()) -> list[str]:
    """What the address names, by code or by name, else what was chosen on a page before. What is not on file is told."""
    codes = {name: code for code, name in names.items()} | {code: code for code in names}
    words = st.query_params.get_all(key)
    if strange := [word for word in words if word not in codes]:
        told = _("Not on file, or not open to you: {names}.").format(names=marks.plain(listing(word[:60] for word in strange)))
        st.warning(told)
    return list(dict.fromkeys(codes[word] for word in words or remembered if word in codes))


def _one(widget: str, key: str, label: str, placeholder: str, names: Names, named: list[str]) -> str | None:
    st.session_state[widget] = named[0] if len(named) == 1 else None
    chosen: str | None = st.selectbox(
        label,
        list(names),
        format_func=names.__getitem__,
        placeholder=placeholder,
        key=widget,
        on_change=_write,
        args=(widget, key),
    )
    return chosen


def _write(widget: str, key: str) -> None:
    """What somebody has chosen stands in the address from now on."""
    chosen = st.session_state[widget]
    if chosen:
        st.query_params[key] = chosen
    else:
        st.query_params.pop(key, None)
        choices.forget(key)
