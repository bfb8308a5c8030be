"""Needs and capabilities: what Ukraine needs, what has become of it, who works on which kind of support, and what could fit."""

import streamlit as st

from tallinn import charts
from tallinn.page import ask, filters, lists, prose, show, show_table, withheld
from tallinn.wording import _

st.title(_("Needs and capabilities"), anchor=False)
prose(
    _(
        "What Ukraine and the members of the Mechanism say is needed, beside the projects that answer it and what donors offer. A need is "
        "open as long as no project on file names it; a project that you may not see can answer it all the same."
    )
)
withheld.say(ask("withheld", dataset="projects"))
every = ask("needs")
with st.grid(2, min_column_width=260):
    categories = filters.categories()
    states = filters.need_states()
    sectors = filters.needing_sectors(every)
    priorities = filters.priorities()

needs = ask("needs", categories=categories, states=states, sectors=sectors, priorities=priorities)
show(charts.needs, needs, unit=_("Number of needs as stated; several bodies can state the same one."))
if not needs.rows.empty:
    show_table(
        needs,
        [
            "need",
            "category_name",
            "sector_name",
            "priority_name",
            "state_name",
            "days_old",
            "stated_on",
            "stated_by",
            "projects",
            "projects_with_money",
            "capabilities",
            "within_name",
            "source_publisher",
            "source_url",
            "note",
            "need_id",
        ],
        alt=_("Needs with what has become of them, the open ones first and of these the oldest"),
    )

st.header(_("Who works on what"), anchor="coverage")
prose(_("Each kind of support with the donors that have a project in it or offer it: where nobody stands, and where many do."))
show(charts.category_coverage, ask("category_coverage"), unit=_("Number of projects."))

st.header(_("What could fit"), anchor="matches")
prose(
    _(
        "Open needs beside offers of donors. These are suggestions by a rule, nobody's promise: the kind of support is the same, and the "
        "offer is not over on the day of the release."
    )
)
show_table(
    ask("need_matches", categories=categories),
    [
        "need",
        "category_name",
        "days_old",
        "donor_id",
        "donor",
        "description",
        "organisation",
        "match_reason",
        "available_from",
        "available_until",
        "source_publisher",
        "source_url",
        "need_id",
        "capability_id",
    ],
    alt=_("Open needs with offers of the same kind of support, and why they could fit"),
    nothing=_("No offer on file is of the kind of an open need."),
)

st.header(_("Companies and other organisations"), anchor="companies")
prose(_("Who carries out or supports cyber work in Ukraine, by what they do, with the projects that they work on."))
show_table(
    ask("companies"),
    [
        "services",
        "name",
        "country",
        "organisation_type_name",
        "role_name",
        "project_ids",
        "project",
        "within_name",
        "source_publisher",
        "source_url",
    ],
    alt=_("Companies and other organisations with their services, projects and source"),
)

st.header(_("How it is judged"), anchor="states")
lists.codes(ask("code_list", list="need_states"))
