"""Wording of numbers, dates and ranges, and the escaping of everything from data."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from data import dates, plain_text

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_QUARTER = re.compile(r"(\d{4})-(3[3-6])[~?%]?")
_PART = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?[~?%]?")
# Characters that Markdown or Streamlit's directives could read as markup.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&\"'=^@])")
# Streamlit makes links, icons and its logo of these even where a backslash stands before them.
_AUTOMATIC = re.compile(r"(?<=:)(?=//|material/|streamlit:)|(?<=www)(?=\.)|(?<=@)(?=\w)", re.I)
_JOIN = "\u2060"  # unseen, and no break: keeps such a text as it reads
_ISOLATE, _POP = "\u2068", "\u2069"
MAX_SHOWN = plain_text.MAX_SHOWN
plain = plain_text.plain


def markdown(text: str, most: int = MAX_SHOWN) -> str:
    """Text from data, safe inside Streamlit's Markdown.

    Args:
        text: Anything.
        most: Characters that are kept.

    Returns:
        The text with every character that could be markup escaped, and with an unseen
        joiner in what would become a link or an icon of its own.
    """
    return _MARKDOWN.sub(r"\\\1", _AUTOMATIC.sub(_JOIN, plain(text, most)))


def highlighted(text: str, marks: Iterable[range], most: int = MAX_SHOWN) -> str:
    """Text from data, safe inside Streamlit's Markdown, with parts of it marked.

    Args:
        text: Anything.
        marks: Which places to mark; in order, none overlapping.
        most: Characters of each part that are kept.

    Returns:
        As `markdown` gives it, the marked parts on a coloured ground.
    """
    pieces: list[str] = []
    done = 0
    for mark in marks:
        pieces.append(_edged(text[done : mark.start], most))
        inside = markdown(text[mark.start : mark.stop], most)
        pieces.append(f":yellow-background[{inside}]" if inside else "")
        done = mark.stop
    pieces.append(_edged(text[done:], most))
    return "".join(pieces).strip()


def _edged(text: str, most: int) -> str:
    """Escaped text that keeps one blank at an end where it had any."""
    inside = markdown(text, most)
    if not inside:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + inside + (" " if text[-1].isspace() else "")


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction is read from the right."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def plotly(text: str, most: int = 300) -> str:
    """Text from data, safe inside Plotly's text, which knows a little HTML.

    Args:
        text: Anything.
        most: Characters that are kept.

    Returns:
        The text with `&`, `<` and `>` escaped.
    """
    return plain(text, most).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def html(text: str, most: int = MAX_SHOWN) -> str:
    """Text from data, safe as text and as a quoted attribute of HTML."""
    return escape(plain(text, most), quote=True)


def isolated(text: str) -> str:
    """Text of any writing direction that leaves its surroundings in order."""
    return f"{_ISOLATE}{text}{_POP}"


def day_words(day: date) -> str:
    """A day as `5 November 2022`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _bare_words(text: str) -> str:
    """A date without an interval in words, its marks left out."""
    quarter = _QUARTER.fullmatch(text)
    if quarter:
        return f"quarter {int(quarter[2]) - 32} of {quarter[1]}"
    match = _PART.fullmatch(text)
    if match is None:  # seasons, decades, parts left open
        bounds = dates.parse(text)
        days = [day_words(day) for day in (bounds.earliest, bounds.latest) if day]
        return " to ".join(dict.fromkeys(days))
    year, month, day = match[1], match[2], match[3]
    if month is None:
        return year
    if day is None:
        return f"{_MONTHS[int(month) - 1]} {year}"
    return day_words(date(int(year), int(month), int(day)))


def _part_words(text: str) -> str:
    about = "about " if "~" in text or "%" in text else ""
    return about + _bare_words(text) + (", uncertain" if "?" in text or "%" in text else "")


def date_words(text: str | None) -> str:
    """An EDTF text in words that keep its precision.

    Args:
        text: EDTF text, or None.

    Returns:
        E.g. `about August 2022`, `4 September 2024 to 6 September 2024`,
        `since 2022`; `day not known` for None.
    """
    if not text:
        return "day not known"
    start, slash, end = text.partition("/")
    if not slash:
        return _part_words(text)
    if start in ("", ".."):
        return f"until {_part_words(end)}"
    if end in ("", ".."):
        return f"since {_part_words(start)}"
    return f"{_part_words(start)} to {_part_words(end)}"


def said_words(value: str) -> str:
    """A year, decade or period of a link in words: `2024`, `the 2020s`, `until May 2025`."""
    return f"the {value}" if value.endswith("s") else date_words(value)


def number_words(number: float) -> str:
    """A number with thousands parted: `8,060`, `1.5`."""
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,g}"


def range_words(low: float | None, high: float | None) -> str:
    """A range of numbers: `24–50`, `24 or more`, `up to 50`; "" where none is known."""
    low = None if low is None or low != low else low
    high = None if high is None or high != high else high
    if low is None and high is None:
        return ""
    if low is None:
        return f"up to {number_words(high or 0)}"
    if high is None:
        return f"{number_words(low)} or more"
    if low == high:
        return number_words(low)
    return f"{number_words(low)}–{number_words(high)}"


def count_words(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun: `1 transfer`, `12 transfers`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def list_words(names: Sequence[str], most: int = 5) -> str:
    """Names as one phrase: `A, B and C`, or `A, B and 4 others`."""
    shown = list(names)
    if len(shown) > most:
        rest = len(shown) - (most - 1)
        shown = [*shown[: most - 1], f"{rest} others"]
    return (
        shown[0]
        if len(shown) == 1
        else ", ".join(shown[:-1]) + " and " + shown[-1]
        if shown
        else ""
    )


def age_words(days: float) -> str:
    """An age in days as `12 days`, `37 months` or `11 years`."""
    if days < 61:
        return count_words(int(days), "day")
    months = int(days / 30.4375)
    return count_words(months, "month") if months < 120 else count_words(months // 12, "year")
