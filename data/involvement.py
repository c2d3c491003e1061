"""Who is involved in each row, and the text by which a row is found."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from data.load import Dataset, records
from data.search import fold


@dataclass(frozen=True, eq=False)
class Involvement:
    """Who is involved in each row and the text it is found by, for one dataset.

    `involved[table]` is a frame of `id`, `actor_id`; an actor stands for all above it.
    `texts[table]` holds the folded text of each row, by id.
    """

    involved: Mapping[str, pd.DataFrame]
    texts: Mapping[str, Mapping[str, str]]


@lru_cache(maxsize=4)
def read_involvement(dataset: Dataset) -> Involvement:
    """Reads who is involved in what, and the text of every row.

    Args:
        dataset: A loaded package.

    Returns:
        Both, for transfers, statements, events, views and relations.
    """
    lineage = dataset.actors.set_index("actor_id")["lineage"]
    names = {row.actor_id: f"{row.name} {row.aliases or ''}" for row in records(dataset.actors)}
    systems = {
        row.system_id: f"{row.designation} {row.aliases or ''}" for row in records(dataset.systems)
    }
    roles: dict[str, list[tuple[str, str]]] = {
        name: [] for name in ("transfers", "statements", "events", "views", "relations")
    }
    texts: dict[str, dict[str, str]] = {name: {} for name in roles}

    def add(table: str, key: str, involved: Collection[str | None], *words: str | None) -> None:
        present = [actor for actor in involved if actor]
        above = {actor for named in present for actor in lineage[named]}
        roles[table] += [(key, actor) for actor in sorted(above)]
        parts = [*words, *(names[actor] for actor in present)]
        texts[table][key] = fold(" ".join(part for part in parts if part))

    parties: dict[str, tuple[str, ...]] = {}
    for row in records(dataset.transfers):
        parties[row.transfer_id] = (row.supplier_id, row.recipient_id)
        add(
            "transfers",
            row.transfer_id,
            parties[row.transfer_id],
            row.transfer_id,
            row.name,
            systems[row.system_id],
            row.summary,
        )
    taking_part: dict[str, list[str]] = {key: [] for key in dataset.events["event_id"]}
    for row in records(dataset.event_actors):
        taking_part[row.event_id].append(row.actor_id)
    for row in records(dataset.events):
        system = systems[row.system_id] if row.system_id else None
        add("events", row.event_id, taking_part[row.event_id], row.name, row.summary, system)
    for row in records(dataset.statements):
        subject = row.transfer_id or row.event_id
        others = parties[subject] if row.transfer_id else taking_part[subject]
        about = texts["transfers" if row.transfer_id else "events"][subject]
        words = (row.summary, row.quotation, row.quotation_translation, about)
        add("statements", row.statement_id, (row.speaker_id, *others), *words)
    spoken_of: dict[str, list[str]] = {key: [] for key in dataset.views["view_id"]}
    for row in records(dataset.view_actors):
        spoken_of[row.view_id].append(row.actor_id)
    for row in records(dataset.views):
        words = (row.role, row.summary, row.quotation, row.quotation_translation)
        involved = (row.person_id, row.organisation_id, *spoken_of[row.view_id])
        add("views", row.view_id, involved, *words)
    for row in records(dataset.relations):
        add("relations", row.relation_id, (row.from_id, row.to_id), row.summary)
    return Involvement(
        involved={name: pd.DataFrame(r, columns=["id", "actor_id"]) for name, r in roles.items()},
        texts=texts,
    )
