"""Measures what a reader waits for, beside the bar that it should keep.

    python -m tests.bench

Prints a table and writes it to results.json beside this file. It never fails: how
fast a machine is says nothing about whether the code is right.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from components.figures.timeline import timeline
from components.theme import Look
from data import assessment, claims, grades, selection
from data.load import Dataset, load_dataset
from data.queries import timeline as timeline_queries
from data.queries.ledger import transfer_table
from data.queries.names import names_of
from data.selection import Selection
from tests.bench.engines import measure_engines
from tests.bench.growth import measure_growth
from tests.bench.load import measure_load
from tests.bench.paint import measure_paint
from tests.bench.search import build_work, index_memory, search_works
from tests.bench.synthetic import enlarged, with_views

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).with_name("results.json")
DAY = date(2024, 9, 15)
MANY = 100_000


@dataclass(frozen=True)
class Result:
    """One measurement.

    Attributes:
        name: What was measured.
        median_ms: Median of the runs, in milliseconds.
        slowest_ms: The slowest of them.
        runs: How often it ran.
        bar_ms: What it should stay under; None where nothing is asked.
    """

    name: str
    median_ms: float
    slowest_ms: float
    runs: int
    bar_ms: float | None

    @property
    def verdict(self) -> str:
        """Whether the bar is kept."""
        if self.bar_ms is None:
            return ""
        return "kept" if self.median_ms < self.bar_ms else "MISSED"


def measure(
    name: str,
    work: Callable[[], Any],
    *,
    bar_ms: float | None = None,
    runs: int = 20,
    before: Callable[[], Any] = lambda: None,
) -> Result:
    """Runs something several times.

    Args:
        name: What it is.
        work: What is measured.
        bar_ms: What it should stay under.
        runs: How often it runs, after one run that doesn't count.
        before: What is done before each run, outside the measurement.
    """
    taken = []
    for _ in range(runs + 1):
        before()
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    taken = taken[1:]
    result = Result(name, statistics.median(taken), max(taken), runs, bar_ms)
    bar = f"{bar_ms:,.0f}" if bar_ms is not None else ""
    print(
        f"{name:<64}{result.median_ms:>11,.1f}{result.slowest_ms:>11,.1f}{bar:>9}  "
        f"{result.verdict}",
        flush=True,
    )
    return result


def run_python(*words: str) -> None:
    """Runs Python anew, as a start of the app or a command does."""
    subprocess.run([sys.executable, *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def forget_selections() -> None:
    """Empties what is kept per selection, but not what is kept per dataset."""
    for kept in (
        assessment.assess,
        claims.counted_claims,
        grades._graded,
        selection.known_on,
        selection._apply,
        transfer_table,
        names_of,
    ):
        kept.cache_clear()


def measure_statuses(words: str, dataset: Dataset, bar_ms: float, runs: int) -> list[Result]:
    """Statuses of all transfers, on a day in between and with everything known."""
    assessment.claims_of(dataset)
    count = f"{len(dataset.statements):,} statements, {len(dataset.transfers):,} transfers"
    return [
        measure(
            f"statuses {when}, {words}: {count}",
            lambda day=day: assessment.assess(dataset, day),
            bar_ms=bar_ms,
            runs=runs,
            before=assessment.assess.cache_clear,
        )
        for when, day in (("on a day", DAY), ("at the latest", None))
    ]


def measure_timelines(ledger: Dataset) -> list[Result]:
    """The timeline of this dataset, and of one with some 5,000 statements."""
    found = []
    for words, dataset in (("this dataset", ledger), ("5,000 statements", enlarged(ledger, 5000))):
        selected = Selection().apply(dataset)
        table, views = transfer_table(selected), timeline_queries.view_marks(selected)
        frames = (
            timeline_queries.transfer_spans(selected),
            timeline_queries.denials(selected),
            timeline_queries.event_marks(selected),
        )
        lanes = timeline_queries.transfer_lanes(selected, "direction")
        days = {"first": date(2021, 1, 1), "last": dataset.cut_off_date, "as_of": None}

        def draw(
            table: pd.DataFrame = table,
            frames: tuple[pd.DataFrame, ...] = frames,
            rest: dict[str, Any] = {"lanes": lanes, "views": views, **days},  # noqa: B006
        ) -> str:
            return timeline(table, *frames, look=Look(), **rest).to_json() or ""

        size = len(draw()) // 1000
        found.append(
            measure(f"timeline drawn and written, {words}: {size:,} kB", draw, bar_ms=150, runs=15)
        )
    return found


def measure_search(ledger: Dataset) -> list[Result]:
    """Search in the ledger and among many views; memory is printed."""
    results = []
    many = with_views(ledger, MANY)
    for words, dataset, bar_ms in (("this dataset", ledger, 50), ("many views", many, 150)):
        print(f"search index, {words}: {index_memory(dataset)}", flush=True)
        works = [build_work(words, dataset), *search_works(words, dataset, bar_ms)]
        results += [
            measure(work.name, work.work, before=work.before, bar_ms=work.bar_ms, runs=5)
            for work in works
        ]
    return results


def measure_queries() -> dict[str, Any]:
    """Measures loading, statuses, selections, figures and search."""
    print(f"{'':<64}{'median ms':>11}{'slowest':>11}{'bar':>9}")
    ledger = load_dataset()
    results = [
        measure(
            "loading at start, in a new process",
            lambda: run_python("-c", "from data.load import load_dataset; load_dataset()"),
            bar_ms=1500,
            runs=5,
        ),
        measure("loading again, in the same process", load_dataset),
        measure(
            "python -m data.checks", lambda: run_python("-m", "data.checks"), bar_ms=20_000, runs=3
        ),
        *measure_statuses("this dataset", ledger, 20, 40),
    ]
    wide = enlarged(ledger, MANY)
    deep = enlarged(ledger, MANY, has_more_transfers=False)
    results += measure_statuses("more transfers", wide, 500, 7)
    results += measure_statuses("more of each", deep, 500, 7)
    results.append(
        measure(
            f"reading the claims of {len(wide.statements):,} statements, once",
            lambda: assessment.claims_of(wide),
            runs=3,
            before=assessment.claims_of.cache_clear,
        )
    )
    shown = Selection(as_of=DAY).apply(ledger)
    narrow = Selection(as_of=DAY, actors=("iran",), direction="iran-russia", categories=("uav",))
    results += [
        measure(
            "selection applied, a new day",
            lambda: Selection(as_of=DAY).apply(ledger),
            before=forget_selections,
        ),
        measure(
            "selection applied, a new day and three filters",
            lambda: narrow.apply(ledger),
            before=forget_selections,
        ),
        measure(
            "selection applied, a day and a lowest grade",
            lambda: Selection(as_of=DAY, grade="C3").apply(ledger),
            before=forget_selections,
        ),
        measure("selection applied, seen before", lambda: Selection(as_of=DAY).apply(ledger)),
        measure(
            "table of transfers",
            lambda: transfer_table(shown),
            before=forget_selections,
        ),
    ]
    results += measure_timelines(ledger)

    results += measure_search(ledger)
    return {"results": [asdict(result) | {"verdict": result.verdict} for result in results]}


PARTS: dict[str, Callable[[], Any]] = {
    "queries": measure_queries,
    "paint": lambda: measure_paint(runs=30, loads=5),
    "load": lambda: measure_load([10, 50, 100], seconds=30, replicas=1),
    "replicas": lambda: measure_load([10, 50, 100], seconds=30, replicas=2),
    "growth": lambda: measure_growth([1, 10, 100, 1000]),
    "engines": lambda: measure_engines([1, 100, 1000]),
}


def main() -> None:
    """Measures everything, prints it and writes it down."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    kept: dict[str, Any] = {"python": platform.python_version(), "cores": os.cpu_count()}
    for name in parser.parse_args().only:
        print(f"\n── {name}, load average {os.getloadavg()[0]:.1f}", flush=True)
        kept[name] = PARTS[name]()
        RESULTS.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    print(f"\nWritten to {RESULTS.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
