"""The shell: the Streamlit app, its pages, and the HTTP routes beside it."""
