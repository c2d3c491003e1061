"""Timeline: what was promised when, when it arrived, who denied it, what else happened."""

from collections import Counter
from collections.abc import Collection
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from components.figures.draft import (
    TIME_MARGINS,
    TIME_MARGINS_NARROW,
    Draft,
    empty_figure,
)
from components.figures.lettering import (
    bounds_words,
    text_width,
    time_ticks,
)
from components.figures.timeline_bins import draw_bins
from components.figures.timeline_events import draw_events
from components.figures.timeline_labels import (
    draw_head,
    draw_head_areas,
    draw_labels,
    draw_names,
    right_edge,
)
from components.figures.timeline_marks import Marks
from components.figures.timeline_overlays import curtain, denials_in, draw_denials, eras
from components.figures.timeline_plan import Plan, Rows, timeline_plan
from components.figures.timeline_rows import Window, lines_in
from components.figures.transfer_marks import DIRECTIONS, alt_name
from components.text import age_words, count_words, day_words
from components.theme import Look

NOTHING = "Nothing in these days. Widen the dates or clear a filter."
ROW = 24  # px
_CURTAIN_HEAD = 0.9  # rows over the events, for the words at the as-known day
_WIDE_PLOT, _NARROW_PLOT = 580, 340  # px of the axis on a small laptop and a phone
_PACKED_PLOT, _PACKED_PLOT_NARROW = 500, 236
ZOOMS = {"year": 12, "quarter": 3, "month": 1}  # months between ticks


def window_of(
    first: date,
    last: date,
    as_of: date | None,
    look: Look,
    *,
    is_packed: bool = True,
    plot_width: int | None = None,
) -> Window:
    """The time that a timeline shows.

    Args:
        first: First day of the axis.
        last: Last day of the axis, at most the cut-off date.
        as_of: The as-known day; None for the latest.
        look: Palette and width.
        is_packed: Whether names stand at the marks' ends.
        plot_width: Pixels of the time axis, where it is not the usual.
    """
    usual = (
        (_PACKED_PLOT_NARROW if is_packed else _NARROW_PLOT)
        if look.is_narrow
        else (_PACKED_PLOT if is_packed else _WIDE_PLOT)
    )
    return Window(first, last, min(last, as_of or last), plot_width or usual)


def timeline(
    table: pd.DataFrame,
    spans: pd.DataFrame,
    denials: pd.DataFrame,
    events: pd.DataFrame,
    *,
    first: date,
    last: date,
    as_of: date | None,
    lanes: pd.DataFrame,
    look: Look,
    views: pd.DataFrame | None = None,
    rows: Rows = "packed",
    opened: Collection[str] = (),
    folded: Collection[str] = (),
    zoom: str = "year",
    plot_width: int | None = None,
    has_toggles: bool = False,
) -> go.Figure:
    """Plans and draws in one: see `timeline_plan` and `draw_timeline`."""
    window = window_of(first, last, as_of, look, is_packed=rows == "packed", plot_width=plot_width)
    plan = timeline_plan(
        *(table, spans, denials, events),
        window=window,
        lanes=lanes,
        look=look,
        views=views,
        rows=rows,
        opened=opened,
        folded=folded,
    )
    return draw_timeline(plan, as_of, zoom, has_toggles=has_toggles)


def draw_timeline(
    plan: Plan, as_of: date | None, zoom: str = "year", *, has_toggles: bool = True
) -> go.Figure:
    """Transfers in lanes: hollow while promised, filled while arriving.

    Dotted or faded means that the day lies in a range, whiskers that it is approximate
    or uncertain; a triangle at the right that more is awaited; a cross a denial; a
    dashed frame that a party denies it. Nothing after the as-known day is drawn.

    Args:
        plan: `timeline_plan`.
        as_of: The as-known day; None for the latest.
        zoom: Key of `ZOOMS`: how far ticks are apart where they fit.
        has_toggles: Whether lane heads say, and report, that they can be clicked.

    Returns:
        A figure whose `customdata` are ids: of the transfer on rows, of the event or
        view on event marks, of the statement on crosses, several joined where marks
        stand for several; `lane:<code>` on heads, `days:<from>/<to>` on counts. The
        `ids` of dated symbols are `<turn>:<statement>`.
    """
    window, look = plan.window, plan.look
    if window.last < window.first or not (plan.lanes or plan.events):
        return empty_figure(look, NOTHING)
    has_curtain = as_of is not None and window.end < window.last
    low = (-1.05 if look.is_narrow else -0.7) - (_CURTAIN_HEAD if has_curtain else 0)
    draft, is_tall = _sheet(plan, low, zoom)
    eras(draft, window, as_of, is_tall=is_tall)
    if has_curtain:
        curtain(draft, window, plan.foot)
    draw_events(draft, window, plan.events, plan.event_pitch)
    marks = Marks(draft, window, is_packed=plan.is_packed)
    at: dict[str, list[float]] = {}
    for planned in plan.lanes:
        draw_head(draft, plan, planned, has_toggles=has_toggles)
        if planned.level == "folded":
            draw_bins(draft, window, planned.bins, planned.lane.code, planned.foot)
        for placed in planned.placed:
            key = placed.line.row.transfer_id
            at.setdefault(key, []).append(placed.y)
            denied = [day for day, _ in plan.denied.get(key, ())]
            marks.draw(placed.line, placed.y, denied, placed.reach)
    marks.finish()
    draw_denials(draft, marks, plan.denied, at)
    every = [placed for planned in plan.lanes for placed in planned.placed]
    if plan.is_packed:
        draw_labels(draft, window, every)
    else:
        draw_names(draft, window, every)
    if has_toggles:
        draw_head_areas(draft, plan)
    return draft.roomy().figure()


