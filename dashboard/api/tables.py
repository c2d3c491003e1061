"""Endpoints of the tables: rows as JSON and CSV, one row by its id, and the vocabularies."""

from collections.abc import Callable
from functools import partial
from typing import Any

from starlette.responses import Response

from dashboard.api.answers import JSON, SHOWN, as_json, not_found
from dashboard.api.endpoints import CSV, Asked, Endpoint
from dashboard.api.query import PAGING, Accepted
from dashboard.api.rows import Page, page_csv, page_json, told
from dashboard.api.ties import of_tie
from data.exports.columns import row_columns, vocabulary_columns
from data.exports.tables import ALL_TABLES, Row, id_column, one_row, table_rows
from data.load import records

VOCABULARIES = "vocabularies"
ONE_ACCEPTS = Accepted(keys=("grade", "as_of"))
_VOCABULARIES_TOLD = "Every code of every vocabulary, with label and definition; always the same."

Give = Callable[[Asked, Page], Response]


def _table(name: str, give: Give, asked: Asked) -> Response:
    query = asked.query
    selected = query.selection.apply(asked.dataset)
    if query.tie:
        selected = of_tie(selected, query.tie)
    rows, total = table_rows(
        name, selected, query.selection.record, limit=query.limit, offset=query.offset
    )
    return give(asked, Page(name, row_columns(asked.dataset.package, name), rows, total, {}))


def _one(name: str, asked: Asked) -> Response:
    key, selection = asked.names["id"], asked.query.selection
    row = one_row(name, selection.apply(asked.dataset), key)
    if row is None:
        return missing(asked, name)
    body = {
        "data_version": asked.dataset.version,
        "as_of": selection.as_of.isoformat() if selection.as_of else None,
        "data": row,
    }
    return as_json(asked.request, body, headers=told(asked))


def missing(asked: Asked, name: str) -> Response:
    """404 for an id that isn't known on the as-known date."""
    shown = ascii(asked.names["id"][:SHOWN])
    message = f"There is no {id_column(name)} {shown} among what is known by this query."
    return not_found(asked.request, message, [f"ids as listed by /api/v1/{name}"])


def _vocabularies(give: Give, asked: Asked) -> Response:
    columns = vocabulary_columns(asked.dataset.package)
    rows: list[Row] = []
    for name, frame in asked.dataset.vocabularies.items():
        for row in records(frame):
            cells: dict[str, Any] = {"vocabulary": name, **row._asdict()}
            rows.append({column.name: _plain(cells.get(column.name)) for column in columns})
    start, stop = asked.query.offset, asked.query.offset + asked.query.limit
    return give(asked, Page(VOCABULARIES, columns, rows[start:stop], len(rows), {}))


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def _pair(
    name: str, title: str, accepted: Accepted, serve: Callable[..., Response]
) -> list[Endpoint]:
    schema = f"{name.capitalize()}Answer"
    return [
        Endpoint(f"/{name}", title, accepted, {JSON: schema}, partial(serve, page_json)),
        Endpoint(f"/{name}.csv", title, accepted, {CSV: ""}, partial(serve, page_csv)),
    ]


def table_endpoints() -> list[Endpoint]:
    """Two endpoints for each table and for the vocabularies, and one for each table's rows."""
    found: list[Endpoint] = []
    for name, table in ALL_TABLES.items():
        found += _pair(name, table.description, Accepted(), partial(_table, name))
        found.append(
            Endpoint(
                f"/{name}/{{id}}",
                f"One row of {name}, by its id.",
                ONE_ACCEPTS,
                {JSON: f"{name.capitalize()}One"},
                partial(_one, name),
                "Single rows",
            )
        )
    return [*found, *_pair(VOCABULARIES, _VOCABULARIES_TOLD, Accepted(keys=PAGING), _vocabularies)]
