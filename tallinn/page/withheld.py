"""What is not public: how much of it there is at least. Nothing is said where nothing may be said."""

from itertools import groupby
from operator import itemgetter
from typing import Any

import streamlit as st

from tallinn.ask import Answer
from tallinn.page import marks
from tallinn.page.kept import Kept
from tallinn.page.proof import how_made
from tallinn.page.show import PROSE_WIDTH
from tallinn.settings import SMALL_COUNT
from tallinn.wording import _, count, later, listing, ngettext

PARTS = {
    "status": later("At least, by status: {parts}."),
    "category": later("At least, by category: {parts}."),
    "type": later("At least, by kind: {parts}."),
    "sector": later("At least, by sector: {parts}."),
}


def say(answer: Answer) -> None:
    """How many rows of a dataset are not public, with the proof. The same words are right for every reader, whatever it may see."""
    if answer.rows.empty:
        return
    with st.container(gap="xsmall"):
        st.caption(_sentences.of(answer), width=PROSE_WIDTH)
        how_made("withheld", answer)


def _words(answer: Answer) -> str:
    total, *cells = answer.rows.to_dict("records")
    n = int(total["at_least"])
    totals = {
        "projects": ngettext("**At least {n} project on file is not public.**", "**At least {n} projects on file are not public.**", n),
        "incidents": ngettext(
            "**At least {n} notable incident on file is not public.**", "**At least {n} notable incidents on file are not public.**", n
        ),
    }
    said = [totals[total["dataset"]].format(n=count(n))]
    said += [_part(dimension, list(rows)) for dimension, rows in groupby(cells, itemgetter("dimension"))]
    why = _("Figures and lists hold only what you may see. What is not public is counted in steps of {step}, so that none can be traced.")
    return " ".join([*said, why.format(step=count(SMALL_COUNT))])


def _part(dimension: str, cells: list[dict[Any, Any]]) -> str:
    parts = (f"{marks.plain(cell['name'])} {count(cell['at_least'])}" for cell in cells)
    return _(PARTS[dimension]).format(parts=listing(parts))


_sentences = Kept(_words)
