"""What may have been meant, where a search finds nothing."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from rapidfuzz import fuzz, process

from data.load import Dataset, records
from data.queries.search import HIT_KINDS
from data.search.folding import closed, fold
from data.search.index import search_index
from data.search.terms import read_terms
from data.selection import Selected

# How alike two spellings must be, in per cent of their letters.
_ALIKE_NAME, _ALIKE_WORD = 72.0, 75.0
_SHORTEST = 3
_MOST_TRIED = 8


# Spellings of one sound in names brought over from Persian and Russian.
_SOUNDS = (
    *(("gh", "g"), ("q", "g"), ("kh", "h"), ("ee", "i"), ("oo", "u"), ("ou", "u"), ("y", "i")),
    *(("ph", "f"), ("w", "v"), ("ck", "k"), ("c", "k"), ("z", "s"), ("kh", "k")),
)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as written, and the main name of what it is a name of."""

    written: str
    main: str


def _sounds(folded: str) -> str:
    for written, heard in _SOUNDS:
        folded = folded.replace(written, heard)
    return "".join(char for char, _ in groupby(folded))


@lru_cache(maxsize=16)
def _called(known: Dataset) -> tuple[dict[str, _Name], dict[str, _Name]]:
    """Names of systems, transfers and actors, and their words, by folded spelling."""
    names: dict[str, _Name] = {}
    words: dict[str, _Name] = {}

    def add(main: str, *others: str) -> None:
        for name in (" ".join(name.split()) for name in (main, *others)):
            names.setdefault(closed(fold(name)), _Name(name, main))
            for word in name.split():
                shown = word.strip(".,;:()“”«»\"'’")
                words.setdefault(closed(fold(shown)), _Name(shown, shown))

    for row in records(known.systems):
        add(row.designation, *(row.aliases or "").split("|"))
    for row in records(known.transfers):
        add(row.name, row.short_name)
    for row in records(known.actors):
        add(row.name, *(row.aliases or "").split("|"))
    return (
        {folded: name for folded, name in names.items() if len(folded) >= _SHORTEST},
        {folded: name for folded, name in words.items() if len(folded) >= _SHORTEST},
    )


def _near(text: str, known: Mapping[str, _Name], least: float) -> list[tuple[str, float]]:
    """Known spellings near to a folded text, the nearest first, with how alike they are.

    Of the names of one thing its main name is given where that is near too.
    """
    best: dict[str, float] = {}
    for spell in (str, _sounds):
        spelt = {spell(folded): name for folded, name in known.items()}
        found = process.extract(
            spell(text), spelt.keys(), scorer=fuzz.ratio, limit=6, score_cutoff=least
        )
        for folded, alike, _ in found:
            name = spelt[folded]
            main = spell(closed(fold(name.main)))
            is_near = fuzz.ratio(spell(text), main) >= least
            shown = name.main if is_near else name.written
            best[shown] = max(best.get(shown, 0.0), alike)
    return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))


def _is_known(known: Dataset, found: Mapping[str, Collection[str]]) -> bool:
    """Whether any of the rows found was public by the as-known day."""
    return any(
        not keys.isdisjoint(found[kind])
        for kind, column in HIT_KINDS.items()
        if found[kind] and (keys := set(getattr(known, kind)[column]))
    )


def _candidates(dataset: Dataset, selected: Selected) -> Iterator[tuple[float, str]]:
    q = selected.selection.q
    terms = read_terms(q)
    if any(term.is_phrase for term in terms):
        yield 100.0, " ".join(term.words for term in terms)
    names, words = _called(selected.known)
    for name, alike in _near(closed(fold(q)), names, _ALIKE_NAME):
        yield alike, name
    # Each word that nobody is called and nothing holds, in its nearest spelling.
    index, mended, least = search_index(dataset), [], 100.0
    for word in q.split():
        folded = closed(fold(word))
        if len(folded) < _SHORTEST or _is_known(selected.known, index.find(read_terms(word))):
            mended.append(word)
            continue
        near = _near(folded, words, _ALIKE_WORD)
        if not near:
            return
        mended.append(near[0][0])
        least = min(least, near[0][1])
    yield least, " ".join(mended)


@lru_cache(maxsize=32)
def suggest(
    dataset: Dataset, selected: Selected, tables: Sequence[str], most: int = 3
) -> tuple[str, ...]:
    """Other words for a search that finds nothing.

    Args:
        dataset: The whole dataset.
        selected: What the selection shows of it.
        tables: Tables of which the reader wants to see rows.
        most: How many suggestions at most.

    Returns:
        The likeliest first, each of which finds rows of one of the tables under the
        same filters, day and grade; none where the search found some.
    """
    selection = selected.selection
    if not selection.q or any(len(getattr(selected.rows, table)) for table in tables):
        return ()
    best: list[str] = []
    tried = {read_terms(selection.q)}
    for _, words in sorted(_candidates(dataset, selected), key=lambda pair: -pair[0]):
        if read_terms(words) not in tried:
            tried.add(read_terms(words))
            best.append(words)
    given: list[str] = []
    for words in best[:_MOST_TRIED]:
        rows = replace(selection, q=words[:200]).apply(dataset).rows
        if any(len(getattr(rows, table)) for table in tables):
            given.append(words)
        if len(given) == most:
            break
    return tuple(given)
