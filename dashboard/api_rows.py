"""Rows of the API: the tables' own fields, with the links of each row beside them.

What a row holds depends on the as-known date alone, never on the filter that found
it: its links name all that was known by that day.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import pandas as pd

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


def _delivery(row: Row, _: _Links) -> Row:
    return row


@dataclass(frozen=True, slots=True)
class ApiTable:
    """One table of the API.

    Attributes:
        order: Columns that rows are sorted by.
        complete: Adds to a row what its own table doesn't hold.
        description: What it lists, for the index of routes.
    """

    order: tuple[str, ...]
    complete: _Complete
    description: str


TABLES: Mapping[str, ApiTable] = {
    "transfers": ApiTable(
        ("transfer_id",), _transfer, "Commitments and flows, with their stage and standing."
    ),
    "deliveries": ApiTable(("delivery_id",), _delivery, "Dated quantities of a transfer."),
    "events": ApiTable(
        ("event_id",), _event, "Dated occurrences that aren't transfers, with their standing."
    ),
    "statements": ApiTable(
        ("said_date_earliest", "statement_id"), _statement, "Who said what, when, by which source."
    ),
    "views": ApiTable(("view_id",), _view, "Judgements of persons, by topic and position."),
    "actors": ApiTable(("actor_id",), _actor, "Who supplies, receives, acts or speaks."),
    "sources": ApiTable(("source_id",), _source, "The documents, with publisher and grade."),
}


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


def _of_record(selected: Selected, record: str) -> Dataset:
    """Narrows the rows of the tables to what belongs to one transfer or event.

    Of a transfer that is the transfer, its deliveries, the statements about it, linked
    events and views; of an event the event, the statements about it and linked
    transfers. With them go the sources that those statements and views cite, and the
    actors that are party to them, speak of them or take part, with all above them.
    """
    known, rows = selected.known, selected.rows

    def ids(frame: pd.DataFrame, column: str, key: str, values: set[str]) -> set[str]:
        return set(frame.loc[frame[key].isin(values), column].dropna())

    def keep(frame: pd.DataFrame, key: str, values: set[str]) -> pd.DataFrame:
        return frame[frame[key].isin(values)]

    one, links = {record}, known.event_transfers
    beside = ids(links, "transfer_id", "event_id", one)
    transfers = keep(rows.transfers, "transfer_id", one | beside)
    about = rows.statements["transfer_id"].eq(record) | rows.statements["event_id"].eq(record)
    statements = rows.statements[about]
    events = keep(rows.events, "event_id", one | ids(links, "event_id", "transfer_id", one))
    views = keep(rows.views, "view_id", ids(known.view_transfers, "view_id", "transfer_id", one))
    said, held = set(statements["statement_id"]), set(views["view_id"])
    sources = {*statements["source_id"], *views["source_id"]}
    sources |= ids(known.statement_sources, "source_id", "statement_id", said)
    sources |= ids(known.view_sources, "source_id", "view_id", held)
    named = {*transfers["supplier_id"], *transfers["recipient_id"], *statements["speaker_id"]}
    named |= {*views["person_id"], *views["organisation_id"].dropna()}
    named |= ids(known.event_actors, "actor_id", "event_id", set(events["event_id"]))
    lineage = dict(zip(known.actors["actor_id"], known.actors["lineage"], strict=True))
    return replace(
        rows,
        transfers=transfers,
        deliveries=keep(rows.deliveries, "transfer_id", one),
        statements=statements,
        events=events,
        views=views,
        sources=keep(rows.sources, "source_id", sources),
        actors=keep(
            rows.actors, "actor_id", {above for actor in named for above in lineage[actor]}
        ),
    )


def table_rows(
    name: str, selected: Selected, record: str, limit: int, offset: int
) -> tuple[list[Row], int]:
    """Shapes one page of one table.

    Args:
        name: A key of `TABLES`.
        selected: What the filters leave.
        record: A transfer or event whose rows are asked for, or "".
        limit: Most rows of the page.
        offset: Rows before it.

    Returns:
        The rows of the page, in the table's order, and how many rows there are in all.
    """
    table = TABLES[name]
    frame: pd.DataFrame = getattr(_of_record(selected, record) if record else selected.rows, name)
    frame = frame.sort_values(list(table.order), kind="stable", na_position="first")
    links = _links(selected.known)
    columns = list(frame.columns)
    rows = [
        table.complete(dict(zip(columns, map(_plain, row), strict=True)), links)
        for row in records(frame.iloc[offset : offset + limit])
    ]
    return rows, len(frame)
