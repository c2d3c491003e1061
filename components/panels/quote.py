"""Quote panels: one card per view, verbatim words told apart from ours."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from components.panels.citation import cite_button
from components.panels.evidence import letter_words, quotation_text, source_link
from components.panels.figure import small
from components.panels.visit import Visit
from components.text import date_words, markdown
from data.load import records
from data.queries.names import Names, names_of

# The mark of each position stands beside its name, so that it can be found at a glance.
_MARKS = {
    "russia_will_support": ":material/add:",
    "russia_will_support_limited": ":material/more_horiz:",
    "russia_will_not_support": ":material/remove:",
    "relationship_deepening": ":material/north_east:",
    "relationship_transactional": ":material/sync_alt:",
    "relationship_weakening": ":material/south_east:",
}


def view_cards(visit: Visit, views: pd.DataFrame) -> None:
    """Shows views as cards.

    Args:
        visit: The visit.
        views: As `view_table` gives them.
    """
    names, sources = names_of(visit.selected.known), visit.selected.known.sources
    publisher_of = dict(zip(sources["source_id"], sources["publisher_id"], strict=True))
    with st.grid("auto", min_column_width=310, border=True):
        for row in records(views):
            with st.container():
                _card(visit, row, names, publisher_of)


def _card(visit: Visit, row: Any, names: Names, publisher_of: Mapping[str, str]) -> None:
    if row.position_code != "none":
        mark = _MARKS.get(row.position_code, ":material/help:")
        st.badge(f"{mark} {markdown(names.label('positions', row.position_code))}", color="gray")
    quotation_text(row)
    if row.quotation:
        small("In our words:")
    st.markdown(markdown(row.summary))
    role = ", ".join(markdown(part) for part in (row.role, row.organisation) if part)
    st.markdown(f"**{markdown(row.person)}**" + (f"  \n:small[{role}]" if role else ""))
    small(
        f"{date_words(row.said_date)} · {markdown(names.label('topics', row.topic_code))} · "
        f"{source_link(row.publisher, row.url)} (publisher grade {row.reliability_code})",
        tip=markdown(letter_words(names, publisher_of[row.source_id]), 600),
    )
    cite_button(visit, "view", row.view_id)
    for transfer in row.transfer_ids:
        visit.record_link(transfer, f":small[{markdown(names.transfers[transfer])}]")
