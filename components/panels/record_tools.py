"""What stands at the head of every record: report an error, cite."""

import streamlit as st

from components.corrections_channel import correction_text, current_channel
from components.panels.visit import Visit, permalink
from components.text import day_words, plain
from data.selection import Selection


def record_tools(visit: Visit, record_id: str, name: str) -> None:
    """Shows the way to report an error in a record, and how to cite it.

    Args:
        visit: The visit.
        record_id: Id of the transfer or event.
        name: Its name.
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
    with st.popover("Cite", icon=":material/format_quote:", type="tertiary"):
        selection = Selection(as_of=visit.selection.as_of, record=record_id)
        day = visit.selection.as_of or visit.dataset.cut_off_date
        st.code(
            f"“{plain(name)}.” Russia–Iran Arms Ledger, data version {version}, as known on "
            f"{day_words(day)}. {permalink(selection, 'record', version=version)}",
            language=None,
            wrap_lines=True,
        )
