"""Quantities per speaker: what each says was promised or arrived; nothing is averaged."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.figures.draft import HIT, Draft, empty_figure
from components.figures.lane_axis import NAME_MARGIN, name_margin
from components.figures.lettering import fitted, text_width, wrapped
from components.figures.quantity_lines import (
    QuantityLine,
    greatest,
    is_zero_denial,
    quantity_lines,
)
from components.figures.transfer_marks import code_words, fade
from components.text import count_words, date_words, list_words, plain, range_words
from components.theme import Look, mix, quiet

_TURN_WORDS = {"promised": "have been promised", "arrived": "have arrived"}
_NOTHING = "No speaker gives a number."
_RIGHT, _LEAST_RIGHT = 190, 60
_NARROW_ROOM, _NARROW_WORDS = 296, 148  # px of a narrow row's text, and of its wording
_SMALL = 8  # up to here the scale is ticked in whole steps
_UNCOUNTED = "doesn’t move the status"


def _hover(line: QuantityLine, row: Any, *, is_narrow: bool) -> str:
    if len(line.statements) > 1:
        names = list_words(list(dict.fromkeys(plain(r.speaker, 60) for r in line.statements)), 12)
        return f"<b>{wrapped(line.name)}</b><br>{wrapped(names, most=700)}"
    said = "day not known" if pd.isna(row.said_date) else date_words(row.said_date)
    uncounted = "" if row.counts else f"<br><i>{_UNCOUNTED}</i>"
    verb = code_words(row.stance_code)
    width = 40 if is_narrow else 58
    return (
        f"<b>{wrapped(row.speaker, width)}</b> {verb}<br>{wrapped(_words(line), width)}"
        f"<br>said {said}{uncounted}"
    )


def _words(line: QuantityLine) -> str:
    row = line.statements[0]
    return line.words or range_words(row.low, row.high)


def _words_margin(lines: Sequence[QuantityLine]) -> int:
    longest = max(text_width(plain(_words(line), 80), 12) for line in lines)
    return round(min(max(longest + 14, _LEAST_RIGHT), _RIGHT))


def quantities_chart(
    frame: pd.DataFrame,
    turn: str,
    unit_code: str | None,
    direction_code: str,
    look: Look,
) -> go.Figure:
    """Draws the number that each speaker gives, on one scale from nought.

    A dot is one number, a bar with end ticks a range, a fade “at least”, a faint bar
    from nought “up to”. A cross at nought is a denial that anything came; bare
    denials share one row where they are many. What doesn't count is pale.

    Args:
        frame: As `data.queries.record.quantities` gives it.
        turn: `promised` or `arrived`.
        unit_code: The chart's unit; rows in other units are left out, rows without
            a unit (wordings, denials) belong to every chart.
        direction_code: Direction of the transfer.
        look: Palette and width.

    Returns:
        The figure. Every statement drawn has its id in the customdata once.
    """
    lines = quantity_lines(frame, turn, unit_code)
    if not lines:
        return empty_figure(look, _NOTHING)
    most = greatest(lines)
    pitch = 40 if look.is_narrow else 28
    draft = Draft(
        look,
        len(lines) * pitch + 44,
        left=8 if look.is_narrow else name_margin(line.name for line in lines),
        right=16 if look.is_narrow else _words_margin(lines),
        top=10,
        bottom=30,
    )
    tokens = look.palette
    left, right = -(most or 1) * 0.04, (most or 1) * 1.12
    draft.axis(
        "y",
        range=[len(lines) - 0.4, -0.75 if look.is_narrow else -0.6],
        showticklabels=False,
        tickvals=list(range(len(lines))),
        showgrid=True,
        gridcolor=tokens.grid,
    )
    scale: dict[str, Any] = {"nticks": 5 if look.is_narrow else 7}
    if not most:  # nobody gives a number, so there is no scale to draw
        scale = {"tickvals": [0]}
    elif most <= _SMALL:
        scale = {"tick0": 0, "dtick": 1 if most <= _SMALL / 2 else 2}
    draft.axis(
        "x",
        range=[left, right],
        showgrid=True,
        gridcolor=tokens.grid,
        tickformat=",d",
        zeroline=True,
        zerolinecolor=tokens.strong,
        zerolinewidth=1,
        showline=True,
        linecolor=tokens.rule,
        **scale,
    )
    _hit_area(draft, lines, left, right)
    marks: list[tuple[float, int, str, float, float, str]] = []
    for place, line in enumerate(lines):
        _name(draft, place, line)
        marks += _draw(draft, place, line.statements[0], most, direction_code)
    if marks:
        xs, ys, symbols, sizes, widths, colours = (list(part) for part in zip(*marks, strict=True))
        draft.scatter(
            x=xs,
            y=ys,
            mode="markers",
            hoverinfo="skip",
            cliponaxis=False,
            marker={
                "symbol": symbols,
                "size": sizes,
                "color": colours,
                "opacity": 1,
                "line": {"width": widths, "color": colours},
            },
        )
    return draft.figure()


def _hit_area(draft: Draft, lines: Sequence[QuantityLine], left: float, right: float) -> None:
    """Adds the whole width of each row as what is hovered over."""
    hits = [(place, line, row) for place, line in enumerate(lines) for row in line.statements]
    draft.bar(
        orientation="h",
        x=[right - left] * len(hits),
        base=[left] * len(hits),
        y=[place for place, _, _ in hits],
        width=0.9,
        customdata=[row.statement_id for _, _, row in hits],
        hovertext=[_hover(line, row, is_narrow=draft.look.is_narrow) for _, line, row in hits],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"color": HIT, "line": {"width": 0}},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _name(draft: Draft, place: int, line: QuantityLine) -> None:
    """Adds who says it, and how they word it."""
    tokens = draft.look.palette
    words = _words(line)
    if draft.look.is_narrow:
        taken = min(text_width(plain(words, 80), 12), _NARROW_WORDS)
        name = fitted(line.name, _NARROW_ROOM - taken, 12)
        said = fitted(words, _NARROW_ROOM - _NARROW_WORDS, 12)
        draft.note(
            f"{name} <span style='color:{tokens.ink2}'>· {said}</span>",
            x=0,
            xref="paper",
            y=place - 0.44,
            font={"color": tokens.ink},
            bgcolor=tokens.paper,
        )
        return
    draft.note(
        fitted(line.name, draft.layout["margin"]["l"] - NAME_MARGIN, 13),
        x=0,
        xref="paper",
        xshift=-10,
        y=place,
        xanchor="right",
        font={"size": 13, "color": tokens.ink},
    )
    draft.note(
        fitted(words, draft.layout["margin"]["r"] - 12, 12), x=1, xref="paper", xshift=10, y=place
    )


def _draw(
    draft: Draft, place: int, row: Any, most: float, direction_code: str
) -> list[tuple[float, int, str, float, float, str]]:
    """Adds the bar of one row.

    Returns:
        Its marks as (x, y, symbol, size, line width, colour).
    """
    tokens = draft.look.palette
    full = tokens.direction(direction_code)
    cross = tokens.deny if row.counts else quiet(tokens.deny, tokens.paper)
    colour = full if row.counts else quiet(full, tokens.paper)
    low = None if pd.isna(row.low) else float(row.low)
    high = None if pd.isna(row.high) else float(row.high)
    if row.stance_code == "denies" and (low is not None or high is not None):
        numbers = dict.fromkeys(n for n in (low, high) if n is not None)
        return [(number, place, "x-thin-open", 10, 3, cross) for number in numbers]
    if low is None and high is None:
        if not draft.look.is_narrow:
            draft.note(
                "no number",
                x=(most or 1) * 0.012,
                y=place,
                font={"color": tokens.ink3},
                bgcolor=tokens.paper,
            )
        return []
    if low is None:
        _bar(draft, 0, float(row.high), place, mix(colour, tokens.paper, 0.4))
        return [(float(row.high), place, "line-ns-open", 15, 2.5, colour)]
    if high is None:
        end = min(most * 1.1, low + most * 0.22)
        draft.scatter(**fade((low, end), place, 0.13, colour, 0.75, rises=False))
    if high is None or low == high:
        return [(low, place, "circle", 11, 0, colour)]
    _bar(draft, low, high, place, colour)
    return [(end, place, "line-ns-open", 15, 2.5, colour) for end in (low, high)]


def _bar(draft: Draft, start: float, end: float, place: int, colour: str) -> None:
    """Adds a bar to the trace of its colour: a trace each would be slow."""
    for trace in draft.data:
        if trace.get("mode") == "lines" and trace["line"]["color"] == colour:
            trace["x"] += [None, start, end]
            trace["y"] += [None, place, place]
            return
    draft.scatter(
        x=[start, end],
        y=[place, place],
        mode="lines",
        line={"color": colour, "width": 5},
        hoverinfo="skip",
        connectgaps=False,
    )


def quantities_alt(frame: pd.DataFrame, turn: str, unit_code: str | None) -> str:
    """Alternative text of `quantities_chart`.

    Args:
        frame: As for the figure.
        turn: As for the figure.
        unit_code: As for the figure.

    Returns:
        Two sentences, unescaped.
    """
    lines = quantity_lines(frame, turn, unit_code)
    if not lines:
        return f"An empty chart of quantities. {_NOTHING}"
    rows = [row for line in lines for row in line.statements]
    told = [
        row
        for row in rows
        if row.stance_code != "denies" and (pd.notna(row.low) or pd.notna(row.high))
    ]
    ends = [number for row in told for number in (row.low, row.high) if pd.notna(number)]
    denials = sum(is_zero_denial(row) for row in rows)
    units = frame["unit_code"]
    others = ((frame["turn"] == turn) & units.notna() & (units != unit_code)).sum()
    unit = f", in {code_words(unit_code)}" if unit_code else ""
    finding = (
        f"{count_words(len(told), 'statement gives a number', 'statements give numbers')}"
        f" between {range_words(min(ends), min(ends))} and {range_words(max(ends), max(ends))}"
        if told
        else "No statement gives a number"
    )
    if denials:
        finding += f"; {count_words(denials, 'statement denies', 'statements deny')} it altogether"
    if others:
        finding += f"; {count_words(int(others), 'statement')} in other units left out"
    return (
        f"Dot and range chart of how many are said to {_TURN_WORDS[turn]}{unit}, one row per "
        f"statement. {finding}."
    )
