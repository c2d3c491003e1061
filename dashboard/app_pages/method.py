"""Can this be trusted and reused?"""

import streamlit as st

from components.panels.method import method_page
from components.panels.visit import current_visit

st.title("Can this be trusted and reused?", anchor=False)
method_page(current_visit())
