"""Projects: what is being done, in which state, from when to when, by whom and for whom."""

import streamlit as st

from tallinn import charts, delivery
from tallinn.page import ask, filters, links, prose, show, show_table, stop, withheld
from tallinn.wording import _, ngettext

st.title(_("Projects"), anchor=False)
prose(
    _(
        "Cyber projects in Ukraine that are publicly known: those of the Mechanism, and related civilian support. "
        "Their status follows the list of the International Aid Transparency Initiative (IATI)."
    )
)
withheld.say(ask("withheld", dataset="projects"))

with st.grid(3, min_column_width=260):
    chosen = {
        "search": filters.search(_("Title, place, organisation …")),
        "donors": filters.donors(),
        "categories": filters.categories(),
        "statuses": filters.statuses(),
        "within": filters.within(),
        "delivery": filters.delivery(),
    }

projects = ask("projects", **chosen)
if projects.rows.empty:
    st.info(_("No project on file fits these filters."))
    stop()
found = len(projects.rows)
late = ask("project_delivery", **chosen)
fits = ngettext("**{n} project** fits these filters.", "**{n} projects** fit these filters.", found).format(n=found)
prose(" ".join([fits, delivery.how_many_late(late), _("[To the list](#list)")]))

of_projects = _("Number of projects.")
by_status, by_category = st.columns(2, gap="large")
with by_status:
    show(charts.project_status, ask("project_status", **chosen), unit=of_projects)
with by_category:
    show(charts.project_categories, ask("project_categories", **chosen), unit=of_projects)

st.header(_("Which are late"), anchor="delivery")
prose(
    _(
        "Late is what began or has not begun long after its planned start, or has not ended long after its planned end, by rules that the "
        "Methodology states. Where nobody has published the plan, nothing is said."
    )
)
show(charts.project_delivery, late, unit=of_projects)

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
        "project_id",
        "title",
        "category_name",
        "donors",
        "status_name",
        "delivery_name",
        "days_late",
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
    ],
    alt=_("Projects with category, donors, status, delivery, dates, budget and source"),
)
links.to_needs()
