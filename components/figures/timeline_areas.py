"""The invisible areas of a timeline's rows, which take clicks and show hover labels."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from components.figures.draft import HIT, Draft
from components.figures.lettering import shifted
from components.figures.timeline_rows import Line, Told, Window, middle
from components.figures.transfer_marks import hover_words, span_words

_DAY = 86_400_000  # ms
_LEAST = 18  # px of an area


def draw_areas(
    draft: Draft, window: Window, hits: Sequence[tuple[Line, float, float]], half: float
) -> None:
    """Draws the areas.

    Args:
        draft: The figure.
        window: The time shown.
        hits: Transfers, the middles of their rows, and pixels past their last marks that
            shall be clickable too.
        half: Half of a bar's height, in rows.
    """
    least = window.days(_LEAST)
    places = []
    for line, height, reach in hits:
        start, stop = (window.clip(day) for day in line.seen)
        if (stop - start).days < least:
            centre = middle((start, stop))
            start, stop = shifted(centre, -least / 2), shifted(centre, least / 2)
        places.append((start, shifted(stop, window.days(reach)), height))
    draft.bar(
        **bars(places),
        width=2.9 * half,
        customdata=[line.row.transfer_id for line, *_ in hits],
        hovertext=[hover_words(line.row, _dated(line)) for line, *_ in hits],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"color": HIT, "line": {"width": 0}},
    )


def _dated(line: Line) -> tuple[str, ...]:
    turns = (
        ("talk", "Talks", None if line.promise else line.talk),
        ("promise", "Promised", line.promise),
        ("arrival", "First arrival", line.arrival),
        ("arrival_end", "Last arrival", line.arrival_end),
        ("cancel", "Cancelled", line.cancel),
    )
    found: list[str] = []
    for turn, label, span in turns:
        told = line.told.get(turn, Told())
        if (
            turn == "arrival_end"
            and told == line.told.get("arrival", told)
            and span == line.arrival
        ):
            continue
        found += span_words(label, span, told.text, told.speaker)
    return tuple(found)


def bars(places: Sequence[tuple[date, date, float]]) -> dict[str, Any]:
    """Where horizontal bars stand: first and last day, and middle, of each."""
    return {
        "orientation": "h",
        "x": [(stop - start).days * _DAY for start, stop, _ in places],
        "base": [start.isoformat() for start, *_ in places],
        "y": [y for *_, y in places],
    }
