"""What a page says where nothing fits, and what it could not understand."""

from collections.abc import Mapping

import streamlit as st

from components.panels.address import (
    forgive_problems,
    made_with,
    problems,
    shown_page,
    unknown_keys,
)
from components.panels.chips import active_filters, drop_buttons
from components.panels.search import did_you_mean, found_elsewhere
from components.panels.visit import current_visit
from components.text import markdown
from data.selection import Selection

# Tables whose rows a page shows, by what it has none of.
_TABLES = {
    "transfer": ("transfers",),
    "transfer or event": ("transfers", "events"),
    "tie": ("transfers", "events", "relations"),
    "statement": ("statements",),
    "view": ("views",),
}


def empty_result(what: str, selection: Selection, labels: Mapping[str, Mapping[str, str]]) -> None:
    """Says that nothing fits, and offers other words and to take each filter away.

    Args:
        what: What there is none of, e.g. `transfer`.
        selection: The filters in force.
        labels: Labels by query key and code, as `Choices.labels` has them.
    """
    with st.container(border=True, gap="small", key=f"empty_{what}"):
        active = active_filters(selection, labels)
        if not active:
            st.markdown(f"**No {what} is recorded.** What is not listed may still have happened.")
            return
        st.markdown(
            f"**No {what} fits all the filters.** Take one away, or remember that what is not "
            "listed may still have happened."
        )
        visit = current_visit()
        if selection.q:
            did_you_mean(visit, _TABLES[what])
        with st.container(horizontal=True, gap="small"):
            drop_buttons(active, f"drop_{what}")
        if selection.q and shown_page() != "overview":
            found_elsewhere(visit, _TABLES[what])


def faulty_link(version: str) -> bool:
    """Says what a link asked for and could not be understood.

    Args:
        version: Data version that is shown.

    Returns:
        True if the page must show nothing in its place.
    """
    for key in unknown_keys():
        st.info(
            f"This link has a part that means nothing here, and was left out: {markdown(key, 40)}"
        )
    found = problems()
    if not found:
        return False
    st.title("This link asks for something that is not understood", anchor=False)
    with st.container(border=True, key="faulty_link"):
        if made_with() not in ("", version):
            st.markdown(
                f"The link was made with data version {markdown(made_with(), 40)}; this is version "
                f"{markdown(version, 40)}. In it could not be found:"
            )
        for problem in found:
            st.markdown("- " + markdown(str(problem), 600))
        st.markdown(
            "Nothing is shown in its place, because that would be more than the link asked for."
        )
        st.button(
            "Go on with the rest of the link",
            icon=":material/arrow_forward:",
            on_click=forgive_problems,
        )
    return True
