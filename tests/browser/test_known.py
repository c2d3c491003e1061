"""In the browser: nothing of later days on any page, and two clicks from a number to its source."""

import json
import re
import urllib.request
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import unquote

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, WebSocket, expect

from dashboard.navigation import PAGES
from data.load import Dataset, load_dataset, records
from data.package import FOLDER
from data.queries.ledger import reach
from tests.browser.visit import PageLog, Server, goto, settle

# One before Tehran admits drones, one amid the missile reports, one in between the wars.
DAYS = (date(2022, 10, 31), date(2024, 9, 15), date(2025, 3, 1))
DIRECTIONS = ("iran-russia", "russia-iran")
FEWEST_LATER = 20


@cache
def ledger() -> Dataset:
    return load_dataset(FOLDER)


def levelled(text: str) -> str:
    """Text without what pages add to it: escapes, joiners, runs of blanks."""
    return " ".join(re.sub(r"[\\\u2060\u2066-\u2069]", "", text).split())


# ── Nothing of later days ────────────────────────────────────────────────────────────────────────


@cache
def told_later(day: date) -> frozenset[str]:
    """What only later publications tell: their summaries, their words, and new speakers' names.

    Only texts of plain letters: they reach the browser as they are, in whatever packing.
    """
    dataset, limit = ledger(), pd.Timestamp(day)
    texts: dict[bool, set[str]] = {True: set(), False: set()}
    speakers: dict[bool, set[str]] = {True: set(), False: set()}
    for frame, columns in (
        (dataset.statements, ("speaker_id",)),
        (dataset.views, ("person_id", "organisation_id")),
        (dataset.relations, ("from_id", "to_id")),
    ):
        for row in records(frame):
            is_later = bool(row.published_date_latest > limit)
            texts[is_later] |= {row.summary, getattr(row, "quotation", None) or row.summary}
            speakers[is_later] |= {getattr(row, column) for column in columns} - {None}
    others = {*dataset.transfers["supplier_id"], *dataset.transfers["recipient_id"]}
    for links in (dataset.event_actors, dataset.view_actors):
        others |= set(links["actor_id"])
    # A body is known with the first of its people.
    lineage = dict(zip(dataset.actors["actor_id"], dataset.actors["lineage"], strict=True))
    new = speakers[True] - {above for key in speakers[False] | others for above in lineage[key]}
    names = dict(zip(dataset.actors["actor_id"], dataset.actors["name"], strict=True))
    # Names that the timeless words of the dataset use too tell nothing of later days.
    timeless = [*texts[False]]
    for frame in (*dataset.vocabularies.values(), dataset.publishers, dataset.sources):
        timeless += [str(cell) for cell in frame.to_numpy().ravel()]
    for frame in (dataset.transfers, dataset.systems, dataset.events):
        timeless += [str(cell) for cell in frame.to_numpy().ravel()]
    timeless += [name for key, name in names.items() if key not in new]
    known = levelled("\n".join(timeless))
    found = {levelled(text) for text in texts[True]} | {names[key] for key in new}
    return frozenset(
        text for text in found if text.isascii() and len(text) > 11 and text not in known
    )


class Sent:
    """Everything that the server sent to a page, as text."""

    def __init__(self, page: Page) -> None:
        self._frames: list[bytes] = []
        page.on("websocket", self._watch)

    def _watch(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._keep)

    def _keep(self, frame: bytes | str) -> None:
        self._frames.append(frame.encode() if isinstance(frame, str) else frame)

    def text(self) -> str:
        return levelled(b"\n".join(self._frames).decode("utf-8", "ignore"))


