"""The timeline under a reader's hands: click, keyboard and brush."""

from playwright.sync_api import Page, expect

from tests.browser.visit import Server, goto, settle

# Where the area of an id stands on the screen.
_PLACE = """(id) => {
  const plot = document.querySelector('.st-key-timeline .js-plotly-plot');
  const { xaxis, yaxis, _size } = plot._fullLayout;
  const box = plot.getBoundingClientRect();
  for (const trace of plot._fullData) {
    const n = Array.from(trace.customdata ?? []).indexOf(id);
    if (n < 0) continue;
    const start = xaxis.d2p(trace.base[n]);
    const stop = xaxis.d2p(+new Date(trace.base[n]) + trace.x[n]);
    return [box.left + _size.l + (start * 3 + stop) / 4, box.top + _size.t + yaxis.d2p(trace.y[n])];
  }
}"""
_SCROLL = "() => document.querySelector('[data-testid=stMain]').scrollTop"


def _click(page: Page, id_: str) -> None:
    x, y = page.evaluate(_PLACE, id_)
    page.mouse.move(x, y)
    page.wait_for_timeout(150)
    page.mouse.click(x, y)


def test_a_click_opens_evidence_beside_the_mark_and_keeps_the_place(
    page: Page, server: Server
) -> None:
    goto(page, f"{server.url}/timeline?show=none")
    page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollBy(0, 420)")
    before = page.evaluate(_SCROLL)
    _click(page, "su-35")
    evidence = page.locator(".st-key-timeline_evidence")
    expect(evidence).to_contain_text("Su-35 fighters")
    settle(page)
    assert page.evaluate(_SCROLL) == before
    expect(evidence).to_be_in_viewport()
    assert "mark=su-35" in page.url
    _click(page, "su-35")
    expect(evidence).to_have_count(0)
    settle(page)
    _click(page, "lane:russia-iran")
    expect(page.get_by_text("counted in folded lanes")).to_be_visible()
    assert "folded=russia-iran" in page.url


def test_the_table_and_the_brush_work(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/timeline?show=none")
    summary = page.get_by_text("Every mark as a table")
    summary.scroll_into_view_if_needed()
    summary.click()
    grid = page.get_by_test_id("data-grid-canvas")
    expect(grid).to_be_visible()
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.tagName") == "CANVAS":
            break
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    expect(page.locator(".st-key-timeline_table_evidence")).to_contain_text("Open the record")
    strip = page.locator(".st-key-density .js-plotly-plot")
    strip.scroll_into_view_if_needed()
    box = strip.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 400, y)
    page.mouse.down()
    page.mouse.move(box["x"] + 600, y, steps=6)
    # The range follows the pointer before anything is sent.
    expect(strip.locator(".select-outline, .selectionlayer path").first).to_be_attached()
    page.mouse.up()
    expect(page.get_by_role("button", name="All days")).to_be_visible()
    assert page.url.count("dates=") == 2
