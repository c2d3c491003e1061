"""Measures and chains, on graphs whose answers are known."""

from itertools import combinations, pairwise

import networkx as nx
import pytest

from components.network.measures import (
    between_sides,
    communities,
    densest,
    most_sanctioned,
)
from components.network.paths import chains, step_words
from tests.components.network_fixture import joined, made_up, tie

SIDES = ("russia", "iran")


def test_the_one_between_two_sides_carries_every_chain() -> None:
    graph = made_up(("russia", "middle", "trade"), ("middle", "iran", "alliance"))
    (found,) = between_sides(graph, SIDES)
    assert (found.node, found.share, found.weight) == ("middle", 1.0, 2)


def test_two_equal_ways_share_the_chains() -> None:
    graph = made_up(
        ("russia", "a", "trade"),
        ("a", "iran", "trade"),
        ("russia", "b", "trade"),
        ("iran", "b", "trade"),
    )
    assert [(each.node, each.share) for each in between_sides(graph, SIDES)] == [
        ("a", 0.5),
        ("b", 0.5),
    ]


def test_all_on_one_long_chain_carry_it() -> None:
    graph = made_up(("russia", "a", "trade"), ("a", "b", "diplomacy"), ("b", "iran", "trade"))
    assert {each.node: each.share for each in between_sides(graph, SIDES)} == {"a": 1.0, "b": 1.0}


def test_members_of_a_side_count_as_it_and_pairs_count_alike() -> None:
    # Of the pairs russia–iran and rostec–iran, both lead through a.
    graph = made_up(
        ("rostec", "russia", "belongs_to"),
        ("russia", "a", "trade"),
        ("a", "iran", "trade"),
        ("russia", "iran", "arms"),
        rostec="russia",
    )
    assert [(each.node, each.share) for each in between_sides(graph, SIDES)] == [("a", 1.0)]


def test_sanctions_strikes_and_hostility_join_nobody() -> None:
    graph = made_up(
        ("usa", "russia", "sanctions"), ("usa", "iran", "strikes"), ("x", "iran", "hostility")
    )
    assert between_sides(graph, SIDES) == []
    assert between_sides(nx.MultiDiGraph(), SIDES) == []


def test_betweenness_agrees_with_networkx_where_all_may_be_between() -> None:
    graph = made_up(*[(f"n{a}", f"n{b}", "trade") for a, b in nx.krackhardt_kite_graph().edges])
    for node, side in (("n0", "russia"), ("n9", "iran")):
        graph.nodes[node]["side"] = side
    simple = nx.Graph(graph)
    expected = nx.betweenness_centrality_subset(simple, ["n0"], ["n9"])  # halved: undirected
    found = {each.node: each.share for each in between_sides(graph, SIDES, most=20)}
    assert found == pytest.approx({n: 2 * s for n, s in expected.items() if s})
    assert found["n8"] == 1.0  # the tail of the kite


def test_most_sanctioned_counts_records_once_whoever_imposes_them() -> None:
    graph = nx.MultiDiGraph()
    joined(graph, "us", "works", tie("sanctions", event_ids=("e1", "e2"), count=2))
    joined(graph, "eu", "works", tie("sanctions", event_ids=("e2", "e3"), count=2))
    joined(graph, "us", "bank", tie("sanctions", relation_ids=("r1",), count=1))
    joined(graph, "us", "bank", tie("strikes", event_ids=("e9",), count=9))
    first, second = most_sanctioned(graph)
    assert (first.node, first.count, first.by) == ("works", 3, ("eu", "us"))
    assert (second.node, second.count) == ("bank", 1)


def test_densest_counts_shared_evidence_once_over_all_kinds() -> None:
    graph = nx.MultiDiGraph()
    joined(graph, "b", "a", tie("arms", told={"s1": 1, "s2": 1}))
    joined(graph, "a", "b", tie("alliance", told={"s2": 1, "relation:r": 1}))
    joined(graph, "a", "c", tie("trade", told={"s4": 1, "s5": 1}))
    joined(graph, "c", "a", tie("belongs_to", told={f"x{n}": 1 for n in range(9)}))
    first, second = densest(graph)
    assert (first.pair, first.weight, first.kinds) == (("a", "b"), 3, ("Alliance", "Arms"))
    assert (second.pair, second.weight) == (("a", "c"), 2)


def test_two_cliques_joined_by_a_tie_are_two_communities() -> None:
    left, right = [f"l{n}" for n in range(5)], [f"r{n}" for n in range(4)]
    edges = [(a, b, "alliance") for of in (left, right) for a, b in combinations(of, 2)]
    graph = made_up(*edges, ("l0", "r0", "trade"), ("l1", "z", "sanctions"))
    found = communities(graph)
    assert [set(group) for group in found.groups] == [set(left), set(right)]
    assert found.alone == 1
    assert found.modularity == pytest.approx(
        nx.community.modularity(
            nx.Graph([(a, b) for a, b, _ in [*edges, ("l0", "r0", "")]]), [set(left), set(right)]
        )
    )
    assert communities(nx.MultiDiGraph()).groups == ()


def test_the_shortest_chain_with_the_firmest_weakest_tie_comes_first() -> None:
    graph = made_up(
        ("a", "b", "trade"), ("b", "d", "trade"), ("a", "c", "trade"), ("c", "d", "arms")
    )
    for key in ("a~c~trade", "c~d~arms"):
        source, target = key.split("~")[:2]
        graph.edges[source, target, key].update(weight=5)
    found = chains(graph, "a", "d")
    assert [[step.key for step in chain] for chain in found] == [
        ["a~c~trade", "c~d~arms"],
        ["a~b~trade", "b~d~trade"],
    ]
    # Against the way that the ties point, the same chain is found.
    assert [step.key for step in chains(graph, "d", "a")[0]] == ["c~d~arms", "a~c~trade"]
    assert len(chains(graph, "a", "d", most=1)) == 1


def test_no_chain_where_nothing_joins_or_nothing_is_asked() -> None:
    graph = made_up(("a", "b", "trade"), ("c", "d", "trade"))
    assert chains(graph, "a", "c") == []
    assert chains(graph, "a", "a") == []
    assert chains(graph, "a", "nobody") == []


def test_many_equal_ways_are_not_all_walked() -> None:
    layers = [[f"{layer}.{n}" for n in range(12)] for layer in range(5)]
    edges = [(a, b, "trade") for one, two in pairwise(layers) for a in one for b in two]
    graph = made_up(
        *edges,
        *[("start", n, "trade") for n in layers[0]],
        *[(n, "end", "trade") for n in layers[-1]],
    )
    found = chains(graph, "start", "end")
    assert [len(chain) for chain in found] == [6, 6, 6]


def test_a_step_is_told_with_its_evidence() -> None:
    graph = nx.MultiDiGraph()
    told = {"s1": 1, "s2": 1, "relation:r1": 1}
    joined(graph, "a", "b", tie("sanctions", told=told, relation_ids=("r1",), event_ids=("e1",)))
    joined(graph, "b", "a", tie("trade", told={"s3": 1}, transfer_ids=()))
    ((step,),) = chains(graph, "b", "a")
    assert step_words(graph, step) == (
        "A → B: sanctions, resting on 1 relation, 1 event and 2 independent statements, since "
        "2020; 1 more tie joins the two."
    )
