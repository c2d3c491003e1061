"""Three questions that the views page answers by itself, each in a few clicks."""

import re

from playwright.sync_api import Page, expect

from tests.browser.visit import PageLog, Server, goto, settle


def choose(page: Page, facet: str, option: str) -> None:
    """Chooses a value of a facet from its list."""
    box = page.locator(f".st-key-facet_{facet}").get_by_role("combobox")
    box.click()
    page.get_by_role("option", name=re.compile(option)).click()
    page.keyboard.press("Escape")
    settle(page)


def test_who_thought_russia_would_not_fight_for_iran_before_june_2025(
    page: Page, server: Server, page_log: PageLog
) -> None:
    goto(page, f"{server.url}/views")
    main = page.get_by_test_id("stMain")
    main.get_by_role("button", name=re.compile("^Russia will not come to Iran's aid")).click()
    settle(page)
    choose(page, "said", "before: Twelve-day war")
    assert "position=russia_will_not_support&said=..%2F2025-06-12" in page.url
    expect(main.get_by_text(re.compile(r"^\d+ of \d+ views, by \d+ people"))).to_be_visible()
    for name in ("Nikita Smagin", "Shargh", "Michelle Grisé"):
        expect(main.get_by_role("link", name=name, exact=True).first).to_be_visible()
    expect(main.get_by_text("Karim Sadjadpour")).to_have_count(0)
    main.get_by_role("button", name=re.compile("^Said: until")).click()
    settle(page)
    assert page.url.endswith("/views?position=russia_will_not_support")
    assert page_log.errors == []


def test_has_smagin_changed_his_mind(page: Page, server: Server, page_log: PageLog) -> None:
    goto(page, f"{server.url}/views?topic=israel&said=2025")
    main = page.get_by_test_id("stMain")
    main.get_by_role("link", name="Nikita Smagin", exact=True).first.click()
    page.wait_for_url("**/person?**")
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("What has Nikita Smagin said?")
    expect(main.get_by_text("Changed 1 time in 5 answers:")).to_be_visible()
    expect(main.get_by_text(re.compile("about January 2026: another answer")).first).to_be_visible()
    main.get_by_role("link", name=re.compile("Views$")).last.click()
    page.wait_for_url("**/views?**")
    settle(page)
    assert "topic=israel&said=2025" in page.url
    assert page_log.errors == []


def test_which_officials_denied_the_drones_and_when(
    page: Page, server: Server, page_log: PageLog
) -> None:
    goto(page, f"{server.url}/views")
    main = page.get_by_test_id("stMain")
    main.get_by_role("radio", name="Officials who denied").click()
    settle(page)
    expect(main.get_by_role("radio", name=re.compile(r"^Drones \(\d+\)$"))).to_be_visible()
    rows = main.get_by_role("row")
    kanaani = rows.filter(has_text="Nasser Kanaani").filter(has_text="3 October 2022")
    expect(kanaani.first).to_be_visible()
    expect(kanaani.first.get_by_role("link")).to_have_attribute("href", re.compile("^https?://"))
    expect(rows.filter(has_text="Vasily Nebenzya").first).to_be_visible()
    main.get_by_role("radio", name=re.compile(r"^Missiles \(\d+\)$")).click()
    settle(page)
    expect(rows.filter(has_text="Abbas Araghchi").first).to_be_visible()
    assert "panel=denials&denied=missile" in page.url
    assert page_log.errors == []
