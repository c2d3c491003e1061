"""Mirrored boxes: one box per transfer, Iran's to the left, Russia's to the right."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.figures.draft import CLEAR, HIT, Draft, empty_figure
from components.figures.groups import SIDES, Group, between_the_two, grouped
from components.figures.lettering import fitted, stacked
from components.figures.transfer_marks import (
    DIRECTIONS,
    REACH_ORDER,
    REACH_WORDS,
    bar_marker,
    fill,
    hover_words,
)
from components.text import count_words, list_words, plain
from components.theme import FONT, Look, Palette, mix


@dataclass(frozen=True, slots=True)
class _Form:
    """Measures of one width, in pixels downwards and in boxes sideways."""

    gutter: float  # from the middle to the first box
    pitch: int  # from row to row
    box: int  # height of a box
    head: int  # room for the group's name above its rows
    fewest: int  # boxes that a row has room for, both sides together
    most: int
    lines: int = 2  # lines of words in a box


_WIDE = _Form(gutter=1.16, pitch=42, box=33, head=0, fewest=12, most=14)
# Systems are many and seldom have more than two transfers: lower rows, wider boxes.
_SYSTEMS = _Form(gutter=0.72, pitch=30, box=22, head=0, fewest=6, most=7, lines=1)
_NARROW = _Form(gutter=0.16, pitch=28, box=23, head=18, fewest=9, most=12)
_WIDTH = 900  # px of a wide figure on a small laptop


@dataclass(frozen=True, slots=True)
class _Box:
    row: Any
    direction: str
    left: float
    right: float
    y: float


def _columns(counts: Counter[tuple[str, str]], form: _Form) -> dict[str, int]:
    """Boxes in a full row of each side: all of them where they fit, else wrapped.

    Where they don't fit, the two sides share the row so that the fewest rows result.
    """
    widest = {
        side: max((n for (_, d), n in counts.items() if d == side), default=1) for side, _ in SIDES
    }
    left, right = (widest[side] for side, _ in SIDES)
    if left + right > form.most:
        named = {category for category, _ in counts}

        def cost(share: int) -> tuple[int, int]:
            across = {SIDES[0][0]: share, SIDES[1][0]: form.most - share}
            rows = sum(max(-(-counts[(c, s)] // across[s]) for s in across) for c in named)
            return rows, abs(form.most - 2 * share)

        left = min(range(2, form.most - 1), key=cost)
        right = form.most - left
    spare = max(form.fewest - left - right, 0)
    return {SIDES[0][0]: left + spare // 2, SIDES[1][0]: right + spare - spare // 2}


def mirrored_boxes(
    table: pd.DataFrame, categories: pd.DataFrame, look: Look, by: str = "category"
) -> go.Figure:
    """One box per transfer in the row of its category or system.

    Fill says how far it got, a dashed frame that a party denies it, a diagonal that it
    was cancelled. Where a group has more boxes than a row has room for, they go on
    in the next row. Transfers of other directions are not drawn.

    Args:
        table: `transfer_table`.
        categories: Vocabulary with `code`, `label`, `order`.
        look: Palette and width.
        by: `category` or `system`.

    Returns:
        A figure whose last trace carries each transfer's id as `customdata`.
    """
    groups = grouped(between_the_two(table), categories, by)
    if not groups:
        return empty_figure(look, "No transfer between Iran and Russia fits.")
    form = _NARROW if look.is_narrow else _SYSTEMS if by == "system" else _WIDE
    tokens = look.palette
    counts = Counter((g.key, row.direction_code) for g in groups for row in g.rows)
    columns = _columns(counts, form)
    draft = Draft(look, 0, left=2, right=2, top=30, bottom=4)
    boxes: list[_Box] = []
    top = 0.0
    for group in groups:
        across = max(-(-counts[(group.key, side)] // columns[side]) for side, _ in SIDES)
        height = form.head + across * form.pitch
        if top:
            line = {"color": tokens.grid, "width": 1}
            draft.shape(
                type="line", x0=0, x1=1, xref="paper", y0=top, y1=top, line=line, layer="below"
            )
        _name(draft, group, top, form)
        for side, sign in SIDES:
            mine = group.side(side)
            mine.sort(key=lambda r: (REACH_ORDER.get(r.reach_code, 9), r.name, r.transfer_id))
            for number, row in enumerate(mine):
                step, place = divmod(number, columns[side])
                edges = (sign * (form.gutter + place + o) for o in (0.06, 0.94))
                left, right = sorted(edges)
                y = top + form.head + (step + 0.5) * form.pitch
                boxes.append(_Box(row, side, left, right, y))
        top += height + (6 if look.is_narrow else 0)
    draft.layout["height"] = int(top) + 34
    reach = {side: columns[side] + form.gutter + 0.08 for side, _ in SIDES}
    draft.axis("x", visible=False, range=[-reach[SIDES[0][0]], reach[SIDES[1][0]]])
    draft.axis("y", visible=False, range=[top, 0])
    _draw_boxes(draft, boxes, form, room=0.88 * _WIDTH / sum(reach.values()))
    for side, sign in SIDES:
        draft.note(
            f"<b>{DIRECTIONS[side]}</b>",
            x=sign * (form.gutter + 0.06),
            y=1,
            yref="paper",
            yshift=15,
            xanchor="right" if sign < 0 else "left",
            font={"size": 15, "color": tokens.direction_text(side)},
        )
    return draft.roomy().figure()


def _name(draft: Draft, group: Group, top: float, form: _Form) -> None:
    tokens = draft.look.palette
    first = top + form.head + form.pitch / 2
    if form.head:
        name, y, size, colour = fitted(group.label, 300, 12), top + 11, 12, tokens.ink2
    elif form.lines == 1:
        name, y, size, colour = fitted(group.label, 186, 13), first, 13, tokens.ink
    else:
        name, y, size, colour = stacked(group.label, 122, 13), first, 13, tokens.ink
    font = {"size": size, "color": colour}
    draft.note(name, x=0, y=y, xanchor="center", align="center", font=font)
    for side, sign in SIDES:
        if not group.side(side):
            draft.note(
                "none" if form.head else "none recorded",
                x=sign * (form.gutter + 0.08),
                y=first,
                xanchor="right" if sign < 0 else "left",
                font={"color": tokens.ink3},
            )


def _halo(tokens: Palette) -> str:
    """A shadow of paper that parts letters from the hatching under them."""
    near = [f"{x}px {y}px 2px {tokens.paper}" for x in (-1, 0, 1) for y in (-1, 0, 1)]
    return ", ".join([*near, f"0 0 4px {tokens.paper}"])


def _draw_boxes(draft: Draft, boxes: Sequence[_Box], form: _Form, room: float) -> None:
    tokens = draft.look.palette
    groups: dict[tuple[str, str, bool], list[_Box]] = {}
    for box in boxes:
        is_contested = box.row.standing_code == "contested"
        groups.setdefault((box.direction, fill(box.row), is_contested), []).append(box)
    labels = {} if form.head else _labels(boxes, room, form.lines)
    sizes = {key: size for key, (_, size) in labels.items()}
    for (direction, kind, is_contested), members in groups.items():
        colour = tokens.direction(direction)
        if kind == "half":
            draft.bar(
                **_bars(members, form.box * 0.4, below=form.box * 0.3),
                marker={"color": colour, "line": {"width": 0}},
                hoverinfo="skip",
            )
        form_of = "hollow" if kind == "half" else kind
        marker = bar_marker(form_of, colour, tokens, 0 if is_contested else 1.5)
        if kind == "half":
            marker["color"] = HIT
        if kind == "hatched" and labels:  # quieter, since a name stands on it
            fine = {"fgcolor": mix(colour, tokens.paper, 0.62), "size": 8, "solidity": 0.16}
            marker["pattern"] |= fine
        draft.bar(
            **_bars(members, form.box),
            text=[labels.get(box.row.transfer_id, ("", 12))[0] for box in members],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            constraintext="none",
            textfont={
                "size": [sizes.get(box.row.transfer_id, 12) for box in members],
                "family": FONT,
                "color": tokens.on_direction(direction) if kind == "solid" else tokens.ink,
                "shadow": _halo(tokens) if kind == "hatched" else "none",
            },
            marker=marker,
            hoverinfo="skip",
        )
    for box in boxes:
        edge = {"x0": box.left, "x1": box.right}
        low, high = box.y - form.box / 2, box.y + form.box / 2
        if box.row.stage_code == "cancelled":
            line = {"color": tokens.direction(box.direction), "width": 1.2}
            draft.shape(type="line", **edge, y0=high, y1=low, line=line)
        if box.row.standing_code == "contested":
            line = {"color": tokens.deny, "width": 2, "dash": "5px,3px"}
            draft.shape(type="rect", **edge, y0=low, y1=high, line=line, fillcolor=CLEAR)
    draft.bar(
        **_bars(boxes, form.box),
        customdata=[box.row.transfer_id for box in boxes],
        hovertext=[hover_words(box.row) for box in boxes],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"color": HIT, "line": {"width": 0}},
    )


def _bars(boxes: Sequence[_Box], height: float, below: float = 0) -> dict[str, Any]:
    return {
        "orientation": "h",
        "x": [box.right - box.left for box in boxes],
        "base": [box.left for box in boxes],
        "y": [box.y + below for box in boxes],
        "width": height,
    }


def _labels(boxes: Sequence[_Box], room: float, lines: int) -> Mapping[str, tuple[str, int]]:
    """A box's words and their size, smaller where they would be cut; by transfer id."""
    found = {}
    for box in boxes:
        name, is_half = box.row.short_name, fill(box.row) == "half"
        words, size = "", 12
        for size in (12, 11):
            words = fitted(name, room, size)
            if lines > 1:  # above the strip at the foot
                words = words + "<br> " if is_half else stacked(name, room, size)
            if "…" not in words:
                break
        found[box.row.transfer_id] = words, size
    return found


