"""The columns of every table that the API gives: what they hold, read from the contract.

Only what a row carries beyond its own table's fields is told here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from data.package import Field, Package, Table

Kind = Literal["text", "day", "number", "boolean", "list"]

NOTES: Mapping[str, str] = MappingProxyType(
    {
        "stage": "Furthest stage that a counted statement asserts; computed.",
        "standing": "How well that stage is supported; computed.",
        "reasons": "Statements that give the standing.",
        "also_claimed": "Statements graded improbable, which move nothing.",
        "direction_code": "Which way it goes, by the parties' sides; computed.",
        "category_code": "Category of its system.",
        "publisher": "Who issued the source.",
        "reliability_code": "Letter of the publisher, A to F.",
        "original_publisher": "Publisher of record, where a copy was read.",
        "side_id": "The state or group that the actor belongs to in the end.",
        "outcomes": "What came of its forecast.",
    }
)


@dataclass(frozen=True, slots=True)
class RowColumn:
    """One column of a table as the API gives it.

    Attributes:
        name: Its name.
        kind: What its cells are; a list holds ids, codes or rows of `parts`.
        note: What it holds.
        is_nullable: Whether a cell may be empty.
        field: The contract's field, where it is one.
        vocabulary: The vocabulary whose codes it holds, or "".
        table: The table whose ids it holds, or "".
        codes: The only texts that it holds, where no vocabulary lists them.
        parts: Columns of the rows of a list; none where it lists texts.
    """

    name: str
    kind: Kind
    note: str
    is_nullable: bool = False
    field: Field | None = None
    vocabulary: str = ""
    table: str = ""
    codes: tuple[str, ...] = ()
    parts: tuple["RowColumn", ...] = ()


def ends_note(field: str, end: str) -> str:
    """What a column with the first or last day of a date holds."""
    return f"{'First' if end == 'earliest' else 'Last'} day that {field} allows."


def ids_note(column: str) -> str:
    """What a column of ids of another table holds."""
    return f"Ids, from {column.removesuffix('_ids')}s."


def _ids(name: str, table: str) -> RowColumn:
    return RowColumn(name, "list", NOTES.get(name, ids_note(name)), table=table)


def _code(name: str, vocabulary: str, *, is_nullable: bool = False) -> RowColumn:
    return RowColumn(name, "text", NOTES[name], is_nullable, vocabulary=vocabulary)


_SOURCES = _ids("source_ids", "sources")
_REASONS = (_ids("reasons", "statements"), _ids("also_claimed", "statements"))
# Beyond the fields of a row's own table, in order.
_MORE: Mapping[str, tuple[RowColumn, ...]] = {
    "transfers": (
        _code("direction_code", "directions"),
        _code("category_code", "categories"),
        _code("stage", "stages"),
        _code("standing", "standings"),
        *_REASONS,
    ),
    "events": (
        _code("standing", "standings", is_nullable=True),
        *(replace(column, is_nullable=True) for column in _REASONS),
        RowColumn("actors", "list", "Who took part, and in which role.", table="event_actors"),
        _ids("transfer_ids", "transfers"),
        _ids("statement_ids", "statements"),
    ),
    "statements": (_SOURCES,),
    "views": (
        _SOURCES,
        _ids("actor_ids", "actors"),
        _ids("transfer_ids", "transfers"),
        RowColumn("outcomes", "list", NOTES["outcomes"], table="view_outcomes"),
    ),
    "relations": (_SOURCES,),
    "actors": (RowColumn("side_id", "text", NOTES["side_id"], table="actors"),),
    "sources": (
        RowColumn("publisher", "text", NOTES["publisher"]),
        _code("reliability_code", "reliabilities"),
        RowColumn("original_publisher", "text", NOTES["original_publisher"], is_nullable=True),
    ),
}
# Lists of rows: which columns of a link table stand in them.
_PARTS = {
    "event_actors": ("actor_id", "role_code"),
    "view_outcomes": ("statement_id", "outcome_code", "summary"),
}


def _of_field(package: Package, table: Table, field: Field) -> Iterator[RowColumn]:
    target = next((key.table for key in table.foreign_keys if key.field == field.name), "")
    is_code = bool(target) and package.by_name[target].is_vocabulary
    kind: Kind = (
        "boolean"
        if field.type == "boolean"
        else "number"
        if field.type in ("number", "integer")
        else "text"
    )
    yield RowColumn(
        name=field.name,
        kind=kind,
        note=field.description,
        is_nullable=not field.is_required,
        field=field,
        vocabulary=target if is_code else "",
        table="" if is_code else target,
    )
    if field.is_date:
        for end in ("earliest", "latest"):
            yield RowColumn(f"{field.name}_{end}", "day", ends_note(field.name, end), True)


def row_columns(package: Package, name: str) -> tuple[RowColumn, ...]:
    """The columns of a table as the API gives it.

    Args:
        package: The contract.
        name: A table of `data.exports.tables.ALL_TABLES`.

    Returns:
        In the order in which rows have them.
    """
    table = package.by_name[name]
    own = [column for field in table.fields for column in _of_field(package, table, field)]
    more = []
    for column in _MORE.get(name, ()):
        if wanted := _PARTS.get(column.table):
            link = package.by_name[column.table]
            fields = {field.name: field for field in link.fields}
            parts = tuple(next(_of_field(package, link, fields[key])) for key in wanted)
            column = replace(column, table="", parts=parts)
        more.append(column)
    return (*own, *more)


def vocabulary_columns(package: Package) -> tuple[RowColumn, ...]:
    """The columns of all vocabularies in one table: which one, then the fields of any."""
    found: dict[str, RowColumn] = {}
    vocabularies = [table for table in package.tables if table.is_vocabulary]
    for table in vocabularies:
        for field in table.fields:
            for column in _of_field(package, table, field):
                found.setdefault(column.name, column)
    everywhere = set.intersection(*({*table.field_names} for table in vocabularies))
    names = tuple(table.name for table in vocabularies)
    first = RowColumn("vocabulary", "text", "Which vocabulary the code belongs to.", codes=names)
    return (
        first,
        *(
            column if column.name in everywhere else replace(column, is_nullable=True)
            for column in found.values()
        ),
    )
