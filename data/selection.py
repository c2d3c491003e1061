"""What the reader asked to see: one frozen Selection for pages, links and API.

It filters (`apply`) and becomes a query string (`to_query`; `query_string.from_query`
reads it back). Filters only ever narrow. A status never depends on filters other
than the as-known date and the lowest grade: hiding a speaker doesn't change what is
known.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from data.assessment import Assessment, assess, assessment_frame
from data.claims import Claim, counted_claims
from data.event_assessment import EventAssessment, assess_events, event_assessment_frame
from data.grades import GRADE, graded
from data.involvement import read_involvement
from data.load import Dataset
from data.search.index import search_index
from data.search.terms import read_terms
from data.view_filter import FACETS, NO_FACETS, ViewFilter, view_facets

KEYS = (
    *("q", "actor", "direction", "category", "standing", "dates", "grade", "as_of", "record"),
    *FACETS,
)
# What links write, and accept, for a filter that isn't set. No words to look for is an empty text.
UNSET = {
    "q": "",
    "actor": "any",
    "direction": "any",
    "category": "any",
    "standing": "any",
    "dates": "any",
    "grade": "any",
    "as_of": "latest",
    **dict.fromkeys(FACETS, "any"),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """Filters, as-known date and record; the empty selection shows everything.

    Attributes:
        q: Words to look for.
        actors: Actor ids, any of which must be involved.
        direction: Direction code, or "".
        categories: Category codes, any of which.
        standings: Standing codes, any of which.
        first: First day of the date range; None for no range.
        last: Last day of it.
        grade: Lowest grade that counts, e.g. `C3`, or "" for all; statuses follow.
        as_of: Day as known on which everything is shown; None for the latest.
        record: Transfer or event shown on the record page, or "".
        views: Facets that narrow views, and nothing else.
    """

    q: str = ""
    actors: tuple[str, ...] = ()
    direction: str = ""
    categories: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    grade: str = ""
    as_of: date | None = None
    record: str = ""
    views: ViewFilter = NO_FACETS

    def __post_init__(self) -> None:
        """Brings choices into one order, so that equal selections are equal."""
        object.__setattr__(self, "q", " ".join(self.q.split()))
        for name in ("actors", "categories", "standings"):
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))
        if (self.first is None) != (self.last is None):
            raise ValueError("a date range needs both its first and its last day")
        if self.first is not None and self.last is not None and self.last < self.first:
            raise ValueError("a date range ends on or after its first day")
        if self.grade and not GRADE.fullmatch(self.grade):
            raise ValueError("a grade is a letter A to E and a digit 1 to 5")

    @property
    def is_filtering(self) -> bool:
        """True if any filter is set that statuses don't depend on."""
        return replace(self, as_of=None, grade="", record="") != Selection()

    def to_query(self, *, in_full: bool = False) -> list[tuple[str, str]]:
        """The selection as key–value pairs of a query string.

        Args:
            in_full: Whether a filter that isn't set is written too, as `UNSET` has it, so
                that the link keeps its meaning when defaults change.

        Returns:
            The pairs, in the order of `KEYS`.
        """
        pairs = self._set_pairs()
        if in_full:
            given = {key for key, _ in pairs}
            pairs += [(key, word) for key, word in UNSET.items() if key not in given]
            pairs.sort(key=lambda pair: KEYS.index(pair[0]))
        return pairs

    def _set_pairs(self) -> list[tuple[str, str]]:
        pairs = [("q", self.q)] if self.q else []
        pairs += [("actor", actor) for actor in self.actors]
        pairs += [("direction", self.direction)] if self.direction else []
        pairs += [("category", category) for category in self.categories]
        pairs += [("standing", standing) for standing in self.standings]
        if self.first is not None and self.last is not None:
            pairs += [("dates", self.first.isoformat()), ("dates", self.last.isoformat())]
        pairs += [("grade", self.grade)] if self.grade else []
        pairs += [("as_of", self.as_of.isoformat())] if self.as_of else []
        pairs += [("record", self.record)] if self.record else []
        return pairs + self.views.to_query()

    def apply(self, dataset: Dataset) -> "Selected":
        """Narrows a dataset to this selection.

        The record is not a filter here: it names what the record page shows.

        Args:
            dataset: A loaded package.

        Returns:
            The rows known on the as-known date, and those that fit every filter.
        """
        return _apply(dataset, replace(self, record=""))


