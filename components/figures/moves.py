"""Who moved, and when: one lane per person, a step for each answer to a question."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.figures.draft import Draft, empty_figure
from components.figures.lettering import fitted, time_ticks, wrapped
from components.figures.positions import turn_lines
from components.text import count_words, date_words, plain, plotly
from components.theme import Look
from data.load import records

_NOTHING = "Nobody in this selection is heard twice with different answers to this question."
_LEFT, _PITCH, _GAP, _MOST = 176, 17.0, 16.0, 24
_WIDE_PIXELS, _NARROW_PIXELS = 700.0, 320.0


def _day(row: Any) -> int | None:
    low, high = row.said_date_earliest, row.said_date_latest
    if pd.isna(low) and pd.isna(high):
        return None
    first, last = (low if pd.notna(low) else high), (high if pd.notna(high) else low)
    return int(first.date().toordinal() + last.date().toordinal()) // 2


def moves_chart(
    views: pd.DataFrame,
    labels: Mapping[str, str],
    look: Look,
    turns: Sequence[tuple[date, str]] = (),
) -> go.Figure:
    """Draws a lane for each person who changed their answer, the latest change first.

    Args:
        views: As `data.queries.stands.answering` gives them, first said first.
        labels: Labels of the answers by code, from the most to the least hopeful.
        look: Palette and width.
        turns: Turning points to mark.

    Returns:
        The figure; each mark has its person's id in the customdata.
    """
    groups = [list(records(group)) for _, group in views.groupby("person_id", sort=False)]
    moved = [rows for rows in groups if len({row.position_code for row in rows}) > 1]
    moved = [[row for row in rows if _day(row) is not None] for rows in moved]
    moved = sorted((rows for rows in moved if len(rows) > 1), key=lambda r: -(_day(r[-1]) or 0))[
        :_MOST
    ]
    if not moved:
        return empty_figure(look, _NOTHING)
    tokens, is_narrow = look.palette, look.is_narrow
    codes = list(labels)
    days = [day for rows in moved for row in rows if (day := _day(row)) is not None]
    start = date.fromordinal(min(days)).replace(month=1, day=1).toordinal()
    end = max(days) + max((max(days) - start) // 25, 20)
    head = 18 if is_narrow else 0
    lane = _PITCH * (len(codes) - 1) + _GAP + head + 14
    draft = Draft(
        look,
        round(lane * len(moved) + 60),
        left=4 if is_narrow else _LEFT,
        right=12,
        top=34,
        bottom=24,
    )
    pixels = _NARROW_PIXELS if is_narrow else _WIDE_PIXELS
    shown = [(turn, name) for turn, name in turns if start <= turn.toordinal() <= end]
    for number, rows in enumerate(moved):
        top = number * lane + head + 12
        heights = {code: top + place * _PITCH for place, code in enumerate(codes)}
        name = fitted(rows[0].person, 150 if not is_narrow else 300, 13)
        draft.note(
            f"<b>{name}</b>",
            x=0,
            xref="paper",
            xshift=0 if is_narrow else -10,
            y=top - 15 if is_narrow else top + _PITCH * (len(codes) - 1) / 2,
            xanchor="left" if is_narrow else "right",
            font={"size": 13, "color": tokens.ink},
        )
        for code, height in heights.items():
            draft.shape(
                type="line",
                xref="paper",
                x0=0,
                x1=1,
                y0=height,
                y1=height,
                layer="below",
                line={"color": tokens.grid, "width": 1},
            )
            if number == 0 and not is_narrow:
                draft.note(
                    plotly(labels[code], 40),
                    x=0,
                    xref="paper",
                    xshift=4,
                    y=height - 8,
                    font={"size": 11, "color": tokens.ink3},
                    bgcolor=tokens.paper,
                )
        draft.scatter(
            x=[_day(row) for row in rows],
            y=[heights[row.position_code] for row in rows],
            mode="lines+markers",
            line={"shape": "hv", "width": 1.6, "color": tokens.ink2},
            cliponaxis=False,
            customdata=[row.person_id for row in rows],
            marker={
                "symbol": ["square" if row.is_official else "circle" for row in rows],
                "size": 9,
                "color": tokens.ink,
                "line": {"width": 1, "color": tokens.paper},
            },
            hovertext=[
                f"<b>{plotly(labels[row.position_code], 60)}</b><br>{wrapped(row.person, 50, 80)}"
                f" · {date_words(row.said_date)}<br>{wrapped(row.summary, 50, 360)}"
                for row in rows
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    draft.axis("y", range=[lane * len(moved), 0], showticklabels=False)
    ticks = time_ticks(date.fromordinal(start), date.fromordinal(end), pixels)
    draft.axis(
        "x",
        range=[start, end],
        tickvals=[day.toordinal() for day, _ in ticks],
        ticktext=[label for _, label in ticks],
        showline=True,
        linecolor=tokens.rule,
        ticks="outside",
        ticklen=4,
        tickcolor=tokens.rule,
    )
    turn_lines(draft, shown, pixels / (end - start))
    return draft.figure()


def moves_alt(views: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Alternative text of `moves_chart`.

    Args:
        views: As for the figure.
        labels: As for the figure.

    Returns:
        Two sentences, unescaped.
    """
    moved = [
        str(group["person"].iloc[0])
        for _, group in views.groupby("person_id", sort=False)
        if group["position_code"].nunique() > 1
    ]
    if not moved:
        return f"An empty chart of changed answers. {_NOTHING}"
    among = ", ".join(plain(label, 60) for label in labels.values())
    return (
        f"Step chart over time of {count_words(len(moved), 'person', 'people')} who changed their "
        f"answer. The answers are {among}; those who moved are "
        f"{', '.join(plain(name, 60) for name in moved[:8])}."
    )
