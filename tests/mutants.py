"""Changes the rules on purpose, one token at a time, and sees whether a test notices.

    python -m tests.mutants [MODULE …]

Works on a copy under build/mutants. Caches are taken off the copy's functions: a cached
answer of the sound code would hide what a change does, and mutmut leaves decorated functions out.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COPY = ROOT / "build" / "mutants"
# What is changed, and the tests that have to notice.
MODULES = {
    "dates": ("test_dates",),
    "assessment": ("test_assessment",),
    "event_assessment": ("test_event_assessment",),
    "selection": ("test_selection", "test_query_string"),
}
_CACHE = re.compile(r"^@lru_cache\([^)]*\)\n", re.MULTILINE)


def _prepare(modules: list[str]) -> None:
    """Makes the copy, with mutmut's settings for some modules."""
    shutil.rmtree(COPY, ignore_errors=True)
    COPY.mkdir(parents=True)
    for name in ("data", "components", "dashboard", "tests", ".streamlit"):
        shutil.copytree(ROOT / name, COPY / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("README.md", "CONTRIBUTING.md", "Makefile"):
        shutil.copy(ROOT / name, COPY / name)
    for name in modules:
        path = COPY / "data" / f"{name}.py"
        path.write_text(_CACHE.sub("", path.read_text(encoding="utf-8")), encoding="utf-8")
    changed = [f"data/{name}.py" for name in modules]
    tests = [f"tests/data/{test}.py" for name in modules for test in MODULES[name]]
    settings = {
        "source_paths": ["data"],
        "only_mutate": changed,
        "also_copy": ["data", "components", "dashboard", ".streamlit", "README.md"],
        "pytest_add_cli_args_test_selection": tests,
    }
    lines = [f"{key} = {value!r}" for key, value in settings.items()]
    sound = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lines = [sound, "[tool.mutmut]", "use_git_change_detection = false", *lines, ""]
    (COPY / "pyproject.toml").write_text("\n".join(lines), encoding="utf-8")


def main() -> int:
    """Runs mutmut and prints every change that no test noticed."""
    modules = sys.argv[1:] or list(MODULES)
    _prepare(modules)
    mutmut = [sys.executable, "-m", "mutmut"]
    code = subprocess.run([*mutmut, "run"], cwd=COPY, check=False).returncode
    told = subprocess.run(
        [*mutmut, "results"], cwd=COPY, check=False, capture_output=True, text=True
    )
    for line in told.stdout.splitlines():
        name, _, outcome = line.strip().partition(": ")
        if name:
            print(f"── {outcome}: {name}", flush=True)
            subprocess.run([*mutmut, "show", name], cwd=COPY, check=False)
    return code


if __name__ == "__main__":
    sys.exit(main())
