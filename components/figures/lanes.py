"""Statement lanes: who said what when, one line per speaker, one mark per statement."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.figures.draft import Draft, empty_figure
from components.figures.lane_axis import (
    NAME_MARGIN,
    DayAxis,
    name_margin,
    order_axis,
    scale_axis,
    when,
)
from components.figures.lane_marks import DECLINES, hover_words, mark_style
from components.figures.lane_plan import LanePlan, beside, plan_lanes
from components.figures.lettering import fitted
from components.text import count_words, plain, plotly
from components.theme import Look
from data.claims import DENYING
from data.load import records

_NOTHING = "No statements known by this date."
_MARGIN = 14
_PITCH = 25  # px per speaker


def statement_lanes(
    rows: pd.DataFrame, groups: Mapping[str, str], spacing: str, look: Look
) -> go.Figure:
    """Draws every statement about a transfer on its speaker's line.

    Shape is the stance, fill the stage spoken of, size the credibility. Improbable
    and withdrawn statements are small and pale, repeats small and tied to what they
    repeat. An uncertain day has a thin line over the days that it may be.

    Args:
        rows: As `data.queries.record.statements_about` gives them.
        groups: Labels of speaker groups by code, in the order of drawing.
        spacing: `order` (equal steps per day) or `scale`.
        look: Palette and width.

    Returns:
        The figure. Each statement has its id in the customdata once.
    """
    if rows.empty:
        return empty_figure(look, _NOTHING)
    found = list(records(rows))
    spans = [when(row) for row in found]
    plan = plan_lanes(found, groups, is_narrow=look.is_narrow)
    lanes = list(zip(plan.heights, spans, strict=True))
    axis = (
        scale_axis(spans, is_narrow=look.is_narrow)
        if spacing == "scale"
        else order_axis(lanes, is_narrow=look.is_narrow)
    )
    draft = Draft(
        look,
        round(plan.total * _PITCH + 72),
        left=8 if look.is_narrow else name_margin(name for _, name in plan.lanes),
        right=_MARGIN,
        top=22,
        bottom=44,
    )
    _ground(draft, plan, axis)
    places = beside(axis, [axis.place(span) for span in spans], plan.heights)
    if spacing == "scale":
        _whiskers(draft, axis, lanes)
    number_of = {row.statement_id: number for number, row in enumerate(found)}
    ties: tuple[list[float | None], list[float | None]] = ([], [])
    for number, row in enumerate(found):
        original = number_of.get(row.derived_from_id)
        if original is not None:
            ties[0].extend([places[number], places[original], None])
            ties[1].extend([plan.heights[number], plan.heights[original], None])
    draft.lines(ties, look.palette.strong)
    retracted = set(rows["retracts_id"].dropna())
    styles = [
        mark_style(row, look.palette, is_retracted=row.statement_id in retracted) for row in found
    ]
    symbols, sizes, widths, colours = (list(part) for part in zip(*styles, strict=True))
    draft.marks(
        places,
        plan.heights,
        symbol=symbols,
        size=sizes,
        color=colours,
        line={"width": widths, "color": colours},
        customdata=[row.statement_id for row in found],
        hovertext=[
            hover_words(row, is_retracted=row.statement_id in retracted, is_narrow=look.is_narrow)
            for row in found
        ],
    )
    return draft.figure()


def _ground(draft: Draft, plan: LanePlan, axis: DayAxis) -> None:
    """Adds the lines, names, heads and the axis of days."""
    tokens, is_narrow = draft.look.palette, draft.look.is_narrow
    left = draft.layout["margin"]["l"]
    names = [fitted(name, left - NAME_MARGIN, 13) for _, name in plan.lanes]
    draft.axis(
        "y",
        range=[plan.total - 0.4, -0.75],
        tickvals=[height for height, _ in plan.lanes],
        ticktext=names,
        showticklabels=not is_narrow,
        ticks="outside",
        ticklen=0 if is_narrow else 9,
        tickcolor="rgba(0,0,0,0)",
        showgrid=True,
        gridcolor=tokens.grid,
    )
    if is_narrow:
        for height, name in plan.lanes:
            draft.note(
                fitted(name, 300, 12),
                x=0,
                xref="paper",
                y=height - 0.78,
                font={"color": tokens.ink},
                bgcolor=tokens.paper,
            )
    for height, label in plan.heads:
        draft.note(
            f"<b>{plotly(label, 60)}</b>",
            x=0,
            xref="paper",
            xshift=0 if is_narrow else 8 - left,
            y=height,
            font={"size": 13},
            bgcolor=tokens.paper,
        )
        draft.shape(
            type="line",
            xref="paper",
            x0=0 if is_narrow else -1,
            x1=1,
            y0=height - 0.55,
            y1=height - 0.55,
            line={"color": tokens.rule, "width": 1},
        )
    draft.day_axis(
        (axis.first, axis.last),
        axis.ticks,
        has_grid=axis.has_grid,
        tickfont={"size": 11, "color": tokens.ink2},
    )
    for place in axis.years:
        draft.shape(
            type="line",
            x0=place,
            x1=place,
            y0=0,
            y1=1,
            yref="paper",
            layer="below",
            line={"color": tokens.rule, "width": 1},
        )
    for place, label in axis.gaps:
        draft.shape(
            type="rect",
            x0=place - axis.gap_half,
            x1=place + axis.gap_half,
            y0=0,
            y1=1,
            yref="paper",
            fillcolor=tokens.paper,
            line={"width": 0},
            layer="between",
        )
        for edge in {place - axis.gap_half, place + axis.gap_half}:
            draft.shape(
                type="line",
                x0=edge,
                x1=edge,
                y0=0,
                y1=1,
                yref="paper",
                layer="between",
                line={"color": tokens.strong, "width": 1, "dash": "1px,3px"},
            )
        if label:
            draft.note(
                label,
                x=place,
                y=1,
                yref="paper",
                yshift=10,
                xanchor="center",
                font={"size": 11, "color": tokens.ink3},
            )


def _whiskers(draft: Draft, axis: DayAxis, lanes: Sequence[tuple[float, Any]]) -> None:
    """Adds a thin line over the days that an uncertain day may be."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for height, span in lanes:
        if span.earliest and span.latest and (span.latest - span.earliest).days > 3:
            start = max(axis.first, float(span.earliest.toordinal()))
            end = min(axis.last, float(span.latest.toordinal()))
            xs += [start, end, None]
            ys += [height, height, None]
    draft.lines((xs, ys), draft.look.palette.strong)


