"""The graph as pyvis draws it: marks, lines and labels for vis-network.

Colour never speaks alone: a kind of tie has its own dash pattern and end, a kind of
actor its own shape. Every text is plain, since vis-network draws labels on a canvas
and sets titles as text; it is shortened, so that a long name can't cover the graph.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Any

import networkx as nx
import pyvis
from pyvis.network import Network

from components.network.graph import ARMS, BELONGS, PARTIES
from components.network.layout import Positions, label_lines, sheet
from components.text import count_words, plain
from components.theme import Look, Palette

_FONT = "Source Sans"
# Roundness of the edges of one pair in turn, negative for the other side.
_BENDS = (0.1, 0.24, -0.04, -0.18, 0.38, -0.32, 0.5, -0.46, 0.62)
_PARTY_BENDS = (0.0, 0.11, -0.11, 0.34, -0.34, 0.44, -0.44, 0.54)
_ARMS_BEND = 0.22
_SHAPES = {"state": "dot", "organisation": "hexagon", "armed_group": "triangle"}
_OTHER_SHAPES = {"person": "diamond", "unnamed": "diamond"}


@dataclass(frozen=True, slots=True)
class TieStyle:
    """How a kind of tie is drawn, in the graph and in its key.

    Attributes:
        colour: `#rrggbb`.
        dashes: Lengths of dash and gap in pixels; empty for a solid line.
        end: Mark at its end: `arrow`, `bar`, `circle`, or "" for none.
        is_weighted: True if more records make it thicker.
    """

    colour: str
    dashes: tuple[float, ...]
    end: str
    is_weighted: bool


def tie_style(
    kind: str, palette: Palette, direction: str = "", is_promise: bool = False
) -> TieStyle:
    """The style of a kind of tie.

    Args:
        kind: Relation kind, `arms` or `belongs_to`; an unknown kind is a thin line.
        palette: Colour tokens.
        direction: Direction code of arms.
        is_promise: True for arms that are only promised: a dotted line.

    Returns:
        Colour, dash pattern and end.
    """
    ink, thin = palette.ink2, palette.ink3
    return {
        ARMS: TieStyle(palette.direction(direction), (2, 3) if is_promise else (), "arrow", True),
        "proxy_support": TieStyle(ink, (12, 5), "arrow", True),
        "sanctions": TieStyle(ink, (5, 4), "bar", True),
        "hostility": TieStyle(palette.deny, (1.5, 5), "", True),
        "alliance": TieStyle(ink, (), "", True),
        "mediation": TieStyle(thin, (1, 4), "arrow", False),
        "membership": TieStyle(thin, (), "circle", False),
        "trade": TieStyle(thin, (9, 4, 2, 4), "", False),
        "diplomacy": TieStyle(thin, (1, 7), "", False),
        BELONGS: TieStyle(palette.strong, (), "", False),
    }.get(kind, TieStyle(thin, (), "", False))


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
    drawing = Network(directed=True, cdn_resources="local")
    # Set as it is: `set_options` would take the blanks out of the name of the font.
    drawing.options = _options(look)
    for node, actor in graph.nodes(data=True):
        drawing.add_node(node, **_node(node, actor, positions[node], look))
    bends = _bends(graph)
    # What is drawn last lies on top: arms over all other ties.
    edges = sorted(graph.edges(keys=True, data=True), key=lambda e: (e[3]["kind"] == ARMS, e[2]))
    for source, target, key, tie in edges:
        names = (graph.nodes[source]["label"], graph.nodes[target]["label"])
        drawing.add_edge(source, target, id=key, **_edge(tie, bends[key], look, names))
        if tie["kind"] == ARMS and {source, target} == set(PARTIES):
            drawing.add_node(f"count|{key}", edge=key, **_count(tie, look))
    nodes, drawn, _, _, _, options = drawing.get_network_data()
    return {
        "nodes": nodes,
        "edges": drawn,
        "options": json.loads(options),
        "sheet": _extent(positions, look),
    }


def _options(look: Look) -> dict[str, Any]:
    palette, of = look.palette, sheet(look.is_narrow)
    return {
        "autoResize": False,
        "physics": False,
        "layout": {"improvedLayout": False},
        "interaction": {
            "dragNodes": False,
            "hover": True,
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


def _node(node: str, actor: dict[str, Any], at: tuple[float, float], look: Look) -> dict[str, Any]:
    palette, of, kind = look.palette, sheet(look.is_narrow), actor["kind_code"]
    is_party = node in PARTIES
    drawn: dict[str, Any] = {
        "label": "\n".join(label_lines(actor["label"])),
        "title": f"{plain(actor['label'], 90)}, {plain(actor['kind_label'], 40).lower()}: "
        + count_words(actor["count"], "record"),
        "x": at[0],
        "y": at[1],
        "shape": _SHAPES.get(kind) or _OTHER_SHAPES.get(kind, "square"),
        "size": of.party_size if is_party else of.size,
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
        "title": _title(tie, names),
        "width": _width(tie, style),
        "dashes": list(style.dashes) or False,
        "color": dict.fromkeys(("color", "highlight", "hover"), style.colour) | {"opacity": 1},
        "arrows": {"to": end} if style.end else {},
        "arrowStrikethrough": style.end != "arrow",
        # Off the disc: on it, the bar could not be seen.
        "endPointOffset": {"from": 0, "to": 6 if style.end == "bar" else 0},
        "smooth": {"enabled": True, **curve} if bend else False,
    }


def _width(tie: dict[str, Any], style: TieStyle) -> float:
    if not style.is_weighted:
        return 1.2
    width = 1.2 + 1.2 * log2(min(tie["count"], 60) + 1)
    return round(width * (1.3 if tie["kind"] == ARMS else 0.8), 1)


def _title(tie: dict[str, Any], names: tuple[str, str]) -> str:
    source, target = (plain(name, 60) for name in names)
    between = "→" if tie["directed"] else "–"
    if tie["kind"] == BELONGS:
        return f"{source} belongs to {target}"
    counted = count_words(tie["count"], "transfer" if tie["kind"] == ARMS else "record")
    first, last = tie["first_year"], tie["last_year"]
    years = "" if first is None else f", {first}" if first == last else f", {first} to {last}"
    years = f", since {first}" if first is not None and last is None else years
    promise = ", only promised" if tie["is_promise"] else ""
    label = plain(tie["label"], 60)
    kind = label[:1].lower() + label[1:]
    return f"{source} {between} {target}: {kind}, {counted}{promise}{years}"


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
        free = iter(_PARTY_BENDS if between_parties else _BENDS)
        for is_other, key, source in sorted(ties):
            if between_parties and not is_other:
                bends[key] = _ARMS_BEND  # one on each side, since each bends its own way
            else:
                bend = next(free, 0.0)
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
