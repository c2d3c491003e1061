"""Which record the page shows, and the way to its neighbours."""

from collections.abc import Mapping

import streamlit as st

from components.panels.address import choose_record
from components.panels.visit import Visit
from components.text import date_words, day_words, markdown
from data.load import Dataset, records
from data.queries.names import names_of


def record_choice(visit: Visit) -> str | None:
    """Shows the choice of record, with the one before and the one after it.

    Transfers come first, then events by day; those that fit the filters before the
    rest. The neighbours of a transfer are transfers, those of an event are events.

    Args:
        visit: The visit; its record may be "" or not known on the as-known date.

    Returns:
        The id of the chosen transfer or event, or None if nothing is known of it on
        that date.
    """
    known = visit.selected.known
    fitting = visit.table["transfer_id"].tolist()
    transfers = _ordered(fitting, sorted(known.transfers["transfer_id"]))
    by_day = known.events.sort_values(["event_date_earliest", "event_id"])["event_id"].tolist()
    inside = set(visit.selected.rows.events["event_id"])
    events = _ordered([key for key in by_day if key in inside], by_day)
    current = visit.record or next(iter([*transfers, *events]), "")
    if not current:
        return None
    is_event = current in names_of(visit.dataset).events
    siblings = events if is_event else transfers
    if current not in siblings:
        siblings = [current, *siblings]
    order = [*transfers, *siblings] if is_event else [*siblings, *events]
    labels = _labels(visit.dataset, {*fitting, *inside})
    place = siblings.index(current)
    choice = st.container() if visit.look.is_narrow else None
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    with row:
        _neighbour("Previous", siblings[place - 1])
    with choice or row:
        st.session_state["record_choice"] = current
        st.selectbox(
            "Record",
            order,
            key="record_choice",
            format_func=labels.__getitem__,
            on_change=lambda: choose_record(st.session_state["record_choice"]),
            width="stretch",
        )
    with row:
        _neighbour("Next", siblings[(place + 1) % len(siblings)])
    is_known = current in set(known.transfers["transfer_id"]) or current in set(by_day)
    return current if is_known else None


def _ordered(fitting: list[str], every: list[str]) -> list[str]:
    inside = set(fitting)
    return [*fitting, *(key for key in every if key not in inside)]


def _labels(dataset: Dataset, fitting: set[str]) -> Mapping[str, str]:
    """Names of all records, an event's with its day."""
    found = dict(names_of(dataset).transfers)
    for event in records(dataset.events):
        found[event.event_id] = f"Event: {event.name}, {date_words(event.event_date)}"
    return {
        key: name if key in fitting else f"{name} (outside the filters)"
        for key, name in found.items()
    }


def _neighbour(label: str, record_id: str) -> None:
    side = "left" if label == "Previous" else "right"
    st.button(
        label,
        icon=f":material/chevron_{side}:",
        icon_position="left" if side == "left" else "right",
        key=f"record_{label.lower()}",
        on_click=choose_record,
        args=(record_id,),
    )


def unknown_record(visit: Visit) -> None:
    """Says that nothing was known of the record on the as-known date."""
    names = names_of(visit.dataset)
    is_event = visit.record in names.events
    name = names.events[visit.record] if is_event else names.transfers[visit.record]
    st.title(markdown(name), anchor=False)
    day = visit.selection.as_of
    when = f" on {day_words(day)}" if day else ""
    st.markdown(
        f"**Nothing that counts was known of this {'event' if is_event else 'transfer'}{when}.** "
        "No statement about it had been published by then. Choose a later as-known date, or take "
        "it away."
    )
