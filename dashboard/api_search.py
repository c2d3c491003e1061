"""Answers of /api/v1/search: what the words of a query find, of all kinds and best first."""

from typing import Any
from urllib.parse import urlencode

from dashboard.api_query import Query
from data.load import Dataset
from data.queries.hits import Hit, describe_hits
from data.queries.search import count_hits, find_hits
from data.query_string import QueryProblem
from data.search.terms import read_terms

DEFAULT_LIMIT, MAX_LIMIT = 50, 500
DESCRIPTION = "What the words of `q` find, of all kinds and best first."


def search_problems(query: Query) -> tuple[QueryProblem, ...]:
    """What keeps a query from being a search: no words, or a record."""
    q, record = query.selection.q, query.selection.record
    found = []
    if not read_terms(q):
        found.append(QueryProblem("q", q, "words to look for, with at least one letter or digit"))
    if record:
        found.append(QueryProblem("record", record, "nothing in a search; leave it out"))
    return tuple(found)


def search_rows(query: Query, dataset: Dataset) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """The hits that a query asks for.

    Args:
        query: A query without problems.
        dataset: The whole dataset.

    Returns:
        The hits of one answer, and how many there are of each kind in all.
    """
    selected = query.selection.apply(dataset)
    found = find_hits(dataset, selected)
    asked = found[query.offset : query.offset + query.limit]
    return [_row(hit) for hit in describe_hits(selected, asked)], count_hits(found)


def _row(hit: Hit) -> dict[str, Any]:
    inside = f"/{hit.page}?{urlencode(hit.to_query())}"
    return {
        "kind": hit.found.kind,
        "id": hit.found.key,
        "title": hit.title,
        "note": hit.note or None,
        "date": hit.date,
        "snippet": hit.snippet,
        "is_verbatim": hit.is_verbatim,
        "score": hit.found.score,
        "url": hit.url or inside,
    }
