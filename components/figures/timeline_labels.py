"""The words on a timeline: heads of lanes, names and values of rows, names at marks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from components.figures.draft import HIT, TIME_MARGINS, Draft
from components.figures.lettering import fitted, shifted
from components.figures.timeline_lanes import after
from components.figures.timeline_plan import Placed, Plan, PlannedLane
from components.figures.timeline_rows import Window
from components.figures.transfer_marks import DIRECTIONS, value_words

LANE_CODE = "lane:"  # before the code of a lane whose head was clicked


def right_edge(window: Window) -> date:
    """End of the axis: a little past the last day, for half a triangle."""
    return shifted(window.last, window.days(6))


def draw_head(draft: Draft, plan: Plan, planned: PlannedLane, *, has_toggles: bool) -> None:
    """The lane's name on a rule, how many it holds, and whether it can be opened."""
    tokens, is_narrow = draft.look.palette, draft.look.is_narrow
    lane, y = planned.lane, planned.head
    is_side = lane.code in DIRECTIONS
    colour = tokens.direction_text(lane.code) if is_side else tokens.ink
    left = plan.margins[0] if plan.is_packed else TIME_MARGINS[0]
    is_spread = is_narrow and not plan.is_packed
    verb = "open" if planned.level == "folded" else "fold"
    toggle = f" · <u>{verb}</u>" if has_toggles else ""
    count = f"  {len(lane.lines):,}{toggle}"
    draft.note(
        f"<b>{fitted(lane.label, 320, 14)}</b>"
        f'<span style="font-size:12px;color:{tokens.ink3}">{count}</span>',
        x=0,
        xref="paper",
        xshift=0 if is_narrow else 6 - left,
        y=y - (0.25 if is_spread else 0),
        font={"size": 14, "color": colour},
    )
    rule = y - (0.85 if is_spread else 0.55)
    line = {"color": tokens.rule, "width": 1}
    draft.shape(type="line", x0=-2, x1=2, xref="paper", y0=rule, y1=rule, line=line)


def draw_head_areas(draft: Draft, plan: Plan) -> None:
    """What takes the clicks on lane heads."""
    if not plan.lanes:
        return
    window = plan.window
    whole = (right_edge(window) - window.first).days * 86_400_000
    draft.bar(
        orientation="h",
        base=[window.first.isoformat()] * len(plan.lanes),
        x=[whole] * len(plan.lanes),
        y=[planned.head for planned in plan.lanes],
        width=0.8,
        customdata=[LANE_CODE + planned.lane.code for planned in plan.lanes],
        hovertext=[
            "Click to open this lane" if planned.level == "folded" else "Click to fold this lane"
            for planned in plan.lanes
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"color": HIT, "line": {"width": 0}},
    )


def draw_labels(draft: Draft, window: Window, placed: Sequence[Placed]) -> None:
    """Names at the ends of packed marks."""
    if not placed:
        return
    edge = right_edge(window)
    draft.scatter(
        mode="text",
        cliponaxis=False,
        hoverinfo="skip",
        # Past the axis' end Plotly would leave them out.
        x=[min(edge, _label_day(each, window)).isoformat() for each in placed],
        y=[each.y for each in placed],
        text=["\u00a0" + each.label for each in placed],
        textposition="middle right",
        textfont={"size": 11, "color": draft.look.palette.ink},
    )


def _label_day(placed: Placed, window: Window) -> date:
    aside = (17 if placed.line.is_rough else 5) + after(placed.line)
    return shifted(window.clip(placed.line.seen[1]), window.days(aside))


def draw_names(draft: Draft, window: Window, placed: Sequence[Placed]) -> None:
    """Names and what arrived: left and right of the rows, above them where narrow.

    They are tick labels and one trace of text: a note for each would cost more than
    the rest of the figure.
    """
    if not placed:
        return
    tokens = draft.look.palette
    heights = [each.y for each in placed]
    values = [
        fitted(value_words(each.line.row), 165 if draft.look.is_narrow else 150, 12)
        for each in placed
    ]
    text: dict[str, Any] = {"mode": "text", "cliponaxis": False, "hoverinfo": "skip"}
    if draft.look.is_narrow:
        names = [fitted(each.line.row.name, 165, 12) for each in placed]
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
        ticktext=[fitted(each.line.row.name, 182, 13) for each in placed],
        ticklabelstandoff=7,
        showticklabels=True,
    )
    draft.scatter(
        **text,
        x=[right_edge(window).isoformat()] * len(placed),
        y=heights,
        text=["\u00a0\u00a0\u00a0" + value for value in values],
        textposition="middle right",
        textfont={"size": 12, "color": tokens.ink2},
    )
