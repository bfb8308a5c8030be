"""Methodology: what the figures mean, how they are made, and where they come from."""

import streamlit as st

from tallinn.page import ask, dictionary, lists, prose, show_table
from tallinn.settings import SMALL_COUNT
from tallinn.wording import _, count

st.title(_("Methodology"), anchor=False)
prose(
    _(
        "Every figure is computed from rows of spreadsheets, each with a public source. “How this is made” under each figure shows the "
        "question, the SQL, the rows, and the cells they were taken from."
    )
)

st.header(_("Stages of money"), anchor="stages")
prose(
    _(
        "Money passes from pledge to commitment to disbursement to expenditure, the transaction types of the International Aid "
        "Transparency Initiative. Stages of the same money are never added to each other: a later stage names the earlier row that it "
        "realises. Committed money is what was paid plus what is still to be paid."
    )
)
lists.codes(ask("code_list", list="stages"))

st.header(_("What counts"), anchor="counting")
prose(
    _(
        "Each row counts, or has exactly one reason why it does not: the first that applies in this order. Support in kind without a "
        "published value and amounts without an exchange rate are listed, never estimated."
    )
)
lists.codes(ask("code_list", list="count_reasons"))
prose(
    _("Two scopes can be looked at: rows that a source names as part of the Mechanism, and, beside them, related civilian cyber support.")
)
lists.codes(ask("code_list", list="within_mechanism"))

st.header(_("Currency"), anchor="currency")
prose(
    _(
        "Original amount and currency are kept. Amounts in euro use the reference rate of the European Central Bank on the value date, or "
        "of the last working day before it. A row that has only a period uses the mean rate of that period once it is over, and says so. "
        "Where there is no rate (such as for the hryvnia) or no date, nothing is converted: the row is listed, and totals say how many "
        "rows they leave out."
    )
)

st.header(_("Which projects are late"), anchor="delivery")
prose(
    _(
        "A project has four dates: planned start and end, actual start and end (the activity dates of IATI). Where a source gives a start "
        "or an end without saying which it is, the status on the day of the release tells, as far as it can. These rules then say whether "
        "a project is late or its payments are out of step. A date known to a month or a year is read in favour of the project; a rule "
        "that lacks a date, a status or an amount says nothing. What looks late may be a late report."
    )
)
lists.delivery_rules(ask("delivery_rules"))
lists.codes(ask("code_list", list="delivery"))
prose(
    _(
        "Money that pays for several projects together is not divided among them. A contribution that also pays for a project that you "
        "may not see counts as one for the project that you see."
    )
)

st.header(_("How recent the figures are"), anchor="freshness")
prose(
    _(
        "A donor's figures are as recent as the last file that it sent itself, which is held against the interval at which a report is "
        "expected, on the day of the release and not of the reader. Where it never sent one, the newest public source of its rows is told."
    )
)
lists.codes(ask("code_list", list="freshness"))
lists.codes(ask("code_list", list="reporting_frequency"))

st.header(_("What donors say of their figures"), anchor="confirmations")
prose(
    _(
        "A donor can confirm or dispute its figures in a release. Both stand beside them with the day, and both hold for that release "
        "alone. A dispute stays until the donor says otherwise; the figures change only by a release that corrects them. What a donor "
        "writes with it is read by the project office. No sign means that the donor has said nothing."
    )
)

st.header(_("Who may see what"), anchor="tlp")
prose(
    _(
        "Every row has a label of the Traffic Light Protocol (FIRST TLP 2.0). The public sees TLP:CLEAR alone. A row without a label is "
        "treated as TLP:AMBER. Rows that a reader may not see never enter the store that the pages ask."
    )
)
prose(
    _(
        "Of projects and notable incidents that are not public it is said how many there are at least: in steps of {step}, apart for each "
        "group of readers, and nothing below {step}. Totals and parts are lowered further where a difference between them would tell more."
    ).format(step=count(SMALL_COUNT))
)
lists.codes(ask("code_list", list="tlp"))

st.header(_("Counts of attacks"), anchor="series")
prose(
    _(
        "A series is what one body counts by one method. Two series never share an axis. An incomplete period is striped, a change of "
        "rules breaks the line, and where two reports contradict each other both are shown."
    )
)
lists.series(ask("counting_series"))
prose(_("When the rules changed:"))
lists.breaks(ask("series_breaks"))

st.header(_("What is checked in a file"), anchor="rules")
prose(
    _(
        "A row with an error is held back until somebody mends it; a warning is taken and listed. Nothing is guessed: a date or an amount "
        "that can be read in two ways is a question to the sender."
    )
)
lists.rules(ask("rules"))

st.header(_("Data dictionary"), anchor="dictionary")
dictionary.show()

st.header(_("Sources"), anchor="sources")
show_table(
    ask("sources"),
    ["source_publisher", "source_url", "source_date", "datasets", "rows", "keys"],
    alt=_("Every public source with its rows"),
)

st.header(_("Files"), anchor="files")
show_table(ask("data_files"), ["file_name", "datasets", "rows", "submitted_at", "sha256"], alt=_("Files that the rows were taken from"))

st.header(_("What is not in the data"), anchor="limits")
dictionary.show_limits()
