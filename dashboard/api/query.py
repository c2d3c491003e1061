"""Query strings of the API: the keys of the pages, and which rows of the answer."""

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from urllib.parse import unquote_to_bytes, urlencode

from dashboard.api.ties import KEYS as TIE_KEYS
from dashboard.api.ties import AskedTie, read_tie
from data.load import Dataset
from data.page_settings import SETTING_KEYS
from data.query_string import DAYS_ACCEPTED, QueryProblem, from_query, read_day
from data.selection import KEYS, UNSET, Selection

DEFAULT_LIMIT, MAX_LIMIT = 1000, 10_000
MAX_OFFSET = 1_000_000_000
# Room for every filter at its longest; more is no question that a reader asks.
MAX_LENGTH, MAX_PAIRS = 8192, 100
PAGING = ("limit", "offset")
SINCE = "since"
ALL_KEYS = (*KEYS, *TIE_KEYS, *PAGING)
# Keys of a page's link that don't choose rows: passed over, so that its query can be pasted.
PASSED_OVER = SETTING_KEYS | {"v", "embed", "chart"}

_COUNT = re.compile(r"[0-9]{1,10}")


@dataclass(frozen=True, slots=True)
class Accepted:
    """What an endpoint accepts in its query.

    Attributes:
        keys: Its parameters.
        required: Those that it can't do without.
        limit: Rows of an answer where `limit` doesn't say.
        most: The most that `limit` may say.
    """

    keys: tuple[str, ...] = ALL_KEYS
    required: tuple[str, ...] = ()
    limit: int = DEFAULT_LIMIT
    most: int = MAX_LIMIT


@dataclass(frozen=True, slots=True)
class Query:
    """What a request asks for.

    Attributes:
        selection: Filters, as-known date and record.
        limit: Most rows to answer with.
        offset: Rows to skip first.
        tie: A tie of the network whose rows are asked for, or None.
        since: The day after which something changed, or None.
    """

    selection: Selection
    limit: int
    offset: int
    tie: AskedTie | None = None
    since: date | None = None

    def to_query(self) -> list[tuple[str, str]]:
        """The key–value pairs of what is asked for, without paging."""
        tie = self.tie.to_query() if self.tie else []
        since = [(SINCE, self.since.isoformat())] if self.since else []
        return [*self.selection.to_query(), *tie, *since]

    def page(self, offset: int) -> str:
        """The query string of the rows from an offset on."""
        page = [("limit", str(self.limit)), ("offset", str(offset))]
        return urlencode([*self.to_query(), *page])

    def pages(self, total: int) -> dict[str, str]:
        """Query strings of the pages before and after this one, as far as there are any."""
        found = {}
        if self.offset:
            found["prev"] = self.page(max(0, self.offset - self.limit))
        if self.offset + self.limit < total:
            found["next"] = self.page(self.offset + self.limit)
        return found


def _pairs(raw: bytes) -> tuple[list[tuple[str, str]], list[QueryProblem]]:
    """Decodes a query string; unlike the standard parser it never guesses at bytes."""
    pairs: list[tuple[str, str]] = []
    problems: list[QueryProblem] = []
    if len(raw) > MAX_LENGTH:
        accepts = f"up to {MAX_LENGTH} bytes in all"
        return [], [QueryProblem("query", raw[:60].decode("ascii", "replace"), accepts)]
    parts = [part for part in raw.split(b"&") if part]
    if len(parts) > MAX_PAIRS:
        accepts = f"up to {MAX_PAIRS} parameters in all"
        return [], [QueryProblem("query", f"{len(parts)} parameters", accepts)]
    for part in parts:
        sides = [unquote_to_bytes(side.replace(b"+", b" ")) for side in part.split(b"=", 1)]
        try:
            key, value = (side.decode() for side in (*sides, b"")[:2])
        except UnicodeDecodeError:
            key, value = (side.decode(errors="replace") for side in (*sides, b"")[:2])
            problems.append(QueryProblem(key, value, "text in UTF-8, percent-encoded"))
        else:
            pairs.append((key, value))
    return pairs, problems


def _count(
    key: str, pairs: list[tuple[str, str]], default: int, bounds: tuple[int, int]
) -> tuple[int, list[QueryProblem]]:
    low, high = bounds
    given = [value for name, value in pairs if name == key and value]
    if not given:
        return default, []
    if len(given) == 1 and _COUNT.fullmatch(given[0]) and low <= int(given[0]) <= high:
        return int(given[0]), []
    return default, [QueryProblem(key, " ".join(given), f"one whole number from {low} to {high}")]


def _day(
    pairs: list[tuple[str, str]], accepted: Accepted
) -> tuple[date | None, list[QueryProblem]]:
    """The day of `since`, where it is accepted."""
    given = [value for name, value in pairs if name == SINCE and value]
    if SINCE not in accepted.keys:
        return None, []
    days = {read_day(value) for value in given}
    is_missing = not given and SINCE in accepted.required
    if None in days or len(days) > 1 or is_missing:
        return None, [QueryProblem(SINCE, " ".join(given), f"one day of {DAYS_ACCEPTED}")]
    return days.pop() if days else None, []


def _is_no_question(key: str, value: str) -> bool:
    """True for what a page's link may hold though it chooses no rows."""
    if key in KEYS:
        return value.strip().casefold() in ("", UNSET.get(key, ""))
    # A tie chooses rows, and so does a day; the timeline has a `since` that is none.
    is_asking = (key == "tie" and value) or (key == SINCE and read_day(value))
    return key in PASSED_OVER and not is_asking


def read_query(
    raw: bytes, dataset: Dataset, accepted: Accepted
) -> tuple[Query, tuple[QueryProblem, ...]]:
    """Reads a query string.

    Args:
        raw: The query string as it came, undecoded.
        dataset: The dataset whose ids and names are accepted.
        accepted: What may be asked for.

    Returns:
        What was understood, and every problem; with problems the query is wider than
        what was asked for and must not be answered.
    """
    pairs, problems = _pairs(raw)
    for key, value in pairs:
        if key not in accepted.keys and not _is_no_question(key, value):
            near = get_close_matches(key[:40].lower(), accepted.keys, n=1)
            accepts = "nothing: the parameters are " + ", ".join(accepted.keys or ("none",))
            problems.append(QueryProblem(key, value, accepts, "".join(near)))
    selection, misread = from_query(pairs, dataset)
    tie, bad_tie = read_tie(pairs, dataset)
    limit, bad_limit = _count("limit", pairs, accepted.limit, (1, accepted.most))
    offset, bad_offset = _count("offset", pairs, 0, (0, MAX_OFFSET))
    since, bad_since = _day(pairs, accepted)
    if since and since > (selection.as_of or date.max):
        text = f"a day up to the as-known date, {selection.as_of}"
        bad_since = [QueryProblem(SINCE, since.isoformat(), text)]
    problems += [*misread, *bad_tie, *bad_limit, *bad_offset, *bad_since]
    return Query(selection, limit, offset, tie, since), tuple(problems)
