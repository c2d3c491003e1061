"""The graph as files: GEXF and GraphML for Gephi and others, an edge list as CSV.

Every text is plain: XML knows no control characters, and a spreadsheet must not take a
name for a formula.
"""

import csv
import io
from typing import Any

import networkx as nx

from components.network.layout import Positions
from components.network.narrowing import weights
from components.network.spans import first_day, last_day
from components.network.style import mark_size, tie_style, tie_width
from components.text import plain
from components.theme import LIGHT, Palette
from data.exports.cells import guarded

_LONGEST = 500
_SIZE = 10.0
CSV_COLUMNS = (
    *("from_id", "from", "to_id", "to", "kind", "category", "label", "directed"),
    *("weight", "independent_statements", "first_day", "last_day"),
    *("transfer_ids", "relation_ids", "event_ids", "statement_ids"),
)


def _text(value: str) -> str:
    return plain(value, _LONGEST)


def _days(tie: dict[str, Any]) -> tuple[str, str]:
    """First and last day as ISO text; "" where not known or going on."""
    days = (first_day(tie["spans"]), last_day(tie["spans"]))
    first, last = (day.isoformat() if day else "" for day in days)
    return first, last


def _channels(colour: str) -> dict[str, int]:
    return {name: int(colour[at : at + 2], 16) for name, at in (("r", 1), ("g", 3), ("b", 5))}


def _edge(tie: dict[str, Any]) -> dict[str, Any]:
    """The attributes of an edge that both formats hold."""
    first, last = _days(tie)
    return {
        "label": _text(tie["label"]),
        "weight": float(max(1, tie["weight"])),
        "kind": tie["kind"],
        "category": tie["category"],
        "directed": bool(tie["directed"]),
        "independent_statements": tie["independent_count"],
        "records": tie["count"],
        "first_day": first,
        "last_day": last,
        "direction": tie["direction_code"],
        "is_promise": tie["is_promise"],
    }


def _colour(tie: dict[str, Any], palette: Palette) -> str:
    return tie_style(tie["kind"], palette, tie["direction_code"], tie["is_promise"]).colour


def _node(actor: dict[str, Any], weight: int) -> dict[str, Any]:
    return {
        "label": _text(actor["label"]),
        "kind": actor["kind_code"],
        "kind_label": _text(actor["kind_label"]),
        "side": actor["side"],
        "evidence": weight,
    }


def to_gexf(graph: nx.MultiDiGraph, positions: Positions, palette: Palette = LIGHT) -> bytes:
    """Writes a graph as GEXF 1.2, with colours, sizes and places in its viz namespace.

    Args:
        graph: Any graph of `build_graph`.
        positions: Where its nodes stand, in pixels, y downwards.
        palette: Colours.

    Returns:
        UTF-8. Edges carry `start` and `end` days, which Gephi's timeline reads, beside
        `first_day` and `last_day`; a tie that goes on has no `end`.
    """
    out = nx.MultiDiGraph()
    evidence = weights(graph)
    for node, actor in graph.nodes(data=True):
        x, y = positions[node]
        viz = {
            "color": _channels(palette.ink) | {"a": 1.0},
            "size": mark_size(evidence[node], _SIZE),
            "position": {"x": float(x), "y": float(-y), "z": 0.0},
        }
        out.add_node(node, viz=viz, **_node(actor, evidence[node]))
    for a, b, key, tie in graph.edges(keys=True, data=True):
        colour = _colour(tie, palette)
        style = tie_style(tie["kind"], palette)
        width = tie_width(tie["weight"], tie["kind"], style)
        viz = {"color": _channels(colour) | {"a": 1.0}, "thickness": width}
        first, last = _days(tie)
        when = ({"start": first} if first else {}) | ({"end": last} if last else {})
        out.add_edge(a, b, key=key, id=key, viz=viz, **_edge(tie), **when)
    found = io.BytesIO()
    nx.write_gexf(out, found, version="1.2draft")
    return found.getvalue()


def to_graphml(graph: nx.MultiDiGraph, positions: Positions, palette: Palette = LIGHT) -> bytes:
    """Writes a graph as GraphML; colours as `color` and as the `r`, `g`, `b` of Gephi.

    Args:
        graph: Any graph of `build_graph`.
        positions: Where its nodes stand, in pixels, y downwards.
        palette: Colours.

    Returns:
        UTF-8.
    """
    out = nx.MultiDiGraph()
    evidence = weights(graph)
    for node, actor in graph.nodes(data=True):
        x, y = positions[node]
        size = mark_size(evidence[node], _SIZE)
        drawn = {"x": float(x), "y": float(-y), "size": size, "color": palette.ink}
        out.add_node(node, **_node(actor, evidence[node]), **drawn, **_channels(palette.ink))
    for a, b, key, tie in graph.edges(keys=True, data=True):
        colour = _colour(tie, palette)
        out.add_edge(a, b, key=key, **_edge(tie), color=colour, **_channels(colour))
    found = io.BytesIO()
    nx.write_graphml_xml(out, found)
    return found.getvalue()


def to_csv(graph: nx.MultiDiGraph) -> bytes:
    """Writes the edges of a graph as a table.

    Args:
        graph: Any graph of `build_graph`.

    Returns:
        UTF-8 with a byte-order mark, for Excel; ids of records parted by blanks.
    """
    found = io.StringIO()
    table = csv.writer(found, lineterminator="\r\n")
    table.writerow(CSV_COLUMNS)
    for a, b, tie in graph.edges(data=True):
        first, last = _days(tie)
        cells = (
            *(a, _text(graph.nodes[a]["label"]), b, _text(graph.nodes[b]["label"])),
            *(tie["kind"], tie["category"], _text(tie["label"]), str(tie["directed"]).lower()),
            *(tie["weight"], tie["independent_count"], first, last),
            *(" ".join(tie[f"{of}_ids"]) for of in ("transfer", "relation", "event", "statement")),
        )
        table.writerow([guarded(str(cell)) for cell in cells])
    return ("\ufeff" + found.getvalue()).encode()
