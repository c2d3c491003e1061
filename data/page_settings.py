"""What one page shows in which form: lanes, units, sorting …, kept in its link.

Settings never change which rows are selected: that is the Selection's part, which all
pages and the API share. Each setting belongs to one page and has a default, which links
leave out unless asked for.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from data import dates
from data.load import Dataset
from data.queries.search import HIT_KINDS
from data.query_string import QueryProblem, choices

NONE = "none"
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:>~-]{0,199}")
_EARLIEST, _LATEST = date(1900, 1, 1), date(2100, 12, 31)

_OVERLAYS = ("denials", "sanctions", "strikes", "diplomacy", "uses", "views", "others")

Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of one page's link.

    Attributes:
        page: Name of the page, as in its path; `overview` for the first.
        key: Key of the query string; unlike any key of `data.selection.KEYS`.
        kind: `code` for one of `codes`; `day` for YYYY-MM-DD; `number` for a whole number
            from 0 to `most`; `actor` for an actor's id or name; `token` for an id that
            only the page can look up, made of letters, digits and `_.:>~-`.
        codes: What `code` accepts.
        default: Values where the link has none.
        many: Whether several values may stand; then `none` stands for no value at all.
        most: Greatest number.
    """

    page: str
    key: str
    kind: Literal["code", "day", "number", "actor", "token"]
    codes: tuple[str, ...] = ()
    default: tuple[str, ...] = ()
    many: bool = False
    most: int = 100_000

    def accepts(self, dataset: Dataset) -> str:
        """What the key accepts, as half a sentence."""
        several = "any of " if self.many else "one of "
        match self.kind:
            case "code":
                codes = (*self.codes, NONE) if self.many else self.codes
                return several + ", ".join(codes)
            case "day":
                return "one day from 1900-01-01 to 2100-12-31, written YYYY-MM-DD"
            case "number":
                return f"one whole number from 0 to {self.most}"
            case "actor":
                return choices(dataset).accepts("actor")
            case "token":
                return "an id as the page's own links have it"

    def read(self, text: str, dataset: Dataset) -> str | None:
        """The value that a text names, or None where it isn't understood."""
        match self.kind:
            case "code":
                code = text.strip().casefold()
                return code if code in self.codes else None
            case "day":
                return _day(text)
            case "number":
                is_number = text.isascii() and text.isdigit() and len(text) <= 9
                return str(int(text)) if is_number and int(text) <= self.most else None
            case "actor":
                return choices(dataset).find("actor", text)
            case "token":
                return text if _TOKEN.fullmatch(text) else None


def _day(text: str) -> str | None:
    try:
        day = dates.parse_iso_day(text)
    except dates.DateError:
        return None
    return day.isoformat() if _EARLIEST <= day <= _LATEST else None


LEDGER_COLUMNS = (
    *("system", "parties", "category", "stage", "standing", "promised", "delivered", "gap"),
    *("unit", "open", "latest", "sources", "promised_by", "delivered_by", "speakers"),
    "statements",
)
LEDGER_UNITS = ("pieces", "rounds", "systems", "launches", "people")

VIEW_PANELS = ("cards", "time", "camps", "forecasts", "denials", "balance")

