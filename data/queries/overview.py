"""Totals by direction, what changed lately, what is most contested."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.history import StatusChange, status_history
from data.queries.ledger import REACHES
from data.selection import Selected


def totals(table: pd.DataFrame) -> pd.DataFrame:
    """Counts transfers by direction and by how far they got.

    Args:
        table: As `ledger.transfer_table` gives it.

    Returns:
        One row per direction present, indexed by direction code: `total`, one column
        per reach, and `contested`, which counts again those of any reach that are
        contested.
    """
    counts = pd.crosstab(table["direction_code"], table["reach_code"])
    counts = counts.reindex(columns=list(REACHES), fill_value=0)
    contested = table["standing_code"] == "contested"
    counts["contested"] = contested.groupby(table["direction_code"]).sum().astype("int64")
    counts.insert(0, "total", table.groupby("direction_code").size())
    return counts


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of status, and the transfer it is about."""

    transfer_id: str
    change: StatusChange


def latest_turns(selected: Selected, most: int) -> list[Turn]:
    """The last changes of status among the selected transfers.

    Args:
        selected: What the reader asked to see; nothing after its day is returned.
        most: How many.

    Returns:
        Changes, latest first.
    """
    day = selected.selection.as_of or date.max
    turns = [
        Turn(transfer, change)
        for transfer in selected.rows.transfers["transfer_id"]
        for change in status_history(selected.base, transfer)
        if change.day <= day
    ]
    turns.sort(key=lambda turn: (turn.change.day, turn.transfer_id), reverse=True)
    return turns[:most]


def notable(table: pd.DataFrame, most: int) -> pd.DataFrame:
    """The transfers between the two that are spoken of most, in the order of the table.

    Args:
        table: As `ledger.transfer_table` gives it.
        most: How many of each direction.

    Returns:
        Rows of `table`; transfers between other parties are left out.
    """
    between = table[table["direction_code"] != "other"]
    rank = between.groupby("direction_code")["statement_count"].rank(
        method="first", ascending=False
    )
    return between[rank <= most]


def most_contested(table: pd.DataFrame, most: int) -> pd.DataFrame:
    """Contested transfers with the most voices on the smaller side.

    Args:
        table: As `ledger.transfer_table` gives it.
        most: How many.

    Returns:
        The rows of `table` that are contested, the most disputed first.
    """
    contested = table[table["standing_code"] == "contested"].copy()
    contested["_smaller"] = contested[["asserting_count", "denying_count"]].min(axis=1)
    contested["_both"] = contested["asserting_count"] + contested["denying_count"]
    contested = contested.sort_values(
        ["_smaller", "_both", "name"], ascending=[False, False, True], ignore_index=True
    )
    return contested.drop(columns=["_smaller", "_both"]).head(most)
