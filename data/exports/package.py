"""The data package of a view: CSV files, contract, README, citation and selection in a ZIP.

Opened with `ARMS_LEDGER_DATA` it shows the same view under the same link. Its CSV files
are guarded against spreadsheets that run cells as formulas; the contract says so, and
reading takes the guard away, so that nothing is lost on the way.
"""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from data.exports.archive import zipped
from data.exports.cells import GUARD, guarded
from data.exports.closure import closure
from data.exports.excerpt import Excerpt
from data.exports.wording import selection_words
from data.load import Dataset
from data.package import DESCRIPTOR, Field, Table
from data.receipt import RECORDS, receipt, record_ids


def _text(field: Field, value: Any) -> str:
    """A typed cell as the contract's files have it."""
    if value is None or value != value:  # NaN alone differs from itself
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if field.type in ("number", "integer"):
        return str(int(value)) if float(value).is_integer() else repr(float(value))
    return str(value) if field.is_date else guarded(str(value))


def _csv(table: Table, frame: pd.DataFrame) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.field_names)
    columns = [
        [_text(field, value) for value in frame[field.name].tolist()] for field in table.fields
    ]
    writer.writerows(zip(*columns, strict=True))
    return text.getvalue().encode("utf-8", "surrogatepass")


def _descriptor(view: Excerpt, closed: Dataset) -> dict[str, Any]:
    raw = view.dataset.package.descriptor
    resources = [{**resource, "formulaGuard": GUARD} for resource in raw["resources"]]
    return {
        **{key: value for key, value in raw.items() if key not in ("resources", "excerpt")},
        "cutOffDate": view.day.isoformat(),
        "excerpt": {
            "query": view.query,
            "asKnownOn": view.day.isoformat(),
            "receipt": receipt(view),
            "rowsShown": {name: len(ids) for name, ids in record_ids(view).items()},
            "rowsHeld": {name: len(getattr(closed, name)) for name in RECORDS},
        },
        "resources": resources,
    }


def _selection(view: Excerpt) -> dict[str, Any]:
    """What was asked for, and what it showed: rows and statuses."""
    transfers = view.rows.transfers
    return {
        "data_version": view.dataset.version,
        "as_known_on": view.day.isoformat(),
        "query": view.query,
        "selection": dict(selection_words(view.selection, view.dataset)),
        "receipt": receipt(view),
        "rows": record_ids(view),
        "statuses": {
            transfer: {"stage": stage, "standing": standing, "reasons": list(reasons)}
            for transfer, stage, standing, reasons in sorted(
                zip(
                    transfers["transfer_id"],
                    transfers["stage_code"],
                    transfers["standing_code"],
                    transfers["reasons"],
                    strict=True,
                )
            )
        },
    }


def _quoted(text: str) -> str:
    """A text as YAML reads it back; a JSON string is one."""
    return json.dumps(text, ensure_ascii=True)


def citation_file(view: Excerpt) -> str:
    """The package's CITATION.cff."""
    raw = view.dataset.package.descriptor
    lines = [
        "cff-version: 1.2.0",
        "message: " + _quoted("Cite the original source of each statement first, then the ledger."),
        f"title: {_quoted(view.dataset.package.title)}",
        "type: dataset",
        f"version: {_quoted(view.dataset.version)}",
        f"date-released: {_quoted(str(raw.get('created', ''))[:10])}",
        f"license: {_quoted(view.dataset.package.licence)}",
        "authors:",
        *(f"  - name: {_quoted(name)}" for name in curators(raw)),
    ]
    return "\n".join(lines) + "\n"


def curators(descriptor: Mapping[str, Any]) -> list[str]:
    """Names of those who keep a dataset, as its descriptor has them."""
    people = descriptor.get("contributors")
    found = [str(p["title"]) for p in people or () if isinstance(p, dict) and p.get("title")]
    return found or [str(descriptor.get("title", "The ledger")) + " curators"]


_README = """\
# {title}: an excerpt

Data version {version}, as known on {day}, licence {licence}.

## What was asked for

{asked}

The view showed {shown}. Their ids and the statuses of the transfers stand in `selection.json`.
Receipt: `{receipt}`

## What is in here

`{descriptor}` is the contract (Frictionless Data Package v2), `tables/` and `vocabularies/`
hold the rows, `CITATION.cff` says how to cite. The tables may hold more rows than the view
showed: a status follows from all that was said about a transfer, so nothing of that is left out.
No statement published after {day} is in here; sources, actors and publishers are those that
the rows need.

## Open it again

    ARMS_LEDGER_DATA=FOLDER make run

in a copy of the ledger's program, and append to the address of the page:

    {link}

It then shows the same rows with the same statuses. To check:

    python -m data.receipt {receipt} --query "{query}" --data FOLDER

## Reading the CSV files

UTF-8, comma, one line a row. Dates are EDTF text: `2024-09-10`, `2024-09`, `2022-08~` (about),
`2022-08?` (uncertain), `A/B` (from A to B). An empty cell is not known.

A text that a spreadsheet could run as a formula (one that begins with = + - @ or a blank before
them) has an apostrophe put before it; `"formulaGuard": "'"` in the contract says so. The ledger's
program takes it away when it reads. Whoever reads the files otherwise drops one leading apostrophe
where such a beginning follows.
"""


def _readme(view: Excerpt) -> str:
    told = selection_words(view.selection, view.dataset)
    shown = {name: len(ids) for name, ids in record_ids(view).items() if ids}
    return _README.format(
        title=view.dataset.package.title,
        version=view.dataset.version,
        day=view.day.isoformat(),
        licence=view.dataset.package.licence,
        asked="\n".join(f"- {name}: {value}" for name, value in told) or "Everything.",
        shown=", ".join(f"{count} {name}" for name, count in shown.items()) or "no row",
        receipt=receipt(view),
        descriptor=DESCRIPTOR,
        link=f"?{view.query}" if view.query else "(nothing: the view had no filter)",
        query=view.query,
    )


def data_package(view: Excerpt) -> bytes:
    """The view as a data package.

    Args:
        view: The rows with their selection.

    Returns:
        A ZIP archive, the same bytes for the same view.
    """
    closed = closure(view)
    descriptor = json.dumps(_descriptor(view, closed), ensure_ascii=False, indent=2)
    selection = json.dumps(_selection(view), ensure_ascii=False, indent=2)
    files = {
        "README.md": _readme(view).encode("utf-8", "surrogatepass"),
        "CITATION.cff": citation_file(view).encode(),
        DESCRIPTOR: (descriptor + "\n").encode("utf-8", "surrogatepass"),
        "selection.json": (selection + "\n").encode("utf-8", "surrogatepass"),
    }
    for table in view.dataset.package.tables:
        frame = (
            closed.vocabularies[table.name] if table.is_vocabulary else getattr(closed, table.name)
        )
        files[table.path] = _csv(table, frame)
    return zipped(files)
