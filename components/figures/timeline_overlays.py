"""What lies over and under the rows of the timeline: eras, events, denials, the curtain."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from components.figures.draft import Draft
from components.figures.lettering import shifted, text_width, wrapped
from components.figures.timeline_marks import Marks
from components.figures.timeline_rows import Window, bounds, middle
from components.text import date_words, day_words, plotly
from data.load import records

# Label, symbol, size and event kinds of each row of events.
_EventRow = tuple[str, str, int, tuple[str, ...]]
_EVENT_ROWS: tuple[_EventRow, ...] = (
    ("Sanctions", "line-ns-open", 11, ("sanction",)),
    ("Strikes", "asterisk-open", 10, ("strike", "war")),
    ("Diplomacy", "circle-open", 8, ("visit", "treaty", "vote")),
    ("Use", "triangle-up-open", 9, ("use", "shoot_down")),
)
# Name, first day, and the day by which the name could be known: an as-known timeline
# must not tell what comes.
_ERAS = (
    ("Pre-war", date.min, date(2022, 2, 24)),
    ("Drones for Russia", date(2022, 2, 24), date(2022, 11, 5)),
    ("Missiles, then treaty", date(2023, 10, 18), date(2025, 1, 17)),
    ("Iran under attack", date(2025, 6, 13), date(2025, 6, 13)),
)


def eras(draft: Draft, window: Window, as_of: date | None, *, is_tall: bool) -> None:
    """Draws the bands of the eras and the names that fit.

    Args:
        draft: The figure.
        window: The time shown.
        as_of: The as-known day; names given later are left out.
        is_tall: True where the years stand between the names and the plot.
    """
    tokens = draft.look.palette
    stops = [start for _, start, _ in _ERAS[1:]] + [date.max]
    for number, ((name, start, told), stop) in enumerate(zip(_ERAS, stops, strict=True)):
        low, high = window.clip(start), window.clip(stop)
        if low >= high:
            continue
        if number % 2:
            draft.shape(
                type="rect",
                x0=low.isoformat(),
                x1=high.isoformat(),
                y0=0,
                y1=1,
                yref="paper",
                fillcolor=tokens.band,
                line={"width": 0},
                layer="below",
            )
        if (as_of is None or told <= as_of) and (
            window.width(low, high) > text_width(name, 12) + 6
        ):
            above = {"y": 1, "yref": "paper", "yshift": 29 if is_tall else 12, "xshift": 3}
            draft.note(name, x=low.isoformat(), **above, font={"color": tokens.ink3})


Happened = tuple[_EventRow, list[tuple[date, Any]]]


def event_rows(events: pd.DataFrame, window: Window) -> list[Happened]:
    """Rows of events with at least one in the window.

    Args:
        events: `event_marks`.
        window: The time shown.

    Returns:
        Each row's form, and its events by day.
    """
    mine: dict[str, list[tuple[date, Any]]] = {}
    for event in records(events):
        span = bounds(event, "event_date")
        if span is None:
            continue
        # A long span, or one with an open end, counts from its start.
        day = middle(span) if (span[1] - span[0]).days <= 366 else span[0]
        if window.holds(day):
            mine.setdefault(event.kind_code, []).append((day, event))
    found: list[Happened] = []
    for row in _EVENT_ROWS:
        members = [pair for kind in row[3] for pair in mine.get(kind, ())]
        if members:
            found.append((row, sorted(members, key=lambda pair: (pair[0], pair[1].event_id))))
    return found


def draw_events(draft: Draft, window: Window, rows: Sequence[Happened]) -> None:
    """Draws the rows of events at the head, with names where the next mark leaves room.

    Args:
        draft: The figure.
        window: The time shown.
        rows: `event_rows`.
    """
    tokens, is_narrow = draft.look.palette, draft.look.is_narrow
    for number, ((label, symbol, size, _), events) in enumerate(rows):
        y = number * (1.5 if is_narrow else 0.95)
        draft.scatter(
            x=[day.isoformat() for day, _ in events],
            y=[y] * len(events),
            mode="markers",
            customdata=[event.event_id for _, event in events],
            hovertext=[
                f"<b>{plotly(event.name, 120)}</b><br>{date_words(event.event_date)}<br>"
                + wrapped(event.summary or "")
                for _, event in events
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            marker={
                "symbol": symbol,
                "size": size,
                "color": tokens.ink2,
                "line": {"color": tokens.ink2, "width": 1.8},
            },
        )
        nexts = [day for day, _ in events[1:]] + [window.end]
        for (day, event), following in zip(events, nexts, strict=True):
            room = window.width(day, following)
            if not is_narrow and text_width(event.name, 11) + 16 < room:
                font = {"size": 11, "color": tokens.ink3}
                draft.note(plotly(event.name), x=day.isoformat(), y=y, xshift=8, font=font)
        font = {"color": tokens.ink3}
        place = {"x": 0, "xref": "paper"}
        if is_narrow:
            draft.note(label, **place, y=y - 0.62, font=font)
        else:
            draft.note(label, **place, xshift=-10, y=y, xanchor="right", font=font)


def denials_in(denials: pd.DataFrame, window: Window) -> dict[str, list[tuple[date, Any]]]:
    """Denials in the window by transfer.

    Args:
        denials: `denials`.
        window: The time shown.

    Returns:
        Day and row of each, by transfer.
    """
    found: dict[str, list[tuple[date, Any]]] = {}
    for row in records(denials):
        span = bounds(row, "said_date")
        if span is not None and window.holds(day := middle(span)):
            found.setdefault(row.transfer_id, []).append((day, row))
    return found


def draw_denials(
    draft: Draft,
    marks: Marks,
    denied: dict[str, list[tuple[date, Any]]],
    placed_at: dict[str, float],
) -> None:
    """Draws a cross per denial; one beside a day mark drops below it.

    Args:
        draft: The figure.
        marks: What the rows drew.
        denied: `denials_in`.
        placed_at: Middle of each transfer's row.
    """
    tokens = draft.look.palette
    crosses = []
    for key, said in denied.items():
        for day, row in said:
            if key in placed_at:
                y = placed_at[key]
                crosses.append((day, y + 0.34 if marks.is_near_day_mark(day, y) else y, row))
    if not crosses:
        return
    at = {
        "x": [day.isoformat() for day, *_ in crosses],
        "y": [y for _, y, _ in crosses],
        "mode": "markers",
    }
    # Paper around each cross parts it from the bar under it.
    for colour, size, width in ((tokens.paper, 10, 5.5), (tokens.deny, 9, 2.4)):
        marker = {"symbol": "x-thin-open", "size": size, "color": colour}
        marker["line"] = {"color": colour, "width": width}
        if colour == tokens.paper:
            draft.scatter(**at, marker=marker, hoverinfo="skip")
            continue
        draft.scatter(
            **at,
            marker=marker,
            customdata=[row.statement_id for *_, row in crosses],
            hovertext=[
                f"<b>Denied</b> by {plotly(row.speaker, 80)}<br>{date_words(row.said_date)}<br>"
                + wrapped(row.summary or "")
                for *_, row in crosses
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )


def curtain(draft: Draft, window: Window, y: float) -> None:
    """Hatches the days after the as-known day; there is nothing behind it to hide.

    Args:
        draft: The figure.
        window: The time shown.
        y: Foot of the plot.
    """
    tokens = draft.look.palette
    left = window.clip(window.end).isoformat()
    right = shifted(window.last, window.days(6)).isoformat()
    draft.scatter(
        x=[left, right, right, left, left],
        y=[y + 2, y + 2, -4, -4, y + 2],
        fill="toself",
        mode="none",
        hoverinfo="skip",
        fillcolor=tokens.paper,
        fillpattern={
            "shape": "/",
            "fgcolor": tokens.grid,
            "bgcolor": tokens.paper,
            "size": 9,
            "solidity": 0.16,
            "fillmode": "replace",
        },
    )
    line = {"color": tokens.known_rule, "width": 2}
    draft.shape(type="line", x0=left, x1=left, y0=0, y1=1, yref="paper", line=line)
    words = f"As known on {day_words(window.end)}"
    is_left = window.width(window.end, window.last) > text_width(words, 13) + 10
    draft.note(
        f"<b>{words}</b>",
        x=left,
        y=1,
        yref="paper",
        yshift=-11,
        xshift=6 if is_left else -6,
        xanchor="left" if is_left else "right",
        bgcolor=tokens.paper,
        font={"color": draft.look.palette.ink},
    )
