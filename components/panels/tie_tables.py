"""The network as tables, which the keyboard chooses by, and as files."""

from typing import Literal

import networkx as nx
import pandas as pd
import streamlit as st

from components.network.exports import to_csv, to_gexf, to_graphml
from components.network.layout import Positions
from components.network.narrowing import weights
from components.network.pyvis_graph import standalone_page
from components.panels.boundary import boundary
from components.panels.figure import small
from components.panels.tie_choice import choose
from components.text import count_words, plain
from components.theme import Look


def tie_rows(graph: nx.MultiDiGraph) -> pd.DataFrame:
    """The edges of a graph as a table, in its order."""
    rows = [
        {
            "From": plain(graph.nodes[source]["label"], 90),
            "": "→" if tie["directed"] else "–",
            "To": plain(graph.nodes[target]["label"], 90),
            "Tie": tie["label"],
            "Evidence": tie["weight"],
            "Statements": len(tie["statement_ids"]),
            "Records": tie["count"],
            "From year": tie["first_year"],
            "To year": tie["last_year"],
        }
        for source, target, tie in graph.edges(data=True)
    ]
    columns = ["From", "", "To", "Tie", "Evidence", "Statements", "Records", "From year", "To year"]
    return pd.DataFrame(rows, columns=columns)


def _actor_rows(graph: nx.MultiDiGraph) -> pd.DataFrame:
    evidence = weights(graph)
    rows = [
        {
            "Actor": plain(actor["label"], 90),
            "Kind": actor["kind_label"],
            "Ties": graph.degree(node),
            "Evidence": evidence[node],
        }
        for node, actor in graph.nodes(data=True)
    ]
    return pd.DataFrame(rows, columns=["Actor", "Kind", "Ties", "Evidence"])


@boundary("The tables of ties")
def tables(graph: nx.MultiDiGraph) -> None:
    """Shows tables of the ties and the actors; a row that is selected is chosen in the graph.

    Args:
        graph: What the graph shows.
    """
    _table(
        "edge", "Table of all ties", tie_rows(graph), [key for *_, key in graph.edges(keys=True)]
    )
    _table("node", "Table of all actors", _actor_rows(graph), list(graph))


def _table(kind: Literal["edge", "node"], label: str, frame: pd.DataFrame, ids: list[str]) -> None:
    key = f"network_{kind}_table"

    def selected() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        if rows and rows[0] < len(ids):
            choose((kind, ids[rows[0]]))

    title = f"{label}, {count_words(len(frame), 'row')}"
    with st.expander(title, type="compact", icon=":material/table_rows:"):
        st.dataframe(
            frame,
            key=key,
            hide_index=True,
            height="content" if len(frame) < 12 else 380,
            placeholder="",
            column_config={
                "From year": st.column_config.NumberColumn(format="%d"),
                "To year": st.column_config.NumberColumn(format="%d"),
                "Evidence": st.column_config.NumberColumn(
                    help="Independent statements and relations."
                ),
            },
            on_select=selected,
            selection_mode="single-row",
        )


def downloads(
    graph: nx.MultiDiGraph, positions: Positions, look: Look, words: dict[str, str], name: str
) -> None:
    """Shows the files that hold what the graph shows.

    Args:
        graph: What the graph shows.
        positions: Where its nodes stand.
        look: Colours and width.
        words: As for `standalone_page`.
        name: First part of the names of the files.
    """
    rows = tie_rows(graph).astype(object)
    ties = [
        {str(key): "" if pd.isna(value) else str(value) for key, value in row.items()}
        for row in rows.to_dict("records")
    ]
    files = (
        ("GEXF", "for Gephi", "gexf", "application/xml", lambda: to_gexf(graph, positions)),
        (
            "GraphML",
            "for others",
            "graphml",
            "application/xml",
            lambda: to_graphml(graph, positions),
        ),
        ("CSV", "list of ties", "csv", "text/csv", lambda: to_csv(graph)),
        (
            "HTML",
            "page that works alone",
            "html",
            "text/html",
            lambda: standalone_page(graph, positions, look, words, ties).encode(),
        ),
    )
    with st.popover("Download the graph", icon=":material/download:"):
        st.markdown("What the graph shows now, with kinds, days, evidence and colours.")
        for label, use, ending, mime, make in files:
            st.download_button(
                f"{label}, {use}",
                make,
                file_name=f"{name}.{ending}",
                mime=mime,
                key=f"network_save_{ending}",
                on_click="ignore",
            )
        small("A picture (PNG) is saved by the button over the graph.")
