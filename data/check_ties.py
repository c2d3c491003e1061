"""Rules on how rows hang together: repeats, retractions, sides, parties."""

from collections.abc import Iterator

from data.check_records import Record, Tables, loops, sides
from data.check_statements import is_after
from data.dates import UncertainDate
from data.package import Problem

# Kinds of side that have officials: a person or a company speaks for itself alone.
_OFFICIAL_SIDES = ("state", "armed_group", "organisation")
_NEVER_OFFICIAL = ("unnamed", "company")


def _subject(statement: Record) -> tuple[str, str]:
    return statement["transfer_id"], statement["event_id"]


def _may_be_after(first: UncertainDate | None, second: UncertainDate | None) -> bool:
    """True if the last day of one date lies after the last day of another.

    What is known on a day goes by last days: a repeat known before its original would
    stand for nothing.
    """
    if first is None or second is None or first.latest is None or second.latest is None:
        return False
    return first.latest > second.latest


def no_loops(tables: Tables) -> Iterator[Problem]:
    """Parents, repeats and retractions don't lead back to themselves."""
    for name, column in (
        ("actors", "parent_id"),
        ("statements", "derived_from_id"),
        ("statements", "retracts_id"),
    ):
        records = tables.index(name)
        links = {key: record[column] for key, record in records.items() if record[column]}
        for key in loops(links):
            message = "leads back to this row itself; empty it where the chain should end"
            yield records[key].problem(column, message)


def repeat_follows_original(tables: Tables) -> Iterator[Problem]:
    """A repeat has its original's subject and comes no earlier."""
    statements = tables.index("statements")
    for statement in tables["statements"]:
        original = statements.get(statement["derived_from_id"])
        if original is None:
            continue
        if _subject(original) != _subject(statement):
            message = (
                "is about another transfer or event; name a statement on the same one, "
                "or leave it empty"
            )
            yield statement.problem("derived_from_id", message)
        elif _may_be_after(original.date("published_date"), statement.date("published_date")):
            message = (
                f"may have been published later ({original['published_date']!r}) than this repeat; "
                "swap the two, or narrow the original's date"
            )
            yield statement.problem("derived_from_id", message)


def retraction_follows_words(tables: Tables) -> Iterator[Problem]:
    """Who takes words back said them, earlier, about the same thing."""
    statements = tables.index("statements")
    side = sides(tables)
    for statement in tables["statements"]:
        retracted = statements.get(statement["retracts_id"])
        if retracted is None:
            continue
        speaker, original = statement["speaker_id"], retracted["speaker_id"]
        officials = statement.flag("is_official"), retracted.flag("is_official")
        # Whose side isn't known, or who may or may not be official, isn't judged.
        is_judged = speaker in side and original in side and None not in officials
        may_retract = speaker == original or (
            is_judged and side[speaker].key == side[original].key and all(officials)
        )
        if _subject(retracted) != _subject(statement):
            message = "is about another transfer or event; name a statement on the same one"
            yield statement.problem("retracts_id", message)
        elif is_judged and not may_retract:
            message = (
                f"was said by {original!r}, for whom this speaker doesn't speak; "
                "name a statement of the same speaker or of another official of its side"
            )
            yield statement.problem("retracts_id", message)
        elif is_after(retracted.date("said_date"), statement.date("said_date")):
            message = (
                f"was said later ({retracted['said_date']!r}) than this; "
                "swap the two, or mend a date"
            )
            yield statement.problem("retracts_id", message)


def official_has_side(tables: Tables) -> Iterator[Problem]:
    """Only one who belongs to a state, armed group or organisation is its official."""
    actors = tables.index("actors")
    side = sides(tables)
    for statement in tables["statements"]:
        speaker = actors.get(statement["speaker_id"])
        if not statement.flag("is_official") or speaker is None or speaker.key not in side:
            continue
        if not all(tables.has_target(a, "kind_code") for a in (speaker, side[speaker.key])):
            continue
        kind, side_kind = speaker["kind_code"], side[speaker.key]["kind_code"]
        if kind in _NEVER_OFFICIAL:
            message = f"can't be true of a speaker of kind {kind!r}; write false"
            yield statement.problem("is_official", message)
        elif side_kind not in _OFFICIAL_SIDES:
            message = (
                f"can't be true, for the side of {speaker.key!r} is of kind {side_kind!r}; "
                "write false, or give the speaker its parent_id"
            )
            yield statement.problem("is_official", message)


def two_parties(tables: Tables) -> Iterator[Problem]:
    """A transfer or a tie has two different ends."""
    for name, first, second in (
        ("transfers", "supplier_id", "recipient_id"),
        ("relations", "from_id", "to_id"),
    ):
        for record in tables[name]:
            if record[first] == record[second]:
                yield record.problem(second, f"is the {first} too; write the other party")


def correction_names_a_record(tables: Tables) -> Iterator[Problem]:
    """A correction names a record that is there."""
    for correction in tables["corrections"]:
        name = correction["table_name"]
        if name in tables.package.by_name and correction["record_id"] not in tables.index(name):
            message = f"is no record of {name}; mend the id, or name the table it stands in"
            yield correction.problem("record_id", message)


TIE_CHECKS = (
    no_loops,
    repeat_follows_original,
    retraction_follows_words,
    official_has_side,
    two_parties,
    correction_names_a_record,
)
