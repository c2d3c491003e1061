"""Bars and whiskers of amounts: what a mirrored chart of promises and arrivals is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from components.figures.draft import CLEAR, HIT, Draft
from components.figures.groups import SIDES
from components.figures.lettering import fitted
from components.figures.transfer_marks import bar_marker, fill, hover_words, value_words
from components.text import list_words, plotly, range_words
from components.theme import FONT
from data.queries.amounts import QuantityRange

_STUB = 0.07  # of the scale: how far a whisker runs on past “at least”


@dataclass(frozen=True, slots=True)
class Form:
    """Measures: pixels downwards; sideways a scale is 1 long."""

    name: float  # from the middle to the foot of the bars
    value: float  # room for words beyond the bars
    value_room: int  # the same in pixels, on a small laptop
    name_room: int  # pixels for a name that has the middle to itself
    pitch: int  # from row to row
    head: int  # room above a group
    half: int  # half of a promise's height
    above: int  # room for words above a bar


WIDE = Form(0.76, 0.8, 152, 230, pitch=27, head=28, half=9, above=0)
SYSTEMS = Form(0.5, 0.8, 190, 200, pitch=30, head=2, half=9, above=0)
NARROW = Form(0.0, 0.02, 0, 0, pitch=44, head=26, half=8, above=20)


def ends_of(amount: QuantityRange) -> list[float]:
    """The numbers of a range that are known."""
    return [n for n in (amount.low, amount.high) if n is not None and n == n]


def greatest(row: Any) -> float:
    """The greatest number of a transfer; below 0 where there is none."""
    return max([*ends_of(row.promised), *ends_of(row.arrived)], default=-1)


def extent(row: Any) -> float:
    """Length of a scale that holds a transfer's whiskers, the arrow of “or more” too."""
    arrows = [
        amount.low or 0.0
        for amount in (row.promised, row.arrived)
        if ends_of(amount) and amount.high is None
    ]
    return max([greatest(row), *(low / (1 - _STUB) for low in arrows)])


