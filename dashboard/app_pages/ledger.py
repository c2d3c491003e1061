"""What was promised, what arrived?"""

import streamlit as st

from components.glossary import meaning
from components.panels.amounts import amounts_chart
from components.panels.changes import changes_section
from components.panels.empty import empty_result
from components.panels.ledger import ledger_table
from components.panels.visit import current_visit, end_page
from data.query_string import choices

visit = current_visit()
st.title("What was promised, what arrived?", anchor=False, help=meaning("Transfer"))
if visit.table.empty:
    empty_result("transfer", visit.selection, choices(visit.dataset).labels)
    end_page()
amounts_chart(visit)
st.header("One row per transfer", anchor=False)
ledger_table(visit)
changes_section(visit)
