"""One run of the app: dataset, link, filters, navigation, page; nothing else."""

from pathlib import Path

import streamlit as st

from components.panels import report
from components.panels.address import read_address, write_address
from components.panels.empty import faulty_link
from components.panels.filters import bands, sidebar, sidebar_foot
from components.panels.viewport import current_look, watch_viewport
from components.panels.visit import Visit, permalink, set_visit
from dashboard.dataset import current_dataset
from dashboard.navigation import PAGES, build_pages, navigation_bar
from data.load import Dataset
from data.package import PackageError

_ASSETS = Path(__file__).parent / "assets"


def _show(dataset: Dataset) -> None:
    pages = build_pages()
    page = st.navigation(list(pages.values()), position="hidden")
    name = page.url_path or PAGES[0].name
    is_fresh = read_address(dataset, name)
    with st.sidebar:
        selection = sidebar(dataset, is_fresh)
    selected = selection.apply(dataset)
    write_address(selection, name)
    navigation_bar(pages, selection)
    if faulty_link():
        return
    bands(selected)
    with st.sidebar:
        sidebar_foot(selected, permalink(selection, name))
    set_visit(
        Visit(
            dataset=dataset,
            selected=selected,
            record=selection.record,
            look=current_look(),
            pages=pages,
        )
    )
    page.run()


st.set_page_config(
    page_title="Russia–Iran Arms Ledger",
    page_icon=str(_ASSETS / "favicon.svg"),
    layout="wide",
)
_mode = "dark" if st.context.theme.type == "dark" else "light"
st.logo(str(_ASSETS / f"wordmark-{_mode}.svg"), size="medium")
try:
    _dataset = current_dataset()
except PackageError as error:
    report.broken_package(error)
else:
    _show(_dataset)
    watch_viewport()
