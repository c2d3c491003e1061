"""Measures the network of a large package, drawn in a real browser.

    python -m tests.bench.network

Prints what a reader waits for. It never fails: how fast a machine is says nothing
about whether the code is right.
"""

import json
import random
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from components.network.graph import build_graph
from components.network.layout import positions
from components.network.narrowing import aggregated
from components.network.pyvis_graph import to_pyvis
from components.network.wire import packed
from components.theme import Look
from data.load import load_dataset
from data.selection import Selection
from tests.browser.chromium import CHROMIUM_ARGS, find_chromium
from tests.browser.visit import Server, goto
from tests.data.package_fixture import read_lines, write_lines, write_package

SIZES = ((1_000, 5_000), (1_000, 10_000))
_KINDS = ("alliance", "hostility", "sanctions", "mediation", "trade", "diplomacy")
_GRAPH = """() => {
  for (const host of document.querySelectorAll('*')) {
    const graph = host.shadowRoot?.querySelector('.graph')?.graph;
    if (graph) return graph;
  }
}"""
# Frames while the mouse moves over the graph: how long the slowest twentieth took.
_FRAMES = """() => {
  window.__frames = [];
  let last = performance.now();
  const next = (now) => {
    window.__frames.push(now - last);
    last = now;
    window.__on = requestAnimationFrame(next);
  };
  window.__on = requestAnimationFrame(next);
}"""


def write_large(folder: Path, actors: int, ties: int) -> Path:
    """Writes a package with so many more actors and relations, the same each time."""
    write_package(folder, has_whole_vocabularies=True)
    chance = random.Random(5)
    lines = read_lines(folder, "actors")
    names = [f"actor-{number:04}" for number in range(actors)]
    for name in names:
        cells = {"actor_id": name, "name": name, "kind_code": "state", "description": "Made up."}
        lines.append([cells.get(column, "") for column in lines[0]])
    write_lines(folder, "actors", lines)
    lines = read_lines(folder, "relations")
    seen: set[tuple[str, str, str]] = set()
    while len(seen) < ties:
        # Some have many ties and most have few.
        first, second = (names[int(actors * chance.random() ** 2)] for _ in range(2))
        if first != second:
            seen.add((min(first, second), max(first, second), chance.choice(_KINDS)))
    for number, (first, second, kind) in enumerate(sorted(seen)):
        cells = {
            "relation_id": f"made-{number:05}",
            "kind_code": kind,
            "from_id": first,
            "to_id": second,
            "relation_date": f"{2000 + number % 25}/..",
            "published_date": "2025",
            "summary": "Made up.",
            "source_id": "times-2023",
        }
        lines.append([cells.get(column, "") for column in lines[0]])
    write_lines(folder, "relations", lines)
    return folder


def _frames(page: Page, moves: list[tuple[float, float]]) -> str:
    page.evaluate(_FRAMES)
    for x, y in moves:
        page.mouse.move(x, y)
        page.wait_for_timeout(16)
    frames = sorted(
        page.evaluate("() => { cancelAnimationFrame(window.__on); return window.__frames }")
    )
    return f"median {median(frames):.0f} ms, slowest twentieth {frames[-len(frames) // 20]:.0f} ms"


def _measure(folder: Path, chromium: str) -> None:
    dataset = load_dataset(folder)
    selected = Selection().apply(dataset)
    start = time.perf_counter()
    graph = build_graph(selected)
    built = time.perf_counter()
    places = positions(graph)
    placed = time.perf_counter()
    drawable = aggregated(graph)
    drawing = to_pyvis(drawable.graph, places, Look())
    drawn = time.perf_counter()
    sent = len(json.dumps(packed(drawing)))
    print(f"{len(graph):,} nodes, {graph.number_of_edges():,} edges")
    print(
        f"  built {built - start:.2f} s, placed once {placed - built:.2f} s, "
        f"drawn {drawn - placed:.2f} s; {drawable.graph.number_of_edges():,} edges drawn, "
        f"{sent / 1e6:.2f} MB sent ({len(json.dumps(drawing)) / 1e6:.2f} MB unpacked)"
    )
    server = Server({"ARMS_LEDGER_DATA": str(folder)})
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_ARGS))
            page = browser.new_page(viewport={"width": 1440, "height": 1000})
            start = time.perf_counter()
            goto(page, f"{server.url}/network")
            for _ in range(300):
                if page.evaluate("() => performance.getEntriesByName('network-painted').length"):
                    break
                page.wait_for_timeout(100)
            whole = time.perf_counter() - start
            marks = page.evaluate(
                "() => Object.fromEntries(performance.getEntriesByType('mark')"
                ".filter(m => m.name.startsWith('network-')).map(m => [m.name, m.startTime]))"
            )
            print(
                f"  first paint {marks['network-painted'] - marks['network-data']:.0f} ms after "
                f"the data arrived ({whole:.1f} s after the address, the positions included)"
            )
            box = page.evaluate(
                f"() => {{ const g = ({_GRAPH})(); g.network.canvas.frame.scrollIntoView();"
                " const b = g.network.canvas.frame.canvas.getBoundingClientRect();"
                " return [b.x, b.y, b.width, b.height] }"
            )
            x, y, width, height = box
            across = [(x + width * (0.1 + 0.8 * n / 60), y + height * 0.4) for n in range(60)]
            print(f"  hover: {_frames(page, across)}")
            node = page.evaluate(
                f"() => {{ const g = ({_GRAPH})(); const at = g.network.canvasToDOM("
                "g.network.getPosition('actor-0500')); return [at.x, at.y] }"
            )
            page.mouse.move(x + node[0], y + node[1])
            page.mouse.down()
            dragged = [(x + node[0] + n, y + node[1] + n / 2) for n in range(60)]
            print(f"  drag:  {_frames(page, dragged)}")
            page.mouse.up()
            page.wait_for_timeout(500)
            start = time.perf_counter()
            page.evaluate(
                f"() => {{ const g = ({_GRAPH})(); g.network.once('afterDrawing', () => "
                "performance.mark('network-clicked')); g.began = performance.now(); }"
            )
            at = [(x + node[0] + 59), (y + node[1] + 29.5)]
            page.mouse.click(*at)
            page.wait_for_timeout(1500)
            took = page.evaluate(
                "() => performance.getEntriesByName('network-clicked')[0]?.startTime"
                f" - ({_GRAPH})().began"
            )
            print(f"  click to marked: {took or 0:.0f} ms")
            browser.close()
    finally:
        server.stop()


def main() -> None:
    """Measures each size and prints it."""
    chromium = find_chromium()
    if chromium is None:
        print("The network is not measured: no Chromium found; set CHROMIUM=/path/to/it.")
        return
    for actors, ties in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            _measure(write_large(Path(folder) / "package", actors, ties), chromium)


if __name__ == "__main__":
    main()
