"""Where everything on the timeline stands: one row each, packed, or folded into counts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd

from components.figures.lettering import fitted, text_width
from components.figures.timeline_bins import HEIGHT, Bin, bins
from components.figures.timeline_events import EventRow, event_rows
from components.figures.timeline_lanes import Lane, edges, grouped, packed
from components.figures.timeline_overlays import denials_in
from components.figures.timeline_rows import Line, Window, lines_in
from components.figures.transfer_marks import DIRECTIONS, value_words
from components.text import count_words
from components.theme import Look

Rows = Literal["packed", "each"]
Level = Literal["each", "packed", "folded"]
# Left and right margin where names stand at the marks' ends.
PACKED_MARGINS, PACKED_MARGINS_NARROW = (84, 176), (4, 116)
_PITCH = 0.63  # rows from one packed track to the next
_MOST_TRACKS = 84  # the largest lanes are folded until no more are drawn
_MOST_OPEN = 400  # tracks of a lane that the reader opened; rows that stand alone
_ARROWS = {"iran-russia": "I→R ", "russia-iran": "R→I "}


@dataclass(frozen=True, slots=True)
class Placed:
    """A transfer and where it stands.

    Attributes:
        line: The transfer.
        y: Middle of its row or track.
        label: Escaped words after its last mark; "" where its row has a name beside.
        reach: Pixels that they take.
    """

    line: Line
    y: float
    label: str = ""
    reach: float = 0


@dataclass(frozen=True, slots=True)
class PlannedLane:
    """A lane and how it is drawn.

    Attributes:
        lane: The lane.
        level: Whether its transfers stand on rows, on tracks, or in counts.
        head: Middle of its head.
        foot: Where it ends.
        placed: Its transfers, unless folded.
        bins: Its counts, if folded.
    """

    lane: Lane
    level: Level
    head: float
    foot: float
    placed: tuple[Placed, ...] = ()
    bins: tuple[Bin, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A timeline before it is drawn; all heights in rows, downwards.

    Attributes:
        window: The time shown.
        look: Palette and width.
        events: Rows at the head.
        event_pitch: From one of them to the next.
        lanes: The lanes from the top.
        denied: Denials in the window by transfer.
        foot: Where the last lane ends.
        is_packed: Whether names stand at the marks' ends.
        total: How many transfers fit the filters, in the window or not.
    """

    window: Window
    look: Look
    events: tuple[EventRow, ...]
    event_pitch: float
    lanes: tuple[PlannedLane, ...]
    denied: Mapping[str, list[tuple[date, Any]]]
    foot: float
    is_packed: bool
    total: int

    @property
    def margins(self) -> tuple[int, int]:
        """Left and right margin of a packed timeline."""
        return PACKED_MARGINS_NARROW if self.look.is_narrow else PACKED_MARGINS

    def drawn_words(self) -> str:
        """How much is drawn of how much, and in which way."""
        shown = {line.row.transfer_id for one in self.lanes for line in one.lane.lines}
        single = {each.line.row.transfer_id for one in self.lanes for each in one.placed}
        copies = sum(len(one.lane.lines) for one in self.lanes) - len(shown)
        falls = "falls" if len(shown) == 1 else "fall"
        words = f"{len(shown):,} of {count_words(self.total, 'transfer')} {falls} in these days"
        if len(single) < len(shown):
            folded = len(shown) - len(single)
            words += f": {len(single):,} drawn one by one, {folded:,} counted in folded lanes"
        if copies:
            words += f"; {copies:,} stand in two lanes, once under each party"
        marks = sum(row.count for row in self.events)
        clusters = [c for row in self.events for c in row.clusters if len(c.rows) > 1]
        gathered = sum(len(cluster.rows) for cluster in clusters)
        if marks:
            words += f". {count_words(marks, 'event or view', 'events and views')}"
            if gathered:
                words += f", {gathered:,} of them gathered in {len(clusters):,} numbered marks"
        denials = sum(len(self.denied.get(key, ())) for key in shown)
        if denials:
            words += f". {count_words(denials, 'denial')}, a number beside a cross where several"
        return words + ". Nothing is left out."


