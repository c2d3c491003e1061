"""The pages, in order."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from components.panels.address import query_for
from components.panels.reader_aids import DRAWER_KEY
from components.panels.viewport import current_look
from data.selection import Selection


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page of the app.

    Attributes:
        name: Its path; "" for the first page.
        title: Its name in the navigation.
        file: Its script, relative to this folder.
        question: The question it answers.
    """

    name: str
    title: str
    file: str
    question: str


PAGES: tuple[PageEntry, ...] = (
    PageEntry("overview", "Overview", "app_pages/overview.py", "Who owes whom?"),
    PageEntry("timeline", "Timeline", "app_pages/timeline.py", "What happened when?"),
    PageEntry("ledger", "Ledger", "app_pages/ledger.py", "What was promised, what arrived?"),
    PageEntry("network", "Network", "app_pages/network.py", "Who is tied to whom, and by what?"),
    PageEntry("views", "Views", "app_pages/views.py", "What do those who study it conclude?"),
    PageEntry("record", "Record", "app_pages/record.py", "What is known of one transfer or event?"),
    PageEntry("statements", "Statements", "app_pages/statements.py", "Who says what?"),
    PageEntry("guide", "Guide", "app_pages/guide.py", "How is this read?"),
    PageEntry("method", "Data & method", "app_pages/method.py", "Can this be trusted and reused?"),
)

# Pages that others lead to; the navigation doesn't list them.
SUBPAGES: tuple[PageEntry, ...] = (
    PageEntry("person", "Person or body", "app_pages/person.py", "What has one speaker said?"),
)

EVERY_PAGE = (*PAGES, *SUBPAGES)


def build_pages() -> dict[str, StreamlitPage]:
    """The pages as Streamlit takes them, by name; the first is the default."""
    return {
        entry.name: st.Page(
            entry.file,
            title=entry.title,
            url_path=entry.name if number else "",
            default=number == 0,
        )
        for number, entry in enumerate(EVERY_PAGE)
    }


def navigation_bar(pages: Mapping[str, StreamlitPage], selection: Selection) -> None:
    """Shows links to every page that carry the whole selection.

    Args:
        pages: As `build_pages` gives them.
        selection: What every page keeps, with the record last shown.
    """
    with st.container(horizontal=True, gap="xsmall", key="navigation"):
        for entry in PAGES:
            # The record page opens again at the record that was last shown.
            record = selection.record if entry.name == "record" else ""
            st.page_link(
                pages[entry.name],
                label=entry.title,
                query_params=query_for(selection, record, page=entry.name),
                width="content",
            )
        if current_look().is_narrow:
            # Streamlit's own sign for the drawer is two small angles without a word.
            st.button("Filters", icon=":material/tune:", key=DRAWER_KEY)
