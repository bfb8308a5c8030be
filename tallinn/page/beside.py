"""Several donors beside each other: their figures in one table, and what differs in words."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from tallinn import portraits
from tallinn.ask import Answer
from tallinn.page import marks
from tallinn.page.kept import Kept
from tallinn.page.proof import how_made, provenance
from tallinn.wording import _, count, day, euros_short, share

Row = dict[Any, Any]


def differences(figures: Answer) -> None:
    """What differs between the donors, in sentences."""
    st.markdown(_differences.of(figures))


def figures(answer: Answer) -> None:
    """A line for each measure, a column for each donor."""
    with st.container(gap="xsmall"):
        # A table that scrolls within itself: five columns are wider than a phone.
        st.table(_table.of(answer), width="content", alt=_("Figures of each donor"))
        st.caption(marks.plain(provenance(answer)))
        how_made("beside", answer)


def _in_sentences(answer: Answer) -> str:
    return marks.bullets(map(marks.plain, portraits.differences(answer)))


def _figures_table(answer: Answer) -> pd.DataFrame:
    donors = answer.rows.to_dict("records")
    cells = {marks.plain(donor["donor"]): [marks.plain(words(donor)) for words in _measures().values()] for donor in donors}
    return pd.DataFrame(cells, index=[f"**{name}**" for name in _measures()])


def _measures() -> dict[str, Callable[[Row], str]]:
    """What is compared, and how it is worded. Stages are lines of their own, never added."""
    return {
        _("Committed"): lambda donor: euros_short(donor["committed_eur"]),
        _("Share of all itemised commitments"): lambda donor: share(donor["share_of_committed"]),
        _("Disbursed so far"): lambda donor: euros_short(donor["disbursed_eur"]),
        _("Not yet disbursed"): lambda donor: euros_short(donor["not_yet_disbursed_eur"]),
        _("Pledged"): lambda donor: euros_short(donor["pledged_eur"]),
        _("Pledged, not committed"): lambda donor: euros_short(donor["pledged_not_committed_eur"]),
        _("Projects"): lambda donor: count(donor["projects"]),
        _("Projects under way"): lambda donor: count(donor["projects_under_way"]),
        _("Projects that are late"): lambda donor: count(donor["projects_late"]),
        _("Contributions on file"): lambda donor: count(donor["rows_on_file"]),
        _("Figures of"): lambda donor: day(donor["figures_of"]),
    }


_differences = Kept(_in_sentences)
_table = Kept(_figures_table)
