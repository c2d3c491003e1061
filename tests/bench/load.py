"""Many readers who each change a filter every two seconds; and the API under a load tool.

    python -m tests.bench.load --viewers 10 50 100 --seconds 30 --replicas 1

The readers are played over Streamlit's own socket, without browsers, from this machine: what
they cost is printed too. Several replicas share the readers as a proxy in front would.
It never fails: how fast a machine is says nothing about whether the code is right.
"""

import argparse
import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from tests.bench.stream_client import Run, StreamClient
from tests.browser.visit import Server

PAGES = ("timeline", "ledger", "views", "network", "", "statements")
PAUSE_SECONDS = 2.0
_API_FILE = Path(__file__).with_name("locustfile.py")


@dataclass
class Tally:
    """What the readers waited for, and what they were sent."""

    seconds: list[float] = field(default_factory=list)
    sent: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    failures: Counter[str] = field(default_factory=Counter)

    def note(self, page: str, run: Run, seconds: float) -> None:
        self.seconds.append(seconds)
        self.sent[page].append(run.wire)
        self.failures.update(run.failures)


def some_choice(client: StreamClient, chance: random.Random) -> tuple[str, dict[str, Any]]:
    """A filter that a reader might change, and its new value."""
    key = chance.choice(("filter_direction", "filter_categories", "filter_standings"))
    offered = client.options[key]
    return key, {"string_array_value": chance.sample(offered, chance.choice((0, 1, 1)))}


def _memory(servers: list[Server]) -> float:
    """Megabytes of all replicas."""
    return sum(psutil.Process(server.pid).memory_info().rss for server in servers) / 1e6


def _cpu(servers: list[Server]) -> float:
    return sum(sum(psutil.Process(server.pid).cpu_times()[:2]) for server in servers)


async def play(servers: list[Server], viewers: int, seconds: float) -> dict[str, Any]:
    """Lets so many readers change filters for so long.

    Args:
        servers: The replicas; readers go round them.
        viewers: How many readers.
        seconds: How long.

    Returns:
        The figures, ready for JSON.
    """
    tally, begins, tasks = Tally(), asyncio.Event(), []
    stop = [float("inf")]

    async def one(number: int) -> None:
        chance = random.Random(number)
        server = servers[number % len(servers)]
        page = PAGES[number % len(PAGES)]
        try:
            async with StreamClient(server.url, is_compressed=True) as client:
                await client.open(page)
                opened[number] = True
                await begins.wait()
                due = time.monotonic() + chance.uniform(0, PAUSE_SECONDS)
                while due < stop[0]:
                    await asyncio.sleep(max(due - time.monotonic(), 0))
                    key, value = some_choice(client, chance)
                    run = await client.choose(key, **value)
                    # From the moment the reader wanted it: a late start counts as waiting.
                    tally.note(page, run, time.monotonic() - due)
                    due = max(due + PAUSE_SECONDS, time.monotonic())
        except Exception as error:  # every way to fail is counted
            tally.failures[f"{type(error).__name__}: {error}"] += 1

    opened: dict[int, bool] = {}
    for number in range(viewers):
        tasks.append(asyncio.create_task(one(number)))
        await asyncio.sleep(0.1)
    while len(opened) + sum(tally.failures.values()) < viewers:
        await asyncio.sleep(0.1)
    cpu, own, start = _cpu(servers), time.process_time(), time.monotonic()
    stop[0] = start + seconds
    begins.set()
    await asyncio.gather(*tasks)
    took = time.monotonic() - start
    waits = sorted(tally.seconds)
    sent = [size for sizes in tally.sent.values() for size in sizes]
    return {
        "viewers": viewers,
        "replicas": len(servers),
        "changes": len(waits),
        "p50_ms": _quantile(waits, 0.5) * 1000,
        "p95_ms": _quantile(waits, 0.95) * 1000,
        "most_ms": max(waits, default=0.0) * 1000,
        "errors": dict(tally.failures),
        "server_cores": (_cpu(servers) - cpu) / took,
        "server_cpu_ms_per_change": (_cpu(servers) - cpu) / max(len(waits), 1) * 1000,
        "player_cores": (time.process_time() - own) / took,
        "memory_mb": _memory(servers),
        "sent_kb_median": _quantile(sorted(sent), 0.5) / 1000,
        "sent_kb_most": max(sent, default=0) / 1000,
        "sent_kb_by_page": {
            page or "overview": {
                "median": statistics.median(sizes) / 1000,
                "most": max(sizes) / 1000,
            }
            for page, sizes in tally.sent.items()
        },
        "load_average": os.getloadavg()[0],
    }


