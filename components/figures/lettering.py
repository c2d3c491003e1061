"""What fits where: text cut to a width, days in words, and the ticks of a time axis."""

import calendar
import re
import textwrap
import unicodedata
from collections.abc import Sequence
from datetime import date

from components.text import date_words, plain, plotly

# Widths of letters as shares of the font size.
_THIN, _SLIM, _BROAD = frozenset(" .,:;'|!ijlI()[]-"), frozenset("frt"), frozenset("mwMW…—@")
_BREAK = re.compile(r" |-(?=\w)|(?<=\d)(?=[A-Z]{2})")
_SLACK = 1.08  # a line on its own may overrun that much before it loses its end
_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)  # months
_YEAR_ROOM, _MONTH_ROOM, _SHORT_ROOM = 60, 74, 41  # px that a label and its margin take


def text_width(text: str, size: float) -> float:
    """Width of a text as Source Sans sets it, in pixels, reckoned letter by letter.

    Args:
        text: One line.
        size: Font size in pixels.

    Returns:
        A little more than the true width.
    """
    return size * sum(_advance(char) for char in text)


def _advance(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if char in _THIN:
        return 0.28
    if char in _SLIM:
        return 0.36
    if char in _BROAD:
        return 0.82
    return 0.6 if char.isupper() else 0.52


def _cut(text: str, pixels: float, size: float) -> str:
    if text_width(text, size) <= pixels:
        return text
    kept = text
    while kept and text_width(kept + "…", size) > pixels:
        kept = kept[:-1]
    return kept.rstrip(" -") + "…"


def fitted(text: str, pixels: float, size: float) -> str:
    """Text from data, cut to a width and safe inside Plotly.

    Args:
        text: Anything.
        pixels: Room for it.
        size: Font size in pixels.

    Returns:
        One line, ending in an ellipsis where it was cut.
    """
    return plotly(_cut(plain(text, 200), pixels, size))


def stacked(text: str, pixels: float, size: float) -> str:
    """Text from data on one line, or on two that are as even as its breaks allow.

    It may break at a space, after a hyphen, and between a digit and capitals, as
    designations do: `S-300PMU-2`.

    Args:
        text: Anything.
        pixels: Room for a line.
        size: Font size in pixels.

    Returns:
        The lines, escaped and joined by `<br>`.
    """
    whole = plain(text, 200)
    if text_width(whole, size) <= pixels:
        return plotly(whole)
    pairs = [(whole[:at].rstrip(), whole[at:]) for at in _breaks(whole)] or [(whole, "")]
    pair = min(pairs, key=lambda lines: max(text_width(line, size) for line in lines))
    return "<br>".join(plotly(_cut(line, pixels * _SLACK, size)) for line in pair if line)


def _breaks(text: str) -> list[int]:
    return [match.end() for match in _BREAK.finditer(text) if match.end() < len(text)]


def wrapped(text: str, width: int = 58, most: int = 300) -> str:
    """Text from data as the lines of a hover label.

    Args:
        text: Anything.
        width: Letters in a line.
        most: Letters that are kept.

    Returns:
        The lines, escaped and joined by `<br>`.
    """
    return "<br>".join(plotly(line) for line in textwrap.wrap(plain(text, most), width))


def bounds_words(earliest: date, latest: date) -> str:
    """Two bounds in words, as precise as they are and no more.

    Args:
        earliest: First day.
        latest: Last day.

    Returns:
        E.g. `5 November 2022`, `August 2022`, `2022 to 2024`.
    """
    ends_month = latest.day == calendar.monthrange(latest.year, latest.month)[1]
    if earliest.day != 1 or not ends_month:
        cut = 10
    elif earliest.month != 1 or latest.month != 12:
        cut = 7
    else:
        cut = 4
    start, end = earliest.isoformat()[:cut], latest.isoformat()[:cut]
    return date_words(start if start == end else f"{start}/{end}")


def shifted(day: date, days: float) -> date:
    """A day moved by some days, within what a date can hold."""
    low, high = date.min.toordinal(), date.max.toordinal()
    return date.fromordinal(max(low, min(high, day.toordinal() + round(days))))


def time_ticks(
    first: date, last: date, pixels: float, *, least: int = 0
) -> Sequence[tuple[date, str]]:
    """Ticks of a time axis, as close as their labels allow.

    Args:
        first: First day of the axis.
        last: Last day of it.
        pixels: Its length.
        least: Months between ticks at least, where that leaves two or more; labels then
            name the year only once. 0 for any.

    Returns:
        Days and their labels: years, or quarters or months where the axis is short.
    """
    months = (last - first).days / 30.4375
    room = _SHORT_ROOM if least else _MONTH_ROOM
    step = next(
        (s for s in _STEPS if months / s * (_YEAR_ROOM if s >= 12 else room) <= pixels),
        _STEPS[-1],
    )
    found: list[tuple[date, str]] = []
    for wanted in (max(step, least), step):
        days = _ticks_every(wanted, first, last)
        found = [(day, _tick_words(day, wanted, least, is_first=day == days[0])) for day in days]
        if len(found) > 1:
            break
    return found or [(first, date_words(first.isoformat()))]


def _ticks_every(step: int, first: date, last: date) -> list[date]:
    start = first.year * 12 + first.month - 1
    end = last.year * 12 + last.month - 1
    days = (
        date(number // 12, number % 12 + 1, 1) if number >= 12 else date.min
        for number in range(-(-start // step) * step, end + 1, step)
    )
    return [day for day in days if first <= day <= last]


def _tick_words(day: date, step: int, least: int, *, is_first: bool) -> str:
    if step >= 12:
        return str(day.year)
    part = calendar.month_abbr[day.month]
    if least == 3 and step % 3 == 0:
        part = f"Q{(day.month + 2) // 3}"
    has_year = not least or is_first or day.month == 1
    return f"{part} {day.year}" if has_year else part
