"""Where Chromium is, and whether the tests may go without it."""

import os
import shutil

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")

# No look-ups, updates or synchronisation of the browser's own: the tests watch every request.
CHROMIUM_ARGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def find_chromium() -> str | None:
    """Path of the browser: what CHROMIUM names, else the first known name on the path."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def is_browser_required() -> bool:
    """True where a missing browser is a failure and not a reason to skip."""
    return os.environ.get("BROWSER_TIER") == "required"
