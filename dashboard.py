"""The dashboard's entry: its pages, and what stands around each of them. Run it with `make run` or `streamlit run dashboard.py`."""

import streamlit as st

from tallinn import page
from tallinn.wording import _

office = [
    st.Page("pages/6_upload.py", title=_("Upload"), url_path="upload"),
    st.Page("pages/7_submissions.py", title=_("Submissions"), url_path="submissions"),
    st.Page("pages/8_templates.py", title=_("Templates"), url_path="templates"),
]
methodology = st.Page("pages/5_methodology.py", title=_("Methodology"), url_path="methodology")
chosen = st.navigation(
    [
        st.Page("pages/1_summary.py", title=_("Summary"), url_path="summary", default=True),
        st.Page("pages/2_funding.py", title=_("Funding by donor"), url_path="funding"),
        st.Page("pages/3_projects.py", title=_("Projects"), url_path="projects"),
        st.Page("pages/4_cyberattacks.py", title=_("Cyberattacks"), url_path="cyberattacks"),
        methodology,
        st.Page("pages/9_releases.py", title=_("Releases"), url_path="releases"),
        *(office if page.is_staff() else ()),
    ],
    position="top",
)

st.set_page_config(page_title=_("{page} – Tallinn Mechanism").format(page=chosen.title), page_icon=page.ICON, layout="wide")
page.run(chosen, methodology)
