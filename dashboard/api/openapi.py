"""The OpenAPI 3.1 document, made of the endpoints, the contract and the query keys."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from dashboard.api.answers import JSON
from dashboard.api.endpoints import ROOT, Endpoint
from dashboard.api.parameters import path_parameters, query_parameters
from dashboard.api.query import ALL_KEYS, SINCE, Accepted
from dashboard.api.schemas import TEXT, ref, schemas
from data.exports.flat import PART_MARK
from data.exports.formats import LIST_MARK
from data.load import Dataset

_ABOUT = f"""The rows of the ledger, under the filters of its pages.

**Filters** are the query keys in the address of any page, so that a page's query can be pasted.
Keys of a page that don't choose rows are passed over; any other key, and any value that isn't
understood, is refused with 400: an answer is never wider than the question.

**As known on.** With `as_of` nothing that became public later is in an answer; with `grade`
nothing that rests on weaker sources. Statuses follow.

**CSV** has the rows and columns of JSON. Lists are parted by `{LIST_MARK.strip()}` and the
values of a row in a list by `{PART_MARK.strip()}`, each with a blank on either side. A text
that a spreadsheet could run as a formula has an apostrophe before it; JSON has it to the
letter. The file begins with a byte order mark, by which spreadsheets know UTF-8.

**Paging.** `limit` and `offset`; `next` in JSON, and the `Link` and `X-Total-Count` headers
everywhere.

**Caching.** Every answer has an `ETag`; sent back as `If-None-Match` it is answered with 304 as
long as the answer is the same. Long answers are compressed for those who accept gzip.

**Other sites** may read every answer (`Access-Control-Allow-Origin: *`). Only GET, HEAD (the
same without a body) and OPTIONS (204) are answered; other methods get 405. A path that isn't
listed here is answered with 404, in JSON."""


def _content(media_type: str, schema: str) -> dict[str, Any]:
    return {media_type: {"schema": ref(schema) if schema else TEXT}}


def _header(note: str) -> dict[str, Any]:
    return {"description": note, "schema": TEXT}


_HEADERS: dict[str, Any] = {
    "ETag": {**_header("Validator of the answer, for If-None-Match."), "required": True},
    "Link": _header("Pages before and after, and this document."),
    "X-Total-Count": {"description": "Rows on all pages.", "schema": {"type": "integer"}},
    "X-Data-Version": _header("Version of the dataset."),
}
_SHARED: dict[str, Any] = {
    "Same": {
        "description": "The answer that the reader has is still the same.",
        "headers": {"ETag": _HEADERS["ETag"]},
    },
    "Refused": {
        "description": "Something in the query isn't understood.",
        "content": _content(JSON, "Refused"),
    },
    "NotFound": {
        "description": "There is no such row, or it isn't known by this query.",
        "content": _content(JSON, "NotFound"),
    },
    "NotAllowed": {
        "description": "Only GET, HEAD and OPTIONS are answered.",
        "headers": {"Allow": {**_header("What is allowed."), "required": True}},
        "content": _content(JSON, "NotAllowed"),
    },
    "Broken": {
        "description": "The dataset can't be read; the lines say what to mend.",
        "content": _content(JSON, "Broken"),
    },
}
_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "ETag of an answer that the reader has.",
    "schema": TEXT,
}


def _shared(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/responses/{name}"}


@lru_cache(maxsize=4)
def _usual(dataset: Dataset) -> dict[str, dict[str, Any]]:
    """Parameters as most endpoints have them, by name."""
    accepted = Accepted(keys=(*ALL_KEYS, SINCE))
    return {one["name"]: one for one in query_parameters(dataset, accepted)}


def _query(dataset: Dataset, endpoint: Endpoint) -> list[dict[str, Any]]:
    """Parameters of an endpoint: pointers to the usual ones, others in full."""
    usual = _usual(dataset)
    return [
        {"$ref": f"#/components/parameters/{one['name']}"} if one == usual[one["name"]] else one
        for one in query_parameters(dataset, endpoint.accepted)
    ]


def _operation(dataset: Dataset, endpoint: Endpoint) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for media_type, schema in endpoint.gives.items():
        content |= _content(media_type, schema)
    answers = {
        "200": {"description": endpoint.title, "headers": _HEADERS, "content": content},
        "304": _shared("Same"),
        "400": _shared("Refused"),
        **({"404": _shared("NotFound")} if endpoint.names else {}),
        "405": _shared("NotAllowed"),
        "503": _shared("Broken"),
    }
    words = [part.strip("{}") for part in endpoint.path.replace(".", "/").split("/") if part]
    return {
        "get": {
            "operationId": "_".join(["get", *words]),
            "summary": endpoint.title,
            "tags": [endpoint.group],
            "parameters": [
                *path_parameters(dataset, endpoint.path, endpoint.names),
                *_query(dataset, endpoint),
                _IF_NONE_MATCH,
            ],
            "responses": answers,
        }
    }


def _health() -> dict[str, Any]:
    well = {"description": "The server is well.", "content": _content(JSON, "Health")}
    unwell = {"description": "The dataset is broken.", "content": _content(JSON, "Unwell")}
    return {
        "get": {
            "operationId": "get_healthz",
            "summary": "Whether the server is well.",
            "tags": ["About"],
            "responses": {"200": well, "304": _shared("Same"), "503": unwell},
        }
    }


@lru_cache(maxsize=4)
def document(dataset: Dataset, endpoints: tuple[Endpoint, ...]) -> dict[str, Any]:
    """The OpenAPI document of the API.

    Args:
        dataset: Whose contract, vocabularies and ids it names.
        endpoints: Every endpoint.

    Returns:
        The document, as JSON has it. Treat it as read-only.
    """
    package = dataset.package
    licence: dict[str, str] = package.descriptor["licenses"][0]
    named = {"name": str(licence.get("title") or licence["name"])}
    if "path" in licence:
        named["url"] = str(licence["path"])
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{package.title}: API",
            "version": "1",
            "summary": f"Data version {package.version}, cut-off {package.cut_off_date}.",
            "description": _ABOUT,
            "license": named,
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name} for name in _groups(endpoints)],
        "paths": {
            **{f"{ROOT}{e.path}": _operation(dataset, e) for e in endpoints},
            "/healthz": _health(),
        },
        "components": {
            "schemas": schemas(dataset),
            "parameters": _usual(dataset),
            "responses": _SHARED,
        },
    }


def _groups(endpoints: Sequence[Endpoint]) -> list[str]:
    return list(dict.fromkeys(endpoint.group for endpoint in endpoints))
