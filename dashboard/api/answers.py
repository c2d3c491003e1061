"""Answers of the API: bodies with a validator, refusals, and what a browser may read of them."""

import json
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from data.package import PackageError
from data.query_string import QueryProblem

JSON = "application/json"
SHOWN = 200  # characters of a refused value that the answer repeats
METHODS = "GET, HEAD, OPTIONS"


def answer(
    request: Request,
    content: bytes,
    media_type: str,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An answer with a validator, so that a reader who has it already isn't sent it again.

    Args:
        request: What was asked.
        content: The body.
        media_type: Its type.
        status: HTTP status.
        headers: Further headers.

    Returns:
        The answer; 304 without a body where the reader's copy is still the same.
    """
    # Weak, because the same rows are sent compressed or plain.
    tag = f'"{blake2b(content, digest_size=12).hexdigest()}"'
    told = {"Cache-Control": "no-cache", "ETag": f"W/{tag}", **(headers or {})}
    if status == 200:
        given = request.headers.get("if-none-match", "")
        tags = {one.strip().removeprefix("W/") for one in given.split(",")}
        if tag in tags or given.strip() == "*":
            return Response(status_code=304, headers=told)
    return Response(content, status, told, media_type=media_type)


def as_json(
    request: Request, body: Any, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """An answer in strict JSON."""
    content = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return answer(request, content.encode("utf-8", "replace"), JSON, status, headers)


def refuse(request: Request, problems: Sequence[QueryProblem]) -> Response:
    """400, with every problem of a query."""
    refusals = [
        {
            "parameter": problem.parameter[:SHOWN],
            "value": problem.value[:SHOWN],
            "message": str(problem)[: 20 * SHOWN],
            "accepts": problem.accepts,
        }
        for problem in problems
    ]
    return as_json(request, {"error": refusals[0], "problems": refusals}, 400)


def not_found(request: Request, message: str, accepts: Sequence[str] = ()) -> Response:
    """404, with what there is instead."""
    return as_json(request, {"error": {"message": message, "accepts": list(accepts)}}, 404)


def broken(request: Request, error: PackageError) -> Response:
    """503, with what is wrong with the dataset."""
    message = "The dataset is broken; the lines say what to mend."
    lines = [str(problem) for problem in error.problems]
    return as_json(request, {"error": {"message": message}, "problems": lines}, 503)
