"""The axis of days under statement lanes: in order of days, or to scale."""

import calendar
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from components.figures.lettering import text_width, time_ticks
from components.text import plain

# The least room for the drawing that a width promises, so that labels never meet.
_WIDE_PIXELS, _NARROW_PIXELS = 460.0, 300.0
_LEFT, _MOST_LEFT = 214, 258
_NAME_SIZE = 13
NAME_MARGIN = 14  # px of the left margin that names don't take
_GAP_DAYS = 45
_GAP_STEP = 1.4
_FEW_GAPS = 8  # beyond that a break is one line, not two
_FEW_DAYS = 10  # up to here a span is named by its days
_LABEL_SIZE = 11
_LABEL_MARGIN = 8.0
_MARK_PIXELS = 13.0


@dataclass(frozen=True, slots=True)
class DaySpan:
    """The days that a statement may have been made.

    Attributes:
        earliest: First of them, None where nothing is known.
        latest: Last of them.
    """

    earliest: date | None
    latest: date | None

    @property
    def middle(self) -> date | None:
        """The day at which a mark stands."""
        if self.earliest is None or self.latest is None:
            return self.earliest or self.latest
        return date.fromordinal((self.earliest.toordinal() + self.latest.toordinal()) // 2)

    @property
    def sort_key(self) -> tuple[int, int]:
        """Order of spans: by middle, the surer one first."""
        middle = self.middle
        if middle is None:
            return (0, 0)
        return (middle.toordinal(), ((self.latest or middle) - (self.earliest or middle)).days)


@dataclass(frozen=True, slots=True)
class DayAxis:
    """Where days stand.

    Attributes:
        first: Left end.
        last: Right end.
        unit: How far apart marks stand that would cover each other.
        ticks: Labelled places.
        gaps: Places of breaks and the words above them, "" where there is no room.
        gap_half: Half the width of a break; 0 where they are so many that one line must do.
        years: Places between years that aren't breaks.
        columns: Places by span; empty on an axis to scale.
        has_grid: Whether labelled places have a line.
    """

    first: float
    last: float
    unit: float
    ticks: tuple[tuple[float, str], ...]
    gaps: tuple[tuple[float, str], ...] = ()
    gap_half: float = 0.0
    years: tuple[float, ...] = ()
    columns: Mapping[DaySpan, float] = field(default_factory=dict)
    has_grid: bool = False

    @property
    def length(self) -> float:
        """From end to end."""
        return self.last - self.first

    def place(self, span: DaySpan) -> float:
        """Where a span's mark stands."""
        if self.columns:
            return self.columns[span]
        return float(span.middle.toordinal()) if span.middle else self.first


def name_margin(names: Iterable[str]) -> int:
    """Left margin with room for names beside their lines, within bounds.

    Args:
        names: Names from data.

    Returns:
        Pixels.
    """
    longest = max((text_width(plain(name, 80), _NAME_SIZE) for name in names), default=0.0)
    return round(min(max(longest + NAME_MARGIN, _LEFT), _MOST_LEFT))


def when(row: Any) -> DaySpan:
    """The days that a statement may have been made; those of its publication if unknown.

    Args:
        row: A row of `data.queries.record.statements_about`.

    Returns:
        Its span; an open end falls on the known one.
    """
    for low, high in (
        (row.said_date_earliest, row.said_date_latest),
        (row.published_date_earliest, row.published_date_latest),
    ):
        if pd.notna(low) or pd.notna(high):
            earliest = (low if pd.notna(low) else high).date()
            latest = (high if pd.notna(high) else low).date()
            return DaySpan(earliest, latest)
    return DaySpan(None, None)


def _pixels(*, is_narrow: bool) -> float:
    return _NARROW_PIXELS if is_narrow else _WIDE_PIXELS


def scale_axis(spans: Sequence[DaySpan], *, is_narrow: bool) -> DayAxis:
    """An axis to scale.

    Args:
        spans: When the statements were made.
        is_narrow: Whether little room is there.

    Returns:
        The axis, in days.
    """
    days = [span.middle for span in spans if span.middle] or [date(2000, 1, 1)]
    reach = max((max(days) - min(days)).days, 1)
    margin = max(2, round(reach * 0.04))
    low = max(date.min.toordinal(), min(days).toordinal() - margin)
    high = min(date.max.toordinal(), max(days).toordinal() + margin)
    pixels = _pixels(is_narrow=is_narrow)
    ticks = time_ticks(date.fromordinal(low), date.fromordinal(high), pixels)
    return DayAxis(
        first=float(low),
        last=float(high),
        unit=(high - low) / pixels * _MARK_PIXELS,
        ticks=tuple((float(day.toordinal()), label.replace(" ", "<br>")) for day, label in ticks),
        has_grid=True,
    )


def order_axis(lanes: Iterable[tuple[float, DaySpan]], *, is_narrow: bool) -> DayAxis:
    """An axis with a column for each day on which something was said.

    A day on which one speaker says several things is as wide as they need; a longer
    silence is a break.

    Args:
        lanes: The lane and the span of each statement.
        is_narrow: Whether little room is there.

    Returns:
        The axis, in columns.
    """
    tally = Counter(lanes)
    widths: dict[DaySpan, int] = {}
    for (_, span), count in tally.items():
        widths[span] = max(widths.get(span, 1), count)
    ordered = sorted(widths, key=lambda span: span.sort_key)
    columns: list[tuple[DaySpan, float]] = []
    gaps: list[tuple[float, int]] = []
    years: list[float] = []
    edge = 0.0
    before: date | None = None
    for span in ordered:
        day = span.middle
        if day and before and (day - before).days > _GAP_DAYS:
            gaps.append((edge + _GAP_STEP / 2 - 0.5, (day - before).days))
            edge += _GAP_STEP - 1
        elif day and before and day.year != before.year:
            years.append(edge)
        columns.append((span, edge + widths[span] / 2))
        edge += widths[span]
        before = day or before
    first, last = -0.3, edge + 0.3
    column = _pixels(is_narrow=is_narrow) / (last - first)
    return DayAxis(
        first=first,
        last=last,
        unit=1.0,
        ticks=_thinned(columns, column),
        gaps=_gap_words(gaps, column),
        gap_half=0.13 if len(gaps) <= _FEW_GAPS else 0,
        years=tuple(years),
        columns=dict(columns),
    )


def _label(span: DaySpan, *, has_year: bool) -> str:
    """A column's label, no more precise than its span."""
    day = span.middle
    if day is None or span.earliest is None or span.latest is None:
        return "no day"
    days = (span.latest - span.earliest).days
    month = calendar.month_abbr[day.month]
    if days > 366:
        return f"{span.earliest.year}–<br>{span.latest.year}"
    if days > 31:
        return f"in<br>{day.year}" if days > 100 else f"c. {month}<br>{day.year}"
    words = month if days > _FEW_DAYS else f"{_days_words(span.earliest, span.latest)} {month}"
    return f"{words}<br>{day.year}" if has_year else words


def _days_words(earliest: date, latest: date) -> str:
    if earliest == latest or earliest.month != latest.month:
        return str(latest.day)
    return f"{earliest.day}–{latest.day}"


def _thinned(
    columns: Sequence[tuple[DaySpan, float]], pixels: float
) -> tuple[tuple[float, str], ...]:
    """Labels of as many columns as have room, first those that open a year."""
    opening: list[int] = []
    seen: set[int] = set()
    for number, (span, _) in enumerate(columns):
        year = span.middle.year if span.middle else 0
        if year not in seen:
            seen.add(year)
            opening.append(number)
    taken: list[int] = []
    for number in dict.fromkeys([*opening, *range(len(columns))]):
        if all(
            abs(columns[number][1] - columns[other][1]) * pixels
            >= _room(columns[number][0], columns[other][0])
            for other in taken
        ):
            taken.append(number)
    found = []
    year_before = -1
    for number in sorted(taken):
        span, place = columns[number]
        year = span.middle.year if span.middle else 0
        found.append((place, _label(span, has_year=year != year_before)))
        year_before = year
    return tuple(found)


def _room(one: DaySpan, other: DaySpan) -> float:
    """Pixels that two labels need from middle to middle."""
    widths = [
        max(text_width(line, _LABEL_SIZE) for line in _label(span, has_year=True).split("<br>"))
        for span in (one, other)
    ]
    return sum(widths) / 2 + _LABEL_MARGIN


def _gap_words(gaps: Sequence[tuple[float, int]], pixels: float) -> tuple[tuple[float, str], ...]:
    """Words above the breaks, longest silence first, where there is room."""
    named: dict[int, str] = {}
    for number in sorted(range(len(gaps)), key=lambda n: -gaps[n][1]):
        place, days = gaps[number]
        words = f"{round(days / 30.4)} months" if days < 730 else f"{round(days / 365.25)} years"
        need = text_width(words, _LABEL_SIZE) + _LABEL_MARGIN
        if all(abs(place - gaps[other][0]) * pixels >= need for other in named):
            named[number] = words
    return tuple((place, named.get(number, "")) for number, (place, _) in enumerate(gaps))
