"""Which record the page shows, and the way to its neighbours."""

import streamlit as st

from components.panels.address import choose_record
from components.panels.visit import Visit
from components.text import day_words, markdown
from data.queries.names import names_of


def record_choice(visit: Visit) -> str | None:
    """Shows the choice of record, with the one before and the one after it.

    Args:
        visit: The visit; its record may be "" or not known on the as-known date.

    Returns:
        The chosen transfer's id, or None if nothing is known of it on that date.
    """
    known = visit.selected.known.transfers
    names = names_of(visit.dataset).transfers
    fitting = visit.table["transfer_id"].tolist()
    rest = [key for key in known["transfer_id"] if key not in set(fitting)]
    order = [*fitting, *sorted(rest)]
    current = visit.record or (order[0] if order else "")
    if current not in order:
        order = [current, *order] if current else order
    if not order:
        return None
    place = order.index(current)
    choice = st.container() if visit.look.is_narrow else None
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    with row:
        st.button(
            "Previous",
            icon=":material/chevron_left:",
            icon_position="left",
            key="record_previous",
            on_click=choose_record,
            args=(order[place - 1],),
        )
    with choice or row:
        st.session_state["record_choice"] = current
        st.selectbox(
            "Record",
            order,
            key="record_choice",
            format_func=lambda key: (
                names[key] + ("" if key in set(fitting) else " (outside the filters)")
            ),
            on_change=lambda: choose_record(st.session_state["record_choice"]),
            width="stretch",
        )
    with row:
        st.button(
            "Next",
            icon=":material/chevron_right:",
            icon_position="right",
            key="record_next",
            on_click=choose_record,
            args=(order[(place + 1) % len(order)],),
        )
    return current if current in set(known["transfer_id"]) else None


def unknown_record(visit: Visit) -> None:
    """Says that nothing was known of the record on the as-known date."""
    names = names_of(visit.dataset).transfers
    st.title(markdown(names[visit.record]), anchor=False)
    day = visit.selection.as_of
    when = f" on {day_words(day)}" if day else ""
    st.markdown(
        f"**Nothing that counts was known of this transfer{when}.** No statement about it had been "
        "published by then. Choose a later as-known date, or take it away."
    )
