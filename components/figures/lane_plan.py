"""Where things stand in the lanes: heads and lines from top to bottom, marks beside each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from components.figures.lane_axis import DayAxis, when
from data.load import records

_PARTS = 20  # a twentieth of the span
_SHORT = 45  # days of a span on which an axis to scale has a tick or two


@dataclass(frozen=True, slots=True)
class LanePlan:
    """Where everything stands from top to bottom.

    Attributes:
        heads: Heights of the groups' heads, with their labels.
        lanes: Heights of the speakers' lines, with their names.
        heights: Height of each row of the frame.
        total: Height of all, in lines.
    """

    heads: tuple[tuple[float, str], ...]
    lanes: tuple[tuple[float, str], ...]
    heights: tuple[float, ...]
    total: float


def plan_lanes(rows: Sequence[Any], groups: Mapping[str, str], *, is_narrow: bool) -> LanePlan:
    """Lays the speakers out: groups in the given order, speakers as they first spoke.

    Args:
        rows: Rows of `data.queries.record.statements_about`.
        groups: Labels of speaker groups by code.
        is_narrow: Whether names stand above their lines.

    Returns:
        The heights, in lines from the top.
    """
    speakers: dict[str, dict[str, str]] = {code: {} for code in groups}
    for row in rows:
        speakers[row.group_code].setdefault(row.speaker_id, row.speaker)
    heads: list[tuple[float, str]] = []
    lanes: list[tuple[float, str]] = []
    at: dict[tuple[str, str], float] = {}
    height = 0.0
    for code, label in groups.items():
        if not speakers[code]:
            continue
        heads.append((height, label))
        height += 1.65 if is_narrow else 1
        for speaker, name in speakers[code].items():
            lanes.append((height, name))
            at[code, speaker] = height
            height += 1.5 if is_narrow else 1
        height += 0.25
    return LanePlan(
        heads=tuple(heads),
        lanes=tuple(lanes),
        heights=tuple(at[row.group_code, row.speaker_id] for row in rows),
        total=height,
    )


def default_spacing(rows: pd.DataFrame) -> str:
    """The spacing to start with.

    Args:
        rows: As `data.queries.record.statements_about` gives them.

    Returns:
        `order` if most statements fall in a twentieth of the span, or the span is short,
        else `scale`.
    """
    days = sorted(day.toordinal() for day in (when(row).middle for row in records(rows)) if day)
    if not days or days[-1] - days[0] < _SHORT:
        return "order"
    reach = (days[-1] - days[0]) / _PARTS
    most = start = 0
    for end, day in enumerate(days):
        while day - days[start] > reach:
            start += 1
        most = max(most, end - start + 1)
    return "order" if 2 * most > len(days) else "scale"


def beside(axis: DayAxis, places: Sequence[float], lanes: Sequence[float]) -> list[float]:
    """Moves marks of one speaker that would cover each other side by side.

    Args:
        axis: The axis of days.
        places: Where each mark would stand on it.
        lanes: The lane of each.

    Returns:
        Where each stands.
    """
    by_lane: dict[float, list[int]] = {}
    for number, lane in enumerate(lanes):
        by_lane.setdefault(lane, []).append(number)
    moved = list(places)
    for numbers in by_lane.values():
        numbers.sort(key=lambda n: places[n])
        cluster: list[int] = []
        for number in [*numbers, -1]:
            if number >= 0 and (
                not cluster or places[number] - places[cluster[-1]] < axis.unit * 0.6
            ):
                cluster.append(number)
                continue
            middle = sum(places[n] for n in cluster) / len(cluster)
            step = min(axis.unit, axis.length / (2 * len(cluster)))
            for order, member in enumerate(cluster):
                if len(cluster) > 1:
                    moved[member] = middle + (order - (len(cluster) - 1) / 2) * step
            cluster = [number]
    return moved
