"""Text as it is compared in search: one form for spellings of one word.

Case, accents, Arabic and Persian letter variants, digits of any script and
punctuation are levelled, so that `Su 35`, `su-35` and `SU–35` meet, as do
`شاهد ۱۳۶` and `شاهد 136`.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain

# Letters that one language writes with another code point than the next, or with a
# stroke that is no accent to Unicode.
_LETTERS = {
    **{"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ё": "е"},
    **{"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"},
}
# Letters that only lengthen a line or mark a breath: ـ, ʼ, ʿ, ʾ.
_TATWEEL, _MODIFIERS = 0x0640, range(0x02B9, 0x0300)
_MOST_REMEMBERED = 1 << 14


def _fold_char(char: str) -> str:
    folded: list[str] = []
    for part in unicodedata.normalize("NFKD", char).casefold():
        kind = unicodedata.category(part)
        if kind == "Nd":
            folded.append(str(unicodedata.digit(part)))
        elif kind == "Lm" and (ord(part) == _TATWEEL or ord(part) in _MODIFIERS):
            continue
        elif kind[0] in "LN":
            folded.append(_LETTERS.get(part, part))
        elif kind[0] != "M" and kind != "Cf":
            folded.append(" ")
    return "".join(folded)


class _Folding(dict[int, str]):
    """What each character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_char(chr(code))
        if len(self) < _MOST_REMEMBERED:
            self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Levels a text for comparison.

    Args:
        text: Any text.

    Returns:
        Lower-case words of letters and digits, one blank between them.
    """
    return " ".join(text.translate(_FOLDING).split())


def lines(parts: Iterable[str | None]) -> str:
    """Folds the parts of a row, such as its names and its summary, each to a line.

    Args:
        parts: Texts, None where there is none.

    Returns:
        The lines, each with a blank on both sides of every word; words of two parts
        never stand beside each other.
    """
    folded = (fold(part) for part in parts if part)
    return "\n".join(f" {line} " for line in folded if line)


def closed(text: str) -> str:
    """A folded text without its blanks, in which `su35` is found in `su 35`."""
    return text.replace(" ", "")


def _places(text: str) -> tuple[str, list[int]]:
    """A text folded with single blanks, and the place in the text of each character."""
    folded, places = [" "], [0]
    for place, char in enumerate(text):
        for part in _FOLDING[ord(char)]:
            if part != " " or folded[-1] != " ":
                folded.append(part)
                places.append(place)
    return "".join([*folded, " "]), [*places, len(text)]


def _occurrences(part: str, whole: str) -> list[int]:
    found, start = [], whole.find(part)
    while start >= 0:
        found.append(start)
        start = whole.find(part, start + 1)
    return found


def _spans_of(words: str, is_phrase: bool, folded: str, places: Sequence[int]) -> list[range]:
    if is_phrase:
        starts = [start + 1 for start in _occurrences(f" {words} ", folded)]
        return [range(places[s], places[s + len(words) - 1] + 1) for s in starts]
    if starts := _occurrences(words, folded):
        # A word of one or two letters stands inside too many others to be shown there.
        opening = [start for start in starts if folded[start - 1] == " "]
        starts = opening if len(words) < 3 and opening else starts
        return [range(places[s], places[s + len(words) - 1] + 1) for s in starts]
    kept = [place for char, place in zip(folded, places, strict=True) if char != " "]
    starts = _occurrences(words, closed(folded))
    return [range(kept[s], kept[s + len(words) - 1] + 1) for s in starts]


def spans(text: str, wanted: Iterable[tuple[str, bool]]) -> list[range]:
    """Where words stand in a text as written, for showing them.

    Args:
        text: A text from data.
        wanted: Folded words, each with whether it is a phrase of whole words.

    Returns:
        Ranges of places, in order, none touching another; accents that belong to the
        last letter, and one hyphen or blank between two words, are inside.
    """
    folded, places = _places(text)
    whole: list[range] = []
    found = (_spans_of(words, is_phrase, folded, places) for words, is_phrase in wanted)
    for span in sorted(chain.from_iterable(found), key=lambda span: (span.start, span.stop)):
        stop = span.stop
        while stop < len(text) and unicodedata.category(text[stop])[0] == "M":
            stop += 1
        between = text[whole[-1].stop : span.start] if whole else text
        if len(between) <= 1 and not fold(between):
            whole[-1] = range(whole[-1].start, max(stop, whole[-1].stop))
        else:
            whole.append(range(span.start, stop))
    return whole


def window(text: str, marked: Sequence[range], most: int = 220) -> range:
    """The part of a text that shows the most of what was found.

    Args:
        text: A text from data.
        marked: As `spans` gives it.
        most: Characters to show.

    Returns:
        Which places to show, from one word's start to another's end.
    """
    if len(text) <= most:
        return range(len(text))
    starts = [span.start for span in marked]
    fullest, start = 0, 0
    for number, place in enumerate(starts):
        count = bisect_right(starts, place + most - 60) - number
        if count > fullest:
            fullest, start = count, max(0, place - 40)
    start = min(start, len(text) - most)
    if start:
        start = text.find(" ", start, start + 40) + 1 or start
    stop = min(len(text), start + most)
    if stop < len(text):
        stop = max(text.rfind(" ", start, stop), start + most // 2)
    return range(start, stop)
