"""Rows as JSON and CSV: the same rows, the same columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from dashboard.api.answers import answer, as_json
from dashboard.api.endpoints import CSV, ROOT, Asked
from data.exports.columns import RowColumn
from data.exports.flat import Column, FlatTable, list_texts
from data.exports.formats import csv_file
from data.exports.tables import Row


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the rows that a query asks for.

    Attributes:
        name: What they are rows of.
        columns: Their columns, in order.
        rows: The rows of this page.
        total: How many rows there are in all.
        more: What a JSON answer tells besides.
    """

    name: str
    columns: Sequence[RowColumn]
    rows: Sequence[Row]
    total: int
    more: Mapping[str, Any]


def told(asked: Asked, total: int | None = None) -> dict[str, str]:
    """Headers that tell what a body without room for it can't: version, count, other pages."""
    headers = {"X-Data-Version": asked.dataset.version.encode("ascii", "replace").decode()}
    links = [f'<{ROOT}/openapi.json>; rel="service-desc"']
    if total is not None:
        headers["X-Total-Count"] = str(total)
        # Without host: what a client sends as one could write into the header.
        links += [f'<?{query}>; rel="{rel}"' for rel, query in asked.query.pages(total).items()]
    return {**headers, "Link": ", ".join(links)}


def page_json(asked: Asked, page: Page) -> Response:
    """A page of rows as JSON."""
    as_of = asked.query.selection.as_of
    following = asked.query.pages(page.total).get("next")
    body = {
        "data_version": asked.dataset.version,
        "as_of": as_of.isoformat() if as_of else None,
        "count": len(page.rows),
        "total": page.total,
        "data": page.rows,
        "next": str(asked.request.url.replace(query=following)) if following else None,
        **page.more,
    }
    return as_json(asked.request, body, headers=told(asked, page.total))


def page_csv(asked: Asked, page: Page) -> Response:
    """A page of rows as CSV, guarded against being run as formulas."""
    table = FlatTable(
        name=page.name,
        columns=tuple(Column(c.name, c.kind, c.note) for c in page.columns),
        rows=tuple(
            tuple(
                list_texts(row[c.name]) if c.kind == "list" else row[c.name] for c in page.columns
            )
            for row in page.rows
        ),
    )
    headers = {
        **told(asked, page.total),
        "Content-Disposition": f'attachment; filename="{page.name}.csv"',
    }
    return answer(asked.request, csv_file(table), CSV, headers=headers)
