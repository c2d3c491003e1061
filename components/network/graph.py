"""Selected rows → a graph of actors with typed edges.

An edge is a tie that the tables declare: transfers, relations, and the two kinds of
event that are themselves ties (sanctions, strikes). Nobody is joined for being named
in one sentence. Nothing here is stored.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import networkx as nx

from components.network.kinds import (
    ARMS,
    BELONGS,
    EVENT_TIES,
    Kind,
    code_of,
    kinds_of,
)
from components.network.spans import (
    Span,
    first_day,
    last_day,
    quarter_of,
    span_of,
    statement_spans,
    transfer_spans,
)
from data.load import Dataset, records
from data.selection import Selected

PARTIES = ("russia", "iran")
EVERY = "all"  # unfolds every side
# Stages at which something is on its way or made, and not only talked of or promised.
_MOVING = frozenset({"licensed_production", "in_delivery", "delivered"})
# From, to, kind, category.
_Ends = tuple[str, str, str, str]


@dataclass
class _Tie:
    """Evidence of one edge.

    Attributes:
        records: Pairs of kind and id.
        spans: When the evidence speaks of.
        told: Quarter at which each independent piece of evidence begins, by its id:
            statements, and relations as `relation:<id>`.
        statements: Every statement about its transfers and events.
    """

    records: set[tuple[str, str]] = field(default_factory=set)
    spans: list[Span] = field(default_factory=list)
    told: dict[str, int] = field(default_factory=dict)
    statements: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class _Said:
    """Statements about one transfer or event: all of them, and when the independent ones speak."""

    statements: set[str] = field(default_factory=set)
    told: dict[str, int] = field(default_factory=dict)


def build_graph(
    selected: Selected, unfold: Collection[str] = (), *, by_category: bool = False
) -> nx.MultiDiGraph:
    """Builds the graph of the rows that fit a selection.

    Args:
        selected: What the reader's selection shows.
        unfold: Sides (actor ids) whose people, bodies and companies are drawn for
            themselves, joined to their side by `belongs_to` edges; `EVERY` for all.
            Any other side is one node with all of them in it, and a tie inside it is
            left out.
        by_category: True to draw the arms between two actors as an edge per category.

    Returns:
        A graph whose nodes and edges stand in order of their ids.

        Nodes carry `label`, `kind_code`, `kind_label`, `side` (actor id) and `count`
        (different transfers, relations and events on its edges).

        Edges, one per pair and kind, per direction where the kind has one, have the
        key `<from>~<to>~<kind>`, with `.<category>` where arms are told apart, and
        carry `kind`, `category`, `code` (of kind and category), `label`, `directed`,
        `count` (transfers, relations and events), `transfer_ids`, `relation_ids`,
        `event_ids`, `statement_ids` (all about those transfers and events),
        `independent_count` (of these, without repeats and retracted ones), `told`
        (first quarter by id of each independent statement and relation), `weight`
        (how many these are), `spans` (first and last day, None for an open end),
        `direction_code` (arms only, else ""), `is_promise` (arms of which nobody
        says that any is made, moving or there), `first_year` and `last_year` that the
        evidence speaks of (None: not known, or going on), `is_past` (False), `at` (None;
        see `narrowing.at_quarter`).
    """
    rows = selected.rows
    actors = {row.actor_id: row for row in records(rows.actors)}
    kinds = kinds_of(rows)
    end = {
        key: key if EVERY in unfold or row.side_id in unfold else row.side_id
        for key, row in actors.items()
    }
    ties = _gather(selected, end, kinds, by_category=by_category)
    for node in sorted({node for key in ties for node in key[:2]}):
        for below, above in pairwise(actors[node].lineage):
            if end[below] == below:
                ties.setdefault((below, above, BELONGS, ""), _Tie())
    touching: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for (source, target, *_), found in ties.items():
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
    categories = {row.code: row.label for row in records(rows.vocabularies["categories"])}
    for (source, target, kind, category), found in sorted(ties.items(), key=lambda item: item[0]):
        code = code_of(kind, category)
        label = kinds[kind].label
        graph.add_edge(
            source,
            target,
            key=f"{source}~{target}~{code}",
            kind=kind,
            category=category,
            code=code,
            label=f"{label}: {categories[category].lower()}" if category else label,
            directed=kinds[kind].is_directed,
            **_attributes(found, transfers),
        )
    return graph


def _gather(
    selected: Selected, end: Mapping[str, str], kinds: Mapping[str, Kind], *, by_category: bool
) -> dict[_Ends, _Tie]:
    """Collects the evidence of every edge.

    Args:
        selected: What the reader's selection shows.
        end: The node that stands for each actor.
        kinds: The kinds of tie.
        by_category: As for `build_graph`.

    Returns:
        Ties between different nodes, by from, to, kind and category.
    """
    rows = selected.rows
    ties: defaultdict[_Ends, _Tie] = defaultdict(_Tie)
    said = _statements(selected)

    def tie(source: str, target: str, kind: str, category: str = "") -> _Tie:
        ends = (end[source], end[target])
        first, second = ends if kinds[kind].is_directed else sorted(ends)
        return ties[first, second, kind, category]

    def add(found: _Tie, what: str, key: str, spans: list[Span]) -> None:
        found.records.add((what, key))
        found.spans += spans
        found.statements |= said[key].statements
        found.told |= said[key].told

    spans = transfer_spans(rows)
    for row in records(rows.transfers):
        category = row.category_code if by_category else ""
        arms = tie(row.supplier_id, row.recipient_id, ARMS, category)
        add(arms, "transfer", row.transfer_id, spans[row.transfer_id])
    for row in records(rows.relations):
        relation = tie(row.from_id, row.to_id, row.kind_code)
        held = span_of(row, "relation_date")
        relation.records.add(("relation", row.relation_id))
        relation.spans += held
        begun = first_day(held or span_of(row, "published_date"))
        relation.told[f"relation:{row.relation_id}"] = quarter_of(begun) if begun else 0
    for event, kind, acting, target in _event_ties(rows):
        add(tie(acting, target, kind), "event", event.event_id, span_of(event, "event_date"))
    return {key: found for key, found in ties.items() if key[0] != key[1]}


def _attributes(found: _Tie, transfers: Mapping[str, Any]) -> dict[str, Any]:
    """The part of an edge's attributes that follows from its evidence."""
    ids: dict[str, tuple[str, ...]] = {
        kind: tuple(sorted(key for of_kind, key in found.records if of_kind == kind))
        for kind in ("transfer", "relation", "event")
    }
    arms = [transfers[key] for key in ids["transfer"]]
    begun, ended = first_day(found.spans), last_day(found.spans)
    return {
        "count": len(found.records),
        "transfer_ids": ids["transfer"],
        "relation_ids": ids["relation"],
        "event_ids": ids["event"],
        "statement_ids": tuple(sorted(found.statements)),
        "independent_count": len(found.told) - len(ids["relation"]),
        "told": dict(sorted(found.told.items())),
        "weight": len(found.told),
        "spans": tuple(sorted(found.spans, key=lambda span: (span[0], span[1] is None, span[1]))),
        "direction_code": arms[0].direction_code if arms else "",
        "is_promise": bool(arms) and not any(map(_is_moving, arms)),
        "first_year": begun.year if begun else None,
        "last_year": ended.year if ended else None,
        "is_past": False,
        "at": None,
    }


