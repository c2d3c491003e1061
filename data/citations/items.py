"""What is cited, as CSL-JSON items: documents, and the ledger or one of its records."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from data import dates
from data.exports.package import curators
from data.load import Dataset, records
from data.plain_text import plain
from data.queries.names import names_of
from data.selection import Selected

Item = dict[str, Any]
Kind = Literal["transfer", "event", "statement", "view", "source", "ledger"]

_TYPES = {"news": "article-newspaper", "database": "dataset", "international": "report"}
# Types whose issuer is the publisher; the others stand in a newspaper or on a site.
_PUBLISHED = ("dataset", "report")
_DAY = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?([~?%]?)")
_LONGEST = 600
_KEY = re.compile(r"[^A-Za-z0-9-]+")  # what no form takes for its own in a key
_ADDRESS = re.compile(r"[\s\\{}<>\"]")


def address(url: str) -> str:
    """An address without characters that the forms could take for their own."""
    kept = plain(url, 2000)
    return _ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", kept)


def _parts(text: str) -> list[int]:
    match = _DAY.fullmatch(text)
    if match is None:
        first = dates.parse(text).earliest
        return [first.year] if first else []
    return [int(part) for part in match.groups()[:3] if part]


def issued(text: str | None) -> Item | None:
    """An EDTF text as CSL has dates: as precise as it is, `circa` where it isn't sure."""
    if not text:
        return None
    ends = [_parts(end) for end in text.split("/") if end not in ("", "..")]
    found = [parts for parts in ends if parts]
    if not found:
        return None
    circa = {"circa": True} if any(mark in text for mark in "~?%") else {}
    return {"date-parts": found[:2], **circa}


def _name(author: str) -> Item:
    given, _, family = author.rpartition(" ")
    is_latin = author.isascii() or re.fullmatch(r"[\w .,'’\-]+", author) is not None
    # A body's name isn't parted; people stand as “Given Family” in the tables.
    if not given or not is_latin or len(author.split()) > 4:
        return {"literal": author}
    return {"family": family, "given": given}


def source_item(source: Any, publishers: dict[str, str]) -> Item:
    """A document as a CSL-JSON item.

    Args:
        source: A row of `sources`.
        publishers: Names by publisher id.

    Returns:
        The item; the publisher of record where a copy was read, and then a note that
        says whose copy. A title in square brackets is the ledger's own description.
    """
    kind = _TYPES.get(source.kind_code, "webpage")
    title = plain(source.title, _LONGEST)
    copy = plain(publishers[source.publisher_id], _LONGEST)
    original = source.original_publisher_id
    issuer = plain(publishers[original], _LONGEST) if original else copy
    item: Item = {
        "id": _KEY.sub("-", source.source_id),
        "type": kind,
        "title": f"[{title}]" if source.is_title_described else title,
        "publisher" if kind in _PUBLISHED else "container-title": issuer,
        "URL": address(source.url),
        "language": plain(source.language, 40),
    }
    authors = [plain(name, 200) for name in (source.authors or "").split(";")]
    if any(authors):
        item["author"] = [_name(name) for name in authors if name]
    if when := issued(source.published_date):
        item["issued"] = when
    if original and original != source.publisher_id:
        item["note"] = f"Read in the copy of {copy}"
    return item


@dataclass(frozen=True, slots=True)
class LedgerRecord:
    """One record of the ledger, to be cited after its sources.

    Attributes:
        key: Its id, or "" for the ledger itself.
        title: What it is called; "" for the ledger itself.
        address: Where it can be seen; "" if that isn't known.
        sources: Ids of the documents that it rests on, the main one first.
    """

    key: str
    title: str
    address: str
    sources: tuple[str, ...] = ()


