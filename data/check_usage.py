"""Rules on what must not be missing and what must not lie about unused."""

from collections.abc import Iterator

from data.check_amounts import SUPPORTING_STANCES
from data.check_records import Tables
from data.package import Problem

# Vocabularies that stand whole although rows may use only some of their codes.
WHOLE_VOCABULARIES = {
    "standings": "computed from statements, never typed",
    "directions": "computed from the sides of the parties, never typed",
    "reliabilities": "a scale, of use only as a whole",
    "credibilities": "a scale, of use only as a whole",
    "stages": "the status rules name every stage",
    "stances": "the status rules name every stance",
}

_USED_TABLES = ("actors", "publishers", "sources", "systems")
_SPEAKING_STANCES = (*SUPPORTING_STANCES, "denies")
_IMPROBABLE = "5"


def _uses(tables: Tables, name: str) -> set[str] | None:
    """Values that other tables point to; None if that can't be told."""
    used: set[str] = set()
    for table in tables.package.tables:
        for key in table.foreign_keys:
            # A row that only its own table points to is used by nobody.
            if key.table == name and table.name != name:
                if not tables.is_whole(table.name):
                    return None
                used.update(record[key.field] for record in tables[table.name])
    return used


def rows_are_used(tables: Tables) -> Iterator[Problem]:
    """Each actor, publisher, source and system serves some row."""
    for name in _USED_TABLES:
        if name == "actors" and tables.package.is_excerpt:
            continue  # it also holds the actors that its selection asks for
        used = _uses(tables, name)
        if used is None or not tables.is_whole(name):
            continue
        records = tables.index(name)
        if name == "actors":
            # Parents of an actor in use are in use: they give it its side.
            for actor_id in list(used):
                child = records.get(actor_id)
                while child is not None and child["parent_id"] not in used | {""}:
                    used.add(child["parent_id"])
                    child = records.get(child["parent_id"])
        for record in tables[name]:
            if record.key and record.key not in used:
                message = "is used by no row; remove the row, or use it"
                yield record.problem(record.table.primary_key[0], message)


def codes_are_used(tables: Tables) -> Iterator[Problem]:
    """Each code serves some row, but for vocabularies that stand whole.

    In an excerpt all do: links may name a code that none of its rows has.
    """
    if tables.package.is_excerpt:
        return
    for table in tables.package.tables:
        if not table.is_vocabulary or table.name in WHOLE_VOCABULARIES:
            continue
        used = _uses(tables, table.name)
        if used is None:
            continue
        for record in tables[table.name]:
            if record.key and record.key not in used:
                message = "is a code that no row uses; remove the row, or use the code"
                yield record.problem("code", message)


def transfers_are_spoken_of(tables: Tables) -> Iterator[Problem]:
    """Each transfer has a first-hand statement that can give it a status."""
    if not tables.is_whole("statements"):
        return
    spoken_of = {
        statement["transfer_id"]
        for statement in tables["statements"]
        if (
            statement["stance_code"] in _SPEAKING_STANCES
            or not tables.has_target(statement, "stance_code")
        )
        and not statement["derived_from_id"]
        and statement["credibility_code"] != _IMPROBABLE
    }
    for transfer in tables["transfers"]:
        if transfer.key and transfer.key not in spoken_of:
            message = (
                "has no statement that asserts, confirms, estimates or denies it, isn't a "
                "repeat and isn't improbable; add one, or remove the transfer"
            )
            yield transfer.problem("transfer_id", message)


def events_are_spoken_of(tables: Tables) -> Iterator[Problem]:
    """Each event has a statement that reports it."""
    if not tables.is_whole("statements"):
        return
    spoken_of = {statement["event_id"] for statement in tables["statements"]}
    for event in tables["events"]:
        if event.key and event.key not in spoken_of:
            message = "has no statement; add one to statements, or remove the event"
            yield event.problem("event_id", message)


def events_have_actors(tables: Tables) -> Iterator[Problem]:
    """Somebody takes part in each event."""
    if not tables.is_whole("event_actors"):
        return
    peopled = {link["event_id"] for link in tables["event_actors"]}
    for event in tables["events"]:
        if event.key and event.key not in peopled:
            message = "has no actor; add one to event_actors, or remove the event"
            yield event.problem("event_id", message)


USAGE_CHECKS = (
    rows_are_used,
    codes_are_used,
    transfers_are_spoken_of,
    events_are_spoken_of,
    events_have_actors,
)