@dataclass(frozen=True, eq=False)
class Selected:
    """What a selection shows.

    Attributes:
        selection: What was asked for, without its record.
        base: Every row of the grade asked for, whenever it became public; for the
            histories of statuses, which are cut at the as-known date.
        known: Every row of these that was public on the as-known date. Its transfers carry
            `stage_code`, `standing_code`, `reasons` and `also_claimed`, its events the
            same without a stage; None where nothing that counts was said of one.
        rows: The rows of `known` that fit every filter.
        open_views: The views that fit every filter but the facets of views.
        assessments: Status of every known transfer, by id.
        event_assessments: Standing of every known event of which something counts, by id.
        claims: The claims that count on that day, by transfer.
        whole: What the same day and grade show without any filter; None where no filter
            is set. What follows from a transfer alone is computed there once, so that a
            change of a filter only picks rows.
    """

    selection: Selection
    base: Dataset
    known: Dataset
    rows: Dataset
    open_views: pd.DataFrame
    assessments: Mapping[str, Assessment]
    event_assessments: Mapping[str, EventAssessment]
    claims: Mapping[str, tuple[Claim, ...]]
    whole: "Selected | None" = None

    def of_transfers(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of a frame about all transfers that are about selected ones.

        Args:
            frame: With `transfer_id`, computed for `whole`.

        Returns:
            The rows in their order, numbered anew.
        """
        fits = _within(frame, "transfer_id", set(self.rows.transfers["transfer_id"]))
        return frame[fits].reset_index(drop=True)


def _within(frame: pd.DataFrame, column: str, values: Collection[object]) -> pd.Series:
    return frame[column].isin(values)


def _overlaps(frame: pd.DataFrame, column: str, first: date, last: date) -> pd.Series:
    """True where an EDTF column allows a day of the range; False where it is empty."""
    low, high = frame[f"{column}_earliest"], frame[f"{column}_latest"]
    starts = low.isna() | (low <= pd.Timestamp(last))
    ends = high.isna() | (high >= pd.Timestamp(first))
    return starts & ends & frame[column].notna()


@lru_cache(maxsize=64)
def known_on(dataset: Dataset, as_of: date | None) -> Dataset:
    """What was public on a day.

    Args:
        dataset: A loaded package.
        as_of: The day; None for everything.

    Returns:
        The rows public by then: statements, views and relations by their
        publication; transfers by their statements that count; events by a statement
        about them; deliveries by the statement that supports them; further sources by
        their own day; sources, publishers and actors by what is left. The source in
        which a curator read old words may be younger than the words. Transfers carry their status.
    """

    def public(frame: pd.DataFrame) -> pd.DataFrame:
        if as_of is None:
            return frame
        return frame[frame["published_date_latest"] <= pd.Timestamp(as_of)]

    def carried(links: pd.DataFrame) -> pd.DataFrame:
        """Further sources, without those that came out later."""
        if as_of is None:
            return links
        later = dataset.sources["published_date_earliest"] > pd.Timestamp(as_of)
        return links[~links["source_id"].isin(dataset.sources.loc[later, "source_id"])]

    transfers = dataset.transfers.merge(assessment_frame(dataset, as_of), on="transfer_id")
    events = dataset.events.merge(event_assessment_frame(dataset, as_of), on="event_id", how="left")
    statements = public(dataset.statements)
    about = statements["transfer_id"].isin(transfers["transfer_id"])
    statements = statements[about | statements["event_id"].notna()]
    return consistent(
        replace(
            dataset,
            transfers=transfers,
            statements=statements,
            events=events[_within(events, "event_id", set(statements["event_id"]))],
            views=public(dataset.views),
            relations=public(dataset.relations),
            statement_sources=carried(dataset.statement_sources),
            view_sources=carried(dataset.view_sources),
            relation_sources=carried(dataset.relation_sources),
        ),
        cites=dataset,
    )


def consistent(rows: Dataset, cites: Dataset) -> Dataset:
    """Drops the deliveries, links, sources, actors … that point to rows no longer there.

    Args:
        rows: Transfers, statements, events, views and relations as they shall stay.
        cites: Where the sources, publishers, actors and systems that they need are.

    Returns:
        The rows with what belongs to them, and nothing else.
    """
    transfers = set(rows.transfers["transfer_id"])
    statements = set(rows.statements["statement_id"])
    events, views = set(rows.events["event_id"]), set(rows.views["view_id"])
    relations = set(rows.relations["relation_id"])

    def keep(frame: pd.DataFrame, **columns: set[str]) -> pd.DataFrame:
        fits = pd.Series(True, index=frame.index)
        for column, values in columns.items():
            fits &= frame[column].isin(values)
        return frame[fits]

    deliveries = keep(rows.deliveries, transfer_id=transfers, statement_id=statements)
    event_actors = keep(rows.event_actors, event_id=events)
    links: dict[str, Any] = {
        "statement_sources": keep(rows.statement_sources, statement_id=statements),
        "view_sources": keep(rows.view_sources, view_id=views),
        "relation_sources": keep(rows.relation_sources, relation_id=relations),
        "event_transfers": keep(rows.event_transfers, event_id=events, transfer_id=transfers),
        "view_actors": keep(rows.view_actors, view_id=views),
        "view_transfers": keep(rows.view_transfers, view_id=views, transfer_id=transfers),
        "view_outcomes": keep(rows.view_outcomes, view_id=views, statement_id=statements),
    }
    cited: set[str] = set()
    for frame in (rows.statements, rows.views, rows.relations):
        cited.update(frame["source_id"])
    for name in ("statement_sources", "view_sources", "relation_sources"):
        cited.update(links[name]["source_id"])
    sources = keep(cites.sources, source_id=cited)
    named: set[str] = set()
    for frame, columns in (
        (rows.transfers, ("supplier_id", "recipient_id")),
        (rows.statements, ("speaker_id",)),
        (rows.views, ("person_id", "organisation_id")),
        (rows.relations, ("from_id", "to_id")),
        (event_actors, ("actor_id",)),
        (links["view_actors"], ("actor_id",)),
    ):
        for column in columns:
            named.update(frame[column].dropna())
    lineage = dict(zip(cites.actors["actor_id"], cites.actors["lineage"], strict=True))
    actors = {above for actor in named for above in lineage[actor]}
    systems = {*rows.transfers["system_id"], *rows.events["system_id"].dropna()}
    return replace(
        rows,
        deliveries=deliveries,
        event_actors=event_actors,
        sources=sources,
        publishers=keep(
            cites.publishers,
            publisher_id={*sources["publisher_id"], *sources["original_publisher_id"].dropna()},
        ),
        actors=keep(cites.actors, actor_id=actors),
        systems=keep(cites.systems, system_id=systems),
        **links,
    )


_ID_OF = {
    "transfers": "transfer_id",
    "statements": "statement_id",
    "events": "event_id",
    "views": "view_id",
    "relations": "relation_id",
}


@lru_cache(maxsize=128)
def _apply(dataset: Dataset, selection: Selection) -> Selected:
    base = graded(dataset, selection.grade, selection.as_of)
    known = known_on(base, selection.as_of)
    fits = {name: pd.Series(True, index=getattr(known, name).index) for name in _ID_OF}
    _by_transfer(known, selection, fits)
    _by_actor(dataset, known, selection, fits)
    _by_dates(known, selection, fits)
    _by_text(dataset, known, selection, fits)
    open_views = known.views[fits["views"]]
    if selection.views != NO_FACETS:
        kept = view_facets(dataset).narrow(open_views, selection.views)
        fits["views"] &= _within(known.views, "view_id", set(kept["view_id"]))
    rows = replace(known, **{name: getattr(known, name)[mask] for name, mask in fits.items()})
    if selection.first is not None and selection.last is not None:
        inside = _overlaps(rows.deliveries, "delivered_date", selection.first, selection.last)
        rows = replace(rows, deliveries=rows.deliveries[inside])
    if selection.is_filtering:
        rows = consistent(rows, cites=known)
    return Selected(
        selection=selection,
        base=base,
        known=known,
        rows=rows,
        open_views=open_views,
        assessments=assess(base, selection.as_of),
        event_assessments=assess_events(base, selection.as_of),
        claims=counted_claims(base, selection.as_of),
        whole=_apply(dataset, replace(Selection(), as_of=selection.as_of, grade=selection.grade))
        if selection.is_filtering
        else None,
    )


def _by_transfer(known: Dataset, selection: Selection, fits: dict[str, pd.Series]) -> None:
    """Direction, category and standing: transfers, and what is linked to them.

    Relations carry none of the three and stay as they are.
    """
    transfers = known.transfers
    fitting = pd.Series(True, index=transfers.index)
    if selection.direction:
        fitting &= transfers["direction_code"] == selection.direction
    if selection.categories:
        fitting &= _within(transfers, "category_code", selection.categories)
    if selection.standings:
        fitting &= _within(transfers, "standing_code", selection.standings)
    if fitting.all() and not (selection.direction or selection.categories or selection.standings):
        return
    chosen = set(transfers.loc[fitting, "transfer_id"])

    def linked(links: pd.DataFrame, column: str) -> set[str]:
        return set(links.loc[_within(links, "transfer_id", chosen), column])

    events = linked(known.event_transfers, "event_id")
    if selection.categories and not (selection.direction or selection.standings):
        of_category = known.systems.loc[
            _within(known.systems, "category_code", selection.categories), "system_id"
        ]
        about = _within(known.events, "system_id", set(of_category))
        events |= set(known.events.loc[about, "event_id"])
    fits["transfers"] &= fitting
    fits["events"] &= _within(known.events, "event_id", events)
    fits["statements"] &= _within(known.statements, "transfer_id", chosen) | _within(
        known.statements, "event_id", events
    )
    fits["views"] &= _within(known.views, "view_id", linked(known.view_transfers, "view_id"))


def _by_actor(
    dataset: Dataset, known: Dataset, selection: Selection, fits: dict[str, pd.Series]
) -> None:
    """Actors, with all that belong to them: parties, speakers, those acting or spoken of."""
    if not selection.actors:
        return
    involved = read_involvement(dataset)
    for name, key in _ID_OF.items():
        roles = involved[name]
        ids = set(roles.loc[_within(roles, "actor_id", selection.actors), "id"])
        fit = _within(getattr(known, name), key, ids)
        if name == "transfers":
            # An actor who only speaks about a transfer is involved in it too.
            roles = involved["statements"]
            ids = set(roles.loc[_within(roles, "actor_id", selection.actors), "id"])
            spoken = known.statements[_within(known.statements, "statement_id", ids)]
            fit |= _within(known.transfers, key, set(spoken["transfer_id"].dropna()))
            # So is one who takes part in an event that bears on it.
            roles = involved["events"]
            happened = set(roles.loc[_within(roles, "actor_id", selection.actors), "id"])
            links = known.event_transfers
            bearing = links[_within(links, "event_id", happened)]
            fit |= _within(known.transfers, key, set(bearing["transfer_id"]))
        fits[name] &= fit


def _by_dates(known: Dataset, selection: Selection, fits: dict[str, pd.Series]) -> None:
    """Days: something was said, happened or held within the range."""
    first, last = selection.first, selection.last
    if first is None or last is None:
        return
    said = _overlaps(known.statements, "said_date", first, last)
    spoken_of = _overlaps(known.statements, "stage_date", first, last)
    fits["statements"] &= said | spoken_of
    fits["events"] &= _overlaps(known.events, "event_date", first, last)
    fits["views"] &= _overlaps(known.views, "said_date", first, last)
    fits["relations"] &= _overlaps(known.relations, "relation_date", first, last)
    active = set(known.statements.loc[said | spoken_of, "transfer_id"].dropna())
    arrived = _overlaps(known.deliveries, "delivered_date", first, last)
    active |= set(known.deliveries.loc[arrived, "transfer_id"])
    fits["transfers"] &= _within(known.transfers, "transfer_id", active)


def _by_text(
    dataset: Dataset, known: Dataset, selection: Selection, fits: dict[str, pd.Series]
) -> None:
    """Words: in the row's own text, names and aliases; for a transfer also in its statements."""
    if not selection.q:
        return
    found = search_index(dataset).find(read_terms(selection.q))
    for name, key in _ID_OF.items():
        fit = _within(getattr(known, name), key, found[name])
        if name == "transfers":
            said = known.statements
            spoken = _within(said, "statement_id", found["statements"])
            fit |= _within(known.transfers, key, set(said.loc[spoken, "transfer_id"].dropna()))
        fits[name] &= fit