def _is_moving(transfer: Any) -> bool:
    return transfer.stage_code in _MOVING and transfer.standing_code != "denied"


def _event_ties(rows: Dataset) -> Iterator[tuple[Any, str, str, str]]:
    """Yields each event that is a tie, with its kind of tie, who acts, who is acted on."""
    roles: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for row in records(rows.event_actors):
        roles[row.event_id, row.role_code].append(row.actor_id)
    for event in records(rows.events):
        if event.kind_code in EVENT_TIES:
            for acting in roles[event.event_id, "acting"]:
                for target in roles[event.event_id, "target"]:
                    yield event, EVENT_TIES[event.kind_code], acting, target


def _statements(selected: Selected) -> defaultdict[str, _Said]:
    """Statements by their transfer or event; repeats and retracted ones aren't independent."""
    rows = selected.rows
    retracted = set(selected.known.statements["retracts_id"].dropna())
    events = {row.event_id: span_of(row, "event_date") for row in records(rows.events)}
    said: defaultdict[str, _Said] = defaultdict(_Said)
    for row in records(rows.statements):
        about = said[row.transfer_id or row.event_id]
        about.statements.add(row.statement_id)
        if row.derived_from_id is None and row.statement_id not in retracted:
            begun = first_day(events.get(row.event_id) or statement_spans(row))
            about.told[row.statement_id] = quarter_of(begun) if begun else 0
    return said
