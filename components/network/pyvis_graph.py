"""The graph as pyvis draws it: marks, lines and labels for vis-network.

Every text is plain, since vis-network draws labels on a canvas and sets titles as
text; it is shortened, so that a long name can't cover the graph.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import chain, count
from pathlib import Path
from typing import Any

import networkx as nx
import pyvis
from pyvis.network import Network

from components.network.graph import PARTIES
from components.network.kinds import ARMS
from components.network.layout import Positions, label_lines, sheet
from components.network.narrowing import weights
from components.network.style import mark_size, shape, tie_style, tie_width
from components.network.wording import actor_title, tie_title
from components.text import count_words
from components.theme import Look

_FONT = "Source Sans"
# Roundness of the edges of one pair in turn, negative for the other side.
_BENDS = (0.1, 0.24, -0.04, -0.18, 0.38, -0.32, 0.5, -0.46, 0.62)
_PARTY_BENDS = (0.0, 0.11, -0.11, 0.34, -0.34, 0.44, -0.44, 0.54)
_ARMS_BEND, _FAN = 0.22, 0.05
_LABELLED = 150  # above so many nodes only those with the most evidence have a label
_MOST_LABELS = 60
_CROWD = 1500  # above so many edges drags leave them out, and hovering marks nothing
_PAST = 0.3  # opacity of what no longer goes on in the quarter shown
_TEMPLATE = Path(__file__).with_name("standalone.html")


def vis_folder() -> Path:
    """Folder of the vis-network files that pyvis brings, to be served under `/vis`."""
    return Path(pyvis.__file__).parent / "lib" / "vis-9.1.2"


def to_pyvis(graph: nx.MultiDiGraph, positions: Positions, look: Look) -> dict[str, Any]:
    """Draws a graph with pyvis.

    Args:
        graph: Any graph of `build_graph`.
        positions: Where its nodes stand, for the same width as `look`; may hold more
            nodes, all of which count towards the sheet, so that filters don't shift it.
        look: Colours and width.

    Returns:
        Values that JSON can write: `nodes`, `edges` and `options` for vis-network, and
        `sheet`, the rectangle that the drawing fills. A node with a field `edge` is the
        number written beside that edge, and stands for it.
    """
    drawing = _drawing(graph, positions, look)
    nodes, drawn, _, _, _, options = drawing.get_network_data()
    return {
        "nodes": nodes,
        "edges": drawn,
        "options": json.loads(options),
        "sheet": _extent(positions, look),
    }


def standalone_page(
    graph: nx.MultiDiGraph,
    positions: Positions,
    look: Look,
    words: Mapping[str, str],
    ties: list[dict[str, str]],
) -> str:
    """Draws a graph as a page that needs nothing but a browser.

    Args:
        graph: Any graph of `build_graph`.
        positions: As for `to_pyvis`.
        look: Colours and width.
        words: Plain texts of the page: `title`, `caption` and `alt`.
        ties: Rows of a table of the ties; their keys are its heads.

    Returns:
        HTML with the drawing library in it. Data stands in it as JSON without markup
        and as escaped text; a policy in its head forbids it to load anything.
    """
    drawing = _drawing(graph, positions, look)
    drawing.options |= {"autoResize": True, "physics": {"enabled": False}}
    drawing.set_template(_TEMPLATE.as_posix())
    library = (vis_folder() / "vis-network.min.js").read_text(encoding="utf-8")
    if "</script" in library.lower():
        raise ValueError("the drawing library can't stand inside a page")
    drawing.templateEnv.globals.update(
        library=library,
        words=dict(words),
        ties=ties,
        paper=look.palette.paper,
        ink=look.palette.ink,
        rule=look.palette.rule,
        sheet=_extent(positions, look),
        drawing_options=drawing.options,
    )
    page: str = drawing.generate_html()
    return page


def _drawing(graph: nx.MultiDiGraph, positions: Positions, look: Look) -> Network:
    drawing = Network(directed=True, cdn_resources="local")
    # Set as it is: `set_options` would take the blanks out of the name of the font.
    drawing.options = _options(look, graph.number_of_edges())
    evidence = weights(graph)
    named = set(graph)
    if len(graph) > _LABELLED:
        named = set(sorted(graph, key=lambda node: (-evidence[node], node))[:_MOST_LABELS])
    for node, actor in graph.nodes(data=True):
        drawn = _node(node, actor, evidence[node], positions[node], look)
        drawing.add_node(node, **drawn | ({} if node in named else {"label": " "}))
    bends = _bends(graph)
    # What is drawn last lies on top: arms over all other ties.
    edges = sorted(graph.edges(keys=True, data=True), key=lambda e: (e[3]["kind"] == ARMS, e[2]))
    for source, target, key, tie in edges:
        names = (graph.nodes[source]["label"], graph.nodes[target]["label"])
        drawing.add_edge(source, target, id=key, **_edge(tie, bends[key], look, names))
        is_main = tie["kind"] == ARMS and {source, target} == set(PARTIES)
        if is_main and tie["at"] is None and not tie["category"]:
            drawing.add_node(f"count~{key}", edge=key, **_count(tie, look))
    return drawing


def _options(look: Look, edges: int) -> dict[str, Any]:
    palette, of = look.palette, sheet(look.is_narrow)
    return {
        "autoResize": False,
        "physics": False,
        "layout": {"improvedLayout": False},
        "interaction": {
            "dragNodes": True,
            "hideEdgesOnDrag": edges > _CROWD,
            "hideEdgesOnZoom": edges > _CROWD,
            # A tooltip comes without it; it alone draws the whole graph anew at each step.
            "hover": edges <= _CROWD,
            "selectConnectedEdges": False,
            "tooltipDelay": 120,
            "zoomView": False,
        },
        "nodes": {
            "borderWidth": 1.8,
            "borderWidthSelected": 3,
            "font": {
                "color": palette.ink,
                "face": _FONT,
                "size": of.font,
                "strokeColor": palette.paper,
                "strokeWidth": 5,
                "vadjust": -3,
            },
        },
        "edges": {"hoverWidth": 0.5, "selectionWidth": 1},
    }


def _node(
    node: str, actor: dict[str, Any], weight: int, at: tuple[float, float], look: Look
) -> dict[str, Any]:
    palette, of = look.palette, sheet(look.is_narrow)
    is_party = node in PARTIES
    drawn: dict[str, Any] = {
        "label": "\n".join(label_lines(actor["label"])),
        "title": actor_title(actor, weight),
        "x": at[0],
        "y": at[1],
        "shape": shape(actor["kind_code"]),
        "size": of.party_size if is_party else mark_size(weight, of.size),
        "color": {
            "background": palette.ink if is_party else palette.paper,
            "border": palette.ink,
            "highlight": {"background": palette.known, "border": palette.ink},
            "hover": {"background": palette.panel, "border": palette.ink},
        },
    }
    if is_party:
        drawn["font"] = {"size": round(of.font * 1.3)}
    return drawn


def _edge(tie: dict[str, Any], bend: float, look: Look, names: tuple[str, str]) -> dict[str, Any]:
    style = tie_style(tie["kind"], look.palette, tie["direction_code"], tie["is_promise"])
    scale = {"arrow": 0.6, "bar": 0.6, "circle": 0.4}.get(style.end)
    end = {"enabled": True, "type": style.end, "scaleFactor": scale}
    curve = {"type": "curvedCW" if bend > 0 else "curvedCCW", "roundness": abs(bend)}
    return {
        "title": tie_title(tie, names),
        "width": tie_width(tie["weight"], tie["kind"], style),
        "dashes": list(style.dashes) or False,
        "color": dict.fromkeys(("color", "highlight", "hover"), style.colour)
        | {"opacity": _PAST if tie["is_past"] else 1},
        "arrows": {"to": end} if style.end else {},
        "arrowStrikethrough": style.end != "arrow",
        # Off the disc: on it, the bar could not be seen.
        "endPointOffset": {"from": 0, "to": 6 if style.end == "bar" else 0},
        "smooth": {"enabled": True, **curve} if bend else False,
    }


def _bends(graph: nx.MultiDiGraph) -> dict[str, float]:
    """How far each edge bends, so that no two of a pair lie on each other.

    A positive bend is clockwise as seen from the edge's own start.
    """
    pairs: defaultdict[tuple[str, str], list[tuple[bool, str, str]]] = defaultdict(list)
    for source, target, key, tie in graph.edges(keys=True, data=True):
        pair = (min(source, target), max(source, target))
        pairs[pair].append((tie["kind"] != ARMS, key, source))
    bends: dict[str, float] = {}
    for pair, ties in pairs.items():
        between_parties = set(pair) == set(PARTIES)
        # However many there are, none lies on another.
        free = chain(_PARTY_BENDS if between_parties else _BENDS, count(0.66, 0.04))
        arms: Counter[str] = Counter()
        for is_other, key, source in sorted(ties):
            if between_parties and not is_other:
                # On one side each, since each bends its own way; by category in a fan.
                bends[key] = round(_ARMS_BEND + _FAN * arms[source], 3)
                arms[source] += 1
            else:
                bend = next(free)
                bends[key] = bend if source == pair[0] else -bend
    return bends


def _count(tie: dict[str, Any], look: Look) -> dict[str, Any]:
    """The number of transfers beside the arms edge between the two parties."""
    palette, of = look.palette, sheet(look.is_narrow)
    above = tie["direction_code"] == "russia-iran"
    return {
        "label": count_words(tie["count"], "transfer"),
        "shape": "text",
        "x": 0,
        "y": (of.party_x * 0.21 + 20) * (-1 if above else 1),
        "font": {"color": palette.direction_text(tie["direction_code"]), "vadjust": 0},
    }


def _extent(positions: Positions, look: Look) -> dict[str, float]:
    """The rectangle that all positions fill: the sheet, or more where a crowd outgrew it."""
    of = sheet(look.is_narrow)
    x = max((abs(x) for x, _ in positions.values()), default=0)
    y = max((abs(y) for _, y in positions.values()), default=0)
    return {
        "width": of.width if 2 * x <= of.width - 30 else round(2 * x + 110),
        "height": of.height if 2 * y <= of.height - 28 else round(2 * y + 80),
    }
