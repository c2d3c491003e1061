"""Hostile requests to the API: answered or refused, never with a fault, never widened."""

import asyncio
import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

import pytest
import uvicorn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware

from dashboard.api import api_routes
from dashboard.headers import SecurityHeaders
from tests.hostile.queries import hostile_queries

TABLES = ("transfers", "statements", "views", "events", "sources", "actors", "search")
ALLOWED = {200, 304, 400, 404, 405, 414, 422}
APP = Starlette(routes=api_routes(), middleware=[Middleware(SecurityHeaders)])
codes: Counter[int] = Counter()


def ask(path: str, query: bytes) -> tuple[int, bytes]:
    """Asks the app with the very bytes, which a client library would mend."""
    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {
        **{"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET"},
        **{"path": path, "raw_path": path.encode(), "query_string": query, "root_path": ""},
        **{"headers": [(b"host", b"localhost")], "scheme": "http"},
        **{"server": ("localhost", 80), "client": ("127.0.0.1", 1)},
    }
    asyncio.run(APP(scope, receive, send))
    return sent[0]["status"], b"".join(m.get("body", b"") for m in sent[1:])


@pytest.fixture(scope="module", autouse=True)
def totals() -> dict[str, int]:
    """How many rows there are in all, so that widening shows."""
    return {
        name: json.loads(ask(f"/api/v1/{name}", b"limit=1")[1])["total"] for name in TABLES[:-1]
    }


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(table=st.sampled_from(TABLES), query=hostile_queries())
def test_a_hostile_query_is_answered_or_refused(totals, table, query) -> None:
    status, body = ask(f"/api/v1/{table}", query)
    codes[status] += 1
    assert status in ALLOWED, (status, body[:300])
    # Refusals repeat what was asked, and Hypothesis takes words of this file for its queries.
    assert b"Traceback (most" not in body or b"Traceback" in query
    assert b"site-packages" not in body or b"site-packages" in query
    if status == 400:
        told = json.loads(body)
        assert told["problems"]
        assert "data" not in told
        assert len(body) < 60_000
    elif status == 200 and table != "search":
        assert json.loads(body)["total"] <= totals[table]


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(query=hostile_queries())
def test_what_is_refused_alone_is_refused_in_company(query) -> None:
    """A bad pair is never dropped: more pairs beside it don't make the answer wider."""
    alone, _ = ask("/api/v1/transfers", query)
    if alone == 400:
        codes[alone] += 1
        both, _ = ask("/api/v1/transfers", query + b"&direction=russia-iran")
        assert both == 400


# ── Over a socket ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = uvicorn.Server(uvicorn.Config(APP, port=0, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(timeout=10)


def talk(port: int, request: bytes) -> bytes:
    parts: list[bytes] = []
    with socket.create_connection(("127.0.0.1", port), timeout=10) as link:
        # A server may hang up before it has heard everything: that is an answer too.
        with suppress(OSError):
            link.sendall(request)
        with suppress(OSError):
            while sum(map(len, parts)) < 1_000_000 and (part := link.recv(65536)):
                parts.append(part)
    return b"".join(parts)


@pytest.mark.parametrize(
    "line",
    [
        b"GET /api/v1/transfers?q=\xff\xfe HTTP/1.1",
        b"GET /api/v1/transfers?q=%ff%fe%zz HTTP/1.1",
        b"GET /api/v1/transfers?q=%00&q=%0d%0aSet-Cookie:x HTTP/1.1",
        b"GET /api/v1/transfers?" + b"actor=iran&" * 400 + b" HTTP/1.1",
        b"GET /api/v1/transfers?q=" + b"a" * 30_000 + b" HTTP/1.1",
        b"GET /api/v1/transfers?q=" + b"a" * 200_000 + b" HTTP/1.1",
        b"GET /api/v1/../../etc/passwd HTTP/1.1",
        b"GET /api/v1/%2e%2e/%2e%2e/etc/passwd HTTP/1.1",
        b"GET /api/v1/transfers%00.json HTTP/1.1",
        b"GET http://outside.example/api/v1/transfers HTTP/1.1",
        b"POST /api/v1/transfers HTTP/1.1",
        b"BREW /api/v1/transfers HTTP/1.1",
        b"GET /api/v1/transfers HTTP/9.9",
        b"\x16\x03\x01\x02\x00\x01\x00\x01",
        b"",
    ],
    ids=lambda line: repr(line[:40]),
)
def test_raw_bytes_over_a_socket(port: int, line: bytes) -> None:
    answer = talk(port, line + b"\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    if answer:
        status = int(answer.split(b" ", 2)[1])
        codes[status] += 1
        assert status < 500, answer[:300]
    assert b"Traceback" not in answer
    assert b"Set-Cookie" not in answer.split(b"\r\n\r\n")[0]
    alive = talk(port, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert alive.split(b" ", 2)[1] == b"200"


def test_a_slow_client_keeps_no_other_waiting(port: int) -> None:
    slow = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(40)]
    try:
        for link in slow:
            link.sendall(b"GET /api/v1/statements HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        begin = time.monotonic()
        answer = talk(port, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert b"200" in answer[:20]
        assert time.monotonic() - begin < 5
    finally:
        for link in slow:
            link.close()


def test_codes_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\nhostile requests: {dict(sorted(codes.items()))}")
    assert not [code for code in codes if code >= 500]
