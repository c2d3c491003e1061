"""What the dataset covers, counted from its rows."""

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from data.claims import RANK
from data.queries.names import names_of
from data.selection import Selected


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts and shares of what is known on the as-known date.

    Attributes:
        rows: Rows by table.
        first_said: Day of the earliest word; None where nothing is known.
        last_said: Day of the latest word; None where nothing is known.
        by_direction: Transfers by direction label.
        by_category: Transfers by category label.
        by_language: Sources by language tag.
        by_source_kind: Sources by kind label.
        by_reliability: Sources by the letter of the publisher that was read.
        both_sides_share: Share of transfers on which officials of both parties are heard.
        two_voices_share: Share on which two or more independent speakers assert a stage.
        first_hand_share: Share with a first-hand document among its sources.
    """

    rows: dict[str, int]
    first_said: pd.Timestamp | None
    last_said: pd.Timestamp | None
    by_direction: dict[str, int]
    by_category: dict[str, int]
    by_language: dict[str, int]
    by_source_kind: dict[str, int]
    by_reliability: dict[str, int]
    both_sides_share: float
    two_voices_share: float
    first_hand_share: float


def _counts(values: pd.Series, labels: dict[str, str] | None = None) -> dict[str, int]:
    counted = (
        values.value_counts().sort_index(kind="stable").sort_values(ascending=False, kind="stable")
    )
    return {(labels or {}).get(str(k), str(k)): int(v) for k, v in counted.items()}


@lru_cache(maxsize=4)
def coverage(selected: Selected) -> Coverage:
    """Counts what is known.

    Args:
        selected: A selection without filters, as known on its day.

    Returns:
        The counts.
    """
    known, names = selected.known, names_of(selected.known)
    labels = {name: dict(found) for name, found in names.labels.items()}
    letters = known.sources["publisher_id"].map(dict(names.reliability))
    said = known.statements
    tables = (
        *("transfers", "deliveries", "events", "statements", "views", "relations"),
        *("actors", "systems", "sources", "publishers"),
    )
    return Coverage(
        rows={name: len(getattr(known, name)) for name in tables},
        first_said=None if said.empty else said["said_date_earliest"].min(),
        last_said=None if said.empty else said["said_date_latest"].max(),
        by_direction=_counts(known.transfers["direction_code"], labels["directions"]),
        by_category=_counts(known.transfers["category_code"], labels["categories"]),
        by_language=_counts(known.sources["language"]),
        by_source_kind=_counts(known.sources["kind_code"], labels["source_kinds"]),
        by_reliability=_counts(letters),
        both_sides_share=_both_sides(selected),
        two_voices_share=_two_voices(selected),
        first_hand_share=_first_hand(selected),
    )


def _share(fitting: int, every: int) -> float:
    return fitting / every if every else 0.0


def _both_sides(selected: Selected) -> float:
    transfers = selected.known.transfers
    fitting = 0
    for transfer in transfers["transfer_id"]:
        parties = {claim.party for claim in selected.claims[transfer] if claim.party}
        fitting += len(parties) == 2
    return _share(fitting, len(transfers))


def _two_voices(selected: Selected) -> float:
    transfers = selected.known.transfers
    fitting = 0
    for transfer in transfers["transfer_id"]:
        claims = selected.claims[transfer]
        voices = {c.voice for c in claims if c.asserts and c.stage in RANK}
        fitting += len(voices) > 1
    return _share(fitting, len(transfers))


def _first_hand(selected: Selected) -> float:
    known = selected.known
    first_hand = set(known.sources.loc[known.sources["is_first_hand"], "source_id"])
    cited = known.statements["source_id"].isin(first_hand)
    further = known.statement_sources[known.statement_sources["source_id"].isin(first_hand)]
    cited |= known.statements["statement_id"].isin(further["statement_id"])
    fitting = known.statements.loc[cited, "transfer_id"].dropna().nunique()
    return _share(fitting, len(known.transfers))
