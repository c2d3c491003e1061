"""When each transfer was promised and arrived, who denied it when, and what else happened."""

from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from data.claims import CANCELLED, RANK
from data.load import records
from data.queries.names import Names, named, names_of
from data.selection import Selected

_ARRIVING = RANK["licensed_production"]
_BOUNDS = ("earliest", "latest")
TURNS = ("talk", "promise", "arrival", "arrival_end", "cancel")


class _Turn(NamedTuple):
    """The day of one turn of a transfer, and the statement that dates it."""

    low: pd.Timestamp
    high: pd.Timestamp
    text: str | None
    statement_id: str
    speaker_id: str


def _turn(row: Any) -> _Turn:
    """The day that a statement speaks of; its own day where it names none.

    A promise is of its own day too: its stage date is when it is to be kept.
    """
    has_day = row.stage_date is not None and not row.is_prospective
    return _dated(row, "stage_date" if has_day else "said_date", row)


def _dated(row: Any, column: str, statement: Any) -> _Turn:
    low, high = (getattr(row, f"{column}_{end}") for end in _BOUNDS)
    return _Turn(
        high if pd.isna(low) else low,
        low if pd.isna(high) else high,
        getattr(row, column),
        statement.statement_id,
        statement.speaker_id,
    )


@lru_cache(maxsize=16)
def transfer_spans(selected: Selected) -> pd.DataFrame:
    """One row per selected transfer, with the uncertain days of its turns.

    Args:
        selected: What the reader asked to see.

    Returns:
        `transfer_id`, and for each of five turns – `talk` (first word of talks),
        `promise` (first agreed), `arrival` (first arriving), `arrival_end` (last known
        to arrive), `cancel` (called off) – the bounds `<turn>_earliest`,
        `<turn>_latest` (datetime64, NaT where no counted statement speaks of it),
        `<turn>_date` (EDTF text), `<turn>_statement_id` (the statement that dates it)
        and `<turn>_speaker` (who made it); None where there is none. Kept per selection,
        so treat it as read-only.
    """
    if selected.whole is not None:
        return selected.of_transfers(transfer_spans(selected.whole))
    known, names = selected.known, names_of(selected.known)
    rows = {row.statement_id: row for row in records(known.statements)}
    delivered: dict[str, list[_Turn]] = {}
    for row in records(known.deliveries):
        turn = _dated(row, "delivered_date", rows[row.statement_id])
        delivered.setdefault(row.transfer_id, []).append(turn)
    found = []
    for transfer in selected.rows.transfers["transfer_id"]:
        turns: dict[str, list[_Turn]] = {
            "talk": [],
            "promise": [],
            "cancel": [],
            "arrival": list(delivered.get(transfer, [])),
        }
        undated: list[_Turn] = []
        step = next(s for s in selected.assessments[transfer].ladder if s.stage_code == "agreed")
        owned = {
            claim.statement_id
            for claim in selected.claims[transfer]
            if claim.stage == "agreed" and claim.statement_id in step.reasons
        }
        for claim in selected.claims[transfer]:
            if not claim.asserts:
                continue
            row = rows[claim.statement_id]
            if claim.stage == CANCELLED:
                turns["cancel"].append(_turn(row))
                continue
            rank = RANK[claim.stage]
            if rank == RANK["agreed"] and owned and claim.statement_id not in owned:
                continue  # an early rumour of a promise that a party later owns
            name = "talk" if rank == 0 else "promise" if rank < _ARRIVING else "arrival"
            # “Has been delivered” without a day says when it was known, not when it came.
            is_dated = name != "arrival" or row.stage_date is not None
            (turns[name] if is_dated else undated).append(_turn(row))
        arrival = turns["arrival"] or undated
        found.append(
            {
                "transfer_id": transfer,
                **_cells("talk", _first(turns["talk"]), names),
                **_cells("promise", _first(turns["promise"]), names),
                **_cells("arrival", _first(arrival), names),
                **_cells("arrival_end", max(arrival, key=_last_key, default=None), names),
                **_cells("cancel", max(turns["cancel"], key=_first_key, default=None), names),
            }
        )
    frame = pd.DataFrame(found, columns=["transfer_id", *_columns()], dtype="object")
    days = [f"{turn}_{end}" for turn in TURNS for end in _BOUNDS]
    frame[days] = frame[days].astype("datetime64[s]")
    return frame


def _columns() -> list[str]:
    cells = (*_BOUNDS, "date", "statement_id", "speaker")
    return [f"{turn}_{cell}" for turn in TURNS for cell in cells]


def _first_key(turn: _Turn) -> tuple[pd.Timestamp, pd.Timestamp, str]:
    return turn.low, turn.high, turn.statement_id


def _last_key(turn: _Turn) -> tuple[pd.Timestamp, pd.Timestamp, str]:
    return turn.high, turn.low, turn.statement_id


def _first(turns: list[_Turn]) -> _Turn | None:
    """The one that is over first: an exact day comes before the year that it lies in."""
    return min(turns, key=_last_key, default=None)


def _cells(name: str, turn: _Turn | None, names: Names) -> dict[str, Any]:
    return {
        f"{name}_earliest": turn.low if turn else pd.NaT,
        f"{name}_latest": turn.high if turn else pd.NaT,
        f"{name}_date": turn.text if turn else None,
        f"{name}_statement_id": turn.statement_id if turn else None,
        f"{name}_speaker": names.actors[turn.speaker_id] if turn else None,
    }


