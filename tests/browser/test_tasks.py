"""Five questions, asked by a new reader from a cold start: at most four steps from the Overview.

A step is one use of one control: words typed into a field and sent, an option chosen, days
entered, a button or link clicked.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import Server, goto, settle

_MOST = 4


class Reader:
    """Somebody at the page, who counts what they do."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page, self.steps = page, 0
        goto(page, server.url)

    def _step(self, act: Callable[[], None]) -> None:
        self.steps += 1
        act()
        settle(self.page)

    def search(self, words: str) -> None:
        field = self.page.get_by_role("textbox", name="Search")
        self._step(lambda: (field.fill(words), field.press("Enter")))

    def choose(self, label: str, option: str) -> None:
        box = self.page.get_by_role("combobox", name=label)

        def pick() -> None:
            box.click()
            box.fill(option)
            self.page.get_by_role("option", name=option, exact=True).click()
            self.page.keyboard.press("Escape")
            self.page.keyboard.press("Escape")

        self._step(pick)

    def enter_days(self, field: str, *days: str) -> None:
        """Types one day or two, as `20221001`, into a field."""
        year = self.page.get_by_role("spinbutton", name=re.compile(rf"year, {field}")).first

        def type_in() -> None:
            year.click()
            for number, day in enumerate(days):
                if number:
                    self.page.keyboard.press("Tab")
                self.page.keyboard.type(day, delay=30)
            self.page.keyboard.press("Escape")

        self._step(type_in)

    def click(self, role: str, name: str, within: str = "body") -> None:
        self._step(self.page.locator(within).get_by_role(role, name=name).first.click)

    def reads(self, words: str) -> None:
        expect(self.page.get_by_text(re.compile(words)).first).to_be_visible()

    def is_done(self, within: int) -> None:
        assert self.steps == within <= _MOST


@pytest.fixture
def reader(page: Page, server: Server) -> Reader:
    return Reader(page, server)


def test_did_russia_deliver_the_su_35(reader: Reader) -> None:
    reader.search("Su-35")
    reader.click("link", "Su-35 fighters")
    reader.reads("Agreed: Iran acknowledges it")
    reader.reads("No statement that counts says that any arrived")
    reader.is_done(within=2)


def test_what_did_iran_admit_and_when(reader: Reader) -> None:
    reader.click("button", "1", within=".st-key-count_iran-russia_arrived")
    reader.click("link", "Drones before the invasion", within='[data-testid="stPopoverBody"]')
    reader.reads("Iran acknowledges it, after first denying it")
    reader.reads("5 November 2022")
    reader.is_done(within=2)


def test_who_is_sanctioned_for_alabuga(reader: Reader) -> None:
    reader.search("Alabuga")
    reader.click("link", "Shahed production at Alabuga")
    expect(reader.page.get_by_role("heading", name="Who is sanctioned over it")).to_be_visible()
    for name in ("Albatros", "Timur Shagivaleev", "Sahara Thunder"):
        assert reader.page.get_by_role("cell", name=name, exact=True).count()
    reader.is_done(within=2)


def test_share_april_to_october_2024_with_israel(reader: Reader, server: Server) -> None:
    reader.choose("Actors", "Israel")
    reader.enter_days("From – to", "20240401", "20241031")
    reader.click("button", "Copy link")
    reader.steps += 1  # the copy itself, read here from what is copied
    address = (
        reader.page.get_by_test_id("stPopoverBody").get_by_test_id("stCode").first.inner_text()
    )
    address = "".join(address.split())
    assert "actor=israel" in address
    assert "dates=2024-04-01" in address
    assert "dates=2024-10-31" in address
    shown = reader.page.get_by_text(re.compile(r"\d+ of \d+ transfers shown")).inner_text()
    assert address.startswith(server.url)
    goto(reader.page, address)
    expect(reader.page.get_by_text(shown)).to_be_visible()
    reader.is_done(within=4)


def test_what_was_known_on_1_october_2022(reader: Reader) -> None:
    reader.enter_days("As known on", "20221001")
    reader.reads("As known on 1 October 2022")
    assert "as_of=2022-10-01" in reader.page.url
    heading = reader.page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Iran to Russia: 0 of")
    reader.is_done(within=1)
