"""Selected rows → a graph of actors with typed edges.

An edge is a tie that the tables declare: transfers, relations, and the two kinds of
event that are themselves ties (sanctions; strikes, which are hostility). Nobody is
joined for being named in one sentence. Nothing here is stored.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import networkx as nx
import pandas as pd

from data.load import Dataset, records
from data.selection import Selected

ARMS = "arms"
BELONGS = "belongs_to"
PARTIES = ("russia", "iran")

# Kinds of event that are a tie between those who act and those acted on.
_EVENT_TIES = {"sanction": "sanctions", "strike": "hostility"}
# Label of each kind that this module makes, and whether it has a direction. What the
# vocabulary of relations says of a kind comes before what is said here.
_OWN_KINDS = {
    ARMS: ("Arms", True),
    BELONGS: ("Belongs to", True),
    "sanctions": ("Sanctions", True),
    "hostility": ("Hostility", False),
}
# Stages at which something is on its way or made, and not only talked of or promised.
_MOVING = frozenset({"licensed_production", "in_delivery", "delivered"})


@dataclass
class _Tie:
    """Evidence of one edge: its records as pairs of kind and id, and the years they speak of."""

    records: set[tuple[str, str]] = field(default_factory=set)
    years: list[tuple[int, int | None]] = field(default_factory=list)


def build_graph(selected: Selected, fold: bool = True) -> nx.MultiDiGraph:
    """Builds the graph of the rows that fit a selection.

    Args:
        selected: What the reader's selection shows.
        fold: True draws each side as one node, with its people, bodies and companies
            in it; a tie inside one side is then left out. False draws every actor
            with a tie of its own, joined to its side by `belongs_to` edges.

    Returns:
        A graph whose nodes and edges stand in order of their ids.

        Nodes carry `label`, `kind_code`, `kind_label`, `side` (actor id) and `count`
        (different transfers, relations and events on its edges).

        Edges, one per pair and kind, per direction where the kind has one, have the
        key `<from>|<to>|<kind>` and carry `kind`, `label`, `directed`, `count` (transfers,
        relations and events), `transfer_ids`, `relation_ids`, `event_ids`,
        `statement_ids` (about those transfers and events; repeats and retracted ones
        left out), `statement_count`, `direction_code` (arms only, else ""),
        `is_promise` (arms of which nobody says that any is made, moving or there),
        `first_year` and `last_year` that the evidence speaks of (None: not known, or
        going on).
    """
    rows = selected.rows
    actors = {row.actor_id: row for row in records(rows.actors)}
    kinds = _OWN_KINDS | {
        row.code: (row.label, row.is_directed)
        for row in records(rows.vocabularies["relation_kinds"])
    }
    ties = _gather(rows, {key: row.side_id if fold else key for key, row in actors.items()}, kinds)
    if not fold:
        for node in sorted({node for key in ties for node in key[:2]}):
            for below, above in pairwise(actors[node].lineage):
                ties.setdefault((below, above, BELONGS), _Tie())
    touching: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for (source, target, _), found in ties.items():
        touching[source] |= found.records
        touching[target] |= found.records
    labels = {row.code: row.label for row in records(rows.vocabularies["actor_kinds"])}
    graph = nx.MultiDiGraph()
    for node in sorted(touching):
        actor = actors[node]
        graph.add_node(
            node,
            label=actor.name,
            kind_code=actor.kind_code,
            kind_label=labels[actor.kind_code],
            side=actor.side_id,
            count=len(touching[node]),
        )
    transfers = {row.transfer_id: row for row in records(rows.transfers)}
    said = _statements(selected)
    for (source, target, kind), found in sorted(ties.items(), key=lambda item: item[0]):
        label, directed = kinds[kind]
        graph.add_edge(
            source,
            target,
            key=f"{source}|{target}|{kind}",
            kind=kind,
            label=label,
            directed=directed,
            **_attributes(found, transfers, said),
        )
    return graph


def _gather(
    rows: Dataset, end: Mapping[str, str], kinds: Mapping[str, tuple[str, bool]]
) -> dict[tuple[str, str, str], _Tie]:
    """Collects the evidence of every edge, by from, to and kind.

    Args:
        rows: The rows to draw.
        end: The node that stands for each actor.
        kinds: Label of each kind, and whether it has a direction.

    Returns:
        Ties between different nodes.
    """
    ties: defaultdict[tuple[str, str, str], _Tie] = defaultdict(_Tie)

    def tie(source: str, target: str, kind: str) -> _Tie:
        ends = (end[source], end[target])
        first, second = ends if kinds[kind][1] else sorted(ends)
        return ties[first, second, kind]

    years = _transfer_years(rows)
    for row in records(rows.transfers):
        arms = tie(row.supplier_id, row.recipient_id, ARMS)
        arms.records.add(("transfer", row.transfer_id))
        arms.years += years[row.transfer_id]
    for row in records(rows.relations):
        relation = tie(row.from_id, row.to_id, row.kind_code)
        relation.records.add(("relation", row.relation_id))
        relation.years += _span(row, "relation_date")
    for event, kind, acting, target in _event_ties(rows):
        declared = tie(acting, target, kind)
        declared.records.add(("event", event.event_id))
        declared.years += _span(event, "event_date")
    return {key: found for key, found in ties.items() if key[0] != key[1]}


def _attributes(
    found: _Tie, transfers: Mapping[str, Any], said: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """The part of an edge's attributes that follows from its evidence."""
    ids: dict[str, tuple[str, ...]] = {
        kind: tuple(sorted(key for of_kind, key in found.records if of_kind == kind))
        for kind in ("transfer", "relation", "event")
    }
    statements = {s for key in (*ids["transfer"], *ids["event"]) for s in said.get(key, ())}
    arms = [transfers[key] for key in ids["transfer"]]
    firsts, lasts = [first for first, _ in found.years], [last for _, last in found.years]
    known_lasts = [last for last in lasts if last is not None]
    return {
        "count": len(found.records),
        "transfer_ids": ids["transfer"],
        "relation_ids": ids["relation"],
        "event_ids": ids["event"],
        "statement_ids": tuple(sorted(statements)),
        "statement_count": len(statements),
        "direction_code": arms[0].direction_code if arms else "",
        "is_promise": bool(arms) and not any(map(_is_moving, arms)),
        "first_year": min(firsts, default=None),
        "last_year": max(known_lasts) if lasts and len(known_lasts) == len(lasts) else None,
    }


