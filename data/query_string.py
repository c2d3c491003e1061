"""Links read into a Selection: what was understood, and what was not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from types import MappingProxyType

from data import dates
from data.grades import GRADE
from data.load import Dataset
from data.selection import KEYS, UNSET, Selection
from data.view_filter import FACETS, SAID_ACCEPTS, WORDINGS, ViewFilter, countries, period

MAX_QUERY_LENGTH = 200
_JOINERS = dict.fromkeys((0x200C, 0x200D))
# Keys whose values are actors.
ACTOR_KEYS = ("actor", "person", "organisation", "about")
DAYS_ACCEPTED = "days from 1900-01-01 to 2100-12-31, written YYYY-MM-DD"
_EARLIEST, _LATEST = date(1900, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """Something in a link that could not be understood.

    Attributes:
        parameter: Key of the query string.
        value: Its value as given.
        accepts: What the key accepts, as half a sentence.
        suggestion: A value that may have been meant, or "".
    """

    parameter: str
    value: str
    accepts: str
    suggestion: str = ""

    def __str__(self) -> str:
        shown = self.value if len(self.value) <= 60 else self.value[:57] + "…"
        hint = f" Did you mean {self.suggestion}?" if self.suggestion else ""
        return f"{self.parameter}={shown!r} is not understood; it accepts {self.accepts}.{hint}"


def _folded(text: str) -> str:
    return " ".join(text.replace("_", " ").replace("-", " ").casefold().split())


class Choices:
    """The ids and names that each query key accepts, for one dataset.

    Names and ids are accepted whatever their case; `_`, `-` and blanks are the same.
    """

    def __init__(self, dataset: Dataset) -> None:
        actors, transfers, events = dataset.actors, dataset.transfers, dataset.events
        vocabularies = dataset.vocabularies
        names = dict(zip(actors["actor_id"], actors["name"], strict=True))
        self.labels: MappingProxyType[str, dict[str, str]] = MappingProxyType(
            {
                "record": {
                    **dict(zip(events["event_id"], events["name"], strict=True)),
                    **dict(zip(transfers["transfer_id"], transfers["name"], strict=True)),
                },
                "country": countries(dataset),
                "wording": dict(WORDINGS),
                **{
                    key: dict(zip(frame["code"], frame["label"], strict=True))
                    for key, frame in (
                        ("direction", vocabularies["directions"]),
                        ("category", vocabularies["categories"]),
                        ("standing", vocabularies["standings"]),
                        ("role", vocabularies["role_kinds"]),
                        ("topic", vocabularies["topics"]),
                        ("position", vocabularies["positions"]),
                        ("source_grade", vocabularies["reliabilities"]),
                    )
                },
            }
            | {key: dict(names) for key in ACTOR_KEYS}
        )
        self._ids = {
            key: {
                **{_folded(label): code for code, label in labels.items()},
                **{_folded(code): code for code in labels},
            }
            for key, labels in self.labels.items()
        }

    def find(self, key: str, text: str) -> str | None:
        """The id or code that a text names, or None."""
        return self._ids[key].get(_folded(text))

    def suggest(self, key: str, text: str) -> str:
        """The id nearest to a text, or "" where none is near."""
        near = get_close_matches(_folded(text)[:80], self._ids[key], n=1, cutoff=0.7)
        return self._ids[key][near[0]] if near else ""

    def accepts(self, key: str) -> str:
        """What a key accepts, as half a sentence."""
        if key in ACTOR_KEYS:
            return "actor ids or names, as listed by /api/v1/actors"
        if key == "record":
            return (
                "one transfer or event id or name, as listed by /api/v1/transfers and "
                "/api/v1/events"
            )
        return "one of " + ", ".join(self.labels[key]) + (", once" if key == "direction" else "")


@lru_cache(maxsize=4)
def choices(dataset: Dataset) -> Choices:
    """The accepted ids and names of a dataset, built once."""
    return Choices(dataset)


def read_day(text: str) -> date | None:
    """A day of a link; None for what is no day, or none that links know."""
    try:
        read = dates.parse_iso_day(text)
    except dates.DateError:
        return None
    return read if _EARLIEST <= read <= _LATEST else None


def from_query(
    pairs: Iterable[tuple[str, str]], dataset: Dataset
) -> tuple[Selection, tuple[QueryProblem, ...]]:
    """Reads a query string.

    Args:
        pairs: Key–value pairs as decoded from the link; keys outside `KEYS` are the
            caller's to judge and are passed over.
        dataset: The dataset whose ids are accepted.

    Returns:
        The selection of all that was understood, and what was not. A caller must not
        show the selection's rows while there are problems: they would be wider than
        what was asked for.
    """
    given: dict[str, list[str]] = {key: [] for key in KEYS}
    for key, value in pairs:
        if key in given and value != "":
            given[key].append(value)
    for key, word in UNSET.items():
        if {value.strip().casefold() for value in given[key]} == {word}:
            given[key] = []
    accepted = choices(dataset)
    problems: list[QueryProblem] = []

    def codes(key: str, *, most: int | None = None) -> tuple[str, ...]:
        found: list[str] = []
        for value in given[key]:
            code = accepted.find(key, value)
            if code is None or (most == 1 and found and code not in found):
                hint = "" if code else accepted.suggest(key, value)
                problems.append(QueryProblem(key, value, accepted.accepts(key), hint))
            else:
                found.append(code)
        return tuple(found)

    def day(key: str, value: str) -> date | None:
        read = read_day(value)
        if read is None:
            problems.append(QueryProblem(key, value, DAYS_ACCEPTED))
        return read

    def periods() -> tuple[str, ...]:
        found: list[str] = []
        for value in given["said"]:
            text = value.strip().casefold()
            try:
                period(text)
            except ValueError:
                problems.append(QueryProblem("said", value, SAID_ACCEPTS))
            else:
                found.append(text)
        return tuple(found)

    q = " ".join(given["q"])
    # Persian is written with joiners, which Python doesn't call printable.
    if len(q) > MAX_QUERY_LENGTH or not q.translate(_JOINERS).isprintable():
        accepts = f"up to {MAX_QUERY_LENGTH} printable characters"
        problems.append(QueryProblem("q", q, accepts))
        q = ""
    first = last = None
    if given["dates"]:
        days = [day("dates", value) for value in given["dates"]]
        first, last = (days[0], days[1]) if len(days) == 2 else (None, None)
        if len(days) != 2 or (first and last and last < first):
            accepts = "two days, the first and the last of a range, written YYYY-MM-DD"
            problems.append(QueryProblem("dates", " ".join(given["dates"]), accepts))
        if not (first and last) or last < first:
            first = last = None
    grades = {value.strip().upper() for value in given["grade"]}
    grade = "".join(grades) if len(grades) == 1 else ""
    if grades and not GRADE.fullmatch(grade):
        accepts = "one grade, a letter A to E and a digit 1 to 5, such as C3"
        problems.append(QueryProblem("grade", " ".join(given["grade"]), accepts))
        grade = ""
    as_of_days = {day("as_of", value) for value in given["as_of"]}
    if len(as_of_days) > 1:
        problems.append(QueryProblem("as_of", " ".join(given["as_of"]), "one day"))
    selection = Selection(
        q=q,
        actors=codes("actor"),
        direction="".join(codes("direction", most=1)[:1]),
        categories=codes("category"),
        standings=codes("standing"),
        first=first,
        last=last,
        grade=grade,
        as_of=as_of_days.pop() if len(as_of_days) == 1 else None,
        record="".join(codes("record", most=1)[:1]),
        views=ViewFilter(
            said=periods(), **{facet: codes(facet) for facet in FACETS if facet != "said"}
        ),
    )
    return selection, tuple(problems)
