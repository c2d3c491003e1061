"""The clickable graph of actors."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from components import network
from components.network.wire import packed

# What was clicked: a node with its actor id, or an edge with its key.
Clicked = tuple[Literal["node", "edge"], str]

_TOOLS = (
    ("fit", "Fit"),
    ("closer", "Closer"),
    ("further", "Further"),
    ("back", "Put back"),
    ("whole", "Full screen"),
    ("picture", "PNG"),
)
_CSS = """
.network { background: var(--st-background-color); }
.tools { display: flex; flex-wrap: wrap; gap: 0 14px; min-height: 26px; }
.tools button {
  font: 13px/1 var(--st-font, "Source Sans", sans-serif); color: var(--st-text-color);
  background: none; border: 0; padding: 6px 2px; min-height: 26px; cursor: pointer;
  text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 3px;
}
.tools button:focus-visible { outline: 2px solid var(--st-primary-color); }
.network:fullscreen .tools { padding: 8px 16px; }
.graph { width: 100%; overflow: hidden; }
.vis-tooltip {
  position: absolute; visibility: hidden; z-index: 5; pointer-events: none;
  max-width: 280px; padding: 4px 8px; font: 13px/1.35 "Source Sans", sans-serif;
  overflow-wrap: anywhere; color: var(--st-text-color); border-radius: 3px;
  background: var(--st-background-color); border: 1px solid var(--st-gray-color);
}
"""
_BUTTONS = "".join(
    f'<button type="button" data-does="{does}">{name}</button>' for does, name in _TOOLS
)

_mount = st.components.v2.component(
    "ledger_network",
    html='<div class="network"><div class="tools" role="group" aria-label="View of the graph">'
    f'{_BUTTONS}</div><div class="graph" role="img"></div></div>',
    css=_CSS,
    js=(Path(network.__file__).parent / "network.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True)
class Shown:
    """How a graph is shown.

    Attributes:
        height: Height in pixels.
        alt: What the graph shows, in words.
        form: Name of the sheet; nodes that were dragged stay so on sheets of one name.
        chosen: Node or edge that is marked.
        bright: Keys of edges beside which all others are dimmed.
        focus: Node to bring to the middle, and a number that is new for each time.
        turn: While playing, a number that is new for each step.
        caption: Lines under the picture that can be saved.
        file: Name of that picture.
        ground: Paper and ink.
    """

    height: int
    alt: str
    form: str = ""
    chosen: Clicked | None = None
    bright: Sequence[str] = ()
    focus: tuple[str, int] | None = None
    turn: int | None = None
    caption: Sequence[str] = field(default=())
    file: str = "network.png"
    ground: tuple[str, str] = ("#ffffff", "#000000")


STEP_MS = 900  # how long a quarter stands while playing


def network_graph(
    data: dict[str, Any],
    key: str,
    shown: Shown,
    on_click: Callable[[Clicked | None], None],
    on_tick: Callable[[], None],
) -> None:
    """Shows a graph.

    Args:
        data: What `to_pyvis` gives.
        key: Key of the widget.
        shown: How it is shown.
        on_click: Called with what was clicked, before the page runs again; None for a
            click on the paper.
        on_tick: Called while playing, once a quarter stood long enough.
    """

    def clicked() -> None:
        value = dict(st.session_state.get(key) or {}).get("selection")
        on_click(read_click(value, data))

    marked = shown.chosen if is_drawn(shown.chosen, data) else None
    _mount(
        key=key,
        data={
            **packed(data),
            "height": shown.height,
            "alt": shown.alt,
            "form": shown.form,
            "selection": {"kind": marked[0], "id": marked[1]} if marked else None,
            "bright": list(shown.bright),
            "focus": {"id": shown.focus[0], "turn": shown.focus[1]} if shown.focus else None,
            "tick": {"turn": shown.turn, "ms": STEP_MS} if shown.turn is not None else None,
            "caption": list(shown.caption),
            "file": shown.file,
            "paper": shown.ground[0],
            "ink": shown.ground[1],
        },
        on_selection_change=clicked,
        on_tick_change=on_tick,
    )


def is_drawn(chosen: Clicked | None, data: dict[str, Any]) -> bool:
    """True for a node or an edge that a drawing has."""
    if chosen is None:
        return False
    kind, name = chosen
    if kind == "node":
        return any(node["id"] == name and "edge" not in node for node in data["nodes"])
    return any(edge["id"] == name for edge in data["edges"])


def read_click(value: Any, data: dict[str, Any]) -> Clicked | None:
    """What the browser sent, if it names a node or an edge that is shown."""
    if not isinstance(value, dict):
        return None
    kind, name = value.get("kind"), value.get("id")
    if kind not in ("node", "edge") or not isinstance(name, str):
        return None
    clicked: Clicked = ("node" if kind == "node" else "edge", name)
    return clicked if is_drawn(clicked, data) else None
