"""The text by which each row is found, and how near to the row it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from data.load import Dataset, records
from data.search.folding import lines

Parts = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One row as search sees it; texts are folded, as `lines` gives them.

    Attributes:
        kind: Table of the row.
        key: Its id.
        names: What it is called, or who speaks.
        own: Its own words.
        context: Names and words of what it is about.
        day: Ordinal of the latest day that it may belong to; 0 where it has none.
    """

    kind: str
    key: str
    names: str
    own: str
    context: str
    day: int = 0

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(part for part in (self.names, self.own, self.context) if part)


def _aliases(text: str | None) -> Parts:
    return tuple(text.split("|")) if text else ()


def _day(stamp: pd.Timestamp) -> int:
    return 0 if pd.isna(stamp) else stamp.toordinal()


def read_documents(dataset: Dataset) -> Iterator[Document]:
    """Reads the text of every row that search can find.

    Args:
        dataset: A loaded package.

    Yields:
        Systems, actors, transfers, events, statements, views, relations and sources.
    """
    called: dict[str, Parts] = {}
    for row in records(dataset.actors):
        called[row.actor_id] = (row.name, *_aliases(row.aliases))
        own = lines((row.description, row.country))
        yield Document("actors", row.actor_id, lines(called[row.actor_id]), own, "")
    systems: dict[str, Parts] = {}
    for row in records(dataset.systems):
        systems[row.system_id] = (row.designation, *_aliases(row.aliases))
        names = lines(systems[row.system_id])
        yield Document("systems", row.system_id, names, lines((row.description,)), "")
    yield from _subjects(dataset, called, systems)
    yield from _views(dataset, called, systems)
    for row in records(dataset.relations):
        ends = (*called[row.from_id], *called[row.to_id])
        yield Document("relations", row.relation_id, "", lines((row.summary,)), lines(ends))
    publishers = {row.publisher_id: row.name for row in records(dataset.publishers)}
    for row in records(dataset.sources):
        context = lines((publishers[row.publisher_id],))
        names, own = lines((row.title,)), lines((row.authors,))
        day = _day(row.published_date_latest)
        yield Document("sources", row.source_id, names, own, context, day)


def _subjects(
    dataset: Dataset, called: dict[str, Parts], systems: dict[str, Parts]
) -> Iterator[Document]:
    """Transfers and events, and what is said of them."""
    about: dict[str, str] = {}
    involved: dict[str, tuple[str, ...]] = {}
    for row in records(dataset.transfers):
        key = row.transfer_id
        involved[key] = (row.supplier_id, row.recipient_id)
        names = lines((row.name, row.short_name, *systems[row.system_id]))
        own = lines((row.summary,))
        parties = (part for actor in involved[key] for part in called[actor])
        about[key] = "\n".join(filter(None, (names, own, lines((key,)))))
        yield Document("transfers", key, names, own, lines((key, *parties)))
    taking_part: dict[str, list[str]] = {key: [] for key in dataset.events["event_id"]}
    for row in records(dataset.event_actors):
        taking_part[row.event_id].append(row.actor_id)
    for row in records(dataset.events):
        key = row.event_id
        involved[key] = tuple(taking_part[key])
        names, own = lines((row.name,)), lines((row.summary,))
        actors = (part for actor in involved[key] for part in called[actor])
        context = lines((*(systems[row.system_id] if row.system_id else ()), *actors))
        about[key] = "\n".join(filter(None, (names, own)))
        if row.system_id:
            about[key] += "\n" + lines(systems[row.system_id])
        yield Document("events", key, names, own, context, _day(row.event_date_latest))
    parties_of = {
        key: lines(part for actor in dict.fromkeys(actors) for part in called[actor])
        for key, actors in involved.items()
    }
    speakers = {key: lines(parts) for key, parts in called.items()}
    for row in records(dataset.statements):
        subject = row.transfer_id or row.event_id
        own = lines((row.summary, row.quotation, row.quotation_translation))
        context = "\n".join(filter(None, (about[subject], parties_of[subject])))
        day, speaker = _day(row.said_date_latest), speakers[row.speaker_id]
        yield Document("statements", row.statement_id, speaker, own, context, day)


def _views(
    dataset: Dataset, called: dict[str, Parts], systems: dict[str, Parts]
) -> Iterator[Document]:
    """Judgements, found also by whom and by which systems they speak of.

    The systems are those of the transfers that a view is linked to. What a transfer is
    called, and what a curator knows of it today, is left out: it may be younger than
    the view.
    """
    speakers = {key: lines(parts) for key, parts in called.items()}
    spoken_of: dict[str, dict[str, None]] = {key: {} for key in dataset.views["view_id"]}
    for row in records(dataset.view_actors):
        spoken_of[row.view_id][speakers[row.actor_id]] = None
    system_of = dict(
        zip(dataset.transfers["transfer_id"], dataset.transfers["system_id"], strict=True)
    )
    named = {key: lines(parts) for key, parts in systems.items()}
    for row in records(dataset.view_transfers):
        spoken_of[row.view_id][named[system_of[row.transfer_id]]] = None
    for row in records(dataset.views):
        own = lines((row.summary, row.quotation, row.quotation_translation))
        organisation = speakers[row.organisation_id] if row.organisation_id else ""
        context = (lines((row.role,)), organisation, *spoken_of[row.view_id])
        yield Document(
            "views",
            row.view_id,
            speakers[row.person_id],
            own,
            "\n".join(filter(None, context)),
            _day(row.said_date_latest),
        )
