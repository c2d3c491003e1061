"""The worked example of CONTRIBUTING.md is rows that the checks accept."""

import csv
import re
import shutil
from pathlib import Path

from data.checks import check
from data.package import FOLDER, read_package

GUIDE = Path(__file__).parents[2] / "CONTRIBUTING.md"
EXAMPLE = re.compile(r"in `data/(tables/\w+\.csv)`:\n\n```csv\n(.+?)```", re.DOTALL)


def test_the_worked_example_passes_the_checks(tmp_path: Path) -> None:
    package = shutil.copytree(FOLDER, tmp_path / "data", ignore=shutil.ignore_patterns("*.py*"))
    added = EXAMPLE.findall(GUIDE.read_text(encoding="utf-8"))
    assert [path for path, _ in added][-1] == "tables/statements.csv"
    first_new = {}
    for path, rows in added:
        file = package / path
        with file.open(encoding="utf-8", newline="") as lines:
            first_new[path] = len(list(csv.reader(lines))) + 1
        file.write_text(f"{file.read_text(encoding='utf-8').rstrip()}\n{rows}", encoding="utf-8")
    found = [p for p in check(package) if p.row >= first_new.get(p.file, 1 << 30)]
    assert [str(problem) for problem in found] == []


def test_the_guide_names_tables_that_exist() -> None:
    known = {Path(table.path).name for table in read_package().tables}
    named = set(re.findall(r"`(?:data/tables/)?(\w+\.csv)`", GUIDE.read_text(encoding="utf-8")))
    assert named <= known
