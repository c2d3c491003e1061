"""Rules on statements: what they speak of, their stages, and the order of days."""

from collections.abc import Iterator

from data.check_records import Record, Tables
from data.dates import UncertainDate
from data.package import Problem

# A licence is production by definition; technology may come with the right to produce.
_PRODUCTION_MODES = ("licence", "technology")
_STAGES_AHEAD = ("discussed", "agreed")

# Tables whose rows say when they became public, with the link table that names further sources.
_PUBLISHED = (
    ("statements", "statement_id", "statement_sources"),
    ("views", "view_id", "view_sources"),
    ("relations", "relation_id", "relation_sources"),
)


def is_after(first: UncertainDate | None, second: UncertainDate | None) -> bool:
    """Tells whether one date must lie after another.

    Args:
        first: A date, or None where there is none.
        second: Another.

    Returns:
        True if even the earliest day of `first` is later than the latest of `second`.
    """
    if first is None or second is None or first.earliest is None or second.latest is None:
        return False
    return first.earliest > second.latest


def one_subject(tables: Tables) -> Iterator[Problem]:
    """A statement is about exactly one transfer or event."""
    for statement in tables["statements"]:
        if statement["transfer_id"] and statement["event_id"]:
            message = "stands beside an event_id; keep one of the two, or write two statements"
            yield statement.problem("transfer_id", message)
        elif not statement["transfer_id"] and not statement["event_id"]:
            message = "is empty and so is event_id; write the transfer or the event spoken of"
            yield statement.problem("transfer_id", message)


def stage_of_transfers_only(tables: Tables) -> Iterator[Problem]:
    """A statement on a transfer speaks of a stage, one on an event doesn't."""
    for statement in tables["statements"]:
        has_transfer, has_event = bool(statement["transfer_id"]), bool(statement["event_id"])
        if has_transfer and not has_event and not statement["stage_code"]:
            message = "is empty on a transfer; write the stage that the speaker speaks of"
            yield statement.problem("stage_code", message)
        if has_event and not has_transfer and statement["stage_code"]:
            yield statement.problem("stage_code", "is filled on an event; leave it empty")


def production_needs_licence(tables: Tables) -> Iterator[Problem]:
    """Licensed production is a stage only of licences and technology."""
    transfers = tables.index("transfers")
    for statement in tables["statements"]:
        transfer = transfers.get(statement["transfer_id"])
        if statement["stage_code"] != "licensed_production" or transfer is None:
            continue
        if not tables.has_target(transfer, "mode_code"):
            continue
        mode = transfer["mode_code"]
        if mode not in _PRODUCTION_MODES:
            known = tables.known("modes", "code")
            modes = " or ".join(m for m in _PRODUCTION_MODES if m in known)
            message = (
                f"is a stage of licences, but the mode of {transfer.key!r} is {mode!r}; "
                f"write another stage, or name a transfer with mode {modes}"
            )
            yield statement.problem("stage_code", message)


def prospect_is_no_delivery(tables: Tables) -> Iterator[Problem]:
    """Who speaks of something still to come speaks of talks or an agreement."""
    for statement in tables["statements"]:
        stage = statement["stage_code"]
        if statement.flag("is_prospective") and stage and stage not in _STAGES_AHEAD:
            message = (
                "can't be the stage of something still to come; write discussed or agreed, "
                "or is_prospective = false"
            )
            yield statement.problem("stage_code", message)


def said_before_published(tables: Tables) -> Iterator[Problem]:
    """Words aren't published before they are said."""
    for name in ("statements", "views"):
        for record in tables[name]:
            if is_after(record.date("said_date"), record.date("published_date")):
                message = (
                    f"is after published_date {record['published_date']!r}; "
                    "mend the one that is wrong"
                )
                yield record.problem("said_date", message)


def publication_is_closed(tables: Tables) -> Iterator[Problem]:
    """A publication has a first and a last day that it may have been on."""
    for name in ("sources", "statements", "views", "relations"):
        for record in tables[name]:
            published = record.date("published_date")
            if published is not None and None in (published.earliest, published.latest):
                message = (
                    "is open at one end, so nobody can tell what was known on a day; "
                    "write both ends, however far apart"
                )
                yield record.problem("published_date", message)


def _precedes(source: Record, record: Record) -> bool:
    """True if the source is older than the words that it is said to carry."""
    date = source.date("published_date")
    # An approximate day of a source is a guess at its edge, not a bound.
    if date is None or date.is_approximate or date.is_uncertain:
        return False
    return is_after(record.date("published_date"), date)


def published_with_source(tables: Tables) -> Iterator[Problem]:
    """What a source carries was public when the source was."""
    sources = tables.index("sources")
    for name, key, link_name in _PUBLISHED:
        for record in tables[name]:
            source = sources.get(record["source_id"])
            if source is not None and _precedes(source, record):
                message = (
                    f"is after the source {source.key!r} of {source['published_date']!r}; "
                    "write when the words first became public, or mend the source's date"
                )
                yield record.problem("published_date", message)
        records = tables.index(name)
        for link in tables[link_name]:
            carried = records.get(link[key])
            source = sources.get(link["source_id"])
            if carried is not None and source is not None and _precedes(source, carried):
                message = (
                    f"is a source of {source['published_date']!r}, before {carried.key!r} was "
                    f"published ({carried['published_date']!r}); mend the earlier or later date"
                )
                yield link.problem("source_id", message)


def said_after_event(tables: Tables) -> Iterator[Problem]:
    """Who reports an event speaks after it began, or speaks of what is to come."""
    events = tables.index("events")
    for statement in tables["statements"]:
        event = events.get(statement["event_id"])
        if event is None or statement.flag("is_prospective") is not False:
            continue
        if is_after(event.date("event_date"), statement.date("said_date")):
            message = (
                f"is before the event of {event['event_date']!r}; mend the date, "
                "or write is_prospective = true"
            )
            yield statement.problem("said_date", message)


def stage_reached_when_said(tables: Tables) -> Iterator[Problem]:
    """A stage said to be reached was reached by the day of the words."""
    for statement in tables["statements"]:
        is_ahead = statement["stage_code"] in _STAGES_AHEAD
        if is_ahead or statement.flag("is_prospective") is not False:
            continue
        if is_after(statement.date("stage_date"), statement.date("said_date")):
            message = (
                f"is after the words of {statement['said_date']!r}; mend the date, or write "
                "is_prospective = true with stage discussed or agreed"
            )
            yield statement.problem("stage_date", message)


STATEMENT_CHECKS = (
    one_subject,
    stage_of_transfers_only,
    production_needs_licence,
    prospect_is_no_delivery,
    said_before_published,
    publication_is_closed,
    published_with_source,
    said_after_event,
    stage_reached_when_said,
)
