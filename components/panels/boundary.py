"""A fault of one panel stays in that panel: the rest of the page is shown."""

import hashlib
import logging
import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import streamlit as st
from streamlit.errors import FragmentHandledException

from components.panels.visit import PageEndError
from components.text import markdown

# `raise` lets faults through, as tests want them.
VARIABLE = "ARMS_LEDGER_FAULTS"

_log = logging.getLogger(__name__)


@contextmanager
def boundary(what: str) -> Iterator[None]:
    """Shows an apology in place of what fails inside; for use with `with` or as a decorator.

    Streamlit's own ways to leave a script (rerun, stop, another page) aren't `Exception`s and
    pass, as does `end_page`.

    Args:
        what: What is drawn inside, as the begin of a sentence: `The table of transfers`.
    """
    try:
        yield
    except PageEndError:
        raise
    except FragmentHandledException:
        # A part that reruns by itself has shown its fault already; what follows needn't go.
        if os.environ.get(VARIABLE) == "raise":
            raise
    except Exception as error:
        if os.environ.get(VARIABLE) == "raise":
            raise
        _apologise(what, error)


def _apologise(what: str, error: Exception) -> None:
    trace = "".join(traceback.format_exception(error))
    number = hashlib.blake2b(trace.encode(errors="replace"), digest_size=3).hexdigest()
    _log.error("Fault %s: %s failed\n%s", number, what, trace)
    # Neither the error's words nor its trace: they may hold paths and cells.
    st.error(
        f"{what} could not be shown. That is a fault of this program, not of your link; the rest "
        "of the page is not touched by it. To report it, send its number, "
        f"**{number}**, the time, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, and the page’s address "
        "to whoever runs this copy, as **Report an error** on a record page does. The log holds "
        f"the rest ({markdown(type(error).__name__, 60)}).",
        icon=":material/error:",
    )
