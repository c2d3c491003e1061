"""Lets many readers use the app for a long time and says whether the server grows.

    python -m tests.bench.soak --minutes 30 --viewers 30

Memory, threads and open files of the server are written down every few seconds; after the
warm-up each should lie flat. Some readers vanish without a word and some read slowly,
as readers do. It never fails: the figures are for whoever reads them.
"""

import argparse
import asyncio
import json
import random
import statistics
import time
import urllib.request
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from data.load import Dataset, load_dataset
from tests.bench.stream_client import StreamClient
from tests.browser.visit import Server

PAGES = ("", "timeline", "ledger", "network", "views", "record", "statements", "guide", "method")
TABLES = ("transfers", "statements", "views", "events", "sources")
SAMPLE_SECONDS = 10.0
WARM_SHARE = 1 / 3
# One reader in so many vanishes in the middle of a run, or takes nothing for a while.
ONE_IN_DROPPED, ONE_IN_SLOW = 4, 6


@dataclass(frozen=True, slots=True)
class Sample:
    """What the server held at one moment: megabytes, threads, open files, of these sockets."""

    seconds: float
    memory: float
    threads: int
    files: int
    sockets: int


@dataclass
class Tally:
    """What the readers did and saw."""

    seconds: list[float] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)


def sample(pid: int, start: float) -> Sample:
    """Reads a process's own account of itself.

    Raises:
        OSError: Where there is no /proc, or the process has ended.
    """
    folder = Path("/proc") / str(pid)
    status = dict(
        line.split(":", 1) for line in (folder / "status").read_text().splitlines() if ":" in line
    )
    links = []
    for link in (folder / "fd").iterdir():
        with suppress(OSError):
            links.append(str(link.readlink()))
    return Sample(
        seconds=time.monotonic() - start,
        memory=int(status["VmRSS"].split()[0]) / 1024,
        threads=int(status["Threads"]),
        files=len(links),
        sockets=sum(link.startswith("socket:") for link in links),
    )


def some_query(dataset: Dataset, chance: random.Random) -> list[tuple[str, str]]:
    """Filters as a reader might set them."""
    offered = {
        "direction": ["iran-russia", "russia-iran"],
        "category": dataset.systems["category_code"].tolist(),
        "grade": ["C3", "B2"],
        "as_of": ["2022-10-01", "2023-06-30", "2024-09-10", "2025-03-01"],
        "q": ["drone", "su-35", "missile", "пво", "شاهد"],
    }
    keys = chance.sample(list(offered), k=chance.choice((0, 0, 1, 1, 2)))
    return [(key, chance.choice(offered[key])) for key in keys]


async def one_visit(
    url: str, dataset: Dataset, chance: random.Random, pause: float, tally: Tally
) -> None:
    """A reader comes, looks at a few pages, and leaves in one of several ways."""
    is_slow = chance.randrange(ONE_IN_SLOW) == 0
    async with StreamClient(url, receive_buffer=1 if is_slow else None) as client:
        for _ in range(chance.randint(2, 8)):
            page = chance.choice(PAGES)
            query = some_query(dataset, chance)
            if page == "record":
                query.append(("record", chance.choice(dataset.transfers["transfer_id"].tolist())))
            run = await client.open(page, query)
            tally.seconds.append(run.seconds)
            tally.failures.update(run.failures)
            tally.counts["runs"] += 1
            if is_slow:
                # Asks again and again and takes nothing meanwhile.
                tally.counts["slow readings"] += 1
                for _ in range(3):
                    await client.request()
                    await asyncio.sleep(chance.uniform(0, pause / 4))
            await asyncio.sleep(chance.uniform(0, 2 * pause))
        if chance.randrange(ONE_IN_DROPPED) == 0:
            tally.counts["connections dropped in a run"] += 1
            await client.request()
            client.drop()
    tally.counts["visits ended"] += 1


def _fetch(url: str) -> int:
    with urllib.request.urlopen(url, timeout=60) as answer:
        answer.read()
        return int(answer.status)


