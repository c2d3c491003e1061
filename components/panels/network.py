"""The clickable graph of actors."""

from pathlib import Path
from typing import Any, Literal

import streamlit as st

from components import network

# What was clicked: a node with its actor id, or an edge with its key.
Clicked = tuple[Literal["node", "edge"], str]

_CSS = """
.graph { width: 100%; overflow: hidden; }
.vis-tooltip {
  position: absolute; visibility: hidden; z-index: 5; pointer-events: none;
  max-width: 280px; padding: 4px 8px; font: 13px/1.35 "Source Sans", sans-serif;
  overflow-wrap: anywhere; color: var(--st-text-color); border-radius: 3px;
  background: var(--st-background-color); border: 1px solid var(--st-gray-color);
}
"""

_mount = st.components.v2.component(
    "ledger_network",
    html='<div class="graph" role="img"></div>',
    css=_CSS,
    js=(Path(network.__file__).parent / "network.js").read_text(encoding="utf-8"),
)


def network_graph(data: dict[str, Any], key: str, height: int, alt: str) -> Clicked | None:
    """Shows a graph and says what was clicked in it.

    The choice lives in the session under `key`, so that it outlasts a change of
    filters: what is filtered out isn't chosen until it is back.

    Args:
        data: What `to_pyvis` gives.
        key: Key of the widget.
        height: Height in pixels.
        alt: What the graph shows, in words.

    Returns:
        The chosen node or edge if it is in the graph, else None.
    """
    chosen = _clicked(dict(st.session_state.get(key) or {}).get("selection"), data)
    result = _mount(
        key=key,
        data={
            **data,
            "height": height,
            "alt": alt,
            "selection": {"kind": chosen[0], "id": chosen[1]} if chosen else None,
        },
        on_selection_change=lambda: None,
    )
    return _clicked(result.selection, data)


def choose(key: str, clicked: Clicked | None) -> None:
    """Chooses a node or an edge from elsewhere, such as a table, before the graph is shown.

    Args:
        key: Key of the graph's widget.
        clicked: What to choose, or None for nothing.
    """
    st.session_state[key] = {
        "selection": {"kind": clicked[0], "id": clicked[1]} if clicked else None
    }


def _clicked(value: Any, data: dict[str, Any]) -> Clicked | None:
    """What the browser sent, if it names a node or an edge that is shown."""
    if not isinstance(value, dict):
        return None
    kind, name = value.get("kind"), value.get("id")
    if kind == "node" and any(n["id"] == name and "edge" not in n for n in data["nodes"]):
        return "node", str(name)
    if kind == "edge" and any(edge["id"] == name for edge in data["edges"]):
        return "edge", str(name)
    return None
