"""The days that a timeline shows: presets, zoom, steps and the brush."""

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from components.figures.density import density_strip, density_strip_alt
from components.panels.figure import brush_figure, small
from components.panels.filters import choose_dates, drop_filter
from components.panels.settings import kept, setting
from components.panels.visit import Visit
from components.theme import Look
from data.queries.ledger import as_of_day
from data.queries.timeline import statements_per_quarter
from data.selection import Selected

_SINCE = {"2021": "Since 2021", "2005": "Since 2005", "all": "All"}
_FIRST_YEARS = {"2021": 2021, "2005": 2005, "all": 1988}
_ZOOMS = {"year": "Years", "quarter": "Quarters", "month": "Months"}
_LENGTHS = {"quarter": 1096, "month": 365}  # days that a zoom shows


def window_days(visit: Visit) -> tuple[date, date]:
    """First and last day of the timeline.

    Args:
        visit: The visit.

    Returns:
        The page's own dates where it has any; else what zoom and preset ask for.
    """
    last = min(visit.selection.last or date.max, as_of_day(visit.selected))
    first = visit.selection.first
    if first is None:
        length = _LENGTHS.get(setting("zoom"))
        since = date(_FIRST_YEARS[setting("since")], 1, 1)
        first = max(since, last - timedelta(length)) if length else since
    if first >= last:
        first = date(last.year - 1, 1, 1)
    return first, last


def window_controls(visit: Visit) -> None:
    """Preset, zoom, and steps to earlier and later days."""
    first, last = window_days(visit)
    has_dates = visit.selection.first is not None
    st.segmented_control(
        "Window",
        list(_SINCE),
        format_func=_SINCE.__getitem__,
        disabled=has_dates or setting("zoom") != "year",
        help="Dates from the sidebar or the strip below take its place, and so does a zoom.",
        **kept("since"),
    )

    def zoomed() -> None:
        """Keeps the middle of the days where the page has dates of its own."""
        length = _LENGTHS.get(setting("zoom"))
        if has_dates and length is None:
            drop_filter("dates")
        elif has_dates and length is not None:
            _choose(visit, first + (last - first) / 2 - timedelta(length // 2), length)

    st.segmented_control(
        "Zoom",
        list(_ZOOMS),
        format_func=_ZOOMS.__getitem__,
        help="Years: the whole window. Quarters: three years. Months: one year. Counts and ticks "
        "follow.",
        **kept("zoom", zoomed),
    )
    length = (last - first).days
    with st.container(horizontal=True, gap="xsmall", width="content"):
        st.button(
            "Earlier",
            icon=":material/chevron_left:",
            type="tertiary",
            key="timeline_earlier",
            help="Half a window back. Sets the days of the whole page.",
            on_click=lambda: _choose(visit, first - timedelta(length // 2), length),
        )
        st.button(
            "Later",
            icon=":material/chevron_right:",
            icon_position="right",
            type="tertiary",
            key="timeline_later",
            disabled=last >= as_of_day(visit.selected),
            help="Half a window on. Sets the days of the whole page.",
            on_click=lambda: _choose(visit, first + timedelta(length // 2), length),
        )
        if has_dates:
            st.button(
                "All days",
                icon=":material/close:",
                type="tertiary",
                key="timeline_all_days",
                on_click=drop_filter,
                args=("dates",),
            )


def _choose(visit: Visit, first: date, length: int) -> None:
    """Sets the page's days, no later than the day that is known."""
    last = min(first + timedelta(length), as_of_day(visit.selected))
    choose_dates(last - timedelta(length), last)


def _without_dates(visit: Visit) -> Selected:
    return replace(visit.selection, first=None, last=None).apply(visit.dataset)


@lru_cache(maxsize=32)
def _quarters(selected: Selected) -> pd.DataFrame:
    return statements_per_quarter(selected)


@lru_cache(maxsize=32)
def _strip(
    selected: Selected, first: date, last: date, look: Look, margins: tuple[int, int] | None
) -> go.Figure:
    return density_strip(_quarters(selected), first=first, last=last, look=look, margins=margins)


def density_brush(visit: Visit, margins: tuple[int, int] | None) -> None:
    """The strip of statements per quarter, across which days can be dragged.

    It shows all days, whatever the page's dates, so that it can widen them too.

    Args:
        visit: The visit.
        margins: Left and right margin of the timeline above it.
    """
    every = _without_dates(visit)
    quarters = _quarters(every)
    if visit.look.is_narrow or len(quarters) < 2:
        return
    first, last = window_days(visit)
    brush_figure(
        _strip(every, first, last, visit.look, margins),
        key="density",
        alt=density_strip_alt(quarters, first=first, last=last),
        on_brush=choose_dates,
    )
    small("Drag across the strip to set the days for the whole page.")
