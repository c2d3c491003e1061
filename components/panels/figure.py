"""A chart with all that belongs to it: question, reading line, rule, sources, table."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from components.panels.share import note_chart
from components.text import count_words, day_words
from data.selection import Selected

_CONFIG = {
    "displayModeBar": False,
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
}


def small(text: str, *, tip: str | None = None) -> None:
    """A reading line; our own words and glyphs, or text that the caller escaped.

    Args:
        text: The line.
        tip: Escaped words that a question mark at its end opens.
    """
    st.markdown(f":small[:gray[{text}]]", help=tip)


def footing(selected: Selected, counting_rule: str) -> str:
    """Counting rule, sources, and the last day that counts, in one line.

    Args:
        selected: What the selection shows.
        counting_rule: Sentences that end in a full stop.
    """
    as_of, last = selected.selection.as_of, selected.known.cut_off_date
    sources = count_words(len(selected.known.sources), "document")
    day = (
        f"as known on {day_words(as_of)}"
        if as_of and as_of < last
        else f"data to {day_words(last)}"
    )
    return f"Counting rule: {counting_rule} Sources: {sources}, listed under Data & method · {day}."


def clicked(event: Any) -> str | None:
    """The id behind a click in a chart, or None.

    Args:
        event: What `st.plotly_chart(on_select=…)` returned.

    Returns:
        First text of the first selected point's customdata.
    """
    points = (event or {}).get("selection", {}).get("points", [])
    for point in points:
        data = point.get("customdata")
        first = data[0] if isinstance(data, list | tuple) and data else data
        if isinstance(data, dict):
            first = data.get("0")
        if isinstance(first, str) and first:
            return first
    return None


def brush_figure(
    figure: go.Figure, *, key: str, alt: str, on_brush: Callable[[date, date], None]
) -> None:
    """Shows a chart of days across which a range can be dragged.

    Args:
        figure: The drawing, with dates along its x axis.
        key: Key of the chart.
        alt: What the chart shows now.
        on_brush: Called with the first and the last day of a dragged range.
    """

    def brushed() -> None:
        boxes = (st.session_state.get(key) or {}).get("selection", {}).get("box", [])
        for box in boxes:
            ends = sorted(str(end)[:10] for end in box.get("x", []))
            if len(ends) == 2:
                on_brush(date.fromisoformat(ends[0]), date.fromisoformat(ends[1]))

    st.plotly_chart(
        figure,
        theme=None,
        config=_CONFIG,
        key=key,
        alt=alt,
        on_select=brushed,
        selection_mode="box",
    )


def _reporting(key: str, on_click: Callable[[str | None], None]) -> Callable[[], None]:
    return lambda: on_click(clicked(st.session_state.get(key)))


def table_below(
    frame: pd.DataFrame, label: str, key: str, config: dict[str, Any] | None = None
) -> None:
    """The rows behind a chart, in a compact expander; sent once it is opened."""
    title = f"{label}, {count_words(len(frame), 'row')}"
    opened = st.expander(
        title, type="compact", icon=":material/table_rows:", key=key, on_change="rerun"
    )
    if not opened.open:
        return
    with opened:
        st.dataframe(
            frame,
            hide_index=True,
            height="content" if len(frame) < 12 else 380,
            column_config=config,
        )


def show_figure(
    figure: go.Figure,
    *,
    key: str,
    alt: str,
    question: str = "",
    reading: str = "",
    foot: str = "",
    table: pd.DataFrame | None = None,
    config: dict[str, Any] | None = None,
    is_clickable: bool = False,
    on_click: Callable[[str | None], None] | None = None,
    selection_mode: Sequence[str] = ("points",),
) -> str | None:
    """Shows a chart.

    Args:
        figure: The drawing.
        key: Key of the chart.
        alt: What the chart shows now, in two sentences.
        question: Its title.
        reading: How to read it, one line.
        foot: Counting rule, sources, cut-off.
        table: The rows behind it.
        config: Column configuration of the table.
        is_clickable: Whether clicks are reported.
        on_click: Called before the next run with the id behind a click, or None where a
            click took a selection back.
        selection_mode: Plotly selection modes.

    Returns:
        The id behind the reader's click, or None.
    """
    note_chart(key, question)
    with st.container(key=f"figure_{key}"):
        if question:
            st.header(question, anchor=False)
        if reading:
            small(reading)
        options: dict[str, Any] = {"theme": None, "config": _CONFIG, "key": key, "alt": alt}
        if is_clickable:
            how = "rerun" if on_click is None else _reporting(key, on_click)
            options |= {"on_select": how, "selection_mode": list(selection_mode)}
        event = st.plotly_chart(figure, **options)
        if foot:
            small(foot)
        if table is not None:
            table_below(table, "Table behind this chart", f"{key}_rows", config)
    return clicked(event) if is_clickable else None
