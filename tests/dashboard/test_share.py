"""Frames: who may show a page in one, and what stands in it."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.headers import VARIABLE, SecurityHeaders, frame_ancestors

pytestmark = pytest.mark.usefixtures("own_data")


@pytest.fixture
def policy(monkeypatch):
    def ask(link: str, sites: str = "") -> str:
        monkeypatch.setenv(VARIABLE, sites)
        app = Starlette(
            routes=[Route("/{path:path}", lambda request: PlainTextResponse("ok"))],
            middleware=[Middleware(SecurityHeaders)],
        )
        with TestClient(app) as client:
            found = client.get(link).headers["content-security-policy"]
        return found.partition("frame-ancestors ")[2]

    return ask


def test_only_pages_made_for_frames_may_be_framed_elsewhere(policy):
    assert policy("/timeline") == "'self'"
    assert policy("/timeline?as_of=latest&embed=true") == "*"
    assert policy("/timeline?embed=true", "https://example.org") == "https://example.org"
    assert policy("/timeline?q=embed%3Dtrue", "https://example.org") == "'self'"


@pytest.mark.parametrize(
    "sites", ["example", "https://a;script-src *", "javascript:x", "'self', *"]
)
def test_a_site_that_is_none_is_refused_with_the_mend(sites):
    with pytest.raises(ValueError, match="is no site; write sites such as"):
        frame_ancestors({VARIABLE: sites})


def test_the_code_of_a_frame_holds_the_link_of_the_page(open_page):
    page = open_page("ledger", {"category": ["uav"]})
    link, frame = (code.value for code in page.app.sidebar.code)
    source = frame.partition('src="')[2].partition('"')[0].replace("&amp;", "&")
    pairs = parse_qsl(urlsplit(source).query, keep_blank_values=True)
    assert [pair for pair in pairs if pair[0] != "embed"] == parse_qsl(
        urlsplit(link).query, keep_blank_values=True
    )
    assert ("embed", "true") in pairs
    assert frame.startswith("<iframe ")
    assert "</iframe>" in frame


def test_a_search_cannot_break_out_of_the_frames_code(open_page):
    page = open_page("ledger", {"q": ['"><script>alert(1)</script>']})
    frame = page.app.sidebar.code[1].value
    assert "<script" not in frame
    assert frame.count("<") == 2
