"""What is sent to the browser: a drawing whose repeated styles stand in it once.

Streamlit sends all of a component's data again on every run, and most of an edge is its
style: 5,000 edges are 2 MB as they are and a third of that like this.
"""

import json
from typing import Any

_OWN = ("id", "from", "to", "title")  # fields of an edge that no other edge shares
_OWN_NODE = ("id", "label", "title", "x", "y", "size", "edge")


def packed(drawing: dict[str, Any]) -> dict[str, Any]:
    """Puts each style of the nodes and edges into one table.

    Args:
        drawing: What `to_pyvis` gives.

    Returns:
        The same with `styles`, and in each node and edge a number of one (`style`) in
        place of the fields that make it up. network.js puts them back.
    """
    styles: dict[str, int] = {}

    def pack(item: dict[str, Any], own: tuple[str, ...]) -> dict[str, Any]:
        style = {key: value for key, value in item.items() if key not in own}
        number = styles.setdefault(json.dumps(style, sort_keys=True), len(styles))
        return {key: item[key] for key in own if key in item} | {"style": number}

    nodes = [pack(node, _OWN_NODE) for node in drawing["nodes"]]
    edges = [pack(edge, _OWN) for edge in drawing["edges"]]
    return {
        **drawing,
        "nodes": nodes,
        "edges": edges,
        "styles": [json.loads(style) for style in styles],
    }
