"""The table under the timeline: every mark in words, and the way to it by keyboard."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from components.text import count_words, date_words
from data.load import records
from data.queries.names import names_of
from data.selection import Selected

COLUMNS = (
    "What",
    "Kind",
    "First day",
    "Promised",
    "Arriving from",
    "Arriving to",
    "Status",
    "Who says so",
)


def timeline_rows(
    selected: Selected,
    table: pd.DataFrame,
    frames: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame],
    *,
    drawn: Mapping[str, date],
    first: date,
    last: date,
) -> pd.DataFrame:
    """The marks of the timeline in words.

    Args:
        selected: What the reader asked to see.
        table: `transfer_table`.
        frames: `transfer_spans`, and the `denials`, `event_marks` and `view_marks` shown.
        drawn: First day of each transfer that is drawn.
        first: First day of the window.
        last: Last day of the window.

    Returns:
        `id` and `COLUMNS`, one row per transfer, denial, event and view, first first.
    """
    names = names_of(selected.known)
    spans, denials, events, views = frames
    found: list[dict[str, Any]] = []
    turns = {row.transfer_id: row for row in records(spans)}
    for row in records(table):
        if row.transfer_id not in drawn:
            continue
        turn = turns[row.transfer_id]
        speakers = (turn.promise_speaker or turn.talk_speaker, turn.arrival_speaker)
        stage = names.label("stages", row.stage_code)
        found.append(
            {
                "id": row.transfer_id,
                "What": row.name,
                "Kind": "Transfer",
                "First day": drawn[row.transfer_id].isoformat(),
                "Promised": _words(turn.promise_date),
                "Arriving from": _words(turn.arrival_date),
                "Arriving to": _words(turn.arrival_end_date),
                "Status": f"{stage} · {names.label('standings', row.standing_code).lower()}",
                "Who says so": "; ".join(dict.fromkeys(each for each in speakers if each)),
            }
        )
    for row in records(_within(denials, "said_date", first, last)):
        if row.transfer_id in drawn:
            found.append(
                {
                    "id": row.statement_id,
                    "What": f"{names.transfers[row.transfer_id]}: denied",
                    "Kind": "Denial",
                    "First day": f"{row.said_date_earliest:%Y-%m-%d}",
                    "Who says so": row.speaker,
                }
            )
    for row in records(_within(events, "event_date", first, last)):
        found.append(
            {
                "id": row.event_id,
                "What": row.name,
                "Kind": names.label("event_kinds", row.kind_code),
                "First day": f"{row.event_date_earliest:%Y-%m-%d}",
                "Status": date_words(row.event_date),
            }
        )
    for row in records(_within(views, "said_date", first, last)):
        found.append(
            {
                "id": row.view_id,
                "What": row.summary,
                "Kind": "View",
                "First day": f"{row.said_date_earliest:%Y-%m-%d}",
                "Status": row.position,
                "Who says so": row.person,
            }
        )
    frame = pd.DataFrame(found, columns=["id", *COLUMNS], dtype="object").fillna("")
    return frame.sort_values(["First day", "id"], ignore_index=True)


def _words(text: str | None) -> str:
    return date_words(text) if text else ""


def _within(frame: pd.DataFrame, column: str, first: date, last: date) -> pd.DataFrame:
    """Rows whose days touch the window."""
    low = frame[f"{column}_earliest"].fillna(frame[f"{column}_latest"])
    high = frame[f"{column}_latest"].fillna(frame[f"{column}_earliest"])
    return frame[(low <= pd.Timestamp(last)) & (high >= pd.Timestamp(first))]


def rows_label(frame: pd.DataFrame) -> str:
    """Title of the table."""
    return f"Every mark as a table, {count_words(len(frame), 'row')}: select one for its evidence"
