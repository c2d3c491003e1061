"""Endpoints of what changed between two as-known days."""

from collections.abc import Callable
from functools import partial

from starlette.responses import Response

from dashboard.api.answers import JSON
from dashboard.api.endpoints import CSV, Asked, Endpoint
from dashboard.api.query import PAGING, SINCE, Accepted
from dashboard.api.rows import Page, page_csv, page_json
from data.exports.changes import CHANGE_COLUMNS, change_rows
from data.selection import KEYS

NAME = "changes"
_TITLE = "Transfers whose stage or standing differs between two as-known days, `since` and `as_of`."
_ACCEPTED = Accepted(keys=(*KEYS, SINCE, *PAGING), required=(SINCE,))


def _changes(give: Callable[[Asked, Page], Response], asked: Asked) -> Response:
    query = asked.query
    if query.since is None:
        raise ValueError("a query without since is refused before it comes here")
    rows = change_rows(asked.dataset, query.selection, query.since)
    page = rows[query.offset : query.offset + query.limit]
    return give(asked, Page(NAME, CHANGE_COLUMNS, page, len(rows), {}))


def change_endpoints() -> list[Endpoint]:
    """What changed, as JSON and CSV."""
    group = "Changes"
    return [
        Endpoint(
            f"/{NAME}",
            _TITLE,
            _ACCEPTED,
            {JSON: "ChangesAnswer"},
            partial(_changes, page_json),
            group,
        ),
        Endpoint(f"/{NAME}.csv", _TITLE, _ACCEPTED, {CSV: ""}, partial(_changes, page_csv), group),
    ]
