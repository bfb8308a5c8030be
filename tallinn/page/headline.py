"""The headline: the figures that everybody asks for first, as a sentence and side by side."""

import streamlit as st

from tallinn import summary
from tallinn.ask import Answer
from tallinn.page import marks
from tallinn.page.kept import Kept
from tallinn.page.proof import how_made, provenance


def in_a_sentence(headline: Answer) -> str:
    """What was given, in words made from the data."""
    return _sentence.of(headline)


def show_figures(headline: Answer) -> None:
    """The five figures with what each of them means, and their proof."""
    with st.grid(5, min_column_width=150, gap="small"):
        for label, value, meaning in _five.of(headline):
            st.metric(label, value, help=marks.plain(meaning))
    with st.container(gap="xsmall"):
        st.caption(marks.plain(provenance(headline)))
        how_made("headline", headline)


_sentence = Kept(summary.in_a_sentence)
_five = Kept(summary.figures)
