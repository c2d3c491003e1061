"""What a page knows of the visit it is shown to, and links that keep it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NoReturn
from urllib.parse import urlencode, urlsplit

import pandas as pd
import streamlit as st
from streamlit.navigation.page import StreamlitPage

from components.panels.address import query_for
from components.theme import Look
from data.load import Dataset
from data.queries.ledger import as_of_day, transfer_table
from data.selection import Selected, Selection

_KEY = "visit"


@dataclass(frozen=True)
class Visit:
    """One run of a page for one reader.

    Attributes:
        dataset: The whole dataset; only histories may read past the as-known date.
        selected: What the reader asked to see.
        record: Transfer or event named by the link, or "".
        look: Palette and width.
        pages: The pages by name, for links.
    """

    dataset: Dataset
    selected: Selected
    record: str
    look: Look
    pages: Mapping[str, StreamlitPage]

    @property
    def selection(self) -> Selection:
        """What the reader asked to see, without the record."""
        return self.selected.selection

    @property
    def day(self) -> date:
        """The as-known date, at most the cut-off."""
        return as_of_day(self.selected)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per selected transfer, as `transfer_table` gives it."""
        return transfer_table(self.selected)

    def selection_with(self, transfer_id: str) -> Selection:
        """The selection with a record named."""
        return replace(self.selection, record=transfer_id)

    def open_record(self, transfer_id: str) -> None:
        """Goes to a record, keeping the selection."""
        st.switch_page(
            self.pages["record"], query_params=query_for(self.selection, record=transfer_id)
        )

    def record_link(self, transfer_id: str, label: str, *, icon: str | None = None) -> None:
        """Shows a link to a record that keeps the selection."""
        st.page_link(
            self.pages["record"],
            label=label,
            icon=icon,
            query_params=query_for(self.selection, record=transfer_id),
        )

    def speaker_link(self, actor_id: str, label: str, *, icon: str | None = None) -> None:
        """Shows a link to all that a person or body said, keeping the selection."""
        st.page_link(
            self.pages["person"],
            label=label,
            icon=icon,
            query_params={**query_for(self.selection), "who": [actor_id]},
        )

    def open_speaker(self, actor_id: str) -> None:
        """Goes to all that a person or body said, keeping the selection."""
        st.switch_page(
            self.pages["person"], query_params={**query_for(self.selection), "who": [actor_id]}
        )

    def page_link(self, page: str, label: str, *, icon: str | None = None) -> None:
        """Shows a link to another page that keeps the selection."""
        st.page_link(
            self.pages[page],
            label=label,
            icon=icon,
            query_params=query_for(self.selection, page=page),
        )


def permalink(
    selection: Selection, page: str = "", *, version: str = "", frame: str | None = None
) -> str:
    """The full address of the page that is shown, with a selection.

    Args:
        selection: What the link shall show.
        page: Name of the page that is shown, whose settings are kept; the record is kept
            on the record page only.
        version: Data version that the link is made with; if given, defaults are written
            too, so that the link keeps its meaning when they change.
        frame: For a frame on another site: key of the chart that it shows alone, or None
            for a whole page without a frame. "" shows the whole page in a frame.

    Returns:
        An absolute URL.
    """
    parts = urlsplit(st.context.url or "")
    record = selection.record if page == "record" else ""
    query = query_for(selection, record, page=page, in_full=bool(version))
    if version:
        query["v"] = [version]
    if frame is not None:
        query |= {"embed": ["true"]} | ({"chart": [frame]} if frame else {})
    words = urlencode(query, doseq=True)
    return f"{parts.scheme}://{parts.netloc}{parts.path or '/'}" + (f"?{words}" if words else "")


class PageEndError(Exception):
    """Raised by `end_page`; nothing went wrong."""


def end_page() -> NoReturn:
    """Ends a page early. Unlike `st.stop`, what stands around the page is still shown."""
    raise PageEndError


def set_visit(visit: Visit) -> None:
    """Makes the visit known to the page that runs next."""
    st.session_state[_KEY] = visit


def current_visit() -> Visit:
    """The visit that the running page is shown to."""
    visit: Visit = st.session_state[_KEY]
    return visit
