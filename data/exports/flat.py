"""Tables for spreadsheets and statistics: typed columns, names beside ids, dates as days.

An EDTF date keeps its text and stands beside its first and last day (`_earliest`,
`_latest`), which are the same where the day is known. Lists of ids stay lists here;
each format writes them as it can.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from data.exports.columns import NOTES, Kind, ends_note, ids_note
from data.exports.excerpt import Excerpt
from data.exports.tables import TABLES, Row, ordered, shaped_rows
from data.load import records
from data.queries.names import Names, names_of

# Column → the column of names that follows it, and which names those are.
_NAMED: Mapping[str, tuple[str, str]] = {
    "supplier_id": ("supplier", "actors"),
    "recipient_id": ("recipient", "actors"),
    "speaker_id": ("speaker", "actors"),
    "person_id": ("person", "actors"),
    "organisation_id": ("organisation", "actors"),
    "from_id": ("from_name", "actors"),
    "to_id": ("to_name", "actors"),
    "parent_id": ("parent", "actors"),
    "side_id": ("side", "actors"),
    "system_id": ("system", "systems"),
    "transfer_id": ("transfer", "transfers"),
    "event_id": ("event", "events"),
}
PART_MARK = " : "
_OWN_NAME = ("transfers", "events")  # these tables have the name in a column of their own
_SHAPED_LISTS = ("reasons", "also_claimed", "outcomes")
_NOTES: Mapping[str, str] = {
    **NOTES,
    "counts": "True if it can move a status on the as-known date.",
    "grade": "Letter of the publisher and digit of the statement.",
    "source_title": "Title of the source.",
    "source_url": "Address of the source.",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what its cells are, and what it holds."""

    name: str
    kind: Kind
    note: str


@dataclass(frozen=True, slots=True)
class FlatTable:
    """One table, its cells of the columns' kinds or None."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]


def _kind(view: Excerpt, table: str, column: str, values: list[Any]) -> Kind:
    if column.endswith(("_date_earliest", "_date_latest")):
        return "day"
    fields = {field.name: field for field in view.dataset.package.by_name[table].fields}
    if column in fields:
        kind = fields[column].type
        return "boolean" if kind == "boolean" else "text" if kind == "string" else "number"
    if column == "counts":
        return "boolean"
    if column in _SHAPED_LISTS or any(isinstance(value, list) for value in values):
        return "list"
    return "list" if column.endswith("_ids") else "text"


def _note(view: Excerpt, table: str, column: str) -> str:
    for field in view.dataset.package.by_name[table].fields:
        if field.name == column:
            return field.description
        if column in (f"{field.name}_earliest", f"{field.name}_latest"):
            return ends_note(field.name, column.rpartition("_")[2])
    named = next((key for key, (name, _) in _NAMED.items() if name == column), "")
    if named:
        return f"Name that {named} stands for."
    return _NOTES.get(column, ids_note(column))


def _named_row(table: str, row: Row, names: Names) -> Row:
    """The row with names after its ids, and without lists of anything but ids."""
    found: Row = {}
    for column, value in row.items():
        if column == "actors":
            found["actor_ids"] = list(dict.fromkeys(part["actor_id"] for part in value))
            continue
        found[column] = value
        if column in _NAMED and not (table in _OWN_NAME and column == f"{table[:-1]}_id"):
            name, kind = _NAMED[column]
            found[name] = getattr(names, kind).get(value)
    return found


def _named_rows(view: Excerpt, name: str, frame: pd.DataFrame) -> list[Row]:
    known = view.selected.known
    names = names_of(known)
    rows = [_named_row(name, row, names) for row in shaped_rows(name, frame, known)]
    if name in ("statements", "views", "relations"):
        _cited(view, rows)
    return rows


def _cited(view: Excerpt, rows: list[Row]) -> None:
    """Adds publisher, letter, title and address of the source that a row rests on, in place."""
    known, names = view.selected.known, names_of(view.selected.known)
    sources = {row.source_id: row for row in records(known.sources)}
    counted = {c.statement_id for claims in view.selected.claims.values() for c in claims}
    for row in rows:
        source = sources[row["source_id"]]
        letter = names.reliability[source.publisher_id]
        row["publisher"] = names.publishers[source.publisher_id]
        if "credibility_code" in row:
            row["grade"] = letter + row["credibility_code"]
            row["counts"] = row["statement_id"] in counted
        else:
            row["reliability_code"] = letter
        row["source_title"], row["source_url"] = source.title, source.url


def list_texts(value: list[Any] | None) -> list[str]:
    """A list as texts: the values of a row that stands in it are parted by ` : `."""
    return [
        PART_MARK.join("" if part is None else str(part) for part in one.values())
        if isinstance(one, dict)
        else str(one)
        for one in value or []
    ]


def _cell(kind: Kind, value: Any) -> Any:
    if kind == "list":
        return list_texts(value)
    if value is None:
        return None
    return date.fromisoformat(value) if kind == "day" else value


def flat_table(view: Excerpt, name: str) -> FlatTable:
    """One table of a view, for files that have columns.

    Args:
        view: The rows with their selection.
        name: A key of `data.exports.tables.TABLES`.

    Returns:
        The rows that the view shows, in the table's order, with typed columns.
    """
    frame: pd.DataFrame = ordered(name, getattr(view.rows, name))
    rows = _named_rows(view, name, frame)
    # A table without rows has the columns that it would have with some.
    example = rows[:1] or _named_rows(view, name, getattr(view.selected.known, name).head(1))
    fields = view.dataset.package.by_name[name].field_names
    columns = []
    for column in example[0] if example else fields:
        kind = _kind(view, name, column, [row[column] for row in rows])
        columns.append(Column(column, kind, _note(view, name, column)))
    return FlatTable(
        name=name,
        columns=tuple(columns),
        rows=tuple(tuple(_cell(c.kind, row[c.name]) for c in columns) for row in rows),
    )


def flat_tables(view: Excerpt) -> list[FlatTable]:
    """Every table of a view, in the order of `TABLES`."""
    return [flat_table(view, name) for name in TABLES]
