"""What donors dispute or remark in their figures, until one of the staff has dealt with it."""

import streamlit as st

from tallinn.confirmations import MOST_LETTERS, Statement, answer, in_a_line, statements
from tallinn.ingest.findings import Refused
from tallinn.ingest.names import country_name
from tallinn.page import marks
from tallinn.page.office import door
from tallinn.page.saying import say
from tallinn.wording import _, count, ngettext

MOST_SHOWN = 20


def waiting() -> None:
    """Open disputes and comments, the newest first, each with a form that closes it."""
    with door.lake() as lake:
        open_ones = [each for each in statements(lake) if each.is_open]
    if not open_ones:
        st.success(_("Nothing that a donor disputed or remarked waits."))
        return
    waits = ngettext("{n} statement waits.", "{n} statements wait, the newest first.", len(open_ones))
    st.markdown(waits.format(n=count(len(open_ones))))
    for each in open_ones[:MOST_SHOWN]:
        _form(each)
    if len(open_ones) > MOST_SHOWN:
        st.caption(_("The {n} newest are shown; the others follow as these are dealt with.").format(n=count(MOST_SHOWN)))


def _form(each: Statement) -> None:
    form = f"answer_{each.statement_id}"
    with st.form(form):
        st.markdown(f"**{marks.plain(country_name(each.donor_id))}** · {marks.plain(in_a_line(each))}")
        st.text_input(_("What was done about it (the donor reads this)"), max_chars=MOST_LETTERS, key=f"done_{form}")
        st.form_submit_button(_("Dealt with"), on_click=_answer, args=(each.statement_id, form), key=f"button_{form}")


def _answer(statement_id: int, form: str) -> None:
    try:
        with door.acting("deal with what a donor says") as (lake, who):
            answer(lake, statement_id, str(st.session_state[f"done_{form}"] or ""), author=who)
    except Refused as refused:
        say("error", str(refused))
    except door.NotStaff:
        say("error", _("Only the staff may do this. Nothing was changed."))
    else:
        say("success", _("The donor reads on its page what was done."))
