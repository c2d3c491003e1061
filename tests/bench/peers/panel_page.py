"""The same figures in Panel: one control bound to one pane."""

import os
import sys

import panel as pn

from tests.bench.peers.figures import CHOICES, drawn

pn.extension("plotly")
figures = drawn(os.environ["BENCH_PAGE"])


def page() -> pn.Column:
    """One reader's page."""
    choice = pn.widgets.RadioButtonGroup(name="Direction", options=list(CHOICES), value="Any")
    pane = pn.pane.Plotly(figures["Any"], sizing_mode="stretch_width")

    def swap(event: object) -> None:
        pane.object = figures[choice.value]

    choice.param.watch(swap, "value")
    return pn.Column(choice, pane, sizing_mode="stretch_width")


if __name__ == "__main__":
    pn.serve(page, port=int(sys.argv[1]), show=False, admin=False)