def timeline_plan(
    table: pd.DataFrame,
    spans: pd.DataFrame,
    denials: pd.DataFrame,
    events: pd.DataFrame,
    *,
    window: Window,
    lanes: pd.DataFrame,
    look: Look,
    views: pd.DataFrame | None = None,
    rows: Rows = "packed",
    opened: Collection[str] = (),
    folded: Collection[str] = (),
) -> Plan:
    """Places everything.

    Args:
        table: `transfer_table`.
        spans: `transfer_spans`.
        denials: `denials`; an empty frame leaves the crosses out.
        events: `event_marks`; kinds that it lacks have no row.
        window: The time shown.
        lanes: `transfer_lanes`.
        look: Palette and width.
        views: `view_marks`; None for no row of views.
        rows: `each` for a row per transfer, `packed` for shared tracks.
        opened: Lanes that the reader opened.
        folded: Lanes that the reader folded.

    Returns:
        The plan; lanes that would be too tall are folded, and nothing is left out.
    """
    lines = lines_in(table, spans, denials, window)
    views = pd.DataFrame() if views is None else views
    happened = event_rows(events, views, window) if window.last >= window.first else []
    denied = denials_in(denials, window)
    found = grouped(lines, lanes)
    is_packed = rows == "packed" or len(lines) > _MOST_OPEN
    has_arrows = any(lane.code not in DIRECTIONS for lane in found)
    limit = 96.0 if look.is_narrow else 150.0

    def reach(line: Line) -> float:
        name = _arrow(line, has_arrows) + line.row.short_name
        return min(text_width(name, 11), limit) + 10

    tracks = {lane.code: packed(lane.lines, window, reach) for lane in found} if is_packed else {}
    closed = _closed(tracks, opened, folded) if is_packed else {*folded}
    pitch = 1.5 if look.is_narrow else 0.95
    y = len(happened) * pitch + (0.2 if happened else 0)
    planned = []
    for lane in found:
        head, y = y, y + (1.35 if look.is_narrow and not is_packed else 0.85)
        if lane.code in closed:
            said = [day for line in lane.lines for day, _ in denied.get(line.row.transfer_id, ())]
            counts = tuple(bins(lane.lines, said, window))
            y += HEIGHT
            planned.append(PlannedLane(lane, "folded", head, y - 0.8, bins=counts))
        elif is_packed:
            placed = _on_tracks(tracks[lane.code], window, look, y, limit, has_arrows)
            y += len(tracks[lane.code]) * _PITCH + 0.2
            planned.append(PlannedLane(lane, "packed", head, y, placed))
        else:
            step = 1.6 if look.is_narrow else 1.0
            placed = tuple(Placed(line, y + step * n) for n, line in enumerate(lane.lines))
            y += step * len(lane.lines) + 0.15
            planned.append(PlannedLane(lane, "each", head, y, placed))
    return Plan(
        window=window,
        look=look,
        events=tuple(happened),
        event_pitch=pitch,
        lanes=tuple(planned),
        denied=denied,
        foot=y,
        is_packed=is_packed,
        total=len(table),
    )


def _closed(
    tracks: Mapping[str, Sequence[Sequence[Line]]],
    opened: Collection[str],
    folded: Collection[str],
) -> set[str]:
    """Lanes folded by the reader, and the largest others while there are too many tracks."""
    heights = {code: len(those) for code, those in tracks.items() if code not in folded}
    closed = {*folded} | {code for code, height in heights.items() if height > _MOST_OPEN}
    left = sorted(heights.keys() - closed - {*opened}, key=lambda code: (-heights[code], code))
    spare = _MOST_TRACKS - sum(heights[code] for code in heights.keys() & {*opened})
    while left and sum(heights[code] for code in left) > max(spare, 0):
        closed.add(left.pop(0))
    return closed


def _arrow(line: Line, has_arrows: bool) -> str:
    return _ARROWS.get(line.row.direction_code, "") if has_arrows else ""


def _on_tracks(
    tracks: Sequence[Sequence[Line]],
    window: Window,
    look: Look,
    top: float,
    limit: float,
    has_arrows: bool,
) -> tuple[Placed, ...]:
    margin = (PACKED_MARGINS_NARROW if look.is_narrow else PACKED_MARGINS)[1]
    found = []
    for number, track in enumerate(tracks):
        y = top + number * _PITCH
        nexts = [edges(line, window)[0] for line in track[1:]] + [window.pixels + margin]
        for line, following in zip(track, nexts, strict=True):
            whole = _arrow(line, has_arrows) + line.row.short_name
            name = fitted(whole, limit, 11)
            reach = min(text_width(whole, 11), limit) + 10
            room = following - edges(line, window)[1] - reach - 12
            value = f" · {value_words(line.row)}"
            if text_width(value, 11) < room and not value.endswith("not known"):
                name += f'<span style="color:{look.palette.ink3}">{value}</span>'
                reach += text_width(value, 11)
            found.append(Placed(line, y, name, reach))
    return tuple(found)
