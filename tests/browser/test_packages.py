"""Other packages than the ledger's own: broken ones are reported, hostile ones stay mute."""

import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_evidence import graph_places
from tests.browser.visit import PageLog, Server, goto, settle
from tests.data.package_fixture import edit_cell, row_of, write_package
from tests.hostile.poison import BREAKOUT, SCRIPT, fill_texts

PATHS = (
    *("/", "/timeline?rows=each", "/ledger?columns=all", "/network", "/views"),
    *("/record?record=drones", "/record?record=talks-2022-07-19", "/statements", "/guide"),
    *("/method", "/?q=script", "/timeline?embed=true", "/?embed=true&chart=mirrored"),
)
# Served as data: a browser that took them for pages would run what they hold.
FILES = ("/api/v1/transfers", "/api/v1/statements", "/api/v1/search?q=window")
PAYLOAD = f"{SCRIPT} {BREAKOUT}"
_TRAPS = """() => [...document.querySelectorAll(
  'img[onerror], [onload], [onmouseover], [onfocus], [ontoggle], [srcdoc*="pwned"], '
  + '[src*="outside.example"], a[href], [aria-label="verified icon"]'
)].filter(element => element.tagName !== 'A'
  || !/^https?:/.test(element.protocol) || element.host.endsWith('outside.example')
).map(element => element.outerHTML.slice(0, 160))"""

_OPEN_ALL = """() => document.querySelectorAll('[data-testid="stExpander"] summary')
  .forEach(summary => summary.click())"""


def health(url: str) -> tuple[int, dict]:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


class _Answering(Server):
    """A server that may answer that its data are broken."""

    def _wait(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                health(self.url)
            except OSError:
                time.sleep(0.2)
            else:
                return
        raise RuntimeError(f"the server did not answer:\n{self.log()}")


def test_a_broken_package_is_reported_and_the_process_stays_up(
    page: Page, page_log: PageLog, chromium_path: str, tmp_path: Path
) -> None:
    folder = write_package(tmp_path / "package", has_whole_vocabularies=True)
    row = row_of("transfers", "jets")
    edit_cell(folder, "transfers", row, "supplier_id", "<b>nowhere</b>")
    server = _Answering({"ARMS_LEDGER_DATA": str(folder)})
    try:
        assert health(server.url)[0] == 503
        for path in ("/", "/record?record=jets"):
            goto(page, server.url + path)
            heading = page.get_by_role("heading", level=1)
            expect(heading).to_have_text("This dataset cannot be shown")
            report = page.get_by_test_id("stCode").inner_text()
            assert f"tables/transfers.csv:{row}:supplier_id:" in report
            assert "<b>nowhere</b>" in report
            assert "Traceback" not in page.get_by_test_id("stApp").inner_text()
            assert page.get_by_test_id("stException").count() == 0
        status, body = health(server.url)
        assert (status, body["status"]) == (503, "broken data")
        assert body["problems"] == len(report.splitlines())
        edit_cell(folder, "transfers", row, "supplier_id", "russia")
        deadline = time.monotonic() + 20
        while health(server.url)[0] != 200:
            assert time.monotonic() < deadline, "a mended package is not read again"
            time.sleep(0.3)
        goto(page, f"{server.url}/record?record=jets")
        expect(page.get_by_role("heading", level=1)).to_have_text("Su-35 fighters")
        assert page_log.errors == []
    finally:
        server.stop()


@pytest.fixture(scope="module")
def hostile_server(
    chromium_path: str,
    start_server: Callable[..., Server],
    tmp_path_factory: pytest.TempPathFactory,
) -> Server:
    """The app on a package whose every free text is an attack."""
    folder = tmp_path_factory.mktemp("hostile") / "package"
    write_package(folder, has_whole_vocabularies=True)
    fill_texts(folder, PAYLOAD)
    edit_cell(folder, "actors", row_of("actors", "example-militia"), "name", "M" * 10_000)
    return start_server({"ARMS_LEDGER_DATA": str(folder)})


def test_hostile_names_stay_mute_in_the_network_and_in_its_files(
    page: Page, page_log: PageLog, hostile_server: Server, tmp_path: Path
) -> None:
    for query in (
        "unfold=all&tie=iran~example-militia~proxy_support",
        "focus=iran&path_from=example-militia&path_to=russia",
    ):
        goto(page, f"{hostile_server.url}/network?{query}")
        page.evaluate(_OPEN_ALL)
        settle(page)
        (node,) = (n for n in graph_places(page)["nodes"] if n["id"] == "iran")
        assert all(len(line) <= 17 for line in node["label"].split("\n"))
        page.mouse.move(*node["at"])
        page.wait_for_timeout(400)  # the tooltip comes after a moment
        assert page.evaluate("window.__pwned") is None
        assert page.evaluate(_TRAPS) == []
        assert page.evaluate("document.body.scrollWidth <= innerWidth")
    page.get_by_test_id("stMain").get_by_role("button", name="Download the graph").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("^HTML")).click()
    download.value.save_as(tmp_path / "network.html")
    page.goto((tmp_path / "network.html").as_uri())
    expect(page.locator("#graph canvas")).to_be_visible()
    assert page.evaluate("window.__pwned") is None
    assert page.evaluate(_TRAPS) == []
    assert page_log.outside == []
    assert page_log.errors == []


def test_hostile_data_stay_mute_on_every_page(
    page: Page, page_log: PageLog, hostile_server: Server
) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for path in PATHS:
        goto(page, f"{hostile_server.url}{path}")
        assert page.get_by_test_id("stException").count() == 0, path
        page.evaluate(_OPEN_ALL)
        settle(page)
        assert page.evaluate("window.__pwned") is None, path
        assert page.evaluate(_TRAPS) == [], path
        # The guide shows no data; long labels of these charts are shortened, and cells are painted.
        if path not in ("/guide", "/?embed=true&chart=mirrored", "/ledger?columns=all"):
            # The attack is shown as the text that it is.
            assert "window.__pwned=2" in page.content(), path
    for path in FILES:
        page.goto(f"{hostile_server.url}{path}")
        assert page.evaluate("window.__pwned") is None, path
        assert page.evaluate(_TRAPS) == [], path
    assert dialogs == []
    assert page_log.outside == []
    assert page_log.errors == []
