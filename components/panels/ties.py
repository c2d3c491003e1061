"""The network page: the graph, its legend, and the evidence behind a node or an edge."""

from dataclasses import replace
from functools import lru_cache

import networkx as nx
import streamlit as st

from components.network.graph import EVERY, build_graph
from components.network.kinds import BELONGS
from components.network.layout import stable_positions
from components.network.narrowing import aggregated, at_quarter, neighbourhood, without
from components.network.paths import Chain, chains
from components.network.pyvis_graph import to_pyvis
from components.network.spans import quarter_text
from components.panels.boundary import boundary
from components.panels.figure import footing, small
from components.panels.network import Shown, network_graph
from components.panels.tie_choice import Choice, choose, current_choice, is_playing, misread, turn
from components.panels.tie_controls import controls, legend, play_on, time_control
from components.panels.tie_evidence import evidence
from components.panels.tie_measures import measures
from components.panels.tie_tables import downloads, tables
from components.panels.visit import Visit
from components.text import count_words, day_words, list_words, markdown, plain
from data.selection import Selected

_KEY = "network_graph"
_HEIGHT, _TALLEST = 520, 900


@lru_cache(maxsize=32)
def _graph(selected: Selected, unfold: frozenset[str], by_category: bool) -> nx.MultiDiGraph:
    return build_graph(selected, unfold, by_category=by_category)


@boundary("The network")
def network_page(visit: Visit) -> None:
    """Shows the network with its evidence panel, measures and tables.

    Args:
        visit: The visit.
    """
    choice = current_choice()
    _say_misread(visit, choice)
    # What isn't there must not become a layout of its own.
    known = {EVERY, *visit.dataset.actors["side_id"]}
    choice = replace(choice, unfold=choice.unfold & known)
    every = _graph(visit.selected, choice.unfold, choice.by_category)
    everyone = _graph(visit.selected, frozenset({EVERY}), False)
    controls(every, everyone, choice)
    legend(every, choice, visit.look.palette)
    kept = without(every, choice.hidden_ties, choice.hidden_actors)
    path = _path(kept, choice)
    near = kept
    if choice.steps and choice.focus in kept:
        near = neighbourhood(kept, choice.focus, choice.steps)
    graph = near if choice.quarter is None else at_quarter(near, choice.quarter)
    is_narrow = visit.look.is_narrow
    drawing, panel = (st.container(), st.container()) if is_narrow else st.columns([2.1, 1])
    with drawing:
        height = _draw(visit, choice, graph, near, path)
        time_control(near, choice)
    with panel, st.container(border=True, height="content" if is_narrow else height + 26):
        evidence(visit, kept, choice, path)
    positions = stable_positions(visit.dataset, choice.unfold, is_narrow)
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        downloads(
            graph,
            positions,
            visit.look,
            {
                "title": "Who is tied to whom, and by what?",
                "caption": " ".join(_caption(visit, choice)),
                "alt": network_alt(graph),
            },
            f"network-{visit.day.isoformat()}",
        )
    small(
        footing(
            visit.selected,
            "a line counts the independent statements on the transfers and events of one kind "
            "between two actors (repeats once), and each relation as one; where a mark stands on "
            "the sheet means nothing.",
        )
    )
    tables(graph)
    measures(every, everyone)


def _path(graph: nx.MultiDiGraph, choice: Choice) -> list[Chain] | None:
    return chains(graph, *choice.path) if all(choice.path) else None


def _draw(
    visit: Visit,
    choice: Choice,
    graph: nx.MultiDiGraph,
    timeless: nx.MultiDiGraph,
    path: list[Chain] | None,
) -> int:
    """Shows the graph and says what its drawing leaves out; gives its height."""
    positions = stable_positions(visit.dataset, choice.unfold, visit.look.is_narrow)
    drawable = aggregated(graph)
    if drawable.merged:
        left = f" The {drawable.left_out:,} pairs with the least evidence aren’t drawn."
        st.info(
            f"{graph.number_of_edges():,} ties are too many to draw one by one: "
            f"{drawable.merged:,} are drawn together with others of the same two actors."
            f"{left if drawable.left_out else ''} Tables and downloads hold all."
        )
    data = to_pyvis(drawable.graph, positions, visit.look)
    tall = int(data["sheet"]["height"])
    height = max(_HEIGHT, min(tall, _TALLEST))
    palette = visit.look.palette
    is_showing_path = bool(path) and choice.clicked is None
    network_graph(
        data,
        _KEY,
        Shown(
            height=height,
            alt=network_alt(graph),
            form=" ".join([str(visit.look.is_narrow), *sorted(choice.unfold)]),
            chosen=choice.clicked,
            bright=[step.key for step in path[0]] if path and is_showing_path else (),
            focus=(choice.focus, turn()) if choice.focus and turn() else None,
            turn=(choice.quarter or 0) if is_playing() else None,
            caption=_caption(visit, choice),
            file=f"network-{visit.day.isoformat()}.png",
            ground=(palette.paper, palette.ink),
        ),
        on_click=choose,
        on_tick=lambda: play_on(timeless),
    )
    return height


def _caption(visit: Visit, choice: Choice) -> list[str]:
    """What a saved picture or page shows, where it comes from, and until when."""
    shown = f"As known on {day_words(visit.day)}"
    if choice.quarter is not None:
        shown += f"; ties that had begun by the end of {quarter_text(choice.quarter)}"
    if visit.selection.is_filtering:
        shown += "; filtered"
    return [
        f"{shown}. Russia–Iran Arms Ledger, data {visit.dataset.version}, CC BY 4.0.",
        "Thicker lines rest on more independent statements; places mean nothing.",
    ]


def _say_misread(visit: Visit, choice: Choice) -> None:
    vocabularies = visit.dataset.vocabularies
    kinds = {*vocabularies["relation_kinds"]["code"], "arms", "strikes", "sanctions"}
    kinds |= {f"arms.{code}" for code in vocabularies["categories"]["code"]}
    found = misread(
        choice,
        {EVERY, *visit.dataset.actors["side_id"]},
        kinds,
        set(vocabularies["actor_kinds"]["code"]),
    )
    for words in found:
        st.info(markdown(words, 300))


def network_alt(graph: nx.MultiDiGraph) -> str:
    """What the graph shows now, in two sentences."""
    edges = [edge for edge in graph.edges(data=True) if edge[2]["kind"] != BELONGS]
    ties = sorted(edges, key=lambda edge: (-edge[2]["weight"], edge[0], edge[1]))
    words = [
        f"{plain(graph.nodes[source]['label'], 60)} to {plain(graph.nodes[target]['label'], 60)}, "
        f"{data['label'].lower()}"
        for source, target, data in ties[:3]
    ]
    count = f"{count_words(graph.number_of_nodes(), 'actor')} and {count_words(len(ties), 'tie')}"
    densest = f" Most evidence: {list_words(words, 3)}." if words else ""
    return f"Network of {count}.{densest}"
