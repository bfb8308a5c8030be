"""Funding by donor: who has committed how much, for what, and why each row counts or does not."""

import streamlit as st

from tallinn import charts
from tallinn.page import ask, filters, links, prose, show, show_table, stop
from tallinn.wording import _

st.title(_("Funding by donor"), anchor=False)
prose(
    _(
        "Commitments are the headline. Payments are part of the money committed, and pledges are promises: the three are never added up. "
        "An amount that nobody has published stays unknown; it is not zero."
    )
)

with st.container(horizontal=True, vertical_alignment="bottom"):
    scope = filters.scope()
    donors = filters.donors()

ladder = ask("donor_ladder", scope=scope, donors=donors)
if ladder.rows.empty:
    st.info(_("No donor is on file yet."))
    stop()
euro = _("EUR, at the ECB reference rate of each value date.")
show(charts.donor_ladder, ladder, ask("confirmations", donors=donors), unit=euro)
links.to_each_donor(ladder)
show(charts.donors_by_year, ask("donors_by_year", scope=scope, donors=donors), unit=euro)

by_year, by_category = st.columns(2, gap="large")
with by_year:
    show(charts.funding_by_year, ask("funding_by_year", scope=scope, donors=donors), unit=euro)
with by_category:
    show(charts.funding_by_category, ask("funding_by_category", scope=scope, donors=donors), unit=euro)

st.header(_("How recent the figures are"), anchor="freshness")
prose(
    _(
        "A donor's last report counts, and for a donor that has never reported itself the newest public source. "
        "Where an update is due, little money may be a late report and not little aid."
    )
)
show_table(
    ask("donor_freshness", donors=donors),
    ["donor_id", "donor", "freshness_name", "figures_of", "known_from", "days_old", "every_days"],
    alt=_("How recent the figures of each donor are on the day of the release"),
)

st.header(_("From all rows to the headline"), anchor="waterfall")
prose(_("Every row on file either counts or has exactly one reason why it does not."))
show(charts.counting_waterfall, ask("counting_waterfall", scope=scope, donors=donors), unit=euro)

st.header(_("Totals as reported"), anchor="reported")
prose(_("Totals for the whole Mechanism, as its members and others reported them. They are not sums of the contributions below."))
show_table(
    ask("reported_totals"),
    [
        "reported_on",
        "amount",
        "currency",
        "qualifier_name",
        "measure_name",
        "scope",
        "as_of",
        "source_publisher",
        "source_url",
        "note",
        "total_id",
    ],
    alt=_("Totals that were reported for the whole Mechanism"),
)

st.header(_("Contributions on file"), anchor="contributions")
contributions = ask("contributions", scope=scope, donors=donors)
if contributions.rows.empty:
    st.info(_("No contribution on file fits these filters."))
    stop()
show_table(
    contributions,
    [
        "donor_id",
        "donor",
        "stage_name",
        "purpose",
        "amount",
        "currency",
        "amount_eur",
        "rate",
        "rate_date",
        "rate_basis",
        "value_date",
        "period",
        "counts",
        "reason_name",
        "within_name",
        "source_publisher",
        "source_url",
        "note",
        "contribution_id",
    ],
    alt=_("Contributions with original amount, exchange rate, amount in euro and source"),
)
