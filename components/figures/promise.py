"""Promise and arrival: which share of each promise is said to have come."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.figures.draft import HIT, Draft, empty_figure
from components.figures.groups import SIDES
from components.figures.lettering import fitted
from components.figures.transfer_marks import (
    DIRECTIONS,
    alt_name,
    bar_marker,
    fade,
    fill,
    hover_words,
    is_arriving,
    value_words,
)
from components.text import count_words
from components.theme import Look, mix
from data.load import records

# Widths in units of a bar; wide has both sides about a middle with the names.
_NAME, _BAR, _VALUE = 1.05, 0.9, 0.85
_NAME_ROOM, _VALUE_ROOM = 170, 146  # px
_KNOWN, _ARRIVED_OPEN, _PROMISED_OPEN = range(3)
_HEADS = {
    _ARRIVED_OPEN: "Number that arrived not known",
    _PROMISED_OPEN: "Promised number not known",
}


@dataclass(frozen=True, slots=True)
class _Bar:
    """A transfer's bar.

    Attributes:
        row: Row of `transfer_table`.
        kind: Which section it stands in.
        low: Lowest share that arrived.
        high: Highest share that arrived.
    """

    row: Any
    kind: int
    low: float
    high: float


def _number(value: float | None) -> float | None:
    return None if value is None or value != value else value


def _bar(row: Any) -> _Bar | None:
    """The bar of a transfer; None for talks, bare denials and other directions."""
    if row.direction_code not in dict(SIDES):
        return None
    if row.stage_code == "discussed" or row.standing_code == "denied":
        return None
    if not is_arriving(row):
        return _Bar(row, _KNOWN, 0, 0)
    whole = _number(row.promised.high)
    low, high = _number(row.arrived.low), _number(row.arrived.high)
    if not whole or whole < 0:
        return _Bar(row, _PROMISED_OPEN, 0, 0)
    if low is None and high is None:
        return _Bar(row, _ARRIVED_OPEN, 0, 0)
    start, end = (low or 0) / whole, (low if high is None else high or 0) or 0
    share = min(max(start, 0), 1), min(max(end / whole, 0), 1)
    return _Bar(row, _KNOWN, min(share), max(share))


def _bars(table: pd.DataFrame) -> list[_Bar]:
    """Bars in their order: by section, least delivered first, greater promise first."""
    bars = [bar for row in records(table) if (bar := _bar(row)) is not None]
    return sorted(
        bars,
        key=lambda b: (
            b.kind,
            b.high,
            b.low,
            -(_number(b.row.promised.high) or 0),
            b.row.name,
            b.row.transfer_id,
        ),
    )


def _listed(bars: Sequence[_Bar], side: str) -> list[_Bar | str]:
    """One side's bars with the heads of their sections."""
    found: list[_Bar | str] = []
    section = _KNOWN
    for bar in bars:
        if bar.row.direction_code != side:
            continue
        if bar.kind != section:
            section = bar.kind
            found.append(_HEADS[section])
        found.append(bar)
    return found


def promise_and_arrival(table: pd.DataFrame, look: Look) -> go.Figure:
    """A box per promise: filled by what arrived, hollow for what is outstanding.

    Solid to the lowest number given, hatched to the highest; wholly hatched where the
    arrival is only alleged. Where a number is missing no share can be drawn and the
    fill fades out. Talks without a promise are left out.

    Args:
        table: `transfer_table`.
        look: Palette and width.

    Returns:
        A figure whose last trace carries each drawn transfer's id as `customdata`.
    """
    bars = _bars(table)
    if not bars:
        return empty_figure(look, "No promise between Iran and Russia fits.")
    sides = {side: _listed(bars, side) for side, _ in SIDES}
    if look.is_narrow:
        return _narrow(sides, look)
    return _wide(sides, look)


def _wide(sides: dict[str, list[_Bar | str]], look: Look) -> go.Figure:
    tokens = look.palette
    count = max(len(listed) for listed in sides.values())
    draft = Draft(look, count * 26 + 34, left=2, right=2, top=28, bottom=6)
    reach = _NAME + _BAR + _VALUE
    draft.axis("x", visible=False, range=[-reach, reach])
    draft.axis("y", visible=False, range=[count - 0.5, -0.5])
    sheet = _Sheet(draft, half=0.29)
    for side, sign in SIDES:
        near, far = ("left", "right") if sign > 0 else ("right", "left")
        for y, item in enumerate(sides[side]):
            if isinstance(item, str):
                grey = {"color": tokens.ink3}
                draft.note(item, x=sign * _NAME, y=y, xanchor=near, font=grey)
                continue
            sheet.draw(item, sign * _NAME, sign * _BAR, y)
            name = fitted(item.row.name, _NAME_ROOM, 13)
            font = {"size": 13, "color": tokens.ink}
            draft.note(name, x=sign * (_NAME - 0.02), y=y, xanchor=far, font=font)
            words = fitted(value_words(item.row), _VALUE_ROOM, 12)
            end = _NAME + _BAR * (0.76 if item.kind == _PROMISED_OPEN else 1.02)
            draft.note(words, x=sign * end, y=y, xanchor=near)
        head = {"size": 15, "color": tokens.direction_text(side)}
        above = {"y": 1, "yref": "paper"}
        words = f"<b>{DIRECTIONS[side]}</b>"
        draft.note(
            words, x=sign * (_NAME - 0.02), **above, yshift=14, xanchor=far, align=far, font=head
        )
        font = {"color": tokens.ink3}
        if sides[side]:
            end = sign * (_NAME + _BAR)
            draft.note("none of it", x=sign * _NAME, **above, yshift=13, xanchor=near, font=font)
            draft.note("all of it", x=end, **above, yshift=13, xanchor=far, font=font)
        else:
            draft.note("none recorded", x=sign * _NAME, y=0, xanchor=near, font=font)
    return sheet.figure()


