"""The timeline with its lanes, window and overlays; evidence stands beside it."""

from contextlib import nullcontext
from datetime import date

import pandas as pd
import streamlit as st

from components.figures.timeline import ROW
from components.figures.timeline_labels import LANE_CODE
from components.figures.timeline_plan import Plan
from components.glyphs import image, stance, tile
from components.panels.boundary import boundary
from components.panels.figure import footing, show_figure, small
from components.panels.filters import choose_dates
from components.panels.settings import chosen, kept, set_setting, setting
from components.panels.timeline_drawing import Wanted, drawing
from components.panels.timeline_evidence import mark_evidence, show_mark, shown_mark
from components.panels.timeline_table import rows_label
from components.panels.timeline_window import density_brush, window_controls, window_days
from components.panels.visit import Visit
from data.queries.timeline import LANES

_KEY = "timeline"
_LAST, _FROM_TABLE = "timeline_last_click", "timeline_from_table"
_SHOWN = {
    "denials": "Denials",
    "sanctions": "Sanctions",
    "strikes": "Strikes",
    "diplomacy": "Diplomacy",
    "uses": "First uses",
    "others": "Other events",
    "views": "Views",
}
_PANEL_HEIGHT = 560  # px


def reading(visit: Visit) -> str:
    """How to read the marks, in one line."""
    palette = visit.look.palette

    def box(reach: str, *, is_contested: bool = False) -> str:
        return image(tile(palette, "other", reach, is_contested=is_contested))

    return (
        f"{box('promised')} promised, waiting {box('under_way')} arriving {box('arrived')} arrived "
        f"{box('alleged')} alleged {box('alleged', is_contested=True)} a party denies it "
        f"{image(stance(palette, 'denies'))} a denial. Diamonds are single days. Faded or dotted: "
        "the day lies in a range; whiskers: about that day. Arrow ends: not over."
    )


def _controls(visit: Visit) -> None:
    # On a phone they would push the chart off the first screen.
    with (
        st.expander("Lanes, days and overlays", type="compact", icon=":material/tune:")
        if visit.look.is_narrow
        else nullcontext(),
        st.container(horizontal=True, gap="medium", vertical_alignment="bottom"),
    ):
        st.segmented_control("Lanes", list(LANES), format_func=str.capitalize, **kept("lanes"))
        st.segmented_control(
            "Rows",
            ["packed", "each"],
            format_func={"packed": "Packed", "each": "One each"}.__getitem__,
            **kept("rows"),
        )
        window_controls(visit)
        st.pills(
            "Also show",
            list(_SHOWN),
            format_func=_SHOWN.__getitem__,
            selection_mode="multi",
            **kept("show"),
        )


@boundary("The timeline")
def full_timeline(visit: Visit) -> None:
    """Shows the timeline with its controls, evidence, strip and table.

    Args:
        visit: The visit.
    """
    _controls(visit)
    first, last = window_days(visit)
    wanted = Wanted(
        first,
        last,
        *(setting("lanes"), setting("rows"), setting("zoom")),
        *(chosen("show"), chosen("opened"), chosen("folded")),
    )
    drawn = drawing(visit.selected, wanted, visit.look)
    plan = drawn.plan
    mark = shown_mark()
    is_beside = bool(mark) and not st.session_state.get(_FROM_TABLE)
    # The column for evidence is always there, if only as a sliver: the chart keeps its
    # place in the page, and so its scroll, when evidence opens.
    chart, panel = st.columns([2.15, 1] if is_beside and not visit.look.is_narrow else [999, 1])
    with chart:
        show_figure(
            drawn.figure,
            key=_KEY,
            alt=drawn.alt,
            reading=reading(visit),
            is_clickable=True,
            on_click=lambda code: _click(plan, code),
        )
        small(drawn.words)
    if is_beside:
        _evidence_beside(visit, plan, mark, panel)
    _lane_controls(plan)
    density_brush(visit, plan.margins if plan.is_packed else None)
    small(
        footing(
            visit.selected,
            "a bar runs from the earliest to the latest day that counted statements allow.",
        )
    )
    _table(visit, drawn.rows)


