"""Measures of search: what a reader waits for after typing, in the ledger and in a large one."""

import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from data.load import Dataset
from data.queries import hits, search, suggestions
from data.search import index
from data.search.documents import read_documents
from data.search.terms import read_terms
from data.selection import Selection, _apply

# A name, a compound of short words, another script, a phrase, two letters, a word that
# stands almost everywhere, several words, nothing at all.
QUERIES = ("smagin", "su 35", "شاهد ۱۳۶", '"air defence"', "su", "iran", "russia drones", "zzqx")


@dataclass(frozen=True)
class Work:
    """One thing to measure.

    Attributes:
        name: What it is.
        work: What is measured.
        before: What is done before each run.
        bar_ms: What it should stay under.
    """

    name: str
    work: Callable[[], Any]
    before: Callable[[], Any]
    bar_ms: float | None


def forget_answers(dataset: Dataset) -> None:
    """Empties what is kept per query, but not the index or what is kept per day."""
    index.search_index(dataset)._kept.clear()
    search.find_hits.cache_clear()
    suggestions.suggest.cache_clear()
    _apply.cache_clear()
    Selection().apply(dataset)


def answer(dataset: Dataset, q: str, hits_shown: int = 21) -> int:
    """What the API and the overview do: filter, rank, put the first hits into words."""
    selected = Selection(q=q).apply(dataset)
    found = search.find_hits(dataset, selected)
    list(hits.describe_hits(selected, islice(found, hits_shown)))
    return len(found)


def search_works(words: str, dataset: Dataset, bar_ms: float) -> Iterator[Work]:
    """What is measured of one dataset: the index alone, then all that a reader waits for."""
    built = index.search_index(dataset)

    def forget() -> None:
        forget_answers(dataset)

    for q in QUERIES:
        terms = read_terms(q)
        rows = sum(map(len, built.find(terms).values()))
        yield Work(
            f"search index, {words}: {q} ({rows:,} rows)",
            lambda terms=terms: built.find(terms),  # type: ignore[misc]
            built._kept.clear,
            bar_ms,
        )
    for q in QUERIES:
        yield Work(
            f"filtered, ranked, worded, {words}: {q}",
            lambda q=q: answer(dataset, q),  # type: ignore[misc]
            forget,
            bar_ms,
        )
    yield Work(
        f"near spellings, {words}: Shahde 136",
        lambda: suggestions.suggest(
            dataset, Selection(q="Shahde 136").apply(dataset), ("transfers", "views")
        ),
        forget,
        None,
    )


def build_work(words: str, dataset: Dataset) -> Work:
    """Building the index, as the first search of a process does."""
    return Work(
        f"building the search index, {words}",
        lambda: index.TextIndex(read_documents(dataset)),
        lambda: None,
        None,
    )


def index_memory(dataset: Dataset) -> str:
    """What an index takes: Python's texts and SQLite's pages."""
    tracemalloc.start()
    built = index.TextIndex(read_documents(dataset))
    texts, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (
        f"{len(built.documents):,} rows: texts {texts / 1e6:,.1f} MB, "
        f"trigrams {built.size / 1e6:,.1f} MB"
    )
