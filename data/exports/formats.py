"""A view as CSV, JSON and Parquet.

CSV goes to spreadsheets, so its cells are guarded against being run as formulas. JSON
and Parquet go to programs and hold every text to the letter.
"""

import csv
import io
import json
from typing import Any

from data.exports.cells import guarded
from data.exports.columns import Kind
from data.exports.excerpt import Excerpt
from data.exports.flat import FlatTable
from data.exports.tables import TABLES, ordered, shaped_rows
from data.exports.wording import selection_words
from data.receipt import receipt

LIST_MARK = " | "  # parts lists in a cell, as it does in the ledger's own tables


def about(view: Excerpt) -> dict[str, Any]:
    """What a file says of itself: version, days, selection, receipt, licence."""
    return {
        "title": view.dataset.package.title,
        "data_version": view.dataset.version,
        "as_known_on": view.day.isoformat(),
        "cut_off_date": view.dataset.cut_off_date.isoformat(),
        "licence": view.dataset.package.licence,
        "query": view.query,
        "selection": dict(selection_words(view.selection, view.dataset)),
        "permalink": view.address or None,
        "receipt": receipt(view),
    }


def cell_text(kind: Kind, value: Any) -> str:
    """A cell as guarded text: days as ISO, lists parted by ` | `, "" where unknown."""
    if value is None:
        return ""
    if kind == "list":
        return guarded(LIST_MARK.join(value))
    if kind == "boolean":
        return "true" if value else "false"
    return guarded(str(value)) if kind == "text" else str(value)


def csv_file(table: FlatTable) -> bytes:
    """One table as CSV.

    Args:
        table: The table.

    Returns:
        UTF-8 with the mark that spreadsheets need to know it by, comma, one line a row.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(column.name for column in table.columns)
    kinds = [column.kind for column in table.columns]
    writer.writerows(
        [cell_text(kind, value) for kind, value in zip(kinds, row, strict=True)]
        for row in table.rows
    )
    return text.getvalue().encode("utf-8-sig", "surrogatepass")


def json_file(view: Excerpt) -> bytes:
    """Every table as JSON, each row as the API gives it.

    Args:
        view: The rows with their selection.

    Returns:
        One object: what the file is, and `tables`.
    """
    known = view.selected.known
    tables = {
        name: shaped_rows(name, ordered(name, getattr(view.rows, name)), known) for name in TABLES
    }
    body = {**about(view), "tables": tables}
    return (json.dumps(body, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode()


def parquet_file(view: Excerpt, table: FlatTable) -> bytes:
    """One table as Parquet.

    Args:
        view: The view, for the file's metadata (key `ledger`, JSON).
        table: The table.

    Returns:
        Typed columns: dates, doubles, booleans, lists of text.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {
        "text": pa.string(),
        "day": pa.date32(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "list": pa.list_(pa.string()),
    }
    schema = pa.schema(
        [pa.field(c.name, types[c.kind], metadata={"note": c.note}) for c in table.columns],
        metadata={"ledger": json.dumps(about(view), ensure_ascii=False)},
    )
    columns = zip(*table.rows, strict=True) if table.rows else ([] for _ in table.columns)
    arrays = [
        pa.array(list(values), type=types[c.kind])
        for c, values in zip(table.columns, columns, strict=True)
    ]
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), sink, compression="zstd")
    return sink.getvalue()