def ledger_item(dataset: Dataset, record: LedgerRecord, as_of: date | None) -> Item:
    """The ledger, or a record in it, as a CSL-JSON item with version and as-known date."""
    descriptor = dataset.package.descriptor
    ledger = plain(dataset.package.title, _LONGEST)
    day = min(as_of or dataset.cut_off_date, dataset.cut_off_date)
    item: Item = {
        "id": f"ledger-{_KEY.sub('-', record.key)}" if record.key else "ledger",
        "type": "entry" if record.key else "dataset",
        "title": plain(record.title, _LONGEST) if record.key else ledger,
        "author": [{"literal": plain(name, 200)} for name in curators(descriptor)],
        "version": plain(dataset.version, 60),
        "note": f"As known on {day.isoformat()}",
    }
    if record.key:
        item["container-title"] = ledger
    if when := issued(str(descriptor.get("created", ""))[:10]):
        item["issued"] = when
    if record.address:
        item["URL"] = address(record.address)
    return item


def _of_statements(selected: Selected, ids: Iterable[str]) -> tuple[str, ...]:
    """Sources of statements, each once, in the order of the statements; further ones last."""
    known = selected.known
    wanted = list(ids)
    main = dict(zip(known.statements["statement_id"], known.statements["source_id"], strict=True))
    links = known.statement_sources
    further = links[links["statement_id"].isin(wanted)]["source_id"]
    return tuple(dict.fromkeys([*(main[key] for key in wanted if key in main), *further]))


def find_record(selected: Selected, kind: Kind, key: str, link: str = "") -> LedgerRecord:
    """The record that a reader wants to cite.

    Args:
        selected: What is known on the as-known date.
        kind: What it is.
        key: Its id; "" for the ledger.
        link: Where it can be seen.

    Returns:
        The record. A transfer rests on the statements that make its status.

    Raises:
        KeyError: If it isn't known on the as-known date.
    """
    known, names = selected.known, names_of(selected.known)
    if kind == "ledger":
        return LedgerRecord("", "", link)
    if kind == "transfer":
        reasons = selected.assessments[key].reasons
        return LedgerRecord(key, names.transfers[key], link, _of_statements(selected, reasons))
    if kind == "event":
        about = known.statements[known.statements["event_id"] == key]["statement_id"]
        return LedgerRecord(key, names.events[key], link, _of_statements(selected, about))
    table = {"statement": known.statements, "view": known.views, "source": known.sources}[kind]
    row = next(records(table[table[f"{kind}_id"] == key]), None)
    if row is None:
        raise KeyError(key)
    if kind == "source":
        return LedgerRecord(key, f"Source {key}", link, (key,))
    if kind == "view":
        further = known.view_sources[known.view_sources["view_id"] == key]["source_id"]
        title = f"{names.actors[row.person_id]}, view {key}"
        return LedgerRecord(key, title, link, tuple(dict.fromkeys([row.source_id, *further])))
    subject = names.transfers.get(row.transfer_id) or names.events.get(row.event_id) or ""
    title = f"{names.actors[row.speaker_id]} on {subject}, statement {key}"
    return LedgerRecord(key, title, link, _of_statements(selected, [key]))


def citation_items(
    dataset: Dataset, selected: Selected, kind: Kind, key: str = "", link: str = ""
) -> list[Item]:
    """What to cite for a record: its original sources first, then the ledger.

    Args:
        dataset: The whole dataset, for its version.
        selected: What is known on the as-known date.
        kind: What is cited.
        key: Its id; "" for the ledger.
        link: Where it can be seen.

    Returns:
        CSL-JSON items.

    Raises:
        KeyError: If it isn't known on the as-known date.
    """
    record = find_record(selected, kind, key, link)
    if kind == "source":
        record = replace(record, key="", title="")
    items = source_items(selected, record.sources)
    return [*items, ledger_item(dataset, record, selected.selection.as_of)]


def source_items(selected: Selected, source_ids: Iterable[str]) -> list[Item]:
    """Documents as CSL-JSON items, in the order given; unknown ids are passed over."""
    publishers = dict(names_of(selected.known).publishers)
    rows = {row.source_id: row for row in records(selected.known.sources)}
    return [source_item(rows[key], publishers) for key in source_ids if key in rows]
