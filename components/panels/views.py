"""The views page: facets, chips, and one panel at a time."""

from functools import lru_cache

import pandas as pd
import streamlit as st

from components.panels.balance import balance_panel
from components.panels.boundary import boundary
from components.panels.chips import chips
from components.panels.empty import empty_result
from components.panels.figure import small
from components.panels.outcomes import denial_list, forecast_list
from components.panels.quote import view_cards
from components.panels.settings import kept, set_setting, setting
from components.panels.stands import camps, over_time
from components.panels.view_facets import view_facets_panel
from components.panels.visit import Visit
from components.text import count_words
from data.page_settings import VIEW_PANELS
from data.queries.views import ORDERS, ordered, view_table
from data.query_string import choices
from data.selection import Selected

_PER_PAGE = 18
_PANELS = {
    "cards": "What they say",
    "time": "Over time: who moved",
    "camps": "Topics and camps",
    "forecasts": "Expected, and then",
    "denials": "Officials who denied",
    "balance": "Who is heard",
}
_ORDERS = {"date": "latest first", "person": "by person", "topic": "by topic"}


@lru_cache(maxsize=32)
def _table(selected: Selected) -> pd.DataFrame:
    return view_table(selected)


def _named(visit: Visit) -> None:
    """The one view that the link names, above all others."""
    known = visit.selected.known.views
    row = known[known["view_id"] == setting("view")]
    with st.container(border=True, key="named_view"):
        if row.empty:
            st.markdown(
                "**The view that this link names isn’t known here.** It may have become public "
                "later than the as-known date, be graded lower, or have been withdrawn."
            )
        else:
            st.markdown("**The view that this link names**")
            view_cards(visit, view_table(visit.selected, row), is_views_page=True)
        st.button("Back to all views", icon=":material/undo:", on_click=set_setting, args=("view",))


def _cards(visit: Visit, table: pd.DataFrame) -> None:
    st.header(_PANELS["cards"], anchor=False)
    small(
        "Words in quotation marks stand so in the source, at the place given. Everything else is "
        "our wording of the position."
    )
    st.segmented_control("Order", ORDERS, format_func=_ORDERS.__getitem__, **kept("sorted"))
    rows = ordered(table, setting("sorted"), visit.dataset.vocabularies["topics"])
    pages = max(1, -(-len(rows) // _PER_PAGE))
    page = min(max(int(setting("page") or 1), 1), pages)
    shown = rows.iloc[(page - 1) * _PER_PAGE : page * _PER_PAGE]
    if pages > 1:
        first = (page - 1) * _PER_PAGE + 1
        small(f"{first} to {first + len(shown) - 1} of {len(rows)}")
    view_cards(visit, shown, uncited=setting("view"), is_views_page=True)
    if pages > 1:
        if str(page) != setting("page"):
            set_setting("page", str(page))
        st.pagination(pages, **kept("page"))


@boundary("The views")
def views_page(visit: Visit) -> None:
    """Shows the views with their facets.

    Args:
        visit: The visit.
    """
    labels = choices(visit.dataset).labels
    if setting("view"):
        _named(visit)
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
    st.segmented_control("Show", VIEW_PANELS, format_func=_PANELS.__getitem__, **kept("panel"))
    match setting("panel"):
        case "time":
            over_time(visit, table)
        case "camps":
            camps(visit, table)
        case "forecasts":
            forecast_list(visit, table)
        case "denials":
            denial_list(visit)
        case "balance":
            balance_panel(visit)
        case _:
            _cards(visit, table)