SETTINGS: tuple[Setting, ...] = (
    Setting("overview", "hits", "code", codes=("all", *HIT_KINDS), default=("all",)),
    Setting("overview", "hits_page", "number", default=("1",)),
    Setting(
        "timeline",
        "lanes",
        "code",
        ("direction", "category", "system", "supplier", "actor"),
        ("direction",),
    ),
    Setting("timeline", "rows", "code", ("packed", "each"), ("packed",)),
    Setting("timeline", "since", "code", ("2021", "2005", "all"), ("2021",)),
    Setting("timeline", "zoom", "code", ("year", "quarter", "month"), ("year",)),
    Setting("timeline", "show", "code", _OVERLAYS, _OVERLAYS[:-1], many=True),
    # Lanes by their code or id, opened or folded against what is usual for their size.
    Setting("timeline", "opened", "token", many=True),
    Setting("timeline", "folded", "token", many=True),
    # Transfer, event, view or statement whose evidence stands beside the chart.
    Setting("timeline", "mark", "token"),
    Setting("ledger", "unit", "code", (*LEDGER_UNITS, "transfers", "share"), default=("pieces",)),
    Setting("ledger", "by", "code", ("category", "system"), default=("category",)),
    Setting(
        "ledger",
        "order",
        "code",
        ("direction", "name", "promised", "delivered", "gap", "open", "latest", "sources"),
        default=("direction",),
    ),
    Setting(
        "ledger",
        "columns",
        "code",
        LEDGER_COLUMNS,
        default=tuple(c for c in LEDGER_COLUMNS if c not in ("category", "statements")),
        many=True,
    ),
    # The earlier day; the later one is the as-known date.
    Setting("ledger", "changed_since", "day"),
    Setting("views", "panel", "code", VIEW_PANELS, ("cards",)),
    Setting("views", "sorted", "code", ("date", "person", "topic"), ("date",)),
    Setting("views", "page", "number", default=("1",)),
    Setting("statements", "rows_page", "number", default=("1",)),
    Setting("views", "question", "code", ("support", "tie"), ("support",)),
    # Category whose denials are listed, and the one view that a link names.
    Setting("views", "denied", "token", default=("uav",)),
    Setting("views", "view", "token"),
    Setting("person", "who", "actor"),
    Setting("network", "focus", "actor"),
    Setting("network", "tie", "token"),
    Setting("network", "depth", "code", ("1", "2", "3", "all"), ("all",)),
    Setting("network", "path_from", "actor"),
    Setting("network", "path_to", "actor"),
    Setting("network", "unfold", "token", many=True),
    Setting("network", "arms", "code", ("together", "category"), ("together",)),
    Setting("network", "hide_tie", "token", many=True),
    Setting("network", "hide_actor", "token", many=True),
    Setting("network", "quarter", "token"),
)
SETTING_KEYS = frozenset(setting.key for setting in SETTINGS)


def settings_of(page: str) -> tuple[Setting, ...]:
    """The settings of a page, in the order that links have them."""
    return tuple(setting for setting in SETTINGS if setting.page == page)


def read_settings(
    page: str, pairs: Iterable[tuple[str, str]], dataset: Dataset
) -> tuple[dict[str, tuple[str, ...]], tuple[QueryProblem, ...]]:
    """Reads the settings of a page from its query string.

    Args:
        page: Name of the page.
        pairs: Key–value pairs as decoded from the link; other keys are passed over.
        dataset: The dataset whose actors are accepted.

    Returns:
        Values by key, with the default where the link has none or none that is
        understood; and what was not understood.
    """
    given: dict[str, list[str]] = {}
    for key, value in pairs:
        if value != "":
            given.setdefault(key, []).append(value)
    values: dict[str, tuple[str, ...]] = {}
    problems: list[QueryProblem] = []
    for setting in settings_of(page):
        texts = given.get(setting.key, [])
        if setting.many and texts == [NONE]:
            values[setting.key] = ()
            continue
        found: list[str] = []
        for text in texts:
            read = setting.read(text, dataset)
            if read is None or (not setting.many and found and read not in found):
                problems.append(QueryProblem(setting.key, text, setting.accepts(dataset)))
            elif read not in found:
                found.append(read)
        values[setting.key] = tuple(found) if found else setting.default
    return values, tuple(problems)


def settings_query(page: str, values: Values, *, in_full: bool = False) -> list[tuple[str, str]]:
    """The settings of a page as key–value pairs of a query string.

    Args:
        page: Name of the page.
        values: Values by key; a missing key stands for its default.
        in_full: Whether defaults are written too, so that the link keeps its meaning
            when defaults change.

    Returns:
        The pairs, in the order of the settings.
    """
    pairs: list[tuple[str, str]] = []
    for setting in settings_of(page):
        chosen = values.get(setting.key, setting.default)
        if in_full or set(chosen) != set(setting.default):
            written = chosen or ((NONE,) if setting.many else ())
            pairs += [(setting.key, value) for value in written]
    return pairs
