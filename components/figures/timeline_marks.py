"""The marks of one timeline row, gathered so that each kind becomes one trace."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from components.figures.draft import Draft
from components.figures.lettering import shifted
from components.figures.timeline_areas import bars, draw_areas
from components.figures.timeline_rows import Line, Span, Window, middle
from components.figures.transfer_marks import (
    bar_marker,
    fill,
)
from components.text import age_words
from components.theme import mix, rgba

HALF, HALF_PACKED = 0.31, 0.19  # of a row's height
_DAY = 86_400_000  # ms
_SLICES = 14  # of a fading stretch, at most
_DASHES = {
    "solid": "solid",
    "unsure": "1.5px,2.5px",
    "talk": "1px,5px",
    "contested": "5px,3px",
    "whisker": "solid",
}
_WHISKER = 9  # px: it says “about”, it measures nothing
# Symbol, size, and whether paper shows inside.
_SYMBOLS = {
    "promise": ("diamond", 10, True),
    "arrived": ("diamond", 12, False),
    "under_way": ("diamond-open-dot", 12, False),
    "alleged": ("diamond-x-open", 12, False),
    "open_end": ("triangle-right", 10, True),
    "run_on": ("triangle-right", 10, False),
    "cancelled": ("x-thin-open", 9, False),
}
_DATED = ("promise", "arrived", "under_way", "alleged")
_OVER_PAPER = ("under_way", "alleged")  # open symbols, through which a bar would show


class Marks:
    """Collects lines, bars and symbols of all rows.

    Attributes:
        draft: The figure that the traces go to.
        window: The time shown.
        half: Half of a bar's height, in rows.
    """

    def __init__(self, draft: Draft, window: Window, *, is_packed: bool = False) -> None:
        self.draft = draft
        self.window = window
        self.half = HALF_PACKED if is_packed else HALF
        self._is_packed = is_packed
        self._edges: dict[tuple[str, str], tuple[list[Any], list[Any]]] = {}
        self._slices: list[tuple[date, date, float, str]] = []
        self._bars: dict[tuple[str, str], list[tuple[date, date, float]]] = {}
        self._symbols: dict[tuple[str, str], list[_Place]] = {}
        self._hits: list[tuple[Line, float, float]] = []

    @property
    def dated_count(self) -> int:
        """How many days of promises, arrivals, talks and cancellations are marked."""
        kinds = (*_DATED, "cancelled")
        return sum(len(at) for (kind, _), at in self._symbols.items() if kind in kinds)

    def draw(self, line: Line, y: float, denied: Sequence[date], reach: float = 0) -> None:
        """Draws one row.

        Args:
            line: The transfer.
            y: Middle of its row.
            denied: Days on which it was denied, which in-bar words must not cover.
            reach: Pixels past its last mark that shall be clickable too.
        """
        self._hits.append((line, y, reach))
        if line.promise:
            self._promise(line, line.promise, y, denied)
        elif line.talk and not line.arrival:
            self._talk(line, line.talk, y)
        if line.arrival and line.arrival_end:
            self._arrival(line, line.arrival, line.arrival_end, y)

    def _talk(self, line: Line, talk: Span, y: float) -> None:
        side, clip = line.row.direction_code, self.window.clip
        start = middle(talk)
        if clip(line.last) > clip(start):
            x, heights = self._edges.setdefault((side, "talk"), ([], []))
            x += [clip(start).isoformat(), clip(line.last).isoformat(), None]
            heights += [y, y, None]
        self._whiskers(line, "talk", talk, y)
        self._symbol("promise", side, start, y, line, "talk")

    def _promise(self, line: Line, promise: Span, y: float, denied: Sequence[date]) -> None:
        window, side = self.window, line.row.direction_code
        low, high = promise
        ends = line.arrival or line.cancel
        stop = ends[0] if ends else line.last
        is_unsure = window.width(low, high) > 4
        if is_unsure:
            self._box(side, "unsure", low, min(high, stop) if ends else high, y)
        if stop > max(high, window.first):
            left = not is_unsure and low >= window.first
            is_denied = line.row.standing_code == "contested" and not line.arrival
            dash = "contested" if is_denied else "solid"
            self._box(side, dash, high, stop, y, left=left, right=ends is not None)
        self._whiskers(line, "promise", promise, y)
        self._symbol("promise", side, middle(promise), y, line, "promise")
        if line.is_open and not line.arrival:
            self._symbol("open_end", side, window.end, y)
            self._age(line, window.clip(high), window.clip(stop), y, denied)
        if line.row.stage_code == "cancelled" and not line.arrival:
            self._symbol("cancelled", side, middle(line.cancel or promise), y, line, "cancel")

    def _whiskers(self, line: Line, turn: str, span: Span, y: float) -> None:
        """Capped lines to both sides of a day that is marked approximate or uncertain."""
        told = line.told.get(turn)
        if told is None or not told.is_rough:
            return
        window, cap = self.window, self.half * 0.6
        x, heights = self._edges.setdefault((line.row.direction_code, "whisker"), ([], []))
        # Past the diamond where the span is shorter than it.
        room = max(0.0, 7 - window.width(*span) / 2) + _WHISKER
        for edge, sign in ((span[0], -1), (span[1], 1)):
            outer = shifted(edge, sign * window.days(room))
            if window.holds(edge) and window.holds(outer):
                near, far = edge.isoformat(), outer.isoformat()
                x += [near, far, None, far, far, None]
                heights += [y, y, None, y - cap, y + cap, None]

    def _age(self, line: Line, start: date, stop: date, y: float, denied: Sequence[date]) -> None:
        """How long a promise has been open, in the first stretch without a denial."""
        days = line.row.open_days
        if self._is_packed or self.draft.look.is_narrow or not (days or 0) >= 150:
            return
        cuts = [start, *sorted(day for day in denied if start < day < stop), stop]
        for left, right in pairwise(cuts):
            if self.window.width(left, right) > 100:
                font = {"size": 11}
                words = f"{age_words(days)} open"
                self.draft.note(words, x=left.isoformat(), y=y, xshift=12, font=font)
                return

    def _arrival(self, line: Line, start: Span, stop: Span, y: float) -> None:
        window, tokens = self.window, self.draft.look.palette
        side = line.row.direction_code
        kind = {"solid": "arrived", "half": "under_way"}.get(fill(line.row), "alleged")
        colour = tokens.direction(side)
        strong = mix(colour, tokens.paper, 0.5) if kind == "alleged" else colour
        runs_on = line.is_open and line.row.stage_code == "licensed_production"
        last = (window.end, window.end) if runs_on else stop
        self._whiskers(line, "arrival", start, y)
        if not runs_on and (window.width(start[0], last[1]) < 30 or last[0] <= start[1]):
            whole = (start[0], max(start[1], last[1]))
            centre = middle(whole)
            if (whole[1] - whole[0]).days > 6:
                self._fade(whole[0], centre, y, strong, 0.75, rises=True)
                self._fade(centre, whole[1], y, strong, 0.75, rises=False)
            self._symbol(kind, side, centre, y, line, "arrival")
        else:
            left, right = window.clip(start[1]), window.clip(last[0])
            if right > left:
                self._bars.setdefault((side, kind), []).append((left, right, y))
                if kind == "under_way":
                    self._box(side, "solid", left, right, y, left=True, right=True)
                elif line.row.standing_code == "contested":
                    self._box("", "contested", left, right, y, left=True, right=True)
            self._fade(start[0], start[1], y, strong, 0.95, rises=True)
            self._fade(last[0], last[1], y, strong, 0.95, rises=False)
            if not runs_on:
                self._whiskers(line, "arrival_end", (last[1], last[1]), y)
        if runs_on:
            self._symbol("run_on", side, window.end, y)
        elif line.is_open:  # the rest is awaited
            if window.end > stop[1]:
                self._box(side, "solid", stop[1], window.end, y)
            self._symbol("open_end", side, window.end, y)

    def _box(
        self,
        side: str,
        dash: str,
        start: date,
        stop: date,
        y: float,
        *,
        left: bool = False,
        right: bool = False,
    ) -> None:
        right = right and self.window.holds(stop)
        start, stop = self.window.clip(start), self.window.clip(stop)
        if stop <= start:
            return
        low, high = start.isoformat(), stop.isoformat()
        x, heights = self._edges.setdefault((side, dash), ([], []))
        for offset in (-self.half, self.half):
            x += [low, high, None]
            heights += [y + offset, y + offset, None]
        for is_drawn, edge in ((left, low), (right, high)):
            if is_drawn:
                x += [edge, edge, None]
                heights += [y - self.half, y + self.half, None]

    def _symbol(
        self,
        kind: str,
        side: str,
        day: date,
        y: float,
        line: Line | None = None,
        turn: str = "",
    ) -> None:
        if self.window.holds(day):
            told = line.told.get(turn) if line else None
            statement = (told.statement_id if told else None) or ""
            self._symbols.setdefault((kind, side), []).append(_Place(day, y, turn, statement))

    def _fade(
        self, low: date, high: date, y: float, colour: str, alpha: float, *, rises: bool
    ) -> None:
        """Gathers a fading stretch as slices of even strength.

        A gradient needs a trace of its own, and ninety traces took the browser longer
        to paint than all else; slices of all rows share one trace.
        """
        low, high = self.window.clip(low), self.window.clip(high)
        width = self.window.width(low, high)
        if width < 2:
            return
        count = max(2, min(_SLICES, round(width / 2)))
        days = (high - low).days
        edges = [shifted(low, days * cut / count) for cut in range(count + 1)]
        for place, (start, stop) in enumerate(pairwise(edges)):
            share = (place + 0.5) / count
            strength = alpha * (share if rises else 1 - share)
            self._slices.append((start, stop, y, rgba(colour, strength)))

    def is_near_day_mark(self, day: date, y: float) -> bool:
        """True if a diamond of the row stands within 11 px of a day."""
        return any(
            kind in _DATED and place.y == y and abs(self.window.width(place.day, day)) < 11
            for (kind, _), places in self._symbols.items()
            for place in places
        )

    def finish(self) -> None:
        """Hands the gathered traces to the draft."""
        tokens = self.draft.look.palette
        for (side, kind), those in self._bars.items():
            colour, is_half = tokens.direction(side), kind == "under_way"
            fills = "hatched" if kind == "alleged" else "solid"
            drop = 0.55 * self.half if is_half else 0.0  # a strip along the foot
            self.draft.bar(
                **bars([(start, stop, y + drop) for start, stop, y in those]),
                width=(0.9 if is_half else 2) * self.half,
                marker=bar_marker(fills, colour, tokens, 1.2 if kind == "alleged" else 0),
                hoverinfo="skip",
            )
        if self._slices:
            self.draft.bar(
                **bars([(start, stop, y) for start, stop, y, _ in self._slices]),
                width=2 * self.half,
                marker={"color": [tint for *_, tint in self._slices], "line": {"width": 0}},
                hoverinfo="skip",
            )
        for (side, dash), (x, y) in self._edges.items():
            colour = tokens.deny if dash == "contested" else tokens.direction(side)
            stroke = {"color": colour, "width": 1.5, "dash": _DASHES[dash]}
            self.draft.scatter(x=x, y=y, mode="lines", line=stroke, hoverinfo="skip")
        for (kind, side), places in sorted(self._symbols.items()):
            self._place(kind, side, places)
        draw_areas(self.draft, self.window, self._hits, self.half)

    def _place(self, kind: str, side: str, places: Sequence["_Place"]) -> None:
        """One trace of symbols; its `ids` are turn and statement, `promise:statement-id`."""
        tokens = self.draft.look.palette
        symbol, size, has_paper = _SYMBOLS[kind]
        size -= 2 if self._is_packed else 0
        colour = tokens.direction(side)
        at: dict[str, Any] = {
            "x": [place.day.isoformat() for place in places],
            "y": [place.y for place in places],
            "mode": "markers",
            "cliponaxis": False,
            "hoverinfo": "skip",
        }
        if kind in _OVER_PAPER:
            under = {"symbol": "diamond", "size": size, "color": tokens.paper}
            self.draft.scatter(**at, marker={**under, "line": {"width": 0}})
        body = tokens.paper if has_paper else colour
        stroke = {"color": colour, "width": 1.6}
        marker = {"symbol": symbol, "size": size, "color": body, "line": stroke}
        if any(place.turn for place in places):
            at["ids"] = _told_apart([f"{place.turn}:{place.statement_id}" for place in places])
        self.draft.scatter(**at, marker=marker)


def _told_apart(ids: Sequence[str]) -> list[str]:
    """Ids with a number after those that came before; Plotly drops points of equal ids."""
    seen: Counter[str] = Counter()
    found = []
    for each in ids:
        found.append(f"{each}#{seen[each]}" if seen[each] else each)
        seen[each] += 1
    return found


class _Place(NamedTuple):
    """Where a symbol stands, and what it marks."""

    day: date
    y: float
    turn: str
    statement_id: str
