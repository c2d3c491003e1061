"""The reader's ground colour and column width, which figures are drawn for.

The menu's theme switch repaints Streamlit without a rerun, and Python never learns
the width: a component of a few lines watches both and asks for a rerun on a change.
"""

import streamlit as st

from components.theme import NARROW_BELOW, Look, palette

_KEY = "viewport"
_WATCH = f"""
export default function(component) {{
  const main = () => document.querySelector('[data-testid="stMainBlockContainer"]');
  const app = () => document.querySelector('[data-testid="stApp"]');
  let width = component.data.width;
  let ground = null;
  const look = () => {{
    const seen = (main()?.clientWidth || innerWidth) < {NARROW_BELOW} ? "narrow" : "wide";
    if (seen !== width) {{ width = seen; component.setStateValue("width", seen); }}
    const colour = app() ? getComputedStyle(app()).backgroundColor : ground;
    if (ground !== null && colour !== ground) component.setStateValue("ground", colour);
    ground = colour;
  }};
  const watch = setInterval(look, 400);
  look();
  return () => clearInterval(watch);
}}
"""
_watcher = st.components.v2.component("viewport", js=_WATCH)


def _guess() -> str:
    agent = st.context.headers.get("User-Agent", "")
    return "narrow" if "Mobi" in agent else "wide"


def _width() -> str:
    state = st.session_state.get(_KEY)
    seen = state.get("width") if state else None
    return seen if seen in ("narrow", "wide") else _guess()


def current_look() -> Look:
    """Palette and width as last seen, or guessed on the first run."""
    return Look(palette(st.context.theme.type), is_narrow=_width() == "narrow")


def watch_viewport() -> None:
    """Puts the watcher at the foot of the page."""
    _watcher(
        key=_KEY,
        data={"width": _width()},
        on_width_change=lambda: None,
        on_ground_change=lambda: None,
        height="content",
    )
