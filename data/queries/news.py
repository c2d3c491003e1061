"""What became known under a selection, latest first."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from data.exports.excerpt import of_record
from data.history import StatusChange, known_history
from data.load import records
from data.queries.names import names_of
from data.selection import Selected

NewsKind = Literal["status", "statement", "view"]
_ORDER: tuple[NewsKind, ...] = ("status", "statement", "view")


@dataclass(frozen=True, slots=True)
class News:
    """One thing that became known on a day.

    Attributes:
        kind: A turn of a transfer's status, a statement, or a view.
        key: Id of the transfer, statement or view.
        day: Day by which it was public.
        title: What it is.
        summary: What is said; "" for a turn, which `turn` holds.
        record: Transfer or event that it belongs to, or "" for a view of neither.
        person: Who judges, for a view.
        source: Id of the document that it rests on, or "" for a turn.
        turn: The turn of a status.
    """

    kind: NewsKind
    key: str
    day: date
    title: str
    summary: str
    record: str
    person: str = ""
    source: str = ""
    turn: StatusChange | None = None


def news(selected: Selected, record: str = "", since: date | None = None) -> list[News]:
    """What became known under a selection.

    Args:
        selected: What the selection shows.
        record: A transfer or event to keep to, or "".
        since: Only what became known after this day; None for everything.

    Returns:
        Turns of the selected transfers, the selected statements and the selected views,
        latest day first. Nothing that became known after the as-known date.
    """
    rows, known, names = selected.rows, selected.known, names_of(selected.known)
    if record:
        rows = of_record(rows, known, record)
    found: list[News] = []
    for key in rows.transfers["transfer_id"]:
        if record and key != record:
            continue
        for turn in known_history(selected.base, key, selected.selection.as_of):
            found.append(News("status", key, turn.day, names.transfers[key], "", key, turn=turn))
    for row in records(rows.statements):
        about = row.transfer_id or row.event_id
        subject = names.transfers.get(about) or names.events[about]
        found.append(
            News(
                "statement",
                row.statement_id,
                row.published_date_latest.date(),
                f"{subject}: {names.actors[row.speaker_id]} "
                f"({names.label('stances', row.stance_code)})",
                row.summary,
                about,
                source=row.source_id,
            )
        )
    judged: dict[str, str] = {}
    for link in records(known.view_transfers.sort_values(["view_id", "transfer_id"])):
        judged.setdefault(link.view_id, link.transfer_id)
    for row in records(rows.views):
        found.append(
            News(
                "view",
                row.view_id,
                row.published_date_latest.date(),
                f"View of {names.actors[row.person_id]}: {names.label('topics', row.topic_code)}",
                row.summary,
                judged.get(row.view_id, ""),
                row.person_id,
                row.source_id,
            )
        )
    kept = [one for one in found if since is None or one.day > since]
    return sorted(kept, key=lambda n: (-n.day.toordinal(), _ORDER.index(n.kind), n.key))
