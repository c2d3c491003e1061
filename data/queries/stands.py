"""Where people stand on a question, when they moved, and on which topics they part."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from data.load import Dataset, records
from data.selection import Selected

QUESTIONS = {"support": "Will Russia help Iran?", "tie": "Where is the tie going?"}
# Events that the views are read against; a test holds that each is in the ledger.
TURNING_POINTS = (
    "israel-strike-iran-2024-10-26",
    "assad-falls-2024-12-08",
    "treaty-signed-2025-01-17",
    "israel-iran-war-2025-06",
    "us-israel-war-on-iran-2026-02-28",
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A position that differs from the one that the same person took before.

    Attributes:
        before: The view before.
        after: The view that differs.
    """

    before: Any
    after: Any


def turning_points(known: Dataset) -> list[tuple[date, str]]:
    """First day and name of the turning points that are known, in order."""
    events = known.events[known.events["event_id"].isin(TURNING_POINTS)]
    return [
        (row.event_date_earliest.date(), row.name)
        for row in records(events.sort_values("event_date_earliest"))
    ]


def turning_periods(known: Dataset) -> list[tuple[str, str]]:
    """Values of `said` before and since each turning point, with words for each."""
    found: list[tuple[str, str]] = []
    for day, name in turning_points(known):
        found.append((f"../{day - timedelta(days=1)}", f"before: {name}"))
        found.append((f"{day}/..", f"since: {name}"))
    return found


def answers(positions: pd.DataFrame, question: str) -> list[str]:
    """Codes of the positions that answer a question, in the order of the vocabulary."""
    rows = positions[positions["question_code"] == question].sort_values("order")
    return [str(code) for code in rows["code"]]


def answering(table: pd.DataFrame, positions: pd.DataFrame, question: str) -> pd.DataFrame:
    """The views that answer a question, first said first.

    Args:
        table: As `view_table` gives it.
        positions: The position vocabulary.
        question: Key of `QUESTIONS`.
    """
    fitting = table[table["position_code"].isin(answers(positions, question))]
    return fitting.sort_values(
        ["said_date_earliest", "said_date_latest", "view_id"], ignore_index=True
    )


def latest_stands(views: pd.DataFrame, *, by_topic: bool = False) -> pd.DataFrame:
    """The last view of each person, or of each person on each topic.

    Args:
        views: As `answering` gives them.
        by_topic: Whether topics are told apart.

    Returns:
        The same columns, the latest first.
    """
    keys = ["person_id", "topic_code"] if by_topic else ["person_id"]
    return views.drop_duplicates(keys, keep="last").iloc[::-1].reset_index(drop=True)


def turns(views: pd.DataFrame) -> dict[str, list[Turn]]:
    """Where people changed their answer.

    Args:
        views: As `answering` gives them.

    Returns:
        Turns by person, in order; those who never changed are left out.
    """
    found: dict[str, list[Turn]] = {}
    last: dict[str, Any] = {}
    for row in records(views):
        before = last.get(row.person_id)
        if (
            before is not None
            and before.position_code != row.position_code
            # Of two answers that may have been given at once, neither is the later one.
            and row.said_date_earliest > before.said_date_latest
        ):
            found.setdefault(row.person_id, []).append(Turn(before, row))
        last[row.person_id] = row
    return found


def forecasts(selected: Selected, table: pd.DataFrame) -> list[tuple[Any, list[Any]]]:
    """Forecasts with what came of them, as known.

    Args:
        selected: What the reader asked to see.
        table: As `view_table` gives it.

    Returns:
        Each view with a forecast, first said first, and the statements that tell what
        happened, as rows with `outcome_code`, `outcome` (our words), `said_date`,
        `speaker_id`, `statement_id`, `source_id`.
    """
    known = selected.known
    told = known.view_outcomes.rename(columns={"summary": "outcome"}).merge(
        known.statements.drop(columns="summary"), on="statement_id"
    )
    told = told.sort_values(["said_date_latest", "statement_id"])
    views = table[table["forecast"].notna()].sort_values(["said_date_earliest", "view_id"])
    return [(row, list(records(told[told["view_id"] == row.view_id]))) for row in records(views)]


def official_denials(selected: Selected) -> pd.DataFrame:
    """Denials by officials among the selected statements, first said first.

    Args:
        selected: What the reader asked to see.

    Returns:
        The statements' own columns and `category_code` of the transfer denied.
    """
    said = selected.rows.statements
    said = said[
        (said["stance_code"] == "denies") & said["is_official"] & said["transfer_id"].notna()
    ]
    category = selected.known.transfers.set_index("transfer_id")["category_code"]
    return said.assign(category_code=said["transfer_id"].map(category)).sort_values(
        ["said_date_earliest", "statement_id"], ignore_index=True
    )
