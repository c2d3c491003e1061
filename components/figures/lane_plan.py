"""Where heads and speakers' lines stand in the lanes, from top to bottom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


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
