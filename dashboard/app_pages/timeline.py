"""What happened when?"""

import streamlit as st

from components.glossary import meaning
from components.panels.empty import empty_result
from components.panels.timeline import full_timeline
from components.panels.visit import current_visit, end_page
from data.query_string import choices

visit = current_visit()
st.title("What happened when?", anchor=False, help=meaning("Approximate day"))
if visit.table.empty and visit.selected.rows.events.empty:
    empty_result("transfer or event", visit.selection, choices(visit.dataset).labels)
    end_page()
full_timeline(visit)