async def view(
    url: str, dataset: Dataset, chance: random.Random, pause: float, tally: Tally
) -> None:
    """One seat: a reader comes after the other, and some ask the API."""
    await asyncio.sleep(chance.uniform(0, 2 * pause))
    while True:
        tally.counts["visits begun"] += 1
        try:
            await one_visit(url, dataset, chance, pause, tally)
            table = chance.choice(TABLES)
            status = await asyncio.to_thread(_fetch, f"{url}/api/v1/{table}?limit=200")
            tally.counts[f"API answers {status}"] += 1
        except Exception as error:
            # Whatever it was, it is told, and the seat is taken again.
            tally.failures[f"{type(error).__name__}: {error}"] += 1
            await asyncio.sleep(pause)


def slope(samples: list[Sample], name: str) -> float:
    """Growth per hour of a quantity, by least squares."""
    hours = [s.seconds / 3600 for s in samples]
    values = [float(getattr(s, name)) for s in samples]
    return statistics.linear_regression(hours, values).slope if len(samples) > 1 else 0.0


def report(samples: list[Sample], tally: Tally) -> str:
    """The figures in words and a table."""
    warm = samples[int(len(samples) * WARM_SHARE) :]
    quarter = max(len(warm) // 4, 1)
    lines = [
        f"{len(samples)} samples over {samples[-1].seconds / 60:.1f} minutes; the first third is "
        "warm-up and left out below",
        f"{'':<12}{'start':>9}{'warm':>9}{'end':>9}{'most':>9}{'per hour':>12}",
    ]
    for name in ("memory", "threads", "files", "sockets"):
        values = [float(getattr(s, name)) for s in warm]
        first, last = statistics.median(values[:quarter]), statistics.median(values[-quarter:])
        label = "memory MB" if name == "memory" else name
        begun = float(getattr(samples[0], name))
        lines.append(
            f"{label:<12}{begun:>9,.1f}{first:>9,.1f}{last:>9,.1f}{max(values):>9,.1f}"
            f"{slope(warm, name):>+12,.2f}"
        )
    counts = ", ".join(f"{count:,} {name}" for name, count in sorted(tally.counts.items()))
    lines.append(counts)
    if len(tally.seconds) > 20:
        cuts = statistics.quantiles(tally.seconds, n=20)
        lines.append(f"a run took {cuts[9]:.2f} s in the median, {cuts[18]:.2f} s at the 95th")
    lines += [f"FAILED {count:,} times: {words}" for words, count in tally.failures.most_common(10)]
    return "\n".join(lines if tally.failures else [*lines, "no run failed"])


async def soak(server: Server, viewers: int, minutes: float, pause: float, seed: int) -> str:
    """Runs the readers and samples the server meanwhile.

    Args:
        server: The running app.
        viewers: Readers at a time.
        minutes: How long.
        pause: Seconds that a reader stays on a page, on average.
        seed: Number that the readers' choices follow from.

    Returns:
        The report.
    """
    dataset, tally, start = load_dataset(), Tally(), time.monotonic()
    seats = [
        asyncio.create_task(
            # Choices of pages, not secrets.
            view(server.url, dataset, random.Random(seed + n), pause, tally)
        )
        for n in range(viewers)
    ]
    samples: list[Sample] = []
    try:
        while time.monotonic() - start < minutes * 60:
            samples.append(sample(server.pid, start))
            if len(samples) % 30 == 0:
                last = samples[-1]
                print(
                    f"{last.seconds / 60:5.1f} min {last.memory:,.0f} MB, {last.threads} threads, "
                    f"{last.files} files, {tally.counts['runs']:,} runs",
                    flush=True,
                )
            await asyncio.sleep(SAMPLE_SECONDS)
    finally:
        for seat in seats:
            seat.cancel()
        await asyncio.gather(*seats, return_exceptions=True)
    folder = Path(__file__).with_name("soak.json")
    folder.write_text(
        json.dumps({name: [getattr(s, name) for s in samples] for name in Sample.__slots__}) + "\n"
    )
    return report(samples, tally)


def main() -> None:
    """Starts the app on a free port, soaks it, and prints the report."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--viewers", type=int, default=30)
    parser.add_argument("--pause", type=float, default=15, help="seconds on a page, on average")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    server = Server()
    try:
        print(
            f"{asked.viewers} readers for {asked.minutes:g} minutes on {server.url}, each about "
            f"{asked.pause:g} s on a page",
            flush=True,
        )
        print(asyncio.run(soak(server, asked.viewers, asked.minutes, asked.pause, asked.seed)))
    finally:
        server.stop()


if __name__ == "__main__":
    main()
