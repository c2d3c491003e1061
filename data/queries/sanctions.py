"""Who is sanctioned over what."""

import pandas as pd

from data.load import records
from data.queries.names import names_of
from data.selection import Selected

_COLUMNS = ["actor_id", "actor", "by", "event_id", "event", "event_date"]


def sanctioned_over(selected: Selected, transfer_id: str) -> pd.DataFrame:
    """The targets of the known sanctions that bear on a transfer.

    Args:
        selected: What the reader asked to see; its as-known date counts.
        transfer_id: Which transfer.

    Returns:
        One row per target and event: `actor_id`, `actor`, `by` (names of those who act, apart
        by commas), `event_id`, `event` (its name), `event_date` (EDTF); by name, then day.
    """
    known, names = selected.known, names_of(selected.known)
    beside = known.event_transfers
    ids = beside[beside["transfer_id"] == transfer_id]["event_id"]
    events = known.events
    found = []
    for event in records(
        events[events["event_id"].isin(ids) & (events["kind_code"] == "sanction")]
    ):
        roles = known.event_actors[known.event_actors["event_id"] == event.event_id]
        acting = roles[roles["role_code"] == "acting"]["actor_id"]
        by = ", ".join(sorted(names.actors[actor] for actor in acting))
        for target in roles[roles["role_code"] == "target"]["actor_id"]:
            found.append(
                {
                    "actor_id": target,
                    "actor": names.actors[target],
                    "by": by,
                    "event_id": event.event_id,
                    "event": event.name,
                    "event_date": event.event_date,
                    "day": event.event_date_earliest,
                }
            )
    frame = pd.DataFrame(found, columns=[*_COLUMNS, "day"])
    return frame.sort_values(["actor", "day", "event_id"], ignore_index=True)[_COLUMNS]
