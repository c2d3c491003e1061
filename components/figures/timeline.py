"""Timeline: what was promised when, when it arrived, who denied it, what else happened."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go

from components.figures.draft import TIME_MARGINS, TIME_MARGINS_NARROW, Draft, empty_figure
from components.figures.lettering import (
    bounds_words,
    fitted,
    shifted,
    text_width,
    time_ticks,
)
from components.figures.timeline_marks import Marks
from components.figures.timeline_overlays import (
    curtain,
    denials_in,
    draw_denials,
    draw_events,
    eras,
    event_rows,
)
from components.figures.timeline_rows import Line, Window, grouped, lines_in
from components.figures.transfer_marks import DIRECTIONS, alt_name, value_words
from components.text import age_words, count_words, day_words
from components.theme import Look

NOTHING = "Nothing in this period. Widen the dates or clear a filter."
_ROW = 24  # px
_CURTAIN_HEAD = 0.9  # rows over the events, for the words at the as-known day
_WIDE_PLOT, _NARROW_PLOT = 580, 340  # px of the axis on a small laptop and a phone
Lanes = Literal["direction", "category"]


def _window(first: date, last: date, as_of: date | None, pixels: float) -> Window:
    return Window(first, last, min(last, as_of or last), pixels)


def timeline(
    table: pd.DataFrame,
    spans: pd.DataFrame,
    denials: pd.DataFrame,
    events: pd.DataFrame,
    *,
    first: date,
    last: date,
    as_of: date | None,
    lanes: Lanes,
    categories: pd.DataFrame,
    look: Look,
    plot_width: int | None = None,
) -> go.Figure:
    """A row per transfer: hollow while promised, filled while arriving.

    Dotted or faded means that the day is uncertain; a triangle at the right that more
    is awaited; a cross a denial. Nothing after the as-known day or `last` is drawn.

    Args:
        table: `transfer_table`.
        spans: `transfer_spans`; columns `cancel_earliest` and `cancel_latest` are read
            where it has them.
        denials: `denials`; an empty frame leaves the crosses out.
        events: `event_marks`; kinds that it lacks have no row.
        first: First day of the window.
        last: Last day of the window, at most the cut-off date.
        as_of: The as-known day; None for the latest.
        lanes: What the rows are grouped by.
        categories: Vocabulary with `code`, `label`, `order`.
        look: Palette and width.
        plot_width: Pixels of the time axis, where it is not the usual.

    Returns:
        A figure whose `customdata` are ids: of the transfer on rows, of the event on
        event marks, of the statement on crosses.
    """
    pixels = plot_width or (_NARROW_PLOT if look.is_narrow else _WIDE_PLOT)
    window = _window(first, last, as_of, pixels)
    lines = lines_in(table, spans, denials, window)
    happened = event_rows(events, window) if last >= first else []
    if last < first or not (lines or happened):
        return empty_figure(look, NOTHING)
    y = len(happened) * (1.5 if look.is_narrow else 0.95) + (0.2 if happened else 0)
    plan: list[tuple[str, str, float, list[tuple[Line, float]]]] = []
    for code, label, mine in grouped(lines, lanes, categories):
        head, y = y, y + (1.35 if look.is_narrow else 1)
        placed = []
        for line in mine:
            placed.append((line, y))
            y += 1.6 if look.is_narrow else 1
        plan.append((code, label, head, placed))
        y += 0.15
    has_curtain = as_of is not None and window.end < last
    low = (-1.05 if look.is_narrow else -0.7) - (_CURTAIN_HEAD if has_curtain else 0)
    draft, is_tall = _sheet(window, look, low, y)
    eras(draft, window, as_of, is_tall=is_tall)
    if has_curtain:
        curtain(draft, window, y)
    draw_events(draft, window, happened)
    marks = Marks(draft, window)
    denied = denials_in(denials, window)
    for code, label, head, placed in plan:
        _lane(draft, code if lanes == "direction" else "", label, head)
        for line, height in placed:
            key = line.row.transfer_id
            marks.draw(line, height, [day for day, _ in denied.get(key, ())])
    marks.finish()
    every = [pair for *_, placed in plan for pair in placed]
    draw_denials(draft, marks, denied, {line.row.transfer_id: at for line, at in every})
    _names(draft, window, every)
    return draft.roomy().figure()


def _right_edge(window: Window) -> date:
    """End of the axis: a little past the last day, for half a triangle."""
    return shifted(window.last, window.days(6))


def _sheet(window: Window, look: Look, low: float, y: float) -> tuple[Draft, bool]:
    tokens = look.palette
    height = int((y - low) * _ROW)
    is_tall = height > 437  # then the years stand above too: the foot is off the screen
    left, right = TIME_MARGINS_NARROW if look.is_narrow else TIME_MARGINS
    top = 42 if is_tall else 26
    draft = Draft(look, height + top + 15, left=left, right=right, top=top, bottom=22)
    ticks = time_ticks(window.first, window.last, window.pixels)
    draft.axis(
        "x",
        type="date",
        range=[window.first.isoformat(), _right_edge(window).isoformat()],
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
    draft.axis("y", range=[y - 0.3, low], showticklabels=False)
    if is_tall:
        above = {"y": 1, "yref": "paper", "yshift": 9, "xanchor": "center"}
        for day, label in ticks:
            if window.width(day, window.last) > text_width(label, 12) / 2:
                draft.note(label, x=day.isoformat(), **above)
    return draft, is_tall


def _lane(draft: Draft, direction: str, label: str, y: float) -> None:
    tokens, is_narrow = draft.look.palette, draft.look.is_narrow
    colour = tokens.direction_text(direction) if direction in DIRECTIONS else tokens.ink
    draft.note(
        f"<b>{fitted(label, 320, 14)}</b>",
        x=0,
        xref="paper",
        xshift=0 if is_narrow else 6 - TIME_MARGINS[0],
        y=y - (0.25 if is_narrow else 0),
        font={"size": 14, "color": colour},
    )
    rule = y - (0.85 if is_narrow else 0.55)
    line = {"color": tokens.rule, "width": 1}
    draft.shape(type="line", x0=-2, x1=2, xref="paper", y0=rule, y1=rule, line=line)


def _names(draft: Draft, window: Window, placed: Sequence[tuple[Line, float]]) -> None:
    """Names and what arrived: left and right of the rows, above them where narrow.

    They are tick labels and one trace of text: a note for each would cost more than
    the rest of the figure.
    """
    tokens = draft.look.palette
    heights = [y for _, y in placed]
    values = [
        fitted(value_words(line.row), 165 if draft.look.is_narrow else 150, 12)
        for line, _ in placed
    ]
    text: dict[str, Any] = {"mode": "text", "cliponaxis": False, "hoverinfo": "skip"}
    if draft.look.is_narrow:
        names = [fitted(line.row.name, 165, 12) for line, _ in placed]
        draft.scatter(
            **text,
            x=[window.first.isoformat()] * len(placed),
            y=[y - 0.66 for y in heights],
            text=[
                f'{name} <span style="color:{tokens.ink3}">· {value}</span>'
                for name, value in zip(names, values, strict=True)
            ],
            textposition="middle right",
            textfont={"size": 12, "color": tokens.ink},
        )
        return
    draft.axis(
        "y",
        tickvals=heights,
        ticktext=[fitted(line.row.name, 182, 13) for line, _ in placed],
        ticklabelstandoff=7,
        showticklabels=True,
    )
    draft.scatter(
        **text,
        x=[_right_edge(window).isoformat()] * len(placed),
        y=heights,
        text=["\u00a0\u00a0\u00a0" + value for value in values],
        textposition="middle right",
        textfont={"size": 12, "color": tokens.ink2},
    )


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
    window = _window(first, last, as_of, _WIDE_PLOT)
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
