"""The lanes of a timeline, and the tracks that their transfers share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from components.figures.timeline_rows import Line, Window
from data.load import records

REST = "rest"  # code of the lane that gathers small ones
MOST_LANES = 15
_GAP = 12.0  # px between two lines on one track


@dataclass(frozen=True, slots=True)
class Lane:
    """Transfers that stand together.

    Attributes:
        code: Code or id of what they have in common, or `REST`.
        label: Its name.
        lines: The transfers, in their order.
    """

    code: str
    label: str
    lines: tuple[Line, ...]


def grouped(lines: Sequence[Line], lanes: pd.DataFrame, most: int = MOST_LANES) -> list[Lane]:
    """Lines by lane.

    Args:
        lines: Lines in their order.
        lanes: `transfer_lanes`.
        most: How many lanes there may be; smaller ones share the last. None is left out.

    Returns:
        The lanes that hold something, in their order.
    """
    by_id = {line.row.transfer_id: line for line in lines}
    rank = {line.row.transfer_id: place for place, line in enumerate(lines)}
    members: dict[str, list[str]] = {}
    labels: dict[str, tuple[float, str]] = {}
    for row in records(lanes):
        if row.transfer_id in by_id:
            members.setdefault(row.lane, []).append(row.transfer_id)
            order = row.order if row.order == row.order else float("inf")  # no vocabulary has it
            label = row.label if isinstance(row.label, str) else row.lane
            labels[row.lane] = (order, label)
    ordered = sorted(members, key=lambda code: (labels[code], code))
    gathered: list[str] = []
    if len(ordered) > most:
        largest = sorted(ordered, key=lambda code: (-len(members[code]), labels[code]))
        kept = set(largest[: most - 1])
        gathered = [code for code in ordered if code not in kept]
        ordered = [code for code in ordered if code in kept]
    found = [_lane(code, labels[code][1], members[code], by_id, rank) for code in ordered]
    if gathered:
        keys = list(dict.fromkeys(key for code in gathered for key in members[code]))
        found.append(_lane(REST, f"{len(gathered):,} others", keys, by_id, rank))
    return found


def _lane(
    code: str, label: str, keys: list[str], by_id: dict[str, Line], rank: dict[str, int]
) -> Lane:
    ordered = sorted(set(keys), key=rank.__getitem__)
    return Lane(code, label, tuple(by_id[key] for key in ordered))


def packed(
    lines: Sequence[Line], window: Window, label_width: Callable[[Line], float]
) -> list[list[Line]]:
    """Lines on as few tracks as their marks and names allow.

    Args:
        lines: Lines by first day.
        window: The time shown.
        label_width: Pixels of the name that follows a line's last mark.

    Returns:
        Tracks from the top; on each, lines from left to right.
    """
    tracks: list[list[Line]] = []
    ends: list[float] = []
    for line in lines:
        start, stop = edges(line, window)
        stop += label_width(line)
        place = next((n for n, end in enumerate(ends) if end + _GAP <= start), None)
        if place is None:
            tracks.append([line])
            ends.append(stop)
        else:
            tracks[place].append(line)
            ends[place] = stop
    return tracks


def after(line: Line) -> int:
    """Pixels that the last mark takes to its right: a cross may have a number there."""
    return 10 if line.seen[1] > line.last else 0


def edges(line: Line, window: Window) -> tuple[float, float]:
    """Pixels from the axis' start to the first and past the last mark of a line."""
    aside = 20 if line.is_rough else 8
    start = window.width(window.first, window.clip(line.seen[0])) - aside
    stop = window.width(window.first, window.clip(line.seen[1])) + aside + after(line)
    return start, max(stop, start + 18)
