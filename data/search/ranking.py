"""How well a row fits a query: its name before its own words, those before what it is about.

A score runs from 0 to 1 and depends on the row and the query alone, never on other
rows: what becomes known later can't move what is shown on an earlier day.
"""

from collections.abc import Sequence

from data.search.documents import Document
from data.search.folding import closed
from data.search.terms import Terms

# Whole word, start of a word, anywhere: in the names, in the row's own words, elsewhere.
_IN_NAMES, _IN_OWN, _ELSEWHERE = (8.0, 6.5, 5.0), (3.0, 2.6, 2.2), 1.0
# What a thing is called says more than who speaks of it or what a document is titled.
_WEIGHTS = {"events": 0.9, "views": 0.7, "statements": 0.6, "sources": 0.5}
# Several words count most where they stand side by side, as in Su-35.
_NOT_ALONE, _APART, _BESIDE_IN_NAMES, _BESIDE_IN_OWN = 0.9, 0.5, 0.49, 0.3
LEAST = 0.02
# Rows beyond these are not told apart: nobody reads so far.
MOST_SCORED = 4000


def _level(words: str, text: str, levels: tuple[float, float, float]) -> float:
    if f" {words} " in text:
        return levels[0]
    if f" {words}" in text:
        return levels[1]
    # One or two letters inside a word say nothing.
    return levels[2] if len(words) > 2 and closed(words) in closed(text) else 0.0


def score(document: Document, terms: Terms) -> float:
    """How well a fitting row fits.

    Args:
        document: A row that fits every term.
        terms: As `read_terms` gives them.

    Returns:
        From 0.02 to 1; 1 only where the query is what a transfer, system or actor is called.
    """
    words = " ".join(term.words for term in terms)
    weight = _WEIGHTS.get(document.kind, 1.0)
    if f" {words} " in document.names.split("\n"):
        return weight
    total = 0.0
    for term in terms:
        total += (
            _level(term.words, document.names, _IN_NAMES)
            or _level(term.words, document.own, _IN_OWN)
            or _ELSEWHERE
        )
    share = total / (_IN_NAMES[0] * len(terms))
    if len(terms) == 1:
        return round(_NOT_ALONE * share * weight, 3)
    beside, whole = closed(words), _APART * share
    if beside in closed(document.names):
        whole += _BESIDE_IN_NAMES
    elif beside in closed(document.own):
        whole += _BESIDE_IN_OWN
    return round(whole * weight, 3)


def ranked(
    documents: Sequence[Document], terms: Terms
) -> tuple[list[tuple[float, Document]], list[Document]]:
    """The documents with their scores, best first; of equals the latest first.

    Args:
        documents: Rows that fit every term.
        terms: As `read_terms` gives them.

    Returns:
        Those scored, and those left over: of more than `MOST_SCORED` rows, those with the
        first word in their names are scored, then the others as they come; a row left
        over ranks with the least score.
    """
    chosen, rest = documents, list[Document]()
    if len(documents) > MOST_SCORED:
        word = terms[0].words
        named = [document for document in documents if word in document.names]
        if len(named) < MOST_SCORED:
            named += [document for document in documents if word not in document.names]
        chosen = named[:MOST_SCORED]
        taken = {document.key for document in chosen}
        rest = [document for document in documents if document.key not in taken]
    scored = [(score(document, terms), document) for document in chosen]
    scored.sort(key=lambda pair: (-pair[0], -pair[1].day, pair[1].key))
    return scored, rest