def _is_moving(transfer: Any) -> bool:
    return transfer.stage_code in _MOVING and transfer.standing_code != "denied"


def _event_ties(rows: Dataset) -> Iterator[tuple[Any, str, str, str]]:
    """Yields each event that is a tie, with its kind of tie, who acts, who is acted on."""
    roles: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for row in records(rows.event_actors):
        roles[row.event_id, row.role_code].append(row.actor_id)
    for event in records(rows.events):
        if event.kind_code in _EVENT_TIES:
            for acting in roles[event.event_id, "acting"]:
                for target in roles[event.event_id, "target"]:
                    yield event, _EVENT_TIES[event.kind_code], acting, target


def _span(row: Any, column: str, *, is_open: bool = True) -> list[tuple[int, int | None]]:
    """First and last year of a row's EDTF column; an open end is None, or the first year."""
    first, last = getattr(row, f"{column}_earliest"), getattr(row, f"{column}_latest")
    if pd.isna(first):
        return [] if pd.isna(last) else [(last.year, last.year)]
    if pd.isna(last):
        return [(first.year, None if is_open else first.year)]
    return [(first.year, last.year)]


def _transfer_years(rows: Dataset) -> dict[str, list[tuple[int, int | None]]]:
    """Years that statements and deliveries of each transfer speak of.

    Words about the future count by the year in which they were said.
    """
    years: dict[str, list[tuple[int, int | None]]] = {t: [] for t in rows.transfers["transfer_id"]}
    for row in records(rows.statements):
        if row.transfer_id in years:
            spoken_of = [] if row.is_prospective else _span(row, "stage_date", is_open=False)
            said = spoken_of or _span(row, "said_date", is_open=False)
            years[row.transfer_id] += said or _span(row, "published_date", is_open=False)
    for row in records(rows.deliveries):
        years[row.transfer_id] += _span(row, "delivered_date", is_open=False)
    return years


def _statements(selected: Selected) -> dict[str, list[str]]:
    """Independent statements of each transfer and event: no repeats, none retracted."""
    retracted = set(selected.known.statements["retracts_id"].dropna())
    said: defaultdict[str, list[str]] = defaultdict(list)
    for row in records(selected.rows.statements):
        if row.derived_from_id is None and row.statement_id not in retracted:
            said[row.transfer_id or row.event_id].append(row.statement_id)
    return said


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
    # Not `graph.subgraph`, whose order is that of a set.
    part = nx.MultiDiGraph()
    part.add_nodes_from((n, d) for n, d in graph.nodes(data=True) if n in near)
    part.add_edges_from(
        (a, b, key, d)
        for a, b, key, d in graph.edges(keys=True, data=True)
        if a in near and b in near
    )
    return part
