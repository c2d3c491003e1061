"""Visiting the running app: the server process, what a page did, and when it has settled."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Route, WebSocket

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "dashboard" / "app.py"
START_SECONDS = 60
SETTLE_MS = 30_000
# A settled app may rerun once more on its own, when a component reports the page's width or theme.
QUIET_MS = 400

# A deep link makes Streamlit's client ask for these under the page's own path first: harmless.
_KNOWN_404 = ("/_stcore/health", "/_stcore/host-config")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")

# True once the script has run, the connection stands and nothing on the page is stale, all that
# for QUIET_MS.
_SETTLED = """(quiet) => {
  const app = document.querySelector('[data-testid="stApp"]');
  const idle = app
    && app.dataset.testScriptState === 'notRunning'
    && app.dataset.testConnectionState === 'CONNECTED'
    && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]');
  if (!idle) { window.__idleSince = undefined; return false; }
  window.__idleSince ??= performance.now();
  return performance.now() - window.__idleSince >= quiet;
}"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """The app as `streamlit run` starts it, on a free port of this machine."""

    def __init__(
        self, env: Mapping[str, str] | None = None, app: Path = APP, health: str = "/healthz"
    ) -> None:
        """Starts the app and waits until it answers.

        Args:
            env: Variables on top of this process's own.
            app: The script to run.
            health: Path that answers once it runs.

        Raises:
            RuntimeError: If it ends or doesn't answer in time; holds the log.
        """
        port = _free_port()
        self._health = health
        self.url = f"http://127.0.0.1:{port}"
        self._log = tempfile.NamedTemporaryFile(prefix="ledger-server-", suffix=".log")  # noqa: SIM115
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "streamlit", "run", str(app)),
                *("--server.address", "127.0.0.1", "--server.port", str(port)),
                *("--server.headless", "true"),
            ],
            cwd=ROOT,
            env={**os.environ, "NO_COLOR": "1", "TERM": "dumb", **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                code = self._process.returncode
                raise RuntimeError(f"the server ended with exit code {code}:\n{self.log()}")
            try:
                with urllib.request.urlopen(f"{self.url}{self._health}", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                pass
            time.sleep(0.2)
        raise RuntimeError(f"{self._health} did not answer in {START_SECONDS} s:\n{self.log()}")

    @property
    def pid(self) -> int:
        """Number of the server's process."""
        return self._process.pid

    def log(self) -> str:
        """What the server has printed so far."""
        return Path(self._log.name).read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """Ends the server."""
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def is_outside(url: str) -> bool:
    """True for an address that is not on this machine."""
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in _LOOPBACK


@dataclass
class PageLog:
    """What the pages of a context did that it should not have done.

    Attributes:
        outside: Addresses of other machines that were asked for; every one was blocked.
        errors: Errors in the console and uncaught exceptions, known harmless ones left out.
    """

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def attach(self, context: BrowserContext) -> None:
        """Begins to watch a browser context, and blocks its requests to other machines."""
        context.route("**/*", _block_outside)
        context.on("request", self._on_request)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.errors.append(f"uncaught: {error.error}"))
        context.on("page", lambda page: page.on("websocket", self._on_websocket))

    def _on_request(self, request: Request) -> None:
        if is_outside(request.url):
            self.outside.append(request.url)

    def _on_websocket(self, socket_: WebSocket) -> None:
        if is_outside(socket_.url):
            self.outside.append(socket_.url)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        place = message.location.get("url", "")
        if "404" in message.text and urlsplit(place).path.endswith(_KNOWN_404):
            return
        self.errors.append(f"{message.text} ({place})")


def _block_outside(route: Route) -> None:
    if is_outside(route.request.url):
        route.abort()
    else:
        route.fallback()


def settle(page: Page) -> None:
    """Waits until the app has run its script and painted the result.

    Call it after every click or key that makes the app run again.
    """
    page.evaluate("window.__idleSince = undefined")
    page.wait_for_function(_SETTLED, arg=QUIET_MS, timeout=SETTLE_MS)


def goto(page: Page, url: str) -> None:
    """Opens an address and waits until the app has settled."""
    page.goto(url, wait_until="domcontentloaded")
    settle(page)
