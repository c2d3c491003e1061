"""Taking a view elsewhere: the full link, a frame for another site, and the page in a frame."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape

import streamlit as st

from components.panels.address import embedded_chart
from components.panels.boundary import boundary
from components.panels.visit import permalink
from components.text import date_words, day_words, markdown
from data.load import Dataset
from data.selection import Selection

_CHARTS = "charts_shown"
_FRAME_HEIGHTS = {"page": 900, "chart": 640}


def start_charts() -> None:
    """Forgets the charts of the page that was shown before."""
    st.session_state[_CHARTS] = {}


def note_chart(key: str, title: str) -> None:
    """Remembers a chart that the page shows, so that it can be framed alone.

    Args:
        key: Key of the chart.
        title: Its question, or "" where it has none.
    """
    st.session_state.setdefault(_CHARTS, {})[key] = title


def _charts() -> Mapping[str, str]:
    shown: dict[str, str] = st.session_state.get(_CHARTS, {})
    return shown


def _frame(selection: Selection, page: str, version: str, title: str, chart: str) -> str:
    link = permalink(selection, page, version=version, frame=chart)
    height = _FRAME_HEIGHTS["chart" if chart else "page"]
    return (
        f'<iframe src="{escape(link)}" title="{escape(title)}" width="100%" '
        f'height="{height}" style="border:0" loading="lazy"></iframe>'
    )


@boundary("The menu to copy the link")
def share_popover(selection: Selection, version: str, page: str, title: str) -> None:
    """Offers the full link and the code of a frame.

    Args:
        selection: What the page shows, with its record.
        version: Data version that is shown.
        page: Name of the page.
        title: Its title.
    """
    with st.popover("Copy link", icon=":material/link:", type="tertiary"):
        st.markdown("This address shows exactly what you see, with every choice written out:")
        st.code(permalink(selection, page, version=version), language=None, wrap_lines=True)
        st.markdown(
            "To show it on another site, paste a frame; the source and a link back stand in it:"
        )
        options = ["", *_charts()]
        chart = st.selectbox(
            "Frame",
            options,
            format_func=lambda key: _charts().get(key) or "This chart" if key else "The whole page",
            key="frame_chart",
        )
        frame = _frame(selection, page, version, f"Russia–Iran Arms Ledger: {title}", chart or "")
        # Without a language: the blue of marked-up code is too pale for its ground.
        st.code(frame, language=None, wrap_lines=True)


def version_band(made_with: str, version: str) -> None:
    """Says that a link was made with another version of the data.

    Args:
        made_with: The version that the link names.
        version: The version that is shown.
    """
    st.info(
        f"This link was made with data version {markdown(made_with, 40)}; what you see is version "
        f"{markdown(version, 40)}. Rows may have been added, corrected or withdrawn since; "
        "Data & method lists the corrections.",
        icon=":material/update:",
    )


@contextmanager
def frame_of(selection: Selection, dataset: Dataset, page: str) -> Iterator[None]:
    """Shows what is run inside as it stands in a frame of another site.

    Args:
        selection: What the page shows, with its record.
        dataset: The dataset that is shown.
        page: Name of the page.
    """
    chart = embedded_chart()
    if chart:
        # The chart's own key, of letters, digits, `_` and `-`: nothing else reaches the style.
        kept = (
            f".st-key-figure_{chart}, .st-key-frame_foot, .st-key-frame_fault, .st-key-band_as_of"
        )
        parts = "stLayoutWrapper", "stElementContainer", "stColumn", "stVerticalBlock"
        inside = ", ".join(f"{part} *" for part in kept.split(", "))
        hidden = ", ".join(
            f'[data-testid="stMain"] [data-testid="{part}"]'
            f":not({kept}):not(:has({kept})):not({inside})"
            for part in parts
        )
        st.html(f"<style>{hidden} {{display: none}}</style>")
    yield
    if chart and chart not in _charts():
        named = ", ".join(_charts()) or "none"
        with st.container(key="frame_fault"):
            st.warning(f"This page shows no chart named {chart} now; it shows: {named}.")
    day = selection.as_of
    known = f" · as known on {date_words(day.isoformat())}" if day else ""
    back = permalink(selection, page, version=dataset.version)
    with st.container(key="frame_foot", horizontal=True, gap="small"):
        st.markdown(
            f":small[:gray[Source: Russia–Iran Arms Ledger, data version "
            f"{markdown(dataset.version, 40)}, data to "
            f"{day_words(dataset.cut_off_date)}{known}.]]",
            width="content",
        )
        st.markdown(f":small[[Open in the ledger]({back})]", width="content")
