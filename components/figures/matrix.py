"""Matrix: who says what of which transfer; shape is the stance, empty is silence."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.figures.draft import Draft, empty_figure
from components.figures.lettering import fitted, stacked
from components.figures.transfer_marks import DIRECTIONS, code_words
from components.text import count_words, plotly
from components.theme import Look, stance_symbol
from data.load import records

_NOTHING = "No statement in this selection is about a transfer."
_PARTIES = ("iran", "russia")
_OTHERS = "others"
_LEFT, _NARROW_LEFT = 204, 118
_SIZES = {"confirms": 13, "denies": 10, "declines": 10}
_WIDTHS = {"line-ew-open": 2.6, "x": 0.0, "x-open": 1.5}
_VERBS = {"asserts": "says so", "denies": "denies", "declines": "declines to confirm"}


def _sides(frame: pd.DataFrame) -> list[tuple[str, str]]:
    """Ids and names of the columns: the parties, those who speak of most, all others."""
    names = dict(zip(frame["side_id"], frame["side"], strict=True))
    breadth = frame["side_id"].value_counts()

    def rank(side: str) -> tuple[int, int, str]:
        if side in _PARTIES:
            return (0, _PARTIES.index(side), side)
        return (2 if side == _OTHERS else 1, -int(breadth[side]), side)

    return [(side, names[side]) for side in sorted(names, key=rank)]


def _plan(
    frame: pd.DataFrame, transfers_by_direction: Mapping[str, Sequence[str]]
) -> list[tuple[str, str]]:
    """Rows from top to bottom as (direction, "") for a head or ("", transfer)."""
    order = list(dict.fromkeys(frame["transfer_id"]))
    plan: list[tuple[str, str]] = []
    for direction, transfers in transfers_by_direction.items():
        held = set(transfers)
        mine = [transfer for transfer in order if transfer in held]
        if mine:
            plan += [(direction, ""), *(("", transfer) for transfer in mine)]
    return plan


def _hover(row: Any) -> str:
    said = ", then ".join(_VERBS.get(stance, code_words(stance)) for stance in row.stances)
    return (
        f"<b>{plotly(row.side, 60)}</b> on {plotly(row.transfer, 80)}<br>{said}<br>"
        f"{count_words(len(row.statement_ids), 'statement')}"
    )


def matrix_chart(
    frame: pd.DataFrame, transfers_by_direction: Mapping[str, Sequence[str]], look: Look
) -> go.Figure:
    """Draws what each speaker's side says of each transfer.

    Two marks in a cell mean that the position changed or is divided; an empty cell is
    silence. Marks are filled by the stage spoken of where the frame tells it.

    Args:
        frame: As `data.queries.statements.matrix` gives it. A column `stages` (stage
            codes, one for each of `stances`) sets the fill; without it all are solid.
        transfers_by_direction: Transfer ids by direction code, in the order of the
            heads; transfers that aren't named are left out.
        look: Palette and width.

    Returns:
        The figure; customdata of a mark is `transfer_id|side_id`.
    """
    plan = _plan(frame, transfers_by_direction) if len(frame) else []
    if not plan:
        return empty_figure(look, _NOTHING)
    tokens, is_narrow = look.palette, look.is_narrow
    sides = _sides(frame)
    names = dict(zip(frame["transfer_id"], frame["transfer"], strict=True))
    left = _NARROW_LEFT if is_narrow else _LEFT
    top = 100 if is_narrow else 48
    count = len(plan)
    draft = Draft(
        look,
        count * (30 if is_narrow else 27) + top + 6,
        left=left,
        right=4,
        top=top,
        bottom=6,
    )
    lines = {number: transfer for number, (_, transfer) in enumerate(plan) if transfer}
    size = 12 if is_narrow else 13
    draft.axis(
        "y",
        range=[count - 0.5, -0.5],
        tickvals=list(lines),
        ticktext=[fitted(names[transfer], left - 12, size) for transfer in lines.values()],
        tickfont={"size": size, "color": tokens.ink},
        ticks="outside",
        ticklen=8,
        tickcolor="rgba(0,0,0,0)",
    )
    labels = (
        [fitted(name, 94, 12) for _, name in sides]
        if is_narrow
        else [stacked(name, 74, 13) for _, name in sides]
    )
    draft.axis(
        "x",
        range=[-0.5, len(sides) - 0.5],
        tickvals=list(range(len(sides))),
        ticktext=labels,
        side="top",
        tickfont={"size": size, "color": tokens.ink2},
        tickangle=-90 if is_narrow else 0,
    )
    _ground(draft, plan, sum(side in _PARTIES for side, _ in sides), left)
    _cells(draft, frame, {transfer: n for n, transfer in lines.items()}, sides)
    return draft.figure()


def _ground(draft: Draft, plan: Sequence[tuple[str, str]], parties: int, left: int) -> None:
    """Adds the parties' tint, the lines between rows and the heads."""
    tokens, bottom = draft.look.palette, len(plan) - 0.5
    if parties:
        draft.shape(
            type="rect",
            x0=-0.5,
            x1=parties - 0.5,
            y0=-0.5,
            y1=bottom,
            fillcolor=tokens.band,
            line={"width": 0},
            layer="below",
        )
        draft.shape(
            type="line",
            x0=parties - 0.5,
            x1=parties - 0.5,
            y0=-0.5,
            y1=bottom,
            line={"color": tokens.rule, "width": 1},
            layer="below",
        )
    for number, (direction, _) in enumerate(plan):
        draft.shape(
            type="line",
            xref="paper",
            x0=-1,
            x1=1,
            y0=number - 0.5,
            y1=number - 0.5,
            line={"color": tokens.rule if direction else tokens.grid, "width": 1},
            layer="below",
        )
        if direction:
            draft.note(
                f"<b>{DIRECTIONS[direction]}</b>",
                x=0,
                xref="paper",
                xshift=4 - left,
                y=number,
                font={"size": 13, "color": tokens.direction_text(direction)},
            )


