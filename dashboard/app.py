"""The server: the Streamlit script, the API beside it, and the headers of both.

`streamlit run dashboard/app.py` from the root of the repository starts it.
"""

from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from components.corrections_channel import current_channel
from components.network.pyvis_graph import vis_folder
from dashboard.api import api_routes
from dashboard.headers import SecurityHeaders


class _Library(StaticFiles):
    """Files that change only with the version of the library that brings them."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "public, max-age=86400"
        return response


current_channel()  # so that a bad address is reported at the start, not at the first reader
# Streamlit looks for this very assignment in the file's text before it runs it.
app = st.App(
    Path(__file__).with_name("main.py"),
    routes=[*api_routes(), Mount("/vis", app=_Library(directory=vis_folder()))],
    middleware=[Middleware(SecurityHeaders)],
)
