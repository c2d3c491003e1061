"""Folded lanes of the timeline: counts per year, quarter or month in place of rows."""

import calendar
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from components.figures.draft import HIT, Draft
from components.figures.lettering import shifted
from components.figures.timeline_clusters import span_code
from components.figures.timeline_rows import Line, Window, middle
from components.figures.transfer_marks import DIRECTIONS, bar_marker, fill
from components.text import count_words

HEIGHT = 1.6  # rows that a folded lane takes
_DAY = 86_400_000  # ms
_LEAST = 16  # px of a bin
_STEPS = (1, 3, 12, 60, 120, 600, 1200)  # months
_KINDS = ("arrived", "alleged", "promised")  # from the foot upwards


@dataclass(frozen=True, slots=True)
class Bin:
    """What turned within some months.

    Attributes:
        first: First day.
        last: Last day.
        counts: Transfers by `arrived`, `alleged`, `promised` and `denied` (denials).
    """

    first: date
    last: date
    counts: Counter[str]

    @property
    def words(self) -> str:
        """The months in words."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        if months == 1:
            return f"{calendar.month_name[self.first.month]} {self.first.year}"
        if months == 3:
            return f"quarter {(self.first.month + 2) // 3} of {self.first.year}"
        return f"{self.first.year}" if months == 12 else f"{self.first.year} to {self.last.year}"


def bins(lines: Sequence[Line], denied: Sequence[date], window: Window) -> list[Bin]:
    """Counts first promises, first arrivals and denials.

    Args:
        lines: The transfers of a lane.
        denied: Days of denials of them.
        window: The time shown.

    Returns:
        Bins that hold something, in their order; as short as the axis allows.
    """
    month = window.pixels / max((window.last - window.first).days / 30.44, 1)
    step = next((step for step in _STEPS if step * month >= _LEAST), _STEPS[-1])
    found: dict[int, Counter[str]] = {}

    def count(day: date, kind: str) -> None:
        if window.holds(day):
            found.setdefault(_number(day) // step, Counter())[kind] += 1

    for line in lines:
        if turn := line.promise or line.talk:
            count(middle(turn), "promised")
        if line.arrival:
            firm = fill(line.row) in ("solid", "half")
            count(middle(line.arrival), "arrived" if firm else "alleged")
    for day in denied:
        count(day, "denied")
    return [
        Bin(_month(place * step), _month((place + 1) * step) - timedelta(1), counts)
        for place, counts in sorted(found.items())
    ]


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month(number: int) -> date:
    return date(max(1, min(9999, number // 12)), number % 12 + 1, 1)


def draw_bins(draft: Draft, window: Window, found: Sequence[Bin], code: str, foot: float) -> None:
    """Draws a folded lane; a click on a bin hands on its days.

    Args:
        draft: The figure.
        window: The time shown.
        found: `bins`.
        code: Code of the lane, for the colour of a direction.
        foot: Foot of the lane, in rows.
    """
    tokens = draft.look.palette
    colour = tokens.direction(code) if code in DIRECTIONS else tokens.ink2
    most = max((sum(one.counts[kind] for kind in _KINDS) for one in found), default=0)
    scale = (HEIGHT - 0.5) / max(most, 1)
    bases = [0.0] * len(found)
    middles = [shifted(one.first, (one.last - one.first).days / 2).isoformat() for one in found]
    widths = [0.8 * ((one.last - one.first).days + 1) * _DAY for one in found]
    for kind, fills in zip(_KINDS, ("solid", "hatched", "hollow"), strict=True):
        held = [place for place, one in enumerate(found) if one.counts[kind]]
        if held:
            draft.bar(
                x=[middles[place] for place in held],
                base=[foot - bases[place] for place in held],
                y=[-found[place].counts[kind] * scale for place in held],
                width=[widths[place] for place in held],
                marker=bar_marker(fills, colour, tokens, 1.2),
                hoverinfo="skip",
            )
        for place in held:
            bases[place] += found[place].counts[kind] * scale
    crossed = [place for place, one in enumerate(found) if one.counts["denied"]]
    if crossed:
        draft.scatter(
            x=[middles[place] for place in crossed],
            y=[foot + 0.22] * len(crossed),
            mode="markers",
            hoverinfo="skip",
            marker={
                "symbol": "x-thin-open",
                "size": 7,
                "color": tokens.deny,
                "line": {"color": tokens.deny, "width": 1.8},
            },
        )
    draft.bar(
        x=middles,
        base=[foot + 0.3] * len(found),
        y=[-HEIGHT] * len(found),
        width=widths,
        customdata=[span_code(window.clip(one.first), window.clip(one.last)) for one in found],
        hovertext=[_hover(one) for one in found],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"color": HIT, "line": {"width": 0}},
    )


def _hover(one: Bin) -> str:
    words = {"promised": "promised", "arrived": "arrived", "alleged": "said to have arrived"}
    parts = [f"{one.counts[kind]:,} {said}" for kind, said in words.items() if one.counts[kind]]
    if one.counts["denied"]:
        parts.append(count_words(one.counts["denied"], "denial"))
    return f"<b>{one.words}</b><br>{', '.join(parts)}<br>Click to zoom in"
