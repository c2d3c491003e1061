"""The graph of actors and its layout."""

from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest

from components.network.graph import build_graph
from components.network.layout import label_lines, positions, sheet, stable_positions
from components.network.narrowing import neighbourhood
from data.load import Dataset, load_dataset, records
from data.selection import Selection
from tests.data.package_fixture import add_row, write_package

SOURCE = "times-2023"


def add_actor(folder: Path, actor: str, kind: str = "state", parent: str = "") -> None:
    add_row(
        folder,
        "actors",
        actor_id=actor,
        name=f"Actor {actor}",
        kind_code=kind,
        parent_id=parent,
        description="Made up.",
    )


def add_relation(folder: Path, relation: str, kind: str, source: str, target: str, **cells: str):
    add_row(
        folder,
        "relations",
        relation_id=relation,
        kind_code=kind,
        from_id=source,
        to_id=target,
        summary="A tie.",
        source_id=SOURCE,
        **{"relation_date": "2021", "published_date": "2021"} | cells,
    )


def add_statement(folder: Path, statement: str, **cells: str) -> None:
    filled = {
        "speaker_id": "example-institute",
        "is_official": "false",
        "said_date": "2022",
        "published_date": "2022",
        "stance_code": "asserts",
        "is_prospective": "false",
        "summary": "Somebody says something.",
        "source_id": SOURCE,
        "credibility_code": "2",
        "credibility_reason": "Fits the rest.",
    }
    add_row(folder, "statements", statement_id=statement, **filled | cells)


def add_event(folder: Path, event: str, kind: str, day: str, **roles: str) -> None:
    add_row(
        folder,
        "events",
        event_id=event,
        name=f"Event {event}",
        kind_code=kind,
        event_date=day,
        summary="Something happens.",
    )
    for role, actor in roles.items():
        add_row(folder, "event_actors", event_id=event, actor_id=actor, role_code=role)
    add_statement(folder, f"{event}-said", event_id=event, said_date=day, published_date=day)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    package = write_package(tmp_path / "package", has_whole_vocabularies=True)
    for actor in ("alpha", "beta"):
        add_actor(package, actor)
    add_actor(package, "alpha-treasury", "state_body", "alpha")
    add_actor(package, "iran-works", "company", "iran")
    return package


def graph_of(
    folder: Path, selection: Selection | None = None, **options: object
) -> nx.MultiDiGraph:
    return build_graph((selection or Selection()).apply(load_dataset(folder)), **options)


def edges_of(graph: nx.MultiDiGraph, kind: str) -> dict[str, dict]:
    return {key: tie for _, _, key, tie in graph.edges(keys=True, data=True) if tie["kind"] == kind}


def assert_arms_are_the_transfers(dataset: Dataset, selection: Selection) -> None:
    selected = selection.apply(dataset)
    side = dict(zip(dataset.actors["actor_id"], dataset.actors["side_id"], strict=True))
    expected: dict[str, list[str]] = {}
    for row in records(selected.rows.transfers):
        ends = (side[row.supplier_id], side[row.recipient_id])
        if ends[0] != ends[1]:
            expected.setdefault(f"{ends[0]}~{ends[1]}~arms", []).append(row.transfer_id)
    arms = edges_of(build_graph(selected), "arms")
    assert {key: list(tie["transfer_ids"]) for key, tie in arms.items()} == {
        key: sorted(ids) for key, ids in expected.items()
    }
    direction = dict(
        zip(
            selected.rows.transfers["transfer_id"],
            selected.rows.transfers["direction_code"],
            strict=True,
        )
    )
    for tie in arms.values():
        assert tie["count"] == len(tie["transfer_ids"])
        assert {direction[key] for key in tie["transfer_ids"]} == {tie["direction_code"]}


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(direction="iran-russia"),
        Selection(actors=("russia",)),
        Selection(as_of=date(2022, 10, 20)),
        Selection(first=date(2022, 1, 1), last=date(2022, 12, 31)),
    ],
)
def test_arms_edges_list_exactly_the_transfers_shown(folder: Path, selection: Selection) -> None:
    assert_arms_are_the_transfers(load_dataset(folder), selection)


def test_fixture_has_arms_both_ways(folder: Path) -> None:
    arms = edges_of(graph_of(folder), "arms")
    assert arms["iran~russia~arms"]["direction_code"] == "iran-russia"
    assert arms["russia~iran~arms"]["direction_code"] == "russia-iran"


