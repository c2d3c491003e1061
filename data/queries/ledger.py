"""One row per transfer: what was promised, what arrived, who says so, how well it stands."""

from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from data.load import records
from data.queries.amounts import amount_range, outstanding
from data.queries.names import names_of
from data.selection import Selected

# How far a transfer got, in the four words that totals and fills use.
REACHES = ("arrived", "under_way", "alleged", "promised")
_ARRIVING = ("licensed_production", "in_delivery", "delivered")


def reach(stage_code: str, standing_code: str) -> str:
    """How far a transfer got, taking its standing into account.

    Args:
        stage_code: The stage shown.
        standing_code: Its standing.

    Returns:
        `promised` for what is talk, promise, cancelled or only denied; `alleged` for
        what is contested or has a single source; `under_way` for what is arriving or
        being made; `arrived` for what was delivered.
    """
    if stage_code not in _ARRIVING or standing_code == "denied":
        return "promised"
    if standing_code in ("contested", "single_source"):
        return "alleged"
    return "arrived" if stage_code == "delivered" else "under_way"


def as_of_day(selected: Selected) -> date:
    """The day that ages are reckoned to: the as-known date, at most the cut-off."""
    cut_off = selected.known.cut_off_date
    return min(selected.selection.as_of or cut_off, cut_off)


def with_promise(table: pd.DataFrame) -> pd.DataFrame:
    """The transfers whose promise can be held against what arrived.

    Args:
        table: As `transfer_table` gives it.

    Returns:
        The rows with a promised number, and those that are promised and not arrived.
    """
    numbered = [q.low is not None or q.high is not None for q in table["promised"]]
    waiting = (table["reach_code"] == "promised") & table["promised_on"].notna()
    return table[pd.Series(numbered, index=table.index, dtype="bool") | waiting]


def _promised_on(selected: Selected, transfer_id: str) -> date | None:
    """Day on which the promise became public, by the words that give it its standing.

    An early rumour doesn't start the clock of a promise that a party later owns.
    """
    ladder = selected.assessments[transfer_id].ladder
    step = next(support for support in ladder if support.stage_code == "agreed")
    owning = set(step.reasons) & set(step.asserting)
    return min(
        (c.known_from for c in selected.claims[transfer_id] if c.statement_id in owning),
        default=None,
    )


@lru_cache(maxsize=64)
def transfer_table(selected: Selected) -> pd.DataFrame:
    """One row per selected transfer; kept per selection, so treat it as read-only.

    Args:
        selected: What the reader asked to see.

    Returns:
        Columns `transfer_id`, `name`, `short_name`, `system`, `supplier`, `recipient`, `mode_code`,
        `direction_code`, `category_code`, `unit_code`, `stage_code`, `standing_code`,
        `reach_code`, `promised` and `arrived` (QuantityRange), `promised_on` (day on
        which the promise was first on record), `open_days` (age of a promise of which
        nothing is said to have arrived; NaN otherwise), `gap` (what is outstanding, as
        `outstanding` gives it), `last_said` (day of the
        latest word), `statement_count`, `asserting_count` and `denying_count`
        (independent speakers at the stage shown), `source_count`, `reasons`; ordered
        by direction, category and name.
    """
    if selected.whole is not None:
        return selected.of_transfers(transfer_table(selected.whole))
    known, names = selected.known, names_of(selected.known)
    by_id = {row.statement_id: row for row in records(known.statements)}
    spoken: dict[str, list[Any]] = {key: [] for key in known.transfers["transfer_id"]}
    for row in by_id.values():
        if row.transfer_id is not None:
            spoken[row.transfer_id].append(row)
    further = known.statement_sources.groupby("statement_id")["source_id"].agg(set).to_dict()
    found = []
    for transfer in records(selected.rows.transfers):
        counted = selected.claims[transfer.transfer_id]
        voices = {claim.statement_id: claim.voice for claim in counted}
        asserting = [c for c in counted if c.asserts]
        promised = [by_id[c.statement_id] for c in asserting if c.stage == "agreed"]
        arrived = [by_id[c.statement_id] for c in asserting if c.stage in _ARRIVING]
        support = next(
            s
            for s in selected.assessments[transfer.transfer_id].ladder
            if s.stage_code == transfer.stage_code
        )
        promised_on = _promised_on(selected, transfer.transfer_id)
        reach_code = reach(transfer.stage_code, transfer.standing_code)
        actors, unit = dict(names.actors), transfer.unit_code
        promise, arrival = amount_range(promised, actors, unit), amount_range(arrived, actors, unit)
        is_open = transfer.stage_code == "agreed" and promised_on is not None
        rows = spoken[transfer.transfer_id]
        sources = {r.source_id for r in rows}.union(
            *(further.get(r.statement_id, set()) for r in rows)
        )
        found.append(
            {
                "transfer_id": transfer.transfer_id,
                "name": transfer.name,
                "short_name": transfer.short_name,
                "system": names.systems[transfer.system_id],
                "supplier": names.actors[transfer.supplier_id],
                "recipient": names.actors[transfer.recipient_id],
                "mode_code": transfer.mode_code,
                "direction_code": transfer.direction_code,
                "category_code": transfer.category_code,
                "unit_code": transfer.unit_code,
                "stage_code": transfer.stage_code,
                "standing_code": transfer.standing_code,
                "reach_code": reach_code,
                "promised": promise,
                "arrived": arrival,
                "gap": outstanding(promise, arrival, is_arriving=bool(arrived)),
                "promised_on": promised_on,
                "open_days": (as_of_day(selected) - promised_on).days
                if is_open and promised_on
                else None,
                # Words whose day is open at its end were said before they were published.
                # Words of a month are no younger than the day by which they were public.
                "last_said": max(
                    r.published_date_latest
                    if pd.isna(r.said_date_latest)
                    else min(r.said_date_latest, r.published_date_latest)
                    for r in rows
                ),
                "statement_count": len(rows),
                "asserting_count": len({voices[s] for s in support.asserting}),
                "denying_count": len({voices[s] for s in support.denying}),
                "source_count": len(sources),
                "reasons": transfer.reasons,
            }
        )
    columns = [
        *("transfer_id", "name", "short_name", "system", "supplier", "recipient", "mode_code"),
        *("direction_code", "category_code", "unit_code", "stage_code", "standing_code"),
        *("reach_code", "promised", "arrived", "promised_on", "open_days", "gap", "last_said"),
        *("statement_count", "asserting_count", "denying_count", "source_count", "reasons"),
    ]
    frame = pd.DataFrame(found, columns=columns)
    frame["open_days"] = frame["open_days"].astype("float64")
    frame["promised_on"] = pd.to_datetime(frame["promised_on"])
    order = {
        name: dict(zip(vocabulary["code"], vocabulary["order"], strict=True))
        for name, vocabulary in known.vocabularies.items()
        if name in ("directions", "categories")
    }
    return frame.sort_values(
        ["direction_code", "category_code", "promised_on", "name"],
        key=lambda column: (
            column.map(
                {"direction_code": order["directions"], "category_code": order["categories"]}.get(
                    str(column.name), {}
                )
            )
            if str(column.name).endswith("_code")
            else column
        ),
        ignore_index=True,
    )
