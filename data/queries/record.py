"""Everything about one transfer or event: who said what, the numbers, the sources."""

from typing import Any

import pandas as pd

from data.load import records
from data.queries.names import named, names_of
from data.selection import Selected

# Groups of speakers in the order in which lanes are drawn.
SPEAKER_GROUPS = ("supplier", "recipient", "party", "government", "other")
_ARRIVING = ("licensed_production", "in_delivery", "delivered")


def statements_about(selected: Selected, record_id: str) -> pd.DataFrame:
    """The known statements about one transfer or event, whatever the other filters are.

    Args:
        selected: What the reader asked to see; its as-known date counts.
        record_id: Which transfer or event.

    Returns:
        One row per statement: the statement's own columns, and `speaker`, `side`,
        `group_code` (supplier, recipient, or party of an event; government, other),
        `publisher`, `publisher_id`, `grade` (letter and digit), `url`, `source_title`,
        `source_published`, `counts`, `repeats` (how many statements repeat it); first
        said first.
    """
    known, names = selected.known, names_of(selected.known)
    parties = _parties(selected, record_id)
    rows = known.statements[_is_about(known.statements, record_id)].copy()
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
    rows["publisher_id"] = publishers
    letters = [names.reliability[p] for p in publishers]
    rows["grade"] = [a + b for a, b in zip(letters, rows["credibility_code"], strict=True)]
    rows["url"] = cited["url"].tolist()
    rows["source_title"] = cited["title"].tolist()
    rows["source_published"] = cited["published_date"].tolist()
    rows["counts"] = rows["statement_id"].isin(_counted(selected, record_id))
    repeats = rows["derived_from_id"].value_counts()
    rows["repeats"] = rows["statement_id"].map(repeats).fillna(0).astype("int64")
    rows = rows.sort_values(
        ["said_date_earliest", "published_date_latest", "statement_id"], ignore_index=True
    )
    return rows


def _is_about(statements: pd.DataFrame, record_id: str) -> pd.Series:
    return statements["transfer_id"].eq(record_id) | statements["event_id"].eq(record_id)


def _parties(selected: Selected, record_id: str) -> dict[str, str]:
    """Group of each side that is a party to a transfer, or takes part in an event."""
    known, names = selected.known, names_of(selected.known)
    for transfer in records(known.transfers[known.transfers["transfer_id"] == record_id]):
        return {
            names.sides[transfer.recipient_id]: "recipient",
            names.sides[transfer.supplier_id]: "supplier",
        }
    present = known.event_actors[known.event_actors["event_id"] == record_id]["actor_id"]
    return {names.sides[actor]: "party" for actor in present}


def _counted(selected: Selected, record_id: str) -> set[str]:
    if record_id in selected.claims:
        return {claim.statement_id for claim in selected.claims[record_id]}
    status = selected.event_assessments.get(record_id)
    return {*status.asserting, *status.denying} if status else set()


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


def sources_about(selected: Selected, record_id: str) -> pd.DataFrame:
    """The sources of everything said about one transfer or event.

    Args:
        selected: What the reader asked to see.
        record_id: Which transfer or event.

    Returns:
        `source_id`, `title`, `publisher`, `original_publisher`, `reliability_code`,
        `reliability_reason`, `kind_code`, `language`, `published_date`, `url`,
        `is_first_hand`, `statement_count`; the most used first.
    """
    known, names = selected.known, names_of(selected.known)
    about = known.statements[_is_about(known.statements, record_id)]
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


def event_dossier(selected: Selected, event_id: str) -> dict[str, pd.DataFrame]:
    """Who takes part in an event, and the transfers that it bears on, as known.

    Args:
        selected: What the reader asked to see.
        event_id: Which event.

    Returns:
        Frames `actors` (`role_code`, `actor_id`, `actor`; by role, then name) and
        `transfers` (rows of the known transfers, by name).
    """
    known, names = selected.known, names_of(selected.known)
    actors = known.event_actors[known.event_actors["event_id"] == event_id].copy()
    actors["actor"] = named(actors["actor_id"], names.actors)
    links = known.event_transfers
    beside = links[links["event_id"] == event_id]["transfer_id"]
    return {
        "actors": actors[["role_code", "actor_id", "actor"]].sort_values(
            ["role_code", "actor"], ignore_index=True
        ),
        "transfers": known.transfers[known.transfers["transfer_id"].isin(beside)].sort_values(
            "name", ignore_index=True
        ),
    }
