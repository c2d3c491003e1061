"""What do those who study it conclude?"""

import streamlit as st

from components.glossary import meaning
from components.panels.views import views_page
from components.panels.visit import current_visit

visit = current_visit()
st.title("What do those who study it conclude?", anchor=False, help=meaning("View"))
views_page(visit)
