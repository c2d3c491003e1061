"""What the speakers of one transfer disagree about: that it came so far, how many, for how much.

A status tells how well one stage is supported. A transfer can be acknowledged as agreed while
its arrival is claimed and denied, or its number is told in three ways; both are disputes too.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.claims import RANK
from data.load import records
from data.queries.record import quantities, statements_about
from data.selection import Selected

_SAYING = ("asserts", "confirms", "estimates")
# Sums as statements put them: an amount, its scale, a currency.
_SUM = re.compile(
    r"\$?(?P<amount>\d+(?:[.,]\d+)?)\s*(?P<scale>million|billion|m|bn)?\s*"
    r"(?P<currency>dollars|euros|roubles)?"
)
_SCALES = {"million": 1, "m": 1, "billion": 1000, "bn": 1000}


@dataclass(frozen=True, slots=True)
class Side:
    """Those who say one thing.

    Attributes:
        words: What they say, e.g. `24 to 60` or `700 million dollars`; "" for yes or no.
        statement_ids: Their statements, the earliest first.
    """

    words: str
    statement_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """One thing about which speakers differ.

    Attributes:
        kind: `stage` (the first side says so, the second denies it), `unconfirmed` (the
            second will not or cannot confirm it, and nobody denies it), `number` or `sum`.
        code: Stage code; `promised` or `arrived` for numbers; a currency for sums.
        sides: Two or more, for numbers and sums the least first.
    """

    kind: str
    code: str
    sides: tuple[Side, ...]


def disputes(selected: Selected, transfer_id: str) -> tuple[Dispute, ...]:
    """What is disputed about a transfer, as known.

    Args:
        selected: What the reader asked to see.
        transfer_id: Which transfer.

    Returns:
        Stages first, the furthest last; then numbers; then sums. Repeats are left out;
        claims that are graded improbable are in, because denials answer them too.
    """
    rows = statements_about(selected, transfer_id)
    rows = rows[rows["derived_from_id"].isna()]
    return (
        *_stages(rows),
        *_numbers(quantities(selected, transfer_id)),
        *_sums(rows),
    )


def _ids(rows: pd.DataFrame) -> tuple[str, ...]:
    return tuple(rows["statement_id"])


def _stages(rows: pd.DataFrame) -> Iterable[Dispute]:
    """Stages that somebody denies, or won't confirm, and somebody says were reached or passed."""
    ranks = rows["stage_code"].map(RANK)
    for stage, rank in RANK.items():
        here = rows[rows["stage_code"] == stage]
        saying = rows[rows["stance_code"].isin(_SAYING) & (ranks >= rank)]
        for kind, stance in (("stage", "denies"), ("unconfirmed", "declines")):
            against = here[here["stance_code"] == stance]
            if not against.empty and not saying.empty:
                yield Dispute(kind, stage, (Side("", _ids(saying)), Side("", _ids(against))))
                break


def _range(row: Any) -> tuple[float, float]:
    low = row.low if pd.notna(row.low) else 0.0
    return low, row.high if pd.notna(row.high) else float("inf")


def _numbers(rows: pd.DataFrame) -> Iterable[Dispute]:
    """Numbers of one unit and turn that can't all be right; open ends fit many."""
    said = rows[rows["stance_code"].isin(_SAYING) & (rows["low"].notna() | rows["high"].notna())]
    for (turn, _), group in said.groupby(["turn", "unit_code"], sort=True):
        told = [(*_range(row), row.statement_id) for row in records(group)]
        if max(low for low, _, _ in told) <= min(high for _, high, _ in told):
            continue
        told.sort()
        least, most = told[0], max(told, key=lambda each: (each[0], each[1]))
        yield Dispute(
            "number",
            str(turn),
            tuple(
                Side(_number_words(low, high), (statement,))
                for low, high, statement in (least, most)
            ),
        )


def _number_words(low: float, high: float) -> str:
    if low == high:
        return f"{low:,.0f}"
    if high == float("inf"):
        return f"{low:,.0f} or more"
    return f"{low:,.0f} to {high:,.0f}" if low else f"up to {high:,.0f}"


def _sums(rows: pd.DataFrame) -> Iterable[Dispute]:
    """Sums of money in one currency that differ between statements."""
    told: dict[str, dict[float, tuple[str, list[str]]]] = {}
    for row in records(rows[rows["stance_code"].isin(_SAYING)]):
        for match in _SUM.finditer(row.quantity_as_stated or ""):
            is_dollar = match[0].startswith("$") or match["currency"] == "dollars"
            currency = "dollars" if is_dollar else match["currency"]
            if not currency or not match["scale"]:
                continue
            millions = float(match["amount"].replace(",", ".")) * _SCALES[match["scale"]]
            words = (
                f"{millions / 1000:g} billion {currency}"
                if millions >= 1000
                else f"{millions:g} million {currency}"
            )
            told.setdefault(currency, {}).setdefault(millions, (words, []))[1].append(
                row.statement_id
            )
    for currency, sums in sorted(told.items()):
        if len(sums) > 1:
            yield Dispute(
                "sum",
                currency,
                tuple(Side(words, tuple(ids)) for _, (words, ids) in sorted(sums.items())),
            )
