"""Endpoints of the search: what the words of a query find, of all kinds and best first."""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from dashboard.api.answers import JSON, refuse
from dashboard.api.endpoints import CSV, Asked, Endpoint
from dashboard.api.query import PAGING, Accepted
from dashboard.api.rows import Page, page_csv, page_json
from data.exports.columns import RowColumn
from data.queries.hits import Hit, describe_hits
from data.queries.search import HIT_KINDS, count_hits, find_hits
from data.query_string import QueryProblem
from data.search.terms import read_terms
from data.selection import KEYS

NAME = "search"
ACCEPTED = Accepted(
    keys=(*(key for key in KEYS if key != "record"), *PAGING), required=("q",), limit=50, most=500
)
DESCRIPTION = "What the words of `q` find, of all kinds and best first."
HIT_COLUMNS = (
    RowColumn("kind", "text", "Table of the row.", codes=tuple(HIT_KINDS)),
    RowColumn("id", "text", "Its id."),
    RowColumn("title", "text", "Its name, or who says something of what."),
    RowColumn("note", "text", "Its kind, stance or publisher.", is_nullable=True),
    RowColumn("date", "text", "Its day as EDTF text.", is_nullable=True),
    RowColumn("snippet", "text", "The part of its words where most of the query stands."),
    RowColumn("is_verbatim", "boolean", "Whether the snippet is a speaker's own words."),
    RowColumn("score", "number", "From 0 to 1, 1 where the query is its name."),
    RowColumn("url", "text", "Page of the app, or the document's address for a source."),
)


def _search(give: Callable[[Asked, Page], Response], asked: Asked) -> Response:
    query = asked.query
    if not read_terms(query.selection.q):
        accepts = "words to look for, with at least one letter or digit"
        return refuse(asked.request, [QueryProblem("q", query.selection.q, accepts)])
    selected = query.selection.apply(asked.dataset)
    found = find_hits(asked.dataset, selected)
    page = found[query.offset : query.offset + query.limit]
    rows = [_row(hit) for hit in describe_hits(selected, page)]
    return give(asked, Page(NAME, HIT_COLUMNS, rows, len(found), {"kinds": count_hits(found)}))


def search_endpoints() -> list[Endpoint]:
    """The search, as JSON and CSV."""
    return [
        Endpoint(
            f"/{NAME}",
            DESCRIPTION,
            ACCEPTED,
            {JSON: "SearchAnswer"},
            partial(_search, page_json),
            "Search",
        ),
        Endpoint(
            f"/{NAME}.csv", DESCRIPTION, ACCEPTED, {CSV: ""}, partial(_search, page_csv), "Search"
        ),
    ]


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
