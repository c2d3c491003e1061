"""Rows as the API and the downloads give them: a table's own fields, and each row's links.

What a row holds depends on the as-known date alone, never on the filter that found
it: its links name all that was known by that day.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from data.exports.corrections import corrections_of
from data.exports.excerpt import of_record
from data.load import Dataset, records
from data.selection import Selected

Row = dict[str, Any]
_Complete = Callable[[Row, "_Links"], Row]


@dataclass(frozen=True, eq=False)
class _Links:
    """Ids that belong to each row, by id, in alphabetical order."""

    statement_sources: Mapping[str, list[str]]
    view_sources: Mapping[str, list[str]]
    view_actors: Mapping[str, list[str]]
    view_transfers: Mapping[str, list[str]]
    relation_sources: Mapping[str, list[str]]
    view_outcomes: Mapping[str, list[Row]]
    event_transfers: Mapping[str, list[str]]
    event_statements: Mapping[str, list[str]]
    event_actors: Mapping[str, list[Row]]
    publishers: Mapping[str, Any]


def _grouped(frame: pd.DataFrame, key: str, value: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one, many in sorted(set(zip(frame[key], frame[value], strict=True))):
        found.setdefault(one, []).append(many)
    return found


@lru_cache(maxsize=4)
def _links(known: Dataset) -> _Links:
    outcomes: dict[str, list[Row]] = {}
    for row in records(known.view_outcomes.sort_values(["view_id", "statement_id"])):
        told = ("statement_id", "outcome_code", "summary")
        outcomes.setdefault(row.view_id, []).append({key: getattr(row, key) for key in told})
    about_events = known.statements[known.statements["event_id"].notna()]
    taking_part: dict[str, list[Row]] = {}
    for row in records(known.event_actors.sort_values(["event_id", "actor_id", "role_code"])):
        part = {"actor_id": row.actor_id, "role_code": row.role_code}
        taking_part.setdefault(row.event_id, []).append(part)
    return _Links(
        statement_sources=_grouped(known.statement_sources, "statement_id", "source_id"),
        view_sources=_grouped(known.view_sources, "view_id", "source_id"),
        view_actors=_grouped(known.view_actors, "view_id", "actor_id"),
        view_transfers=_grouped(known.view_transfers, "view_id", "transfer_id"),
        relation_sources=_grouped(known.relation_sources, "relation_id", "source_id"),
        view_outcomes=outcomes,
        event_transfers=_grouped(known.event_transfers, "event_id", "transfer_id"),
        event_statements=_grouped(about_events, "event_id", "statement_id"),
        event_actors=taking_part,
        publishers={row.publisher_id: row for row in records(known.publishers)},
    )


def _all_sources(row: Row, others: Mapping[str, list[str]], key: str) -> list[str]:
    """The source that a row rests on, then the others."""
    return list(dict.fromkeys([row["source_id"], *others.get(row[key], [])]))


def _transfer(row: Row, _: _Links) -> Row:
    row["stage"], row["standing"] = row.pop("stage_code"), row.pop("standing_code")
    row["reasons"], row["also_claimed"] = row.pop("reasons"), row.pop("also_claimed")
    return row


def _event(row: Row, links: _Links) -> Row:
    key = row["event_id"]
    row["standing"] = row.pop("standing_code")
    row["reasons"], row["also_claimed"] = row.pop("reasons"), row.pop("also_claimed")
    row["actors"] = links.event_actors.get(key, [])
    row["transfer_ids"] = links.event_transfers.get(key, [])
    row["statement_ids"] = links.event_statements.get(key, [])
    return row


def _statement(row: Row, links: _Links) -> Row:
    row["source_ids"] = _all_sources(row, links.statement_sources, "statement_id")
    return row


def _view(row: Row, links: _Links) -> Row:
    key = row["view_id"]
    row["source_ids"] = _all_sources(row, links.view_sources, "view_id")
    row["actor_ids"] = links.view_actors.get(key, [])
    row["transfer_ids"] = links.view_transfers.get(key, [])
    row["outcomes"] = links.view_outcomes.get(key, [])
    return row


def _relation(row: Row, links: _Links) -> Row:
    row["source_ids"] = _all_sources(row, links.relation_sources, "relation_id")
    return row


def _actor(row: Row, _: _Links) -> Row:
    del row["lineage"]
    return row


def _source(row: Row, links: _Links) -> Row:
    publisher = links.publishers[row["publisher_id"]]
    original = row["original_publisher_id"]
    row["publisher"] = publisher.name
    row["reliability_code"] = publisher.reliability_code
    row["original_publisher"] = links.publishers[original].name if original else None
    return row


def _as_it_is(row: Row, _: _Links) -> Row:
    return row


@dataclass(frozen=True, slots=True)
class OpenTable:
    """One table as readers get it.

    Attributes:
        order: Columns that rows are sorted by.
        complete: Adds to a row what its own table doesn't hold.
        description: What it lists, for the index of routes.
    """

    order: tuple[str, ...]
    complete: _Complete
    description: str


TABLES: Mapping[str, OpenTable] = {
    "transfers": OpenTable(
        ("transfer_id",), _transfer, "Commitments and flows, with their stage and standing."
    ),
    "deliveries": OpenTable(("delivery_id",), _as_it_is, "Dated quantities of a transfer."),
    "events": OpenTable(
        ("event_id",), _event, "Dated occurrences that aren't transfers, with their standing."
    ),
    "statements": OpenTable(
        ("said_date_earliest", "statement_id"), _statement, "Who said what, when, by which source."
    ),
    "views": OpenTable(("view_id",), _view, "Judgements of persons, by topic and position."),
    "relations": OpenTable(("relation_id",), _relation, "Dated ties between two actors."),
    "actors": OpenTable(("actor_id",), _actor, "Who supplies, receives, acts or speaks."),
    "sources": OpenTable(("source_id",), _source, "The documents, with publisher and grade."),
}
# What the rows of the others refer to, and what was mended in them.
SUPPORTING: Mapping[str, OpenTable] = {
    "systems": OpenTable(("system_id",), _as_it_is, "What is transferred, with category."),
    "publishers": OpenTable(
        ("publisher_id",), _as_it_is, "Who issues the documents, with grade and its reason."
    ),
    "corrections": OpenTable(
        ("corrected_date_earliest", "correction_id"),
        _as_it_is,
        "What rows said wrongly, what they say now, and why.",
    ),
}
ALL_TABLES: Mapping[str, OpenTable] = {**TABLES, **SUPPORTING}


def _plain(value: Any) -> Any:
    """A cell as JSON has it: no NaN, no NaT, whole numbers without a fraction."""
    if value is None or value is pd.NaT:
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return int(value) if value.is_integer() else float(value)
    if isinstance(value, tuple):
        return list(value)
    return value


def shaped_rows(name: str, frame: pd.DataFrame, known: Dataset) -> list[Row]:
    """Shapes rows of one table.

    Args:
        name: A key of `ALL_TABLES`.
        frame: The rows, in the order they shall stand in.
        known: All that was public on the same day, for the links.

    Returns:
        One mapping for each row, of what JSON can hold.
    """
    links, columns = _links(known), list(frame.columns)
    return [
        ALL_TABLES[name].complete(dict(zip(columns, map(_plain, row), strict=True)), links)
        for row in records(frame)
    ]


def ordered(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of one table in the table's order."""
    return frame.sort_values(list(ALL_TABLES[name].order), kind="stable", na_position="first")


