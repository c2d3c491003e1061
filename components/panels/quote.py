"""Quote panels: one card per view, verbatim words told apart from ours."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from components.panels.address import query_for, shown_page
from components.panels.citation import cite_button
from components.panels.evidence import letter_words, quotation_text, source_link
from components.panels.figure import small
from components.panels.settings import set_setting, setting
from components.panels.visit import Visit
from components.text import date_words, markdown
from data.load import records
from data.queries.names import Names, names_of
from data.selection import Selection

# The mark of each position stands beside its name, so that it can be found at a glance.
_MARKS = {
    "russia_will_support": ":material/add:",
    "russia_will_support_limited": ":material/more_horiz:",
    "russia_will_not_support": ":material/remove:",
    "relationship_deepening": ":material/north_east:",
    "relationship_transactional": ":material/sync_alt:",
    "relationship_weakening": ":material/south_east:",
}


def position_badge(names: Names, code: str) -> str:
    """Mark and label of a position, as Markdown."""
    mark = _MARKS.get(code, ":material/help:")
    return f"{mark} {markdown(names.label('positions', code))}"


def view_cards(
    visit: Visit, views: pd.DataFrame, *, uncited: str = "", is_views_page: bool = False
) -> None:
    """Shows views as cards.

    Args:
        visit: The visit.
        views: As `view_table` gives them.
        uncited: A view that can be cited elsewhere on the page.
        is_views_page: Whether the page can show one of them alone.
    """
    names, sources = names_of(visit.selected.known), visit.selected.known.sources
    publisher_of = dict(zip(sources["source_id"], sources["publisher_id"], strict=True))
    with st.grid("auto", min_column_width=310, border=True):
        for row in records(views):
            with st.container():
                _card(visit, row, names, publisher_of)
                if row.view_id != uncited:
                    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                        cite_button(visit, "view", row.view_id)
                        _address(visit, row.view_id, is_views_page=is_views_page)


def _card(visit: Visit, row: Any, names: Names, publisher_of: Mapping[str, str]) -> None:
    if row.position_code != "none":
        st.badge(position_badge(names, row.position_code), color="gray")
    quotation_text(row)
    small("In our words:" if row.quotation else "Position, in our words:")
    st.markdown(markdown(row.summary))
    if setting("who") == row.person_id and shown_page() == "person":
        st.markdown(f"**{markdown(row.person)}**")
    else:
        visit.speaker_link(row.person_id, f"**{markdown(row.person)}**")
    then = ", ".join(markdown(part) for part in (row.role, row.organisation) if part)
    kind = markdown(names.label("role_kinds", row.role_kind_code))
    topic = markdown(names.label("topics", row.topic_code))
    lines = [
        f"Then: {then or 'no role given'} · {kind}",
        f"Listed as: {markdown(names.descriptions[row.person_id])}",
        f"{date_words(row.said_date)} · {topic}",
    ]
    st.markdown("  \n".join(f":small[:gray[{line}]]" for line in lines))
    small(
        f"{source_link(row.publisher, row.url)} (publisher grade {row.reliability_code})",
        tip=markdown(letter_words(names, publisher_of[row.source_id]), 600),
    )
    if row.forecast:
        small(f":material/query_stats: Expected: {markdown(row.forecast)}")
    for transfer in row.transfer_ids:
        if shown_page() == "record" and transfer == visit.record:
            continue
        visit.record_link(transfer, f":small[{markdown(names.transfers[transfer])}]")


def _address(visit: Visit, view_id: str, *, is_views_page: bool) -> None:
    """A link to the view alone, as known on the day that is asked for."""
    tip = "Shows this view alone, under an address to pass on"
    if is_views_page:
        st.button(
            "Link",
            icon=":material/link:",
            type="tertiary",
            key=f"address_{view_id}",
            help=tip,
            on_click=set_setting,
            args=("view", view_id),
        )
        return
    query = query_for(Selection(as_of=visit.selection.as_of))
    st.page_link(
        visit.pages["views"],
        label="Link",
        icon=":material/link:",
        query_params={**query, "view": [view_id]},
        help=tip,
        width="content",
    )
