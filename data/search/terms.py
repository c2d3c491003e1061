"""What a query asks for: words in any order, and phrases in quotation marks.

A word fits where it stands in a row, in whole or in part; blanks don't count, so that
`su35` finds `Su-35`. A phrase fits where its very words stand beside each other. Every
word and phrase must fit. There are no other operators: `OR`, `*` or `NEAR` are words
or nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from data.search.folding import closed, fold

_QUOTES = re.compile('["“”„«»]')


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a row must hold.

    Attributes:
        words: Folded; one word, or the words of a phrase with a blank between them.
        is_phrase: Whether it asks for whole words.
    """

    words: str
    is_phrase: bool = False

    @property
    def closed(self) -> str:
        """The words without blanks, which every fitting text holds when closed."""
        return closed(self.words)

    def fits(self, text: str, closed_text: str) -> bool:
        """Whether a text holds it.

        Args:
            text: As `lines` gives it.
            closed_text: The same without blanks.
        """
        return f" {self.words} " in text if self.is_phrase else self.words in closed_text


Terms = tuple[Term, ...]


def read_terms(query: str) -> Terms:
    """Reads what a reader typed.

    Args:
        query: Any text; a quotation mark without its second is passed over.

    Returns:
        The terms, each once, in order; none if nothing in the query is a letter or digit.
    """
    found: dict[Term, None] = {}
    pieces = _QUOTES.split(query)
    for number, piece in enumerate(pieces):
        folded = fold(piece)
        if number % 2 and number < len(pieces) - 1:
            if folded:
                found[Term(folded, is_phrase=True)] = None
        else:
            found.update((Term(word), None) for word in folded.split())
    return tuple(found)


def matches(terms: Sequence[Term], text: str) -> bool:
    """The rule of search, as plainly as it can be said.

    Args:
        terms: As `read_terms` gives them.
        text: As `lines` gives it.

    Returns:
        Whether every term stands in the text; no terms match nothing.
    """
    closed_text = closed(text)
    return bool(terms) and all(term.fits(text, closed_text) for term in terms)
