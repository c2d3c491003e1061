"""Mirrored amounts in one unit: promised and arrived, Iran's to the left, Russia's to the right."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.figures.amount_bars import NARROW, SYSTEMS, WIDE, Sheet, extent, greatest
from components.figures.draft import Draft, empty_figure
from components.figures.groups import SIDES, Group, between_the_two, grouped
from components.figures.lettering import fitted
from components.figures.transfer_marks import DIRECTIONS, alt_name, value_words
from components.text import count_words, number_words
from components.theme import Look


def _drawn(table: pd.DataFrame, unit: str) -> list[Any]:
    """The transfers that the chart draws, greatest first."""
    rows = [r for r in between_the_two(table) if r.unit_code == unit and greatest(r) >= 0]
    return sorted(rows, key=lambda r: (-greatest(r), r.name, r.transfer_id))


def mirrored_amounts(
    table: pd.DataFrame, categories: pd.DataFrame, look: Look, *, unit: str, by: str = "category"
) -> go.Figure:
    """One bar per transfer that has a number in a unit, on the scale of its group.

    A hollow box is the promise, up to its lowest number; what arrived stands in it, up to
    its lowest number, filled by how far it got. A whisker runs from the lowest to the
    highest number, and ends in an arrow where the words are “or more”. Groups have scales
    of their own, since dozens of aircraft vanish beside thousands of drones; nothing is
    added up. Other directions, other units and transfers without a number are not drawn.

    Args:
        table: `transfer_table`.
        categories: Vocabulary with `code`, `label`, `order`.
        look: Palette and width.
        unit: Unit code; the only unit of the chart.
        by: `category` or `system`.

    Returns:
        A figure whose last trace carries each drawn transfer's id as `customdata`, and
        after it the numbers drawn: promised low and high, arrived low and high.
    """
    rows = _drawn(table, unit)
    if not rows:
        return empty_figure(look, "No number in this unit fits, between Iran and Russia.")
    is_by_system = by == "system"
    form = NARROW if look.is_narrow else SYSTEMS if is_by_system else WIDE
    draft = Draft(look, 0, left=2, right=2, top=30, bottom=4)
    sheet = Sheet(draft, form)
    top = 0.0
    for group in grouped(rows, categories, by):
        top = _draw_group(sheet, group, top, is_by_system=is_by_system and not form.above)
    draft.layout["height"] = int(top) + 34
    reach = form.name + 1 + form.value
    draft.axis("x", visible=False, range=[-reach, reach])
    draft.axis("y", visible=False, range=[top, 0])
    for side, sign in SIDES:
        words, near, far = f"<b>{DIRECTIONS[side]}</b>", "left", "right"
        font = {"size": 15, "color": look.palette.direction_text(side)}
        anchor = (far, near)[sign > 0] if not form.above else (near, far)[sign > 0]
        x = sign * (1 if form.above else form.name + 0.01)
        draft.note(words, x=x, y=1, yref="paper", yshift=15, xanchor=anchor, font=font)
    return sheet.figure()


def _draw_group(sheet: Sheet, group: Group, top: float, *, is_by_system: bool) -> float:
    """Draws a group from `top` on, and says where the next one begins."""
    draft, form = sheet.draft, sheet.form
    tokens = draft.look.palette
    scale = max(extent(row) for row in group.rows) or 1.0
    most = max(greatest(row) for row in group.rows)
    sides = {side: group.side(side) for side, _ in SIDES}
    # One under another where there is no room for names on both sides of the middle.
    count = len(group.rows) if form.above else max(len(rows) for rows in sides.values())
    bottom = top + form.head + count * form.pitch
    if top:
        line = {"color": tokens.grid, "width": 1}
        draft.shape(type="line", x0=0, x1=1, xref="paper", y0=top, y1=top, line=line, layer="below")
    y = top + form.head / 2 + 2
    if is_by_system:
        y = top + form.head + form.pitch / 2
        label = fitted(group.label, form.name_room, 13)
    else:
        label = f"<b>{fitted(group.label, 150 if form.above else 190, 13)}</b>"
    sheet.write(label, 0, y, "center", 13, tokens.ink)
    number = 0
    for side, sign in SIDES:
        if sides[side] and not is_by_system:
            end = sign * (form.name + (most / scale if most else 1))
            words, anchor = number_words(most), "right" if sign > 0 else "left"
            sheet.write(words, end, top + form.head - 9, anchor, 11, tokens.ink3)
            rule = {"color": tokens.grid, "width": 1}
            edges = {"y0": top + form.head, "y1": bottom - 3}
            draft.shape(type="line", x0=end, x1=end, **edges, line=rule, layer="below")
        if not sides[side] and not is_by_system and not form.above:
            x, y = sign * (form.name + 0.01), top + form.head + form.pitch / 2
            sheet.write("no number", x, y, ("left", "right")[sign < 0], 12, tokens.ink3)
        for place, row in enumerate(sides[side]):
            step = number if form.above else place
            number += 1
            middle = top + form.head + (step + 0.5) * form.pitch + form.above / 2
            sheet.draw(
                row,
                sign,
                scale,
                middle,
                is_named=not is_by_system,
                many=len(sides[side]) > 1,
                is_faced=all(len(rows) > place for rows in sides.values()),
            )
    return bottom + 3


def mirrored_amounts_alt(table: pd.DataFrame, unit: str, unit_label: str) -> str:
    """What `mirrored_amounts` shows, in two sentences.

    Args:
        table: `transfer_table`.
        unit: Unit code.
        unit_label: Its words.

    Returns:
        Form and split, then the greatest amount of each side.
    """
    rows = _drawn(table, unit)
    if not rows:
        return "Empty chart. No number in this unit fits, between Iran and Russia."
    split, most = [], []
    for (side, _), place in zip(SIDES, ("left", "right"), strict=True):
        mine, words = [r for r in rows if r.direction_code == side], DIRECTIONS[side]
        words = words.replace("→", "to")
        split.append(f"{words} on the {place}, {len(mine):,}")
        if mine:
            most.append(f"{words}: {alt_name(mine[0])}, {value_words(mine[0])}")
    drawn = count_words(len(rows), "transfer")
    return (
        f"Mirrored bars of {drawn} with numbers in {unit_label}; {'; '.join(split)}. "
        f"Greatest number {'; '.join(most)}."
    )
