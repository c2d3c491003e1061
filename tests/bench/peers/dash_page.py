"""The same figures in Dash: one control, one callback."""

import os
import sys

from dash import Dash, Input, Output, dcc, html

from tests.bench.peers.figures import CHOICES, drawn

figures = drawn(os.environ["BENCH_PAGE"])
app = Dash(__name__, serve_locally=True)
app.layout = html.Div(
    [
        dcc.RadioItems(list(CHOICES), "Any", id="direction"),
        dcc.Graph(id="chart", figure=figures["Any"]),
    ]
)


@app.callback(Output("chart", "figure"), Input("direction", "value"), prevent_initial_call=True)
def swap(choice: str) -> object:
    """The figure of a direction."""
    return figures[choice]


if __name__ == "__main__":
    app.run(port=int(sys.argv[1]), debug=False)
