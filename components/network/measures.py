"""What the shape of the network says: who stands between, who is sanctioned, what is dense.

Each measure counts what is shown and says nothing about influence: the tables hold the
ties that a source declares, and a tie nobody wrote down is missing.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

import networkx as nx

from components.network.kinds import AGAINST, BELONGS


@dataclass(frozen=True, slots=True)
class Between:
    """An actor on the chains that join two sides.

    Attributes:
        node: The actor.
        share: Share of the pairs of the two sides whose shortest chains lead through
            the actor; where a pair has several shortest chains, each counts in part.
        weight: Different evidence on the ties that such chains may use.
    """

    node: str
    share: float
    weight: int


@dataclass(frozen=True, slots=True)
class Sanctioned:
    """An actor whom others sanction.

    Attributes:
        node: The actor.
        count: Different records of sanctions on it (events and relations).
        by: Who imposes them, most records first.
    """

    node: str
    count: int
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dense:
    """Two actors and all that ties them.

    Attributes:
        pair: The two, in order of their ids.
        weight: Different independent statements and relations between them.
        kinds: Labels of the kinds of tie, most evidence first.
    """

    pair: tuple[str, str]
    weight: int
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Communities:
    """Groups of actors who are tied more among themselves than with others.

    Attributes:
        groups: Actors of each, largest group first; groups of one are left out.
        modularity: How much denser the groups are than chance would have it: 0 is no
            denser, 1 the most there can be. 0 where there is no tie.
        alone: How many actors are in no group.
    """

    groups: tuple[tuple[str, ...], ...]
    modularity: float
    alone: int


def between_sides(graph: nx.MultiDiGraph, sides: tuple[str, str], most: int = 5) -> list[Between]:
    """Finds who stands between two sides: betweenness on the chains that join them.

    Sanctions, strikes and hostility join nobody and are left out, and so are the ties
    from one side straight to the other.

    Args:
        graph: A graph of `build_graph`, every side unfolded.
        sides: Ids of the two sides; an actor's side is its node's `side`.
        most: How many actors are given.

    Returns:
        Third parties with a share above 0, the greatest first, then by evidence.
    """
    side = dict(graph.nodes(data="side"))
    joined = nx.DiGraph()
    told: defaultdict[str, set[str]] = defaultdict(set)
    for a, b, tie in graph.edges(data=True):
        if tie["kind"] not in AGAINST and {side[a], side[b]} != set(sides):
            joined.add_edges_from([(a, b), (b, a)])
            told[a].update(tie["told"])
            told[b].update(tie["told"])
    first, second = ([node for node in joined if side[node] == of] for of in sides)
    reached = sum(len(nx.descendants(joined, node) & set(second)) for node in first)
    if not reached:
        return []
    scores = nx.betweenness_centrality_subset(joined, first, second)
    found = [
        Between(node, score / reached, len(told[node]))
        for node, score in scores.items()
        if side[node] not in sides and score > 0
    ]
    return sorted(found, key=lambda each: (-round(each.share, 9), -each.weight, each.node))[:most]


def most_sanctioned(graph: nx.MultiDiGraph, most: int = 5) -> list[Sanctioned]:
    """Finds on whom the most sanctions are recorded.

    Args:
        graph: Any graph of `build_graph`.
        most: How many actors are given.

    Returns:
        Actors with the most different records first.
    """
    records: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    by: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for source, target, tie in graph.edges(data=True):
        if tie["kind"] == "sanctions":
            records[target] |= {("event", key) for key in tie["event_ids"]}
            records[target] |= {("relation", key) for key in tie["relation_ids"]}
            by[target][source] = tie["count"]
    found = [
        Sanctioned(node, len(ids), tuple(sorted(by[node], key=lambda s: (-by[node][s], s))))
        for node, ids in records.items()
    ]
    return sorted(found, key=lambda each: (-each.count, -len(each.by), each.node))[:most]


def densest(graph: nx.MultiDiGraph, most: int = 5) -> list[Dense]:
    """Finds between whom there is the most evidence.

    Args:
        graph: Any graph of `build_graph`.
        most: How many pairs are given.

    Returns:
        Pairs with the most different evidence first.
    """
    told: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    kinds: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for a, b, tie in graph.edges(data=True):
        if tie["kind"] == BELONGS:
            continue
        pair = (min(a, b), max(a, b))
        told[pair].update(tie["told"])
        kinds[pair][tie["label"]] = kinds[pair].get(tie["label"], 0) + tie["weight"]
    found = [
        Dense(pair, len(evidence), tuple(sorted(kinds[pair], key=lambda k: (-kinds[pair][k], k))))
        for pair, evidence in told.items()
    ]
    return sorted(found, key=lambda each: (-each.weight, each.pair))[:most]


def communities(graph: nx.MultiDiGraph, against: Collection[str] = AGAINST) -> Communities:
    """Parts the actors into groups by greedy modularity (Clauset, Newman and Moore).

    Ties count by their evidence; those by which one works against another are left out.

    Args:
        graph: Any graph of `build_graph`.
        against: Kinds of tie that are left out.

    Returns:
        The groups, the same each time.
    """
    joined = nx.Graph()
    joined.add_nodes_from(sorted(graph))
    for a, b, tie in sorted(graph.edges(data=True), key=lambda edge: edge[:2]):
        if tie["kind"] not in against:
            weight = joined.get_edge_data(a, b, {}).get("weight", 0)
            joined.add_edge(a, b, weight=weight + max(1, tie["weight"]))
    alone = [node for node in joined if not joined.degree(node)]
    joined.remove_nodes_from(alone)
    if not joined:
        return Communities((), 0.0, len(alone))
    parts = nx.community.greedy_modularity_communities(joined, weight="weight")
    modularity = nx.community.modularity(joined, parts, weight="weight")
    degree = dict(joined.degree(weight="weight"))
    groups = [tuple(sorted(part, key=lambda node: (-degree[node], node))) for part in parts]
    groups.sort(key=lambda group: (-len(group), group))
    return Communities(tuple(groups), float(modularity), len(alone))