def _sheet(plan: Plan, low: float, zoom: str) -> tuple[Draft, bool]:
    window, look = plan.window, plan.look
    tokens = look.palette
    height = int((plan.foot - low) * ROW)
    is_tall = height > 437  # then the years stand above too: the foot is off the screen
    usual = TIME_MARGINS_NARROW if look.is_narrow else TIME_MARGINS
    left, right = plan.margins if plan.is_packed else usual
    top = 42 if is_tall else 26
    draft = Draft(look, height + top + 15, left=left, right=right, top=top, bottom=22)
    ticks = time_ticks(window.first, window.last, window.pixels, least=ZOOMS.get(zoom, 1))
    draft.axis(
        "x",
        type="date",
        range=[window.first.isoformat(), right_edge(window).isoformat()],
        tickvals=[day.isoformat() for day, _ in ticks],
        ticktext=[label for _, label in ticks],
        showgrid=True,
        gridcolor=tokens.grid,
        ticks="outside",
        ticklen=4,
        tickcolor=tokens.rule,
        showline=True,
        linecolor=tokens.rule,
    )
    draft.axis("y", range=[plan.foot - 0.3, low], showticklabels=False)
    if is_tall:
        above = {"y": 1, "yref": "paper", "yshift": 9, "xanchor": "center"}
        for day, label in ticks:
            if window.width(day, window.last) > text_width(label, 12) / 2:
                draft.note(label, x=day.isoformat(), **above)
    return draft, is_tall


def timeline_alt(
    table: pd.DataFrame,
    spans: pd.DataFrame,
    denials: pd.DataFrame,
    *,
    first: date,
    last: date,
    as_of: date | None,
) -> str:
    """What `timeline` shows, in two sentences.

    Args:
        table: `transfer_table`.
        spans: `transfer_spans`.
        denials: `denials`.
        first: First day of the window.
        last: Last day of the window.
        as_of: The as-known day; None for the latest.

    Returns:
        Form and split, then how many arrived and the longest open promise.
    """
    window = window_of(first, last, as_of, Look())
    lines = lines_in(table, spans, denials, window)
    if last < first or not lines:
        return f"Empty chart. {NOTHING}"
    sides = Counter(line.row.direction_code for line in lines)
    parts = [
        f"{sides[side]:,} {'in other directions' if side == 'other' else 'from ' + words}"
        for side, words in DIRECTIONS.items()
        if sides[side]
    ]
    split = ", ".join(parts).replace("→", "to")
    known = f", as known on {day_words(as_of)}" if as_of is not None else ""
    arriving = sum(line.arrival is not None for line in lines)
    crosses = sum(len(said) for said in denials_in(denials, window).values())
    waiting = [line.row for line in lines if line.row.open_days == line.row.open_days]
    longest = max(waiting, key=lambda row: row.open_days, default=None)
    wait = (
        f"; the longest open promise is {alt_name(longest)}, {age_words(longest.open_days)}"
        if longest is not None
        else ""
    )
    return (
        f"Timeline of {count_words(len(lines), 'transfer')}, {bounds_words(first, last)}{known}: "
        f"{split}. {arriving:,} arrived or are said to have, {count_words(crosses, 'denial')} "
        f"{'is' if crosses == 1 else 'are'} marked{wait}."
    )
