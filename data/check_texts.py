"""Rules on wording: names, quotations, titles, addresses, stray characters."""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

from data.check_records import Record, Tables
from data.package import Problem

MAX_QUOTATION_WORDS = 40

# Columns that name a row to readers and in links; vocabularies add their labels.
_NAMES = {
    "actors": "name",
    "publishers": "name",
    "systems": "designation",
    "transfers": "name",
    "events": "name",
}
_QUOTATION_PARTS = ("quotation_language", "quotation_locator", "quotation_translation")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_GAP = re.compile(r"\s{2,}")
_CLOSERS = "\"'”’»)]"
# Bidirectional embeddings, overrides and isolates can make a cell read as what it is
# not. The plain marks and the joiners of Persian spelling are left alone.
_UNSEEN = ("Cc", "Zl", "Zp")  # controls, line and paragraph separators
_HIDDEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff")


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def names_apart(tables: Tables) -> Iterator[Problem]:
    """No name is another row's name or id, whatever its case: links take both."""
    vocabularies = {t.name: "label" for t in tables.package.tables if t.is_vocabulary}
    for table_name, column in {**_NAMES, **vocabularies}.items():
        ids: dict[str, Record] = {}
        names: dict[str, Record] = {}
        for record in tables[table_name]:
            ids.setdefault(_folded(record.key), record)
        for record in tables[table_name]:
            name = _folded(record[column])
            first = names.setdefault(name, record)
            owner = ids.get(name)
            if first is not record:
                message = f"differs from the {column} in row {first.number} by case or spacing only"
                yield record.problem(column, f"{message}; write names that can be told apart")
            elif owner is not None and owner.key != record.key:
                message = f"is the {record.table.primary_key[0]} of row {owner.number}"
                yield record.problem(column, f"{message}; write a name that can be told apart")


def records_apart(tables: Tables) -> Iterator[Problem]:
    """No event has the id or the name of a transfer: one key of the link names both."""
    taken: dict[str, str] = {}
    for transfer in tables["transfers"]:
        for column in ("name", "transfer_id"):
            # Links read blanks, hyphens and underscores alike.
            taken[_linked(transfer[column])] = f"{column} of row {transfer.number} of transfers"
    for event in tables["events"]:
        for column in ("event_id", "name"):
            owner = taken.get(_linked(event[column]))
            if owner:
                yield event.problem(column, f"is the {owner} too; give the event its own")


def _linked(text: str) -> str:
    return _folded(text.replace("_", " ").replace("-", " "))


def quotation_is_short(tables: Tables) -> Iterator[Problem]:
    """A quotation stays within what may be quoted."""
    for name in ("statements", "views"):
        for record in tables[name]:
            count = len(record["quotation"].split())
            if count > MAX_QUOTATION_WORDS:
                message = f"has {count} words; shorten it to {MAX_QUOTATION_WORDS} at most"
                yield record.problem("quotation", message)


def quotation_is_complete(tables: Tables) -> Iterator[Problem]:
    """A quotation comes with language, place and, if need be, a translation; none without."""
    for name in ("statements", "views"):
        for record in tables[name]:
            if not record["quotation"]:
                for part in _QUOTATION_PARTS:
                    if record[part]:
                        message = "stands without a quotation; empty it, or write the words"
                        yield record.problem(part, message)
                continue
            if not record["quotation_language"]:
                message = "is empty beside a quotation; write its language, such as en, ru, fa"
                yield record.problem("quotation_language", message)
            if not record["quotation_locator"]:
                message = "is empty beside a quotation; write where exactly the words stand"
                yield record.problem("quotation_locator", message)
            language = record["quotation_language"].partition("-")[0]
            # What is no language tag says nothing on whether a translation is due.
            is_foreign = _LANGUAGE.fullmatch(language) is not None and language != "en"
            if is_foreign and not record["quotation_translation"]:
                message = f"is empty beside a quotation in {language!r}; write it in English"
                yield record.problem("quotation_translation", message)


def _address(url: str) -> str:
    """What is left of an address once spelling that leads to the same page is gone."""
    parts = urlsplit(url)
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{parts.query}#{parts.fragment}"


def sources_apart(tables: Tables) -> Iterator[Problem]:
    """No two sources are the same page under two spellings of its address."""
    seen: dict[str, Record] = {}
    for source in tables["sources"]:
        try:
            address = _address(source["url"])
        except ValueError:  # no address at all, such as http://[
            yield source.problem("url", "is not an address; write it as the browser shows it")
            continue
        first = seen.setdefault(address, source)
        if first is not source:
            message = (
                f"is the page of {first.key!r} in row {first.number}; "
                "use that source instead of a second one"
            )
            yield source.problem("url", message)


def cells_are_clean(tables: Tables) -> Iterator[Problem]:
    """No cell holds spaces or characters that a reader can't see."""
    for table in tables.package.tables:
        for record in tables[table.name]:
            for column, cell in record.cells.items():
                hidden = next(
                    (c for c in cell if c in _HIDDEN or unicodedata.category(c) in _UNSEEN), None
                )
                if hidden is not None:
                    message = f"holds the hidden character U+{ord(hidden):04X}; remove it"
                    yield record.problem(column, message)
                elif cell != cell.strip():
                    message = "has a space at its start or end; remove it"
                    yield record.problem(column, message)
                elif _GAP.search(cell):
                    yield record.problem(column, "has two spaces in a row; write one")


def titles_without_brackets(tables: Tables) -> Iterator[Problem]:
    """A title of ours is marked by `is_title_described`, not by brackets."""
    for source in tables["sources"]:
        title = source["title"]
        if title.startswith("[") and title.endswith("]"):
            message = "stands in square brackets; drop them and write is_title_described = true"
            yield source.problem("title", message)


def summaries_are_sentences(tables: Tables) -> Iterator[Problem]:
    """A summary ends with a full stop."""
    for table in tables.package.tables:
        if "summary" not in table.field_names:
            continue
        for record in tables[table.name]:
            summary = record["summary"].rstrip()
            if not summary.rstrip(_CLOSERS).endswith("."):
                message = "doesn't end with a full stop; write whole sentences"
                yield record.problem("summary", message)


def aliases_are_parted(tables: Tables) -> Iterator[Problem]:
    """Aliases are parted by ` | `, and none stands twice."""
    for name in ("actors", "systems"):
        for record in tables[name]:
            cell = record["aliases"].strip()
            aliases = [part.strip() for part in cell.split("|")]
            folded = [_folded(alias) for alias in aliases]
            if " | ".join(aliases) != cell:
                message = "is not parted as it should be; write names with ` | ` between them"
                yield record.problem("aliases", message)
            elif len(set(folded)) < len(folded):
                twice = next(a for a, f in zip(aliases, folded, strict=True) if folded.count(f) > 1)
                yield record.problem("aliases", f"holds {twice!r} twice; keep one")


TEXT_CHECKS = (
    names_apart,
    records_apart,
    quotation_is_short,
    quotation_is_complete,
    sources_apart,
    cells_are_clean,
    titles_without_brackets,
    summaries_are_sentences,
    aliases_are_parted,
)
