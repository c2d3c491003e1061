"""The sidebar: one set of filters for every page."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from components.glossary import meaning
from components.panels.address import SELECTION, note_choice
from components.text import count_words, date_words
from data.grades import OFFERED, graded
from data.history import neighbouring_days
from data.load import Dataset
from data.query_string import MAX_QUERY_LENGTH, choices
from data.selection import Selected, Selection, known_on
from data.view_filter import FACETS, NO_FACETS

# Session keys of the widgets; the record belongs to its page.
_Q, _ACTORS, _DIRECTION, _CATEGORIES, _STANDINGS, _DATES, _GRADE, _AS_OF = (
    "filter_q",
    "filter_actors",
    "filter_direction",
    "filter_categories",
    "filter_standings",
    "filter_dates",
    "filter_grade",
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
    state[_GRADE] = selection.grade
    state[_AS_OF] = selection.as_of


def _read_widgets(known: Selection) -> Selection:
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
        grade=state[_GRADE] or "",
        as_of=state[_AS_OF],
        record=known.record,
        views=known.views,
    )


def clear_filters() -> None:
    """Takes every filter away; for use as a button's callback."""
    state = st.session_state
    state[SELECTION] = replace(state[SELECTION], views=NO_FACETS)
    _fill_widgets(Selection())
    note_choice()


def choose_facet(facet: str, values: Iterable[str]) -> None:
    """Asks for other values of a facet of views; for use in a callback."""
    selection: Selection = st.session_state[SELECTION]
    views = selection.views.with_values(facet, values)
    st.session_state[SELECTION] = replace(selection, views=views)
    note_choice()


def drop_filter(name: str, value: str = "") -> None:
    """Takes one filter away; for use as a button's callback.

    Args:
        name: Attribute of Selection, `dates` for the date range, or a facet of views.
        value: The value of a facet that goes; "" for all of its values.
    """
    selection: Selection = st.session_state[SELECTION]
    if name in FACETS:
        choose_facet(name, (v for v in selection.views.values(name) if value not in ("", v)))
        return
    gone: dict[str, Any] = {"dates": {"first": None, "last": None}}.get(
        name, {name: getattr(Selection(), name, None)}
    )
    _fill_widgets(replace(selection, **gone))
    note_choice()


def choose_filters(**changes: Any) -> None:
    """Sets filters from elsewhere, such as a tie; for use as a button's callback.

    Args:
        changes: Attributes of Selection and their new values.
    """
    _fill_widgets(replace(st.session_state[SELECTION], **changes))
    note_choice()


def choose_dates(first: date, last: date) -> None:
    """Sets the date range from elsewhere, such as a brush; for use in a callback."""
    st.session_state[_DATES] = (max(first, _FIRST_DAY), min(last, _LAST_DAY))
    note_choice()


def _go_to_day(day: date | None) -> None:
    st.session_state[_AS_OF] = day
    note_choice()


def _steps(dataset: Dataset) -> None:
    """Buttons that walk through the days on which something became known."""
    before, after = neighbouring_days(dataset, st.session_state[_AS_OF])
    with st.container(horizontal=True, gap="xsmall"):
        st.button(
            "Earlier",
            icon=":material/chevron_left:",
            key="step_earlier",
            type="tertiary",
            disabled=before is None,
            help="To the day before this one on which something became known",
            on_click=_go_to_day,
            args=(before,),
        )
        st.button(
            "Later",
            icon=":material/chevron_right:",
            icon_position="right",
            key="step_later",
            type="tertiary",
            disabled=after is None,
            help="To the next day on which something became known",
            on_click=_go_to_day,
            args=(after,),
        )


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
    chosen = {*state[_ACTORS]}
    day = state[_AS_OF]
    known_actors = known_on(graded(dataset, state[_GRADE] or "", day), day).actors["actor_id"]
    actors = sorted({*known_actors, *chosen}, key=lambda key: labels["actor"][key].casefold())
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
        help=f"{meaning('Standing')} The rules stand under Data & method.",
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
    grades = sorted({"", *OFFERED, state[_GRADE] or ""})
    st.selectbox(
        "Lowest grade that counts",
        grades,
        key=_GRADE,
        format_func=lambda grade: f"{grade} or better" if grade else "Every grade",
        help=f"{meaning('Grade')} Statements of which either is lower are left out, and every "
        "status is computed anew from the rest.",
        **common,
    )
    st.date_input(
        "As known on",
        key=_AS_OF,
        min_value=_FIRST_DAY,
        max_value=_LAST_DAY,
        format="YYYY-MM-DD",
        help=meaning("As known on"),
        **common,
    )
    _steps(dataset)
    return _read_widgets(known)


def sidebar_foot(selected: Selected) -> None:
    """Shows how many transfers fit, and how to start over.

    Args:
        selected: What the selection shows.
    """
    shown, every = len(selected.rows.transfers), len(selected.known.transfers)
    st.markdown(f"**{shown} of {every}** transfers shown")
    st.button("Clear", icon=":material/close:", type="tertiary", on_click=clear_filters)


def bands(selected: Selected) -> None:
    """Says what statuses depend on, where that isn't everything known today.

    Args:
        selected: What the selection shows.
    """
    day, grade = selected.selection.as_of, selected.selection.grade
    if day is not None:
        said = count_words(len(selected.known.statements), "statement")
        _band(
            "as_of",
            f":material/history: **As known on {date_words(day.isoformat())}**",
            f"{said} had been published by then. Everything later is left out on every page.",
            "Back to the latest",
        )
    if grade:
        said = count_words(len(selected.known.statements), "statement")
        _band(
            "grade",
            f":material/filter_alt: **Only grades {grade} or better count**",
            f"{said} left; every status is computed from these alone.",
            "Count every grade",
        )


def _band(name: str, head: str, words: str, back: str) -> None:
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        gap="small",
        border=True,
        key=f"band_{name}",
    ):
        st.markdown(f":yellow-background[{head}] {words}", width="stretch")
        st.button(
            back,
            icon=":material/undo:",
            on_click=drop_filter,
            args=(name,),
            key=f"band_{name}_back",
        )
