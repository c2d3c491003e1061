"""The link of a page and what it shows are one, whoever opens it."""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.visit import PageLog, Server, goto, settle

COUNT = re.compile(r"(\d+) of (\d+) transfers shown")
QUERY = (
    "actor=iran&actor=united-states&dates=2024-01-01&dates=2024-12-31"
    "&as_of=2025-01-31&record=fath-360"
)


def query_of(page: Page) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(page.url).query)


def shown_count(page: Page) -> tuple[int, int]:
    found = page.get_by_test_id("stSidebar").get_by_text(COUNT)
    expect(found).to_have_count(1)
    match = COUNT.search(found.inner_text())
    assert match
    return int(match[1]), int(match[2])


def _seen(page: Page) -> dict[str, object]:
    return {
        "words": page.get_by_test_id("stMain").inner_text(),
        "cells": page.locator('[data-testid="stDataFrame"] canvas table').all_text_contents(),
        "charts": [
            chart.locator("text").all_text_contents()
            for chart in page.get_by_test_id("stPlotlyChart").all()
        ],
        "count": shown_count(page),
    }


def shown(page: Page) -> dict[str, object]:
    """Everything that a page shows: words, cells of its tables, texts of its charts.

    A table tells its cells a moment after it is drawn, so two looks must agree.
    """
    tables = page.locator('[data-testid="data-grid-canvas"]:visible')
    for table in tables.all():
        expect(table.locator("tr").nth(1)).to_be_attached()
    before: dict[str, object] = {}
    for _ in range(40):
        now = _seen(page)
        if now == before:
            break
        before = now
        page.wait_for_timeout(150)
    return before


def sidebar(page: Page) -> Locator:
    return page.get_by_test_id("stSidebar")


def copied_link(page: Page) -> str:
    sidebar(page).get_by_text("Copy link").click()
    code = page.get_by_test_id("stPopoverBody").get_by_test_id("stCode").first
    expect(code).to_be_visible()
    link = code.inner_text().strip()
    page.keyboard.press("Escape")
    return link


@pytest.fixture
def fresh(browser: Browser, page_log: PageLog) -> Callable[[], Page]:
    """Opens a page of another profile, which knows nothing of the first."""
    contexts: list[BrowserContext] = []

    def open_() -> Page:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
        page_log.attach(context)
        contexts.append(context)
        return context.new_page()

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("path", ["/record", "/ledger", "/views"])
def test_a_link_shows_the_same_in_a_fresh_profile(
    page: Page, fresh: Callable[[], Page], server: Server, page_log: PageLog, path: str
) -> None:
    goto(page, f"{server.url}{path}?{QUERY}")
    first = shown(page)
    few, every = first["count"]
    assert 0 < few < every
    if path == "/record":
        assert page.get_by_role("heading", level=1).inner_text() == "Fath-360 missiles"
    link = copied_link(page)
    assert urlsplit(link).path == path
    written = parse_qsl(urlsplit(link).query)
    assert [pair for pair in written if pair in query_of(page)] == query_of(page)
    assert ("category", "any") in written
    other = fresh()
    goto(other, link)
    assert shown(other) == first
    assert query_of(other) == query_of(page)
    assert page_log.errors == []
    assert page_log.outside == []


def test_a_choice_changes_link_and_rows_and_goes_back_and_forth(
    page: Page, fresh: Callable[[], Page], server: Server, page_log: PageLog
) -> None:
    goto(page, f"{server.url}/ledger")
    every = shown(page)
    sidebar(page).get_by_role("radio", name="Russia → Iran").or_(
        sidebar(page).get_by_role("button", name="Russia → Iran")
    ).first.click()
    settle(page)
    assert query_of(page) == [("direction", "russia-iran")]
    one_way = shown(page)
    assert one_way["count"][0] < every["count"][0]
    assert one_way["cells"] != every["cells"]
    search = sidebar(page).get_by_label("Search")
    search.fill("su 35")
    search.press("Enter")
    settle(page)
    assert query_of(page) == [("q", "su 35"), ("direction", "russia-iran")]
    narrow = shown(page)
    assert narrow["count"][0] < one_way["count"][0]
    # What stands in the bar is what the link to copy says, and shows the same elsewhere.
    link = copied_link(page)
    written = parse_qsl(urlsplit(link).query)
    assert [pair for pair in written if pair in query_of(page)] == query_of(page)
    assert ("category", "any") in written
    other = fresh()
    goto(other, link)
    assert shown(other) == narrow
    page.go_back()
    settle(page)
    assert query_of(page) == [("direction", "russia-iran")]
    assert shown(page) == one_way
    expect(sidebar(page).get_by_label("Search")).to_have_value("")
    page.go_back()
    settle(page)
    assert query_of(page) == []
    assert shown(page) == every
    page.go_forward()
    settle(page)
    assert shown(page) == one_way
    assert page_log.errors == []


