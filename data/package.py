"""The contract: `datapackage.json` read into frozen tables and fields."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from data.exports.cells import GUARD

FOLDER = Path(__file__).parent
DESCRIPTOR = "datapackage.json"
# Far above any table that a page could show; keeps a stray file from filling the memory.
MAX_FILE_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a package, with its place and the mend.

    Attributes:
        file: Path of the file inside the package.
        row: Line of the file, the header being line 1; 0 for the file as a whole.
        column: Column name, or "" for the row or file as a whole.
        value: The offending value as read.
        message: What is wrong and what to write instead: `problem; mend`.
    """

    file: str
    row: int
    column: str
    value: str
    message: str

    def __str__(self) -> str:
        shown = self.value if len(self.value) <= 80 else self.value[:77] + "…"
        return f"{self.file}:{self.row}:{self.column}: {shown!r}: {self.message}"


class PackageError(Exception):
    """A package that can't be read, or is broken.

    Attributes:
        problems: Every problem that was found, in order of file and row.
    """

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the contract.

    Attributes:
        name: Column name.
        title: Column name for readers.
        type: Frictionless type: string, number, integer or boolean.
        description: What it holds.
        is_required: True if it may not be empty.
        is_date: True if it holds EDTF text.
        example: A value that the contract accepts.
        bad_example: A value that it refuses.
        bad_example_reason: Why it refuses it.
        constraints: Frictionless constraints as written.
    """

    name: str
    title: str
    type: str
    description: str
    is_required: bool
    is_date: bool
    example: Any
    bad_example: Any
    bad_example_reason: str
    constraints: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A column that points to a column of another table."""

    field: str
    table: str
    table_field: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the contract.

    `is_guarded` is true where the file's cells are guarded against being run as
    formulas, as `data.exports.cells` does; reading takes the guard away.
    """

    name: str
    title: str
    description: str
    path: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    is_guarded: bool = False

    @property
    def is_vocabulary(self) -> bool:
        """True for a controlled list."""
        return self.path.startswith("vocabularies/")

    @property
    def field_names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(field.name for field in self.fields)


@dataclass(frozen=True)
class Package:
    """A data package: its contract and where its files are."""

    folder: Path
    title: str
    version: str
    cut_off_date: date
    licence: str
    tables: tuple[Table, ...]
    descriptor: dict[str, Any]

    @property
    def is_excerpt(self) -> bool:
        """True for rows taken out of a larger dataset by a selection."""
        return isinstance(self.descriptor.get("excerpt"), dict)

    @cached_property
    def by_name(self) -> dict[str, Table]:
        """Tables by name."""
        return {table.name: table for table in self.tables}


def _field(raw: dict[str, Any]) -> Field:
    constraints = raw.get("constraints", {})
    return Field(
        name=raw["name"],
        title=raw.get("title", raw["name"]),
        type=raw.get("type", "string"),
        description=raw.get("description", ""),
        is_required=bool(constraints.get("required")),
        is_date=raw.get("dateFormat") == "edtf",
        example=raw.get("example"),
        bad_example=raw.get("badExample"),
        bad_example_reason=raw.get("badExampleReason", ""),
        constraints=constraints,
    )


def _as_list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _table(raw: dict[str, Any]) -> Table:
    schema = raw["schema"]
    return Table(
        name=raw["name"],
        title=raw.get("title", raw["name"]),
        description=raw.get("description", ""),
        path=raw["path"],
        fields=tuple(_field(field) for field in schema["fields"]),
        primary_key=tuple(_as_list(schema["primaryKey"])),
        foreign_keys=tuple(
            ForeignKey(
                _as_list(key["fields"])[0],
                key["reference"]["resource"],
                _as_list(key["reference"]["fields"])[0],
            )
            for key in schema.get("foreignKeys", [])
        ),
        is_guarded=raw.get("formulaGuard") == GUARD,
    )


def file_bytes(folder: Path, path: str) -> bytes:
    """Reads one file of a package, and nothing else.

    Args:
        folder: The package's folder.
        path: The file's place inside it, as the contract has it.

    Returns:
        Its content.

    Raises:
        PackageError: If it is missing, can't be read, is larger than `MAX_FILE_BYTES`, is
            no plain file, or is a link that leads out of the folder.
    """

    def refuse(value: str, message: str) -> PackageError:
        return PackageError([Problem(path, 0, "", value, message)])

    try:
        real, root = (folder / path).resolve(strict=True), folder.resolve(strict=True)
        if not real.is_relative_to(root):
            raise refuse(path, "is a link that leads out of the package; put the file itself there")
        if not real.is_file():  # a pipe or a device would keep us waiting for ever
            raise refuse(path, "cannot be read (it is no plain file); put a file there")
        size = real.stat().st_size
        if size > MAX_FILE_BYTES:
            most = MAX_FILE_BYTES >> 20
            raise refuse(f"{size} bytes", f"is too large; keep each file under {most} MB")
        return real.read_bytes()
    except OSError as error:
        raise refuse("", f"cannot be read ({error.strerror}); add it") from error
    except RuntimeError as error:  # Python 3.11 and 3.12 tell links in a circle this way
        raise refuse(path, "is a link to itself; put the file itself there") from error


def read_package(folder: Path = FOLDER) -> Package:
    """Reads the contract of a package.

    A package brings its rows and its version; the tables and fields must be those
    of this program's own contract, because the code relies on them.

    Args:
        folder: Folder with a `datapackage.json`.

    Returns:
        The contract, with paths relative to `folder`.

    Raises:
        PackageError: If the descriptor is missing, isn't JSON, or describes other
            tables or fields than the contract.
    """

    def refuse(value: str, message: str) -> PackageError:
        return PackageError([Problem(DESCRIPTOR, 0, "", value, message)])

    try:
        raw = json.loads(file_bytes(folder, DESCRIPTOR).decode("utf-8"))
        package = Package(
            folder=folder,
            title=str(raw["title"]),
            version=str(raw["version"]),
            cut_off_date=date.fromisoformat(raw["cutOffDate"]),
            licence=str(raw["licenses"][0]["name"]),
            tables=tuple(_table(resource) for resource in raw["resources"]),
            descriptor=raw,
        )
    except PackageError as error:
        (problem,) = error.problems
        reason = problem.message.partition(";")[0]
        raise refuse(str(folder), f"{reason}; name a folder with a {DESCRIPTOR}") from error
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise refuse(str(error), "is not valid JSON in UTF-8; repair the file") from error
    except (KeyError, ValueError, TypeError, IndexError, AttributeError) as error:
        raise refuse(
            str(error), "is missing or malformed; copy the descriptor of the ledger's own package"
        ) from error
    if folder.resolve() != FOLDER.resolve():
        own = read_package(FOLDER)
        if _shape(package) != _shape(own):
            raise refuse(
                package.title,
                "describes other tables or fields than the contract; copy the descriptor of the "
                "ledger's own package and change only title, version, cutOffDate and licences",
            )
    return package


def _shape(package: Package) -> list[object]:
    """Everything of a contract that the code relies on."""
    return [
        (
            table.name,
            table.path,
            table.primary_key,
            table.foreign_keys,
            [(f.name, f.type, f.is_required, f.is_date, f.constraints) for f in table.fields],
        )
        for table in package.tables
    ]
