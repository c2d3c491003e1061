"""What stands at the head of every record: report an error, cite."""

import streamlit as st

from components.corrections_channel import correction_text, current_channel
from components.panels.citation import cite_button
from components.panels.visit import Visit, permalink


def record_tools(visit: Visit, record_id: str) -> None:
    """Shows the way to report an error in a record, and how to cite it.

    Args:
        visit: The visit.
        record_id: Id of the transfer or event.
    """
    version = visit.dataset.version
    with st.popover("Report an error", icon=":material/flag:", type="tertiary"):
        shown = permalink(visit.selection_with(record_id), "record", version=version)
        channel = current_channel()
        st.link_button(
            "Open the form" if channel.template else "Write an e-mail",
            channel.link(record_id, version, shown),
            icon=":material/open_in_new:" if channel.template else ":material/mail:",
        )
        st.markdown(
            "Say what is wrong, what it should say, and which source shows it. Or copy this and "
            "send it to whoever maintains this copy of the ledger:"
        )
        st.code(correction_text(record_id, version, shown), language=None, wrap_lines=True)
    is_event = record_id in set(visit.selected.known.events["event_id"])
    cite_button(visit, "event" if is_event else "transfer", record_id)
