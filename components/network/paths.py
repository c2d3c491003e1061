"""How two actors are joined: the shortest chains of ties, told in words."""

from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

import networkx as nx

from components.network.wording import between, evidence_words, years_words
from components.text import plain


@dataclass(frozen=True, slots=True)
class Step:
    """One tie of a chain.

    Attributes:
        source: Node that the tie points from.
        target: Node that it points to.
        key: Its key.
        tie: Its attributes.
        others: How many more ties there are between the two.
    """

    source: str
    target: str
    key: str
    tie: dict[str, Any]
    others: int


Chain = tuple[Step, ...]


def chains(graph: nx.MultiDiGraph, start: str, end: str, most: int = 3) -> list[Chain]:
    """Finds how two actors are joined, whichever way ties point.

    Args:
        graph: Any graph of `build_graph`.
        start: One actor.
        end: The other one.
        most: How many chains are given.

    Returns:
        The chains with the fewest steps first and, of the same length, those first
        whose weakest tie has the most evidence; empty where nothing joins the two. Of
        several ties between a pair a chain has the one with the most evidence.
    """
    if start == end or start not in graph or end not in graph:
        return []
    simple = nx.Graph()
    simple.add_nodes_from(graph)
    simple.add_edges_from((a, b) for a, b, _ in graph.edges(keys=True))
    if not nx.has_path(simple, start, end):
        return []
    shortest = nx.shortest_path_length(simple, start, end)
    found: list[Chain] = []
    # Paths come in order of their length. As many as there can be of one length may be
    # too many to look at all.
    for nodes in islice(nx.shortest_simple_paths(simple, start, end), 200):
        if len(nodes) - 1 > shortest and len(found) >= most:
            break
        found.append(tuple(_step(graph, a, b) for a, b in pairwise(nodes)))
    found.sort(
        key=lambda chain: (
            len(chain),
            -min(step.tie["weight"] for step in chain),
            [step.key for step in chain],
        )
    )
    return found[:most]


def _step(graph: nx.MultiDiGraph, a: str, b: str) -> Step:
    ties = [
        (-tie["weight"], key, source, target, tie)
        for source, target in ((a, b), (b, a))
        for key, tie in (graph.get_edge_data(source, target) or {}).items()
    ]
    _, key, source, target, tie = min(ties, key=lambda each: each[:2])
    return Step(source, target, key, tie, len(ties) - 1)


def step_words(graph: nx.MultiDiGraph, step: Step) -> str:
    """One step of a chain as a sentence; plain text.

    Returns:
        E.g. `Iran → Russia: arms, resting on 19 transfers and 240 independent
        statements, 2019 to 2026; 3 more ties join the two.`
    """
    names = (graph.nodes[step.source]["label"], graph.nodes[step.target]["label"])
    label = plain(step.tie["label"], 60)
    resting = evidence_words(step.tie)
    parts = [label[:1].lower() + label[1:], f"resting on {resting}" if resting else ""]
    parts.append(years_words(step.tie))
    told = ", ".join(part for part in parts if part)
    more = ""
    if step.others:
        more = f"; {step.others} more {'tie joins' if step.others == 1 else 'ties join'} the two"
    return f"{between(*names, is_directed=step.tie['directed'])}: {told}{more}."
