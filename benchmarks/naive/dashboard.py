"""The Summary page as one writes it first: plotly.express, each figure read and drawn anew in every run, Streamlit's default settings.

It is kind to itself: the figures lie ready in small CSV files (folder in NAIVE_FIGURES), no spreadsheet is opened, no currency converted,
and it leaves out the proof under each chart. `make bench` writes the files from the answers to the queries of the same names.
"""

import os
from pathlib import Path

import pandas as pd
import plotly.express as px
import streamlit as st

FIGURES = Path(os.environ["NAIVE_FIGURES"])


def load(name: str) -> pd.DataFrame:
    return pd.read_csv(FIGURES / f"{name}.csv")


st.set_page_config(page_title="Tallinn Mechanism", layout="wide")
st.title("The Tallinn Mechanism in summary")

headline = load("headline").iloc[0]
labels = {
    "Committed": "committed_eur",
    "Disbursed so far": "disbursed_eur",
    "Pledged, not yet committed": "pledged_not_committed_eur",
    "Reported by the Mechanism": "reported_eur",
}
for column, (label, field) in zip(st.columns(5), {**labels, "Share itemised": "share_itemised"}.items(), strict=True):
    column.metric(label, f"{headline[field]:,.2f}")

st.header("Support over time")
over_time = load("funding_over_time")
figure = px.line(over_time, x="date", y="amount_eur", color="line", markers=True, title="Support over time, EUR")
for milestone in load("milestones").dropna(subset="date_start").itertuples():
    figure.add_vline(x=pd.Timestamp(milestone.date_start).timestamp() * 1000, line_dash="dot")
st.plotly_chart(figure)

st.header("Projects")
st.plotly_chart(px.bar(load("project_status"), x="projects", y="status_name", orientation="h", title="Projects by status"))

st.header("Cyberattacks on Ukraine")
attacks = load("attacks_by_year")
st.plotly_chart(px.bar(attacks, x="year", y="incidents", hover_data=["per_day"], title="Incidents per year"))

st.header("Who takes part")
st.dataframe(load("members")[["name", "role_name", "joined_on", "office"]])

st.header("What is not known")
st.dataframe(load("not_known")[["label", "rows", "detail"]])
