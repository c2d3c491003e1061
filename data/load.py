"""`load_dataset(folder)`: the package's files as a frozen set of typed frames.

Reading is strict: an unknown code, a dangling id or an unreadable date stops the
load, and the error names every place. Derived columns are added here, once:
`<date>_earliest` and `<date>_latest` for each EDTF column, `side_id` and `lineage`
of actors, `direction_code` and `category_code` of transfers.
"""

import csv
import gc
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from data import dates
from data.exports.cells import unguarded
from data.package import (
    FOLDER,
    Field,
    Package,
    PackageError,
    Problem,
    Table,
    file_bytes,
    read_package,
)

Row = dict[str, str]
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)

# Parties of the two directions that the ledger is about.
_DIRECTION = {("iran", "russia"): "iran-russia", ("russia", "iran"): "russia-iran"}


@dataclass(frozen=True, eq=False)
class Dataset:
    """The tables of a package as typed frames; treat every frame as read-only.

    Text columns hold str or None, numbers float64, booleans bool. Each EDTF column
    `x_date` is joined by `x_date_earliest` and `x_date_latest` (datetime64[s], NaT
    where open or empty).
    """

    package: Package
    actors: pd.DataFrame
    publishers: pd.DataFrame
    sources: pd.DataFrame
    systems: pd.DataFrame
    transfers: pd.DataFrame
    deliveries: pd.DataFrame
    events: pd.DataFrame
    statements: pd.DataFrame
    views: pd.DataFrame
    relations: pd.DataFrame
    statement_sources: pd.DataFrame
    view_sources: pd.DataFrame
    relation_sources: pd.DataFrame
    event_actors: pd.DataFrame
    event_transfers: pd.DataFrame
    view_actors: pd.DataFrame
    view_transfers: pd.DataFrame
    view_outcomes: pd.DataFrame
    corrections: pd.DataFrame
    vocabularies: Mapping[str, pd.DataFrame]

    @property
    def version(self) -> str:
        """Version of the package."""
        return self.package.version

    @property
    def cut_off_date(self) -> date:
        """Last day that the curators looked at."""
        return self.package.cut_off_date


def records(frame: pd.DataFrame) -> Iterator[Any]:
    """Walks a frame row by row.

    Args:
        frame: Any frame whose column names are Python names.

    Returns:
        Named tuples; typed Any, because the columns are the contract's to know.
    """
    return iter(frame.itertuples(index=False))


def read_rows(folder: Path, table: Table) -> tuple[list[Row], list[Problem]]:
    """Reads one file as text cells, row by row.

    Args:
        folder: The package's folder.
        table: Which table.

    Returns:
        The rows, and what is wrong, as `_read_lines` has it.
    """
    lines, problems = _read_lines(folder, table)
    return [dict(zip(table.field_names, cells, strict=True)) for cells in lines], problems


def _read_lines(folder: Path, table: Table) -> tuple[list[list[str]], list[Problem]]:
    """Reads one file as lists of text cells, in the order of the contract.

    Args:
        folder: The package's folder.
        table: Which table.

    Returns:
        The rows, and what is wrong with the file's form: missing, not UTF-8, wrong
        header, rows of the wrong width. Row `i` stands in line `i + 2` unless a
        cell holds a line break, which is itself a problem.
    """
    try:
        text = file_bytes(folder, table.path).decode("utf-8-sig")
    except PackageError as error:
        return [], list(error.problems)
    except UnicodeDecodeError as error:
        return [], [Problem(table.path, 0, "", str(error), "is not UTF-8; save it as UTF-8")]
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        return [], [Problem(table.path, line, "", "\0", "holds a NUL byte; remove it")]
    csv.field_size_limit(1 << 24)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        return [], [Problem(table.path, 0, "", str(error), "is not readable as CSV; mend quotes")]
    expected = list(table.field_names)
    if not lines or lines[0] != expected:
        found = ",".join(lines[0]) if lines else ""
        mend = f"header is not that of the contract; write {','.join(expected)}"
        return [], [Problem(table.path, 1, "", found, mend)]
    problems: list[Problem] = []
    del lines[0]
    for number, cells in enumerate(lines, start=2):
        if len(cells) != len(expected):
            message = f"has {len(cells)} cells, not {len(expected)}; mend commas and quotes"
            problems.append(Problem(table.path, number, "", ",".join(cells), message))
            lines[number - 2] = [*cells, *[""] * len(expected)][: len(expected)]
    if table.is_guarded:
        lines = [[unguarded(cell) for cell in cells] for cells in lines]
    return lines, problems


