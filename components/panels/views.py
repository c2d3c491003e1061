"""The views page: facets, positions over time, cards."""

from datetime import date
from functools import lru_cache

import pandas as pd
import streamlit as st

from components.figures.positions import positions_alt, positions_chart
from components.panels.chips import chips
from components.panels.empty import empty_result
from components.panels.figure import footing, show_figure, small
from components.panels.quote import view_cards
from components.panels.view_facets import view_facets_panel
from components.panels.visit import Visit
from components.text import count_words, date_words
from data.load import records
from data.queries.names import names_of
from data.queries.views import positions_over_time, view_table
from data.query_string import choices
from data.selection import Selected

_PER_PAGE = 18


@lru_cache(maxsize=32)
def _table(selected: Selected) -> pd.DataFrame:
    return view_table(selected)


def _turns(visit: Visit) -> list[tuple[date, str]]:
    """Turning points that the positions are read against: wars and the treaty, as known."""
    events = visit.selected.known.events
    turning = events[events["kind_code"].isin(["war", "treaty"])]
    return [
        (row.event_date_earliest.date(), row.name)
        for row in records(turning.sort_values("event_date_earliest"))
        if pd.notna(row.event_date_earliest)
    ][-4:]


def views_page(visit: Visit) -> None:
    """Shows the views with their facets.

    Args:
        visit: The visit.
    """
    labels = choices(visit.dataset).labels
    if not visit.selected.open_views.empty:
        view_facets_panel(visit)
    table = _table(visit.selected)
    if table.empty:
        empty_result("view", visit.selection, labels)
        return
    chips(visit.selection, labels)
    st.markdown(
        f"**{len(table)} of {len(visit.selected.known.views)}** views, by "
        f"{count_words(table['person_id'].nunique(), 'person or body', 'people and bodies')}"
    )
    positions = visit.dataset.vocabularies["positions"]
    frame = positions_over_time(table)
    if not frame.empty:
        show_figure(
            positions_chart(frame, positions, visit.look, turns=_turns(visit), until=visit.day),
            key="positions",
            alt=positions_alt(frame, positions),
            question="Where did people stand, and when?",
            reading="One mark is one view. ■ officials, ● analysts and journalists; hollow where "
            "the day is uncertain.",
            foot=footing(visit.selected.known, "a view counts once, at the position it takes."),
            table=pd.DataFrame(
                {
                    "Day": [date_words(text) for text in frame["said_date"]],
                    "Who": frame["person"],
                    "Position": frame["position_code"].map(
                        dict(names_of(visit.dataset).labels["positions"])
                    ),
                    "In our words": frame["summary"],
                }
            ),
        )
    st.header("What they say", anchor=False)
    small(
        "Words in quotation marks stand so in the source, at the place given. Everything else is "
        "our wording of the position."
    )
    pages = max(1, -(-len(table) // _PER_PAGE))
    if st.session_state.get("views_page", 1) > pages:
        st.session_state["views_page"] = 1
    page = st.session_state.get("views_page", 1)
    view_cards(visit, table.iloc[(page - 1) * _PER_PAGE : page * _PER_PAGE])
    if pages > 1:
        st.pagination(pages, key="views_page")
