"""The network page: the graph, its legend, and the evidence behind a node or an edge."""

from functools import lru_cache
from typing import Any

import networkx as nx
import pandas as pd
import streamlit as st

from components.glyphs import image, tie, tile
from components.network.graph import ARMS, build_graph, neighbourhood
from components.network.layout import stable_positions
from components.network.pyvis_graph import tie_style, to_pyvis
from components.panels.evidence import source_link, statement_list
from components.panels.figure import footing, small
from components.panels.ledger import quantity_words
from components.panels.network import Clicked, choose, network_graph
from components.panels.visit import Visit
from components.text import count_words, date_words, list_words, markdown
from components.theme import Palette
from data.load import Dataset, records
from data.queries.names import names_of
from data.selection import Selected

_KEY = "network_graph"
_DEPTHS = {"1 step": 1, "2 steps": 2, "All": 0}


@lru_cache(maxsize=32)
def _graph(selected: Selected, fold: bool) -> nx.MultiDiGraph:
    return build_graph(selected, fold=fold)


@lru_cache(maxsize=8)
def _positions(dataset: Dataset, fold: bool, is_narrow: bool) -> dict[str, tuple[float, float]]:
    return dict(stable_positions(dataset, fold=fold, is_narrow=is_narrow))


def network_page(visit: Visit) -> None:
    """Shows the network with its evidence panel and tables.

    Args:
        visit: The visit.
    """
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        depth = st.segmented_control(
            "From the chosen actor",
            list(_DEPTHS),
            default="All",
            key="network_depth",
            help="Choose an actor in the graph or in the table, then how far to look from it.",
        )
        fold = not st.toggle(
            "Show people, bodies and companies",
            key="network_unfold",
            help="Off: each stands for its state.",
        )
    graph = _graph(visit.selected, fold)
    chosen = _chosen(graph)
    steps = _DEPTHS[depth or "All"]
    if steps and chosen and chosen[0] == "node":
        graph = neighbourhood(graph, chosen[1], steps)
    small(_legend(graph, visit.look.palette))
    positions = _positions(visit.dataset, fold, visit.look.is_narrow)
    data = to_pyvis(graph, positions, visit.look)
    height = max(520, int(data["sheet"]["height"]))
    drawing, panel = (
        (st.container(), st.container()) if visit.look.is_narrow else st.columns([2.1, 1])
    )
    with drawing:
        clicked = network_graph(data, key=_KEY, height=height, alt=network_alt(graph))
    with panel, st.container(border=True, height="content" if visit.look.is_narrow else height):
        _evidence(visit, graph, clicked)
    small(
        footing(
            visit.selected.known,
            "an edge counts the transfers, relations and events of one kind between two actors; "
            "where a mark stands on the sheet means nothing.",
        )
    )
    _tables(graph, visit)


def _chosen(graph: nx.MultiDiGraph) -> Clicked | None:
    state = dict(st.session_state.get(_KEY) or {}).get("selection")
    if isinstance(state, dict) and state.get("kind") == "node" and state.get("id") in graph:
        return "node", str(state["id"])
    return None


def _legend(graph: nx.MultiDiGraph, palette: Palette) -> str:
    """The kinds of tie that are drawn, as glyphs with their names."""
    seen: dict[str, str] = {}
    for source, target, attributes in graph.edges(data=True):
        style = tie_style(
            attributes["kind"], palette, attributes["direction_code"], attributes["is_promise"]
        )
        label = attributes["label"]
        if attributes["kind"] == ARMS:
            ends = (graph.nodes[source]["label"], graph.nodes[target]["label"])
            way = " → ".join(ends) if attributes["direction_code"] != "other" else "others"
            label = f"{label}, {way}" + (", promised" if attributes["is_promise"] else "")
        glyph = image(tie(style.colour, ",".join(map(str, style.dashes)), style.end))
        seen.setdefault(label, f"{glyph} {markdown(label)}")
    words = " ".join(seen[key] for key in sorted(seen))
    return (
        f"{words}. Thicker: more records. Shapes: ● state, ⬢ organisation, ▲ armed group, ■ body "
        "or firm. Select a mark or a line to see what stands behind it."
    )


def network_alt(graph: nx.MultiDiGraph) -> str:
    """What the graph shows now, in two sentences."""
    ties = sorted(graph.edges(data=True), key=lambda edge: (-edge[2]["count"], edge[0], edge[1]))
    words = [
        f"{graph.nodes[source]['label']} to {graph.nodes[target]['label']}, {data['label'].lower()}"
        for source, target, data in ties[:3]
    ]
    count = f"{count_words(graph.number_of_nodes(), 'actor')} and {count_words(len(ties), 'tie')}"
    densest = f" Most records: {list_words(words, 3)}." if words else ""
    return f"Network of {count}.{densest}"


