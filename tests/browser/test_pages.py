"""Every page opens, whole, quietly and within reach of everyone."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.browser.visit import PageLog, Server, goto

PATHS = (
    "/",
    "/timeline",
    "/ledger",
    "/network",
    "/views",
    "/person?who=nikita-smagin",
    "/record",
    "/statements",
    "/method",
)

# What the pages are answerable for; Streamlit's own header bar is not.
_OUR_PARTS = ('[data-testid="stMain"]', '[data-testid="stSidebar"]')
_AXE = """(parts) => axe.run(
  {include: parts.filter(part => document.querySelector(part)).map(part => [part])},
  {resultTypes: ['violations'],
   runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"""
# What should have been drawn by now and wasn't: charts, tables and pictures.
_BLANK = """() => [
  ...[...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
    .filter(chart => !chart.querySelector('.main-svg path, .main-svg text')),
  ...[...document.querySelectorAll('[data-testid="stDataFrame"]')]
    .filter(table => table.checkVisibility() && !table.querySelector('canvas')),
  ...[...document.images].filter(image => image.complete && !image.naturalWidth),
].map(element => element.outerHTML.slice(0, 120))"""
_CHARTED = ("/", "/timeline", "/ledger", "/record", "/statements")


def serious_findings(page: Page) -> list[str]:
    """What axe finds serious or critical in our parts, one line per element."""
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(_AXE, list(_OUR_PARTS))
    return [
        f"{finding['id']} ({finding['impact']}): {node['target']} {node['html'][:160]}"
        for finding in found["violations"]
        if finding["impact"] in ("serious", "critical")
        for node in finding["nodes"]
    ]


@pytest.mark.parametrize(("viewport_width", "color_scheme"), [(1440, "light"), (390, "dark")])
@pytest.mark.parametrize("path", PATHS)
def test_page_opens(page: Page, page_log: PageLog, server: Server, path: str) -> None:
    goto(page, server.url + path)
    headings = page.get_by_role("heading", level=1)
    expect(headings).to_have_count(1)
    assert headings.inner_text().strip()
    assert page.get_by_test_id("stException").all_inner_texts() == []
    assert page.evaluate(_BLANK) == []
    if path in _CHARTED:
        assert page.get_by_test_id("stPlotlyChart").count() > 0
    assert (
        page.get_by_test_id("stMain").evaluate("main => main.scrollWidth - main.clientWidth") <= 0
    )
    assert serious_findings(page) == []
    assert page_log.errors == []
    assert page_log.outside == []
