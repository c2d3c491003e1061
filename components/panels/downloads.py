"""Downloads of what a view shows, built when they are asked for."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from components.briefs.docx import brief_docx
from components.briefs.html import brief_html
from components.panels.boundary import boundary
from components.panels.brief import view_brief
from components.panels.figure import small
from components.text import count_words, day_words
from data.exports.excerpt import Excerpt
from data.exports.flat import flat_table
from data.exports.formats import csv_file, json_file, parquet_file
from data.exports.package import data_package
from data.exports.tables import TABLES
from data.exports.workbook import workbook
from data.receipt import receipt


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file.

    Attributes:
        label: What its button says.
        ending: How its name ends.
        mime: What it is.
        build: Makes it from a view.
        hint: What it is good for.
    """

    label: str
    ending: str
    mime: str
    build: Callable[[Excerpt], bytes]
    hint: str


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = (
    Format(
        "Data package (ZIP)",
        ".zip",
        "application/zip",
        data_package,
        "CSV files with their contract, for archives, pandas and R. Opened with the ledger’s own "
        "program it shows this view again.",
    ),
    Format("Workbook (XLSX)", ".xlsx", _XLSX, workbook, "One sheet for each table, and a method."),
    Format("JSON", ".json", "application/json", json_file, "Every table, as the API gives it."),
)


def _button(view: Excerpt, kind: Format, name: str, key: str) -> None:
    # A callable is run when the button is pressed, not while the page is drawn.
    st.download_button(
        kind.label,
        data=lambda: kind.build(view),
        file_name=f"{name}{kind.ending}",
        mime=kind.mime,
        help=kind.hint,
        icon=":material/download:",
        on_click="ignore",
        key=key,
        width="stretch",
    )


def _one_table(view: Excerpt, key: str) -> None:
    name = st.selectbox(
        "One table",
        list(TABLES),
        index=list(TABLES).index("statements"),
        format_func=lambda table: f"{table} ({len(getattr(view.rows, table)):,})",
        key=f"{key}_table",
    )
    csv = Format(
        "CSV",
        ".csv",
        "text/csv",
        lambda shown: csv_file(flat_table(shown, name)),
        "For spreadsheets: no cell can be run as a formula.",
    )
    parquet = Format(
        "Parquet",
        ".parquet",
        "application/vnd.apache.parquet",
        lambda shown: parquet_file(shown, flat_table(shown, name)),
        "For pandas, R and DuckDB: typed columns.",
    )
    with st.container(horizontal=True, gap="small"):
        for kind in (csv, parquet):
            _button(view, kind, f"{view.stem}-{name}", f"{key}_{kind.label.lower()}")


def _briefs(view: Excerpt, page: str, title: str, key: str) -> None:
    word = Format(
        "Brief (Word)",
        ".docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        lambda shown: brief_docx(view_brief(shown, page, title)),
        "Headline, rows, what is contested, numbered notes to the original sources, receipt.",
    )
    web = Format(
        "Brief (web page)",
        ".html",
        "text/html",
        lambda shown: brief_html(view_brief(shown, page, title)),
        "The same as one file that loads nothing and prints cleanly.",
    )
    with st.container(horizontal=True, gap="small"):
        for kind in (word, web):
            _button(view, kind, f"{view.stem}-brief", f"{key}_{kind.ending[1:]}")
    small("A brief takes some seconds to make; the button shows that it is at work.")


@boundary("The downloads")
def download_buttons(view: Excerpt, key: str, page: str = "", title: str = "") -> None:
    """Shows the downloads of a view.

    Args:
        view: The rows with their selection.
        key: Begins the keys of the buttons; once per page.
        page: Name of the page, for the brief.
        title: The page's question; without it no brief is offered.
    """
    counts = ", ".join(
        count_words(len(getattr(view.rows, table)), table[:-1], table)
        for table in ("transfers", "statements", "events", "views", "sources")
    )
    small(
        f"The rows that this view shows: {counts}. Data version {view.dataset.version.strip()}, as "
        f"known on {day_words(view.day)}."
    )
    if title:
        _briefs(view, page, title, key)
    for kind in FORMATS:
        _button(view, kind, view.stem, f"{key}_{kind.ending[1:]}")
    _one_table(view, key)
    small("Receipt of these rows, to be checked with `python -m data.receipt`:")
    st.code(receipt(view), language=None, wrap_lines=True)


@st.dialog("Download what this view shows", width="medium")
def _dialog(view: Excerpt, page: str, title: str) -> None:
    if view.record and view.rows.statements.empty:
        st.markdown("Nothing was known of this record on that day, so there is nothing to take.")
        return
    download_buttons(view, "download", page, title)


@st.fragment
def download_dialog(view: Excerpt, page: str, title: str) -> None:
    """Shows a button that opens the downloads; they are drawn once it is pressed.

    A dialog, because a popover at the foot of the sidebar would be cut off.

    Args:
        view: The rows with their selection.
        page: Name of the page that is shown.
        title: Its question.
    """
    if st.button("Download", icon=":material/download:", type="tertiary", key="downloads"):
        _dialog(view, page, title)
