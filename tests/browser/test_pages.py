"""Every page opens, whole, quietly and within reach of everyone.

Each page is tried in one form, the forms in turn; `make shots` tries all scenes in all of them.
"""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.accessibility import findings
from tests.browser.scenes import FORMS, SCENES, Form
from tests.browser.shots import WIDER
from tests.browser.visit import PageLog, Server

# What should have been drawn by now and wasn't: charts, tables and pictures.
_BLANK = """() => [
  ...[...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
    .filter(chart => !chart.querySelector('.main-svg path, .main-svg text')),
  ...[...document.querySelectorAll('[data-testid="stDataFrame"]')]
    .filter(table => table.checkVisibility() && !table.querySelector('canvas')),
  ...[...document.images].filter(image => image.complete && !image.naturalWidth),
].map(element => element.outerHTML.slice(0, 120))"""
_CHARTED = ("overview", "timeline", "ledger", "record", "event", "statements", "over-time")
_TRIED = (
    *("overview", "timeline", "ledger", "network", "views", "record", "statements", "guide"),
    *("method", "person", "event", "empty", "download-open", "every-filter"),
)
_IN_TURN = [(name, FORMS[number % len(FORMS)]) for number, name in enumerate(_TRIED)]


@pytest.mark.parametrize(("name", "form"), _IN_TURN, ids=[f"{n}-{f}" for n, f in _IN_TURN])
def test_scene(browser: Browser, server: Server, name: str, form: Form) -> None:
    log = PageLog()
    context = form.context(browser, service_workers="block")
    log.attach(context)
    page = context.new_page()
    try:
        SCENES[name].show(page, server.url)
        headings = page.locator("h1")
        expect(headings).to_have_count(1)
        assert headings.inner_text().strip()
        assert page.get_by_test_id("stException").all_inner_texts() == []
        assert page.evaluate(_BLANK) == []
        if name in _CHARTED:
            assert page.get_by_test_id("stPlotlyChart").count() > 0
        assert page.evaluate(WIDER) <= 0
        assert [str(one) for one in findings(page)] == []
        assert log.errors == []
        assert log.outside == []
    finally:
        context.close()
