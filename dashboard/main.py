"""One run of the app: dataset, link, filters, navigation, page; nothing else."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from components.panels import report
from components.panels.address import asked_for, made_with, read_address, write_address
from components.panels.boundary import boundary
from components.panels.downloads import download_dialog
from components.panels.empty import faulty_link
from components.panels.filters import bands, sidebar, sidebar_foot
from components.panels.own_package import own_data_band, own_dataset
from components.panels.reader_aids import reader_aids
from components.panels.search import search_summary
from components.panels.share import frame_of, share_popover, start_charts, version_band
from components.panels.tours import tour_band
from components.panels.viewport import current_look, watch_viewport
from components.panels.visit import PageEndError, Visit, permalink, set_visit
from dashboard.dataset import current_dataset, current_fault
from dashboard.navigation import EVERY_PAGE, PAGES, build_pages, navigation_bar
from data.exports.excerpt import excerpt
from data.load import Dataset
from data.package import PackageError

_ASSETS = Path(__file__).parent / "assets"


def _run(page: StreamlitPage) -> None:
    """Runs a page; one that stops early is still followed by what stands around it."""
    with suppress(PageEndError), boundary("This page"):
        page.run()


def _show(dataset: Dataset) -> None:
    pages = build_pages()
    page = st.navigation(list(pages.values()), position="hidden")
    name = page.url_path or PAGES[0].name
    is_framed = bool(st.context.is_embedded)
    is_fresh = read_address(dataset, name)
    if is_framed:
        selection = asked_for()
    else:
        with st.sidebar:
            selection = sidebar(dataset, is_fresh)
    selected = selection.apply(dataset)
    write_address(selection, name)
    if not is_framed:
        navigation_bar(pages, selection)
    own = own_dataset()
    if own is not None:
        own_data_band(own)
    if faulty_link(dataset.version):
        return
    if made_with() not in ("", dataset.version):
        version_band(made_with(), dataset.version)
    if own is None and (fault := current_fault()):
        report.older_data(fault.problems, fault.since, dataset.version)
    bands(selected)
    visit = Visit(
        dataset=dataset,
        selected=selected,
        record=selection.record,
        look=current_look(),
        pages=pages,
    )
    set_visit(visit)
    start_charts()
    tour_band(visit)
    if is_framed:
        with frame_of(selection, dataset, name):
            _run(page)
        return
    with st.sidebar:
        sidebar_foot(selected)
        search_summary(visit)
        share = st.container(horizontal=True, gap="small")
    _run(page)
    with share:
        share_popover(selection, dataset.version, name, page.title)
        shown = selection if name == "record" else replace(selection, record="")
        address = permalink(selection, name, version=dataset.version)
        question = next(entry.question for entry in EVERY_PAGE if entry.name == name)
        download_dialog(excerpt(dataset, shown, address), name, question)


st.set_page_config(
    page_title="Russia–Iran Arms Ledger",
    page_icon=str(_ASSETS / "favicon.svg"),
    layout="wide",
)
_mode = "dark" if st.context.theme.type == "dark" else "light"
st.logo(str(_ASSETS / f"wordmark-{_mode}.svg"), size="medium")
try:
    _dataset = own_dataset() or current_dataset()
except PackageError as error:
    report.broken_package(error)
else:
    _show(_dataset)
    reader_aids()
    watch_viewport()
