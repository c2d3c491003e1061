"""What the contract itself says about single cells and keys, judged by frictionless.

Rows are read once by `data.load` and handed over in memory, so that frictionless
never guesses a dialect and row numbers mean the same everywhere. Its errors are
put into plain words with the contract's own description of the field.
"""

import difflib
import re
from collections.abc import Iterator
from typing import Any

from data.check_records import Record, Tables
from data.load import cell_value
from data.package import FOLDER, Field, ForeignKey, Problem, Table, read_package

_CONSTRAINT = re.compile(r'constraint "(\w+)"')


def _phrase(text: str) -> str:
    """A sentence of the contract as the second half of a message."""
    text = text.strip().removesuffix(".")
    is_acronym = text[1:2].isupper()
    return text if is_acronym else text[:1].lower() + text[1:]


def _constraint_message(field: Field, name: str, cell: str) -> str:
    """Problem and mend for a broken constraint."""
    about = _phrase(field.description)
    limit = field.constraints.get(name)
    if name == "required":
        return f"is empty and may not be; write {field.title.lower()}: {about}"
    if name == "maxLength":
        return f"has {len(cell)} characters; shorten it to {limit} at most: {about}"
    if name == "minLength":
        return f"has {len(cell)} characters; lengthen it to {limit} at least: {about}"
    if name == "minimum":
        return f"is below {limit}; write {limit} or more: {about}"
    if name == "enum":
        return f"is not allowed here; write one of {', '.join(map(str, limit or ()))}"
    reason = _phrase(field.bad_example_reason)
    return f"is not written as the contract wants; {reason}, for example {field.example!r}"


def _type_message(field: Field, cell: str) -> str:
    try:
        cell_value(field, cell)
    except ValueError as error:
        return str(error)
    # What the loader takes and frictionless does not.
    return f"is not of type {field.type}; write a whole number, for example {field.example!r}"


def _dangling_message(tables: Tables, foreign: ForeignKey, cell: str) -> str:
    """Problem and mend for a pointer to a row that isn't there."""
    target = tables.package.by_name[foreign.table]
    known = tables.known(foreign.table, foreign.table_field)
    place = f"is not among the {foreign.table_field}s of {target.path}"
    if target.is_vocabulary:
        codes = [record[foreign.table_field] for record in tables[foreign.table]]
        return f"{place}; write one of {', '.join(codes)}"
    near = difflib.get_close_matches(cell.lower(), sorted(known), n=1, cutoff=0.8)
    hint = f" (perhaps {near[0]!r})" if near else ""
    return f"{place}; mend the spelling{hint} or add a row there"


def _foreign_key(table: Table, column: str) -> ForeignKey | None:
    return next((key for key in table.foreign_keys if key.field == column), None)


def _is_dangling(tables: Tables, foreign: ForeignKey, cell: str) -> bool:
    # A file that can't be read would make every pointer to it look wrong.
    return foreign.table not in tables.unread and cell not in tables.known(
        foreign.table, foreign.table_field
    )


def _repeat_message(record: Record, columns: tuple[str, ...], records: list[Record]) -> str:
    """Problem and mend for a value that may stand once only."""
    values = [record[column] for column in columns]
    first = next(r.number for r in records if [r[column] for column in columns] == values)
    if len(columns) == 1:
        return f"stands in row {first} already; give each row its own"
    return f"together with {', '.join(columns[1:])} repeats row {first}; remove one of the two"


def _refused_cells(record: Record) -> Iterator[Problem]:
    """Yields cells that the loader can't convert: numbers, booleans, dates."""
    for field in record.table.fields:
        cell = record[field.name]
        if cell:
            try:
                cell_value(field, cell)
            except ValueError as error:
                yield record.problem(field.name, str(error))


def _resource(tables: Tables, raw: dict[str, Any], refused: set[tuple[int, str]]) -> dict[str, Any]:
    """One table for frictionless, its rows in memory."""
    table = tables.package.by_name[raw["name"]]
    numeric = {field.name for field in table.fields if field.type in ("number", "integer")}
    data = [list(table.field_names)]
    for record in tables[table.name]:
        # A number that isn't one is reported already, and some (`sNaN`) make
        # frictionless stumble.
        data.append(
            [
                "0" if name in numeric and (record.number, name) in refused else record[name]
                for name in table.field_names
            ]
        )
    keys = raw["schema"].get("foreignKeys", [])
    read = [key for key in keys if key["reference"]["resource"] not in tables.unread]
    return {
        "name": table.name,
        "type": "table",
        "data": data,
        "dialect": {"headerRows": [1]},
        "schema": {**raw["schema"], "foreignKeys": read},
    }


def _row_problem(tables: Tables, table: Table, error: Any) -> Problem | None:
    """Puts one error of frictionless into our form; None where it isn't one for us."""
    records = tables[table.name]
    # Row 1 is the header; rows of the wrong width were left out, so count, don't add.
    number: int = error.row_number
    record = records[number - 2]
    if error.type == "blank-row":
        return Problem(table.path, record.number, "", "", "is blank; remove the line")
    if error.type == "primary-key":
        if not all(record[column] for column in table.primary_key):
            return None  # the empty cells are reported as such
        message = _repeat_message(record, table.primary_key, records)
        return record.problem(table.primary_key[0], message)
    if error.type == "foreign-key":
        foreign = _foreign_key(table, error.field_names[0])
        cell = record[error.field_names[0]]
        if foreign is None or not _is_dangling(tables, foreign, cell):
            return None
        return record.problem(foreign.field, _dangling_message(tables, foreign, cell))
    field = next(field for field in table.fields if field.name == error.field_name)
    cell = record[field.name]
    if error.type == "unique-error":
        message = _repeat_message(record, (field.name,), records)
    elif error.type == "constraint-error":
        match = _CONSTRAINT.search(error.note)
        name = match[1] if match else ""
        foreign = _foreign_key(table, field.name)
        if name == "pattern" and foreign is not None and _is_dangling(tables, foreign, cell):
            message = _dangling_message(tables, foreign, cell)
        else:
            message = _constraint_message(field, name, cell)
    else:
        message = _type_message(field, cell)
    return record.problem(field.name, message)


def schema_problems(tables: Tables) -> list[Problem]:
    """Checks every cell and key against the contract.

    Args:
        tables: The package as read.

    Returns:
        At most one problem for each cell: the first that has to be mended.
    """
    import frictionless  # heavy, and the app seldom checks

    found: dict[tuple[str, int, str], Problem] = {}

    def add(problem: Problem) -> None:
        found.setdefault((problem.file, problem.row, problem.column), problem)

    resources = []
    # The program's own contract: a package's copy may hold more than was compared.
    for raw in read_package(FOLDER).descriptor["resources"]:
        refused: set[tuple[int, str]] = set()
        for record in tables[raw["name"]]:
            for problem in _refused_cells(record):
                refused.add((problem.row, problem.column))
                add(problem)
        resources.append(_resource(tables, raw, refused))
    package = frictionless.Package.from_descriptor({"name": "package", "resources": resources})
    for table in tables.package.tables:
        report = package.get_resource(table.name).validate(limit_errors=0)
        for error in report.tasks[0].errors:
            if getattr(error, "row_number", None) is None:
                # No row means that the contract itself is at fault.
                add(Problem(table.path, 0, "", "", f"{error.note}; mend datapackage.json"))
            elif told := _row_problem(tables, table, error):
                add(told)
    return list(found.values())