def _quantile(ordered: list[Any], share: float) -> float:
    return float(ordered[min(int(len(ordered) * share), len(ordered) - 1)]) if ordered else 0.0


def api_under_load(server: Server, users: int, seconds: int) -> dict[str, Any]:
    """Lets locust ask the API.

    Args:
        server: The running app.
        users: Askers at a time, each asking again at once.
        seconds: How long.

    Returns:
        Requests a second, p50, p95 and failures; what went wrong if it couldn't run.
    """
    with tempfile.TemporaryDirectory() as folder:
        stem = Path(folder) / "api"
        done = subprocess.run(
            [
                *(sys.executable, "-m", "locust", "-f", str(_API_FILE), "--headless"),
                *("-u", str(users), "-r", str(users), "-t", f"{seconds}s", "--host", server.url),
                *("--json-file", str(stem), "--only-summary"),
            ],
            check=False,
            capture_output=True,
            text=True,
        )
        found = Path(f"{stem}.json")
        if not found.exists():
            return {"left_out": done.stderr[-300:]}
        entries = json.loads(found.read_text())
    times: Counter[float] = Counter()
    for entry in entries:
        times.update({float(ms): count for ms, count in entry["response_times"].items()})
    count = sum(times.values())
    return {
        "users": users,
        "requests_per_second": count / seconds,
        "p50_ms": _quantile(sorted(times.elements()), 0.5),
        "p95_ms": _quantile(sorted(times.elements()), 0.95),
        "failures": sum(entry["num_failures"] for entry in entries),
        "load_average": os.getloadavg()[0],
    }


def measure_load(viewers: list[int], seconds: float, replicas: int) -> dict[str, Any]:
    """Measures the readers at each count, and the API; prints a line each.

    Args:
        viewers: How many readers, for each round.
        seconds: How long each round lasts.
        replicas: Processes that serve them.
    """
    found: dict[str, Any] = {"rounds": []}
    with ExitStack() as stack:
        servers = []
        for _ in range(replicas):
            servers.append(Server())
            stack.callback(servers[-1].stop)
        # What is kept per selection is filled first, so that rounds differ by readers alone.
        asyncio.run(play(servers, 6 * replicas, min(seconds, 20)))
        print(
            f"{'readers':<10}{'changes':>8}{'p50 ms':>9}{'p95 ms':>9}{'errors':>8}{'cores':>7}"
            f"{'ms CPU':>8}{'MB':>8}{'kB p50':>8}{'kB most':>9}{'load':>7}"
        )
        for count in viewers:
            one = asyncio.run(play(servers, count, seconds))
            found["rounds"].append(one)
            print(
                f"{count:<10}{one['changes']:>8}{one['p50_ms']:>9,.0f}{one['p95_ms']:>9,.0f}"
                f"{sum(one['errors'].values()):>8}{one['server_cores']:>7.2f}"
                f"{one['server_cpu_ms_per_change']:>8.0f}{one['memory_mb']:>8,.0f}"
                f"{one['sent_kb_median']:>8,.0f}{one['sent_kb_most']:>9,.0f}"
                f"{one['load_average']:>7.1f}",
                flush=True,
            )
        first, last = found["rounds"][0], found["rounds"][-1]
        if last["viewers"] > first["viewers"]:
            more = last["viewers"] - first["viewers"]
            found["mb_per_further_viewer"] = (last["memory_mb"] - first["memory_mb"]) / more
            print(f"memory per further reader: {found['mb_per_further_viewer']:.1f} MB")
        for page, sizes in last["sent_kb_by_page"].items():
            print(f"  sent on {page}: {sizes['median']:,.0f} kB, most {sizes['most']:,.0f} kB")
        found["api"] = api_under_load(servers[0], 20, 10)
        print(f"API: {found['api']}")
    return found


def main() -> None:
    """Measures and writes load.json beside this file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--viewers", type=int, nargs="+", default=[10, 50, 100])
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--replicas", type=int, default=1)
    given = parser.parse_args()
    found = measure_load(given.viewers, given.seconds, given.replicas)
    Path(__file__).with_name("load.json").write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
