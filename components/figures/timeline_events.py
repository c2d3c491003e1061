"""The rows at the head of the timeline: what else happened, and what people concluded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from components.figures.draft import Draft
from components.figures.lettering import text_width, wrapped
from components.figures.timeline_clusters import Cluster, clustered, joined, listed
from components.figures.timeline_rows import Window, bounds, middle
from components.text import count_words, date_words, plotly
from data.load import records

_APART = 19.0  # px between two marks of a row
# Label, noun, symbol, size and event kinds of each row.
_Kind = tuple[str, str, str, int, tuple[str, ...]]
_KINDS: tuple[_Kind, ...] = (
    ("Sanctions", "sanction", "line-ns-open", 11, ("sanction",)),
    ("Strikes", "strike", "asterisk-open", 10, ("strike", "war")),
    ("Diplomacy", "meeting, treaty or vote", "circle-open", 9, ("visit", "treaty", "vote")),
    ("First uses", "use or loss", "triangle-up-open", 10, ("use", "shoot_down")),
    ("Others", "event", "diamond-open", 8, ("production", "other")),
)
_VIEWS: _Kind = ("Views", "view", "square-open", 9, ())
_PLURALS = {
    "meeting, treaty or vote": "meetings, treaties and votes",
    "use or loss": "first uses and shoot-downs",
}


@dataclass(frozen=True, slots=True)
class EventRow:
    """One row of marks.

    Attributes:
        kind: Label, noun, symbol, size and event kinds.
        id_column: `event_id` or `view_id`.
        clusters: Its marks.
    """

    kind: _Kind
    id_column: str
    clusters: tuple[Cluster, ...]

    @property
    def count(self) -> int:
        """How many events or views it shows."""
        return sum(len(cluster.rows) for cluster in self.clusters)


def event_rows(events: pd.DataFrame, views: pd.DataFrame, window: Window) -> list[EventRow]:
    """Rows with at least one mark in the window.

    Args:
        events: `event_marks`.
        views: `view_marks`.
        window: The time shown.

    Returns:
        The rows from the top.
    """
    mine: dict[str, list[tuple[date, Any]]] = {}
    for event in records(events):
        if (day := _day(event, "event_date")) and window.holds(day):
            mine.setdefault(event.kind_code, []).append((day, event))
    found = []
    for kind in _KINDS:
        members = [pair for code in kind[4] for pair in mine.get(code, ())]
        if members:
            members.sort(key=lambda pair: (pair[0], pair[1].event_id))
            found.append(EventRow(kind, "event_id", tuple(clustered(members, window, _APART))))
    voiced = [
        (day, view)
        for view in records(views)
        if (day := _day(view, "said_date")) and window.holds(day)
    ]
    if voiced:
        voiced.sort(key=lambda pair: (pair[0], pair[1].view_id))
        found.append(EventRow(_VIEWS, "view_id", tuple(clustered(voiced, window, _APART))))
    return found


def _day(row: Any, column: str) -> date | None:
    span = bounds(row, column)
    if span is None:
        return None
    # A long span, or one with an open end, counts from its start.
    return middle(span) if (span[1] - span[0]).days <= 366 else span[0]


def draw_events(draft: Draft, window: Window, rows: Sequence[EventRow], pitch: float) -> None:
    """Draws the rows, with names where the next mark leaves room.

    Args:
        draft: The figure.
        window: The time shown.
        rows: `event_rows`.
        pitch: Rows of the figure from one to the next.
    """
    for number, row in enumerate(rows):
        y = number * pitch
        lone = [cluster for cluster in row.clusters if len(cluster.rows) == 1]
        many = [cluster for cluster in row.clusters if len(cluster.rows) > 1]
        if lone:
            _lone(draft, row, lone, y)
        if many:
            _many(draft, row, many, y)
        if not draft.look.is_narrow and row.id_column == "event_id":
            _label(draft, window, row, y)
        font = {"color": draft.look.palette.ink3}
        place: dict[str, Any] = {"x": 0, "xref": "paper"}
        if draft.look.is_narrow:
            draft.note(row.kind[0], **place, y=y - 0.62, font=font)
        else:
            draft.note(row.kind[0], **place, xshift=-10, y=y, xanchor="right", font=font)


def _lone(draft: Draft, row: EventRow, clusters: Sequence[Cluster], y: float) -> None:
    ink = draft.look.palette.ink2
    _, _, symbol, size, _ = row.kind
    draft.scatter(
        x=[cluster.day.isoformat() for cluster in clusters],
        y=[y] * len(clusters),
        mode="markers",
        cliponaxis=False,
        customdata=[getattr(cluster.rows[0], row.id_column) for cluster in clusters],
        hovertext=[_hover(cluster.rows[0]) for cluster in clusters],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"symbol": symbol, "size": size, "color": ink, "line": {"color": ink, "width": 1.8}},
    )


def _many(draft: Draft, row: EventRow, clusters: Sequence[Cluster], y: float) -> None:
    tokens = draft.look.palette
    noun = row.kind[1]
    draft.scatter(
        x=[cluster.day.isoformat() for cluster in clusters],
        y=[y] * len(clusters),
        mode="markers+text",
        cliponaxis=False,
        text=[f"{len(cluster.rows)}" for cluster in clusters],
        textfont={"size": 11, "color": tokens.paper},
        customdata=[
            joined(cluster, [getattr(each, row.id_column) for each in cluster.rows])
            for cluster in clusters
        ],
        hovertext=[
            listed(
                count_words(len(cluster.rows), noun, _PLURALS.get(noun)),
                [_name(each) for each in cluster.rows],
            )
            for cluster in clusters
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={
            "symbol": "square" if row.id_column == "view_id" else "circle",
            "size": [16 + 5 * (len(cluster.rows) > 99) for cluster in clusters],
            "color": tokens.ink2,
            "line": {"width": 0},
        },
    )


def _name(row: Any) -> str:
    if hasattr(row, "view_id"):
        return f"{date_words(row.said_date)}: {row.person}"
    return f"{date_words(row.event_date)}: {row.name}"


def _hover(row: Any) -> str:
    if hasattr(row, "view_id"):
        head = f"<b>{plotly(row.person, 80)}</b><br>{date_words(row.said_date)}"
        return f"{head}<br>{plotly(row.position, 80)}<br>" + wrapped(row.summary or "")
    head = f"<b>{plotly(row.name, 120)}</b><br>{date_words(row.event_date)}"
    return f"{head}<br>" + wrapped(row.summary or "")


def _label(draft: Draft, window: Window, row: EventRow, y: float) -> None:
    days = [cluster.day for cluster in row.clusters]
    for cluster, following in zip(row.clusters, [*days[1:], window.end], strict=True):
        if len(cluster.rows) > 1:
            continue
        name = cluster.rows[0].name
        if text_width(name, 11) + 26 < window.width(cluster.day, following):
            font = {"size": 11, "color": draft.look.palette.ink3}
            draft.note(plotly(name), x=cluster.day.isoformat(), y=y, xshift=8, font=font)
