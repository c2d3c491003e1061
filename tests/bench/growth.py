"""Packages of the same contract that are ten, a hundred, a thousand times as large.

    python -m tests.bench.growth --times 1 10 100 1000

Each is written by a seeded generator, loaded in a process of its own, and asked the queries and
drawings of the Timeline and of the Ledger under filters that nothing was kept for. Prints load
time, time per filter change and memory; never fails.
"""

import argparse
import csv
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from data.package import FOLDER

# Columns that tell copies apart, by table; all else is told again. Statements and transfers
# grow, with what belongs to them; the actors, systems, sources and events stay.
_OWN = {
    "transfers": ("transfer_id",),
    "statements": ("statement_id", "transfer_id", "derived_from_id", "retracts_id"),
    "statement_sources": ("statement_id",),
    "deliveries": ("delivery_id", "transfer_id", "statement_id"),
    "event_transfers": ("transfer_id",),
}
_SEED = 7


def write_grown(folder: Path, times: int) -> Path:
    """Writes a package so many times as large as the ledger, the same each time.

    Args:
        folder: Where to; made if it isn't there.
        times: How often transfers and statements are told; 1 is the ledger itself.
    """
    shutil.copytree(FOLDER, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py*"))
    chance = random.Random(_SEED)
    for table, own in _OWN.items():
        path = folder / "tables" / f"{table}.csv"
        with (FOLDER / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            head, *rows = list(csv.reader(file))
        places = [head.index(column) for column in own]
        texts = [head.index(c) for c in ("summary", "name") if c in head]
        short = head.index("short_name") if "short_name" in head else None
        graded = head.index("credibility_code") if "credibility_code" in head else None
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(head)
            for number in range(times):
                for place, row in enumerate(rows):
                    if number:
                        row = list(row)
                        for column in places:
                            row[column] = row[column] and f"{row[column]}-copy-{number}"
                        for column in texts:
                            row[column] = f"{row[column]} ({number})"
                        if short is not None:
                            row[short] = f"{place}/{number}"
                        if graded is not None:
                            row[graded] = chance.choice("1234")
                    out.writerow(row)
    return folder


def _rss() -> float:
    import psutil

    return float(psutil.Process().memory_info().rss / 1e6)


def _measure_here(folder: Path) -> dict[str, Any]:
    """Loads a package and changes filters; run in a process of its own."""
    import data.package
    from components.panels import timeline_drawing
    from components.panels.amounts import drawn_amounts
    from components.theme import Look
    from data.load import load_dataset
    from data.page_settings import SETTINGS
    from data.queries.ledger import transfer_table
    from data.selection import Selection
    from tests.bench.__main__ import forget_selections

    # The app refuses files this large; here it shall read them.
    data.package.MAX_FILE_BYTES = 4 << 30
    before, start, cpu = _rss(), time.perf_counter(), time.process_time()
    dataset = load_dataset(folder)
    found: dict[str, Any] = {
        "statements": len(dataset.statements),
        "load_s": time.perf_counter() - start,
        "load_cpu_s": time.process_time() - cpu,
        "load_mb": _rss() - before,
    }
    look = Look()
    show = next(s.default for s in SETTINGS if s.page == "timeline" and s.key == "show")

    def change(selection: Selection) -> dict[str, float]:
        took = {}
        start = time.perf_counter()
        selected = selection.apply(dataset)
        took["select"] = time.perf_counter() - start
        start = time.perf_counter()
        transfer_table(selected)
        took["table"] = time.perf_counter() - start
        start = time.perf_counter()
        wanted = timeline_drawing.Wanted(
            *(_day(2021), dataset.cut_off_date, "direction", "packed", "year", show, (), ())
        )
        timeline_drawing.drawing(selected, wanted, look).figure.to_json()
        took["timeline"] = time.perf_counter() - start
        start = time.perf_counter()
        drawn_amounts(selected, "pieces", "category", look)[0].to_json()
        took["ledger"] = time.perf_counter() - start
        return took

    start = time.perf_counter()
    change(Selection())
    found["first_view_s"] = time.perf_counter() - start
    found["kept_mb"] = _rss() - before
    # Filters that weren't asked for before, at the day that is known already.
    kinds = [Selection(categories=(code,)) for code in ("uav", "missile", "aircraft")]
    ways = [
        Selection(direction="iran-russia", actors=("ukraine",)),
        Selection(standings=("denied",)),
    ]
    changes = [change(selection) for selection in (*kinds, *ways)]
    for step in ("select", "table", "timeline", "ledger"):
        found[f"{step}_ms"] = sorted(c[step] for c in changes)[len(changes) // 2] * 1000
    totals = sorted(sum(c.values()) for c in changes)
    found["change_ms"] = totals[len(totals) // 2] * 1000
    forget_selections()
    start = time.perf_counter()
    Selection(as_of=_day(2024)).apply(dataset)
    found["new_day_ms"] = (time.perf_counter() - start) * 1000
    return found


def _day(year: int) -> Any:
    from datetime import date

    return date(year, 1, 1)


def measure_growth(times: list[int], seconds: float = 600) -> list[dict[str, Any]]:
    """Measures packages of each size in processes of their own; prints a line each.

    Args:
        times: How many times as large as the ledger.
        seconds: How long one size may take before it is left out.
    """
    found = []
    print(
        f"{'statements':>12}{'load s':>9}{'CPU s':>8}{'MB':>8}{'first s':>9}{'change ms':>11}"
        f"{'select':>9}{'table':>9}{'timeline':>10}{'ledger':>9}{'new day':>9}{'load':>7}"
    )
    for each in times:
        with tempfile.TemporaryDirectory() as place:
            folder = write_grown(Path(place) / "package", each)
            try:
                done = subprocess.run(
                    [sys.executable, "-m", "tests.bench.growth", "--measure", str(folder)],
                    check=True,
                    capture_output=True,
                    text=True,
                    timeout=seconds,
                )
            except subprocess.SubprocessError as error:
                print(f"{each}×: left out: {error}\n{getattr(error, 'stderr', '')}")
                continue
        one = json.loads(done.stdout.splitlines()[-1])
        one |= {"times": each, "load_average": os.getloadavg()[0]}
        found.append(one)
        print(
            f"{one['statements']:>12,}{one['load_s']:>9.2f}{one['load_cpu_s']:>8.2f}"
            f"{one['kept_mb']:>8,.0f}{one['first_view_s']:>9.2f}{one['change_ms']:>11,.0f}"
            f"{one['select_ms']:>9,.0f}{one['table_ms']:>9,.0f}{one['timeline_ms']:>10,.0f}"
            f"{one['ledger_ms']:>9,.0f}{one['new_day_ms']:>9,.0f}{one['load_average']:>7.1f}",
            flush=True,
        )
    return found


def main() -> None:
    """Measures and writes growth.json beside this file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, nargs="+", default=[1, 10, 100, 1000])
    parser.add_argument("--measure", type=Path)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(_measure_here(given.measure)))
        return
    found = measure_growth(given.times)
    Path(__file__).with_name("growth.json").write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
