"""What records said wrongly, and what they say now."""

from collections.abc import Collection

import pandas as pd
import streamlit as st

from components.panels.boundary import boundary
from components.panels.visit import Visit
from components.text import markdown
from data.load import records


def correction_table(corrections: pd.DataFrame) -> None:
    """Shows corrections, latest first.

    Args:
        corrections: Rows of the corrections table.
    """
    ordered = corrections.sort_values(["corrected_date", "correction_id"], ascending=[False, True])
    shown = [
        {
            "Day": row.corrected_date.replace("-", "\u2011"),
            "Record": f"`{row.record_id}`",
            "Was": markdown(row.was),
            "Now": markdown(row.now),
            "Why": markdown(row.reason),
        }
        for row in records(ordered)
    ]
    st.table(pd.DataFrame(shown), border="horizontal", hide_index=True)


@boundary("The list of corrections")
def record_corrections(visit: Visit, ids: Collection[str]) -> None:
    """Shows corrections of a record and of what belongs to it, up to the as-known date.

    Args:
        visit: The visit.
        ids: Ids of the record, of the statements about it, and of its deliveries.
    """
    known = visit.dataset.corrections
    day = visit.selection.as_of
    found = known[known["record_id"].isin(set(ids))]
    if day is not None:
        found = found[found["corrected_date_latest"] <= pd.Timestamp(day)]
    if found.empty:
        return
    st.header("Corrected", anchor=False)
    correction_table(found)
