"""Frame → Plotly figure: pure, valid on an empty frame."""
