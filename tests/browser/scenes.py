"""What the app is looked at and listened to in: every page, in every form of a screen."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.browser.visit import goto, settle

HEIGHTS = {1440: 900, 390: 844}
# What a phone's browser calls itself, told to the server before it knows the width.
_PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36"


@dataclass(frozen=True, slots=True)
class Form:
    """A width of the screen, in CSS pixels, and what the reader's system prefers."""

    width: int
    scheme: str

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}"

    def context(self, browser: Browser, **options: Any) -> BrowserContext:
        """A fresh context of this form."""
        size = ViewportSize(width=self.width, height=HEIGHTS.get(self.width, 900))
        agent = {"user_agent": _PHONE, "has_touch": True} if self.width < 600 else {}
        return browser.new_context(
            viewport=size, color_scheme=self.scheme, locale="en-GB", **agent, **options
        )


FORMS = tuple(Form(width, scheme) for width in (1440, 390) for scheme in ("light", "dark"))


@dataclass(frozen=True, slots=True)
class Scene:
    """A page as a link shows it, and what a reader then does there.

    Attributes:
        path: Address below the app's.
        act: What is done once the page has settled; None for nothing.
    """

    path: str
    act: Callable[[Page], None] | None = None

    def show(self, page: Page, base: str) -> None:
        """Opens the page and brings it there."""
        goto(page, base + self.path)
        if self.act:
            self.act(page)
            settle(page)


def _open_evidence(page: Page) -> None:
    page.locator(".st-key-count_iran-russia_arrived").get_by_role("button").click()


def _open_side(page: Page) -> None:
    page.locator(".st-key-dispute_0").get_by_role("button").first.click()


def _open_filters(page: Page) -> None:
    if page.get_by_test_id("stExpandSidebarButton").count():
        page.get_by_test_id("stExpandSidebarButton").click()
        page.get_by_test_id("stSidebar").get_by_text(re.compile("of .* transfers")).wait_for()


def _open_share(page: Page) -> None:
    page.get_by_role("button", name="Copy link").click()


def _downloads(page: Page) -> None:
    page.get_by_role("button", name="Download", exact=True).first.click()
    page.get_by_role("dialog").wait_for()


_EVERY_FILTER = (
    "/ledger?q=drone&actor=iran&actor=russia&direction=iran-russia&category=drones&standing=contested"
    "&dates=2022-01-01&dates=2023-12-31&grade=C3&as_of=2024-06-01"
)

SCENES: Mapping[str, Scene] = MappingProxyType(
    {
        "overview": Scene("/"),
        "timeline": Scene("/timeline"),
        "ledger": Scene("/ledger"),
        "network": Scene("/network"),
        "views": Scene("/views"),
        "record": Scene("/record?record=su-35"),
        "statements": Scene("/statements"),
        "guide": Scene("/guide"),
        "method": Scene("/method"),
        "person": Scene("/person?who=nikita-smagin"),
        "event": Scene("/record?record=un-sanctions-snapback-2025-09-27"),
        "record-one-statement": Scene("/record?record=bmp-2-turret"),
        "record-decades": Scene("/record?record=tor-m1"),
        "empty": Scene("/ledger?q=xyzzyx"),
        "faulty-link": Scene("/ledger?actor=atlantis&as_of=tomorrow"),
        "evidence-open": Scene("/", _open_evidence),
        "side-open": Scene("/record?record=fath-360", _open_side),
        "timeline-mark": Scene("/timeline?mark=su-35"),
        "search": Scene("/?q=drone"),
        "as-known": Scene("/?as_of=2022-10-01"),
        "every-filter": Scene(_EVERY_FILTER, _open_filters),
        "tour": Scene("/record?record=su-35&tour=jets-2"),
        "forecasts": Scene("/views?panel=forecasts"),
        "over-time": Scene("/views?panel=time"),
        "share-open": Scene("/timeline", lambda page: (_open_filters(page), _open_share(page))),
        "download-open": Scene("/ledger", lambda page: (_open_filters(page), _downloads(page))),
        "filters-open": Scene("/ledger?direction=russia-iran", _open_filters),
    }
)
