"""What one view shows, as a thing that can be taken along: its rows, day, name and query."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

import pandas as pd

from data.load import Dataset
from data.selection import Selected, Selection, consistent

_UNSAFE = re.compile(r"[^A-Za-z0-9.]+")


@dataclass(frozen=True, eq=False)
class Excerpt:
    """The rows that one view shows.

    Attributes:
        dataset: The whole dataset that the view was made from.
        selected: What the filters leave of it.
        record: The transfer or event that the view is about, or "" for every row that fits.
        rows: The rows themselves. Those of a record are all that is known of it,
            whatever the filters are, as its page shows them.
        address: Permalink of the view; "" where it isn't known.
    """

    dataset: Dataset
    selected: Selected
    record: str
    rows: Dataset
    address: str = ""

    @property
    def selection(self) -> Selection:
        """What was asked for, with the record."""
        return replace(self.selected.selection, record=self.record)

    @property
    def query(self) -> str:
        """The selection as a query string; "" for everything."""
        return urlencode(self.selection.to_query())

    @property
    def day(self) -> date:
        """The day as known on which the rows are shown: at most the cut-off."""
        cut_off = self.dataset.cut_off_date
        return min(self.selection.as_of or cut_off, cut_off)

    @cached_property
    def stem(self) -> str:
        """File name without its ending: data version, as-known date, and the record's id."""
        parts = ["arms-ledger", self.dataset.version, "known", self.day.isoformat(), self.record]
        return "-".join(_UNSAFE.sub("-", part).strip("-.")[:80] for part in parts if part)


def excerpt(dataset: Dataset, selection: Selection, address: str = "") -> Excerpt:
    """The rows of a view.

    Args:
        dataset: A loaded package.
        selection: What is shown; a record makes it the view of that record.
        address: Permalink of the view.

    Returns:
        The rows. A record of which nothing is known on the as-known date has none.
    """
    selected = selection.apply(dataset)
    rows = selected.rows
    if selection.record:
        known = selected.known
        rows = consistent(of_record(known, known, selection.record), cites=known)
    return Excerpt(dataset, selected, selection.record, rows, address)


def of_record(rows: Dataset, known: Dataset, record: str) -> Dataset:
    """Narrows tables to what belongs to one transfer or event.

    Of a transfer that is the transfer, its deliveries, the statements about it, linked
    events and views; of an event the event, the statements about it and linked
    transfers. With them go the sources that those statements and views cite, and the
    actors that are party to them, speak of them or take part, with all above them.

    Args:
        rows: The rows to narrow.
        known: All that was public on the same day, for the links.
        record: Which transfer or event.

    Returns:
        The rows that belong to it; no ties, for they belong to neither.
    """

    def ids(frame: pd.DataFrame, column: str, key: str, values: set[str]) -> set[str]:
        return set(frame.loc[frame[key].isin(values), column].dropna())

    def keep(frame: pd.DataFrame, key: str, values: set[str]) -> pd.DataFrame:
        return frame[frame[key].isin(values)]

    one, links = {record}, known.event_transfers
    beside = ids(links, "transfer_id", "event_id", one)
    transfers = keep(rows.transfers, "transfer_id", one | beside)
    about = rows.statements["transfer_id"].eq(record) | rows.statements["event_id"].eq(record)
    statements = rows.statements[about]
    events = keep(rows.events, "event_id", one | ids(links, "event_id", "transfer_id", one))
    views = keep(rows.views, "view_id", ids(known.view_transfers, "view_id", "transfer_id", one))
    said, held = set(statements["statement_id"]), set(views["view_id"])
    sources = {*statements["source_id"], *views["source_id"]}
    sources |= ids(known.statement_sources, "source_id", "statement_id", said)
    sources |= ids(known.view_sources, "source_id", "view_id", held)
    named = {*transfers["supplier_id"], *transfers["recipient_id"], *statements["speaker_id"]}
    named |= {*views["person_id"], *views["organisation_id"].dropna()}
    named |= ids(known.event_actors, "actor_id", "event_id", set(events["event_id"]))
    lineage = dict(zip(known.actors["actor_id"], known.actors["lineage"], strict=True))
    return replace(
        rows,
        transfers=transfers,
        deliveries=keep(rows.deliveries, "transfer_id", one),
        statements=statements,
        events=events,
        views=views,
        relations=rows.relations.iloc[:0],
        sources=keep(rows.sources, "source_id", sources),
        actors=keep(
            rows.actors, "actor_id", {above for actor in named for above in lineage[actor]}
        ),
    )