def test_undirected_kind_is_one_edge_whichever_way_it_was_written(folder: Path) -> None:
    add_relation(folder, "one", "alliance", "beta", "alpha")
    add_relation(folder, "two", "alliance", "alpha-treasury", "beta")
    ties = edges_of(graph_of(folder), "alliance")
    assert ties["alpha~beta~alliance"]["relation_ids"] == ("one", "two")
    assert ties["alpha~beta~alliance"]["directed"] is False
    assert "beta~alpha~alliance" not in ties


def test_directed_kind_is_one_edge_each_way(folder: Path) -> None:
    add_relation(folder, "one", "mediation", "beta", "alpha")
    add_relation(folder, "two", "mediation", "alpha", "beta")
    ties = edges_of(graph_of(folder), "mediation")
    assert ties["alpha~beta~mediation"]["relation_ids"] == ("two",)
    assert ties["beta~alpha~mediation"]["relation_ids"] == ("one",)


def test_pair_may_have_several_kinds(folder: Path) -> None:
    for kind in ("alliance", "trade", "hostility"):
        add_relation(folder, kind, kind, "alpha", "beta")
    graph = graph_of(folder)
    assert [key for *_, key in graph.edges("alpha", keys=True)] == [
        "alpha~beta~alliance",
        "alpha~beta~hostility",
        "alpha~beta~trade",
    ]


def test_sanction_events_join_the_sanctions_relation(folder: Path) -> None:
    add_relation(folder, "declared", "sanctions", "alpha", "iran", relation_date="2019/..")
    add_event(
        folder, "listing", "sanction", "2021-03", acting="alpha-treasury", target="iran-works"
    )
    tie = edges_of(graph_of(folder), "sanctions")["alpha~iran~sanctions"]
    assert (tie["relation_ids"], tie["event_ids"]) == (("declared",), ("listing",))
    assert (tie["count"], tie["statement_ids"]) == (2, ("listing-said",))
    assert (tie["first_year"], tie["last_year"]) == (2019, None)


def test_strikes_are_an_edge_each_way(folder: Path) -> None:
    add_event(folder, "strike-a", "strike", "2020", acting="alpha", target="beta")
    add_event(folder, "strike-b", "strike", "2022-05", acting="beta", target="alpha")
    ties = edges_of(graph_of(folder), "strikes")
    assert ties["alpha~beta~strikes"]["event_ids"] == ("strike-a",)
    assert ties["beta~alpha~strikes"]["event_ids"] == ("strike-b",)
    assert (ties["beta~alpha~strikes"]["first_year"], ties["beta~alpha~strikes"]["weight"]) == (
        2022,
        1,
    )


def test_meeting_or_being_named_together_is_no_tie(folder: Path) -> None:
    add_event(folder, "visit", "visit", "2022", acting="alpha", target="beta")
    add_event(folder, "unsaid", "sanction", "2022", party="beta")
    graph = graph_of(folder)
    assert "alpha" not in graph
    assert "beta" not in graph
    assert "example-institute" not in graph


def test_cut_vocabulary_still_knows_what_events_declare(tmp_path: Path) -> None:
    package = write_package(tmp_path / "package", has_whole_vocabularies=True)
    path = package / "vocabularies" / "relation_kinds.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text(
        "\n".join(line for line in lines if not line.startswith(("sanctions", "hostility"))) + "\n",
        encoding="utf-8",
    )
    add_actor(package, "alpha")
    add_event(package, "listing", "sanction", "2021", acting="alpha", target="iran")
    assert edges_of(graph_of(package), "sanctions")["alpha~iran~sanctions"]["label"] == "Sanctions"


def test_tie_inside_a_side_shows_only_unfolded(folder: Path) -> None:
    add_relation(folder, "inside", "trade", "iran", "iran-works")
    assert not edges_of(graph_of(folder), "trade")
    unfolded = graph_of(folder, unfold=("all",))
    assert edges_of(unfolded, "trade")["iran~iran-works~trade"]["relation_ids"] == ("inside",)
    assert "iran-works~iran~belongs_to" in edges_of(unfolded, "belongs_to")
    assert unfolded.nodes["iran-works"]["side"] == "iran"


def test_folded_graph_has_sides_only(folder: Path) -> None:
    add_relation(folder, "works", "trade", "alpha-treasury", "iran-works")
    graph = graph_of(folder)
    assert all(actor["side"] == node for node, actor in graph.nodes(data=True))
    assert not edges_of(graph, "belongs_to")


