"""Pages in a frame of another site: without menus, with their source and a link back."""

from playwright.sync_api import Page, expect

from tests.browser.visit import Server, goto, settle


def test_a_chart_stands_alone_with_its_source(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/?embed=true&chart=mirrored&category=uav&as_of=2023-06-30")
    settle(page)
    main = page.get_by_test_id("stMain")
    expect(main.get_by_test_id("stPlotlyChart").locator("visible=true")).to_have_count(1)
    expect(main.get_by_text("As known on 30 June 2023", exact=True)).to_be_visible()
    expect(main.get_by_text("Source: Russia–Iran Arms Ledger")).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_have_count(0)
    expect(main.get_by_text("What changed lately")).to_be_hidden()
    back = main.get_by_role("link", name="Open in the ledger").get_attribute("href") or ""
    assert "embed" not in back
    assert "category=uav" in back
    assert "as_of=2023-06-30" in back
    goto(page, back)
    settle(page)
    expect(page.get_by_test_id("stSidebar")).to_have_count(1)
    expect(main.get_by_test_id("stPlotlyChart").locator("visible=true")).not_to_have_count(1)


def test_a_record_fits_a_frame(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 600, "height": 800})
    goto(page, f"{server.url}/record?record=fath-360&embed=true")
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fath-360")
    expect(page.get_by_text("Timeline", exact=True)).to_have_count(0)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
