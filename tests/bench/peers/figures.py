"""The app's own Timeline and Ledger figures for each direction, drawn once."""

from functools import cache

import plotly.graph_objects as go

from components.panels.amounts import drawn_amounts
from components.panels.timeline_drawing import Wanted, drawing
from components.theme import Look
from data.load import Dataset, load_dataset
from data.page_settings import SETTINGS
from data.selection import Selection

PAGES = ("timeline", "ledger")
CHOICES = {"Iran → Russia": "iran-russia", "Russia → Iran": "russia-iran", "Any": ""}


@cache
def dataset() -> Dataset:
    """The ledger, read once."""
    return load_dataset()


def draw(page: str, choice: str) -> go.Figure:
    """One figure.

    Args:
        page: One of `PAGES`.
        choice: One of `CHOICES`.
    """
    from datetime import date

    selected = Selection(direction=CHOICES[choice]).apply(dataset())
    if page == "ledger":
        return drawn_amounts(selected, "pieces", "category", Look())[0]
    show = next(s.default for s in SETTINGS if s.page == "timeline" and s.key == "show")
    days = date(2021, 1, 1), dataset().cut_off_date
    return drawing(
        selected, Wanted(*days, "direction", "packed", "year", show, (), ()), Look()
    ).figure


@cache
def drawn(page: str) -> dict[str, go.Figure]:
    """The figures of a page for every choice."""
    return {choice: draw(page, choice) for choice in CHOICES}
