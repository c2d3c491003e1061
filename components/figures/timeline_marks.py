"""The marks of one timeline row, gathered so that each kind becomes one trace."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from components.figures.draft import HIT, Draft
from components.figures.lettering import shifted
from components.figures.timeline_rows import Line, Span, Window, middle
from components.figures.transfer_marks import (
    bar_marker,
    fill,
    hover_words,
    span_words,
)
from components.text import age_words
from components.theme import mix, rgba

HALF = 0.31  # of a row's height
_DAY = 86_400_000  # ms
_SLICES = 14  # of a fading stretch, at most
_DASHES = {"solid": "solid", "unsure": "1.5px,2.5px", "talk": "1px,5px"}
# Symbol, size, and whether paper shows inside.
_SYMBOLS = {
    "promise": ("diamond", 10, True),
    "arrived": ("diamond", 12, False),
    "alleged": ("diamond-x-open", 12, False),
    "open_end": ("triangle-right", 10, True),
    "run_on": ("triangle-right", 10, False),
    "cancelled": ("x-thin-open", 9, False),
}
_DATED = ("promise", "arrived", "alleged")


class Marks:
    """Collects lines, bars and symbols of all rows.

    Attributes:
        draft: The figure that the traces go to.
        window: The time shown.
    """

    def __init__(self, draft: Draft, window: Window) -> None:
        self.draft = draft
        self.window = window
        self._edges: dict[tuple[str, str], tuple[list[Any], list[Any]]] = {}
        self._slices: list[tuple[date, date, float, str]] = []
        self._bars: dict[tuple[str, bool], list[tuple[date, date, float]]] = {}
        self._symbols: dict[tuple[str, str], list[tuple[date, float]]] = {}
        self._hits: list[tuple[Line, float]] = []

    def draw(self, line: Line, y: float, denied: Sequence[date]) -> None:
        """Draws one row.

        Args:
            line: The transfer.
            y: Middle of its row.
            denied: Days on which it was denied, which in-bar words must not cover.
        """
        self._hits.append((line, y))
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
        self._symbol("promise", side, start, y)

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
            self._box(side, "solid", high, stop, y, left=left, right=ends is not None)
        self._symbol("promise", side, middle(promise), y)
        if line.is_open and not line.arrival:
            self._symbol("open_end", side, window.end, y)
            self._age(line, window.clip(high), window.clip(stop), y, denied)
        if line.row.stage_code == "cancelled" and not line.arrival:
            self._symbol("cancelled", side, middle(line.cancel or promise), y)

    def _age(self, line: Line, start: date, stop: date, y: float, denied: Sequence[date]) -> None:
        """How long a promise has been open, in the first stretch without a denial."""
        days = line.row.open_days
        if self.draft.look.is_narrow or days is None or not days >= 150:
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
        firm = fill(line.row) in ("solid", "half")
        colour = tokens.direction(side)
        strong = colour if firm else mix(colour, tokens.paper, 0.5)
        runs_on = line.is_open and line.row.stage_code == "licensed_production"
        last = (window.end, window.end) if runs_on else stop
        if not runs_on and (window.width(start[0], last[1]) < 30 or last[0] <= start[1]):
            whole = (start[0], max(start[1], last[1]))
            centre = middle(whole)
            if (whole[1] - whole[0]).days > 6:
                self._fade(whole[0], centre, y, strong, 0.75, rises=True)
                self._fade(centre, whole[1], y, strong, 0.75, rises=False)
            self._symbol("arrived" if firm else "alleged", side, centre, y)
        else:
            left, right = window.clip(start[1]), window.clip(last[0])
            if right > left:
                self._bars.setdefault((side, firm), []).append((left, right, y))
            self._fade(start[0], start[1], y, strong, 0.95, rises=True)
            self._fade(last[0], last[1], y, strong, 0.95, rises=False)
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
        for offset in (-HALF, HALF):
            x += [low, high, None]
            heights += [y + offset, y + offset, None]
        for is_drawn, edge in ((left, low), (right, high)):
            if is_drawn:
                x += [edge, edge, None]
                heights += [y - HALF, y + HALF, None]

    def _symbol(self, kind: str, side: str, day: date, y: float) -> None:
        if self.window.holds(day):
            self._symbols.setdefault((kind, side), []).append((day, y))

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
            kind in _DATED and height == y and abs(self.window.width(at, day)) < 11
            for (kind, _), places in self._symbols.items()
            for at, height in places
        )

    def finish(self) -> None:
        """Hands the gathered traces to the draft."""
        tokens, window = self.draft.look.palette, self.window
        for (side, firm), bars in self._bars.items():
            colour = tokens.direction(side)
            self.draft.bar(
                **_bars(bars),
                width=2 * HALF,
                marker=bar_marker(
                    "solid" if firm else "hatched", colour, tokens, 0 if firm else 1.2
                ),
                hoverinfo="skip",
            )
        if self._slices:
            self.draft.bar(
                **_bars([(start, stop, y) for start, stop, y, _ in self._slices]),
                width=2 * HALF,
                marker={"color": [tint for *_, tint in self._slices], "line": {"width": 0}},
                hoverinfo="skip",
            )
        for (side, dash), (x, y) in self._edges.items():
            stroke = {"color": tokens.direction(side), "width": 1.5, "dash": _DASHES[dash]}
            self.draft.scatter(x=x, y=y, mode="lines", line=stroke, hoverinfo="skip")
        for (kind, side), places in sorted(self._symbols.items()):
            symbol, size, has_paper = _SYMBOLS[kind]
            colour = tokens.direction(side)
            at: dict[str, Any] = {
                "x": [day.isoformat() for day, _ in places],
                "y": [y for _, y in places],
                "mode": "markers",
                "cliponaxis": False,
                "hoverinfo": "skip",
            }
            if kind == "alleged":  # paper under the open diamond
                under = {"symbol": "diamond", "size": size, "color": tokens.paper}
                self.draft.scatter(**at, marker={**under, "line": {"width": 0}})
            body = tokens.paper if has_paper else colour
            stroke = {"color": colour, "width": 1.6}
            marker = {"symbol": symbol, "size": size, "color": body, "line": stroke}
            self.draft.scatter(**at, marker=marker)
        least = window.days(18)
        hits = []
        for hit, height in self._hits:
            start, stop = window.clip(hit.first), window.clip(hit.last)
            if (stop - start).days < least:
                centre = middle((start, stop))
                start, stop = shifted(centre, -least / 2), shifted(centre, least / 2)
            hits.append((start, stop, height))
        self.draft.bar(
            **_bars(hits),
            width=0.9,
            customdata=[line.row.transfer_id for line, _ in self._hits],
            hovertext=[hover_words(line.row, _dated(line)) for line, _ in self._hits],
            hovertemplate="%{hovertext}<extra></extra>",
            marker={"color": HIT, "line": {"width": 0}},
        )


def _dated(line: Line) -> tuple[str, ...]:
    turns = (
        ("Talks", None if line.promise else line.talk),
        ("Promised", line.promise),
        ("First arrival", line.arrival),
        ("Last arrival", line.arrival_end if line.arrival_end != line.arrival else None),
        ("Cancelled", line.cancel),
    )
    return tuple(words for label, span in turns for words in span_words(label, span))


def _bars(bars: Sequence[tuple[date, date, float]]) -> dict[str, Any]:
    return {
        "orientation": "h",
        "x": [(stop - start).days * _DAY for start, stop, _ in bars],
        "base": [start.isoformat() for start, *_ in bars],
        "y": [y for *_, y in bars],
    }
