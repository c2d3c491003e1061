"""Names and labels by id or code, read once per dataset."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from data.load import Dataset, records


@dataclass(frozen=True, eq=False)
class Names:
    """What readers see in place of ids and codes.

    Attributes:
        actors: Actor names by id.
        sides: Id of the side of each actor.
        kinds: Kind code of each actor.
        descriptions: Who each actor is, in a sentence.
        systems: Designations by system id.
        transfers: Transfer names by id.
        short: Short names of transfers, for marks.
        events: Event names by id.
        publishers: Publisher names by id.
        reliability: Reliability letter of each publisher.
        reliability_reasons: Why each publisher has its letter.
        labels: Labels by vocabulary name and code.
    """

    actors: Mapping[str, str]
    sides: Mapping[str, str]
    kinds: Mapping[str, str]
    descriptions: Mapping[str, str]
    systems: Mapping[str, str]
    transfers: Mapping[str, str]
    short: Mapping[str, str]
    events: Mapping[str, str]
    publishers: Mapping[str, str]
    reliability: Mapping[str, str]
    reliability_reasons: Mapping[str, str]
    labels: Mapping[str, Mapping[str, str]]

    def label(self, vocabulary: str, code: str) -> str:
        """Label of a code."""
        return self.labels[vocabulary][code]


@lru_cache(maxsize=16)
def names_of(dataset: Dataset) -> Names:
    """Reads the names of a dataset.

    Args:
        dataset: The dataset, or the part of it that is known on a day.

    Returns:
        Its names and labels.
    """
    return Names(
        actors={row.actor_id: row.name for row in records(dataset.actors)},
        sides={row.actor_id: row.side_id for row in records(dataset.actors)},
        kinds={row.actor_id: row.kind_code for row in records(dataset.actors)},
        descriptions={row.actor_id: row.description for row in records(dataset.actors)},
        systems={row.system_id: row.designation for row in records(dataset.systems)},
        transfers={row.transfer_id: row.name for row in records(dataset.transfers)},
        short={row.transfer_id: row.short_name for row in records(dataset.transfers)},
        events={row.event_id: row.name for row in records(dataset.events)},
        publishers={row.publisher_id: row.name for row in records(dataset.publishers)},
        reliability={r.publisher_id: r.reliability_code for r in records(dataset.publishers)},
        reliability_reasons={
            row.publisher_id: row.reliability_reason for row in records(dataset.publishers)
        },
        labels={
            name: dict(zip(frame["code"], frame["label"], strict=True))
            for name, frame in dataset.vocabularies.items()
        },
    )


def named(ids: pd.Series, names: Mapping[str, str]) -> pd.Series:
    """Names in place of ids.

    Args:
        ids: A column of ids, None where there is none.
        names: Names by id.

    Returns:
        A text column of the same index, None where there was no id.
    """
    found = [None if key is None else names[key] for key in ids]
    return pd.Series(found, index=ids.index, dtype="object")
