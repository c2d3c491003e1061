"""When evidence speaks of: spans of days, and the quarters of a year.

A quarter is counted from the year 0: four for each year, so that quarters compare and
follow each other as numbers.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from data.load import Dataset, records

# First and last day; an open end is None.
Span = tuple[date, date | None]

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")


def quarter_of(day: date) -> int:
    """The quarter that a day lies in."""
    return day.year * 4 + (day.month - 1) // 3


def quarter_text(quarter: int) -> str:
    """A quarter as `2022-Q4`."""
    return f"{quarter // 4:04}-Q{quarter % 4 + 1}"


def parse_quarter(text: str) -> int | None:
    """The quarter that a text such as `2022-Q4` names, or None."""
    match = _QUARTER.fullmatch(text.strip().upper())
    return int(match[1]) * 4 + int(match[2]) - 1 if match else None


def span_of(row: Any, column: str, *, is_open: bool = True) -> list[Span]:
    """The span of a row's EDTF column, or nothing where it is empty.

    Args:
        row: A row with the column and its bounds.
        column: Name of the column.
        is_open: Whether an open end is one; else it ends where it begins.
    """
    first, last = getattr(row, f"{column}_earliest"), getattr(row, f"{column}_latest")
    if pd.isna(first):
        return [] if pd.isna(last) else [(last.date(), last.date())]
    if pd.isna(last):
        return [(first.date(), None if is_open else first.date())]
    return [(first.date(), last.date())]


def statement_spans(row: Any) -> list[Span]:
    """When a statement about a transfer speaks of; words about the future count when said."""
    spoken_of = [] if row.is_prospective else span_of(row, "stage_date", is_open=False)
    said = spoken_of or span_of(row, "said_date", is_open=False)
    return said or span_of(row, "published_date", is_open=False)


def transfer_spans(rows: Dataset) -> dict[str, list[Span]]:
    """Spans that statements and deliveries of each transfer speak of."""
    spans: dict[str, list[Span]] = {t: [] for t in rows.transfers["transfer_id"]}
    for row in records(rows.statements):
        if row.transfer_id in spans:
            spans[row.transfer_id] += statement_spans(row)
    for row in records(rows.deliveries):
        spans[row.transfer_id] += span_of(row, "delivered_date", is_open=False)
    return spans


def first_day(spans: Iterable[Span]) -> date | None:
    """The first day of some spans, or None where there are none."""
    return min((first for first, _ in spans), default=None)


def last_day(spans: Iterable[Span]) -> date | None:
    """The last day of some spans; None where one has no end, or there are none."""
    lasts = [last for _, last in spans]
    ended = [last for last in lasts if last is not None]
    return max(ended) if ended and len(ended) == len(lasts) else None
