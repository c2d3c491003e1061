"""Smaller graphs: hidden kinds, quarters, aggregation; and when evidence speaks of."""

from datetime import date
from typing import Any

import networkx as nx
import pytest

from components.network.narrowing import (
    aggregated,
    at_quarter,
    quarters,
    turning_quarters,
    weights,
    without,
)
from components.network.spans import parse_quarter, quarter_of, quarter_text
from tests.components.network_fixture import joined, made_up, tie


def test_quarters_read_and_write_themselves() -> None:
    assert quarter_text(quarter_of(date(2022, 10, 1))) == "2022-Q4"
    assert parse_quarter("2022-q4") == quarter_of(date(2022, 12, 31))
    assert parse_quarter("2022-Q5") is None
    assert parse_quarter("<b>") is None


def test_hidden_kinds_take_the_actors_they_alone_tie(tmp_path: Any) -> None:
    graph = made_up(("a", "b", "alliance"), ("b", "c", "sanctions"), ("a", "b", "arms"))
    assert set(without(graph, ties={"sanctions"})) == {"a", "b"}
    assert set(without(graph, actors={"state"})) == set()
    assert without(graph) is graph
    assert [key for *_, key in without(graph, ties={"arms"}).edges(keys=True)] == [
        "a~b~alliance",
        "b~c~sanctions",
    ]


def test_arms_of_every_category_hide_as_one() -> None:
    graph = nx.MultiDiGraph()
    joined(graph, "a", "b", tie("arms", category="uav"))
    joined(graph, "a", "b", tie("arms", category="missile"))
    joined(graph, "a", "b", tie("trade"))
    assert without(graph, ties={"arms.uav"}).number_of_edges() == 2
    assert without(graph, ties={"arms"}).number_of_edges() == 1


def test_belonging_alone_shows_nobody_but_joins_those_who_are_shown() -> None:
    graph = made_up(
        ("works", "iran", "belongs_to"), ("idle", "iran", "belongs_to"), ("a", "works", "sanctions")
    )
    assert set(without(graph, ties={"trade"})) == {"a", "works", "iran"}


def test_a_quarter_shows_what_had_begun_and_fades_what_is_over() -> None:
    graph = nx.MultiDiGraph()
    ended = (date(2020, 1, 5), date(2020, 3, 1))
    open_ = (date(2021, 7, 1), None)
    joined(graph, "a", "b", tie("trade", spans=[ended], told={"s1": quarter_of(ended[0])}))
    joined(graph, "b", "c", tie("alliance", spans=[open_], told={"s2": quarter_of(open_[0])}))
    first = at_quarter(graph, quarter_of(date(2020, 2, 1)))
    assert [(key, d["is_past"]) for *_, key, d in first.edges(keys=True, data=True)] == [
        ("a~b~trade", False)
    ]
    later = at_quarter(graph, quarter_of(date(2021, 9, 30)))
    assert {key: d["is_past"] for *_, key, d in later.edges(keys=True, data=True)} == {
        "a~b~trade": True,
        "b~c~alliance": False,
    }
    assert not at_quarter(graph, quarter_of(date(2019, 12, 31)))
    assert {at for *_, at in later.edges(data="at")} == {quarter_of(date(2021, 9, 30))}
    assert graph.number_of_edges() == 2
    assert len(quarters(graph)) == 7
    assert [quarter_text(turn) for turn in turning_quarters(graph)] == [
        "2020-Q1",
        "2020-Q2",
        "2021-Q3",
    ]


def test_a_quarter_counts_the_evidence_up_to_it() -> None:
    graph = nx.MultiDiGraph()
    told = {"s1": parse_quarter("2020-Q1"), "s2": parse_quarter("2021-Q1")}
    joined(graph, "a", "b", tie("trade", spans=[(date(2020, 1, 1), None)], told=told))
    assert weights(at_quarter(graph, told["s1"])) == {"a": 1, "b": 1}
    assert weights(at_quarter(graph, told["s2"])) == {"a": 2, "b": 2}


def test_evidence_on_two_edges_of_an_actor_counts_once() -> None:
    graph = nx.MultiDiGraph()
    joined(graph, "a", "b", tie("sanctions", told={"s1": 1, "s2": 1}))
    joined(graph, "a", "c", tie("sanctions", told={"s2": 1}))
    assert weights(graph) == {"a": 2, "b": 2, "c": 1}


def test_many_edges_are_drawn_together_and_the_strongest_stay() -> None:
    graph = nx.MultiDiGraph()
    for kind in ("arms", "trade", "alliance"):
        joined(graph, "a", "b", tie(kind, told={f"{kind}-1": 1, "shared": 1}))
    joined(graph, "b", "c", tie("trade", told={"x": 1}))
    assert aggregated(graph, 4).graph is graph
    some = aggregated(graph, 2)
    assert (some.merged, some.left_out) == (3, 0)
    merged = some.graph.edges["a", "b", "a~b~several"]
    assert merged["weight"] == 4
    assert merged["label"].split(", ") == ["Alliance", "Arms", "Trade"]
    few = aggregated(graph, 1)
    assert few.left_out == 1
    assert list(few.graph.edges(keys=True)) == [("a", "b", "a~b~several")]
    assert set(few.graph) == {"a", "b", "c"}


@pytest.mark.parametrize("text", ["", "2022", "22-Q1", "2022-Q0", "２０２２-Q1x"])
def test_what_is_no_quarter_is_none(text: str) -> None:
    assert parse_quarter(text) is None
