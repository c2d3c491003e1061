"""Who says what?"""

import streamlit as st

from components.glossary import meaning
from components.panels.empty import empty_result
from components.panels.statements import statements_page
from components.panels.visit import current_visit, end_page
from data.query_string import choices

visit = current_visit()
st.title("Who says what?", anchor=False, help=meaning("Stance"))
if visit.selected.rows.statements.empty:
    empty_result("statement", visit.selection, choices(visit.dataset).labels)
    end_page()
statements_page(visit)