def test_repeats_and_retracted_statements_are_listed_and_not_counted(folder: Path) -> None:
    add_event(folder, "listing", "sanction", "2021-03", acting="alpha", target="iran")
    add_statement(folder, "repeat", event_id="listing", derived_from_id="listing-said")
    add_statement(folder, "wrong", event_id="listing", published_date="2021", said_date="2021")
    add_statement(folder, "undone", event_id="listing", retracts_id="wrong")
    tie = edges_of(graph_of(folder), "sanctions")["alpha~iran~sanctions"]
    assert tie["statement_ids"] == ("listing-said", "repeat", "undone", "wrong")
    assert set(tie["told"]) == {"listing-said", "undone"}
    assert (tie["independent_count"], tie["weight"]) == (2, 2)


def test_a_relation_weighs_as_one_and_a_statement_as_one(folder: Path) -> None:
    add_relation(folder, "declared", "sanctions", "alpha", "iran")
    for number in (1, 2):
        add_event(folder, f"listing-{number}", "sanction", "2021", acting="alpha", target="iran")
    tie = edges_of(graph_of(folder), "sanctions")["alpha~iran~sanctions"]
    assert (tie["weight"], tie["independent_count"], tie["count"]) == (3, 2, 3)


def test_arms_by_category_are_an_edge_each_and_hold_the_same_transfers(folder: Path) -> None:
    add_row(
        folder,
        "transfers",
        transfer_id="more",
        short_name="more",
        name="more",
        supplier_id="iran",
        recipient_id="russia",
        system_id="su-35",
        mode_code="sale",
        unit_code="pieces",
        summary="Made up.",
    )
    add_statement(folder, "more-said", transfer_id="more", stage_code="agreed")
    together = edges_of(graph_of(folder), "arms")["iran~russia~arms"]
    apart = edges_of(graph_of(folder, by_category=True), "arms")
    assert set(apart) == {
        "iran~russia~arms.combat_aircraft",
        "iran~russia~arms.uav",
        "russia~iran~arms.combat_aircraft",
    }
    ids = [
        transfer
        for key, tie in apart.items()
        if key.startswith("iran~")
        for transfer in tie["transfer_ids"]
    ]
    assert sorted(ids) == list(together["transfer_ids"])


def test_one_side_may_be_unfolded_alone(folder: Path) -> None:
    add_relation(folder, "works", "trade", "alpha-treasury", "iran-works")
    graph = graph_of(folder, unfold=("iran",))
    assert "iran-works" in graph
    assert "alpha-treasury" not in graph
    assert set(edges_of(graph, "trade")) == {"alpha~iran-works~trade"}


def test_nothing_later_than_the_as_known_day(folder: Path) -> None:
    add_event(folder, "listing", "sanction", "2021-03-05", acting="alpha", target="iran")
    add_relation(folder, "later", "alliance", "alpha", "beta", published_date="2023-06-01")
    before = graph_of(folder, Selection(as_of=date(2021, 3, 4)))
    assert "alpha" not in before
    after = graph_of(folder, Selection(as_of=date(2021, 3, 5)))
    assert set(edges_of(after, "sanctions")) == {"alpha~iran~sanctions"}
    assert "beta" not in after


def test_promise_is_told_from_arms_on_their_way(folder: Path) -> None:
    for name, stage in (("promised", "agreed"), ("sent", "in_delivery")):
        target = {"promised": "alpha", "sent": "beta"}[name]
        add_row(
            folder,
            "transfers",
            transfer_id=name,
            short_name=name,
            name=name,
            supplier_id="iran",
            recipient_id=target,
            system_id="shahed-136",
            mode_code="sale",
            unit_code="pieces",
            summary="Made up.",
        )
        add_statement(
            folder, f"{name}-said", transfer_id=name, stage_code=stage, stage_date="2020/2021"
        )
    arms = edges_of(graph_of(folder), "arms")
    assert arms["iran~alpha~arms"]["is_promise"] is True
    assert arms["iran~beta~arms"]["is_promise"] is False
    assert arms["iran~beta~arms"]["direction_code"] == "other"
    assert (arms["iran~beta~arms"]["first_year"], arms["iran~beta~arms"]["last_year"]) == (
        2020,
        2021,
    )


