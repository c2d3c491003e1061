"""A graph → a smaller graph: some kinds, a neighbourhood, one quarter, fewer lines.

Each gives a new graph in the order of the first and leaves the first as it was.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import networkx as nx

from components.network.kinds import BELONGS, SEVERAL
from components.network.spans import quarter_of

# Above this many edges a drawing is neither readable nor quick; see `aggregated`.
MOST_EDGES = 6000


def _kept(
    graph: nx.MultiDiGraph,
    nodes: Collection[str],
    is_kept: Callable[[dict[str, Any]], bool] = lambda _: True,
) -> nx.MultiDiGraph:
    """A graph of some nodes and of the edges between them that are kept."""
    # Not `graph.subgraph`, whose order is that of a set.
    part = nx.MultiDiGraph()
    part.add_nodes_from((n, d) for n, d in graph.nodes(data=True) if n in nodes)
    part.add_edges_from(
        (a, b, key, d)
        for a, b, key, d in graph.edges(keys=True, data=True)
        if a in nodes and b in nodes and is_kept(d)
    )
    return part


def _tied(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """A graph without the nodes that nothing but belonging ties to anyone."""
    tied = {node for a, b, kind in graph.edges(data="kind") if kind != BELONGS for node in (a, b)}
    above = {b for a, b, kind in graph.edges(data="kind") if kind == BELONGS and a in tied}
    while not above <= tied:
        tied |= above
        above = {b for a, b, kind in graph.edges(data="kind") if kind == BELONGS and a in tied}
    return _kept(graph, tied)


def without(
    graph: nx.MultiDiGraph, ties: Collection[str] = (), actors: Collection[str] = ()
) -> nx.MultiDiGraph:
    """Hides kinds of tie and kinds of actor.

    Args:
        graph: Any graph of `build_graph`.
        ties: Codes of ties; `arms` hides arms of every category.
        actors: Codes of kinds of actor.

    Returns:
        The rest, without actors whom no shown tie reaches.
    """
    if not ties and not actors:
        return graph
    nodes = {node for node, kind in graph.nodes(data="kind_code") if kind not in actors}
    return _tied(
        _kept(graph, nodes, lambda tie: tie["code"] not in ties and tie["kind"] not in ties)
    )


def neighbourhood(graph: nx.MultiDiGraph, node: str, depth: int) -> nx.MultiDiGraph:
    """The part of a graph that a node reaches in so many steps, whichever way edges point.

    Args:
        graph: Any graph of `build_graph`.
        node: Where to start; a node that isn't there has an empty neighbourhood.
        depth: Steps.

    Returns:
        A graph of the nodes within reach and every edge between them, in order.
    """
    near: dict[str, int] = {}
    if node in graph:
        undirected = graph.to_undirected(as_view=True)
        near = nx.single_source_shortest_path_length(undirected, node, cutoff=depth)
    return _kept(graph, near)


def at_quarter(graph: nx.MultiDiGraph, quarter: int) -> nx.MultiDiGraph:
    """The graph as it stood at the end of a quarter.

    Args:
        graph: Any graph of `build_graph`.
        quarter: As `spans.quarter_of` counts them.

    Returns:
        The ties whose evidence speaks of that quarter or an earlier one. Their
        `weight` and `told` count evidence up to then; `is_past` is True where none
        speaks of the quarter itself, and `at` is the quarter. What else they carry, such
        as `count`, is of all time.
    """
    part = nx.MultiDiGraph()
    part.add_nodes_from(graph.nodes(data=True))
    for a, b, key, tie in graph.edges(keys=True, data=True):
        begun = [(first, last) for first, last in tie["spans"] if quarter_of(first) <= quarter]
        if tie["kind"] == BELONGS:
            part.add_edge(a, b, key=key, **tie)
        elif begun:
            goes_on = any(last is None or quarter_of(last) >= quarter for _, last in begun)
            told = {key: first for key, first in tie["told"].items() if first <= quarter}
            now = {"told": told, "weight": max(1, len(told)), "is_past": not goes_on, "at": quarter}
            part.add_edge(a, b, key=key, **tie | now)
    return _tied(part)


def quarters(graph: nx.MultiDiGraph) -> range:
    """Every quarter from the first to the last at which a tie begins or ends."""
    turns = [
        quarter_of(day)
        for _, _, spans in graph.edges(data="spans")
        for span in spans
        for day in span
        if day is not None
    ]
    return range(min(turns), max(turns) + 1) if turns else range(0)


def turning_quarters(graph: nx.MultiDiGraph) -> list[int]:
    """The quarters at which the drawing changes, in order."""
    turns: set[int] = set()
    for *_, tie in graph.edges(data=True):
        turns.update(first for first in tie["told"].values() if first)
        for first, last in tie["spans"]:
            turns.add(quarter_of(first))
            if last is not None:
                turns.add(quarter_of(last) + 1)
    every = quarters(graph)
    return sorted(turn for turn in turns if turn in every)


def weights(graph: nx.MultiDiGraph) -> dict[str, int]:
    """How much evidence stands on the edges of each node: statements and relations, each once."""
    told: dict[str, set[str]] = {node: set() for node in graph}
    for a, b, evidence in graph.edges(data="told"):
        told[a].update(evidence)
        told[b].update(evidence)
    return {node: len(found) for node, found in told.items()}


@dataclass(frozen=True, slots=True)
class Aggregated:
    """A graph that can be drawn.

    Attributes:
        graph: What is drawn.
        merged: Edges of the first graph that were drawn as one with others.
        left_out: Pairs with the least evidence that aren't drawn at all.
    """

    graph: nx.MultiDiGraph
    merged: int = 0
    left_out: int = 0


def aggregated(graph: nx.MultiDiGraph, most: int = MOST_EDGES) -> Aggregated:
    """Makes a graph with very many edges readable.

    Args:
        graph: Any graph of `build_graph`.
        most: The most edges that are drawn.

    Returns:
        The graph itself if it has no more edges than that. Else one with an edge per
        pair, and of those the ones with the most evidence; the nodes all stay.
    """
    if graph.number_of_edges() <= most:
        return Aggregated(graph)
    every = sorted(graph.edges(keys=True, data=True), key=lambda e: (min(e[:2]), max(e[:2]), e[2]))
    pairs = []
    merged = 0
    for (a, b), group in groupby(every, key=lambda e: (min(e[:2]), max(e[:2]))):
        ties = list(group)
        if len(ties) == 1:
            pairs.append(ties[0])
        else:
            merged += len(ties)
            pairs.append((a, b, f"{a}~{b}~{SEVERAL}", _together([tie for *_, tie in ties])))
    strongest = sorted(pairs, key=lambda e: (-e[3]["weight"], e[2]))[:most]
    part = nx.MultiDiGraph()
    part.add_nodes_from(graph.nodes(data=True))
    part.add_edges_from(sorted(strongest, key=lambda e: e[2]))
    return Aggregated(part, merged, len(pairs) - len(strongest))


def _together(ties: list[dict[str, Any]]) -> dict[str, Any]:
    """One tie of several kinds, with the evidence of all."""

    def every(column: str) -> tuple[str, ...]:
        return tuple(sorted({key for tie in ties for key in tie[column]}))

    told = {key: quarter for tie in ties for key, quarter in sorted(tie["told"].items())}
    firsts = [tie["first_year"] for tie in ties if tie["first_year"] is not None]
    lasts = [tie["last_year"] for tie in ties]
    relations = every("relation_ids")
    return {
        "kind": SEVERAL,
        "category": "",
        "code": SEVERAL,
        "label": ", ".join(dict.fromkeys(tie["label"] for tie in ties)),
        "directed": False,
        "count": len(every("transfer_ids")) + len(relations) + len(every("event_ids")),
        "transfer_ids": every("transfer_ids"),
        "relation_ids": relations,
        "event_ids": every("event_ids"),
        "statement_ids": every("statement_ids"),
        "independent_count": sum(not key.startswith("relation:") for key in told),
        "told": told,
        "weight": len(told),
        "spans": tuple(span for tie in ties for span in tie["spans"]),
        "direction_code": "",
        "is_promise": False,
        "first_year": min(firsts, default=None),
        "last_year": None if None in lasts else max(lasts, default=None),
        "is_past": all(tie["is_past"] for tie in ties),
        "at": ties[0]["at"],
    }
