"""Positions over time: what people conclude, one mark per view."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.figures.draft import Draft, empty_figure
from components.figures.lettering import fitted, stacked, text_width, time_ticks, wrapped
from components.text import count_words, date_words, plain, plotly
from components.theme import Look
from data.load import records

_NOTHING = "No view in this selection takes a position on either question."
_QUESTIONS = {"support": "Will Russia help Iran?", "tie": "Where is the tie going?"}
_LEFT = 168
# The least room for the drawing that a width promises.
_WIDE_PIXELS, _NARROW_PIXELS = 560.0, 320.0
_MARK, _STEP = 8.0, 9.6  # px: a mark, and from one of a stack to the next
_TALLEST = 260.0  # px of a stack; beyond that marks overlap
_VAGUE_DAYS = 40


@dataclass(frozen=True, slots=True)
class _Mark:
    """One view on the chart.

    Attributes:
        day: Middle of its stack.
        level: How many marks are below it.
        is_vague: True if its day is uncertain.
        row: The view.
    """

    day: date
    level: int
    is_vague: bool
    row: Any


def _bounds(row: Any) -> tuple[date, date] | None:
    """First and last day of a view; an open end falls on the known one."""
    low, high = row.said_date_earliest, row.said_date_latest
    if pd.isna(low) and pd.isna(high):
        return None
    return (low if pd.notna(low) else high).date(), (high if pd.notna(high) else low).date()


def _middle(bounds: tuple[date, date]) -> date:
    return date.fromordinal((bounds[0].toordinal() + bounds[1].toordinal()) // 2)


def _is_official(row: Any) -> bool:
    return bool(getattr(row, "is_official", False))


def _stacks(rows: Sequence[Any], start: date, bin_days: int) -> tuple[list[_Mark], int]:
    """Marks of one answer stacked by month, officials at the foot, and the tallest stack."""
    heights: dict[int, int] = {}
    marks: list[_Mark] = []
    dated = [(row, bounds) for row in rows if (bounds := _bounds(row))]
    dated.sort(key=lambda item: (not _is_official(item[0]), item[1], item[0].view_id))
    for row, bounds in dated:
        column = (_middle(bounds) - start).days // bin_days
        level = heights.get(column, 0)
        heights[column] = level + 1
        day = start.toordinal() + column * bin_days + bin_days // 2
        is_vague = (bounds[1] - bounds[0]).days > _VAGUE_DAYS
        marks.append(_Mark(date.fromordinal(min(day, date.max.toordinal())), level, is_vague, row))
    return marks, max(heights.values(), default=0)


def _answers(positions: pd.DataFrame) -> list[tuple[str, list[Any]]]:
    """Questions with their answers, in the order of the vocabulary."""
    ordered = list(records(positions.sort_values("order")))
    return [
        (words, [row for row in ordered if row.question_code == question])
        for question, words in _QUESTIONS.items()
    ]


def _hover(row: Any, *, is_narrow: bool) -> str:
    width = 40 if is_narrow else 58
    said = row.said_date if isinstance(row.said_date, str) else None
    person = wrapped(row.person, width, 120)
    return f"<b>{person}</b><br>{date_words(said)}<br>{wrapped(row.summary or '', width, 420)}"


def positions_chart(
    frame: pd.DataFrame,
    positions: pd.DataFrame,
    look: Look,
    turns: Sequence[tuple[date, str]] = (),
    until: date | None = None,
) -> go.Figure:
    """Draws who stood where when: a row per answer, a mark per view, stacked by month.

    Squares are officials, discs analysts and journalists; hollow where the day is
    uncertain by more than a month.

    Args:
        frame: As `data.queries.views.positions_over_time` gives it; `is_official` may
            be among its columns, else all marks are discs.
        positions: The position vocabulary: `code`, `label`, `order`, `question_code`.
        look: Palette and width.
        turns: Turning points to mark, as days with a name of a few words. The caller
            leaves out whatever wasn't known by the as-known date.
        until: Right end of the axis; the last view if that is later, or None.

    Returns:
        The figure. Each dated view with a position has its id in the customdata once.
    """
    codes = {row.code for _, answers in _answers(positions) for row in answers}
    rows = [row for row in records(frame) if row.position_code in codes and _bounds(row)]
    days = [_middle(bounds) for row in rows if (bounds := _bounds(row))]
    if not days:
        return empty_figure(look, _NOTHING)
    tokens, is_narrow = look.palette, look.is_narrow
    pixels = _NARROW_PIXELS if is_narrow else _WIDE_PIXELS
    start = date(min(days).year, 1, 1)
    end = max([*days, *([until] if until else [])])
    span = max((end - start).days, 365)
    end_number = min(date.max.toordinal(), start.toordinal() + span + max(span // 60, 8))
    bin_days = max(61 if is_narrow else 30, round(span * (_MARK + 1) / pixels))
    draft = Draft(look, 100, left=4 if is_narrow else _LEFT, right=10, top=30, bottom=24)
    height = 0.0  # px from the top of the drawing, downwards
    for question, answers in _answers(positions):
        draft.note(
            f"<b>{question}</b>",
            x=0,
            xref="paper",
            xshift=0 if is_narrow else 4 - _LEFT,
            y=height + 14,
            font={"size": 13},
            bgcolor=tokens.paper,
        )
        _rule(draft, height, tokens.rule, from_names=True)
        height += 30
        for answer in answers:
            mine = [row for row in rows if row.position_code == answer.code]
            marks, tallest = _stacks(mine, start, bin_days)
            step = min(_STEP, _TALLEST / max(tallest, 1))
            if is_narrow:
                _answer_name(draft, height + 9, answer.label, len(mine))
                height += 18
            height += max(38.0 if not is_narrow else 20.0, tallest * step + 10)
            if not is_narrow:
                _answer_name(draft, height - 15, answer.label, len(mine))
            _marks(draft, marks, height, step)
            _rule(draft, height, tokens.grid, from_names=False)
            height += 4
        height += 6
    draft.layout["height"] = round(height + 54)
    draft.axis("y", range=[height, 0], showticklabels=False)
    ticks = time_ticks(start, date.fromordinal(end_number), pixels)
    draft.day_axis((start.toordinal(), end_number), ticks)
    shown = [(d, name) for d, name in turns if start.toordinal() <= d.toordinal() <= end_number]
    turn_lines(draft, shown, pixels / (end_number - start.toordinal()))
    return draft.figure()


def _rule(draft: Draft, height: float, colour: str, *, from_names: bool) -> None:
    draft.shape(
        type="line",
        xref="paper",
        x0=-1 if from_names and not draft.look.is_narrow else 0,
        x1=1,
        y0=height,
        y1=height,
        line={"color": colour, "width": 1},
        layer="below",
    )


def _answer_name(draft: Draft, height: float, label: str, count: int) -> None:
    """Adds an answer's name and how many views give it."""
    tokens = draft.look.palette
    number = f" <span style='color:{tokens.ink3}'>{count:,}</span>"
    if draft.look.is_narrow:
        name = fitted(label, 260, 13)
        draft.note(
            name + number,
            x=0,
            xref="paper",
            y=height,
            font={"size": 13, "color": tokens.ink},
            bgcolor=tokens.paper,
        )
        return
    draft.note(
        stacked(label, _LEFT - 44, 13) + number,
        x=0,
        xref="paper",
        xshift=-10,
        y=height,
        xanchor="right",
        align="right",
        font={"size": 13, "color": tokens.ink},
    )


