"""Hits of a search in words: title, the part that tells, and where each stands in the app."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from data.load import Dataset
from data.queries.names import names_of
from data.queries.search import HIT_KINDS, Found
from data.search.folding import closed, lines, spans, window
from data.search.terms import Terms, read_terms
from data.selection import Selected, Selection
from data.view_filter import ViewFilter


@dataclass(frozen=True, slots=True)
class Hit:
    """One row that a search found, in words.

    Attributes:
        found: Which row.
        title: Its name, or who says something of what.
        snippet: The part of its own words where most of the query stands.
        marked: Where the words that were asked for stand in `snippet`.
        title_marked: Where they stand in `title`.
        note: Its kind, stance or publisher.
        is_verbatim: Whether `snippet` is from a quotation, as said.
        date: Its day as EDTF text; None where it has none.
        page: Page of the app where it stands; "" for a document elsewhere.
        selection: What that page shall show.
        mark: Event that it shall open, or "".
        url: Address of the document, for a source; else "".
    """

    found: Found
    title: str
    snippet: str
    marked: tuple[range, ...]
    title_marked: tuple[range, ...]
    note: str
    is_verbatim: bool
    date: str | None
    page: str
    selection: Selection
    url: str
    mark: str

    def to_query(self) -> list[tuple[str, str]]:
        """The query string of its page as pairs."""
        return self.selection.to_query() + ([("mark", self.mark)] if self.mark else [])


def describe_hits(selected: Selected, found: Iterable[Found], *, most: int = 220) -> Iterator[Hit]:
    """Puts hits into words.

    Args:
        selected: As `find_hits` took it.
        found: Some of what it gave.
        most: Longest snippet.

    Yields:
        One hit for each, in order.
    """
    writer = _Writer(selected)
    for one in found:
        yield writer.hit(one, most)


@dataclass(frozen=True, slots=True)
class _Words:
    """What a hit is made of: texts as written, and where the row stands in the app."""

    title: str
    texts: Sequence[str | None]
    note: str
    date: str | None
    page: str
    selection: Selection
    url: str = ""
    quotation: str | None = None
    mark: str = ""


class _Rows:
    """The known rows by id; a column is read when it is first asked for."""

    def __init__(self, known: Dataset) -> None:
        self.known = known
        self.judges = frozenset(known.views["person_id"])
        self._columns: dict[tuple[str, str], list[Any]] = {}
        self._places = {
            kind: {key: place for place, key in enumerate(getattr(known, kind)[column])}
            for kind, column in HIT_KINDS.items()
        }

    def row(self, kind: str, key: str) -> "_Row":
        """One row of a table."""
        return _Row(self, kind, self._places[kind][key])

    def column(self, kind: str, name: str) -> list[Any]:
        """The cells of a column."""
        if (kind, name) not in self._columns:
            self._columns[kind, name] = getattr(self.known, kind)[name].tolist()
        return self._columns[kind, name]


class _Row:
    """One row, its cells read by the names of their columns."""

    def __init__(self, rows: _Rows, kind: str, place: int) -> None:
        self._rows, self._kind, self._place = rows, kind, place

    def __getattr__(self, name: str) -> Any:
        return self._rows.column(self._kind, name)[self._place]


@lru_cache(maxsize=8)
def _rows(known: Dataset) -> _Rows:
    return _Rows(known)


class _Writer:
    """Words of the hits of one selection."""

    def __init__(self, selected: Selected) -> None:
        self.selection = selected.selection
        self.terms = read_terms(self.selection.q)
        self.names = names_of(selected.known)
        self.rows = _rows(selected.known)

    def hit(self, found: Found, most: int) -> Hit:
        write: Callable[[Any], _Words] = getattr(self, f"_{found.kind}")
        words = write(self.rows.row(found.kind, found.key))
        wanted = [(term.words, term.is_phrase) for term in self.terms]
        text = self._telling([text for text in words.texts if text] or [""], words.title)
        marks = spans(text, wanted)
        shown = window(text, marks, most)
        ahead = "… " if shown.start else ""
        snippet = ahead + text[shown.start : shown.stop] + (" …" if shown.stop < len(text) else "")
        shift = len(ahead) - shown.start
        inside = (
            range(max(mark.start, shown.start) + shift, min(mark.stop, shown.stop) + shift)
            for mark in marks
        )
        return Hit(
            found=found,
            title=words.title,
            snippet=snippet,
            marked=tuple(mark for mark in inside if mark),
            title_marked=tuple(spans(words.title, wanted)),
            note=words.note,
            is_verbatim=bool(text) and text == words.quotation,
            date=words.date,
            page=words.page,
            selection=words.selection,
            url=words.url,
            mark=words.mark,
        )

    def _telling(self, texts: Sequence[str], title: str) -> str:
        """The text that holds the most of what the title doesn't; of equals the first."""
        left = self._held_back(title, self.terms)
        return max(texts, key=lambda text: len(left) - len(self._held_back(text, left)))

    def _held_back(self, text: str, terms: Terms) -> Terms:
        line = lines((text,))
        without_blanks = closed(line)
        return tuple(term for term in terms if not term.fits(line, without_blanks))

    def _with(self, **changed: Any) -> Selection:
        return replace(self.selection, **changed)

    def _transfers(self, row: Any) -> _Words:
        called = self.rows.row("systems", row.system_id)
        return _Words(
            row.name,
            (row.summary, _also(called.designation, called.aliases)),
            self.names.label("directions", row.direction_code),
            None,
            "record",
            self._with(record=row.transfer_id),
        )

    def _systems(self, row: Any) -> _Words:
        texts = (row.description, _also(None, row.aliases))
        note = self.names.label("categories", row.category_code)
        known = self.rows.known.transfers
        made = known.loc[known["system_id"] == row.system_id, "transfer_id"].tolist()
        page, there = "ledger", self._with(q='"' + row.designation.replace('"', " ") + '"')
        if len(made) == 1:
            page, there = "record", self._with(record=made[0])
        return _Words(row.designation, texts, note, None, page, there)

    def _actors(self, row: Any) -> _Words:
        texts = (row.description, _also(None, row.aliases))
        page, there = "statements", self._with(q="", actors=(row.actor_id,))
        if row.actor_id in self.rows.judges:
            page, there = "views", self._with(q="", views=ViewFilter(person=(row.actor_id,)))
        note = self.names.label("actor_kinds", row.kind_code)
        return _Words(row.name, texts, note, None, page, there)

    def _views(self, row: Any) -> _Words:
        person = self.names.actors[row.person_id]
        position = self.names.label("positions", row.position_code)
        return _Words(
            f"{person} on {_lower(self.names.label('topics', row.topic_code))}",
            (row.summary, row.quotation, row.quotation_translation),
            position if row.position_code != "none" else "",
            row.said_date,
            "views",
            self._with(views=replace(self.selection.views, person=(row.person_id,))),
            quotation=row.quotation,
        )

    def _statements(self, row: Any) -> _Words:
        page, there, mark = "timeline", self._with(), row.event_id or ""
        if row.transfer_id:
            page, there = "record", self._with(record=row.transfer_id)
            subject = self.names.transfers[row.transfer_id]
        else:
            subject = self.names.events[row.event_id]
        return _Words(
            f"{self.names.actors[row.speaker_id]} on {subject}",
            (row.summary, row.quotation, row.quotation_translation),
            self.names.label("stances", row.stance_code),
            row.said_date,
            page,
            there,
            quotation=row.quotation,
            mark=mark,
        )

    def _events(self, row: Any) -> _Words:
        texts = [row.summary]
        if row.system_id:
            system = self.rows.row("systems", row.system_id)
            texts.append(_also(system.designation, system.aliases))
        note = self.names.label("event_kinds", row.kind_code)
        there = self._with()
        return _Words(row.name, texts, note, row.event_date, "timeline", there, mark=row.event_id)

    def _sources(self, row: Any) -> _Words:
        publisher = self.names.publishers[row.publisher_id]
        return _Words(
            row.title, (row.authors,), publisher, row.published_date, "", self._with(), row.url
        )


def _also(name: str | None, aliases: str | None) -> str | None:
    called = [part.strip() for part in (name or "", *(aliases or "").split("|")) if part.strip()]
    return "Also called " + ", ".join(called) if called else None


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
