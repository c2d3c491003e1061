"""Who is sanctioned over a transfer, by whom and since when."""

import pandas as pd
import streamlit as st

from components.panels.boundary import boundary
from components.panels.figure import small
from components.panels.visit import Visit
from components.text import count_words, date_words, markdown
from data.load import records
from data.queries.sanctions import sanctioned_over


@boundary("Who is sanctioned over it")
def sanctions_section(visit: Visit, transfer_id: str) -> None:
    """Shows everyone whom sanctions over a transfer name; nothing where none are known.

    Args:
        visit: The visit.
        transfer_id: Which transfer.
    """
    rows = sanctioned_over(visit.selected, transfer_id)
    if rows.empty:
        return
    st.header("Who is sanctioned over it", anchor=False)
    small(
        f"{count_words(rows['actor_id'].nunique(), 'actor')} named as targets by the sanctions on "
        "record that bear on this transfer. Others may be listed too."
    )
    shown = pd.DataFrame(
        {
            "Who": [f"**{markdown(row.actor)}**" for row in records(rows)],
            "By whom": [markdown(row.by) for row in records(rows)],
            "Since": [date_words(row.event_date).replace(" ", "\u00a0") for row in records(rows)],
        }
    )
    st.table(shown, border="horizontal", hide_index=True)
    for event in records(rows.drop_duplicates("event_id")):
        visit.record_link(
            event.event_id, f":small[{markdown(event.event)}]", icon=":material/gavel:"
        )
