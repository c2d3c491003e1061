"""The sources of a record, each with its letter and why it has it."""

import pandas as pd
import streamlit as st

from components.glossary import meaning
from components.panels.boundary import boundary
from components.panels.citation import cite_sources_button
from components.panels.figure import small
from components.panels.visit import Visit
from components.text import count_words, date_words
from data.queries.names import names_of
from data.queries.record import sources_about


@boundary("The list of sources")
def sources_section(visit: Visit, record_id: str) -> None:
    """Shows every document that something about a record was read in.

    Args:
        visit: The visit.
        record_id: Which transfer or event.
    """
    rows = sources_about(visit.selected, record_id)
    first_hand = int(rows["is_first_hand"].sum())
    st.header("Sources, with grades", anchor=False, help=meaning("Grade"))
    small(
        f"{count_words(len(rows), 'document')}, {first_hand} of them first-hand. Letter: how "
        "reliable the publisher is on this subject, A to F. The digit of each statement, 1 to 6, "
        "is judged apart and stands with it."
    )
    meanings = names_of(visit.dataset).labels["reliabilities"]
    letters = ", ".join(f"{letter}: {label.lower()}" for letter, label in meanings.items())
    shown = pd.DataFrame(
        {
            "Grade": rows["reliability_code"],
            "Publisher": [
                publisher
                if not original or pd.isna(original)
                else f"{publisher} (copy of {original})"
                for publisher, original in zip(
                    rows["publisher"], rows["original_publisher"], strict=True
                )
            ],
            "Why this letter": rows["reliability_reason"],
            "Title": rows["title"],
            "Published": [date_words(text) for text in rows["published_date"]],
            "Statements": rows["statement_count"],
            "Address": rows["url"],
        }
    )
    is_narrow = visit.look.is_narrow
    st.dataframe(
        shown,
        hide_index=True,
        column_order=["Grade", "Publisher", "Address"] if is_narrow else None,
        row_height=32,
        height=min(480, 38 + 32 * len(shown)),
        placeholder="",
        column_config={
            "Grade": st.column_config.TextColumn(
                width=60, help="Admiralty scale, first half. " + letters
            ),
            "Publisher": st.column_config.TextColumn(width=190),
            "Address": st.column_config.LinkColumn(
                width=100 if is_narrow else 240, display_text="open source" if is_narrow else None
            ),
            "Statements": st.column_config.NumberColumn(width=90),
        },
    )
    cite_sources_button(visit, rows["source_id"].tolist(), record_id, label="Cite these documents")
