"""When each transfer was promised and arrived, who denied it when, and what else happened."""

from typing import Any

import pandas as pd

from data.claims import CANCELLED, RANK
from data.load import records
from data.queries.names import named, names_of
from data.selection import Selected

_Span = tuple[pd.Timestamp, pd.Timestamp]

_ARRIVING = RANK["licensed_production"]
_BOUNDS = ("earliest", "latest")


def _span(row: Any) -> _Span:
    """Bounds of the day that a statement speaks of; its own day where it names none.

    A promise is of its own day too: its stage date is when it is to be kept.
    """
    has_day = row.stage_date is not None and not row.is_prospective
    column = "stage_date" if has_day else "said_date"
    low, high = (getattr(row, f"{column}_{end}") for end in _BOUNDS)
    return (high if pd.isna(low) else low), (low if pd.isna(high) else high)


def transfer_spans(selected: Selected) -> pd.DataFrame:
    """One row per selected transfer, with the uncertain days of its turns.

    Args:
        selected: What the reader asked to see.

    Returns:
        `transfer_id`, and five pairs `<turn>_earliest`, `<turn>_latest`
        (datetime64, NaT where no counted statement speaks of it): `talk` (first word
        of talks), `promise` (first agreed), `arrival` (first arriving), `arrival_end`
        (last known to arrive), `cancel` (called off).
    """
    known = selected.known
    rows = {row.statement_id: row for row in records(known.statements)}
    delivered: dict[str, list[_Span]] = {}
    for row in records(known.deliveries):
        low, high = row.delivered_date_earliest, row.delivered_date_latest
        bounds = (high if pd.isna(low) else low), (low if pd.isna(high) else high)
        delivered.setdefault(row.transfer_id, []).append(bounds)
    found = []
    for transfer in selected.rows.transfers["transfer_id"]:
        spans: dict[str, list[_Span]] = {
            "talk": [],
            "promise": [],
            "cancel": [],
            "arrival": list(delivered.get(transfer, [])),
        }
        undated: list[_Span] = []
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
                spans["cancel"].append(_span(row))
                continue
            rank = RANK[claim.stage]
            if rank == RANK["agreed"] and owned and claim.statement_id not in owned:
                continue  # an early rumour of a promise that a party later owns
            turn = "talk" if rank == 0 else "promise" if rank < _ARRIVING else "arrival"
            # “Has been delivered” without a day says when it was known, not when it came.
            dated = turn != "arrival" or row.stage_date is not None
            (spans[turn] if dated else undated).append(_span(row))
        arrival = spans["arrival"] or undated
        found.append(
            {
                "transfer_id": transfer,
                **_pair("talk", _first(spans["talk"])),
                **_pair("promise", _first(spans["promise"])),
                **_pair("arrival", _first(arrival)),
                **_pair("arrival_end", max(arrival, key=lambda s: (s[1], s[0]), default=None)),
                **_pair("cancel", max(spans["cancel"], default=None)),
            }
        )
    columns = [
        f"{t}_{e}" for t in ("talk", "promise", "arrival", "arrival_end", "cancel") for e in _BOUNDS
    ]
    frame = pd.DataFrame(found, columns=["transfer_id", *columns])
    frame[columns] = frame[columns].astype("datetime64[s]")
    return frame


def _first(spans: list[_Span]) -> _Span | None:
    """The span that is over first: an exact day comes before the year that it lies in."""
    return min(spans, key=lambda span: (span[1], span[0]), default=None)


def _pair(name: str, span: _Span | None) -> dict[str, Any]:
    low, high = span or (pd.NaT, pd.NaT)
    return {f"{name}_earliest": low, f"{name}_latest": high}


def denials(selected: Selected) -> pd.DataFrame:
    """Counted denials about selected transfers.

    Args:
        selected: What the reader asked to see.

    Returns:
        `statement_id`, `transfer_id`, `speaker`, `stage_code`, `said_date`,
        `said_date_earliest`, `said_date_latest`, `summary`; first said first.
    """
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
