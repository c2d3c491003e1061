"""Lists the licence of every package that is installed for the app and its tests.

    python -m tests.licences

A package that names none is listed as such and makes the exit code 1.
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
OWN = "arms-ledger"
_SHORT = 60


def _name(text: str) -> str:
    return re.sub(r"[-_.]+", "-", text).lower()


def licence(package: Distribution) -> str:
    """What a package says of its licence; "" if nothing."""
    data = package.metadata
    named = [
        text.rsplit("::", 1)[-1].strip()
        for text in data.get_all("Classifier", [])
        if text.startswith("License ::") and text != "License :: OSI Approved"
    ]
    written = (data.get("License") or "").strip()
    first = written.split("\n", 1)[0] if len(written.split("\n", 1)[0]) <= _SHORT else ""
    return (data.get("License-Expression") or "; ".join(named) or first).strip()


def _needs(package: Distribution) -> Iterator[str]:
    for text in package.requires or []:
        need = Requirement(text)
        if need.marker is None or need.marker.evaluate({"extra": ""}):
            yield _name(need.name)


def run_time(installed: dict[str, Distribution]) -> set[str]:
    """Names of the packages that the app itself needs, directly or not."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    left = [_name(line.split("==")[0]) for line in lines if "==" in line]
    found: set[str] = set()
    while left:
        name = left.pop()
        if name in installed and name not in found:
            found.add(name)
            left += _needs(installed[name])
    return found


def main() -> int:
    """Prints the table; 1 if a package of the app names no licence."""
    installed = {_name(package.metadata["Name"]): package for package in distributions()}
    needed = run_time(installed)
    pinned = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    wanted = {_name(line.split("==")[0]) for line in pinned if "==" in line} & installed.keys()
    silent = []
    for name in sorted(wanted | needed - {OWN}):
        package = distribution(name)
        found = licence(package)
        use = "app" if name in needed else "tests"
        print(f"{name:<32}{package.version:<16}{use:<7}{found or 'NO LICENCE NAMED'}")
        if not found and name in needed:
            silent.append(name)
    print(f"{len(wanted | needed)} packages, {len(needed)} of them run with the app")
    if silent:
        print(f"no licence named by: {', '.join(silent)}; look into their files")
    return bool(silent)


if __name__ == "__main__":
    sys.exit(main())
