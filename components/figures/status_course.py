"""The status of a transfer over time: a step line on the ladder of stages."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.figures.course_plan import (
    Spoken,
    Stretch,
    arrival_words,
    claimed_days,
    hover_words,
    label_lines,
    rungs,
    status_words,
)
from components.figures.draft import HIT, Draft, empty_figure
from components.figures.lettering import fitted, stacked, text_width, time_ticks
from components.figures.transfer_marks import (
    bar_marker,
    cancelled_stroke,
    contested_frame,
    half_strip,
    stage_fill,
)
from components.text import count_words, day_words
from components.theme import Look
from data.claims import CANCELLED
from data.history import StatusChange

_NOTHING = "No statement that counts was public by this day."
_WIDE_PIXELS, _NARROW_PIXELS = 560.0, 250.0  # the least room that a width promises
_LEFT, _NARROW_LEFT = 132, 84
_PITCH = 72  # px from one stage to the next
_HALF = 0.14  # of a box's height, in stages
_LEAST = 5.0  # px of the shortest stretch
_MARGIN = 0.02  # of the span, at both ends
_CLAIMED = "Claimed arrivals"


def status_course(
    turns: Sequence[StatusChange],
    stages: pd.DataFrame,
    direction_code: str,
    has_licence: bool,
    look: Look,
    *,
    until: date,
    spoken: Mapping[str, Spoken],
    deliveries: pd.DataFrame,
) -> go.Figure:
    """Draws which stage and standing a transfer had from when to when.

    Time runs across, over the days on which something became known; the stages go up.
    Fill is the stage, outline the standing, as in the ladder. A claimed arrival has a
    diamond on the days at which its speaker puts it, which may be before anybody knew.

    Args:
        turns: The turns known by the as-known day, first to last.
        stages: The stage vocabulary: `code`, `label`, `order`.
        direction_code: Direction of the transfer.
        has_licence: Whether licensed production is one of its stages.
        look: Palette and width.
        until: The day as known on which everything is shown.
        spoken: Statements by id, for the words beside and over each turn.
        deliveries: Known deliveries: `delivered_date` with its bounds, `statement_id`,
            `quantity_low`, `quantity_high`, `quantity_as_stated`.

    Returns:
        The figure. Each turn and each claimed arrival has the id of its statement in
        the customdata once.
    """
    if not turns:
        return empty_figure(look, _NOTHING)
    steps = rungs(turns, stages, has_licence=has_licence)
    claimed = claimed_days(deliveries, until)
    starts = [float(turn.day.toordinal()) for turn in turns]
    end = max(float(until.toordinal()), starts[-1])
    first = min([*starts, *(low for low, _, _ in claimed)])
    pixels = _NARROW_PIXELS if look.is_narrow else _WIDE_PIXELS
    span = max(end - first, 30.0)
    day_pixels = pixels / (span * (1 + 2 * _MARGIN))
    least = _LEAST / day_pixels
    stretches = [
        Stretch(turn, turn.after, start, max(stop, start + least))
        for turn, start, stop in zip(turns, starts, [*starts[1:], end], strict=True)
    ]
    foot = 1.0 if claimed else 0.0
    draft = Draft(
        look,
        round((len(steps) + foot) * _PITCH + 44),
        left=_NARROW_LEFT if look.is_narrow else _LEFT,
        right=10,
        top=14,
        bottom=30,
    )
    left, right = first - span * _MARGIN, max(end, stretches[-1].end) + span * _MARGIN
    _ground(draft, steps, (left, right), has_claims=bool(claimed))
    place_of = {code: float(place) for place, (code, _) in enumerate(steps)}
    _risers(draft, stretches, place_of, direction_code)
    for stretch in stretches:
        if stretch.status:
            _box(draft, stretch, place_of[stretch.status.stage_code], direction_code)
    _turn_marks(draft, stretches, place_of, spoken)
    _labels(draft, stretches, place_of, spoken, (right, day_pixels))
    if claimed:
        _arrivals(draft, claimed, direction_code, spoken)
    return draft.figure()


def _ground(
    draft: Draft, steps: Sequence[tuple[str, str]], ends: tuple[float, float], *, has_claims: bool
) -> None:
    """Adds the stages' names and lines, and the axis of days."""
    tokens, is_narrow = draft.look.palette, draft.look.is_narrow
    size = 12 if is_narrow else 13
    room = draft.layout["margin"]["l"] - 14
    names = [stacked(label, room, size) for _, label in steps]
    places = list(range(len(steps)))
    if has_claims:
        names, places = [stacked(_CLAIMED, room, size), *names], [-1, *places]
    draft.axis(
        "y",
        range=[-1.45 if has_claims else -0.45, len(steps) - 0.3],
        tickvals=places,
        ticktext=names,
        tickfont={"size": size, "color": tokens.ink},
        ticks="outside",
        ticklen=6,
        tickcolor="rgba(0,0,0,0)",
        showgrid=True,
        gridcolor=tokens.grid,
    )
    pixels = _NARROW_PIXELS if is_narrow else _WIDE_PIXELS
    low, high = (date.fromordinal(max(1, round(day))) for day in ends)
    draft.day_axis(ends, time_ticks(low, high, pixels))


