"""The rows of a chart of quantities: which statements it shows, and in which order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from components.text import count_words
from data.load import records

_FEW_DENIALS = 3  # up to here each bare denial has a row of its own
_BARE_DENIAL = "none: denied"


@dataclass(frozen=True, slots=True)
class QuantityLine:
    """One row of the chart.

    Attributes:
        name: Speaker, or how many speakers deny; from data.
        words: Wording at the right; from data.
        statements: Rows of the frame that it stands for: one, or all bare denials.
    """

    name: str
    words: str
    statements: tuple[Any, ...]


def main_unit(frame: pd.DataFrame, turn: str) -> str | None:
    """The unit most speakers count in; a chart has one unit.

    Args:
        frame: As `data.queries.record.quantities` gives it.
        turn: `promised` or `arrived`.

    Returns:
        Its code, or None where nobody gives a number.
    """
    counts = frame[frame["turn"] == turn]["unit_code"].dropna().value_counts()
    ordered = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    return str(ordered[0][0]) if ordered else None


def is_zero_denial(row: Any) -> bool:
    """True if a row says that nothing at all was promised or came."""
    return bool(row.stance_code == "denies" and row.low == 0 and row.high == 0)


def quantity_lines(frame: pd.DataFrame, turn: str, unit_code: str | None) -> list[QuantityLine]:
    """The rows of the chart: numbers and wordings as they were said, then denials.

    Args:
        frame: As `data.queries.record.quantities` gives it.
        turn: `promised` or `arrived`.
        unit_code: The chart's unit; rows without a unit belong to every chart.

    Returns:
        Lines from top to bottom; bare denials share one where they are many.
    """
    unit = frame["unit_code"]
    chosen = frame[(frame["turn"] == turn) & (unit.isna() | (unit == unit_code))]
    spoken: list[QuantityLine] = []
    denials: list[QuantityLine] = []
    bare: list[Any] = []
    for row in records(chosen):
        if is_zero_denial(row) and row.words == _BARE_DENIAL:
            bare.append(row)
        elif is_zero_denial(row):
            denials.append(QuantityLine(row.speaker, row.words, (row,)))
        else:
            spoken.append(QuantityLine(row.speaker, row.words, (row,)))
    if len(bare) <= _FEW_DENIALS:
        denials += [QuantityLine(row.speaker, row.words, (row,)) for row in bare]
    else:
        speakers = len({row.speaker for row in bare})
        verb = "denies it" if speakers == 1 else "deny it"
        name = f"{count_words(speakers, 'speaker')} {verb}"
        denials.append(QuantityLine(name, _BARE_DENIAL, tuple(bare)))
    return spoken + denials


def greatest(lines: Sequence[QuantityLine]) -> float:
    """The greatest number said; 0 where there is none."""
    rows = [row for line in lines for row in line.statements]
    return max((n for row in rows for n in (row.low, row.high) if pd.notna(n)), default=0.0)
