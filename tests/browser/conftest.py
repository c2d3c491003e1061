"""Fixtures of the browser tier: one server and one Chromium for all, a fresh context per test.

A test sets the width or the colours of its page by parametrizing `viewport_width`
(1440 or 390) or `color_scheme` ("light" or "dark").
"""

from collections.abc import Callable, Generator, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import CHROMIUM_ARGS, find_chromium, is_browser_required
from tests.browser.visit import APP, PageLog, Server

# A busy machine paints late; what never comes still fails.
expect.set_options(timeout=15_000)
HEIGHTS = {1440: 900, 390: 844}
_LOG_CHARACTERS = 4000
_servers: list[Server] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks everything in this folder `browser`."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Puts the end of the servers' logs into the report of a failed test."""
    report = yield
    if report.failed and Path(__file__).parent in item.path.parents:
        for server in _servers:
            report.sections.append((f"log of {server.url}", server.log()[-_LOG_CHARACTERS:]))
    return report


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Path of Chromium; without one the tests are skipped, or fail where it is required."""
    path = find_chromium()
    if path is None:
        message = "no Chromium found; install it or set CHROMIUM=/path/to/it"
        if is_browser_required():
            pytest.fail(f"{message} (BROWSER_TIER=required)")
        pytest.skip(message)
    return path


@pytest.fixture(scope="session")
def start_server() -> Iterator[Callable[..., Server]]:
    """Starts a server with variables of its own, for tests that need another one than `server`."""

    def start(env: Mapping[str, str] | None = None, app: Path = APP) -> Server:
        _servers.append(Server(env, app))
        return _servers[-1]

    yield start
    while _servers:
        _servers.pop().stop()


@pytest.fixture(scope="session")
def server(chromium_path: str, start_server: Callable[..., Server]) -> Server:
    """The app on the ledger's own dataset."""
    return start_server()


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One headless Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=chromium_path, args=list(CHROMIUM_ARGS)
        )
        yield chromium
        chromium.close()


@pytest.fixture
def viewport_width() -> int:
    """Width of the page in CSS pixels."""
    return 1440


@pytest.fixture
def color_scheme() -> str:
    """What the reader's system prefers."""
    return "light"


@pytest.fixture
def page_log() -> PageLog:
    """What `page` asked of other machines, and its errors."""
    return PageLog()


@pytest.fixture
def page(
    browser: Browser, viewport_width: int, color_scheme: str, page_log: PageLog
) -> Iterator[Page]:
    """A page in a fresh context that can reach nothing but this machine."""
    context = browser.new_context(
        viewport={"width": viewport_width, "height": HEIGHTS.get(viewport_width, 900)},
        color_scheme=color_scheme,
        service_workers="block",
        accept_downloads=True,
        locale="en-GB",
    )
    page_log.attach(context)
    yield context.new_page()
    context.close()
