"""What changed: between any two releases, in sentences, as a bridge from the old headline to the new one, and row by row."""

import streamlit as st

from tallinn.page import comparing, prose, stop
from tallinn.wording import _

st.title(_("What changed"), anchor=False)
prose(
    _(
        "Figures change only with a release. Here the release that you read stands beside an earlier one: new money, what was revised or "
        "withdrawn, what counts otherwise than before, and, apart from all of these, what exchange rates did."
    )
)
since = comparing.since()
if since is None:
    comparing.nothing_before()
    stop()
comparing.bridge(*since)
st.header(_("In sentences"), anchor="sentences")
comparing.in_words(*since)
st.header(_("Row by row"), anchor="rows")
comparing.row_by_row(*since)
