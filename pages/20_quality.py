"""Data quality: how complete, recent and traceable the rows of each donor are, which rows lack what, and what would raise it."""

import streamlit as st

from tallinn import charts
from tallinn.page import ask, filters, lists, prose, show, show_table, stop
from tallinn.wording import _

st.title(_("Data quality"), anchor=False)
prose(
    _(
        "What is on file of each donor, held against rules that stand below: whether a row says what it should, and whether it can be "
        "followed to a public source. It tells about the reports and not about the support. "
        "A donor's rows that you may not see are not in it."
    )
)
with st.container(horizontal=True, vertical_alignment="bottom"):
    donors = filters.donors()
quality = ask("data_quality", donors=donors)
show(charts.data_quality, quality, unit=_("Per cent of rows."))
if quality.rows.empty:
    stop()
show_table(
    quality,
    ["donor_id", "donor", "dataset_name", "rule_name", "rows_good", "of_rows", "share_good", "remedy_name"],
    alt=_("Rules with the rows of each donor that keep them, and what would raise the part"),
)

st.header(_("How recent the reports are"), anchor="timeliness")
show_table(
    ask("donor_freshness", donors=donors),
    ["donor_id", "donor", "freshness_name", "figures_of", "known_from", "days_old", "every_days"],
    alt=_("How recent the figures of each donor are on the day of the release"),
)

st.header(_("Rows that lack something"), anchor="gaps")
rule = filters.quality_rule(quality)
show_table(
    ask("data_gaps", rule=rule, donors=donors),
    ["row_id", "donor_id", "donor", "dataset_name", "rule_name", "file_name", "sheet", "row_number", "source_url"],
    alt=_("Rows that do not keep the rule, with file, sheet and row"),
    nothing=_("Every row on file keeps this rule."),
)

st.header(_("What was remarked on the files"), anchor="findings")
prose(
    _(
        "Every file is checked before its rows are taken in. This is what was remarked on rows that were accepted, by kind; rows with an "
        "error are held back until they are mended, and stand in no figure."
    )
)
show_table(
    ask("findings"),
    ["rule_name", "level_name", "remarks", "files", "file_names"],
    alt=_("Remarks on accepted rows by kind, with the files that they were made on"),
    nothing=_("Nothing was remarked on the files that you may see."),
)

st.header(_("The rules"), anchor="rules")
lists.codes(ask("code_list", list="quality_rules"))
