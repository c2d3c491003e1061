"""Runs the test tiers in order, cheap ones first, and says what each of them ran.

    python -m tests.tiers

A tier that fails stops the run. Without a Chromium the browser tier is left out and
the last lines say so; `BROWSER_TIER=required` makes that a failure instead.
"""

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

from tests.browser.chromium import CHROMIUM_NAMES, find_chromium, is_browser_required

ROOT = Path(__file__).resolve().parent.parent
PYTEST_NO_TESTS = 5


@dataclass(frozen=True)
class Tier:
    """One set of tests that need the same things."""

    name: str
    what: str
    paths: tuple[str, ...]
    is_parallel: bool = True


TIERS = (
    Tier("pure", "functions, without an app", ("tests/data", "tests/components", "tests/hostile")),
    Tier("AppTest", "pages, without a browser", ("tests/dashboard",)),
    # One at a time: these wait for what a browser paints.
    Tier("browser", "the running app in Chromium", ("tests/browser",), is_parallel=False),
)
NO_CHROMIUM = (
    f"no Chromium found (looked for {', '.join(CHROMIUM_NAMES)}); "
    "install it or set CHROMIUM=/path/to/it"
)


@dataclass(frozen=True)
class Counts:
    """What became of the tests of a tier."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped
        )

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def read_counts(report: Path) -> Counts:
    """Counts from pytest's JUnit report; none where pytest wrote no report."""
    try:
        suites = list(ET.parse(report).getroot().iter("testsuite"))
    except (OSError, ET.ParseError):
        return Counts()

    def total(name: str) -> int:
        return sum(int(suite.get(name, 0)) for suite in suites)

    failed, skipped = total("failures") + total("errors"), total("skipped")
    return Counts(total("tests") - failed - skipped, failed, skipped)


def run(tier: Tier) -> tuple[int, Counts]:
    """Runs one tier with pytest; returns its exit code and counts."""
    print(f"── {tier.name}: {tier.what} ({' '.join(tier.paths)})", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        workers = ["-n", "auto", "--dist", "worksteal"] if tier.is_parallel else []
        command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *workers, *tier.paths]
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        return code, read_counts(report)


def main() -> int:
    """Runs the tiers; the exit code is that of the first tier that failed."""
    lines: list[str] = []
    total, code = Counts(), 0
    for tier in TIERS:
        if code:
            lines.append(f"{tier.name:<8} not run")
            continue
        if tier.name == "browser" and find_chromium() is None:
            if is_browser_required():
                code = 1
                lines.append(f"{tier.name:<8} FAILED, and required: {NO_CHROMIUM}")
            else:
                lines.append(f"{tier.name:<8} LEFT OUT: {NO_CHROMIUM}")
            continue
        code, counts = run(tier)
        total += counts
        lines.append(f"{tier.name:<8} {counts}")
        if code == PYTEST_NO_TESTS:
            lines[-1] += f": no tests in {' '.join(tier.paths)}"
    print("── tests by tier", *lines, "", total, sep="\n", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
