"""The network as tables: what the keyboard chooses by, what the shape says, what can be saved."""

from typing import Literal

import networkx as nx
import pandas as pd
import streamlit as st

from components.network.exports import to_csv, to_gexf, to_graphml
from components.network.graph import PARTIES
from components.network.layout import Positions
from components.network.measures import (
    between_sides,
    communities,
    densest,
    most_sanctioned,
)
from components.network.narrowing import weights
from components.network.pyvis_graph import standalone_page
from components.panels.figure import small
from components.panels.tie_choice import choose
from components.text import count_words, list_words, markdown, plain
from components.theme import Look

_WEAK = 0.3  # below it, parts of a network are hardly denser than chance would have them


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
            "Records": tie["count"] or None,
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
    with st.popover("Download", icon=":material/download:"):
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


def measures(graph: nx.MultiDiGraph, everyone: nx.MultiDiGraph) -> None:
    """Shows what the shape of the network says, each measure with its method.

    Args:
        graph: The graph that the filters leave, folded as it is shown.
        everyone: The same with every side unfolded.
    """
    names = {
        node: markdown(label, 60)
        for of in (everyone, graph)
        for node, label in of.nodes(data="label")
    }
    st.header("What does the shape say?", anchor=False)
    small(
        "Computed from the ties that the filters leave, whatever is hidden in the drawing. A tie "
        "that no source declares is missing, so a low figure is no proof of distance."
    )
    first, second = st.columns(2, gap="large")
    with first:
        _between(everyone, names)
        _dense(graph, names)
    with second:
        _sanctioned(everyone, names)
        _communities(graph, names)


def _between(graph: nx.MultiDiGraph, names: dict[str, str]) -> None:
    st.subheader("Who stands between the two sides?", anchor=False)
    found = between_sides(graph, PARTIES, most=12)
    if not found:
        st.markdown("Nobody: no chain of the ties shown joins the two through a third.")
    lines = []
    for share in dict.fromkeys(round(each.share, 4) for each in found):
        alike = [each for each in found if round(each.share, 4) == share]
        who = list_words([f"{names[each.node]} ({each.weight})" for each in alike], 8)
        each_of = " each" if len(alike) > 1 else ""
        lines.append(f"- {who}: {share:.0%} of the chains{each_of}")
    st.markdown("\n".join(lines))
    small(
        "Betweenness: of the shortest chains from the Russian to the Iranian side, the share that "
        "leads through the actor, every side unfolded. Ties straight between the two sides, "
        "sanctions, strikes and hostility are left out. In brackets: evidence on the actor’s ties."
    )


def _sanctioned(graph: nx.MultiDiGraph, names: dict[str, str]) -> None:
    st.subheader("Who is sanctioned most?", anchor=False)
    found = most_sanctioned(graph)
    if not found:
        st.markdown("No sanctions are among the ties shown.")
    lines = []
    for each in found:
        by = list_words([names[node] for node in each.by], 4)
        lines.append(f"- {names[each.node]}: {count_words(each.count, 'record')}, by {by}")
    st.markdown("\n".join(lines))
    small(
        "Different sanction events and relations that name the actor as target, every side "
        "unfolded; an event that lists many counts once for each."
    )


def _dense(graph: nx.MultiDiGraph, names: dict[str, str]) -> None:
    st.subheader("Where are ties densest?", anchor=False)
    lines = []
    for each in densest(graph):
        pair = " and ".join(names[node] for node in each.pair)
        kinds = list_words([markdown(kind.lower(), 40) for kind in each.kinds], 4)
        lines.append(f"- {pair}: {count_words(each.weight, 'piece')} of evidence ({kinds})")
    st.markdown("\n".join(lines))
    small("Independent statements and relations between two actors, of all kinds, each once.")


def _communities(graph: nx.MultiDiGraph, names: dict[str, str]) -> None:
    st.subheader("Which groups hang together?", anchor=False)
    found = communities(graph)
    lines = [f"- {list_words([names[node] for node in group], 7)}" for group in found.groups]
    st.markdown("\n".join(lines))
    if not found.groups:
        st.markdown("None: no ties of support, trade or contact are shown.")
        return
    firm = "so the parts are hardly firmer than chance would have them"
    clear = "so the parts are well told apart"
    small(
        f"Greedy modularity on all ties but sanctions, strikes and hostility, by evidence; "
        f"modularity {found.modularity:.2f}, {firm if found.modularity < _WEAK else clear}. "
        f"{count_words(found.alone, 'actor')} without such a tie left out."
    )
