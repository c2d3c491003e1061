"""The index of a dataset: which rows fit a query, and how well.

SQLite's trigram index (FTS5, in memory) names the rows that hold a word of three
letters or more; shorter words, and words that stand almost everywhere, are found
faster by reading the texts. Both follow the one rule of `terms.matches`. Where
Python's SQLite lacks FTS5, the texts are read for every query.

One index serves all readers of a dataset. It knows rows of every day and grade; a
caller keeps those that the reader may see. Nothing in it depends on how many other
rows hold a word, so rows of later days can't move the ones shown.
"""

import threading
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from data.load import Dataset
from data.search.documents import Document, read_documents
from data.search.folding import closed
from data.search.terms import Term, Terms

_SHORTEST = 3  # letters of the shortest word that trigrams can find
# Beyond so many rows it is faster to read the texts than to fetch the rows.
_MOST_FETCHED = 15_000
_REMEMBERED = 64


class _Trigrams:
    """Texts in SQLite; raises `ImportError` or `sqlite3.Error` where that can't be."""

    def __init__(self, texts: Iterable[str]) -> None:
        import sqlite3

        # One connection for all threads, taken in turns: a query takes a few ms.
        self._turn = threading.Lock()
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        try:
            self._connection.execute(
                "CREATE VIRTUAL TABLE texts USING fts5("
                "text, content='', columnsize=0, tokenize='trigram case_sensitive 1')"
            )
            with self._connection:
                rows = enumerate(texts)
                self._connection.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", rows)
        except BaseException:
            self._connection.close()
            raise

    def holding(self, words: Iterable[str]) -> list[int] | None:
        """Numbers of the texts that hold every word, or None if they are very many.

        Words are letters and digits only, and are quoted: none can be an operator.
        """
        query = " AND ".join(f'"{word}"' for word in words)
        with self._turn:
            found = self._connection.execute(
                "SELECT rowid FROM texts WHERE texts MATCH ? LIMIT ?", (query, _MOST_FETCHED + 1)
            ).fetchall()
        return None if len(found) > _MOST_FETCHED else [row[0] for row in found]

    @property
    def size(self) -> int:
        """Bytes that it holds in memory."""
        with self._turn:
            pages, width = (
                int(self._connection.execute(f"PRAGMA {what}").fetchone()[0])
                for what in ("page_count", "page_size")
            )
        return pages * width


def _trigrams(texts: Iterable[str]) -> _Trigrams | None:
    """The trigram index, or None where this Python has no SQLite with it."""
    try:
        import sqlite3
    except ImportError:
        return None
    try:
        return _Trigrams(texts)
    except sqlite3.OperationalError:
        return None


class TextIndex:
    """All documents of a dataset, found by words.

    Attributes:
        documents: The rows, in the order in which they were given.
        is_fast: Whether SQLite's index is there.
    """

    def __init__(self, documents: Iterable[Document], *, has_trigrams: bool = True) -> None:
        self.documents = tuple(documents)
        self._texts = [document.text for document in self.documents]
        self._closed = [closed(text) for text in self._texts]
        self._trigrams = _trigrams(self._closed) if has_trigrams else None
        self.is_fast = self._trigrams is not None
        self._kept: dict[Terms, Mapping[str, Mapping[str, Document]]] = {}
        self._turn = threading.Lock()

    @property
    def size(self) -> int:
        """Bytes of SQLite's index; 0 where there is none."""
        return self._trigrams.size if self._trigrams else 0

    def find(self, terms: Terms) -> Mapping[str, Mapping[str, Document]]:
        """The rows that fit every term.

        Args:
            terms: As `read_terms` gives them; none find nothing.

        Returns:
            By kind, the documents by id; read-only. Every kind has its entry.
        """
        kept = self._kept.get(terms)
        if kept is None:
            found: dict[str, dict[str, Document]] = {d: {} for d in KINDS}
            for number in self._numbers(terms):
                document = self.documents[number]
                found[document.kind][document.key] = document
            kept = MappingProxyType(found)
            with self._turn:
                while len(self._kept) >= _REMEMBERED:
                    self._kept.pop(next(iter(self._kept)))
                self._kept[terms] = kept
        return kept

    def _numbers(self, terms: Terms) -> Sequence[int]:
        if not terms:
            return ()
        found: Sequence[int] | None = None
        left: Sequence[Term] = terms
        long = [term.closed for term in terms if len(term.closed) >= _SHORTEST]
        if self._trigrams and long:
            found = self._trigrams.holding(long)
            if found is not None:
                left = [t for t in terms if t.is_phrase or len(t.closed) < _SHORTEST]
        found = range(len(self._texts)) if found is None else found
        for term in left:
            if term.is_phrase:
                phrase, texts = f" {term.words} ", self._texts
                found = [number for number in found if phrase in texts[number]]
            else:
                word, texts = term.words, self._closed
                found = [number for number in found if word in texts[number]]
        return found


KINDS = (
    *("systems", "transfers", "actors", "events", "views", "statements"),
    *("sources", "relations"),
)
_building = threading.Lock()


@lru_cache(maxsize=4)
def _search_index(dataset: Dataset) -> TextIndex:
    return TextIndex(read_documents(dataset))


def search_index(dataset: Dataset) -> TextIndex:
    """The index of a dataset, built when it is first asked for.

    Args:
        dataset: A loaded package, whole: every day and grade.

    Returns:
        The same index for all who ask; the first builds it, the others wait.
    """
    with _building:
        return _search_index(dataset)
