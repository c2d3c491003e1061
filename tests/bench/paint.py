"""Click → last chart painted, and cold load → first chart, in a real browser, beside peers.

    python -m tests.bench.paint --runs 30 --loads 10

The same headless Chromium visits this app, an otherwise empty Streamlit page that swaps the same
figures drawn before (the floor), the same figures in Dash and in Panel, and a naive Streamlit page.
All clicks choose a direction that was shown before, so that every page swaps figures that it could
have kept; the naive page keeps nothing. It never fails.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import CHROMIUM_ARGS, find_chromium
from tests.browser.visit import ROOT, Server, _free_port

PEERS = Path(__file__).with_name("peers")
WATCH = Path(__file__).with_name("paint.js").read_text(encoding="utf-8")
CHOICES = ("Iran → Russia", "Russia → Iran")
QUIET_MS, MOST_MS = 500, 20_000
# Nothing has been painted, and nothing has come, for a while since the click.
_QUIET = """([quiet, on]) => {
  const b = window.__bench, now = performance.now();
  const app = document.querySelector('[data-testid="stApp"]');
  if (app && app.dataset.testScriptState !== 'notRunning') return false;
  const last = Math.max(b.t0, b.dom, b.charts.at(-1) || 0, b.messages.at(-1) || 0);
  return (b.messages.length > 0) && now - last > quiet;
}"""


@dataclass(frozen=True, slots=True)
class Target:
    """A page to measure.

    Attributes:
        who: Whose page: `app`, `floor`, `dash`, `panel`, `naive`.
        page: Which page.
        address: Its path and query.
    """

    who: str
    page: str
    address: str = "/"


@contextmanager
def _process(script: str, page: str) -> Iterator[str]:
    """Runs a peer that is a program of its own."""
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", f"tests.bench.peers.{script}", str(port)],
        cwd=ROOT,
        env={**os.environ, "BENCH_PAGE": page},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://localhost:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(url, timeout=5).close()
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def serving(target: Target) -> Iterator[str]:
    """Serves a target; gives its base address."""
    if target.who in ("dash", "panel"):
        with _process(f"{target.who}_page", target.page) as url:
            yield url
        return
    if target.who == "app":
        server = Server()
    else:
        env = {"BENCH_PAGE": target.page, "PYTHONPATH": str(ROOT)}
        server = Server(env, app=PEERS / f"{target.who}.py", health="/_stcore/health")
    try:
        yield server.url
    finally:
        server.stop()


def _open(browser: Browser, url: str) -> Page:
    page = browser.new_context(viewport={"width": 1440, "height": 1000}).new_page()
    page.add_init_script(WATCH)
    page.goto(url, wait_until="domcontentloaded")
    page.wait_for_function(_QUIET, arg=[QUIET_MS, 0], timeout=60_000)
    return page


def _click(page: Page, who: str, label: str) -> None:
    if who == "app":
        page.get_by_test_id("stSidebar").get_by_text(label, exact=True).first.click()
    elif who == "dash":
        page.get_by_text(label, exact=True).first.click()
    else:
        page.get_by_role("radio", name=label).or_(
            page.get_by_role("button", name=label)
        ).first.click()


def _read(page: Page, target: Target) -> dict[str, float]:
    b: dict[str, Any] = page.evaluate("() => window.__bench")
    charts = [at for at in b["charts"] if at > b["t0"]]
    if target.page == "network":
        charts = page.evaluate(
            "t => performance.getEntriesByName('network-painted').map(m => m.startTime)"
            ".filter(s => s > t)",
            b["t0"],
        )
    last = charts[-1] if charts else b["dom"]
    came = [at for at in b["messages"] if at <= last]
    server = (came[-1] if came else last) - (b["sent"] or b["t0"])
    return {"total": last - b["t0"], "server": server, "browser": last - b["t0"] - server}


def measure(browser: Browser, target: Target, url: str, runs: int, loads: int) -> dict[str, Any]:
    """Measures one page.

    Args:
        browser: The browser.
        target: What.
        url: Where it is served.
        runs: How many clicks count, after six that don't.
        loads: How many cold loads, each with an empty cache.
    """
    address = url + target.address
    first = []
    for _ in range(loads + 1):
        page = _open(browser, address)
        shown = page.evaluate("() => window.__bench.first || window.__bench.dom")
        first.append(float(shown))
        page.context.close()
    page = _open(browser, address)
    found = []
    for number in range(runs + 6):
        _click(page, target.who, CHOICES[number % 2])
        page.mouse.move(5, 990)
        page.wait_for_function(_QUIET, arg=[QUIET_MS, 0], timeout=MOST_MS)
        found.append(_read(page, target))
    found = found[6:]
    result = {
        "who": target.who,
        "page": target.page,
        "runs": runs,
        "load_ms": statistics.median(first[1:] or first),
        **{f"{key}_ms": statistics.median(f[key] for f in found) for key in found[0]},
        "slowest_ms": max(f["total"] for f in found),
        "load_average": os.getloadavg()[0],
    }
    page.context.close()
    return result


def brush(browser: Browser, url: str, moves: int = 30) -> dict[str, float]:
    """How long the strip below the timeline takes to follow the pointer.

    Args:
        browser: The browser.
        url: Where the app is served.
        moves: How many moves of the pointer.
    """
    page = _open(browser, f"{url}/timeline")
    strip = page.locator(".st-key-density .nsewdrag").first
    strip.scroll_into_view_if_needed()
    box = strip.bounding_box()
    if box is None:
        return {}
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.3, y)
    page.mouse.down()
    page.evaluate("() => { window.__bench.follows = true; window.__bench.moves = []; }")
    for step in range(moves):
        page.mouse.move(box["x"] + box["width"] * (0.3 + 0.4 * step / moves), y)
        page.wait_for_timeout(60)
    took = sorted(page.evaluate("() => window.__bench.moves"))
    page.context.close()
    if not took:
        return {}
    return {
        "moves_answered": len(took),
        "median_ms": statistics.median(took),
        "p95_ms": took[int(len(took) * 0.95) - 1],
        "load_average": os.getloadavg()[0],
    }


TARGETS = (
    Target("app", "timeline", "/timeline"),
    Target("floor", "timeline"),
    Target("dash", "timeline"),
    Target("panel", "timeline"),
    Target("naive", "timeline"),
    Target("app", "ledger", "/ledger"),
    Target("floor", "ledger"),
    Target("dash", "ledger"),
    Target("panel", "ledger"),
    Target("naive", "ledger"),
    Target("app", "network", "/network"),
    Target("app", "views", "/views"),
)


def _ratio(found: list[dict[str, Any]], page: str, over: str, under: str) -> float | None:
    by = {one["who"]: one["total_ms"] for one in found if one["page"] == page}
    return by[over] / by[under] if over in by and under in by else None


def measure_paint(runs: int, loads: int, only: str = "") -> dict[str, Any]:
    """Measures every target; prints a line each, then ratios and the brush.

    Args:
        runs: Clicks that count.
        loads: Cold loads.
        only: Page or peer to keep to; "" for all.
    """
    chromium = find_chromium()
    if chromium is None:
        print("left out: no Chromium found; set CHROMIUM=/path/to/it")
        return {}
    found: list[dict[str, Any]] = []
    kept: dict[str, Any] = {"pages": found, "ratios": {}}
    print(
        f"{'page':<12}{'of':<8}{'click ms':>10}{'server':>9}{'browser':>9}{'slowest':>9}"
        f"{'cold load':>11}{'load':>7}"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_ARGS))
        for target in TARGETS:
            if only and only not in (target.page, target.who):
                continue
            with serving(target) as url:
                try:
                    one = measure(browser, target, url, runs, loads)
                except Exception as error:  # one page that fails leaves the others
                    print(f"{target.page:<12}{target.who:<8} left out: {str(error)[:200]}")
                    continue
                if target.who == "app" and target.page == "timeline":
                    kept["brush"] = brush(browser, url)
            found.append(one)
            print(
                f"{one['page']:<12}{one['who']:<8}{one['total_ms']:>10,.0f}{one['server_ms']:>9,.0f}"
                f"{one['browser_ms']:>9,.0f}{one['slowest_ms']:>9,.0f}{one['load_ms']:>11,.0f}"
                f"{one['load_average']:>7.1f}",
                flush=True,
            )
        browser.close()
    for page in ("timeline", "ledger"):
        for name, over, under, bar in (
            ("app : floor, at most 1.25", "app", "floor", lambda r: r <= 1.25),
            ("app : Dash, at most 1.3", "app", "dash", lambda r: r <= 1.3),
            ("naive : app, at least 3", "naive", "app", lambda r: r >= 3),
        ):
            ratio = _ratio(found, page, over, under)
            if ratio is not None:
                kept["ratios"][f"{page}, {name}"] = ratio
                print(f"{page}, {name}: {ratio:.2f} {'kept' if bar(ratio) else 'MISSED'}")
    if kept.get("brush"):
        print(f"brush follows the pointer, under 50 ms: {kept['brush']}")
    return kept


def main() -> None:
    """Measures and writes paint.json beside this file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--loads", type=int, default=5)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    found = measure_paint(given.runs, given.loads, given.only)
    Path(__file__).with_name("paint.json").write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
