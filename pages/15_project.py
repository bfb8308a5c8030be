"""Project: one project's life, money, partners and risks, and where each of it is said."""

import streamlit as st

from tallinn import charts
from tallinn.page import ask, choosing, filters, prose, show, show_table, stop
from tallinn.page import project as page
from tallinn.wording import _

st.title(_("Project"), anchor=False)
project_id = choosing.project()
if project_id is None:
    st.markdown(_("Choose a project above, or follow its ID in the table."))
    show_table(
        ask("projects"),
        ["project_id", "title", "category_name", "donors", "status_name", "delivery_name", "start", "end"],
        alt=_("Projects with category, donors, status, delivery and dates"),
    )
    stop()

project, money, risks = (ask(name, project=project_id) for name in ("projects", "project_money", "project_risks"))
page.title(project)
said, code = st.columns([4, 1], gap="large")
with said:
    page.in_sentences(project, money, risks)
    page.elsewhere(project)
with code:
    page.way_to(project_id, filters.release())
page.facts(project)

st.header(_("Planned and actual"), anchor="dates")
show(charts.project_dates, ask("project_dates", project=project_id))

st.header(_("Delivery risk"), anchor="risk")
prose(
    _(
        "Rules look at the dates, the status and the money on the day of the release. A date known to a month or a year is read in favour "
        "of the project, and what looks late may be a late report."
    )
)
page.risks(risks)

st.header(_("Money by stage and donor"), anchor="money")
show(charts.project_money, money, unit=_("EUR, at the ECB reference rate of each value date; related support too."))
show_table(
    ask("contributions", scope="related", project=project_id),
    page.CONTRIBUTIONS,
    alt=_("Contributions to this project with original amount, amount in euro and source"),
    nothing=_("No contribution on file names this project."),
)

st.header(_("How each release had it"), anchor="history")
page.history(ask("project_history", project=project_id))

st.header(_("The need it answers"), anchor="needs")
show_table(
    ask("needs_answered", project=project_id),
    ["need_id", "need", "category_name", "stated_by", "stated_on", "source_publisher", "source_url"],
    alt=_("Stated needs that this project answers"),
    nothing=_("No stated need is named that this project answers."),
)

st.header(_("Milestones"), anchor="milestones")
show_table(
    ask("milestones", project=project_id),
    ["date", "title", "description", "source_publisher", "source_url", "note"],
    alt=_("Events that belong to this project"),
    nothing=_("No event on file belongs to this project."),
)

st.header(_("Who takes part"), anchor="partners")
show_table(
    ask("companies", project=project_id),
    ["name", "country", "organisation_type_name", "role_name", "services", "source_publisher", "source_url"],
    alt=_("Companies and other organisations that take part in this project"),
    nothing=_("No company or other organisation on file is said to take part, beside the implementers above."),
)

st.header(_("Documents and sources"), anchor="sources")
show_table(
    ask("project_sources", project=project_id),
    ["source_publisher", "source_url", "source_date", "datasets", "keys"],
    alt=_("Documents and pages that speak of this project"),
    nothing=_("No source is on file."),
)
