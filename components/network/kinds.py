"""The kinds of tie: their names, which have a direction, and which stand against somebody."""

from collections.abc import Mapping
from dataclasses import dataclass

from data.load import Dataset, records

ARMS = "arms"
BELONGS = "belongs_to"
SEVERAL = "several"
STRIKES = "strikes"
# Kinds by which one actor works against another; they don't bring two sides together.
AGAINST = frozenset({"sanctions", "hostility", STRIKES})
# Kinds of event that are a tie between those who act and those acted on.
EVENT_TIES = {"sanction": "sanctions", "strike": STRIKES}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of tie.

    Attributes:
        label: Its name.
        is_directed: True if it points from one actor to the other.
    """

    label: str
    is_directed: bool


# What the vocabulary of relations says of a kind comes before what is said here.
_OWN = {
    ARMS: Kind("Arms", True),
    BELONGS: Kind("Belongs to", True),
    SEVERAL: Kind("Several kinds", False),
    STRIKES: Kind("Strikes", True),
    "sanctions": Kind("Sanctions", True),
}


def kinds_of(rows: Dataset) -> Mapping[str, Kind]:
    """Every kind of tie by its code: the vocabulary's, and those that other tables declare."""
    return _OWN | {
        row.code: Kind(row.label, row.is_directed)
        for row in records(rows.vocabularies["relation_kinds"])
    }


def code_of(kind: str, category: str) -> str:
    """The code by which ties of a kind are shown and hidden: `sanctions`, `arms.uav`."""
    return f"{kind}.{category}" if category else kind
