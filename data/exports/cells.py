"""Cells that a spreadsheet could run as formulas, and how they are made harmless.

An apostrophe is put before such a text. A text that begins with apostrophes before
such a beginning gets one more, so that the step can be taken back exactly: the CSV
files of a data package are guarded too, say so in `datapackage.json`
(`"formulaGuard": "'"`), and are read back to the letter.
"""

import re

GUARD = "'"
# = + - @, also full-width; tab, CR and LF, which spreadsheets pass over before them.
_RUNNABLE = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")
_GUARDED = re.compile(rf"'{_RUNNABLE.pattern}")


def guarded(text: str) -> str:
    """A text as a cell that no spreadsheet runs.

    Args:
        text: Any text.

    Returns:
        The text, with an apostrophe before it where it could be run.
    """
    return GUARD + text if _RUNNABLE.match(text) else text


def unguarded(cell: str) -> str:
    """The text of a cell that `guarded` wrote."""
    return cell[1:] if _GUARDED.match(cell) else cell
