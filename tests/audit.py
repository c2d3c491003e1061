"""Asks the advisory service for known faults of every pinned package.

    python -m tests.audit

Says plainly where the service doesn't answer, instead of finding nothing. Exit code: 0 for no
known fault, 1 for some, 2 where not every package could be looked up.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Runs pip-audit on constraints.txt and prints what it found."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off"),
            *("--no-deps", "--disable-pip", "--requirement", "constraints.txt"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        reason = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        print(f"NOT AUDITED: the advisory service doesn't answer here ({reason[:200]})")
        return 2
    missed = [package["name"] for package in packages if "skip_reason" in package]
    faults = [(p, fault) for p in packages for fault in p.get("vulns", [])]
    for package, fault in faults:
        mend = ", ".join(fault["fix_versions"]) or "no version yet"
        print(f"{package['name']} {package['version']}: {fault['id']}; mended in {mend}")
    if len(missed) == len(packages):
        print(
            f"NOT AUDITED: the advisory service knows none of the {len(packages)} packages, which "
            "means that it can't be reached from here; run `make audit` where it can"
        )
        return 2
    print(f"{len(packages) - len(missed)} packages looked up, {len(faults)} known faults")
    if missed:
        print(f"not looked up: {', '.join(missed)}")
    return 1 if faults else 2 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
