"""Where a page stands: the way to it, every step a link that keeps the filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from components.panels.address import query_for
from components.panels.visit import Visit
from components.text import markdown
from data.selection import Selection

_PARTED = ":material/chevron_right:"


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way.

    Attributes:
        page: Name of the page that it leads to.
        label: Its words; from data, unescaped.
        selection: What that page shall show.
        settings: Further keys of its link with their values.
    """

    page: str
    label: str
    selection: Selection
    settings: Mapping[str, list[str]] = field(default_factory=dict)


def breadcrumbs(visit: Visit, way: Sequence[Crumb], here: str) -> None:
    """Shows the way to the page.

    Args:
        visit: The visit.
        way: The steps before it.
        here: Name of what the page shows; from data, unescaped.
    """
    with st.container(horizontal=True, gap=None, key="breadcrumbs"):
        for number, crumb in enumerate(way):
            st.page_link(
                visit.pages[crumb.page],
                label=f":small[{markdown(crumb.label)}]",
                icon=_PARTED if number else None,
                query_params={**query_for(crumb.selection, page=crumb.page), **crumb.settings},
            )
        # Where the reader is: set as the steps are, and no link.
        st.page_link(
            visit.pages[way[-1].page],
            label=f":small[:gray[{markdown(here, 60)}]]",
            icon=_PARTED,
            disabled=True,
        )


def in_category(selection: Selection, code: str) -> Selection:
    """The selection narrowed to one category, all other filters kept."""
    return replace(selection, categories=(code,))
