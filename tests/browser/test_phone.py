"""On a phone: the filters in a drawer, and a page that follows them."""

import re

from playwright.sync_api import Browser, expect

from tests.browser.scenes import FORMS
from tests.browser.visit import Server, goto, settle

_PHONE = next(form for form in FORMS if form.width < 600)


def test_the_drawer_opens_filters_and_closes(browser: Browser, server: Server) -> None:
    context = _PHONE.context(browser)
    page = context.new_page()
    try:
        goto(page, f"{server.url}/ledger")
        drawer, opener = (
            page.get_by_test_id("stSidebar"),
            page.locator(".st-key-open_drawer button"),
        )
        close = page.get_by_test_id("stSidebarCollapseButton").locator("button")
        for number in range(2):
            expect(drawer).not_to_be_in_viewport()
            opener.click()
            settle(page)
            expect(drawer).to_be_in_viewport()
            # Labels with counts change with the filters; what was chosen by them stays chosen.
            page.locator(".st-key-filter_direction button").nth(number).click()
            settle(page)
            expect(drawer).to_be_in_viewport()
            assert page.get_by_test_id("stException").count() == 0
            assert page.get_by_role("alert").count() == 0
            close.click()
        expect(drawer).not_to_be_in_viewport()
        expect(page.get_by_role("combobox", name="Counted in")).to_have_value(
            re.compile("^Pieces ")
        )
    finally:
        context.close()
