"""The small timeline of the overview."""

from datetime import date
from functools import lru_cache

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from components.figures.timeline import timeline, timeline_alt
from components.panels.boundary import boundary
from components.panels.figure import show_figure, small
from components.panels.timeline import reading
from components.panels.timeline_drawing import frames
from components.panels.visit import Visit
from components.theme import Look
from data.queries.ledger import as_of_day, transfer_table
from data.queries.names import names_of
from data.queries.overview import notable
from data.queries.timeline import transfer_lanes
from data.selection import Selected

_NOTABLE = 7


@lru_cache(maxsize=32)
def _drawn(selected: Selected, first: date, last: date, look: Look) -> tuple[go.Figure, str]:
    """Figure and alternative text; treat the figure as read-only."""
    spans, denied, events, _ = frames(selected)
    table, as_of = transfer_table(selected), selected.selection.as_of
    by_id = spans.set_index("transfer_id")
    turns = by_id[["promise_latest", "arrival_end_latest"]].max(axis=1)
    recent = table["transfer_id"].map(turns >= pd.Timestamp(first)).eq(True)
    shown = notable(table[recent], _NOTABLE)
    figure = timeline(
        *(shown, spans, denied.iloc[:0], events.iloc[:0]),
        first=first,
        last=last,
        as_of=as_of,
        lanes=transfer_lanes(selected, "direction"),
        look=look,
        rows="each",
        plot_width=None if look.is_narrow else 290,
    )
    alt = timeline_alt(*(shown, spans, denied.iloc[:0]), first=first, last=last, as_of=as_of)
    return figure, alt


@boundary("The short timeline")
def short_timeline(visit: Visit) -> None:
    """Shows the transfers of the last years on one small timeline.

    Args:
        visit: The visit.
    """
    st.header("How long between promise and arrival?", anchor=False)
    last = min(visit.selection.last or date.max, as_of_day(visit.selected))
    first = visit.selection.first or date(min(2022, last.year - 1), 1, 1)
    if first >= last:
        first = date(last.year - 1, 1, 1)
    small(f"The {_NOTABLE} most spoken of in each direction since {first.year}. {reading(visit)}")
    figure, alt = _drawn(visit.selected, first, last, visit.look)
    chosen = show_figure(
        figure,
        key="short_timeline",
        alt=alt,
        is_clickable=True,
    )
    visit.page_link("timeline", "Open the full timeline", icon=":material/arrow_forward:")
    if chosen in names_of(visit.dataset).transfers:
        visit.open_record(str(chosen))