def _marks(draft: Draft, marks: Sequence[_Mark], foot: float, step: float) -> None:
    """Adds the marks of one answer, standing on its line."""
    tokens = draft.look.palette
    if not marks:
        return
    colours = [tokens.ink if _is_official(m.row) else tokens.third for m in marks]
    draft.marks(
        [mark.day.toordinal() for mark in marks],
        [foot - 7 - mark.level * step for mark in marks],
        symbol=["square" if _is_official(mark.row) else "circle" for mark in marks],
        size=[7.5 if _is_official(mark.row) else 8 for mark in marks],
        color=[
            tokens.paper if mark.is_vague else colour
            for mark, colour in zip(marks, colours, strict=True)
        ],
        line={"width": 1.5, "color": colours},
        customdata=[mark.row.view_id for mark in marks],
        hovertext=[_hover(mark.row, is_narrow=draft.look.is_narrow) for mark in marks],
    )


def turn_lines(draft: Draft, turns: Sequence[tuple[date, str]], pixels_a_day: float) -> None:
    """Adds the turning points, named above the drawing where there is room."""
    tokens = draft.look.palette
    taken: list[tuple[float, float]] = []
    for day, name in sorted(turns):
        number = day.toordinal()
        draft.shape(
            type="line",
            x0=number,
            x1=number,
            y0=0,
            y1=1,
            yref="paper",
            layer="below",
            line={"color": tokens.strong, "width": 1, "dash": "2px,3px"},
        )
        half = text_width(plain(name, 40), 12) / 2 + 4
        middle = number * pixels_a_day
        # A name that would be cut at the right edge stands to the left of its line.
        is_last = middle + half > draft.layout["xaxis"]["range"][1] * pixels_a_day
        centre = middle - half if is_last else middle
        if all(abs(centre - place) >= half + other for place, other in taken):
            taken.append((centre, half))
            draft.note(
                plotly(name, 40),
                x=number,
                y=1,
                yref="paper",
                yshift=11,
                xanchor="right" if is_last else "center",
                font={"color": tokens.ink3},
            )


def positions_alt(frame: pd.DataFrame, positions: pd.DataFrame) -> str:
    """Alternative text of `positions_chart`.

    Args:
        frame: As for the figure.
        positions: As for the figure.

    Returns:
        Two sentences, unescaped.
    """
    counts = frame["position_code"].value_counts()
    found = []
    total = 0
    for question, answers in _answers(positions):
        said = [
            (int(counts[row.code]), plain(row.label, 60)) for row in answers if row.code in counts
        ]
        if said:
            total += sum(count for count, _ in said)
            answered = ", ".join(f"{label} {count}" for count, label in said)
            found.append(f"{question.rstrip('?')}: {answered}")
    if not found:
        return f"An empty chart of positions over time. {_NOTHING}"
    return (
        f"Dot chart over time of {count_words(total, 'view')}, a row per answer to two "
        f"questions, stacked by month. {'; '.join(found)}."
    )