def _narrow(sides: dict[str, list[_Bar | str]], look: Look) -> go.Figure:
    tokens = look.palette
    listed: list[tuple[str, _Bar | str]] = []
    for side, _ in SIDES:
        if sides[side]:
            listed += [(side, ""), *((side, item) for item in sides[side])]
    draft = Draft(look, len(listed) * 38 + 14, left=2, right=2, top=6, bottom=6)
    draft.axis("x", visible=False, range=[-0.005, 1.02])
    draft.axis("y", visible=False, range=[len(listed) - 0.5, -0.5])
    sheet = _Sheet(draft, half=0.17)
    for y, (side, item) in enumerate(listed):
        if item == "":
            font = {"size": 15, "color": tokens.direction_text(side)}
            draft.note(f"<b>{DIRECTIONS[side]}</b>", x=0, y=y + 0.1, font=font)
        elif isinstance(item, str):
            draft.note(item, x=0, y=y + 0.15, font={"color": tokens.ink3})
        else:
            sheet.draw(item, 0, 1, y + 0.24)
            font = {"size": 13, "color": tokens.ink}
            draft.note(fitted(item.row.name, 175, 13), x=0, y=y - 0.22, font=font)
            words = fitted(value_words(item.row), 165, 12)
            draft.note(words, x=1, y=y - 0.22, xanchor="right")
    return sheet.figure()


class _Sheet:
    """Gathers bars of one look into one trace each."""

    def __init__(self, draft: Draft, half: float) -> None:
        self.draft = draft
        self.half = half
        self.groups: dict[tuple[str, str, float], list[tuple[float, float, float]]] = {}
        self.hits: list[tuple[float, float, float, Any]] = []

    def draw(self, bar: _Bar, start: float, length: float, y: float) -> None:
        """Draws one bar from `start`, growing to the side of `length`'s sign."""
        side = bar.row.direction_code
        firm = fill(bar.row) in ("solid", "half")
        kind = "solid" if firm else "hatched"

        def part(kind: str, low: float, high: float, width: float = 1.4) -> None:
            if high > low:
                edges = sorted((start + length * low, start + length * high))
                place = (edges[0], edges[1], y)
                self.groups.setdefault((side, kind, width), []).append(place)

        if bar.kind != _PROMISED_OPEN:
            part("hollow", 0, 1)
        if bar.kind == _KNOWN:
            part(kind, 0, bar.low)
            part("hatched", bar.low, bar.high)
        else:
            part(kind, 0, 0.3, 0)
            edges = sorted((start + length * 0.3, start + length * 0.72))
            tokens = self.draft.look.palette
            colour = tokens.direction(side)
            pale = colour if firm else mix(colour, tokens.paper, 0.45)
            span, rises = (edges[0], edges[1]), length < 0
            self.draft.scatter(**fade(span, y, self.half, pale, 0.9, rises=rises))
        left, right = sorted((start, start + length))
        self.hits.append((left, right, y, bar.row))

    def figure(self) -> go.Figure:
        """The finished figure: hollow under hatched under solid, then what is clicked."""
        tokens = self.draft.look.palette
        order = {"hollow": 0, "hatched": 1, "solid": 2}
        for key in sorted(self.groups, key=lambda key: (order[key[1]], key)):
            side, kind, width = key
            self.draft.bar(
                **self._places(self.groups[key]),
                width=2 * self.half,
                marker=bar_marker(kind, tokens.direction(side), tokens, width),
                hoverinfo="skip",
            )
        self.draft.bar(
            **self._places([hit[:3] for hit in self.hits]),
            width=0.9,
            customdata=[row.transfer_id for *_, row in self.hits],
            hovertext=[hover_words(row) for *_, row in self.hits],
            hovertemplate="%{hovertext}<extra></extra>",
            marker={"color": HIT, "line": {"width": 0}},
        )
        return self.draft.roomy().figure()

    @staticmethod
    def _places(places: Sequence[tuple[float, float, float]]) -> dict[str, Any]:
        return {
            "orientation": "h",
            "x": [right - left for left, right, _ in places],
            "base": [left for left, _, _ in places],
            "y": [y for *_, y in places],
        }


def promise_and_arrival_alt(table: pd.DataFrame) -> str:
    """What `promise_and_arrival` shows, in two sentences.

    Args:
        table: `transfer_table`.

    Returns:
        Form and split, then how many promises came whole, in part or not at all.
    """
    bars = _bars(table)
    if not bars:
        return "Empty chart. No promise between Iran and Russia fits."
    sides = Counter(bar.row.direction_code for bar in bars)
    split = " and ".join(
        f"{sides[side]:,} from {DIRECTIONS[side].replace('→', 'to')}" for side, _ in SIDES
    )
    known = [bar for bar in bars if bar.kind == _KNOWN]
    none = [bar for bar in known if not bar.high]
    whole = sum(bar.low >= 1 for bar in known)
    example = f" ({alt_name(none[0].row)} among them)" if none else ""
    return (
        f"Paired bars of the share of each promise that arrived, for "
        f"{count_words(len(bars), 'transfer')}, {split}. Of {len(none):,} nothing is said to "
        f"have come{example}, of {whole:,} all, of {len(known) - len(none) - whole:,} a part; "
        f"for {len(bars) - len(known):,} a number is missing."
    )
