"""The routes of the API and of the health check."""

import re
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.api.about import about_endpoints, index
from dashboard.api.answers import METHODS, SHOWN, as_json, broken, not_found, refuse
from dashboard.api.changes import change_endpoints
from dashboard.api.citing import citation_endpoints
from dashboard.api.cross_origin import CrossOrigin
from dashboard.api.endpoints import ROOT, Asked, Endpoint
from dashboard.api.feed import feed_endpoints
from dashboard.api.query import read_query
from dashboard.api.search import search_endpoints
from dashboard.api.tables import table_endpoints
from dashboard.dataset import current_dataset, current_fault
from data.package import PackageError

# The first that matches answers: ids with an ending stand before ids.
ENDPOINTS: tuple[Endpoint, ...] = (
    *search_endpoints(),
    *change_endpoints(),
    *feed_endpoints(),
    *citation_endpoints(),
    *table_endpoints(),
    *about_endpoints(),
)
_VERSION = ROOT.rpartition("/")[2]


def _serve(request: Request) -> Response:
    """Answers every path under /api."""
    path = "/" + request.path_params.get("path", "").removesuffix("/")
    if path in ("/", f"/{_VERSION}"):
        return index(request, ENDPOINTS)
    inside = path.removeprefix(f"/{_VERSION}")
    if inside != path:
        for endpoint in ENDPOINTS:
            names = endpoint.match(inside)
            if names is not None:
                return _give(request, endpoint, names)
    shown = quote(request.url.path)[:SHOWN]
    message = f"There is no {shown}; {ROOT}/openapi.json tells what there is."
    return not_found(request, message, [e.path[1:] for e in ENDPOINTS if not e.names])


def _give(request: Request, endpoint: Endpoint, names: dict[str, str]) -> Response:
    try:
        dataset = current_dataset()
    except PackageError as error:
        return broken(request, error)
    query, problems = read_query(request.scope["query_string"], dataset, endpoint.accepted)
    if problems:
        return refuse(request, problems)
    return endpoint.serve(Asked(request, dataset, query, names, ENDPOINTS))


def _http_error(request: Request, error: Exception) -> Response:
    """Errors that routing raises (a method other than GET), as JSON too."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = error.detail if isinstance(error, HTTPException) else "Internal error"
    response = as_json(request, {"error": {"message": f"{detail}; send GET or HEAD."}}, status)
    if status == 405:
        response.headers["Allow"] = METHODS
    return response


def _health(request: Request) -> Response:
    try:
        dataset = current_dataset()
    except PackageError as error:
        return as_json(request, {"status": "broken data", "problems": len(error.problems)}, 503)
    count = len(dataset.statements)
    body: dict[str, Any] = {
        "status": "ok",
        "data_version": dataset.version,
        "statements": count,
    }
    if fault := current_fault():
        # What is served is sound: nobody is helped by taking the server down.
        since = fault.since.isoformat(timespec="seconds")
        body["newer_data"] = {"problems": len(fault.problems), "since": since}
    return as_json(request, body)


def _any_path(route: Mount | Route) -> Mount | Route:
    """A route whose path may hold line breaks too, so that no page answers in its place."""
    route.path_regex = re.compile(route.path_regex.pattern, re.DOTALL)
    return route


class _Root:
    """ASGI app that answers a path without a slash at its end as with one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app({**scope, "path": "/"}, receive, send)


def api_routes() -> list[BaseRoute]:
    """The routes of the API and of the health check, for any Starlette app."""
    inside = Starlette(
        routes=[_any_path(Route("/{path:path}", _serve))],
        middleware=[
            Middleware(CrossOrigin),
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=6),
        ],
        exception_handlers={HTTPException: _http_error},
    )
    return [
        Route("/healthz", _health),
        _any_path(Mount("/api", app=inside)),
        Route("/api", _Root(inside)),
    ]
