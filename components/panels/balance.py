"""Whose views these are, and who is missing."""

import pandas as pd
import streamlit as st

from components.panels.figure import small
from components.panels.visit import Visit
from components.text import count_words, list_words, markdown
from data.queries.speakers import balance

_KNOWN_GAPS = (
    "Read from stored copies of public pages, of each its opening part only.",
    "No views in their own words were found for some well-known specialists (Watling, Hinz, Nasr, "
    "Massicot), and only old ones for others (Trenin, Divsallar, Vakil).",
    "Nothing after 19 August 2026, and little after May 2026.",
)


def _shares(counts: dict[str, int], head: str) -> None:
    every = sum(counts.values())
    st.dataframe(
        pd.DataFrame(
            {
                head: list(counts),
                "Views": list(counts.values()),
                "Share": [100 * count / every for count in counts.values()],
            }
        ),
        hide_index=True,
        height="content" if len(counts) < 12 else 420,
        column_config={
            "Share": st.column_config.ProgressColumn(format="%.0f%%", min_value=0, max_value=100)
        },
    )


def balance_panel(visit: Visit) -> None:
    """Shares of views by country and kind of speaker, and who isn't heard."""
    found = balance(visit.selected)
    every = len(visit.selected.rows.views)
    st.header("Whose views are these?", anchor=False)
    loud = list_words([f"{markdown(name)} ({count})" for name, count in found.loudest], 3)
    st.markdown(
        f"{count_words(every, 'view')}; most often heard: {loud}. "
        f"{count_words(found.verbatim, 'view has', 'views have')} verbatim words; all others are "
        "told in our words."
    )
    left, right = st.columns(2)
    with left:
        st.subheader("By country spoken from", anchor=False)
        _shares(found.by_country, "Country")
    with right:
        st.subheader("By kind of speaker", anchor=False)
        _shares(found.by_role, "Kind of speaker")
    st.header("Who is missing?", anchor=False)
    for name, (free, of) in found.without_officials.items():
        if of:
            st.markdown(
                f"- {markdown(name)}: {free} of {count_words(of, 'view')} come from anybody but an "
                "official."
            )
    if found.unheard:
        st.markdown(
            "- Party to a transfer or event, but without a single view here: "
            f"{list_words([markdown(name) for name in found.unheard], 40)}."
        )
    read = [f"{markdown(tag)} {share:.0f}%" for tag, share in found.languages.items()]
    st.markdown(f"- Languages of the pages read: {list_words(read, 8)}.")
    for gap in _KNOWN_GAPS:
        st.markdown(f"- {gap}")
    small("Counts follow the filters; a share says how often somebody is heard, not who is right.")
