"""The filters in force, as chips that take each of them away."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from components.panels.filters import clear_filters, drop_filter
from components.text import day_words, list_words, markdown, said_words
from data.selection import Selection
from data.view_filter import FACETS

FACET_TITLES = {
    "person": "Person or body",
    "organisation": "Organisation",
    "role": "Kind of speaker",
    "country": "Speaks from",
    "topic": "Topic",
    "position": "Position",
    "about": "Spoken of",
    "said": "Said",
    "wording": "Wording",
    "source_grade": "Publisher’s grade",
}


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """One filter in force.

    Attributes:
        name: Attribute of Selection, `dates`, or a facet of views.
        value: The value of a facet; "" where the whole filter is meant.
        words: What it asks for, as Markdown.
    """

    name: str
    value: str
    words: str


def active_filters(
    selection: Selection, labels: Mapping[str, Mapping[str, str]]
) -> list[ActiveFilter]:
    """The filters of a selection in words.

    Args:
        selection: The filters in force.
        labels: Labels by query key and code, as `Choices.labels` has them.

    Returns:
        One for each filter, and for the facets of views one for each value.
    """
    found: list[ActiveFilter] = []
    if selection.q:
        found.append(ActiveFilter("q", "", f"Search: {markdown(selection.q, 60)}"))
    for name, key, title in (
        ("actors", "actor", "Actors"),
        ("categories", "category", "Category"),
        ("standings", "standing", "Standing"),
    ):
        codes = getattr(selection, name)
        if codes:
            words = list_words([labels[key][code] for code in codes], 3)
            found.append(ActiveFilter(name, "", f"{title}: {markdown(words, 90)}"))
    if selection.direction:
        words = labels["direction"][selection.direction]
        found.append(ActiveFilter("direction", "", f"Direction: {words}"))
    if selection.first and selection.last:
        days = f"{day_words(selection.first)} to {day_words(selection.last)}"
        found.append(ActiveFilter("dates", "", f"Days: {days}"))
    if selection.grade:
        found.append(ActiveFilter("grade", "", f"Grade: {selection.grade} or better"))
    if selection.as_of:
        found.append(ActiveFilter("as_of", "", f"As known on {day_words(selection.as_of)}"))
    for facet in FACETS:
        for value in selection.views.values(facet):
            words = said_words(value) if facet == "said" else labels[facet][value]
            shown = f"{FACET_TITLES[facet]}: {markdown(words, 60)}"
            found.append(ActiveFilter(facet, value, shown))
    return found


def drop_buttons(active: list[ActiveFilter], key: str) -> None:
    """Buttons that take one filter away each.

    Args:
        active: The filters.
        key: Start of the buttons' keys.
    """
    for number, each in enumerate(active):
        st.button(
            each.words,
            icon=":material/close:",
            key=f"{key}_{each.name}" + (f"_{number}" if each.value else ""),
            on_click=drop_filter,
            args=(each.name, each.value),
            help="Take this filter away",
        )


def chips(selection: Selection, labels: Mapping[str, Mapping[str, str]]) -> None:
    """Shows every filter in force as a chip, and one that clears them all.

    Args:
        selection: The filters in force.
        labels: Labels by query key and code.
    """
    active = active_filters(selection, labels)
    if not active:
        return
    with st.container(horizontal=True, gap="xsmall", key="chips"):
        drop_buttons(active, "chip")
        if len(active) > 1:
            st.button("Clear all", key="chip_all", type="tertiary", on_click=clear_filters)
