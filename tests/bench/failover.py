"""One of two replicas behind nginx is killed under fifty readers: is each back on its own view?

    python -m tests.bench.failover --viewers 50

Uses `deploy/nginx.conf` with this machine's ports. Says plainly that it was left out where nginx
is missing. Ends with 1 if a reader isn't back within ten seconds, or is back on another view.
"""

import argparse
import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from websockets.exceptions import WebSocketException

from tests.bench.stream_client import Query, Run, StreamClient
from tests.browser.visit import ROOT, Server, _free_port

BAR_SECONDS = 10.0
RETRY_SECONDS = 0.5  # Streamlit's own client begins with this and waits longer each time
PAGES = ("timeline", "ledger", "views", "statements", "record")


@contextmanager
def proxy(nginx: str, servers: list[Server]) -> Iterator[str]:
    """Runs nginx with the configuration of `deploy/` in front of replicas on this machine."""
    port = _free_port()
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for number, server in enumerate(servers, start=1):
        text = text.replace(f"app{number}:8501", server.url.removeprefix("http://"))
    text = text.replace("listen 8080", f"listen 127.0.0.1:{port}")
    with tempfile.TemporaryDirectory(prefix="ledger-nginx-") as folder:
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        places = "".join(f"    {kind}_temp_path {folder}/{kind};\n" for kind in kinds)
        text = text.replace("http {\n", f"http {{\n{places}", 1)
        path = Path(folder) / "nginx.conf"
        path.write_text(text, encoding="utf-8")
        own = f"daemon off; pid {folder}/pid; error_log {folder}/error.log;"
        process = subprocess.Popen([nginx, "-c", str(path), "-g", own])
        try:
            url = f"http://127.0.0.1:{port}"
            for _ in range(50):
                with suppress(OSError):
                    urllib.request.urlopen(f"{url}/healthz", timeout=5).close()
                    break
                time.sleep(0.1)
            yield url
        finally:
            process.terminate()
            process.wait(timeout=10)


def _seat(url: str) -> str:
    """The cookie that a browser gets with the page."""
    with urllib.request.urlopen(url, timeout=60) as answer:
        found = re.search(r"ledger_seat=[0-9a-f]{32}", answer.headers.get("Set-Cookie", ""))
    if found is None:
        raise RuntimeError("the proxy set no cookie")
    return found[0]


def _view(number: int) -> tuple[str, Query]:
    """A page and filters of a reader's own; every fourth looks at an earlier day."""
    page = PAGES[number % len(PAGES)]
    query = [("direction", ("iran-russia", "russia-iran")[number % 2])]
    query.append(("dates", f"20{15 + number % 7}-{1 + number % 12:02}-01"))
    query.append(("dates", "2026-01-01"))
    if number % 4 == 0:
        query.append(("as_of", f"20{23 + number % 3}-09-15"))
    return page, [*query, ("record", "su-35")] if page == "record" else query


def _shown(run: Run) -> list[str]:
    return sorted(run.text)


async def reader(
    url: str, number: int, ready: asyncio.Semaphore, killed: asyncio.Event, kept: dict[str, Any]
) -> None:
    """Opens a view; if its connection breaks, connects again and looks whether it is the same."""
    seat = await asyncio.to_thread(_seat, url)
    page, query = _view(number)
    async with StreamClient(url, headers={"Cookie": seat}) as client:
        await client.open(page, query)
        # The second run is what stands once a page has settled.
        before, link = _shown(await client.rerun()), client.query
        ready.release()
        await killed.wait()
        start = time.monotonic()
        try:
            await asyncio.wait_for(client.socket.wait_closed(), 3)
        except TimeoutError:
            kept["stayed"] += 1
            await asyncio.sleep(BAR_SECONDS)
            run = await client.rerun()
            kept["same"] += _shown(run) == before
            return
        while True:
            try:
                run = await client.reconnect()
                break
            except (OSError, WebSocketException, TimeoutError):
                await asyncio.sleep(RETRY_SECONDS)
        kept["back_seconds"].append(time.monotonic() - start)
        kept["same"] += _shown(run) == before and client.query == link
        kept["failures"] += run.failures


async def play(url: str, servers: list[Server], viewers: int) -> dict[str, Any]:
    """Lets readers settle, kills the first replica, and waits until all are back."""
    ready, killed = asyncio.Semaphore(0), asyncio.Event()
    kept: dict[str, Any] = {"stayed": 0, "same": 0, "back_seconds": [], "failures": []}
    tasks = []
    for number in range(viewers):
        tasks.append(asyncio.create_task(reader(url, number, ready, killed, kept)))
        await asyncio.sleep(0.05)
    for _ in range(viewers):
        await asyncio.wait_for(ready.acquire(), 120)
    os.kill(servers[0].pid, signal.SIGKILL)
    killed.set()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, BaseException):
            kept["failures"].append(f"{type(outcome).__name__}: {outcome}")
    return kept


def main() -> int:
    """Tries it, prints the figures and writes failover.json."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--viewers", type=int, default=50)
    given = parser.parse_args()
    nginx = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if nginx is None:
        print("LEFT OUT: nginx is missing (apt-get install nginx-light)")
        return 0
    servers = [Server({"STREAMLIT_SERVER_COOKIE_SECRET": "one-secret-for-both"}) for _ in range(2)]
    try:
        with proxy(nginx, servers) as url:
            kept = asyncio.run(play(url, servers, given.viewers))
    finally:
        for server in servers:
            server.stop()
    back = sorted(kept["back_seconds"])
    kept |= {"viewers": given.viewers, "load_average": os.getloadavg()[0]}
    most = back[-1] if back else 0.0
    is_good = kept["same"] == given.viewers and most < BAR_SECONDS and bool(back)
    middle = back[len(back) // 2] if back else 0.0
    print(
        f"{len(back)} of {given.viewers} readers lost their replica, {kept['stayed']} kept theirs. "
        f"Back after {middle:.1f} s in the median, {most:.1f} s at "
        f"most (bar {BAR_SECONDS:.0f} s); {kept['same']} of {given.viewers} on the view that they "
        f"had; failures: {kept['failures'][:3] or 'none'}; "
        f"load average {kept['load_average']:.1f}. "
        f"{'kept' if is_good else 'MISSED'}"
    )
    Path(__file__).with_name("failover.json").write_text(json.dumps(kept, indent=2) + "\n")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
