"""What a search finds, of all kinds and best first."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from data.load import Dataset
from data.search.index import search_index
from data.search.ranking import LEAST, ranked
from data.search.terms import read_terms
from data.selection import Selected

# Kinds of hits, in the order in which they are told; each with its id column.
HIT_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "transfers": "transfer_id",
        "systems": "system_id",
        "actors": "actor_id",
        "views": "view_id",
        "statements": "statement_id",
        "events": "event_id",
        "sources": "source_id",
    }
)
# Rows of these fit the words or don't; the others are rows beside those that fit.
_FILTERED = ("transfers", "events", "statements", "views")


class Found(NamedTuple):
    """One row that a search found.

    Attributes:
        kind: Its table.
        key: Its id.
        score: From 0 to 1, 1 where the query is its name.
    """

    kind: str
    key: str
    score: float


@lru_cache(maxsize=16)
def find_hits(dataset: Dataset, selected: Selected) -> tuple[Found, ...]:
    """All that a search finds under a selection.

    Args:
        dataset: The whole dataset.
        selected: What a selection with words to look for shows of it.

    Returns:
        Best first. Transfers, events, statements and views are the selected rows;
        systems, actors and sources are found by their own texts among those that fit
        all other filters. Without words, nothing.
    """
    selection = selected.selection
    terms = read_terms(selection.q)
    if not terms:
        return ()
    documents = search_index(dataset).find(terms)
    beside = replace(selection, q="").apply(dataset).rows
    scored: list[tuple[float, int, int, str, str]] = []
    last: list[Found] = []
    for place, (kind, column) in enumerate(HIT_KINDS.items()):
        rows = selected.rows if kind in _FILTERED else beside
        keys: list[str] = getattr(rows, kind)[column].tolist()
        fitting = documents[kind]
        best, rest = ranked([fitting[key] for key in keys if key in fitting], terms)
        scored += [(-s, place, -d.day, d.key, kind) for s, d in best]
        if kind == "transfers":
            # What is found only by what is said of it comes last.
            last += [Found(kind, key, LEAST) for key in keys if key not in fitting]
        last += [Found(kind, document.key, LEAST) for document in rest]
    scored.sort()
    return (*(Found(kind, key, -score) for score, _, _, key, kind in scored), *last)


def count_hits(found: Iterable[Found]) -> dict[str, int]:
    """How many hits there are of each kind, in the order of `HIT_KINDS`; zeros left out."""
    counts = Counter(one.kind for one in found)
    return {kind: counts[kind] for kind in HIT_KINDS if counts[kind]}