def _evidence(visit: Visit, graph: nx.MultiDiGraph, clicked: Clicked | None) -> None:
    if clicked is None or (clicked[0] == "node" and clicked[1] not in graph):
        st.markdown("**Select an actor or a tie.**")
        small(
            "Its transfers, events, relations and statements appear here, each with its source. "
            "The tables below the graph do the same by keyboard."
        )
        return
    if clicked[0] == "node":
        _node_evidence(visit, graph, clicked[1])
        return
    for source, target, key, data in graph.edges(keys=True, data=True):
        if key == clicked[1]:
            arrow = "→" if data["directed"] else "–"
            small(markdown(data["label"]))
            st.subheader(
                f"{markdown(graph.nodes[source]['label'])} {arrow} "
                f"{markdown(graph.nodes[target]['label'])}",
                anchor=False,
            )
            _records_behind(visit, [data])
            return


def _node_evidence(visit: Visit, graph: nx.MultiDiGraph, node: str) -> None:
    small(markdown(graph.nodes[node]["kind_label"]))
    st.subheader(markdown(graph.nodes[node]["label"]), anchor=False)
    known = visit.selected.known.actors
    for row in records(known[known["actor_id"] == node]):
        st.markdown(markdown(row.description))
    ties = [
        data for _, _, data in [*graph.in_edges(node, data=True), *graph.out_edges(node, data=True)]
    ]
    _records_behind(visit, ties)


def _records_behind(visit: Visit, ties: list[dict[str, Any]]) -> None:
    """Transfers, relations, events and statements of some edges, with their sources."""
    known, names = visit.selected.known, names_of(visit.selected.known)

    def gathered(column: str) -> list[str]:
        return list(dict.fromkeys(key for tie_ in ties for key in tie_[column]))

    transfers, relations = gathered("transfer_ids"), gathered("relation_ids")
    events, statements = gathered("event_ids"), gathered("statement_ids")
    st.markdown(
        " · ".join(
            count_words(len(found), noun)
            for found, noun in (
                (transfers, "transfer"),
                (relations, "relation"),
                (events, "event"),
                (statements, "statement"),
            )
            if found
        )
        or "No record of its own."
    )
    for row in records(visit.table[visit.table["transfer_id"].isin(transfers)]):
        glyph = tile(
            visit.look.palette,
            row.direction_code,
            row.reach_code,
            is_contested=row.standing_code == "contested",
        )
        arrived = quantity_words(row.arrived) or quantity_words(row.promised)
        amount = f" — {markdown(arrived)}" if arrived else ""
        visit.record_link(row.transfer_id, f"{image(glyph)} {markdown(row.name)}{amount}")
    sources = known.sources.set_index("source_id")
    for row in records(known.relations[known.relations["relation_id"].isin(relations)]):
        source = sources.loc[row.source_id]
        link = source_link(names.publishers[source["publisher_id"]], source["url"])
        st.markdown(f"{markdown(row.summary)}  \n:small[{date_words(row.relation_date)} · {link}]")
    happened = known.events[known.events["event_id"].isin(events)]
    for row in records(happened.sort_values("event_date_earliest", ascending=False).head(12)):
        st.markdown(f"**{markdown(row.name)}**  \n:small[{date_words(row.event_date)}]")
    if len(happened) > 12:
        small(f"… and {len(happened) - 12} earlier events.")
    if statements:
        with st.expander(f"All {count_words(len(statements), 'statement')} with sources"):
            statement_list(visit, statements, most=100)


def _tables(graph: nx.MultiDiGraph, visit: Visit) -> None:
    nodes = pd.DataFrame(
        [
            {"Actor": data["label"], "Kind": data["kind_label"], "Records": data["count"]}
            for _, data in graph.nodes(data=True)
        ],
        columns=["Actor", "Kind", "Records"],
    )
    edges = pd.DataFrame(
        [
            {
                "From": graph.nodes[source]["label"],
                "To": graph.nodes[target]["label"],
                "Tie": data["label"],
                "Records": data["count"],
                "Statements": data["statement_count"],
                "From year": data["first_year"],
                "To year": data["last_year"],
            }
            for source, target, data in graph.edges(data=True)
        ],
        columns=["From", "To", "Tie", "Records", "Statements", "From year", "To year"],
    )
    for frame, label, kind, ids in (
        (edges, "Table of all ties", "edge", [key for _, _, key in graph.edges(keys=True)]),
        (nodes, "Table of all actors", "node", list(graph.nodes)),
    ):
        title = f"{label}, {count_words(len(frame), 'row')}"
        with st.expander(title, type="compact", icon=":material/table_rows:"):
            key = f"network_{kind}_table"
            event = st.dataframe(
                frame,
                key=key,
                hide_index=True,
                height="content" if len(frame) < 12 else 380,
                placeholder="",
                column_config={
                    "From year": st.column_config.NumberColumn(format="%d"),
                    "To year": st.column_config.NumberColumn(format="%d"),
                },
                on_select="rerun",
                selection_mode="single-row",
            )
            rows = event.get("selection", {}).get("rows", [])
            picked = ids[rows[0]] if rows and rows[0] < len(ids) else None
            if picked != st.session_state.get(f"{key}_seen"):
                st.session_state[f"{key}_seen"] = picked
                if picked is not None:
                    choose(_KEY, ("edge" if kind == "edge" else "node", picked))
                    st.rerun()
