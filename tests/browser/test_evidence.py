"""From a mark on the screen to the words and the source behind it."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visit import PageLog, Server, goto, settle

_GRAPH = """() => {
  for (const host of document.querySelectorAll('*')) {
    const graph = host.shadowRoot?.querySelector('.graph')?.graph;
    if (graph) return graph;
  }
}"""
_READY = f"() => Boolean(({_GRAPH})())"
# Where a node stands, and where parts of an edge are drawn, on the screen.
_PLACES = f"""() => {{
  const {{ network, nodes, edges }} = ({_GRAPH})();
  const box = network.canvas.frame.canvas.getBoundingClientRect();
  const onScreen = (at) => {{
    const {{ x, y }} = network.canvasToDOM(at);
    return [box.x + x, box.y + y];
  }};
  const parts = (id) => [0.3, 0.4, 0.5, 0.6, 0.7].map(
    share => onScreen(network.body.edges[id].edgeType.getPoint(share)));
  return {{
    nodes: nodes.getIds().filter(id => !nodes.get(id).edge)
      .map(id => ({{ id, label: nodes.get(id).label, at: onScreen(network.getPosition(id)) }})),
    edges: edges.getIds().flatMap(id => parts(id).map(at => ({{ id, at }}))),
  }};
}}"""
_HIT = f"""([id, [x, y]]) => {{
  const {{ network }} = ({_GRAPH})();
  const box = network.canvas.frame.canvas.getBoundingClientRect();
  const at = {{ x: x - box.x, y: y - box.y }};
  return network.getNodeAt(at) === undefined && network.getEdgeAt(at) === id;
}}"""


def graph_places(page: Page) -> dict[str, list[dict[str, Any]]]:
    """Nodes and edges of the graph, once it is drawn."""
    # The content policy forbids the eval that `wait_for_function` polls a string with.
    for _ in range(100):
        if page.evaluate(_READY):
            page.evaluate(f"() => ({_GRAPH})().network.canvas.frame.scrollIntoView()")
            return page.evaluate(_PLACES)
        page.wait_for_timeout(100)
    raise AssertionError("the graph was not drawn")


def panel(page: Page) -> Locator:
    """The box beside the graph."""
    return page.get_by_test_id("stMain").get_by_test_id("stColumn").nth(1)


def test_a_click_on_an_actor_or_a_tie_opens_its_evidence(
    page: Page, server: Server, page_log: PageLog
) -> None:
    goto(page, f"{server.url}/network?actor=iran&actor=russia")
    expect(panel(page).get_by_text("Select an actor or a tie.")).to_be_visible()
    places = graph_places(page)
    node = next(node for node in places["nodes"] if node["id"] == "russia")
    page.mouse.click(*node["at"])
    settle(page)
    expect(panel(page).get_by_role("heading", name="Russia", exact=True)).to_be_visible()
    expect(panel(page).get_by_text(re.compile(r"\d+ transfers · "))).to_be_visible()
    expect(panel(page).get_by_role("link", name=re.compile("Su-35 fighters"))).to_be_visible()

    places = graph_places(page)
    arms = [edge for edge in places["edges"] if edge["id"] == "iran~russia~arms"]
    edge = next(e for e in arms if page.evaluate(_HIT, [e["id"], e["at"]]))
    page.mouse.click(*edge["at"])
    settle(page)
    expect(panel(page).get_by_role("heading", name="Iran → Russia")).to_be_visible()
    expect(panel(page).get_by_role("link", name=re.compile("Fath-360 missiles"))).to_be_visible()
    expect(panel(page).get_by_role("link", name=re.compile("Su-35 fighters"))).to_have_count(0)
    panel(page).get_by_text(re.compile(r"All \d+ statements with sources")).click()
    source = panel(page).get_by_test_id("stExpander").get_by_role("link").first
    expect(source).to_be_visible()
    assert re.match("https?://", source.get_attribute("href") or "")

    panel(page).get_by_role("link", name=re.compile("Fath-360 missiles")).click()
    page.wait_for_url("**/record?**")
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Fath-360 missiles")
    assert "actor=iran&actor=russia&record=fath-360" in page.url
    assert page_log.errors == []
    assert page_log.outside == []


def test_facets_narrow_the_views(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/views")
    main = page.get_by_test_id("stMain")
    count = main.get_by_text(re.compile(r"^\d+ of \d+ views"))
    every = int(count.inner_text().split()[0])
    facet = page.locator(".st-key-facet_position")
    option = facet.get_by_role("button", name=re.compile(r"^The tie .*\(\d+\)$")).first
    label, number = re.fullmatch(r"(.+) \((\d+)\)", option.inner_text().strip()).groups()
    option.click()
    settle(page)
    assert count.inner_text().split()[0] == number
    assert int(number) < every
    badges = main.locator(".stMarkdownBadge")
    shown = [text.strip() for text in badges.all_inner_texts()]
    assert len(shown) == min(int(number), 18)
    assert all(text.endswith(label) for text in shown), shown


def test_a_selected_statement_opens_with_its_source(page: Page, server: Server) -> None:
    goto(page, f"{server.url}/statements?record=&q=Fath-360")
    main = page.get_by_test_id("stMain")
    table = page.locator(".st-key-statement_table canvas").first
    table.scroll_into_view_if_needed()
    row = table.locator("tr").nth(1).locator("td")
    # The canvas tells its cells to screen readers a moment after it is drawn.
    expect(row.filter(has_text=re.compile(r"\w{4,}")).first).to_be_attached()
    cells = row.all_text_contents()
    before = main.get_by_role("link").count()
    # The table is drawn: the box before the first row stands at its left, under the head.
    table.click(position={"x": 16, "y": 50}, force=True)
    settle(page)
    opened = main.get_by_role("link", name=re.compile("Open the record"))
    expect(opened).to_be_visible()
    assert main.get_by_role("link").count() >= before + 2
    words = main.inner_text()
    assert any(len(cell) > 40 and cell in words for cell in cells), cells
    opened.click()
    page.wait_for_url("**/record?**")
    settle(page)
    assert "record=" in page.url
    assert "q=Fath-360" in page.url


@pytest.mark.parametrize("path", ["/", "/record?record=fath-360"])
def test_what_is_shown_of_a_day_follows_the_band(page: Page, server: Server, path: str) -> None:
    join = "&" if "?" in path else "?"
    goto(page, f"{server.url}{path}{join}as_of=2024-09-15")
    band = page.locator(".st-key-band_as_of")
    expect(band).to_be_visible()
    expect(band.get_by_text("As known on 15 September 2024")).to_be_visible()
    known = re.search(r"([\d,]+) statements had been published", band.inner_text())[1]
    assert int(known.replace(",", "")) > 0
