"""The facets of views: which of them a reader asked for, and what each view falls under.

A facet only ever narrows views; transfers, statements and statuses stay as they are.
Any value of a facet fits, every facet must.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import pandas as pd

from data import dates
from data.load import Dataset, records

# Query keys and attributes of `ViewFilter`, in the order in which they are offered.
FACETS = (
    *("person", "organisation", "role", "country", "topic", "position", "about"),
    *("said", "wording", "source_grade"),
)
WORDINGS = {"verbatim": "With verbatim words", "own-words": "In our words only"}
NO_COUNTRY = "not-recorded"
SAID_ACCEPTS = (
    "a year (2024), a decade (2020s) or a period from A to B, each a year, month or day or .. for "
    "open (2022-02-24/2025-05, ../2025-05), between 1900 and 2100"
)

_DECADE = re.compile(r"(?:19|20)\d0s", re.ASCII)
_POINT = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?|\.\.", re.ASCII)
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
_SLUG = re.compile(r"[\W_]+")


def period(text: str) -> tuple[date, date]:
    """The days that a value of `said` stands for.

    Args:
        text: A year, a decade or a period, as `SAID_ACCEPTS` tells.

    Returns:
        First and last day; open ends fall on the first or last day that links know.

    Raises:
        ValueError: For anything else.
    """
    if _DECADE.fullmatch(text):
        start = int(text[:4])
        return date(start, 1, 1), min(date(start + 9, 12, 31), _LAST_DAY)
    parts = text.split("/")
    if not all(_POINT.fullmatch(part) for part in parts) or parts in ([".."], ["..", ".."]):
        raise ValueError(f"{text!r} is no period; write {SAID_ACCEPTS}")
    if len(parts) == 1 and len(text) != 4:
        raise ValueError(f"{text!r} is no period; write {SAID_ACCEPTS}")
    read = dates.parse(text)
    first, last = read.earliest or _FIRST_DAY, read.latest or _LAST_DAY
    if not _FIRST_DAY <= first <= last <= _LAST_DAY:
        raise ValueError(f"{text!r} lies outside 1900 to 2100; write {SAID_ACCEPTS}")
    return first, last


@dataclass(frozen=True, slots=True)
class ViewFilter:
    """Values asked for by facet; empty ones ask for nothing.

    Attributes:
        person: Ids of those who judge.
        organisation: Ids of organisations that they spoke for at the time.
        role: Role kind codes.
        country: Countries spoken from, as `country_slug` writes them.
        topic: Topic codes.
        position: Position codes.
        about: Ids of actors spoken of; a state stands for what belongs to it.
        said: Years, decades and periods, as `period` reads them.
        wording: Keys of `WORDINGS`.
        source_grade: Reliability letters of the publisher that is cited.
    """

    person: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    position: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    wording: tuple[str, ...] = ()
    source_grade: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Brings choices into one order, so that equal filters are equal."""
        for facet in FACETS:
            object.__setattr__(self, facet, tuple(sorted(set(self.values(facet)))))
        for text in self.said:
            period(text)

    def values(self, facet: str) -> tuple[str, ...]:
        """What is asked for of one facet."""
        found: tuple[str, ...] = getattr(self, facet)
        return found

    def with_values(self, facet: str, values: Iterable[str]) -> "ViewFilter":
        """The same filter with other values of one facet."""
        return replace(self, **{facet: tuple(values)})

    def to_query(self) -> list[tuple[str, str]]:
        """The filter as key–value pairs of a query string."""
        return [(facet, value) for facet in FACETS for value in self.values(facet)]


NO_FACETS = ViewFilter()


def country_slug(name: str) -> str:
    """A country's name as links write it: `united-states`."""
    return _SLUG.sub("-", name.casefold()).strip("-")


def countries(dataset: Dataset) -> dict[str, str]:
    """Names by slug of every country that somebody may speak from."""
    states = dataset.actors.loc[dataset.actors["kind_code"] == "state", "name"]
    names = sorted({*states, *dataset.actors["country"].dropna()})
    return {**{country_slug(name): name for name in names}, NO_COUNTRY: "Country not recorded"}


@dataclass(frozen=True, eq=False)
class ViewFacets:
    """What the views of a dataset fall under.

    Attributes:
        values: By facet other than `said` and view id, the values that fit.
    """

    values: Mapping[str, Mapping[str, tuple[str, ...]]]

    def fits(self, views: pd.DataFrame, facet: str, chosen: Iterable[str]) -> pd.Series:
        """True for the views that any of the chosen values fits; for all if none is chosen."""
        wanted = set(chosen)
        if not wanted:
            return pd.Series(True, index=views.index)
        if facet != "said":
            of = self.values[facet]
            found = [not wanted.isdisjoint(of[view]) for view in views["view_id"]]
            return pd.Series(found, index=views.index, dtype="bool")
        fit = pd.Series(False, index=views.index)
        for text in wanted:
            first, last = period(text)
            low, high = views["said_date_earliest"], views["said_date_latest"]
            fit |= (low.isna() | (low <= pd.Timestamp(last))) & (
                high.isna() | (high >= pd.Timestamp(first))
            )
        return fit

    def narrow(self, views: pd.DataFrame, chosen: ViewFilter, *, besides: str = "") -> pd.DataFrame:
        """Keeps the views that fit every facet, or every one besides a named one."""
        fit = pd.Series(True, index=views.index)
        for facet in FACETS:
            if facet != besides:
                fit &= self.fits(views, facet, chosen.values(facet))
        return views[fit]


@lru_cache(maxsize=8)
def view_facets(dataset: Dataset) -> ViewFacets:
    """Reads what each view falls under.

    Args:
        dataset: A loaded package, or what is known of one on a day.

    Returns:
        The values of every facet; `country` is that of the state spoken for, else the
        speaker's own, else the organisation's.
    """
    actors = {row.actor_id: row for row in records(dataset.actors)}
    letter = dict(
        zip(dataset.publishers["publisher_id"], dataset.publishers["reliability_code"], strict=True)
    )
    publisher = dict(
        zip(dataset.sources["source_id"], dataset.sources["publisher_id"], strict=True)
    )
    spoken_of: dict[str, set[str]] = {}
    for row in records(dataset.view_actors):
        spoken_of.setdefault(row.view_id, set()).update(actors[row.actor_id].lineage)

    def country(*ids: str | None) -> str:
        for key in (key for key in ids if key):
            side = actors[actors[key].side_id]
            if side.kind_code == "state":
                return country_slug(side.name)
            for above in actors[key].lineage:
                if actors[above].country:
                    return country_slug(actors[above].country)
        return NO_COUNTRY

    values: dict[str, dict[str, tuple[str, ...]]] = {f: {} for f in FACETS if f != "said"}
    for row in records(dataset.views):
        for facet, found in (
            ("person", (row.person_id,)),
            ("organisation", (row.organisation_id,) if row.organisation_id else ()),
            ("role", (row.role_kind_code,)),
            ("country", (country(row.person_id, row.organisation_id),)),
            ("topic", (row.topic_code,)),
            ("position", (row.position_code,)),
            ("about", tuple(sorted(spoken_of.get(row.view_id, ())))),
            ("wording", ("verbatim" if row.quotation else "own-words",)),
            ("source_grade", (letter[publisher[row.source_id]],)),
        ):
            values[facet][row.view_id] = found
    return ViewFacets(values)
