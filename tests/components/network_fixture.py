"""Graphs made by hand, with the attributes that `build_graph` gives."""

from typing import Any

import networkx as nx

from components.network.kinds import code_of

_UNDIRECTED = ("alliance", "trade", "hostility", "diplomacy", "several")


def tie(kind: str, category: str = "", **given: Any) -> dict[str, Any]:
    """Attributes of an edge; those given take the place of made-up ones."""
    made: dict[str, Any] = {
        "kind": kind,
        "category": category,
        "code": code_of(kind, category),
        "label": kind.replace("_", " ").capitalize(),
        "directed": kind not in _UNDIRECTED,
        "count": 1,
        "transfer_ids": (),
        "relation_ids": (),
        "event_ids": (),
        "statement_ids": (),
        "told": {},
        "spans": (),
        "direction_code": "",
        "is_promise": False,
        "first_year": 2020,
        "last_year": None,
        "is_past": False,
        "at": None,
    } | given
    said = [key for key in made["told"] if not key.startswith("relation:")]
    return {"weight": len(made["told"]), "independent_count": len(said)} | made


def actor(name: str, side: str = "", kind: str = "state", label: str = "") -> dict[str, Any]:
    """Attributes of a node."""
    return {
        "label": label or name.title(),
        "kind_code": kind,
        "kind_label": kind.capitalize(),
        "side": side or name,
        "count": 1,
    }


def joined(graph: nx.MultiDiGraph, source: str, target: str, attributes: dict[str, Any]) -> None:
    """Adds an edge, and its ends where they aren't there yet."""
    for name in (source, target):
        if name not in graph:
            graph.add_node(name, **actor(name))
    graph.add_edge(source, target, key=f"{source}~{target}~{attributes['code']}", **attributes)


def made_up(*edges: tuple[str, str, str], **sides: str) -> nx.MultiDiGraph:
    """A graph of edges as (from, to, kind), each with one piece of evidence of its own.

    Args:
        edges: The edges.
        sides: Side of each node that isn't its own.
    """
    graph = nx.MultiDiGraph()
    for number, (source, target, kind) in enumerate(edges):
        joined(graph, source, target, tie(kind, told={f"s{number}": 1}))
    for name, side in sides.items():
        graph.nodes[name]["side"] = side
    return graph
