"""Almost nothing: what Streamlit and Plotly weigh by themselves."""

import plotly.graph_objects as go
import streamlit as st

st.title("One chart")
st.plotly_chart(go.Figure({"data": [{"type": "bar", "x": ["a", "b", "c"], "y": [1, 2, 3]}]}))