def cell_value(field: Field, cell: str) -> Any:
    """Converts one cell that isn't empty.

    Args:
        field: The column's field.
        cell: The cell as read.

    Returns:
        bool, float, or the text itself; a date stays text once it is known to be one.

    Raises:
        ValueError: With problem and mend, if the cell isn't of the field's type.
    """
    if field.type == "boolean":
        if cell not in ("true", "false"):
            raise ValueError("is neither true nor false; write one of them")
        return cell == "true"
    if field.type in ("number", "integer"):
        if not _NUMBER.fullmatch(cell):  # float also reads 1_000, blanks and nan
            raise ValueError("is not a number; write digits with a point")
        number = float(cell)
        if not -1e15 < number < 1e15:
            raise ValueError("is no usable number; write digits with a point")
        if field.type == "integer" and not number.is_integer():
            raise ValueError("is not an integer; write a whole number")
        return number
    if field.is_date:
        try:
            dates.parse(cell)
        except dates.DateError as error:
            raise ValueError(str(error)) from None
    return cell


@cache
def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


# What Markdown, Streamlit's directives or HTML could take for more than a letter.
_MARKUP = re.compile(
    r"[<>\[\]{}\\`*_$#!|~@=^&\x00-\x1f\u200e\u200f\u202a-\u202e\u2060-\u2069]|:\w|:/|www\."
)


def _vocabulary_problem(field: Field, cell: str) -> str:
    """What keeps a label or a definition from standing in our own sentences, or ""."""
    if field.type != "string":
        return ""
    if field.name in ("label", "definition") and (found := _MARKUP.search(cell)):
        return f"holds {found[0]!r}, which could be markup; write plain words"
    most = field.constraints.get("maxLength", len(cell))
    return f"has {len(cell)} characters; shorten it to {most}" if len(cell) > most else ""


def _points(table: Table, field: Field) -> bool:
    """True for a column that holds ids of another table."""
    return any(key.field == field.name for key in table.foreign_keys)


def _has_form(table: Table, field: Field) -> bool:
    """True if `_form_problem` can find anything in a column."""
    return bool(
        table.is_vocabulary
        or field.constraints.get("enum")
        or (field.constraints.get("pattern") and not _points(table, field))
    )


def _form_problem(table: Table, field: Field, cell: str) -> str:
    """What is wrong with the form of a cell, or "".

    Ids, codes and addresses stand in links and keys, so that what they may hold is never
    left to the checks. A column that points to another table is as safe as what it names.
    """
    pattern = field.constraints.get("pattern")
    if pattern and not _points(table, field) and not _form(pattern).fullmatch(cell):
        return f"is not written as the contract wants; write it like {field.example!r}"
    choices = field.constraints.get("enum")
    if choices and cell not in choices:
        return f"is not allowed here; write one of {', '.join(map(str, choices))}"
    return _vocabulary_problem(field, cell) if table.is_vocabulary else ""


def _convert(table: Table, lines: list[list[str]]) -> tuple[dict[str, list[Any]], list[Problem]]:
    """Converts the cells of a table, column by column; each distinct text once."""
    problems: list[Problem] = []
    columns: dict[str, list[Any]] = {}
    cells: Iterable[tuple[str, ...]] = zip(*lines, strict=True) if lines else repeat(())
    for field, column in zip(table.fields, cells, strict=False):
        found: dict[str, Any] = {"": None}
        wrong: dict[str, list[str]] = {}
        is_text, has_form = field.type == "string" and not field.is_date, _has_form(table, field)
        for cell in set(column) - {""} if has_form or not is_text else ():
            try:
                found[cell] = cell_value(field, cell)
            except ValueError as error:
                found[cell] = None
                wrong.setdefault(cell, []).append(str(error))
            if has_form and (message := _form_problem(table, field, cell)):
                wrong.setdefault(cell, []).append(message)
        values = [cell or None for cell in column] if is_text else [found[cell] for cell in column]
        if field.is_required and "" in column:
            empty = f"is empty; {field.description[0].lower()}{field.description[1:]}"
            wrong.setdefault("", []).append(empty)
        if wrong:
            problems += [
                Problem(table.path, number, field.name, cell, message)
                for number, cell in enumerate(column, start=2)
                for message in wrong.get(cell, ())
            ]
        columns[field.name] = values
    return columns, problems


