"""The API: every table as JSON under the filters of the pages, and the health of the app."""

import json
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from dashboard.api_query import ALL_KEYS, Query, read_query
from dashboard.api_search import (
    DEFAULT_LIMIT,
    DESCRIPTION,
    MAX_LIMIT,
    search_problems,
    search_rows,
)
from dashboard.api_ties import of_tie
from dashboard.dataset import current_dataset
from data.exports.tables import TABLES, table_rows
from data.load import Dataset
from data.package import PackageError
from data.query_string import QueryProblem

ROOT = "/api/v1"
_SEARCH = "search"
_SHOWN = 200  # characters of a refused value that the answer repeats
_NO_CACHE = {"Cache-Control": "no-cache"}


def _answer(request: Request, body: Any, status: int = 200) -> Response:
    """JSON with a validator, so that a reader who has it already isn't sent it again."""
    content = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    # Weak, because the same rows are sent compressed or plain.
    headers = {**_NO_CACHE, "ETag": f'W/"{blake2b(content, digest_size=12).hexdigest()}"'}
    if status == 200:
        given = request.headers.get("if-none-match", "")
        if headers["ETag"] in (tag.strip() for tag in given.split(",")):
            return Response(status_code=304, headers=headers)
    return Response(content, status, headers, media_type="application/json")


def _broken(request: Request, error: PackageError) -> Response:
    message = "The dataset is broken; the lines say what to mend."
    lines = [str(problem) for problem in error.problems]
    return _answer(request, {"error": {"message": message}, "problems": lines}, 503)


def _refusal(problem: QueryProblem) -> dict[str, str]:
    return {
        "parameter": problem.parameter[:_SHOWN],
        "value": problem.value[:_SHOWN],
        "message": str(problem)[: 20 * _SHOWN],
        "accepts": problem.accepts,
    }


def _index(request: Request) -> Response:
    return _answer(
        request,
        {
            "tables": {
                name: {"url": f"{ROOT}/{name}", "description": table.description}
                for name, table in TABLES.items()
            },
            _SEARCH: {"url": f"{ROOT}/{_SEARCH}", "description": DESCRIPTION},
            "parameters": list(ALL_KEYS),
            "health": "/healthz",
        },
    )


def _refuse(request: Request, problems: Sequence[QueryProblem]) -> Response:
    refusals = [_refusal(problem) for problem in problems]
    return _answer(request, {"error": refusals[0], "problems": refusals}, 400)


def _body(
    request: Request, dataset: Dataset, query: Query, rows: list[Any], total: int
) -> dict[str, Any]:
    as_of = query.selection.as_of
    more = query.offset + query.limit < total
    return {
        "data_version": dataset.version,
        "as_of": as_of.isoformat() if as_of else None,
        "count": len(rows),
        "total": total,
        "data": rows,
        "next": str(request.url.replace(query=query.next())) if more else None,
    }


def _table(request: Request, name: str, dataset: Dataset) -> Response:
    query, problems = read_query(request.scope["query_string"], dataset)
    if problems:
        return _refuse(request, problems)
    selected = query.selection.apply(dataset)
    if query.tie:
        selected = of_tie(selected, query.tie)
    rows, total = table_rows(
        name, selected, query.selection.record, limit=query.limit, offset=query.offset
    )
    return _answer(request, _body(request, dataset, query, rows, total))


def _search(request: Request, dataset: Dataset) -> Response:
    limits = (DEFAULT_LIMIT, MAX_LIMIT)
    query, misread = read_query(request.scope["query_string"], dataset, limits)
    problems = misread or search_problems(query)
    if query.tie:
        problems = (*problems, QueryProblem("tie", query.tie.key, "nothing here: ask a table"))
    if problems:
        return _refuse(request, problems)
    rows, counts = search_rows(query, dataset)
    body = _body(request, dataset, query, rows, sum(counts.values()))
    return _answer(request, {**body, "kinds": counts})


def _serve(request: Request) -> Response:
    """Answers every path under /api."""
    match request.path_params.get("path", "").strip("/").split("/"):
        case [""] | ["v1"]:
            return _index(request)
        case ["v1", name] if name in TABLES or name == _SEARCH:
            try:
                dataset = current_dataset()
            except PackageError as error:
                return _broken(request, error)
            return _search(request, dataset) if name == _SEARCH else _table(request, name, dataset)
    path = quote(request.url.path)[:_SHOWN]
    message = f"There is no {path}; the tables are {', '.join(TABLES)}, and there is {_SEARCH}."
    accepts = [*TABLES, _SEARCH]
    return _answer(request, {"error": {"message": message, "accepts": accepts}}, 404)


def _http_error(request: Request, error: Exception) -> Response:
    """Errors that routing raises (a method other than GET), as JSON too."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = error.detail if isinstance(error, HTTPException) else "Internal error"
    response = _answer(request, {"error": {"message": f"{detail}; send GET or HEAD."}}, status)
    response.headers.update(getattr(error, "headers", None) or {})
    return response


def _health(request: Request) -> Response:
    try:
        dataset = current_dataset()
    except PackageError as error:
        return _answer(request, {"status": "broken data", "problems": len(error.problems)}, 503)
    count = len(dataset.statements)
    body = {"status": "ok", "data_version": dataset.version, "statements": count}
    return _answer(request, body)


def api_routes() -> list[BaseRoute]:
    """The routes of the API and of the health check, for any Starlette app."""
    tables = Starlette(
        routes=[Route("/{path:path}", _serve)],
        middleware=[Middleware(GZipMiddleware, minimum_size=1000, compresslevel=6)],
        exception_handlers={HTTPException: _http_error},
    )
    return [Route("/healthz", _health), Route("/api", _serve), Mount("/api", app=tables)]
