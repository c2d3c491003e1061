"""Guided tours: where they begin, and the band that leads from step to step."""

import streamlit as st

from components.panels.address import TOUR, as_query, leave_tour, tour_step
from components.panels.boundary import boundary
from components.panels.visit import Visit
from components.text import count_words
from components.tours import BY_CODE, TOURS, Step, Tour


def _link(visit: Visit, tour: Tour, number: int, label: str, icon: str | None = None) -> None:
    step = tour.steps[number]
    st.page_link(
        visit.pages[step.page],
        label=label,
        icon=icon,
        query_params=as_query([*step.query, (TOUR, f"{tour.code}-{number + 1}")]),
    )


def current_step() -> tuple[Tour, int] | None:
    """The tour and the number of the step that the link is, from 0; None outside tours."""
    code, _, number = tour_step().rpartition("-")
    tour = BY_CODE.get(code)
    if tour is None or not number.isascii() or not number.isdigit() or len(number) > 2:
        return None
    return (tour, int(number) - 1) if 1 <= int(number) <= len(tour.steps) else None


@boundary("The guided tours")
def tour_cards(visit: Visit) -> None:
    """Shows where each tour begins.

    Args:
        visit: The visit.
    """
    st.header("Guided tours", anchor=False)
    for column, tour in zip(st.columns(len(TOURS)), TOURS, strict=True):
        with column, st.container(border=True, height="stretch", key=f"tour_{tour.code}"):
            st.markdown(f"**{tour.title}**")
            st.markdown(tour.words)
            words = f"Begin · {count_words(len(tour.steps), 'step')}"
            _link(visit, tour, 0, words, ":material/arrow_forward:")


@boundary("The step of the tour")
def tour_band(visit: Visit) -> None:
    """Says which step of a tour the page is and leads to the one before and after.

    Args:
        visit: The visit.
    """
    found = current_step()
    if found is None:
        return
    tour, number = found
    step: Step = tour.steps[number]
    with st.container(border=True, gap="small", key="tour_band"):
        st.markdown(
            f":blue-background[**{tour.title}**] step {number + 1} of {len(tour.steps)}. "
            f"{step.words}"
        )
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            if number > 0:
                _link(visit, tour, number - 1, "Back", ":material/arrow_back:")
            if number + 1 < len(tour.steps):
                _link(visit, tour, number + 1, "Next", ":material/arrow_forward:")
            else:
                others = [other for other in TOURS if other is not tour]
                for other in others:
                    _link(visit, other, 0, f"Next tour: {other.title}")
            st.button(
                "Leave the tour", type="tertiary", icon=":material/close:", on_click=leave_tour
            )
