"""A page of the usual kind: plotly.express, no cache, no fragments, pyvis in a frame."""

import os
import tempfile
from pathlib import Path

import networkx as nx
import pandas as pd
import plotly.express as px
import streamlit as st
from pyvis.network import Network

from data.load import load_dataset
from data.package import FOLDER
from data.queries.ledger import transfer_table
from data.queries.timeline import denials, transfer_spans
from data.selection import Selection
from tests.bench.peers.figures import CHOICES

st.set_page_config(layout="wide")
dataset = load_dataset(FOLDER)
with st.sidebar:
    choice = st.segmented_control("Direction", list(CHOICES), key="direction")
selected = Selection(direction=CHOICES[choice or "Any"]).apply(dataset)
table = transfer_table(selected)
st.title("Arms transfers between Russia and Iran")
st.dataframe(table[["name", "supplier", "recipient", "stage_code", "standing_code"]])
if os.environ["BENCH_PAGE"] == "timeline":
    spans = transfer_spans(selected).merge(table, on="transfer_id")
    spans["start"] = spans["promise_earliest"].fillna(spans["arrival_earliest"])
    spans["end"] = spans["arrival_end_latest"].fillna(pd.Timestamp(dataset.cut_off_date))
    st.plotly_chart(
        px.timeline(
            spans.dropna(subset=["start", "end"]),
            x_start="start",
            x_end="end",
            y="name",
            color="category_code",
            hover_data=["supplier", "recipient", "stage_code"],
        )
    )
    st.plotly_chart(
        px.scatter(denials(selected), x="said_date_earliest", y="transfer_id", color="speaker")
    )
else:
    amounts = table.assign(
        promised=[q.high or q.low for q in table["promised"]],
        arrived=[q.high or q.low for q in table["arrived"]],
    )
    for name in ("promised", "arrived"):
        st.plotly_chart(px.bar(amounts, x=name, y="system", color="category_code", text="name"))
graph = nx.from_pandas_edgelist(table, "supplier", "recipient", create_using=nx.MultiDiGraph)
network = Network(cdn_resources="in_line", directed=True)
network.from_nx(graph)
with tempfile.TemporaryDirectory() as folder:
    page = Path(folder) / "network.html"
    page.write_text(network.generate_html(), encoding="utf-8")
    st.iframe(page.read_text(encoding="utf-8"), height=600)
st.dataframe(selected.rows.statements.drop(columns=["quotation_locator"]))
