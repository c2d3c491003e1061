"""The small timeline of the overview."""

from datetime import date

import pandas as pd
import streamlit as st

from components.figures.timeline import timeline, timeline_alt
from components.panels.boundary import boundary
from components.panels.figure import show_figure, small
from components.panels.timeline import reading
from components.panels.timeline_drawing import frames
from components.panels.visit import Visit
from data.queries.ledger import as_of_day
from data.queries.names import names_of
from data.queries.overview import notable
from data.queries.timeline import transfer_lanes

_NOTABLE = 7


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
    spans, denied, events, _ = frames(visit.selected)
    by_id = spans.set_index("transfer_id")
    turns = by_id[["promise_latest", "arrival_end_latest"]].max(axis=1)
    recent = visit.table["transfer_id"].map(turns >= pd.Timestamp(first)).eq(True)
    shown = notable(visit.table[recent], _NOTABLE)
    small(f"The {_NOTABLE} most spoken of in each direction since {first.year}. {reading(visit)}")
    chosen = show_figure(
        timeline(
            *(shown, spans, denied.iloc[:0], events.iloc[:0]),
            first=first,
            last=last,
            as_of=visit.selection.as_of,
            lanes=transfer_lanes(visit.selected, "direction"),
            look=visit.look,
            rows="each",
            plot_width=None if visit.look.is_narrow else 290,
        ),
        key="short_timeline",
        alt=timeline_alt(
            *(shown, spans, denied.iloc[:0]),
            first=first,
            last=last,
            as_of=visit.selection.as_of,
        ),
        is_clickable=True,
    )
    visit.page_link("timeline", "Open the full timeline", icon=":material/arrow_forward:")
    if chosen in names_of(visit.dataset).transfers:
        visit.open_record(str(chosen))