def mirrored_boxes_alt(table: pd.DataFrame, categories: pd.DataFrame, by: str = "category") -> str:
    """What `mirrored_boxes` shows, in two sentences.

    Args:
        table: `transfer_table`.
        categories: Vocabulary with `code`, `label`, `order`.
        by: `category` or `system`.

    Returns:
        Form and split, then how far each side got.
    """
    rows = between_the_two(table)
    if not rows:
        return "Empty chart. No transfer between Iran and Russia fits."
    groups = grouped(rows, categories, "category")
    split, found = [], []
    for (side, _), place in zip(SIDES, ("left", "right"), strict=True):
        mine = [row for row in rows if row.direction_code == side]
        words = DIRECTIONS[side].replace("→", "to")
        split.append(f"{words} on the {place}, {len(mine):,}")
        if mine:
            reached = Counter(row.reach_code for row in mine)
            parts = [f"{reached[r]:,} {w}" for r, w in REACH_WORDS.items() if reached[r]]
            often = max(groups, key=lambda group: len(group.side(side)))
            kind = plain(str(often.label), 60).lower()
            contested = sum(row.standing_code == "contested" for row in mine)
            denied = f", {contested:,} of them contested" if contested else ""
            most = f", most often {kind} ({len(often.side(side)):,})" if len(mine) > 1 else ""
            found.append(f"{words}: {list_words(parts)}{denied}{most}")
    drawn = count_words(len(rows), "transfer")
    return f"Mirrored boxes of {drawn} by {by}; {'; '.join(split)}. {'; '.join(found)}."