def said(server: Server, table: str, query: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{server.url}/api/v1/{table}?limit=10000&{query}") as answer:
        return json.load(answer)


def number_of(page: Page, key: str) -> int:
    found = page.locator(f".st-key-{key}").get_by_role("button")
    return int(re.sub(r"\D", "", found.inner_text()))


def assert_numbers_are_those_of_the_api(page: Page, server: Server, day: date) -> None:
    """Headline and totals of the overview, and the sidebar's count."""
    rows = said(server, "transfers", f"as_of={day}")["data"]
    title = page.get_by_role("heading", level=1).inner_text()
    told = page.get_by_test_id("stMain").inner_text()
    for direction, words in zip(DIRECTIONS, ("Iran to Russia", "Russia to Iran"), strict=True):
        mine = [row for row in rows if row["direction_code"] == direction]
        reaches = Counter(reach(row["stage"], row["standing"]) for row in mine)
        arrived = reaches["arrived"] + reaches["under_way"]
        assert f"{words}: {arrived} of {len(mine)} transfers arrived" in title
        if reaches["alleged"]:
            assert f"{reaches['alleged']} more from {words}" in told
        contested = sum(row["standing"] == "contested" for row in mine)
        for name, number in (
            ("arrived", arrived),
            ("alleged", reaches["alleged"]),
            ("promised", reaches["promised"]),
            ("contested", contested),
        ):
            assert number_of(page, f"count_{direction}_{name}") == number, (direction, name)
    sidebar = page.get_by_test_id("stSidebar")
    expect(sidebar.get_by_text(f"{len(rows)} of {len(rows)} transfers shown")).to_be_visible()


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_page_tells_or_is_sent_what_was_published_later(
    page: Page, server: Server, page_log: PageLog, day: date
) -> None:
    later = told_later(day)
    assert len(later) > FEWEST_LATER
    known = said(server, "statements", f"as_of={day}")["total"]
    sent = Sent(page)
    goto(page, f"{server.url}/?as_of={day}")
    assert_numbers_are_those_of_the_api(page, server, day)
    bar = page.locator(".st-key-navigation")
    for entry in PAGES:
        if entry is not PAGES[0]:  # which is open already
            bar.get_by_role("link", name=entry.title, exact=True).click()
            page.wait_for_url(f"**/{entry.name}?**")
            settle(page)
        assert f"as_of={day}" in page.url
        band = page.locator(".st-key-band_as_of")
        expect(band).to_be_in_viewport()
        words = band.inner_text()
        assert f"As known on {day.day} {day:%B %Y}" in words
        assert f"{known:,} statements had been published by then" in words
        shown = levelled(page.locator("body").inner_text())
        assert [text for text in later if text in shown] == [], entry.name
    everything = sent.text()
    assert [text for text in later if text in everything] == []
    assert page_log.errors == []


def test_a_page_tells_later_words_when_no_day_is_set(page: Page, server: Server) -> None:
    """Otherwise the test above would look for what never could be found."""
    later = told_later(DAYS[-1])
    sent = Sent(page)
    goto(page, f"{server.url}/statements")
    everything = sent.text()
    told = [text for text in later if text in everything]
    assert len(told) > 0.3 * len(later)


# ── Two clicks to a source ───────────────────────────────────────────────────────────────────────


@cache
def sources_of(transfers: frozenset[str]) -> frozenset[str]:
    """Addresses of the documents that tell of transfers."""
    about = ledger().statements[ledger().statements["transfer_id"].isin(transfers)]
    cited = ledger().sources["source_id"].isin(about["source_id"])
    return frozenset(unquote(url) for url in ledger().sources.loc[cited, "url"])


@dataclass
class Reader:
    """Someone who counts clicks."""

    page: Page
    clicks: int = 0

    def click(self, target: Locator, **how: Any) -> None:
        target.click(**how)
        self.clicks += 1
        settle(self.page)

    def click_mark(self, chart: str) -> None:
        """Clicks the first mark of a chart."""
        mark = self.page.locator(f".st-key-{chart} .scatterlayer .points path").first
        mark.scroll_into_view_if_needed()
        box = mark.bounding_box()
        assert box
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.clicks += 1
        settle(self.page)

    def open_source(self, link: Locator, transfers: frozenset[str]) -> None:
        """Clicks a link, up to the request that would leave this machine."""
        link.scroll_into_view_if_needed()
        link.click(trial=True)
        self.clicks += 1
        address = link.get_attribute("href") or ""
        assert re.match("https?://", address)
        assert unquote(address) in sources_of(transfers)
        assert self.clicks <= 2


def links_in(place: Locator) -> Locator:
    return place.locator('a[href^="http"][target="_blank"]')


@pytest.fixture
def reader(page: Page) -> Reader:
    return Reader(page)


def test_from_a_total_of_the_overview(reader: Reader, server: Server) -> None:
    count = "count_russia-iran_arrived"
    goto(reader.page, server.url)
    number = number_of(reader.page, count)
    assert number > 0
    reader.click(reader.page.locator(f".st-key-{count}").get_by_role("button"))
    body = reader.page.get_by_test_id("stPopoverBody")
    expect(body).to_be_visible()
    records_listed = body.locator('a[href*="record="]')
    assert records_listed.count() == number
    named = frozenset(
        re.search(r"record=([^&]+)", link.get_attribute("href") or "")[1]  # type: ignore[index]
        for link in records_listed.all()
    )
    assert links_in(body).count() >= number
    reader.open_source(links_in(body).first, named)


def test_from_a_row_of_the_ledger(reader: Reader, server: Server) -> None:
    goto(reader.page, f"{server.url}/ledger?q=Fath-360")
    table = reader.page.locator(".st-key-ledger_table canvas").first
    table.scroll_into_view_if_needed()
    reader.click(table, position={"x": 16, "y": 50}, force=True)
    reader.page.wait_for_url("**/record?**")
    settle(reader.page)
    record = re.search(r"record=([^&]+)", reader.page.url)
    assert record
    main = reader.page.get_by_test_id("stMain")
    expect(main.get_by_role("heading", name="Why this status")).to_be_visible()
    why = main.get_by_test_id("stColumn").filter(has_text="Why this status").first
    reader.open_source(links_in(why).first, frozenset({record[1]}))


def test_from_three_numbers_of_a_record(page: Page, server: Server) -> None:
    """The count of statements, a number in a chart of numbers, and a mark in a lane."""
    record = "su-35"
    goto(page, f"{server.url}/record?record={record}")
    about = said(server, "statements", f"record={record}")["total"]
    reader = Reader(page)
    title = page.get_by_text(f"All {about} statements with sources")
    reader.click(title)
    expander = page.get_by_test_id("stExpander").filter(has=title)
    assert links_in(expander).count() == about
    reader.open_source(links_in(expander).last, frozenset({record}))
    title.click()

    every = links_in(page.get_by_test_id("stMain"))
    for chart in ("quantities_promised", "lanes"):
        reader = Reader(page)
        before = every.count()
        reader.click_mark(chart)
        # The evidence comes a moment after the click.
        expect(every).not_to_have_count(before)
        assert every.count() > before
        wrapper = '[data-testid="stLayoutWrapper"]'
        opened = page.locator(f"{wrapper}:has(> .st-key-figure_{chart}) ~ {wrapper}")
        reader.open_source(links_in(opened).first, frozenset({record}))
