"""What differs between two releases, as this reader may see them: as a bridge, in sentences, and row by row."""

from functools import lru_cache

import pandas as pd
import streamlit as st

from tallinn import charts, revisions
from tallinn.ingest.names import country_name
from tallinn.languages import language
from tallinn.page import choices, filters, marks
from tallinn.page.current import Wanted, newest, public_releases, reader
from tallinn.page.show import show
from tallinn.page.table import MOST_ROWS
from tallinn.revisions import Comparison, Revision, compared, in_sentences, kind_name, moved
from tallinn.settings import lake_dir
from tallinn.store import Store
from tallinn.wording import _, count, day


def since() -> tuple[str, str] | None:
    """Names of an earlier release, which the reader may choose, and of the one that is read; None where there is none before it."""
    releases = public_releases()
    names = [each.id for each in releases]
    read = filters.release()
    later = read if read in names else names[0]
    before = {each.id: _("{release} of {date}").format(release=each.id, date=day(each.date)) for each in releases[names.index(later) + 1 :]}
    if not before:
        return None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        earlier = choices.pick("since", _("Since release"), before)
        st.markdown(_("up to release {release} of {date}").format(release=later, date=day(releases[names.index(later)].date)))
    return earlier, later


def nothing_before() -> None:
    """That there is nothing to compare with, and what will stand here."""
    st.info(
        _(
            "There is no release before the one that you read, so that nothing can have changed. With the next one its changes stand "
            "here: by donor, by row and by exchange rate."
        )
    )


def bridge(earlier: str, later: str) -> None:
    """From the headline of one release to that of the other."""
    show(charts.headline_bridge, revisions.bridge(between(earlier, later)), unit=_("EUR, as each release has it."))


def in_words(earlier: str, later: str) -> None:
    """The Mechanism first, then each donor with a difference, then the other datasets."""
    st.markdown(marks.bullets(marks.plain(line) for line in in_sentences(between(earlier, later))))


def row_by_row(earlier: str, later: str) -> None:
    """Each contribution that differs, those that move most first."""
    found = between(earlier, later).revisions
    if not found:
        st.markdown(_("No contribution differs."))
        return
    _table(found, f"{earlier}_{later}")


def differences(earlier: str, later: str, *, unpublished: bool = False, donor_id: str = "") -> None:
    """From one release to another, by their names in an address; `unpublished`: the later one may be not public yet.

    `donor_id`: only what differs for this donor.
    """
    comparison = between(earlier, later, unpublished=unpublished)
    found = comparison.of_donor(donor_id) if donor_id else comparison.revisions
    sentences = [moved(country_name(donor_id), found)] if donor_id else in_sentences(comparison)
    st.markdown(marks.bullets(marks.plain(line) for line in sentences))
    if found:
        _table(found, f"{earlier}_{later}")


def between(earlier: str, later: str, *, unpublished: bool = False) -> Comparison:
    """What differs for this reader between two releases, by their names in an address."""
    stores = (newest(Wanted(reader(), lake_dir(), name, unpublished)).store for name in (earlier, later))
    return _compared(language.get(), *stores)


@lru_cache(maxsize=8)
def _compared(_language: str, earlier: Store, later: Store) -> Comparison:
    return compared(earlier, later)


def _table(found: tuple[Revision, ...], name: str) -> None:
    rows = pd.DataFrame([_row(each) for each in found[:MOST_ROWS]])
    amounts = (_("Before, EUR"), _("After, EUR"), _("By exchange rates, EUR"))
    money = {name: st.column_config.NumberColumn(format="localized") for name in amounts}
    if not any(each.reason for each in found):
        rows = rows.drop(columns=_("Reason"))
    st.dataframe(rows, hide_index=True, column_config=money, placeholder="–", alt=_("Contributions that differ"), key=f"differences_{name}")
    if len(found) > MOST_ROWS:
        st.caption(_("The {n} largest are shown.").format(n=count(MOST_ROWS)))


def _row(revision: Revision) -> dict[str, object]:
    """Parts in what is committed within the Mechanism; none where the row is not in that release."""
    return {
        _("Contribution"): revision.key,
        _("Donor"): revision.donor,
        _("What happened"): kind_name(revision.kind),
        _("Before, EUR"): None if revision.kind == "added" else float(revision.before),
        _("After, EUR"): None if revision.kind == "withdrawn" else float(revision.after),
        _("By exchange rates, EUR"): float(revision.by_rate),
        _("Reason"): revision.reason,
    }
