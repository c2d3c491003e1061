"""Everything that a mouse can do, by keyboard alone: filter → row → source."""

import re

from playwright.sync_api import Page, expect

from tests.browser.visit import Server, goto, settle

_MOST_TABS = 120
_FOCUSED = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return [at?.tagName, at?.getAttribute('aria-label') || '', at?.textContent || '', at?.href || '',
    at?.closest('[class*="st-key-"]')?.className || ''].join(' | ');
}"""


def tab_to(page: Page, words: str) -> str:
    """Presses Tab until what is focused has the words; returns what it is."""
    for _ in range(_MOST_TABS):
        page.keyboard.press("Tab")
        focused = str(page.evaluate(_FOCUSED))
        if re.search(words, focused):
            return focused
    raise AssertionError(f"{words} was not reached by {_MOST_TABS} presses of Tab")


def test_filter_row_and_source_by_keyboard_alone(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/statements")
    skip = page.get_by_role("link", name="Skip to the content")
    skip.wait_for(state="attached")
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    tab_to(page, "Search")
    page.keyboard.type("Fath-360")
    page.keyboard.press("Enter")
    settle(page)
    assert "q=Fath-360" in page.url

    # Past the filters at once, then through the page to its table of statements.
    page.evaluate("document.getElementById('skip-to-content').focus()")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    tab_to(page, r"^CANVAS .*statement_table")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    settle(page)
    opened = page.get_by_role("link", name=re.compile("Open the record"))
    expect(opened).to_be_visible()

    source = tab_to(page, r"A \|.*https?://(?!127|localhost)")
    assert re.search(r"https?://\S+", source)


def test_motion_stops_for_who_asks_for_it(page: Page, server: Server) -> None:
    page.emulate_media(reduced_motion="reduce")
    goto(page, f"{server.url}/guide")
    longest = page.evaluate(
        "() => Math.max(...[...document.querySelectorAll('*')].map(each => parseFloat("
        "getComputedStyle(each).transitionDuration) || 0))"
    )
    assert longest <= 0.001
