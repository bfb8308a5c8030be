"""Projects: what is being done, in which state, from when to when, by whom and for whom."""

import streamlit as st

from tallinn import charts
from tallinn.page import ask, filters, prose, show, show_table, stop
from tallinn.wording import _, ngettext

st.title(_("Projects"), anchor=False)
prose(
    _(
        "Cyber projects in Ukraine that are publicly known: those of the Mechanism, and related civilian support. "
        "Their status follows the list of the International Aid Transparency Initiative (IATI)."
    )
)

with st.grid(3, min_column_width=260):
    chosen = {
        "search": filters.search(_("Title, place, organisation …")),
        "donors": filters.donors(),
        "categories": filters.categories(),
        "statuses": filters.statuses(),
        "within": filters.within(),
    }

projects = ask("projects", **chosen)
if projects.rows.empty:
    st.info(_("No project on file fits these filters."))
    stop()
found = len(projects.rows)
prose(ngettext("**{n} project** fits these filters.", "**{n} projects** fit these filters.", found).format(n=found))

of_projects = _("Number of projects.")
by_status, by_category = st.columns(2, gap="large")
with by_status:
    show(charts.project_status, ask("project_status", **chosen), unit=of_projects)
with by_category:
    show(charts.project_categories, ask("project_categories", **chosen), unit=of_projects)

st.header(_("From when to when"), anchor="timeline")
show(charts.project_timeline, ask("project_timeline", **chosen))

st.header(_("By whom and for whom"), anchor="partners")
partners = ask("project_partners", **chosen)
carried_out, for_whom = st.columns(2, gap="large")
with carried_out:
    show(charts.project_partners, partners, role="implementer", key="implementers", unit=of_projects)
with for_whom:
    show(charts.project_partners, partners, role="beneficiary", key="beneficiaries", unit=of_projects)

st.header(_("List of projects"), anchor="list")
show_table(
    projects,
    [
        "title",
        "category_name",
        "donors",
        "status_name",
        "start",
        "end",
        "budget",
        "currency",
        "within_name",
        "implementers",
        "beneficiary",
        "description",
        "source_publisher",
        "source_url",
        "project_id",
    ],
    alt=_("Projects with category, donors, status, dates, budget and source"),
)

st.header(_("Companies and other organisations"), anchor="companies")
prose(_("Who carries out or supports cyber work in Ukraine, whatever the filters above say."))
show_table(
    ask("companies"),
    ["name", "country", "organisation_type_name", "role_name", "services", "project", "within_name", "source_publisher", "source_url"],
    alt=_("Companies and other organisations with their role and source"),
)

st.header(_("What is said to be needed"), anchor="needs")
show_table(
    ask("needs"),
    ["need", "category_name", "stated_by", "within_name", "stated_on", "source_publisher", "source_url", "note", "need_id"],
    alt=_("Stated needs with who stated them, when and where"),
)
