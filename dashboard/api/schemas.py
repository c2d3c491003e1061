"""JSON Schemas of what the API answers with, read from the contract and the vocabularies."""

from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.api.endpoints import ROOT
from dashboard.api.search import HIT_COLUMNS
from dashboard.api.tables import VOCABULARIES
from data.exports.changes import CHANGE_COLUMNS
from data.exports.columns import RowColumn, row_columns, vocabulary_columns
from data.exports.tables import ALL_TABLES
from data.load import Dataset
from data.queries.search import HIT_KINDS

Schema = dict[str, Any]
_TYPES = {"text": "string", "day": "string", "number": "number", "boolean": "boolean"}
# What a contract's constraints are called in JSON Schema.
_LIMITS = ("pattern", "minLength", "maxLength", "minimum", "maximum", "enum")
TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}


def ref(name: str) -> Schema:
    """A pointer to a named schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def _object(properties: Schema, **more: Any) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
        **more,
    }


def _nullable(schema: Schema) -> Schema:
    schema = {**schema, "type": [schema["type"], "null"]}
    return {**schema, "enum": [*schema["enum"], None]} if "enum" in schema else schema


def codes_of(dataset: Dataset, vocabulary: str) -> list[str]:
    """The codes of a vocabulary, in order."""
    return list(dataset.vocabularies[vocabulary]["code"])


def _cell(dataset: Dataset, column: RowColumn) -> Schema:
    """What one text, number … of a column may be, null apart."""
    schema: Schema = {"type": _TYPES.get(column.kind, "string")}
    if column.kind == "day":
        schema["format"] = "date"
    if column.field is not None:
        constraints = column.field.constraints
        schema |= {key: constraints[key] for key in _LIMITS if key in constraints}
        if column.field.type == "integer":
            schema["type"] = "integer"
    if column.vocabulary:
        schema.pop("pattern", None)
        schema["enum"] = codes_of(dataset, column.vocabulary)
    elif column.codes:
        schema["enum"] = list(column.codes)
    return schema


def _column(dataset: Dataset, column: RowColumn) -> Schema:
    schema = _cell(dataset, column)
    if column.kind == "list":
        items = _row(dataset, column.parts) if column.parts else schema
        schema = {"type": "array", "items": items}
    if column.is_nullable:
        schema = _nullable(schema)
    note = column.note
    if column.field is not None and column.field.is_date:
        note += " EDTF text."
    if column.table in ALL_TABLES:
        note += f" Row of `{ROOT}/{column.table}`."
    schema["description"] = note
    # Codes stand in the list above; an example adds to the other texts.
    if column.field is not None and "enum" not in schema and column.kind == "text":
        schema["examples"] = [column.field.example]
    return schema


def _row(dataset: Dataset, columns: Iterable[RowColumn], note: str = "") -> Schema:
    more = {"description": note} if note else {}
    return _object({column.name: _column(dataset, column) for column in columns}, **more)


def _health() -> Schema:
    health = _object({"status": {"const": "ok"}, "data_version": TEXT, "statements": _COUNT})
    since = {"type": "string", "format": "date-time", "description": "When that was found."}
    health["properties"]["newer_data"] = _object(
        {"problems": _COUNT, "since": since},
        description="There only while the files are broken and the version before is served.",
    )
    return health


def _known(data: Schema) -> Schema:
    return {
        "data_version": {**TEXT, "description": "Version of the dataset."},
        "as_of": {
            "type": ["string", "null"],
            "format": "date",
            "description": "The as-known date that was asked for; null for the latest.",
        },
        **data,
    }


def _rows(row: str, more: Schema) -> Schema:
    return _object(
        _known(
            {
                "count": {**_COUNT, "description": "Rows of this answer."},
                "total": {**_COUNT, "description": "Rows on all pages."},
                "data": {"type": "array", "items": ref(row)},
                "next": {
                    "type": ["string", "null"],
                    "description": "Address of the next page; null on the last.",
                },
                **more,
            }
        )
    )


def _errors() -> dict[str, Schema]:
    message = {**TEXT, "description": "What is wrong, in a sentence."}
    problem = {
        "parameter": {**TEXT, "description": "Key of the query that isn't understood."},
        "value": {**TEXT, "description": "Its value as given, shortened."},
        "message": message,
        "accepts": {**TEXT, "description": "What the key accepts."},
    }
    lines = {"type": "array", "items": TEXT}
    return {
        "Problem": _object(problem),
        "Refused": _object(
            {"error": ref("Problem"), "problems": {"type": "array", "items": ref("Problem")}}
        ),
        "NotFound": _object({"error": _object({"message": message, "accepts": lines})}),
        "NotAllowed": _object({"error": _object({"message": message})}),
        "Broken": _object(
            {
                "error": _object({"message": message}),
                "problems": {**lines, "description": "`file:row:column: value: problem; mend`."},
            }
        ),
    }


def schemas(dataset: Dataset) -> dict[str, Schema]:
    """Every schema that an endpoint or an error names.

    Args:
        dataset: Whose contract and vocabularies say what rows hold.

    Returns:
        JSON Schemas (2020-12) by name.
    """
    package = dataset.package
    kinds = _object({}, description="Hits of each kind in all.", required=[])
    kinds["properties"] = {kind: {"type": "integer", "minimum": 1} for kind in HIT_KINDS}
    listed: list[tuple[str, Sequence[RowColumn], str, Schema]] = [
        (name, row_columns(package, name), package.by_name[name].description, {})
        for name in ALL_TABLES
    ]
    listed += [
        (VOCABULARIES, vocabulary_columns(package), "One code of a vocabulary.", {}),
        ("changes", CHANGE_COLUMNS, "A transfer whose status differs.", {}),
        ("search", HIT_COLUMNS, "One row that a search found.", {"kinds": kinds}),
    ]
    found: dict[str, Schema] = {}
    for name, columns, note, more in listed:
        title = name.capitalize()
        found[f"{title}Row"] = _row(dataset, columns, note)
        found[f"{title}Answer"] = _rows(f"{title}Row", more)
        if name in ALL_TABLES:
            found[f"{title}One"] = _object(_known({"data": ref(f"{title}Row")}))
    return {
        **found,
        "Citations": {
            "type": "array",
            "items": {"type": "object"},
            "description": "Items of CSL-JSON.",
        },
        "Document": {"type": "object", "description": "An OpenAPI 3.1 document."},
        "Health": _health(),
        "Unwell": _object({"status": {"const": "broken data"}, "problems": _COUNT}),
        **_errors(),
    }
