"""The parameters of the API as OpenAPI has them; what they accept is the query reader's to say."""

from typing import Any

from dashboard.api.query import MAX_OFFSET, SINCE, Accepted
from data.load import Dataset
from data.query_string import ACTOR_KEYS, MAX_QUERY_LENGTH, choices
from data.selection import UNSET
from data.view_filter import SAID_ACCEPTS

_DAY = {"type": "string", "format": "date"}
_TOLD = {
    "q": (
        "Words to look for, in whole or in part, in any order and script; words in quotation marks "
        "must stand side by side."
    ),
    "actor": "Who must be involved. Any of several fits.",
    "direction": "Which way a transfer goes.",
    "category": "Category of what is transferred. Any of several fits.",
    "standing": "How well a status is supported. Any of several fits.",
    "dates": "First and last day of a range.",
    "grade": "The lowest grade that counts: a publisher's letter and a statement's digit.",
    "as_of": "The day as known on which everything is answered; nothing that came later is in it.",
    "record": "The transfer or event that rows must belong to.",
    "person": "Views: who judges.",
    "organisation": "Views: the organisation that they spoke for.",
    "role": "Views: kind of speaker.",
    "country": "Views: country spoken from.",
    "topic": "Views: topic.",
    "position": "Views: position.",
    "about": "Views: whom they speak about.",
    "said": f"Views: when they were said: {SAID_ACCEPTS}.",
    "wording": "Views: whether verbatim words are there.",
    "source_grade": "Views: letter of the publisher.",
    "tie": "One tie of the network, `<from>~<to>~<kind>`: the rows that stand behind it.",
    "unfold": "With `tie`: sides that are unfolded, or `all`.",
    SINCE: "The earlier day: what is told became known after it.",
    "limit": "Most rows of an answer.",
    "offset": "Rows to skip first.",
}
_ONCE = ("direction", "record")  # of those that name something


def _values(key: str, dataset: Dataset, accepted: Accepted) -> dict[str, Any]:
    """Schema of a parameter's values, and an example of them."""
    if key == "limit":
        bounds = {"minimum": 1, "maximum": accepted.most, "default": accepted.limit}
        return {"schema": {"type": "integer", **bounds}}
    if key == "offset":
        return {"schema": {"type": "integer", "minimum": 0, "maximum": MAX_OFFSET, "default": 0}}
    if key in ("as_of", SINCE):
        return {"schema": _DAY, "example": "2024-10-21"}
    if key == "dates":
        return {
            "schema": {"type": "array", "items": _DAY, "minItems": 2, "maxItems": 2},
            "example": ["2022-02-24", "2024-12-31"],
        }
    if key == "grade":
        # Any case, and `any` for none.
        return {"schema": {"type": "string"}, "example": "C3"}
    if key == "q":
        return {"schema": {"type": "string", "maxLength": MAX_QUERY_LENGTH}, "example": "drones"}
    labels = choices(dataset).labels.get(key)
    if labels is None:
        text: dict[str, Any] = {"type": "string"}
        return {"schema": text if key == "tie" else {"type": "array", "items": text}}
    # Ids are what links write; names do as well, whatever their case.
    is_long = key in ACTOR_KEYS or key == "record"
    text = {"type": "string"}
    value = text if is_long else {"anyOf": [{"type": "string", "enum": [*labels]}, text]}
    example = next(iter(labels), "")
    if key in _ONCE:
        return {"schema": value, "example": example}
    return {"schema": {"type": "array", "items": value}, "example": [example]}


def query_parameters(dataset: Dataset, accepted: Accepted) -> list[dict[str, Any]]:
    """The parameters of a query.

    Args:
        dataset: Whose ids and codes are accepted.
        accepted: What an endpoint accepts.

    Returns:
        OpenAPI parameter objects, in the order of the keys.
    """
    described = choices(dataset)
    found = []
    for key in accepted.keys:
        note = _TOLD[key]
        if key in described.labels:
            note += f" Accepts {described.accepts(key)}."
        if UNSET.get(key):
            note += f" `{UNSET[key]}` stands for none."
        values = _values(key, dataset, accepted)
        several = {"style": "form", "explode": True} if "items" in values["schema"] else {}
        found.append(
            {
                "name": key,
                "in": "query",
                "required": key in accepted.required,
                "description": note,
                **several,
                **values,
            }
        )
    return found


def path_parameters(dataset: Dataset, path: str, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """The parameters of a path: the id of a row, with one that is known as the example."""
    table = dataset.package.by_name[path.split("/")[1]] if names else None
    if table is None:
        return []
    ids = getattr(dataset, table.name)[table.primary_key[0]]
    example = {"example": str(ids.iloc[0])} if len(ids) else {}
    note = f"{table.fields[0].description} Accepted in lower case, as rows give it."
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": note,
            "schema": {"type": "string", "minLength": 1},
            **example,
        }
        for name in names
    ]