def test_links_between_pages_keep_filters_and_record(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/record?{QUERY}")
    expect(page.locator(".st-key-band_as_of")).to_be_visible()
    count = shown_count(page)
    asked = parse_qsl(QUERY)
    filters = [pair for pair in asked if pair[0] != "record"]
    bar = page.locator(".st-key-navigation")
    for title, path in (("Ledger", "/ledger"), ("Views", "/views"), ("Overview", "/")):
        bar.get_by_role("link", name=title, exact=True).click()
        page.wait_for_url(lambda url, path=path: urlsplit(url).path == path)
        settle(page)
        assert query_of(page) == filters
        assert shown_count(page) == count
        expect(page.locator(".st-key-band_as_of")).to_be_visible()
    bar.get_by_role("link", name="Record", exact=True).click()
    page.wait_for_url(lambda url: urlsplit(url).path == "/record")
    settle(page)
    assert query_of(page) == asked
    expect(page.get_by_role("heading", level=1)).to_have_text("Fath-360 missiles")
    page.get_by_role("button", name="Back to the latest").click()
    settle(page)
    assert query_of(page) == [pair for pair in asked if pair[0] != "as_of"]
    expect(page.locator(".st-key-band_as_of")).to_have_count(0)
    assert shown_count(page)[1] >= count[1]


def test_a_faulty_link_shows_nothing_until_the_reader_goes_on(
    page: Page, server: Server, page_log: PageLog
) -> None:
    script = "<script>window.__tripwire=1</script>"
    query = f"actor=https://nobody.example&category=uav&standing={script}&as_of=yesterday"
    goto(page, f"{server.url}/ledger?{query}")
    main = page.get_by_test_id("stMain")
    for part in (f"standing='{script}'", "as_of='yesterday'", "nobody.example"):
        expect(main.get_by_text(part)).to_be_visible()
    # What a link brings never becomes a link on the page.
    assert main.locator('a[href*="nobody.example"]').count() == 0
    assert page.get_by_test_id("stPlotlyChart").count() == 0
    assert page.get_by_test_id("stDataFrame").count() == 0
    assert not sidebar(page).get_by_text(COUNT).count()
    assert ("actor", "https://nobody.example") in query_of(page)
    page.get_by_role("button", name="Go on with the rest of the link").click()
    page.wait_for_url(lambda url: "nobody.example" not in url)
    settle(page)
    assert query_of(page) == [("category", "uav")]
    few, every = shown_count(page)
    assert 0 < few < every
    assert page.evaluate("window.__tripwire") is None
    assert page_log.errors == []


def test_records_are_switched_and_the_link_follows(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/record?record=su-35")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Su-35 fighters")
    page.get_by_role("button", name="Next").click()
    settle(page)
    expect(heading).not_to_have_text("Su-35 fighters")
    (key, other), *_ = query_of(page)
    assert key == "record"
    assert other != "su-35"
    expect(page.get_by_test_id("stMain").get_by_text(f"record {other}")).to_be_visible()
    page.get_by_role("button", name="Previous").click()
    settle(page)
    expect(heading).to_have_text("Su-35 fighters")
    assert query_of(page) == [("record", "su-35")]
    page.go_back()
    settle(page)
    assert query_of(page) == [("record", other)]
    expect(heading).not_to_have_text("Su-35 fighters")