def _with_supporting(rows: Dataset, as_of: date | None) -> Dataset:
    """Narrows the supporting tables to what the rows of the others refer to."""
    systems = {*rows.transfers["system_id"], *rows.events["system_id"].dropna()}
    sources = rows.sources
    issuers = {*sources["publisher_id"], *sources["original_publisher_id"].dropna()}
    rows = replace(
        rows,
        systems=rows.systems[rows.systems["system_id"].isin(systems)],
        publishers=rows.publishers[rows.publishers["publisher_id"].isin(issuers)],
    )
    return replace(rows, corrections=corrections_of(rows, as_of))


def table_rows(
    name: str, selected: Selected, record: str, limit: int, offset: int
) -> tuple[list[Row], int]:
    """Shapes one page of one table.

    Args:
        name: A key of `ALL_TABLES`.
        selected: What the filters leave.
        record: A transfer or event whose rows are asked for, or "".
        limit: Most rows of the page.
        offset: Rows before it.

    Returns:
        The rows of the page, in the table's order, and how many rows there are in all.
    """
    rows = of_record(selected.rows, selected.known, record) if record else selected.rows
    if name in SUPPORTING:
        rows = _with_supporting(rows, selected.selection.as_of)
    frame = ordered(name, getattr(rows, name))
    return shaped_rows(name, frame.iloc[offset : offset + limit], selected.known), len(frame)


def id_column(name: str) -> str:
    """Column of the ids of one table's rows."""
    return ALL_TABLES[name].order[-1]


def one_row(name: str, selected: Selected, key: str) -> Row | None:
    """Shapes one row.

    Args:
        name: A key of `ALL_TABLES`.
        selected: On whose as-known date, and by whose lowest grade, it must be known.
        key: Its id.

    Returns:
        The row, or None if it isn't known.
    """
    known = selected.known
    if name in SUPPORTING:
        known = _with_supporting(known, selected.selection.as_of)
    frame: pd.DataFrame = getattr(known, name)
    frame = frame[frame[id_column(name)] == key]
    return next(iter(shaped_rows(name, frame, selected.known)), None)
