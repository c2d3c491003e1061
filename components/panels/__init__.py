"""Small Streamlit pieces that return plain values."""
