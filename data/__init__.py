"""The dataset and the only code that understands it: no Streamlit, no Plotly."""