def statement_lanes_alt(rows: pd.DataFrame, groups: Mapping[str, str], spacing: str) -> str:
    """Alternative text of `statement_lanes`.

    Args:
        rows: As for the figure.
        groups: As for the figure.
        spacing: As for the figure.

    Returns:
        Two sentences, unescaped.
    """
    if rows.empty:
        return f"An empty chart of statements. {_NOTHING}"
    counts = rows["group_code"].value_counts()
    split = ", ".join(
        f"{plain(label, 60)} {counts[code]}" for code, label in groups.items() if code in counts
    )
    stances = rows["stance_code"].value_counts()
    denials, silent = int(stances.get(DENYING, 0)), int(stances.get(DECLINES, 0))
    what = "a stage was reached" if rows["stage_code"].notna().any() else "it was so"
    parts = [
        count_words(count, one, many)
        for count, one, many in (
            (
                len(rows) - denials - silent,
                f"says that {what}",
                f"say that {what}",
            ),
            (denials, "denies it", "deny it"),
            (silent, "declines to confirm", "decline to confirm"),
        )
        if count
    ]
    speakers = count_words(rows["speaker_id"].nunique(), "speaker")
    by = "drawn to scale" if spacing == "scale" else "in the order of days"
    return (
        f"{count_words(len(rows), 'statement')} by {speakers}, one line each, {by}: {split}. "
        f"{', '.join(parts)}."
    )
