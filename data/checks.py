"""Checks of a package: the contract's schema, and rules that a schema can't say.

`python -m data.checks [FOLDER]` prints one line for each problem, as
`FILE:ROW:COLUMN: VALUE: problem; mend`.
"""

import argparse
import io
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from data.check_amounts import AMOUNT_CHECKS
from data.check_records import Tables, read_tables
from data.check_schema import schema_problems
from data.check_statements import STATEMENT_CHECKS
from data.check_texts import TEXT_CHECKS
from data.check_ties import TIE_CHECKS
from data.check_usage import USAGE_CHECKS
from data.check_views import VIEW_CHECKS
from data.package import FOLDER, PackageError, Problem

Check = Callable[[Tables], Iterable[Problem]]

CHECKS: tuple[Check, ...] = (
    *STATEMENT_CHECKS,
    *TIE_CHECKS,
    *AMOUNT_CHECKS,
    *TEXT_CHECKS,
    *VIEW_CHECKS,
    *USAGE_CHECKS,
)


def check_tables(tables: Tables) -> list[Problem]:
    """Finds everything that is wrong with a package that was read.

    Args:
        tables: The package as far as it could be read.

    Returns:
        The problems in order of file, row and column. A cell that the schema
        refuses is reported for that alone; the rules judge it once it is mended.
    """
    problems = [*tables.form_problems, *schema_problems(tables)]
    refused = {(problem.file, problem.row, problem.column) for problem in problems}
    for rule in CHECKS:
        for problem in rule(tables):
            if (problem.file, problem.row, problem.column) not in refused:
                problems.append(problem)
    place = {
        (table.path, column): number
        for table in tables.package.tables
        for number, column in enumerate(table.field_names)
    }
    # Two rules may find the same fault from two ends; it is said once.
    return sorted(
        set(problems), key=lambda p: (p.file, p.row, place.get((p.file, p.column), -1), p.message)
    )


def check(folder: Path = FOLDER) -> list[Problem]:
    """Finds everything that is wrong with a package.

    Args:
        folder: Folder with a `datapackage.json`.

    Returns:
        The problems in order of file, row and column; empty for a sound package.

    Raises:
        PackageError: If the folder or its descriptor can't be read.
    """
    return check_tables(read_tables(folder))


def main(arguments: Sequence[str] | None = None) -> int:
    """Checks a package from the command line.

    Args:
        arguments: Words after the command; those of the process if None.

    Returns:
        0 for a sound package, 1 for one with problems, 2 for one that can't be read.
    """
    parser = argparse.ArgumentParser(
        prog="python -m data.checks",
        description="Checks a data package; prints FILE:ROW:COLUMN: VALUE: problem; mend.",
    )
    parser.add_argument(
        "folder", nargs="?", type=Path, default=FOLDER, help="default: the ledger's own data"
    )
    folder: Path = parser.parse_args(arguments).folder
    for stream in (sys.stdout, sys.stderr):
        # Cells hold names in any script; a terminal that can't show them must not stop us.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        tables = read_tables(folder)
    except PackageError as error:
        print(f"{folder}: can't be checked\n{error}", file=sys.stderr)
        return 2
    problems = check_tables(tables)
    for problem in problems:
        print(problem)
    if problems:
        return 1
    rows = sum(len(records) for records in tables.records.values())
    print(f"{tables.package.title}: {len(tables.records)} tables, {rows} rows, no problem.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
