"""Headers of every answer, and the server's own guards."""

import tomllib
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from dashboard.api import api_routes
from dashboard.headers import SecurityHeaders, content_policy, frame_ancestors
from data.upload import LIMITS, MB

CONFIG = Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml"


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=api_routes(), middleware=[Middleware(SecurityHeaders)]))


@pytest.mark.parametrize(
    "path", ["/healthz", "/api/v1/actors", "/api/v1/nothing", "/api?embed=true"]
)
def test_every_answer_has_the_headers(client, path):
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    for feature in ("camera=()", "microphone=()", "geolocation=()", "clipboard-write=(self)"):
        assert feature in headers["permissions-policy"]
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert policy["frame-ancestors"] == ("*" if "embed" in path else "'self'")
    assert "unsafe-eval" not in policy["script-src"]
    assert "unsafe-inline" not in policy["script-src"]
    assert not any("http" in value for value in policy.values())


@pytest.mark.parametrize("host", ["a b", "x; script-src *", "évil", "a\r\nX: y", "<script>", ""])
def test_a_host_can_write_nothing_into_the_policy(host):
    assert content_policy(host) == content_policy("/")


@pytest.mark.parametrize(
    "sites", ["javascript:", "https://x y;z", "https://a; script-src *", "'*'"]
)
def test_frame_ancestors_are_sites(sites):
    with pytest.raises(ValueError, match="is no site"):
        frame_ancestors({"ARMS_LEDGER_FRAME_ANCESTORS": sites})


def test_the_servers_own_guards_are_up():
    config = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    server, client = config["server"], config["client"]
    assert (server["enableCORS"], server["enableXsrfProtection"]) == (True, True)
    assert server["enableStaticServing"] is False
    assert server["maxUploadSize"] * MB == LIMITS.archive_bytes
    assert (client["showErrorDetails"], client["showErrorLinks"]) == ("type", False)
    assert config["browser"]["gatherUsageStats"] is False