def _cells(
    draft: Draft,
    frame: pd.DataFrame,
    row_of: Mapping[str, int],
    sides: Sequence[tuple[str, str]],
) -> None:
    """Adds the marks, those of one cell side by side, or stacked where it is narrow."""
    tokens, is_narrow = draft.look.palette, draft.look.is_narrow
    column_of = {side: number for number, (side, _) in enumerate(sides)}
    colours = {"denies": tokens.deny, "declines": tokens.ink3}
    marks: list[tuple[float, float, str, float, float, str, str, str]] = []
    for row in records(frame):
        if row.transfer_id not in row_of:
            continue
        stances = tuple(row.stances)
        stages = tuple(getattr(row, "stages", ())) or (None,) * len(stances)
        hover, key = _hover(row), f"{row.transfer_id}|{row.side_id}"
        for number, (stance, stage) in enumerate(zip(stances, stages, strict=True)):
            aside = (number - (len(stances) - 1) / 2) * (0.42 if len(stances) < 3 else 0.3)
            symbol = stance_symbol(stance, stage)
            marks.append(
                (
                    column_of[row.side_id] + (0 if is_narrow else aside),
                    row_of[row.transfer_id] + (aside if is_narrow else 0),
                    symbol,
                    _SIZES.get(stance, 11) - (2 if is_narrow else 0),
                    _WIDTHS.get(symbol, 1.8),
                    colours.get(stance, tokens.ink),
                    key,
                    hover,
                )
            )
    columns = (list(part) for part in zip(*marks, strict=True))
    xs, ys, symbols, sizes, widths, inks, keys, hovers = columns
    draft.scatter(
        x=xs,
        y=ys,
        mode="markers",
        customdata=keys,
        marker={
            "symbol": symbols,
            "size": sizes,
            "color": inks,
            "opacity": 1,
            "line": {"width": widths, "color": inks},
        },
        hovertext=hovers,
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def matrix_alt(frame: pd.DataFrame, transfers_by_direction: Mapping[str, Sequence[str]]) -> str:
    """Alternative text of `matrix_chart`.

    Args:
        frame: As for the figure.
        transfers_by_direction: As for the figure.

    Returns:
        Two sentences, unescaped.
    """
    plan = _plan(frame, transfers_by_direction) if len(frame) else []
    shown = frame[frame["transfer_id"].isin([transfer for _, transfer in plan if transfer])]
    if shown.empty:
        return f"An empty matrix of statements. {_NOTHING}"
    by_transfer: dict[str, set[str]] = {}
    for row in records(shown):
        by_transfer.setdefault(row.transfer_id, set()).update(row.stances)
    disputed = [said for said in by_transfer.values() if "denies" in said and "asserts" in said]
    transfers = count_words(len(by_transfer), "transfer")
    sides = count_words(shown["side_id"].nunique(), "side")
    both = "is both asserted and denied" if len(disputed) == 1 else "are both asserted and denied"
    return (
        f"Matrix of {transfers} down and {sides} of speakers across, the two parties first. "
        f"{count_words(len(disputed), 'transfer')} {both}; "
        f"{len(shown)} of {len(by_transfer) * shown['side_id'].nunique()} cells hold a statement."
    )