class Sheet:
    """Gathers bars and whiskers of one look into one trace each."""

    def __init__(self, draft: Draft, form: Form) -> None:
        self.draft = draft
        self.form = form
        # Kind, direction, is contested → left, width, y, height.
        self.bars: dict[tuple[str, str, bool], list[tuple[float, float, float, float]]] = {}
        self.whiskers: dict[str, tuple[list[Any], list[Any]]] = {}
        self.arrows: dict[tuple[str, int], list[tuple[float, float]]] = {}
        self.hits: list[tuple[float, Any]] = []
        # Anchor, size, colour → places and words: a trace takes a tenth of the time of notes.
        self.words: dict[tuple[str, int, str], list[tuple[float, float, str]]] = {}

    def write(self, text: str, x: float, y: float, anchor: str, size: int, colour: str) -> None:
        """Writes an escaped text whose `anchor` (left, center or right end) is at `x`."""
        self.words.setdefault((anchor, size, colour), []).append((x, y, text))

    def draw(
        self,
        row: Any,
        sign: int,
        scale: float,
        y: float,
        *,
        is_named: bool,
        many: bool,
        is_faced: bool = False,
    ) -> None:
        """Draws one transfer at `y`, outward from its side's foot."""
        form, tokens, side = self.form, self.draft.look.palette, row.direction_code
        is_contested = row.standing_code == "contested"
        kind = fill(row)
        promise = self._amount(row.promised, sign, scale, y + form.half * 0.72, side)
        if promise:
            is_framed = is_contested and not ends_of(row.arrived)
            self._bar("hollow", side, is_framed, sign, promise, y, 2 * form.half)
        arrival = self._amount(row.arrived, sign, scale, y - form.half * 0.1, side, is_ink=True)
        if arrival:
            self._bar(kind, side, is_contested, sign, arrival, y, 2 * form.half * 0.62)
        if row.stage_code == "cancelled" and promise:
            foot, line = sign * form.name, {"color": tokens.direction(side), "width": 1.2}
            ends = {"y0": y + form.half, "y1": y - form.half}
            self.draft.shape(type="line", x0=foot, x1=foot + sign * promise, **ends, line=line)
        self.hits.append((y, row))
        room = form.name_room * (0.6 if is_faced else 1)
        self._words(row, sign, y, room if is_named else 0, many=many)

    def _words(self, row: Any, sign: int, y: float, room: float, *, many: bool) -> None:
        form, tokens = self.form, self.draft.look.palette
        near, far = ("left", "right") if sign > 0 else ("right", "left")
        value = value_words(row)
        if form.above:
            words = fitted(f"{row.name} · {value}", 345, 12)
            self.write(words, sign, y - form.half - 10, far, 12, tokens.ink)
            return
        if room:
            name = fitted(row.name, room, 13)
            self.write(name, sign * (form.name - 0.026), y, far, 13, tokens.ink)
        elif many:
            value = f"{value} · {row.short_name}"
        words = fitted(value, form.value_room, 12)
        self.write(words, sign * (form.name + 1.03), y, near, 12, tokens.ink2)

    def _amount(
        self,
        amount: QuantityRange,
        sign: int,
        scale: float,
        y: float,
        side: str,
        *,
        is_ink: bool = False,
    ) -> float:
        """Draws the whisker of a range; gives the length of its bar, as a share of the scale."""
        if not ends_of(amount):
            return 0.0
        tokens = self.draft.look.palette
        colour = tokens.ink if is_ink else tokens.direction_text(side)
        low = (amount.low or 0) / scale
        high = low + _STUB if amount.high is None else amount.high / scale
        if high <= low:
            return low
        foot, cap = sign * self.form.name, 3.5
        start, end = foot + sign * low, foot + sign * high
        x, ys = self.whiskers.setdefault(colour, ([], []))
        x += [start, end, None]
        ys += [y, y, None]
        if amount.low is not None:
            x += [start, start, None]
            ys += [y - cap, y + cap, None]
        if amount.high is None:
            self.arrows.setdefault((colour, sign), []).append((end, y))
        else:
            x += [end, end, None]
            ys += [y - cap, y + cap, None]
        return low

    def _bar(
        self,
        kind: str,
        side: str,
        is_contested: bool,
        sign: int,
        share: float,
        y: float,
        height: float,
    ) -> None:
        foot = sign * self.form.name
        left = min(foot, foot + sign * share)
        place = (left, share, y, height)
        self.bars.setdefault((kind, side, is_contested), []).append(place)
        if is_contested:
            line = {"color": self.draft.look.palette.deny, "width": 1.6, "dash": "5px,3px"}
            edges = {"x0": left, "x1": left + share, "y0": y - height / 2, "y1": y + height / 2}
            self.draft.shape(type="rect", **edges, line=line, fillcolor=CLEAR)

    def figure(self) -> go.Figure:
        """The finished figure: hollow under filled, whiskers over them, then what is clicked."""
        tokens = self.draft.look.palette
        order = {"hollow": 0, "half": 1, "hatched": 2, "solid": 3}
        for key in sorted(self.bars, key=lambda key: (order[key[0]], key)):
            kind, side, is_contested = key
            places, colour = self.bars[key], tokens.direction(side)
            width = 0 if is_contested else 1.4
            marker = bar_marker("hollow" if kind == "half" else kind, colour, tokens, width)
            self.draft.bar(**_placed(places), marker=marker, hoverinfo="skip")
            if kind == "half":
                foot = [(x, w, y + h * 0.3, h * 0.4) for x, w, y, h in places]
                solid = {"color": colour, "line": {"width": 0}}
                self.draft.bar(**_placed(foot), marker=solid, hoverinfo="skip")
        for colour, (x, y) in sorted(self.whiskers.items()):
            line = {"color": colour, "width": 1.6}
            self.draft.scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip")
        for (colour, sign), ends in sorted(self.arrows.items()):
            symbol = "triangle-right" if sign > 0 else "triangle-left"
            self.draft.scatter(
                x=[x for x, _ in ends],
                y=[y for _, y in ends],
                mode="markers",
                marker={"symbol": symbol, "size": 8, "color": colour},
                hoverinfo="skip",
            )
        self._texts()
        self._hits()
        return self.draft.roomy().figure()

    def _texts(self) -> None:
        beside = {"left": "middle right", "center": "middle center", "right": "middle left"}
        for (anchor, size, colour), words in sorted(self.words.items()):
            self.draft.scatter(
                x=[x for x, _, _ in words],
                y=[y for _, y, _ in words],
                text=[text for *_, text in words],
                mode="text",
                textposition=beside[anchor],
                textfont={"size": size, "color": colour, "family": FONT},
                cliponaxis=False,
                hoverinfo="skip",
            )

    def _hits(self) -> None:
        form = self.form
        reach = form.name + 1 + form.value
        signs = dict(SIDES)
        places = [
            (0 if signs[r.direction_code] > 0 else -reach, reach, y - form.above / 2, form.pitch)
            for y, r in self.hits
        ]
        self.draft.bar(
            **_placed(places),
            customdata=[
                [r.transfer_id, r.promised.low, r.promised.high, r.arrived.low, r.arrived.high]
                for _, r in self.hits
            ],
            hovertext=[hover_words(r, _numbers(r)) for _, r in self.hits],
            hovertemplate="%{hovertext}<extra></extra>",
            marker={"color": HIT, "line": {"width": 0}},
        )


def _placed(places: Sequence[tuple[float, float, float, float]]) -> dict[str, Any]:
    return {
        "orientation": "h",
        "base": [left for left, *_ in places],
        "x": [width for _, width, *_ in places],
        "y": [y for _, _, y, _ in places],
        "width": [height for *_, height in places],
    }


def _numbers(row: Any) -> tuple[str, ...]:
    """Who gives which numbers, as lines of a hover label."""
    lines = []
    for label, amount in (("Promised", row.promised), ("Arrived", row.arrived)):
        if ends_of(amount):
            who = list_words([plotly(name, 40) for name in amount.speakers], 3)
            lines.append(f"{label}: {range_words(amount.low, amount.high)}, by {who}")
    return tuple(lines)
