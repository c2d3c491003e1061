"""The rows behind one tie of the network, for the API."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from components.network.graph import EVERY, build_graph
from components.network.kinds import ARMS, code_of, kinds_of
from data.load import Dataset
from data.queries.network import evidence_sources, tie_views
from data.query_string import QueryProblem
from data.selection import Selected

KEYS = ("tie", "unfold")


@dataclass(frozen=True, slots=True)
class AskedTie:
    """A tie of the network.

    Attributes:
        key: Its key, `<from>~<to>~<kind>`, as the page's own link has it.
        unfold: The sides that are unfolded on the page.
    """

    key: str
    unfold: tuple[str, ...]

    def to_query(self) -> list[tuple[str, str]]:
        """The key–value pairs that ask for it."""
        return [("tie", self.key), *(("unfold", side) for side in self.unfold)]


def read_tie(
    pairs: Sequence[tuple[str, str]], dataset: Dataset
) -> tuple[AskedTie | None, list[QueryProblem]]:
    """Reads which tie a query asks for.

    Args:
        pairs: Key–value pairs of the query.
        dataset: The dataset whose ids and codes are accepted.

    Returns:
        The tie, or None where none is asked for, and what was not understood.
    """
    keys = list(dict.fromkeys(value for key, value in pairs if key == "tie" and value))
    sides = sorted({value for key, value in pairs if key == "unfold" and value} - {"none"})
    if not keys:
        return None, []
    actors = set(dataset.actors["actor_id"])
    known_sides = {EVERY, *dataset.actors["side_id"]}
    accepts = "ids of sides as listed by /api/v1/actors, or all"
    problems = [QueryProblem("unfold", s, accepts) for s in sides if s not in known_sides]
    codes = {*kinds_of(dataset)}
    codes |= {code_of(ARMS, code) for code in dataset.vocabularies["categories"]["code"]}
    ends = keys[0].split("~")
    if len(keys) > 1 or len(ends) != 3 or not {*ends[:2]} <= actors or ends[2] not in codes:
        accepts = "one tie, as <from>~<to>~<kind>, with ids of actors and the code of a kind"
        problems.append(QueryProblem("tie", " ".join(keys), accepts))
    return (None if problems else AskedTie(keys[0], tuple(sides))), problems


def of_tie(selected: Selected, asked: AskedTie) -> Selected:
    """Narrows what a selection shows to what stands behind a tie.

    Args:
        selected: What the selection shows.
        asked: The tie.

    Returns:
        The tie's transfers with their deliveries, its events and relations, the
        statements about them, the views that bear on it, the sources of these
        statements and relations, and the two actors. Nothing where the selection leaves
        no such tie.
    """
    source, target, code = asked.key.split("~")
    graph = build_graph(selected, asked.unfold, by_category="." in code)
    tie = graph.get_edge_data(source, target, asked.key)
    rows = selected.rows
    found = tie or {f"{of}_ids": () for of in ("transfer", "event", "relation", "statement")}
    transfers, statements = found["transfer_ids"], found["statement_ids"]
    views = tie_views(rows, transfers, (source, target)) if tie else rows.views.head(0)
    return replace(
        selected,
        rows=replace(
            rows,
            transfers=rows.transfers[rows.transfers["transfer_id"].isin(transfers)],
            deliveries=rows.deliveries[rows.deliveries["transfer_id"].isin(transfers)],
            events=rows.events[rows.events["event_id"].isin(found["event_ids"])],
            relations=rows.relations[rows.relations["relation_id"].isin(found["relation_ids"])],
            statements=rows.statements[rows.statements["statement_id"].isin(statements)],
            views=views,
            sources=evidence_sources(rows, statements, found["relation_ids"]),
            actors=rows.actors[rows.actors["actor_id"].isin([source, target] if tie else [])],
        ),
    )
