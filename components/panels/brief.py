"""The brief of a view: its chart drawn, its content gathered, its file made on a click."""

import plotly.graph_objects as go

from components.briefs.chart_image import browser, chart_png
from components.briefs.content import NO_CHART, NOTHING_TO_DRAW, Brief, Chart, brief_content
from components.figures.lanes import statement_lanes, statement_lanes_alt
from components.figures.mirrored import mirrored_boxes, mirrored_boxes_alt
from components.figures.positions import positions_alt, positions_chart
from components.theme import Look
from data.exports.excerpt import Excerpt
from data.queries.ledger import transfer_table
from data.queries.record import statements_about
from data.queries.views import positions_over_time, view_table

_WIDTH, _HEIGHT = 1000, 520
# Paper is light, whatever the reader's theme.
_LOOK = Look()
_LANES = {
    "supplier": "Supplier",
    "recipient": "Recipient",
    "party": "Those concerned",
    "government": "Other governments",
    "other": "Others",
}


def _drawing(view: Excerpt, page: str) -> tuple[go.Figure, str, str] | None:
    """The chart that a brief shows: figure, question, what it shows."""
    vocabularies = view.dataset.vocabularies
    if view.record:
        rows = statements_about(view.selected, view.record)
        figure = statement_lanes(rows, _LANES, "order", _LOOK)
        return figure, "Who said what, and when?", statement_lanes_alt(rows, _LANES, "order")
    if page == "views":
        frame = positions_over_time(view_table(view.selected))
        if frame.empty:
            return None
        positions = vocabularies["positions"]
        figure = positions_chart(frame, positions, _LOOK, until=view.day)
        return figure, "Where did people stand, and when?", positions_alt(frame, positions)
    table = transfer_table(view.selected)
    if not table["direction_code"].isin(["iran-russia", "russia-iran"]).any():
        return None
    categories = vocabularies["categories"]
    figure = mirrored_boxes(table, categories, _LOOK)
    return figure, "What was promised, what arrived?", mirrored_boxes_alt(table, categories)


def view_brief(view: Excerpt, page: str, title: str) -> Brief:
    """The brief of a view, with its chart where the host can draw it.

    Args:
        view: The rows with their selection.
        page: Name of the page.
        title: The page's question.

    Returns:
        The brief.
    """
    if not browser():
        return brief_content(view, page, title)
    drawing = _drawing(view, page)
    if drawing is None:
        return brief_content(view, page, title, None, NOTHING_TO_DRAW)
    figure, question, alt = drawing
    # A host without the pages' fonts draws names wider than they are measured.
    figure = go.Figure(figure).update_layout(paper_bgcolor="#ffffff")
    figure.update_layout(margin_l=int(figure.layout.margin.l or 0) + 24)
    height = int(figure.layout.height or _HEIGHT)
    png = chart_png(str(figure.to_json()), _WIDTH, height)
    chart = Chart(png, question, alt) if png else None
    return brief_content(view, page, title, chart, NO_CHART)
