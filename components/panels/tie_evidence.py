"""The evidence behind a node, an edge or a path of the network."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

import networkx as nx
import streamlit as st

from components.network.graph import EVERY, PARTIES
from components.network.kinds import ARMS
from components.network.paths import Chain, step_words
from components.panels.boundary import boundary
from components.panels.figure import small
from components.panels.filters import choose_filters
from components.panels.settings import set_setting
from components.panels.tie_choice import Choice, choose
from components.panels.tie_records import records_behind
from components.panels.visit import Visit
from components.text import count_words, markdown
from data.load import records
from data.queries.network import actor_views, tie_views


@boundary("The evidence of a tie")
def evidence(
    visit: Visit, graph: nx.MultiDiGraph, choice: Choice, chains: Sequence[Chain] | None
) -> None:
    """Shows what stands behind what is chosen, or how to choose.

    Args:
        visit: The visit.
        graph: The graph of all time, from which the choice is made.
        choice: What is chosen.
        chains: Chains between the two actors of the path; None where none is asked for.
    """
    clicked = choice.clicked
    if clicked and chains is not None:
        st.button(
            "Back to the path",
            icon=":material/route:",
            type="tertiary",
            on_click=choose,
            args=(None,),
        )
    if clicked and clicked[0] == "node" and clicked[1] in graph:
        _node_evidence(visit, graph, choice, clicked[1])
    elif clicked and clicked[0] == "edge" and (tie := _edge(graph, clicked[1])):
        _edge_evidence(visit, graph, choice, *tie)
    elif chains is not None:
        _path(graph, choice, chains)
    elif clicked:
        st.markdown("**What the link chose has no tie here.**")
        small("It is filtered out, hidden or folded into its side; or it isn’t in the data.")
        st.button("Choose nothing", type="tertiary", on_click=choose, args=(None,))
    else:
        st.markdown("**Select an actor or a tie.**")
        small(
            "Its transfers, events, relations, statements and views appear here, each with its "
            "source. The tables below the graph do the same by keyboard."
        )


def _edge(graph: nx.MultiDiGraph, key: str) -> tuple[str, str, str, dict[str, Any]] | None:
    ends = key.split("~")
    found = graph.get_edge_data(*ends[:2], key) if len(ends) == 3 else None
    if found is None:
        return None
    return ends[0], ends[1], key, found


def _edge_evidence(
    visit: Visit,
    graph: nx.MultiDiGraph,
    choice: Choice,
    source: str,
    target: str,
    key: str,
    tie: dict[str, Any],
) -> None:
    labels = [markdown(graph.nodes[node]["label"], 90) for node in (source, target)]
    small(markdown(tie["label"]))
    st.subheader(f" {'→' if tie['directed'] else '–'} ".join(labels), anchor=False)
    with st.container(horizontal=True, gap="small"):
        if tie["kind"] == ARMS and {source, target} == set(PARTIES):
            direction = {"direction": tie["direction_code"]}
            if tie["category"]:
                direction |= {"categories": (tie["category"],)}
            _filter_button("Filter everything by this", direction)
        else:
            for node, label in zip((source, target), labels, strict=True):
                _filter_button(f"Filter everything by {label}", {"actors": (node,)})
    rows = visit.selected.rows
    views = tie_views(rows, tie["transfer_ids"], (source, target))
    records_behind(visit, [tie], views, key, _api_link(visit, choice, key))


def _fold_button(visit: Visit, choice: Choice, node: str, side: str) -> None:
    """Offers to unfold the side of a node, or to fold it again."""
    if side in choice.unfold:
        rest = sorted(choice.unfold - {side})
        st.button(
            "Fold its side again",
            icon=":material/unfold_less:",
            type="tertiary",
            on_click=set_setting,
            args=("unfold", *rest),
        )
    elif EVERY not in choice.unfold:
        known = visit.selected.rows.actors
        if (known["side_id"] == side).sum() > 1:
            st.button(
                "Unfold its people, bodies and companies",
                icon=":material/unfold_more:",
                type="tertiary",
                on_click=set_setting,
                args=("unfold", *sorted({*choice.unfold, node})),
                help="Those with a tie of their own are drawn for themselves.",
            )


def _node_evidence(visit: Visit, graph: nx.MultiDiGraph, choice: Choice, node: str) -> None:
    small(markdown(graph.nodes[node]["kind_label"]))
    st.subheader(markdown(graph.nodes[node]["label"], 120), anchor=False)
    known = visit.selected.known.actors
    for row in records(known[known["actor_id"] == node]):
        st.markdown(markdown(row.description, 600))
    _filter_button("Filter everything by this", {"actors": (node,)})
    _fold_button(visit, choice, node, graph.nodes[node]["side"])
    ties = [
        data for _, _, data in [*graph.in_edges(node, data=True), *graph.out_edges(node, data=True)]
    ]
    records_behind(visit, ties, actor_views(visit.selected.rows, node), node, "")


def _filter_button(label: str, changes: dict[str, Any]) -> None:
    st.button(
        label,
        icon=":material/filter_alt:",
        type="tertiary",
        key=f"network_filter_{label}",
        on_click=choose_filters,
        kwargs=changes,
        help="Sets the filters of every page, in place of what they now hold of the same kind.",
    )


def _api_link(visit: Visit, choice: Choice, key: str) -> str:
    """Address of the API that gives the statements behind a tie."""
    parts = urlsplit(st.context.url or "")
    folding = [("unfold", side) for side in sorted(choice.unfold)]
    query = urlencode([*visit.selection.to_query(), ("tie", key), *folding])
    return f"{parts.scheme}://{parts.netloc}/api/v1/statements?{query}"


def _path(graph: nx.MultiDiGraph, choice: Choice, chains: Sequence[Chain]) -> None:
    ends = [
        markdown(graph.nodes[node]["label"] if node in graph else node, 90) for node in choice.path
    ]
    small("Path")
    st.subheader(f"{ends[0]} to {ends[1]}", anchor=False)
    if not chains:
        st.markdown("No chain of the ties shown joins the two.")
        return
    shortest = len(chains[0])
    st.markdown(
        f"The shortest chain has {count_words(shortest, 'tie')}. A chain shows that ties exist one "
        "after the other, not that anything passed along them."
    )
    for number, chain in enumerate(chains, 1):
        st.markdown(f"**Chain {number}, {count_words(len(chain), 'tie')}**")
        for place, step in enumerate(chain, 1):
            st.markdown(f"{place}\\. {markdown(step_words(graph, step), 400)}")
            st.button(
                "Evidence of this tie",
                type="tertiary",
                key=f"network_step_{number}_{place}",
                on_click=choose,
                args=(("edge", step.key),),
            )
