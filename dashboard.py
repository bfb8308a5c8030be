"""The dashboard's entry: its pages, and what stands around each of them. Run it with `make run` or `streamlit run dashboard.py`."""

import streamlit as st

from tallinn import page
from tallinn.settings import PUBLIC_ONLY
from tallinn.wording import _

page.speak()
methodology = st.Page("pages/5_methodology.py", title=_("Methodology"), url_path="methodology")
sections = {
    "": [st.Page("pages/1_summary.py", title=_("Summary"), url_path="summary", default=True)],
    _("Funding"): [
        st.Page("pages/2_funding.py", title=_("Funding by donor"), url_path="funding"),
        st.Page("pages/17_flow.py", title=_("Flow"), url_path="flow"),
        st.Page("pages/14_compare.py", title=_("Compare donors"), url_path="compare"),
        st.Page("pages/13_donor.py", title=_("Donor"), url_path="donor", visibility="hidden"),
    ],
    _("Projects and needs"): [
        st.Page("pages/3_projects.py", title=_("Projects"), url_path="projects"),
        st.Page("pages/15_project.py", title=_("Project"), url_path="project", visibility="hidden"),
        st.Page("pages/18_needs.py", title=_("Needs and capabilities"), url_path="needs"),
    ],
    _("Attacks"): [
        st.Page("pages/4_cyberattacks.py", title=_("Cyberattacks"), url_path="cyberattacks"),
        st.Page("pages/16_trends.py", title=_("Attack trends"), url_path="trends"),
    ],
    _("Data"): [
        st.Page("pages/19_changes.py", title=_("What changed"), url_path="changes"),
        st.Page("pages/20_quality.py", title=_("Data quality"), url_path="quality"),
        st.Page("pages/9_releases.py", title=_("Releases"), url_path="releases"),
        methodology,
    ],
}
if page.is_staff():
    sections[_("Office")] = [
        st.Page("pages/6_upload.py", title=_("Upload"), url_path="upload"),
        st.Page("pages/7_submissions.py", title=_("Submissions"), url_path="submissions"),
        st.Page("pages/8_templates.py", title=_("Templates"), url_path="templates"),
        st.Page("pages/11_audit.py", title=_("Audit"), url_path="audit"),
    ]
own = [
    *([st.Page("pages/10_my_figures.py", title=_("My figures"), url_path="my-figures")] if page.donor.may_look() else ()),
    *([st.Page("pages/21_ask_anything.py", title=_("Ask anything"), url_path="ask-anything")] if page.exploring.may_ask() else ()),
    *(() if PUBLIC_ONLY else [st.Page("pages/12_account.py", title=page.account.title(), url_path="account")]),
]
sections[_("Account")] = own
chosen = st.navigation({name: pages for name, pages in sections.items() if pages}, position="top")

st.set_page_config(page_title=_("{page} – Tallinn Mechanism").format(page=chosen.title), page_icon=page.ICON, layout="wide")
page.run(chosen, methodology)
