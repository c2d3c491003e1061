"""The sidebar: one set of filters for every page."""

from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from components.panels.address import SELECTION, note_choice
from components.text import count_words, date_words
from data.load import Dataset
from data.query_string import MAX_QUERY_LENGTH, choices
from data.selection import Selected, Selection

# Session keys of the widgets; the record belongs to its page.
_Q, _ACTORS, _DIRECTION, _CATEGORIES, _STANDINGS, _DATES, _AS_OF = (
    "filter_q",
    "filter_actors",
    "filter_direction",
    "filter_categories",
    "filter_standings",
    "filter_dates",
    "filter_as_of",
)
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
_DIRECTIONS = ("iran-russia", "russia-iran", "other")


def _fill_widgets(selection: Selection) -> None:
    state = st.session_state
    state[_Q] = selection.q
    state[_ACTORS] = list(selection.actors)
    state[_DIRECTION] = selection.direction or None
    state[_CATEGORIES] = list(selection.categories)
    state[_STANDINGS] = list(selection.standings)
    state[_DATES] = (selection.first, selection.last) if selection.first else ()
    state[_AS_OF] = selection.as_of


def _read_widgets(record: str) -> Selection:
    state = st.session_state
    days: tuple[date, ...] = tuple(state[_DATES] or ())
    first, last = (days[0], days[1]) if len(days) == 2 else (None, None)
    return Selection(
        q=state[_Q] or "",
        actors=tuple(state[_ACTORS]),
        direction=state[_DIRECTION] or "",
        categories=tuple(state[_CATEGORIES]),
        standings=tuple(state[_STANDINGS]),
        first=first,
        last=last,
        as_of=state[_AS_OF],
        record=record,
    )


def _clear() -> None:
    _fill_widgets(Selection())
    note_choice()


def drop_filter(name: str) -> None:
    """Takes one filter away; for use as a button's callback.

    Args:
        name: Attribute of Selection, or `dates` for the date range.
    """
    selection: Selection = st.session_state[SELECTION]
    gone: dict[str, Any] = {"dates": {"first": None, "last": None}}.get(
        name, {name: getattr(Selection(), name, None)}
    )
    _fill_widgets(replace(selection, **gone))
    note_choice()


def choose_dates(first: date, last: date) -> None:
    """Sets the date range from elsewhere, such as a brush; for use in a callback."""
    st.session_state[_DATES] = (max(first, _FIRST_DAY), min(last, _LAST_DAY))
    note_choice()


def sidebar(dataset: Dataset, is_fresh: bool) -> Selection:
    """Shows the filters.

    Args:
        dataset: Whose actors and vocabularies are offered.
        is_fresh: True if the selection was just read from the link.

    Returns:
        What the reader asked to see, with the record that the link names.
    """
    state = st.session_state
    known: Selection = state[SELECTION]
    if is_fresh or _Q not in state:
        _fill_widgets(known)
    labels = choices(dataset).labels
    actors = sorted(labels["actor"], key=lambda key: labels["actor"][key].casefold())
    common: dict[str, Any] = {"on_change": note_choice}
    st.text_input(
        "Search",
        key=_Q,
        placeholder="Su-35, Araghchi, Мохаджер …",
        icon=":material/search:",
        max_chars=MAX_QUERY_LENGTH,
        **common,
    )
    st.multiselect(
        "Actors",
        actors,
        key=_ACTORS,
        format_func=labels["actor"].__getitem__,
        placeholder=f"All {len(actors)}",
        help="Anyone who supplies, receives, acts or speaks. A state stands for its ministries "
        "and officials too. Several actors: any of them.",
        **common,
    )
    st.segmented_control(
        "Direction",
        _DIRECTIONS,
        key=_DIRECTION,
        format_func=lambda code: "Other" if code == "other" else labels["direction"][code],
        width="stretch",
        **common,
    )
    st.multiselect(
        "Category",
        list(labels["category"]),
        key=_CATEGORIES,
        format_func=labels["category"].__getitem__,
        placeholder=f"All {len(labels['category'])}",
        **common,
    )
    st.pills(
        "Standing",
        list(labels["standing"]),
        key=_STANDINGS,
        format_func=labels["standing"].__getitem__,
        selection_mode="multi",
        help="How well the stage shown is supported. The rules stand under Data & method.",
        **common,
    )
    st.date_input(
        "From – to",
        key=_DATES,
        min_value=_FIRST_DAY,
        max_value=_LAST_DAY,
        format="YYYY-MM-DD",
        help="Keeps what was said, happened or arrived between two days.",
        **common,
    )
    if len(state[_DATES] or ()) == 1:
        st.markdown(":small[:gray[Choose the last day too; until then no range is set.]]")
    st.date_input(
        "As known on",
        key=_AS_OF,
        min_value=_FIRST_DAY,
        max_value=_LAST_DAY,
        format="YYYY-MM-DD",
        help="Shows only what had been published by that day, on every page.",
        **common,
    )
    return _read_widgets(known.record)


def sidebar_foot(selected: Selected, permalink: str) -> None:
    """Shows how many transfers fit, the link to copy, and how to start over.

    Args:
        selected: What the selection shows.
        permalink: Address of what is shown.
    """
    shown, every = len(selected.rows.transfers), len(selected.known.transfers)
    st.markdown(f"**{shown} of {every}** transfers shown")
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        with st.popover("Copy link", icon=":material/link:", type="tertiary"):
            st.markdown("This address shows exactly what you see:")
            st.code(permalink, language=None, wrap_lines=True)
        st.button("Clear", icon=":material/close:", type="tertiary", on_click=_clear)


def as_known_band(selected: Selected, dataset: Dataset) -> None:
    """Says, where an as-known date is set, that everything later is left out.

    Args:
        selected: What the selection shows.
        dataset: The whole dataset, for the count alone.
    """
    day = selected.selection.as_of
    if day is None:
        return
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", border=True, key="known_band"
    ):
        known, every = len(selected.known.statements), len(dataset.statements)
        st.markdown(
            f":yellow-background[:material/history: **As known on {date_words(day.isoformat())}**] "
            f"{known:,} of {count_words(every, 'statement')} were public by then. Everything later "
            "is left out on every page.",
            width="stretch",
        )
        st.button(
            "Back to the latest",
            icon=":material/undo:",
            on_click=drop_filter,
            args=("as_of",),
            key="known_reset",
        )
