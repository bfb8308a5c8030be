"""What differs between two states of the figures, in sentences and row by row."""

from functools import lru_cache

import pandas as pd
import streamlit as st

from tallinn.access import who_is_asking
from tallinn.audience import Store
from tallinn.page import marks
from tallinn.page.current import Wanted, newest
from tallinn.page.table import MOST_ROWS
from tallinn.revisions import Comparison, Revision, compared, in_sentences
from tallinn.settings import lake_dir
from tallinn.wording import _, count


def differences(earlier: str, later: str, *, unpublished: bool = False) -> None:
    """From one release to another, by their names in an address; `unpublished`: the later one may be not public yet."""
    comparison = _between(earlier, later, unpublished=unpublished)
    st.markdown(marks.bullets(marks.plain(line) for line in in_sentences(comparison)))
    if not comparison.revisions:
        return
    rows = pd.DataFrame([_row(each) for each in comparison.revisions[:MOST_ROWS]])
    money = {name: st.column_config.NumberColumn(format="euro") for name in (_("Before"), _("After"), _("By exchange rates"))}
    st.dataframe(rows, hide_index=True, column_config=money, alt=_("Contributions that differ"), key=f"differences_{earlier}_{later}")
    if len(comparison.revisions) > MOST_ROWS:
        st.caption(_("The {n} largest are shown.").format(n=count(MOST_ROWS)))


def _between(earlier: str, later: str, *, unpublished: bool) -> Comparison:
    stores = (newest(Wanted(who_is_asking(), lake_dir(), name, unpublished)).store for name in (earlier, later))
    return _compared(*stores)


@lru_cache(maxsize=4)
def _compared(earlier: Store, later: Store) -> Comparison:
    return compared(earlier, later)


def _row(revision: Revision) -> dict[str, object]:
    """Parts in what is committed within the Mechanism, in euros."""
    return {
        _("Contribution"): revision.key,
        _("Donor"): revision.donor,
        _("What happened"): _(revision.kind),
        _("Before"): float(revision.before),
        _("After"): float(revision.after),
        _("By exchange rates"): float(revision.by_rate),
    }
