"""One definition of the Ledger's counts on pandas, DuckDB and PostgreSQL, at growing sizes.

    python -m tests.bench.engines --times 1 100 1000

The definition is written once in Ibis and run by an engine inside the process (DuckDB) and by a
server (PostgreSQL, where its programs are installed); pandas does the same by hand, as the app does
today. See docs/decisions/0001-data-beyond-memory.md. It never fails.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ibis
import pandas as pd
import psutil

from data.load import Dataset, load_dataset
from tests.bench.synthetic import enlarged

DAYS = ("2022-12-31", "2024-09-15", "2026-08-19")
CATEGORIES = ("uav", "missile", "aircraft")
_SAID = (
    *("statement_id", "transfer_id", "speaker_id", "stance_code", "stage_code", "credibility_code"),
    *("derived_from_id", "published_date_latest", "said_date_latest"),
)
_ASSERTING = ("asserts", "confirms", "estimates")
_POSTGRES = Path("/usr/lib/postgresql")


def frames_of(dataset: Dataset) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Statements about transfers, and transfers, with the columns that the question needs."""
    said = dataset.statements.loc[dataset.statements["transfer_id"].notna(), list(_SAID)]
    transfers = dataset.transfers[["transfer_id", "direction_code", "category_code"]]
    return said.reset_index(drop=True), transfers.reset_index(drop=True)


def by_pandas(said: pd.DataFrame, transfers: pd.DataFrame, day: str, category: str) -> pd.DataFrame:
    """Counted statements and speakers of each transfer of a category, as known on a day."""
    chosen = transfers[transfers["category_code"] == category]
    counted = said[
        said["transfer_id"].isin(chosen["transfer_id"])
        & (said["published_date_latest"] <= pd.Timestamp(day))
        & said["derived_from_id"].isna()
        & (said["credibility_code"] != "5")
        & said["stance_code"].isin([*_ASSERTING, "denies"])
    ]
    rows = (
        counted.assign(is_denial=counted["stance_code"] == "denies")
        .groupby("transfer_id")
        .agg(
            statements=("statement_id", "size"),
            speakers=("speaker_id", "nunique"),
            denials=("is_denial", "sum"),
            last_said=("said_date_latest", "max"),
        )
    )
    return rows.merge(chosen, on="transfer_id").sort_values("transfer_id", ignore_index=True)


def by_ibis(said: Any, transfers: Any, day: str, category: str) -> Any:
    """The same as one expression for any engine."""
    chosen = transfers.filter(transfers.category_code == category)
    counted = said.filter(
        said.published_date_latest <= ibis.timestamp(f"{day} 00:00:00"),
        said.derived_from_id.isnull(),
        said.credibility_code != "5",
        said.stance_code.isin([*_ASSERTING, "denies"]),
    ).join(chosen, "transfer_id")
    return (
        counted.group_by("transfer_id", "direction_code", "category_code")
        .aggregate(
            statements=counted.count(),
            speakers=counted.speaker_id.nunique(),
            denials=(counted.stance_code == "denies").sum(),
            last_said=counted.said_date_latest.max(),
        )
        .order_by("transfer_id")
    )


@contextmanager
def postgres() -> Iterator[dict[str, Any] | None]:
    """A PostgreSQL of its own in a temporary folder; None where it can't be run."""
    found = sorted(_POSTGRES.glob("*/bin")) if _POSTGRES.is_dir() else []
    runner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if not found or (runner and not shutil.which("runuser")):
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="ledger-postgres-"))
    folder.chmod(0o777)
    place, port = folder / "data", 54329

    def run(*words: str) -> None:
        subprocess.run([*runner, *words], check=True, capture_output=True, cwd=folder)

    try:
        run(str(found[-1] / "initdb"), "-D", str(place), "-A", "trust", "-U", "ledger")
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        log = str(folder / "log")
        run(str(found[-1] / "pg_ctl"), "-D", str(place), "-l", log, "-o", options, "-w", "start")
        yield {"host": "127.0.0.1", "port": port, "user": "ledger", "database": "postgres"}
    finally:
        if place.is_dir():
            run(str(found[-1] / "pg_ctl"), "-D", str(place), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _times(ask: Callable[[str, str], pd.DataFrame]) -> tuple[float, float]:
    """Median and slowest of every day and category, in milliseconds."""
    taken = []
    for _ in range(2):
        for day in DAYS:
            for category in CATEGORIES:
                start = time.perf_counter()
                ask(day, category)
                taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken), max(taken)


