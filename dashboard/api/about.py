"""Endpoints that describe the API: the index, the OpenAPI document, and the page to read."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from dashboard.api.answers import JSON, answer, as_json, broken
from dashboard.api.endpoints import HTML, NO_KEYS, ROOT, Asked, Endpoint
from dashboard.api.openapi import document
from dashboard.api.page import docs_page
from dashboard.api.query import ALL_KEYS
from dashboard.api.search import DESCRIPTION
from dashboard.dataset import current_dataset
from data.exports.tables import ALL_TABLES
from data.package import PackageError

_DOCS = "/docs"
_VARY = {"Vary": "Accept"}


def index(request: Request, endpoints: tuple[Endpoint, ...]) -> Response:
    """What there is: a page for browsers, JSON for programs."""
    if _prefers_html(request):
        try:
            dataset = current_dataset()
        except PackageError as error:
            return broken(request, error)
        page = docs_page(document(dataset, endpoints))
        return answer(request, page, HTML, headers=_VARY)
    return as_json(
        request,
        {
            "tables": {
                name: {"url": f"{ROOT}/{name}", "description": table.description}
                for name, table in ALL_TABLES.items()
            },
            "search": {"url": f"{ROOT}/search", "description": DESCRIPTION},
            "others": {
                endpoint.path[1:]: {"url": f"{ROOT}{endpoint.path}", "description": endpoint.title}
                for endpoint in _others(endpoints)
            },
            "parameters": list(ALL_KEYS),
            "openapi": f"{ROOT}/openapi.json",
            "docs": f"{ROOT}{_DOCS}",
            "health": "/healthz",
        },
        headers=_VARY,
    )


def _others(endpoints: Sequence[Endpoint]) -> list[Endpoint]:
    """Endpoints that are neither a table's nor the search's."""
    told = {f"/{name}{ending}" for name in (*ALL_TABLES, "search") for ending in ("", ".csv")}
    return [e for e in endpoints if not e.names and e.path not in told]


def _prefers_html(request: Request) -> bool:
    """True if a browser asks: HTML is named, and JSON isn't named before it."""
    named = [
        part.partition(";")[0].strip() for part in request.headers.get("accept", "").split(",")
    ]
    return HTML in named and JSON not in named[: named.index(HTML)]


def _openapi(asked: Asked) -> Response:
    return as_json(asked.request, document(asked.dataset, asked.endpoints))


def _docs(asked: Asked) -> Response:
    return answer(asked.request, docs_page(document(asked.dataset, asked.endpoints)), HTML)


def about_endpoints() -> list[Endpoint]:
    """The OpenAPI document and the page that shows it."""
    return [
        Endpoint(
            "/openapi.json",
            "Every route, key, column and answer, as an OpenAPI 3.1 document.",
            NO_KEYS,
            {JSON: "Document"},
            _openapi,
            "About",
        ),
        Endpoint(_DOCS, "The same as a page to read.", NO_KEYS, {HTML: ""}, _docs, "About"),
    ]
