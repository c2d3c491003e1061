"""Query strings of the API: the keys of the pages, and which rows of the answer."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import unquote_to_bytes, urlencode

from dashboard.api_ties import KEYS as TIE_KEYS
from dashboard.api_ties import AskedTie, read_tie
from data.load import Dataset
from data.page_settings import SETTING_KEYS
from data.query_string import QueryProblem, from_query
from data.selection import KEYS, Selection

DEFAULT_LIMIT, MAX_LIMIT = 1000, 10_000
MAX_OFFSET = 1_000_000_000
# Room for every filter at its longest; more is no question that a reader asks.
MAX_LENGTH, MAX_PAIRS = 8192, 100
ALL_KEYS = (*KEYS, *TIE_KEYS, "limit", "offset")
# Keys of a page's link that don't choose rows: passed over, so that its query can be pasted.
PASSED_OVER = SETTING_KEYS | {"v", "embed", "chart", "tour"}

_COUNT = re.compile(r"[0-9]{1,10}")


@dataclass(frozen=True, slots=True)
class Query:
    """What a request asks for.

    Attributes:
        selection: Filters, as-known date and record.
        limit: Most rows to answer with.
        offset: Rows to skip first.
        tie: A tie of the network whose rows are asked for, or None.
    """

    selection: Selection
    limit: int
    offset: int
    tie: AskedTie | None = None

    def next(self) -> str:
        """The query string of the rows that follow."""
        page = [("limit", str(self.limit)), ("offset", str(self.offset + self.limit))]
        tie = self.tie.to_query() if self.tie else []
        return urlencode([*self.selection.to_query(), *tie, *page])


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


def read_query(
    raw: bytes, dataset: Dataset, limits: tuple[int, int] = (DEFAULT_LIMIT, MAX_LIMIT)
) -> tuple[Query, tuple[QueryProblem, ...]]:
    """Reads a query string.

    Args:
        raw: The query string as it came, undecoded.
        dataset: The dataset whose ids and names are accepted.
        limits: Rows of an answer where `limit` doesn't say, and the most that it may say.

    Returns:
        What was understood, and every problem; with problems the query is wider than
        what was asked for and must not be answered.
    """
    pairs, problems = _pairs(raw)
    for key, value in pairs:
        if key not in ALL_KEYS and key not in PASSED_OVER:
            near = get_close_matches(key[:40].lower(), ALL_KEYS, n=1)
            accepts = "nothing: the parameters are " + ", ".join(ALL_KEYS)
            problems.append(QueryProblem(key, value, accepts, "".join(near)))
    selection, misread = from_query(pairs, dataset)
    tie, bad_tie = read_tie(pairs, dataset)
    limit, bad_limit = _count("limit", pairs, limits[0], (1, limits[1]))
    offset, bad_offset = _count("offset", pairs, 0, (0, MAX_OFFSET))
    problems += [*misread, *bad_tie, *bad_limit, *bad_offset]
    return Query(selection, limit, offset, tie), tuple(problems)
