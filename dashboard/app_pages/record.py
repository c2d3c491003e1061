"""What is known of one transfer or event?"""

import streamlit as st

from components.panels.empty import empty_result
from components.panels.event_record import event_page
from components.panels.record import record_page
from components.panels.record_choice import record_choice, unknown_record
from components.panels.visit import current_visit
from data.query_string import choices

visit = current_visit()
chosen = record_choice(visit)
if chosen is not None and chosen in visit.selected.known.events["event_id"].tolist():
    event_page(visit, chosen)
elif chosen is not None:
    record_page(visit, chosen)
elif visit.record:
    unknown_record(visit)
else:
    st.title("What is known of one transfer or event?", anchor=False)
    empty_result("transfer", visit.selection, choices(visit.dataset).labels)
