"""The mark of one statement in the lanes, and what its hover label says."""

from typing import Any

import pandas as pd

from components.figures.lettering import wrapped
from components.figures.transfer_marks import code_words
from components.text import date_words, plotly
from components.theme import Palette, quiet, stance_symbol
from data.claims import DENYING, IMPROBABLE, RANK

DECLINES = "declines"
_SIZES = {"confirms": 14, "denies": 11, "estimates": 11}


def _stage_meant(row: Any) -> str:
    """The stage a mark is filled by: words about the future promise, no more."""
    is_promise = row.is_prospective and RANK.get(row.stage_code, 0) > RANK["agreed"]
    return "agreed" if is_promise else row.stage_code


def _said(row: Any) -> str:
    verb = "declines to confirm" if row.stance_code == DECLINES else code_words(row.stance_code)
    ahead = ", yet to come" if row.is_prospective else ""
    return f"{verb}: {code_words(row.stage_code)}{ahead}" if row.stage_code else f"{verb}{ahead}"


def hover_words(row: Any, *, is_retracted: bool, is_narrow: bool) -> str:
    """Hover label of a statement, escaped.

    Args:
        row: A row of `data.queries.record.statements_about`.
        is_retracted: Whether a later statement takes it back.
        is_narrow: Whether lines are to be short.

    Returns:
        Speaker, stance and stage, day, our summary, publisher and grade.
    """
    width = 40 if is_narrow else 58
    asides = [
        words
        for holds, words in (
            (row.credibility_code == IMPROBABLE, "also claimed"),
            (is_retracted, "later withdrawn"),
            (pd.notna(row.derived_from_id), "repeats another statement"),
        )
        if holds
    ]
    aside = f" ({', '.join(asides)})" if asides else ""
    said = row.said_date if pd.notna(row.said_date) else None
    day = date_words(said) if said else f"published {date_words(_text(row.published_date))}"
    return (
        f"<b>{wrapped(row.speaker, width, 120)}</b><br>{_said(row)}{aside}<br>{day}<br>"
        f"{wrapped(_text(row.summary) or '', width, 420)}<br>"
        f"<i>{plotly(_text(row.publisher) or '', width)}</i> · {plotly(row.grade, 4)}"
    )


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def mark_style(row: Any, palette: Palette, *, is_retracted: bool) -> tuple[str, float, float, str]:
    """How a statement's mark looks.

    Args:
        row: A row of `data.queries.record.statements_about`.
        palette: Colour tokens.
        is_retracted: Whether a later statement takes it back.

    Returns:
        Symbol, size, line width and colour.
    """
    symbol = stance_symbol(row.stance_code, _stage_meant(row))
    colour = {DENYING: palette.deny, DECLINES: palette.ink3}.get(row.stance_code, palette.ink)
    size = float(_SIZES.get(row.stance_code, 12))
    width = {"line-ew-open": 2.6, "x": 0.0, "x-open": 1.6}.get(symbol, 2.0)
    if row.credibility_code in ("1", "2"):
        size += 1
    if row.credibility_code == IMPROBABLE or is_retracted:
        size, colour = 9.0, quiet(colour, palette.paper)
        width = min(width, 1.6)
    if pd.notna(row.derived_from_id):
        size, width = 7.0, min(width, 1.4)
    return symbol, size, width, colour
