"""The transfers that a timeline shows: which fall into a window, and their uncertain days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from components.figures.lettering import shifted
from data.load import records

Span = tuple[date, date]
TURNS = ("talk", "promise", "arrival", "arrival_end", "cancel")


@dataclass(frozen=True, slots=True)
class Window:
    """The time that a timeline shows.

    Attributes:
        first: First day of the axis.
        last: Last day of the axis.
        end: Last day that may show anything: the as-known day, at most `last`.
        pixels: Length of the axis as it is likely to be drawn.
    """

    first: date
    last: date
    end: date
    pixels: float

    def clip(self, day: date) -> date:
        """The nearest day that may show something."""
        return max(self.first, min(self.end, day))

    def holds(self, day: date) -> bool:
        """True if the day may be shown."""
        return self.first <= day <= self.end

    def width(self, start: date, stop: date) -> float:
        """Pixels between two days."""
        return (stop - start).days * self.pixels / max((self.last - self.first).days, 1)

    def days(self, pixels: float) -> float:
        """Days that a stretch of the axis stands for."""
        return pixels * max((self.last - self.first).days, 1) / self.pixels


class Told(NamedTuple):
    """Where the day of a turn comes from.

    Attributes:
        text: The day as EDTF text, or None.
        statement_id: The statement that dates it, or None.
        speaker: Who made it, or None.
    """

    text: str | None = None
    statement_id: str | None = None
    speaker: str | None = None

    @property
    def is_rough(self) -> bool:
        """True if the day is marked approximate or uncertain."""
        return any(mark in (self.text or "") for mark in "~?%")


@dataclass(frozen=True, slots=True)
class Line:
    """A transfer and its turns as known within the window's end.

    Attributes:
        row: Row of `transfer_table`.
        talk: Bounds of the first word of talks; so for the other turns.
        promise: First agreed.
        arrival: First arriving.
        arrival_end: Last known to arrive.
        cancel: Called off.
        first: First day that the line shows.
        last: Last day that it shows.
        is_open: True if more is awaited.
        told: By turn, where its day comes from.
        seen: First and last day that shows any mark of it, denials too.
    """

    row: Any
    talk: Span | None
    promise: Span | None
    arrival: Span | None
    arrival_end: Span | None
    cancel: Span | None
    first: date
    last: date
    is_open: bool
    told: Mapping[str, Told]
    seen: Span

    @property
    def is_rough(self) -> bool:
        """True if any of its days is marked approximate or uncertain."""
        return any(told.is_rough for told in self.told.values())


def bounds(row: Any, name: str) -> Span | None:
    """Bounds of a date column; one open end takes the other, two make None."""
    low, high = (getattr(row, f"{name}_{end}", None) for end in ("earliest", "latest"))
    known = [day.date() for day in (low, high) if day is not None and not pd.isna(day)]
    return (min(known), max(known)) if known else None


def middle(span: Span) -> date:
    """The day half-way between two bounds."""
    return shifted(span[0], (span[1] - span[0]).days / 2)


def _told(row: Any, turn: str) -> Told:
    cells = (getattr(row, f"{turn}_{cell}", None) for cell in ("date", "statement_id", "speaker"))
    return Told(*(cell if isinstance(cell, str) and cell else None for cell in cells))


def _line(
    row: Any,
    spans: Mapping[str, Span],
    told: Mapping[str, Told],
    denied: Sequence[Span],
    end: date,
) -> Line | None:
    # What lies wholly after the end isn't known yet, whatever a row says.
    turns = {name: span for name, span in spans.items() if span[0] <= end}
    talk, promise = turns.get("talk"), turns.get("promise")
    arrival, arrival_end = turns.get("arrival"), turns.get("arrival_end")
    if arrival is not None and arrival_end is None:
        arrival_end = arrival
    cancel = turns.get("cancel")
    starts = [span[0] for span in (talk, promise, arrival) if span]
    starts = starts or [span[0] for span in denied if span[0] <= end]
    if not starts:
        return None
    is_open = row.standing_code != "denied" and (
        row.stage_code in ("in_delivery", "licensed_production")
        or (row.stage_code == "agreed" and promise is not None and arrival is None)
    )
    if is_open:
        last = end
    elif arrival_end:
        last = arrival_end[1]
    elif cancel:
        last = cancel[1]
    elif promise:
        last = promise[1]
    elif talk and pd.notna(row.last_said):
        last = max(talk[1], row.last_said.date())
    else:
        last = max(span[1] for span in (talk, *denied) if span)
    first = min(starts)
    last = max(first, min(last, end))
    crossed = [middle(span) for span in denied if middle(span) <= end]
    return Line(
        row,
        talk,
        promise,
        arrival,
        arrival_end,
        cancel,
        first,
        last,
        is_open,
        {name: told[name] for name in turns},
        (min(first, *crossed), max(last, *crossed)) if crossed else (first, last),
    )


def lines_in(
    table: pd.DataFrame, spans: pd.DataFrame, denials: pd.DataFrame, window: Window
) -> list[Line]:
    """The transfers that show something in the window.

    Args:
        table: `transfer_table`.
        spans: `transfer_spans`.
        denials: `denials`; they place a transfer that is only denied.
        window: The time shown.

    Returns:
        Lines by first day, then name.
    """
    turns: dict[str, dict[str, Span]] = {}
    told: dict[str, dict[str, Told]] = {}
    for row in records(spans):
        key = row.transfer_id
        turns[key] = {name: span for name in TURNS if (span := bounds(row, name))}
        told[key] = {name: _told(row, name) for name in turns[key]}
    denied: dict[str, list[Span]] = {}
    for row in records(denials):
        if span := bounds(row, "said_date"):
            denied.setdefault(row.transfer_id, []).append(span)
    found = []
    for row in records(table):
        key = row.transfer_id
        line = _line(row, turns.get(key, {}), told.get(key, {}), denied.get(key, ()), window.end)
        if line and line.first <= window.end and line.last >= window.first:
            found.append(line)
    return sorted(found, key=lambda line: (line.first, line.row.name, line.row.transfer_id))
