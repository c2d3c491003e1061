"""The drawn timeline and its table, kept per selection and settings.

Opening evidence, or any other run that changes neither, draws nothing anew.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd
import plotly.graph_objects as go

from components.figures.timeline import draw_timeline, timeline_alt, window_of
from components.figures.timeline_plan import Plan, timeline_plan
from components.panels.timeline_table import timeline_rows
from components.text import count_words
from components.theme import Look
from data.queries.ledger import transfer_table
from data.queries.timeline import (
    denials,
    event_marks,
    transfer_lanes,
    transfer_spans,
    view_marks,
)
from data.selection import Selected

Frames = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]
_KINDS = {
    "sanctions": ("sanction",),
    "strikes": ("strike", "war"),
    "diplomacy": ("visit", "treaty", "vote"),
    "uses": ("use", "shoot_down"),
    "others": ("production", "other"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the page's settings ask for; see `data.page_settings`."""

    first: date
    last: date
    lanes: str
    rows: str
    zoom: str
    show: tuple[str, ...]
    opened: tuple[str, ...]
    folded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn timeline; treat frames and figure as read-only.

    Attributes:
        plan: Where everything stands.
        figure: The drawing.
        alt: What it shows, in two sentences.
        words: How much is drawn of how much.
        rows: Its table.
    """

    plan: Plan
    figure: go.Figure
    alt: str
    words: str
    rows: pd.DataFrame


@lru_cache(maxsize=32)
def frames(selected: Selected) -> Frames:
    """Spans, denials, events and views of a selection; treat as read-only."""
    return (
        transfer_spans(selected),
        denials(selected),
        event_marks(selected),
        view_marks(selected),
    )


@lru_cache(maxsize=16)
def drawing(selected: Selected, wanted: Wanted, look: Look) -> Drawing:
    """Plans and draws the timeline.

    Args:
        selected: What the reader asked to see.
        wanted: In which form.
        look: Palette and width.
    """
    table, as_of = transfer_table(selected), selected.selection.as_of
    spans, denied, events, views = shown = _shown(frames(selected), wanted.show)
    is_packed = wanted.rows != "each"
    plan = timeline_plan(
        *(table, spans, denied, events),
        window=window_of(wanted.first, wanted.last, as_of, look, is_packed=is_packed),
        lanes=transfer_lanes(selected, wanted.lanes),
        look=look,
        views=views,
        rows="packed" if is_packed else "each",
        opened=wanted.opened,
        folded=wanted.folded,
    )
    days = wanted.first, wanted.last
    off = sum(len(all_of) - len(some) for all_of, some in zip(frames(selected), shown, strict=True))
    unseen = f" Switched off above: {count_words(off, 'mark')} of all days." if off else ""
    return Drawing(
        plan=plan,
        figure=draw_timeline(plan, as_of, wanted.zoom),
        alt=timeline_alt(table, spans, denied, first=days[0], last=days[1], as_of=as_of),
        words=plan.drawn_words() + unseen,
        rows=timeline_rows(
            *(selected, table, shown),
            drawn={e.row.transfer_id: e.first for one in plan.lanes for e in one.lane.lines},
            first=days[0],
            last=days[1],
        ),
    )


def _shown(every: Frames, show: tuple[str, ...]) -> Frames:
    spans, denied, events, views = every
    kinds = [kind for name in show for kind in _KINDS.get(name, ())]
    return (
        spans,
        denied if "denials" in show else denied.iloc[:0],
        events[events["kind_code"].isin(kinds)],
        views if "views" in show else views.iloc[:0],
    )
