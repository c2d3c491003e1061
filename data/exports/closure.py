"""The smallest dataset that shows the same view again.

A status follows from every counted statement about a transfer, and a row may fit a
filter through another row: a transfer by the words of a statement, an event by its
link to a transfer. So an excerpt that is to be opened again holds more rows than its
view shows. None of them slips into the view: what didn't fit a filter among all rows
doesn't fit it among fewer, as long as statuses are the same.
"""

from dataclasses import replace

import pandas as pd

from data.exports.corrections import corrections_of
from data.exports.excerpt import Excerpt
from data.load import Dataset, records
from data.query_string import ACTOR_KEYS
from data.selection import Selection, consistent, known_on
from data.view_filter import FACETS, country_slug


def _ids(frame: pd.DataFrame, column: str) -> set[str]:
    return set(frame[column].dropna())


def _keep(frame: pd.DataFrame, column: str, values: set[str]) -> pd.DataFrame:
    return frame[frame[column].isin(values)]


def _statements(
    excerpt: Excerpt, transfers: set[str], events: set[str]
) -> tuple[set[str], set[str], set[str]]:
    """Closes transfers, events and statements over one another.

    Args:
        excerpt: The view.
        transfers: Transfers that are needed.
        events: Events that are needed.

    Returns:
        Ids of statements, transfers and events. A repeat needs its original even where
        that is graded too low to count: without it, it would count itself.
    """
    known = excerpt.selected.known.statements
    origin = {
        row.statement_id: (row.derived_from_id, row.retracts_id, row.transfer_id, row.event_id)
        for row in records(excerpt.dataset.statements)
    }
    statements: set[str] = set()
    waiting = True
    while waiting:
        about = known["transfer_id"].isin(transfers) | known["event_id"].isin(events)
        found = set(known.loc[about, "statement_id"]) | statements
        for statement in list(found):
            for above in origin[statement][:2]:
                while above is not None and above not in found:
                    found.add(above)
                    above = origin[above][0]
        waiting = found != statements
        statements = found
        transfers = transfers | {origin[s][2] for s in found if origin[s][2]}
        events = events | {origin[s][3] for s in found if origin[s][3]}
    return statements, transfers, events


def closure(excerpt: Excerpt) -> Dataset:
    """The rows that the view needs to be shown again.

    Args:
        excerpt: The view.

    Returns:
        A dataset in which every pointer is met and which, under the same selection,
        has the same rows and statuses. Nothing in it was published after the
        as-known date, as long as no repeat of the dataset is older than its original.
    """
    dataset, rows, known = excerpt.dataset, excerpt.rows, excerpt.selected.known
    selection = excerpt.selection
    whole = known_on(dataset, selection.as_of)
    views = _ids(rows.views, "view_id")
    events = _ids(rows.events, "event_id") | _ids(rows.statements, "event_id")
    transfers = _ids(rows.transfers, "transfer_id") | _ids(rows.statements, "transfer_id")
    if selection.actors:
        # A transfer fits an actor through an event that the other filters may hide.
        events |= _ids(_keep(known.event_transfers, "transfer_id", transfers), "event_id")
    transfers |= _ids(
        _keep(known.event_transfers, "event_id", _ids(rows.events, "event_id")), "transfer_id"
    )
    transfers |= _ids(_keep(known.view_transfers, "view_id", views), "transfer_id")
    statements, transfers, events = _statements(excerpt, transfers, events)
    closed = consistent(
        replace(
            whole,
            transfers=_keep(dataset.transfers, "transfer_id", transfers),
            statements=_keep(dataset.statements, "statement_id", statements),
            events=_keep(dataset.events, "event_id", events),
            views=_keep(dataset.views, "view_id", views),
            relations=rows.relations,
        ),
        cites=dataset,
    )
    actors = _ids(closed.actors, "actor_id") | _asked_for(selection, dataset)
    closed = replace(closed, actors=_keep(dataset.actors, "actor_id", actors))
    return replace(closed, corrections=corrections_of(closed, selection.as_of))


def _asked_for(selection: Selection, dataset: Dataset) -> set[str]:
    """Actors that a link names, and one of each country that it names.

    A link is understood only where what it names is there, even if no row has it.
    """
    named = {*selection.actors}
    for facet in set(FACETS).intersection(ACTOR_KEYS):
        named |= {*selection.views.values(facet)}
    wanted = {*selection.views.country}
    for row in records(dataset.actors):
        of = row.name if row.kind_code == "state" else row.country
        if of and country_slug(of) in wanted:
            wanted.remove(country_slug(of))
            named.add(row.actor_id)
    lineage = dict(zip(dataset.actors["actor_id"], dataset.actors["lineage"], strict=True))
    return {above for actor in named for above in lineage[actor]}
