"""The network in a browser: what stays in its place, what a click lists, what a file does."""

import json
import re
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.test_evidence import _GRAPH, _HIT, graph_places, panel
from tests.browser.visit import PageLog, Server, goto, settle

_AT = f"""() => {{
  const {{ network, nodes }} = ({_GRAPH})();
  return network.getPositions(nodes.getIds().filter((id) => !nodes.get(id).edge));
}}"""
_OPACITY = f"""() => {{
  const {{ edges }} = ({_GRAPH})();
  return Object.fromEntries(edges.get().map(({{ id, color }}) => [id, color.opacity]));
}}"""

Places = dict[str, dict[str, float]]


def places(page: Page) -> Places:
    graph_places(page)
    found: Places = page.evaluate(_AT)
    return found


def on_screen(page: Page, node: str) -> list[float]:
    at: list[float] = next(n["at"] for n in graph_places(page)["nodes"] if n["id"] == node)
    return at


def wait_for_nodes(page: Page, count: int, *, more: bool) -> Places:
    """The places once the graph has more, or fewer, nodes than so many."""
    for _ in range(50):
        found = places(page)
        if (len(found) > count) if more else (len(found) < count):
            return found
        page.wait_for_timeout(100)
    raise AssertionError(f"the graph kept its {count} nodes")


def test_nodes_that_stay_do_not_move_and_a_dragged_one_stays_where_it_was_put(
    page: Page, server: Server, page_log: PageLog
) -> None:
    goto(page, f"{server.url}/network")
    before = places(page)
    x, y = on_screen(page, "qatar")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y - 30, steps=4)
    page.mouse.up()
    settle(page)
    moved = places(page)
    assert moved["qatar"] != before["qatar"]
    assert [node for node in before if moved[node] != before[node]] == ["qatar"]
    # The legend and a filter take nodes away and bring them back.
    sanctions = page.get_by_role("button", name=re.compile(r"^Sanctions \d+$"))
    sanctions.click()
    settle(page)
    fewer = wait_for_nodes(page, len(before), more=False)
    assert "hide_tie=sanctions" in page.url
    assert 5 < len(fewer) < len(before)
    assert all(moved[node] == at for node, at in fewer.items())
    sanctions.click()
    settle(page)
    assert wait_for_nodes(page, len(fewer), more=True) == moved
    page.get_by_text("Iran → Russia", exact=True).first.click()
    settle(page)
    filtered = wait_for_nodes(page, len(before), more=False)
    assert all(moved[node] == at for node, at in filtered.items())
    page.get_by_role("button", name="Put back").click()
    page.wait_for_timeout(200)
    assert all(before[node] == at for node, at in places(page).items())
    assert page_log.errors == []
    assert page_log.outside == []


def test_a_click_on_the_arms_edge_lists_exactly_what_the_api_gives(
    page: Page, server: Server
) -> None:
    goto(page, f"{server.url}/network?as_of=2022-09-10")
    edges = [edge for edge in graph_places(page)["edges"] if edge["id"] == "iran~russia~arms"]
    edge = next(e for e in edges if page.evaluate(_HIT, [e["id"], e["at"]]))
    page.mouse.click(*edge["at"])
    settle(page)
    assert "tie=iran~russia~arms" in page.url
    expect(panel(page).get_by_role("heading", name="Iran → Russia")).to_be_visible()
    panel(page).get_by_text(re.compile(r"^All \d+ statements with sources")).click()
    link = panel(page).get_by_role("link", name="The same statements as data")
    url = urlsplit(link.get_attribute("href") or "")
    # The panel's own link, and the page's query as it stands, ask for the same.
    answers = []
    for query in (url.query, urlsplit(page.url).query):
        with urllib.request.urlopen(f"{server.url}{url.path}?{query}", timeout=20) as answer:
            answers.append([row["summary"] for row in json.load(answer)["data"]])
    assert answers[0] == answers[1]
    expect(link).to_be_visible()
    opened = panel(page).get_by_test_id("stExpander").filter(has_text="with sources")
    listed = [
        " ".join(text.split())
        for text in opened.get_by_test_id("stMarkdown").all_inner_texts()
        if " · grade " in text
    ]
    assert 3 < len(listed) == len(answers[0])
    for text, summary in zip(listed, answers[0], strict=True):
        assert " ".join(summary.split()) in text.replace("\u2060", "")


def test_quarters_play_and_a_path_stands_out(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/network?quarter=2021-Q4")
    before = places(page)
    page.get_by_role("button", name="Play").click()
    page.wait_for_url(re.compile("quarter=2022-Q2"), timeout=20_000)
    page.get_by_role("button", name="Pause").click()
    settle(page)
    after = places(page)
    assert len(after) > len(before)
    assert all(after[node] == at for node, at in before.items())
    goto(page, f"{server.url}/network?path_from=qatar&path_to=moldova")
    graph_places(page)
    opacity = page.evaluate(_OPACITY)
    bright = {edge for edge, shown in opacity.items() if shown == 1}
    assert len(bright) == 3
    assert any("qatar" in edge for edge in bright)
    assert any("moldova" in edge for edge in bright)


def test_the_page_that_works_alone_works_alone(
    page: Page, server: Server, page_log: PageLog, tmp_path: Path
) -> None:
    goto(page, f"{server.url}/network")
    graph_places(page)
    with page.expect_download() as picture:
        page.get_by_role("button", name="PNG").click()
    picture.value.save_as(tmp_path / "network.png")
    assert (tmp_path / "network.png").read_bytes()[:4] == b"\x89PNG"
    page.get_by_test_id("stMain").get_by_role("button", name="Download the graph").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("^HTML")).click()
    download.value.save_as(tmp_path / "network.html")
    page.goto((tmp_path / "network.html").as_uri())
    expect(page.locator("#graph canvas")).to_be_visible()
    assert page.evaluate("() => network.getPositions(['iran']).iran.y") == 0
    assert page_log.errors == []
    assert page_log.outside == []
