"""What the course of a status draws: its stretches, its stages, and their words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from components.figures.lettering import wrapped
from components.figures.transfer_marks import code_words
from components.text import (
    count_words,
    date_words,
    day_words,
    list_words,
    plain,
    plotly,
    range_words,
)
from data.assessment import Assessment
from data.claims import CANCELLED
from data.history import StatusChange
from data.load import records

_LICENCE = "licensed_production"
_SPOKEN = 3  # statements told in a hover label


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who made a statement, and what was said.

    Attributes:
        speaker: Name from data.
        summary: Our words from data.
    """

    speaker: str
    summary: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time through which one status held.

    Attributes:
        turn: The turn that began it.
        status: The status; None where nothing was left.
        start: First day, as an ordinal.
        end: First day of the next turn, or the end of the axis.
    """

    turn: StatusChange
    status: Assessment | None
    start: float
    end: float


def rungs(
    turns: Sequence[StatusChange], stages: pd.DataFrame, *, has_licence: bool
) -> list[tuple[str, str]]:
    """Code and label of the drawn stages, the lowest first."""
    reached = {turn.after.stage_code for turn in turns if turn.after}
    optional = {_LICENCE: has_licence, CANCELLED: False}
    return [
        (row.code, row.label)
        for row in records(stages.sort_values("order"))
        if optional.get(row.code, True) or row.code in reached
    ]


def claimed_days(deliveries: pd.DataFrame, until: date) -> list[tuple[float, float, Any]]:
    """First and last claimed day of each delivery; an open end falls on the known one."""
    found = []
    for row in records(deliveries):
        low, high = row.delivered_date_earliest, row.delivered_date_latest
        if pd.isna(low) and pd.isna(high):
            continue
        ends = [(end if pd.notna(end) else other) for end, other in ((low, high), (high, low))]
        first, last = (min(end.date(), until).toordinal() for end in ends)
        found.append((float(first), float(last), row))
    return found


def status_words(status: Assessment | None) -> str:
    """Stage and standing in words of ours."""
    if status is None:
        return "nothing that counts is left"
    if status.standing_code == "denied":
        return f"only denied ({code_words(status.stage_code)})"
    return f"{code_words(status.stage_code)}, {code_words(status.standing_code)}"


def hover_words(stretch: Stretch, spoken: Mapping[str, Spoken], *, is_narrow: bool) -> str:
    """Hover label of a stretch, escaped: its day, its status, and what brought it."""
    width = 40 if is_narrow else 58
    lines = [f"<b>{day_words(stretch.turn.day)}</b>: {status_words(stretch.status)}"]
    causes = [spoken[key] for key in stretch.turn.causes if key in spoken]
    for cause in causes[:_SPOKEN]:
        lines.append(f"<b>{wrapped(cause.speaker, width, 90)}</b>")
        lines.append(wrapped(cause.summary, width, 240))
    if len(causes) > _SPOKEN:
        lines.append(f"and {count_words(len(causes) - _SPOKEN, 'more statement')}")
    return "<br>".join(lines)


def label_lines(stretch: Stretch, spoken: Mapping[str, Spoken], *, is_narrow: bool) -> list[str]:
    """The words over a turn: its day, its standing and who spoke; unescaped."""
    day = day_words(stretch.turn.day)
    words = "nothing left"
    if stretch.status:
        code = stretch.status.standing_code
        words = {"contested": "≠ contested", "denied": "× only denied"}.get(code, code_words(code))
    names = [plain(spoken[key].speaker, 60) for key in stretch.turn.causes if key in spoken]
    speakers = list_words(list(dict.fromkeys(names)), 2)
    if is_narrow or not speakers:
        return [day, words]
    return [f"{day}: {words}", speakers]


def arrival_words(row: Any, spoken: Mapping[str, Spoken]) -> str:
    """Hover label of a claimed arrival, escaped."""
    number = row.quantity_as_stated or range_words(row.quantity_low, row.quantity_high)
    who = spoken.get(row.statement_id)
    says = f"<b>{wrapped(who.speaker, 40, 90)}</b><br>" if who else ""
    return f"{says}claimed arrival: {plotly(number or 'number not known', 80)}<br>" + date_words(
        row.delivered_date
    )
