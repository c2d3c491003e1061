"""How is this read?"""

import streamlit as st

from components.panels.guide import guide_page
from components.panels.visit import current_visit

st.title("How is this read?", anchor=False)
guide_page(current_visit())
