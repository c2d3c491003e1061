"""EDTF text to bounds and precision: the only reader of uncertain dates.

Extended Date/Time Format (Library of Congress, ISO 8601-2) is parsed with the
`edtf` library's strict bounds. Its fuzzy bounds pad approximate dates by months
and are not used: approximation is drawn, not computed. Plain years, months and
days, and intervals of them, skip the library, whose parser takes milliseconds a
text; a property test holds that both ways agree.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import edtf

_PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?([~?%]?)", re.ASCII)
# No date needs more; a page of digits would keep the parser busy and fill the report.
MAX_LENGTH = 64
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class DateError(ValueError):
    """A text that is not an EDTF date; the message says what to write."""


@dataclass(frozen=True, slots=True)
class UncertainDate:
    """What an EDTF text says.

    Attributes:
        text: The text as written.
        earliest: First day it allows; None where the start is open.
        latest: Last day it allows; None where the end is open.
        is_approximate: True if any part is marked `~` or `%`.
        is_uncertain: True if any part is marked `?` or `%`.
        is_interval: True for `A/B`.
    """

    text: str
    earliest: date | None
    latest: date | None
    is_approximate: bool
    is_uncertain: bool
    is_interval: bool

    @property
    def is_single_day(self) -> bool:
        """True if the text allows exactly one day and doesn't doubt it."""
        return (
            self.earliest is not None
            and self.earliest == self.latest
            and not self.is_approximate
            and not self.is_uncertain
        )


def _plain_bounds(text: str) -> tuple[date, date] | None:
    match = _PLAIN.fullmatch(text)
    if match is None or match[1] == "0000":
        return None
    year = int(match[1])
    if match[2] is None:
        return date(year, 1, 1), date(year, 12, 31)
    month = int(match[2])
    last = calendar.monthrange(year, month)[1]
    if match[3] is None:
        return date(year, month, 1), date(year, month, last)
    day = int(match[3])
    if day > last:
        return None
    return date(year, month, day), date(year, month, day)


def _library_bounds(text: str) -> tuple[date, date]:
    try:
        # The parser overlooks blanks around a text, and reads an interval as one end of another.
        if "/" in text or text != text.strip():
            raise ValueError(text)
        parsed = edtf.parse_edtf(text)
        low, high = parsed.lower_strict(), parsed.upper_strict()
        return date(*low[:3]), date(*high[:3])
    except Exception as error:  # the parser raises several unrelated kinds
        raise DateError(
            f"{text!r} is not a date in EDTF; write 2022-08-19, 2022-08, 2022, "
            "2022-08~ (about), 2022? (uncertain) or 2022-08/2022-10 (from–to)"
        ) from error


def _bounds(text: str) -> tuple[date, date]:
    return _plain_bounds(text) or _library_bounds(text)


@lru_cache(maxsize=65536)
def parse(text: str) -> UncertainDate:
    """Reads one EDTF text.

    Args:
        text: EDTF level 0 to 2, e.g. `2022-08~`, `2024-09-04/2024-09-06`, `2022/..`.

    Returns:
        Its bounds and marks; an open end is None.

    Raises:
        DateError: If the text is no EDTF date or longer than `MAX_LENGTH`, or its end lies
            before its start.
    """
    if len(text) > MAX_LENGTH:
        raise DateError(f"{text[:20]!r}… is too long for a date; write it as 2022-08-19")
    start, slash, end = text.partition("/")
    if not slash:
        low: date | None
        high: date | None
        low, high = _bounds(text)
    else:
        low = None if start in ("", "..") else _bounds(start)[0]
        high = None if end in ("", "..") else _bounds(end)[1]
        if low is None and high is None:
            raise DateError(f"{text!r} has no end that is known; give at least one")
    if low is not None and high is not None and high < low:
        raise DateError(f"{text!r} ends before it starts; put the earlier date first")
    return UncertainDate(
        text=text,
        earliest=low,
        latest=high,
        is_approximate=any(mark in text for mark in "~%"),
        is_uncertain=any(mark in text for mark in "?%"),
        is_interval=bool(slash),
    )


def parse_iso_day(text: str) -> date:
    """Reads one plain calendar day, as links and forms give it.

    Args:
        text: `YYYY-MM-DD`.

    Returns:
        The day.

    Raises:
        DateError: For anything else.
    """
    if not _ISO_DAY.fullmatch(text):
        raise DateError(f"{text[:MAX_LENGTH]!r} is not a day; write it as 2024-10-31")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DateError(f"{text!r} is not a day of the calendar") from error