def _risers(
    draft: Draft, stretches: Sequence[Stretch], place_of: Mapping[str, float], direction: str
) -> None:
    """Adds the upright parts of the step line, between stretches on different stages."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for before, after in pairwise(stretches):
        if before.status and after.status:
            ends = [place_of[s.stage_code] for s in (before.status, after.status)]
            if ends[0] != ends[1]:
                xs += [after.start, after.start, None]
                ys += [*ends, None]
    draft.lines((xs, ys), draft.look.palette.direction(direction), 2)


def _box(draft: Draft, stretch: Stretch, place: float, direction: str) -> None:
    """Adds the box of one stretch: fill by stage, outline by standing."""
    status, tokens = stretch.status, draft.look.palette
    if status is None:
        return
    colour = tokens.direction(direction)
    edge = tokens.strong if status.standing_code == "denied" else colour
    kind = stage_fill(status.stage_code, status.standing_code)
    is_contested = status.standing_code == "contested"
    x, y = (stretch.start, stretch.end), (place - _HALF, place + _HALF)
    draft.bar(
        orientation="h",
        x=[x[1] - x[0]],
        base=[x[0]],
        y=[place],
        width=2 * _HALF,
        marker=bar_marker(
            "hollow" if kind == "half" else kind, edge, tokens, 0 if is_contested else 1.5
        ),
        hoverinfo="skip",
    )
    if kind == "half":
        draft.shape(**half_strip(x, y, colour))
    if status.stage_code == CANCELLED:
        draft.shape(**cancelled_stroke(x, y, edge))
    if is_contested:
        draft.shape(**contested_frame(x, y, tokens))


def _turn_marks(
    draft: Draft,
    stretches: Sequence[Stretch],
    place_of: Mapping[str, float],
    spoken: Mapping[str, Spoken],
) -> None:
    """Adds what is hovered over and clicked: each stretch, as wide as it held."""
    tokens, is_narrow = draft.look.palette, draft.look.is_narrow
    places = [place_of[s.status.stage_code] if s.status else 0.0 for s in stretches]
    draft.marks(
        [stretch.start for stretch in stretches],
        places,
        symbol=["circle" if stretch.status else "circle-x-open" for stretch in stretches],
        size=9,
        color=tokens.ink,
        line={"width": 1.5, "color": tokens.paper},
    )
    draft.bar(
        orientation="h",
        x=[stretch.end - stretch.start for stretch in stretches],
        base=[stretch.start for stretch in stretches],
        y=places,
        width=0.8,
        customdata=[next(iter(stretch.turn.causes), "") for stretch in stretches],
        hovertext=[hover_words(stretch, spoken, is_narrow=is_narrow) for stretch in stretches],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"color": HIT, "line": {"width": 0}},
    )


def _labels(
    draft: Draft,
    stretches: Sequence[Stretch],
    place_of: Mapping[str, float],
    spoken: Mapping[str, Spoken],
    scale: tuple[float, float],
) -> None:
    """Adds the words over or under the turns, the latest first, where they meet no others."""
    right, day_pixels = scale
    pixels = _NARROW_PIXELS if draft.look.is_narrow else _WIDE_PIXELS
    room = min(330.0, pixels)
    # Words over a stage and words under the next one share the gap between the two.
    taken: list[tuple[float, float, float]] = []
    for stretch in reversed(stretches):
        place = place_of[stretch.status.stage_code] if stretch.status else 0.0
        lines = label_lines(stretch, spoken, is_narrow=draft.look.is_narrow)
        at = pixels - (right - stretch.start) * day_pixels
        for is_above, shown in ((True, lines), (False, lines[:1])):
            width = min(max(text_width(line, 12) for line in shown), room)
            is_left = at + width > pixels
            low, high = (at - width, at) if is_left else (at, at + width)
            gap = place if is_above else place - 1
            if low < 0 or any(t[0] == gap and low < t[2] + 8 and t[1] - 8 < high for t in taken):
                continue
            taken.append((gap, low, high))
            draft.note(
                "<br>".join(fitted(line, room, 12) for line in shown),
                x=stretch.start,
                y=place + (_HALF if is_above else -_HALF),
                yshift=3 if is_above else -3,
                xshift=4 if is_left else -4,
                xanchor="right" if is_left else "left",
                yanchor="bottom" if is_above else "top",
                align="right" if is_left else "left",
                bgcolor=draft.look.palette.paper,
            )
            break


def _arrivals(
    draft: Draft,
    claimed: Sequence[tuple[float, float, Any]],
    direction: str,
    spoken: Mapping[str, Spoken],
) -> None:
    """Adds a diamond for each claimed arrival, with a line over the days it may be."""
    tokens = draft.look.palette
    colour = tokens.direction(direction)
    xs: list[float | None] = []
    for low, high, _ in claimed:
        xs += [low, high, None]
    draft.lines((xs, [None if x is None else -1.0 for x in xs]), colour, 1.5)
    draft.marks(
        [(low + high) / 2 for low, high, _ in claimed],
        [-1] * len(claimed),
        symbol="diamond",
        size=11,
        color=tokens.paper,
        line={"width": 1.6, "color": colour},
        customdata=[row.statement_id for *_, row in claimed],
        hovertext=[arrival_words(row, spoken) for *_, row in claimed],
    )


def status_course_alt(
    turns: Sequence[StatusChange], *, until: date, deliveries: pd.DataFrame
) -> str:
    """Alternative text of `status_course`, which tells its arguments.

    Returns:
        Two sentences, unescaped.
    """
    if not turns:
        return f"An empty chart of the status over time. {_NOTHING}"
    claimed = len(claimed_days(deliveries, until))
    told = [f"{status_words(turn.after)} from {day_words(turn.day)}" for turn in turns]
    if len(told) > 8:
        told = [*told[:4], f"{len(told) - 8} further turns", *told[-4:]]
    arrivals = f", and {count_words(claimed, 'claimed arrival')}" if claimed else ""
    return (
        f"Step line of the status on the ladder of stages, {count_words(len(turns), 'turn')} "
        f"known by {day_words(until)}{arrivals}. It was {'; '.join(told)}."
    )