def _key_problems(
    package: Package, columns: Mapping[str, dict[str, list[Any]]]
) -> Iterator[Problem]:
    """Yields repeated primary keys and dangling foreign keys of every table."""
    for table in package.tables:
        parts = [columns[table.name][name] for name in table.primary_key]
        # Whether anything is wrong is told by sets; where, by walking through the rows.
        if len(set(zip(*parts, strict=True))) < len(parts[0]):
            seen: dict[tuple[Any, ...], int] = {}
            for number, key in enumerate(zip(*parts, strict=True), start=2):
                if key in seen:
                    message = f"stands in row {seen[key]} already; give each row its own"
                    column, value = table.primary_key[0], " ".join(map(str, key))
                    yield Problem(table.path, number, column, value, message)
                seen.setdefault(key, number)
        for foreign in table.foreign_keys:
            known = set(columns[foreign.table][foreign.table_field])
            values = columns[table.name][foreign.field]
            if known.issuperset(set(values) - {None}):
                continue
            for number, value in enumerate(values, start=2):
                if value is not None and value not in known:
                    message = f"is not in {foreign.table}; add it there or mend the spelling"
                    yield Problem(table.path, number, foreign.field, str(value), message)


_DTYPES = {"boolean": "bool", "number": "float64", "integer": "int64"}


def _frame(table: Table, columns: dict[str, list[Any]]) -> pd.DataFrame:
    data: dict[str, pd.Series[Any]] = {}
    for field in table.fields:
        values = columns[field.name]
        data[field.name] = pd.Series(values, dtype=_DTYPES.get(field.type, "object"))
        if field.is_date:
            codes, texts = pd.factorize(data[field.name].to_numpy())
            parsed = [dates.parse(text) for text in texts]
            for end in ("earliest", "latest"):
                # The last, for code -1, is that of an empty cell.
                days = [*(getattr(one, end) for one in parsed), None]
                bounds = np.array(days, dtype="datetime64[s]")[codes]
                data[f"{field.name}_{end}"] = pd.Series(bounds)
    return pd.DataFrame(data)


def _lineages(actors: pd.DataFrame) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """Each actor's chain from itself to its side; a loop is a problem."""
    parent = dict(zip(actors["actor_id"], actors["parent_id"], strict=True))
    chains: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for number, actor in enumerate(parent, start=2):
        chain = [actor]
        while (above := parent[chain[-1]]) is not None and above not in chain:
            chain.append(above)
        if above is not None:
            message = "leads back to itself; mend parent_id"
            problems.append(Problem("tables/actors.csv", number, "parent_id", above, message))
        chains[actor] = tuple(chain)
    return chains, problems


def _derive(frames: dict[str, pd.DataFrame]) -> list[Problem]:
    """Adds the columns that follow from others, in place."""
    chains, problems = _lineages(frames["actors"])
    actors = frames["actors"]
    actors["lineage"] = pd.Series([chains[a] for a in actors["actor_id"]], dtype="object")
    actors["side_id"] = pd.Series([chain[-1] for chain in actors["lineage"]], dtype="object")
    side = dict(zip(actors["actor_id"], actors["side_id"], strict=True))
    systems = frames["systems"]
    category = dict(zip(systems["system_id"], systems["category_code"], strict=True))
    transfers = frames["transfers"]
    parties = zip(transfers["supplier_id"], transfers["recipient_id"], strict=True)
    transfers["direction_code"] = pd.Series(
        [_DIRECTION.get((side[s], side[r]), "other") for s, r in parties], dtype="object"
    )
    transfers["category_code"] = transfers["system_id"].map(category).astype("object")
    return problems


def load_dataset(folder: Path = FOLDER) -> Dataset:
    """Loads a package.

    Args:
        folder: Folder with `datapackage.json`, `tables/` and `vocabularies/`.

    Returns:
        The typed frames.

    Raises:
        PackageError: With every problem that keeps the package from being read.
    """
    was_collecting = gc.isenabled()
    # Millions of cells are made and none of them is garbage: looking through them takes longer
    # than reading them.
    gc.disable()
    try:
        return _load(read_package(folder))
    finally:
        if was_collecting:
            gc.enable()


def _load(package: Package) -> Dataset:
    folder = package.folder
    problems: list[Problem] = []
    columns: dict[str, dict[str, list[Any]]] = {}
    for table in package.tables:
        lines, found = _read_lines(folder, table)
        problems += found
        columns[table.name], found = _convert(table, lines)
        problems += found
    # Keys are judged only when every file could be read: a file that is missing
    # would make each pointer to it look wrong.
    problems = problems or list(_key_problems(package, columns))
    if problems:
        raise PackageError(problems)
    frames = {table.name: _frame(table, columns[table.name]) for table in package.tables}
    problems = _derive(frames)
    if problems:
        raise PackageError(problems)
    vocabularies = {t.name: frames.pop(t.name) for t in package.tables if t.is_vocabulary}
    return Dataset(package=package, vocabularies=vocabularies, **frames)
