"""Text from data as one harmless line."""

import unicodedata

# Persian spelling needs the joiners; all other unseen characters go.
_JOINERS = "\u200c\u200d"
_HIDDEN = ("Cc", "Cf", "Cs", "Co")
MAX_SHOWN = 2000


def plain(text: str, most: int = MAX_SHOWN) -> str:
    """Text from data without controls and direction overrides, cut to a length.

    Args:
        text: Anything.
        most: Characters that are kept.

    Returns:
        One line of text that can't reorder or hide what surrounds it.
    """
    kept = "".join(
        char if char in _JOINERS or unicodedata.category(char) not in _HIDDEN else " "
        for char in text[: most + 1]
    )
    joined = " ".join(kept.split())
    return joined if len(joined) <= most else joined[: most - 1] + "…"
