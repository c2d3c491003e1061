"""As little as Streamlit can do: one control that swaps figures drawn before."""

import os

import streamlit as st

from tests.bench.peers.figures import CHOICES, drawn

st.set_page_config(layout="wide")
choice = st.segmented_control("Direction", list(CHOICES), key="direction")
st.plotly_chart(drawn(os.environ["BENCH_PAGE"])[choice or "Any"], theme=None, key="chart")
