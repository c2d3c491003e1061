"""The rows of a mirrored chart: transfers between the two, by category or by system."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.load import records

# Direction code, and the sign of its side of the middle.
SIDES = (("iran-russia", -1), ("russia-iran", 1))


@dataclass(frozen=True, slots=True)
class Group:
    """One row of a mirrored chart.

    Attributes:
        key: Category code or name of a system.
        label: What stands beside it; from data.
        rows: Its transfers, of both directions, as the table has them.
    """

    key: str
    label: str
    rows: tuple[Any, ...]

    def side(self, direction: str) -> list[Any]:
        """Its transfers of one direction."""
        return [row for row in self.rows if row.direction_code == direction]


def between_the_two(table: pd.DataFrame) -> list[Any]:
    """The transfers of a table that go from Iran to Russia or back.

    Args:
        table: `transfer_table`.
    """
    sides = {direction for direction, _ in SIDES}
    return [row for row in records(table) if row.direction_code in sides]


def grouped(rows: Sequence[Any], categories: pd.DataFrame, by: str) -> list[Group]:
    """Groups transfers by category or system.

    Args:
        rows: Rows of `transfer_table`.
        categories: Vocabulary with `code`, `label`, `order`.
        by: `category` or `system`.

    Returns:
        The groups that have transfers: categories in the vocabulary's order, unknown ones
        last; systems in the order of their categories, then by name.
    """
    order = dict(zip(categories["code"], categories["order"], strict=True))
    labels = dict(zip(categories["code"], categories["label"], strict=True))
    found: dict[tuple[float, str, str], list[Any]] = {}
    for row in rows:
        code = row.category_code
        key = row.system if by == "system" else code
        found.setdefault((float(order.get(code, 1e9)), code, key), []).append(row)
    return [
        Group(key, key if by == "system" else labels.get(key, key), tuple(members))
        for (_, _, key), members in sorted(found.items(), key=lambda item: item[0])
    ]
