"""Everything about one transfer: who said what, the numbers, the sources, the turns."""

from typing import Any

import pandas as pd

from data.load import records
from data.queries.ledger import as_of_day
from data.queries.names import named, names_of
from data.selection import Selected

# Groups of speakers in the order in which lanes are drawn.
SPEAKER_GROUPS = ("supplier", "recipient", "government", "other")
_ARRIVING = ("licensed_production", "in_delivery", "delivered")


def statements_about(selected: Selected, transfer_id: str) -> pd.DataFrame:
    """The known statements about one transfer, whatever the other filters are.

    Args:
        selected: What the reader asked to see; its as-known date counts.
        transfer_id: Which transfer.

    Returns:
        One row per statement: the statement's own columns, and `speaker`, `side`,
        `group_code` (supplier, recipient, government, other), `publisher`, `grade`
        (letter and digit), `url`, `source_title`, `source_published`, `counts`,
        `repeats` (how many statements repeat it); first said first.
    """
    known, names = selected.known, names_of(selected.known)
    transfer = next(records(known.transfers[known.transfers["transfer_id"] == transfer_id]))
    parties = {
        names.sides[transfer.recipient_id]: "recipient",
        names.sides[transfer.supplier_id]: "supplier",
    }
    rows = known.statements[known.statements["transfer_id"] == transfer_id].copy()
    sources = known.sources.set_index("source_id")
    rows["speaker"] = named(rows["speaker_id"], names.actors)
    side_ids = named(rows["speaker_id"], names.sides)
    rows["side"] = named(side_ids, names.actors)
    governed = side_ids.map(dict(names.kinds)) == "state"
    rows["group_code"] = [
        parties.get(side, "government" if is_state or is_official else "other")
        for side, is_state, is_official in zip(side_ids, governed, rows["is_official"], strict=True)
    ]
    cited = sources.loc[rows["source_id"]]
    publishers = cited["publisher_id"].tolist()
    rows["publisher"] = [names.publishers[p] for p in publishers]
    letters = [names.reliability[p] for p in publishers]
    rows["grade"] = [a + b for a, b in zip(letters, rows["credibility_code"], strict=True)]
    rows["url"] = cited["url"].tolist()
    rows["source_title"] = cited["title"].tolist()
    rows["source_published"] = cited["published_date"].tolist()
    counted = {claim.statement_id for claim in selected.claims[transfer_id]}
    rows["counts"] = rows["statement_id"].isin(counted)
    repeats = rows["derived_from_id"].value_counts()
    rows["repeats"] = rows["statement_id"].map(repeats).fillna(0).astype("int64")
    rows = rows.sort_values(
        ["said_date_earliest", "published_date_latest", "statement_id"], ignore_index=True
    )
    return rows


def quantities(selected: Selected, transfer_id: str) -> pd.DataFrame:
    """The numbers that each speaker gives; never added, never averaged.

    Args:
        selected: What the reader asked to see.
        transfer_id: Which transfer.

    Returns:
        `statement_id`, `speaker`, `turn` (`promised` or `arrived`), `low`, `high`
        (NaN where open), `words`, `stance_code`, `unit_code`, `said_date`, `counts`;
        repeats left out. Denials that a thing came at all stand with `low` and `high`
        0 and stance `denies`.
    """
    rows = statements_about(selected, transfer_id)
    rows = rows[rows["derived_from_id"].isna()]
    found: list[dict[str, Any]] = []
    for row in records(rows):
        denies = row.stance_code == "denies"
        numbered = pd.notna(row.quantity_low) or pd.notna(row.quantity_high)
        if row.stage_code == "cancelled" or not (numbered or row.quantity_as_stated or denies):
            continue
        found.append(
            {
                "statement_id": row.statement_id,
                "speaker": row.speaker,
                "turn": "arrived" if row.stage_code in _ARRIVING else "promised",
                "low": 0.0 if denies and not numbered else row.quantity_low,
                "high": 0.0 if denies and not numbered else row.quantity_high,
                "words": row.quantity_as_stated or ("none: denied" if denies else ""),
                "stance_code": row.stance_code,
                "unit_code": row.unit_code,
                "said_date": row.said_date,
                "counts": row.counts,
            }
        )
    columns = [
        *("statement_id", "speaker", "turn", "low", "high", "words"),
        *("stance_code", "unit_code", "said_date", "counts"),
    ]
    frame = pd.DataFrame(found, columns=columns)
    frame[["low", "high"]] = frame[["low", "high"]].astype("float64")
    return frame


def sources_about(selected: Selected, transfer_id: str) -> pd.DataFrame:
    """The sources of everything said about one transfer.

    Args:
        selected: What the reader asked to see.
        transfer_id: Which transfer.

    Returns:
        `source_id`, `title`, `publisher`, `original_publisher`, `reliability_code`,
        `reliability_reason`, `kind_code`, `language`, `published_date`, `url`,
        `is_first_hand`, `statement_count`; the most used first.
    """
    known, names = selected.known, names_of(selected.known)
    about = known.statements[known.statements["transfer_id"] == transfer_id]
    further = known.statement_sources[
        known.statement_sources["statement_id"].isin(about["statement_id"])
    ]
    uses = pd.concat([about[["statement_id", "source_id"]], further], ignore_index=True)
    counts = uses.drop_duplicates().groupby("source_id").size()
    reasons = dict(
        zip(known.publishers["publisher_id"], known.publishers["reliability_reason"], strict=True)
    )
    rows = known.sources[known.sources["source_id"].isin(counts.index)].copy()
    rows["publisher"] = named(rows["publisher_id"], names.publishers)
    rows["original_publisher"] = named(rows["original_publisher_id"], names.publishers)
    rows["reliability_code"] = named(rows["publisher_id"], names.reliability)
    rows["reliability_reason"] = rows["publisher_id"].map(reasons).astype("object")
    rows["statement_count"] = rows["source_id"].map(counts).astype("int64")
    columns = [
        *("source_id", "title", "publisher", "original_publisher", "reliability_code"),
        *("reliability_reason", "kind_code", "language", "published_date", "url"),
        *("is_first_hand", "statement_count"),
    ]
    return rows.sort_values(["statement_count", "source_id"], ascending=[False, True])[
        columns
    ].reset_index(drop=True)


def related(selected: Selected, transfer_id: str) -> dict[str, pd.DataFrame]:
    """Deliveries, events and views that belong to one transfer, as known.

    Args:
        selected: What the reader asked to see.
        transfer_id: Which transfer.

    Returns:
        Frames `deliveries`, `events`, `views`, each with its own columns and the
        earliest first.
    """
    known = selected.known
    events = known.event_transfers[known.event_transfers["transfer_id"] == transfer_id]["event_id"]
    views = known.view_transfers[known.view_transfers["transfer_id"] == transfer_id]["view_id"]
    return {
        "deliveries": known.deliveries[known.deliveries["transfer_id"] == transfer_id].sort_values(
            "delivered_date_earliest", ignore_index=True
        ),
        "events": known.events[known.events["event_id"].isin(events)].sort_values(
            "event_date_earliest", ignore_index=True
        ),
        "views": known.views[known.views["view_id"].isin(views)].sort_values(
            "said_date_earliest", ignore_index=True
        ),
    }


def open_days(selected: Selected, first: pd.Timestamp) -> int:
    """Age in days of something known since `first`, reckoned to the as-known date."""
    return (as_of_day(selected) - first.date()).days