LANES = ("direction", "category", "system", "supplier", "actor")


def transfer_lanes(selected: Selected, lanes: str) -> pd.DataFrame:
    """Which lanes each selected transfer stands in.

    Args:
        selected: What the reader asked to see.
        lanes: One of `LANES`. With `actor`, a transfer stands in two lanes: its
            supplier's and its recipient's.

    Returns:
        `transfer_id`, `lane` (code or id), `label`, `order`; directions and categories
        in the order of their vocabulary, others by the number of their transfers.
    """
    names = names_of(selected.known)
    transfers = selected.rows.transfers
    if lanes in ("direction", "category"):
        vocabulary = selected.known.vocabularies[_VOCABULARIES[lanes]].set_index("code")
        frame = transfers[["transfer_id", f"{lanes}_code"]].set_axis(
            ["transfer_id", "lane"], axis=1
        )
        frame["label"] = frame["lane"].map(vocabulary["label"])
        frame["order"] = frame["lane"].map(vocabulary["order"]).astype("float64")
        return frame.reset_index(drop=True)
    columns = {"system": ("system_id",), "supplier": ("supplier_id",)}.get(
        lanes, ("supplier_id", "recipient_id")
    )
    labels = names.systems if lanes == "system" else names.actors
    frame = pd.concat(
        [transfers[["transfer_id", c]].set_axis(["transfer_id", "lane"], axis=1) for c in columns],
        ignore_index=True,
    ).drop_duplicates()
    frame["label"] = named(frame["lane"], labels)
    counts = frame["lane"].value_counts()
    ranked = sorted(counts.index, key=lambda lane: (-counts[lane], labels[lane], lane))
    frame["order"] = frame["lane"].map({lane: n for n, lane in enumerate(ranked)}).astype("float64")
    return frame.reset_index(drop=True)


_VOCABULARIES = {"direction": "directions", "category": "categories"}


@lru_cache(maxsize=16)
def denials(selected: Selected) -> pd.DataFrame:
    """Counted denials about selected transfers.

    Args:
        selected: What the reader asked to see.

    Returns:
        `statement_id`, `transfer_id`, `speaker`, `stage_code`, `said_date`,
        `said_date_earliest`, `said_date_latest`, `summary`; first said first. Kept per
        selection, so treat it as read-only.
    """
    if selected.whole is not None:
        return selected.of_transfers(denials(selected.whole))
    said = selected.known.statements
    counted = {
        claim.statement_id
        for transfer in selected.rows.transfers["transfer_id"]
        for claim in selected.claims[transfer]
        if claim.denies
    }
    denying = said[said["statement_id"].isin(counted)]
    frame = denying[
        [
            *("statement_id", "transfer_id", "stage_code", "said_date"),
            *("said_date_earliest", "said_date_latest", "summary"),
        ]
    ].copy()
    names = names_of(selected.known).actors
    frame.insert(2, "speaker", named(denying["speaker_id"], names))
    return frame.sort_values(["said_date_earliest", "statement_id"], ignore_index=True)


def event_marks(selected: Selected) -> pd.DataFrame:
    """Selected events.

    Args:
        selected: What the reader asked to see.

    Returns:
        `event_id`, `name`, `kind_code`, `event_date` with its bounds, `summary`;
        first first.
    """
    columns = [
        *("event_id", "name", "kind_code", "event_date"),
        *("event_date_earliest", "event_date_latest", "summary"),
    ]
    events = selected.rows.events[columns]
    return events.sort_values(["event_date_earliest", "event_id"], ignore_index=True)


def view_marks(selected: Selected) -> pd.DataFrame:
    """Selected views.

    Args:
        selected: What the reader asked to see.

    Returns:
        `view_id`, `person`, `position` (label), `said_date` with its bounds,
        `summary`; first voiced first.
    """
    names = names_of(selected.known)
    views = selected.rows.views
    frame = views[
        ["view_id", "said_date", "said_date_earliest", "said_date_latest", "summary"]
    ].copy()
    frame.insert(1, "person", named(views["person_id"], names.actors))
    labels = [names.label("positions", code) for code in views["position_code"]]
    frame.insert(2, "position", pd.Series(labels, index=views.index, dtype="object"))
    return frame.sort_values(["said_date_earliest", "view_id"], ignore_index=True)


def statements_per_quarter(selected: Selected) -> pd.DataFrame:
    """How much was said in each quarter.

    Args:
        selected: What the reader asked to see.

    Returns:
        `quarter` (first day) and `count`, without gaps from the first to the last
        quarter in which a selected statement was said.
    """
    days = selected.rows.statements["said_date_earliest"].dropna()
    if days.empty:
        return pd.DataFrame(
            {"quarter": pd.Series(dtype="datetime64[s]"), "count": pd.Series(dtype="int64")}
        )
    quarters = days.dt.to_period("Q")
    every = pd.period_range(quarters.min(), quarters.max(), freq="Q")
    counts = quarters.value_counts().reindex(every, fill_value=0)
    return pd.DataFrame({"quarter": every.to_timestamp(), "count": counts.to_numpy()})
