"""Amounts of transfers: ranges of what is said, what is outstanding, what charts leave out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True, slots=True)
class QuantityRange:
    """Numbers that counted statements give for one thing; never a sum or a mean.

    Numbers in another unit than the transfer's are left out: two systems are not two pieces.

    Attributes:
        low: Lowest number that anyone gives; None where all say “up to”, or nobody
            gives a number.
        high: Highest number that anyone gives; None where all say “or more”, or nobody
            gives a number.
        words: The wording of the widest-known statement, for a lone speaker.
        speakers: Names of those who give numbers, first known first.
        statement_ids: Their statements.
    """

    low: float | None
    high: float | None
    words: str
    speakers: tuple[str, ...]
    statement_ids: tuple[str, ...]


def amount_range(rows: Sequence[Any], names: Mapping[str, str], unit: str) -> QuantityRange:
    """The range of the numbers that statements give.

    Args:
        rows: Counted statements that assert one thing of one transfer.
        names: Actor names by id.
        unit: The transfer's unit code.
    """
    numbered = [
        r
        for r in rows
        if (pd.notna(r.quantity_low) or pd.notna(r.quantity_high)) and r.unit_code in (None, unit)
    ]
    numbered.sort(key=lambda r: (r.published_date_latest, r.statement_id))
    lows = [r.quantity_low for r in numbered if pd.notna(r.quantity_low)]
    highs = [r.quantity_high for r in numbered if pd.notna(r.quantity_high)]
    # Where everybody says “up to” there is no lowest number, where everybody says “or
    # more” no highest.
    low = min([*lows, *highs]) if lows else None
    high = max([*lows, *highs]) if highs else None
    worded = numbered or [r for r in rows if r.quantity_as_stated]
    return QuantityRange(
        low=low,
        high=high,
        words=(worded[-1].quantity_as_stated or "") if worded else "",
        speakers=tuple(dict.fromkeys(names[r.speaker_id] for r in numbered)),
        statement_ids=tuple(r.statement_id for r in numbered),
    )


def outstanding(
    promised: QuantityRange, arrived: QuantityRange, *, is_arriving: bool
) -> tuple[float | None, float | None] | None:
    """What is left of a promise once what arrived is taken off, as far as numbers tell.

    Args:
        promised: The promise.
        arrived: What is said to have arrived.
        is_arriving: Whether anything is said to have arrived.

    Returns:
        The least and the most that is outstanding, never below 0; a None for an end that the
        words leave open. None where either number is not known.
    """
    if promised.low is None and promised.high is None:
        return None
    if not is_arriving:
        return promised.low, promised.high
    if arrived.low is None and arrived.high is None:
        return None
    least = None
    if promised.low is not None:
        least = 0 if arrived.high is None else max(promised.low - arrived.high, 0)
    most = None if promised.high is None else max(promised.high - (arrived.low or 0), 0)
    return (0 if least is None and most is not None else least), most


@dataclass(frozen=True, slots=True)
class Undrawn:
    """Transfers that a chart of amounts leaves out, by the first reason that fits.

    Attributes:
        elsewhere: Between other parties than Iran and Russia.
        other_unit: Counted in another unit, and a number is known.
        no_number: Nobody gives a number.
    """

    elsewhere: int
    other_unit: int
    no_number: int


def undrawn(table: pd.DataFrame, unit_code: str) -> Undrawn:
    """Counts what a chart in one unit leaves out.

    Args:
        table: As `transfer_table` gives it.
        unit_code: The chart's unit.
    """
    elsewhere = table["direction_code"] == "other"
    numbered = has_number(table)
    return Undrawn(
        elsewhere=int(elsewhere.sum()),
        other_unit=int((~elsewhere & numbered & (table["unit_code"] != unit_code)).sum()),
        no_number=int((~elsewhere & ~numbered).sum()),
    )


def has_number(table: pd.DataFrame) -> pd.Series:
    """True where somebody gives a number for what was promised or arrived."""
    found = [
        any(end is not None for q in pair for end in (q.low, q.high))
        for pair in zip(table["promised"], table["arrived"], strict=True)
    ]
    return pd.Series(found, index=table.index, dtype="bool")
