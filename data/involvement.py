"""Who is involved in each row."""

from collections.abc import Collection, Mapping
from functools import lru_cache

import pandas as pd

from data.load import Dataset, records


@lru_cache(maxsize=4)
def read_involvement(dataset: Dataset) -> Mapping[str, pd.DataFrame]:
    """Reads who is involved in what.

    Args:
        dataset: A loaded package.

    Returns:
        For transfers, statements, events, views and relations a frame of `id`,
        `actor_id`; an actor stands for all above it.
    """
    lineage = dataset.actors.set_index("actor_id")["lineage"]
    roles: dict[str, list[tuple[str, str]]] = {
        name: [] for name in ("transfers", "statements", "events", "views", "relations")
    }

    def add(table: str, key: str, involved: Collection[str | None]) -> None:
        above = {actor for named in involved if named for actor in lineage[named]}
        roles[table] += [(key, actor) for actor in sorted(above)]

    parties: dict[str, tuple[str, ...]] = {}
    for row in records(dataset.transfers):
        parties[row.transfer_id] = (row.supplier_id, row.recipient_id)
        add("transfers", row.transfer_id, parties[row.transfer_id])
    taking_part: dict[str, list[str]] = {key: [] for key in dataset.events["event_id"]}
    for row in records(dataset.event_actors):
        taking_part[row.event_id].append(row.actor_id)
    for event, actors in taking_part.items():
        add("events", event, actors)
    for row in records(dataset.statements):
        others = parties[row.transfer_id] if row.transfer_id else taking_part[row.event_id]
        add("statements", row.statement_id, (row.speaker_id, *others))
    spoken_of: dict[str, list[str]] = {key: [] for key in dataset.views["view_id"]}
    for row in records(dataset.view_actors):
        spoken_of[row.view_id].append(row.actor_id)
    for row in records(dataset.views):
        add("views", row.view_id, (row.person_id, row.organisation_id, *spoken_of[row.view_id]))
    for row in records(dataset.relations):
        add("relations", row.relation_id, (row.from_id, row.to_id))
    return {name: pd.DataFrame(r, columns=["id", "actor_id"]) for name, r in roles.items()}
