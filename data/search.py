"""Text as it is compared in search: one form for spellings of one word.

Case, accents, Arabic and Persian letter variants, digits of any script and
punctuation are levelled, so that `Su 35`, `su-35` and `SU–35` meet, as do
`شاهد ۱۳۶` and `شاهد 136`.
"""

import unicodedata
from functools import lru_cache

# Arabic letters that Persian writes with another code point.
_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ё": "е", "Ё": "Е"})


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Levels a text for comparison.

    Args:
        text: Any text.

    Returns:
        Lower-case words of letters and digits, one blank between them.
    """
    folded: list[str] = []
    for char in unicodedata.normalize("NFKD", text).translate(_LETTERS).casefold():
        kind = unicodedata.category(char)
        if kind == "Nd":
            folded.append(str(unicodedata.digit(char)))
        elif kind[0] in "LN":
            folded.append(char)
        elif kind[0] != "M" and kind != "Cf":
            folded.append(" ")
    return " ".join("".join(folded).split())


def matches(query: str, text: str) -> bool:
    """True if every word of the query stands in the text, in whole or in part.

    Args:
        query: What a reader typed, folded.
        text: Text to look in, folded.

    Returns:
        Whether it matches; a query that folds to nothing matches nothing. Words
        are also looked for across blanks, so that `su35` finds `su 35`.
    """
    words = query.split()
    if not words:
        return False
    closed = text.replace(" ", "")
    return all(word in text or word in closed for word in words)
