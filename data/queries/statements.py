"""All statements as one table, and who says what of which transfer."""

import pandas as pd

from data.claims import CANCELLED, RANK
from data.load import records
from data.queries.names import names_of
from data.selection import Selected

ASSERTS, DENIES, DECLINES = "asserts", "denies", "declines"
_OTHERS = "others"
_RANKS = {**RANK, CANCELLED: -1}


def statement_table(selected: Selected) -> pd.DataFrame:
    """The selected statements with names in place of ids.

    Args:
        selected: What the reader asked to see.

    Returns:
        `statement_id`, `said_date` with its bounds, `speaker`, `speaker_id`,
        `stance_code`, `stage_code`, `subject` (name of the transfer or event),
        `transfer_id`, `event_id`, `quantity_as_stated`, `summary`, `publisher`,
        `publisher_id`, `credibility_code`, `credibility_reason`, `grade`, `url`,
        `is_repeat`; latest first.
    """
    known, names = selected.known, names_of(selected.known)
    publisher = dict(zip(known.sources["source_id"], known.sources["publisher_id"], strict=True))
    url = dict(zip(known.sources["source_id"], known.sources["url"], strict=True))
    found = [
        {
            "statement_id": row.statement_id,
            "said_date": row.said_date,
            "said_date_earliest": row.said_date_earliest,
            "said_date_latest": row.said_date_latest,
            "speaker": names.actors[row.speaker_id],
            "speaker_id": row.speaker_id,
            "stance_code": row.stance_code,
            "stage_code": row.stage_code,
            "subject": names.transfers[row.transfer_id]
            if row.transfer_id
            else names.events[row.event_id],
            "transfer_id": row.transfer_id,
            "event_id": row.event_id,
            "quantity_as_stated": row.quantity_as_stated,
            "summary": row.summary,
            "publisher": names.publishers[publisher[row.source_id]],
            "publisher_id": publisher[row.source_id],
            "credibility_code": row.credibility_code,
            "credibility_reason": row.credibility_reason,
            "grade": names.reliability[publisher[row.source_id]] + row.credibility_code,
            "url": url[row.source_id],
            "is_repeat": row.derived_from_id is not None,
        }
        for row in records(selected.rows.statements)
    ]
    columns = [
        *("statement_id", "said_date", "said_date_earliest", "said_date_latest"),
        *("speaker", "speaker_id", "stance_code", "stage_code", "subject", "transfer_id"),
        *("event_id", "quantity_as_stated", "summary", "publisher", "grade", "url"),
        *("publisher_id", "credibility_code", "credibility_reason"),
        "is_repeat",
    ]
    frame = pd.DataFrame(found, columns=columns)
    return frame.sort_values(
        ["said_date_latest", "statement_id"], ascending=[False, True], ignore_index=True
    )


def matrix(selected: Selected, most: int) -> pd.DataFrame:
    """What each speaker's side says of each selected transfer.

    Args:
        selected: What the reader asked to see.
        most: How many columns at most, the parties first, then those who speak of
            the most transfers.

    Returns:
        One row per (transfer, side) that is not silent: `transfer_id`, `transfer`,
        `side_id`, `side`, `stances` (tuple of `asserts`, `denies`, `declines` in the
        order first said), `stages` (the furthest stage spoken of with each stance),
        `statement_ids`; transfers with the most disagreement
        first. Speakers without a state or group behind them are one side, `others`.
    """
    names = names_of(selected.known)
    shown = set(selected.rows.transfers["transfer_id"])
    cells: dict[tuple[str, str], dict[str, list[str]]] = {}
    reached: dict[tuple[str, str, str], str] = {}
    rows = selected.rows.statements.sort_values(["said_date_earliest", "statement_id"])
    for row in records(rows):
        if row.transfer_id not in shown:
            continue
        side = names.sides[row.speaker_id]
        if not row.is_official and names.kinds[side] != "state":
            side = _OTHERS
        stance = row.stance_code if row.stance_code in (DENIES, DECLINES) else ASSERTS
        furthest = reached.get((row.transfer_id, side, stance))
        if furthest is None or _RANKS[row.stage_code] > _RANKS[furthest]:
            reached[row.transfer_id, side, stance] = row.stage_code
        cells.setdefault((row.transfer_id, side), {}).setdefault(stance, []).append(
            row.statement_id
        )
    breadth: dict[str, int] = {}
    dispute: dict[str, tuple[int, int]] = {}
    for (transfer, side), stances in cells.items():
        breadth[side] = breadth.get(side, 0) + 1
        against, support = dispute.get(transfer, (0, 0))
        dispute[transfer] = (against + (DENIES in stances), support + (ASSERTS in stances))
    named = sorted(
        (side for side in breadth if side != _OTHERS),
        key=lambda s: (s not in ("iran", "russia"), -breadth[s], s),
    )
    sides = [*named[: most - 1], _OTHERS] if _OTHERS in breadth else named[:most]
    order = sorted(dispute, key=lambda t: (-min(dispute[t]), -sum(dispute[t]), t))
    found = [
        {
            "transfer_id": transfer,
            "transfer": names.short[transfer],
            "side_id": side,
            "side": "Others" if side == _OTHERS else names.actors[side],
            "stances": tuple(cells[transfer, side]),
            "stages": tuple(reached[transfer, side, s] for s in cells[transfer, side]),
            "statement_ids": tuple(i for ids in cells[transfer, side].values() for i in ids),
        }
        for transfer in order
        for side in sides
        if (transfer, side) in cells
    ]
    columns = ["transfer_id", "transfer", "side_id", "side", "stances", "stages", "statement_ids"]
    return pd.DataFrame(found, columns=columns)