def test_order_of_rows_never_matters(folder: Path) -> None:
    add_relation(folder, "one", "alliance", "beta", "alpha")
    add_relation(folder, "two", "trade", "alpha", "iran")
    dataset = load_dataset(folder)
    shuffled = replace(
        dataset,
        **{
            name: getattr(dataset, name).sample(frac=1, random_state=3)
            for name in ("actors", "transfers", "statements", "relations", "events", "event_actors")
        },
    )
    first, second = (build_graph(Selection().apply(d)) for d in (dataset, shuffled))
    assert list(first.nodes(data=True)) == list(second.nodes(data=True))
    assert list(first.edges(keys=True, data=True)) == list(second.edges(keys=True, data=True))
    assert positions(first) == positions(second)
    assert list(first) == sorted(first)


def test_no_rows_give_an_empty_graph(folder: Path) -> None:
    graph = graph_of(folder, Selection(q="nothing is called so"))
    assert len(graph) == 0
    assert positions(graph) == {}


def test_neighbourhood_follows_edges_either_way(folder: Path) -> None:
    add_actor(folder, "gamma")
    add_relation(folder, "one", "mediation", "alpha", "iran")
    add_relation(folder, "two", "mediation", "alpha", "beta")
    add_relation(folder, "three", "trade", "beta", "gamma")
    graph = graph_of(folder)
    assert list(neighbourhood(graph, "alpha", 1)) == ["alpha", "beta", "iran"]
    assert set(neighbourhood(graph, "beta", 2)) == {"alpha", "beta", "gamma", "iran"}
    assert set(neighbourhood(graph, "beta", 0)) == {"beta"}
    assert len(neighbourhood(graph, "nobody", 2)) == 0
    part = neighbourhood(graph, "iran", 1)
    assert list(part.edges(keys=True, data=True)) == [
        edge for edge in graph.edges(keys=True, data=True) if set(edge[:2]) <= set(part)
    ]
    positions(neighbourhood(graph, "beta", 0))


# ── Layout ─────────────────────────────────────────────────────────────────────────────────────


def test_filters_leave_positions_as_they_were(folder: Path) -> None:
    add_relation(folder, "one", "alliance", "alpha", "iran")
    dataset = load_dataset(folder)
    everything = stable_positions(dataset)
    assert stable_positions(dataset) is everything
    for selection in (Selection(actors=("alpha",)), Selection(direction="iran-russia")):
        assert set(build_graph(selection.apply(dataset))) <= set(everything)
    with pytest.raises(TypeError):
        everything["alpha"] = (0.0, 0.0)


def crowd(size: int) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for party in ("russia", "iran"):
        graph.add_node(party, label=party.title(), kind_code="state")
    for number in range(size):
        node = f"n{number:03}"
        graph.add_node(node, label=f"Actor of some length {number}", kind_code="state")
        kind = "sanctions" if number % 3 else "alliance"
        graph.add_edge(node, ("russia", "iran")[number % 2], kind=kind, count=number % 5)
    return graph


@pytest.mark.parametrize("is_narrow", [False, True])
@pytest.mark.parametrize("size", [0, 1, 2, 7, 30, 60])
def test_parties_stand_left_and_right_and_nobody_on_another(size: int, is_narrow: bool) -> None:
    placed = positions(crowd(size), is_narrow)
    party_x = sheet(is_narrow).party_x
    assert placed["russia"] == (-party_x, 0)
    assert placed["iran"] == (party_x, 0)
    for (_, (ax, ay)), (_, (bx, by)) in combinations(placed.items(), 2):
        assert abs(ax - bx) > 40 or abs(ay - by) > 30


@pytest.mark.parametrize("is_narrow", [False, True])
def test_usual_number_of_nodes_stays_on_the_sheet(is_narrow: bool) -> None:
    of = sheet(is_narrow)
    for x, y in positions(crowd(20), is_narrow).values():
        assert abs(x) <= of.width / 2 - 15
        assert abs(y) <= of.height / 2 * 1.6


def test_opponents_stand_above_and_friends_below() -> None:
    placed = positions(crowd(20))
    against = [node for node in placed if node[0] == "n" and int(node[1:]) % 3]
    above = {node for node, (_, y) in placed.items() if y < 0}
    assert above <= set(against)


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("Iran", ("Iran",)),
        ("United Arab Emirates", ("United Arab", "Emirates")),
        ("Islamic Revolutionary Guard Corps of somewhere", ("Islamic", "Revolutionary…")),
        ("A" * 10_000, ("A" * 16 + "…",)),
        ("\u202e\x00\n", ("",)),
    ],
)
def test_labels_are_at_most_two_short_lines(label: str, lines: tuple[str, ...]) -> None:
    assert label_lines(label) == lines