def _memory() -> float:
    return float(psutil.Process().memory_info().rss / 1e6)


def measure_engines(times: list[int]) -> list[dict[str, Any]]:
    """Measures each engine at each size; prints a line each.

    Args:
        times: How many times as large as the ledger.
    """
    ledger, found = load_dataset(), []
    print(f"{'statements':>12} {'engine':<12}{'median ms':>11}{'slowest':>9}{'fill s':>8}{'MB':>8}")
    for each in times:
        dataset = ledger if each == 1 else enlarged(ledger, each * len(ledger.statements))
        said, transfers = frames_of(dataset)
        del dataset
        memory = said.memory_usage(deep=True).sum() / 1e6
        rows: list[tuple[str, float, float, float, float]] = []
        expected = by_pandas(said, transfers, DAYS[1], CATEGORIES[0])
        rows.append(("pandas", *_times(lambda d, c: by_pandas(said, transfers, d, c)), 0, memory))  # noqa: B023
        with tempfile.TemporaryDirectory() as folder:
            start, before = time.perf_counter(), _memory()
            said.to_parquet(Path(folder) / "said.parquet")
            transfers.to_parquet(Path(folder) / "transfers.parquet")
            engine = ibis.duckdb.connect(threads=2)
            tables = [
                engine.read_parquet(Path(folder) / f"{name}.parquet")
                for name in ("said", "transfers")
            ]
            filled = time.perf_counter() - start
            _same(by_ibis(*tables, DAYS[1], CATEGORIES[0]).execute(), expected)
            rows.append(
                (
                    "DuckDB",
                    *_times(lambda d, c: by_ibis(*tables, d, c).execute()),  # noqa: B023
                    *(filled, max(_memory() - before, 0)),
                )
            )
            engine.disconnect()
        with postgres() as server:
            if server is None:
                print(f"{'':>12} PostgreSQL left out: its programs are missing")
            else:
                start = time.perf_counter()
                engine = ibis.postgres.connect(**server)
                for name, frame in (("said", said), ("transfers", transfers)):
                    engine.create_table(name, frame, overwrite=True)
                # Without counts of its own the planner guesses badly: 25 s for one question.
                engine.raw_sql("ANALYZE").close()
                filled = time.perf_counter() - start
                tables = [engine.table("said"), engine.table("transfers")]
                _same(by_ibis(*tables, DAYS[1], CATEGORIES[0]).execute(), expected)
                took = _times(lambda d, c: by_ibis(*tables, d, c).execute())  # noqa: B023
                rows.append(("PostgreSQL", *took, filled, 0))
                engine.disconnect()
        for engine_name, middle, slowest, filled, held in rows:
            print(
                f"{len(said):>12,} {engine_name:<12}{middle:>11,.1f}{slowest:>9,.0f}{filled:>8.1f}"
                f"{held:>8,.0f}",
                flush=True,
            )
            found.append(
                {
                    "statements": len(said),
                    "engine": engine_name,
                    "median_ms": middle,
                    "slowest_ms": slowest,
                    "fill_s": filled,
                    "held_mb": held,
                    "load_average": os.getloadavg()[0],
                }
            )
    return found


def _same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    """Says where an engine answers otherwise than pandas."""
    columns = ["transfer_id", "statements", "speakers", "denials"]
    left, right = (
        frame[columns].sort_values("transfer_id", ignore_index=True) for frame in (found, expected)
    )
    if not (left.astype(str).to_numpy() == right.astype(str).to_numpy()).all():
        print("  the answer differs from that of pandas")


def main() -> None:
    """Measures and writes engines.json beside this file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, nargs="+", default=[1, 100, 1000])
    found = measure_engines(parser.parse_args().times)
    Path(__file__).with_name("engines.json").write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