def _click(plan: Plan, code: str | None) -> None:
    """What a click in the chart does; a second one on the same place takes it back."""
    state = st.session_state
    state[_FROM_TABLE] = False
    code = code or state.get(_LAST)
    is_again = code == state.get(_LAST)
    state[_LAST] = code
    if not code:
        return
    if code.startswith(LANE_CODE):
        _toggle(plan, code.removeprefix(LANE_CODE))
    elif code.startswith("days:"):
        first, _, last = code.removeprefix("days:").partition("/")
        choose_dates(date.fromisoformat(first), date.fromisoformat(last))
    else:
        show_mark("" if is_again and shown_mark() == code else code)


def _toggle(plan: Plan, lane: str) -> None:
    """Opens or folds a lane."""
    is_folded = any(one.lane.code == lane and one.level == "folded" for one in plan.lanes)
    opened, folded = set(chosen("opened")) - {lane}, set(chosen("folded")) - {lane}
    (opened if is_folded else folded).add(lane)
    set_setting("opened", *sorted(opened))
    set_setting("folded", *sorted(folded))


def _lane_controls(plan: Plan) -> None:
    """Opening and folding lanes by keyboard."""
    if len(plan.lanes) < 2:
        return
    labels = {one.lane.code: one.lane.label for one in plan.lanes}
    now = [one.lane.code for one in plan.lanes if one.level != "folded"]
    st.session_state["timeline_lanes_open"] = now

    def changed() -> None:
        wanted = set(st.session_state["timeline_lanes_open"])
        for lane in wanted.symmetric_difference(now):
            _toggle(plan, lane)

    with st.popover("Open or fold lanes", icon=":material/unfold_more:", type="tertiary"):
        st.pills(
            "Open lanes",
            list(labels),
            format_func=labels.__getitem__,
            selection_mode="multi",
            key="timeline_lanes_open",
            on_change=changed,
        )


def _evidence_beside(
    visit: Visit, plan: Plan, mark: str, panel: st.delta_generator.DeltaGenerator
) -> None:
    if visit.look.is_narrow:
        st.dialog("Evidence", on_dismiss=_close)(lambda: _evidence(visit, mark))()
        return
    with panel:
        drop = _height_of(plan, mark) - _PANEL_HEIGHT // 3
        if drop > 40:
            st.space(drop)
        with st.container(border=True, height=_PANEL_HEIGHT, key="timeline_evidence"):
            _evidence(visit, mark, has_close=True)


def _height_of(plan: Plan, mark: str) -> int:
    """Pixels from the head of the chart to a transfer's row; 0 for other marks."""
    rows = [placed for lane in plan.lanes for placed in lane.placed]
    found = next((each.y for each in rows if each.line.row.transfer_id == mark), 0.0)
    return int(found * ROW)


def _close() -> None:
    show_mark("")


def _evidence(visit: Visit, mark: str, *, has_close: bool = False) -> None:
    if has_close:
        st.button(
            "Close", icon=":material/close:", type="tertiary", key="timeline_close", on_click=_close
        )
    if not mark_evidence(visit, mark):
        small("What this link points to is not known under the filters and the day in force.")


def _table(visit: Visit, rows: pd.DataFrame) -> None:
    def selected() -> None:
        places = st.session_state["timeline_table"]["selection"]["rows"]
        st.session_state[_FROM_TABLE] = bool(places)
        show_mark(str(rows["id"].iloc[places[0]]) if places and places[0] < len(rows) else "")

    # Sent only when it is opened: it holds every mark, and each run would send it again.
    table = st.expander(
        rows_label(rows),
        type="compact",
        icon=":material/table_rows:",
        key="timeline_rows_open",
        on_change="rerun",
    )
    if not table.open:
        return
    with table:
        small("With the keyboard: arrow keys to a row, then Shift and Space to select it.")
        st.dataframe(
            rows,
            key="timeline_table",
            hide_index=True,
            height=380 if len(rows) > 10 else "content",
            column_config={"id": None},
            on_select=selected,
            selection_mode="single-row",
        )
        mark = shown_mark()
        if mark and st.session_state.get(_FROM_TABLE):
            with st.container(border=True, key="timeline_table_evidence"):
                _evidence(visit, mark)
