"""Who is tied to whom, and by what?"""

import streamlit as st

from components.panels.empty import empty_result
from components.panels.ties import network_page
from components.panels.visit import current_visit, end_page
from data.query_string import choices

visit = current_visit()
st.title("Who is tied to whom, and by what?", anchor=False)
rows = visit.selected.rows
if rows.transfers.empty and rows.relations.empty and rows.events.empty:
    empty_result("tie", visit.selection, choices(visit.dataset).labels)
    end_page()
network_page(visit)
