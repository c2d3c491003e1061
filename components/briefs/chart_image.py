"""Charts as pictures, where the host has kaleido and a Chrome; nothing is needed without.

The browser runs in a process of its own that is ended after a time, for a browser that
hangs must not take the app with it. It loads nothing from outside.
"""

import importlib.util
import shutil
import subprocess
import sys
from functools import lru_cache

SECONDS = 25.0
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_PROGRAM = """
import json, sys
import kaleido
task = json.load(sys.stdin)
png = kaleido.calc_fig_sync(
    task["figure"],
    opts={"format": "png", "width": task["width"], "height": task["height"], "scale": 2},
    kopts={
        "page_generator": kaleido.PageGenerator(mathjax=False),
        "path": task["browser"],
        "timeout": task["seconds"],
    },
)
sys.stdout.buffer.write(png)
"""


@lru_cache(maxsize=1)
def browser() -> str:
    """The browser that can draw charts, or "" where the host has none or no kaleido."""
    if importlib.util.find_spec("kaleido") is None:
        return ""
    return next((path for name in _BROWSERS if (path := shutil.which(name))), "")


def chart_png(figure_json: str, width: int, height: int, seconds: float = SECONDS) -> bytes | None:
    """Draws a chart into a picture.

    Args:
        figure_json: The figure as Plotly writes it.
        width: Width in pixels; the picture has twice as many.
        height: Height in pixels.
        seconds: How long to wait at most.

    Returns:
        A PNG, or None where the host can't draw it in that time.
    """
    path = browser()
    if not path:
        return None
    task = (
        f'{{"figure": {figure_json}, "width": {int(width)}, "height": {int(height)}, '
        f'"seconds": {float(seconds)}, "browser": "{path}"}}'
    )
    try:
        done = subprocess.run(  # noqa: S603 - our own program, by our own interpreter
            [sys.executable, "-c", _PROGRAM],
            input=task.encode(),
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    is_picture = done.returncode == 0 and done.stdout.startswith(b"\x89PNG")
    return done.stdout if is_picture else None
