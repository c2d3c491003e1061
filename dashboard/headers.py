"""Security headers of every response, and the policy that keeps a page on its own host."""

import os
import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import streamlit
from starlette.datastructures import URL, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_HOST = re.compile(r"[A-Za-z0-9.:\[\]-]+")


def _inline_scripts() -> tuple[str, ...]:
    """Hashes of the scripts that stand in Streamlit's own page, the only ones let in."""
    page = Path(streamlit.__file__).parent / "static" / "index.html"
    scripts = _INLINE_SCRIPT.findall(page.read_text(encoding="utf-8"))
    digests = (sha256(script.encode()).digest() for script in scripts)
    return tuple(f"'sha256-{b64encode(digest).decode()}'" for digest in digests)


_SCRIPTS = _inline_scripts()


VARIABLE = "ARMS_LEDGER_FRAME_ANCESTORS"
_ANCESTOR = re.compile(r"'self'|'none'|\*|https?://(\*\.)?[A-Za-z0-9.-]+(:[0-9]{1,5}|:\*)?")


def frame_ancestors(environ: Mapping[str, str] = os.environ) -> str:
    """Who may show the pages made for frames (`embed=true`): anyone, unless set otherwise.

    Args:
        environ: Where `ARMS_LEDGER_FRAME_ANCESTORS` may name sites, apart by blanks, as
            the content security policy writes them.

    Raises:
        ValueError: If one of them is no site; says what is accepted.
    """
    sites = environ.get(VARIABLE, "").split() or ["*"]
    for site in sites:
        if not _ANCESTOR.fullmatch(site):
            raise ValueError(
                f"{VARIABLE}: {site!r} is no site; write sites such as https://example.org, "
                "apart by blanks, or 'none'"
            )
    return " ".join(sites)


def content_policy(host: str, ancestors: str = "'self'") -> str:
    """The content security policy for pages served under a host.

    Args:
        host: Host and port as the browser names them. Some browsers don't count the
            WebSocket of a page's own host as `'self'`, so it is named in full.
        ancestors: Who may show the page in a frame.

    Returns:
        The policy: nothing is loaded from, or sent to, any other host.
    """
    # A host of any other form could write into the policy.
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return "; ".join(
        (
            "default-src 'self'",
            # Components are started from blobs; nothing needs eval or other inline scripts.
            " ".join(("script-src 'self' blob:", *_SCRIPTS)),
            # Streamlit and Plotly write styles from their scripts.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self'{sockets}",
            "frame-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            f"frame-ancestors {ancestors}",
        )
    )


# Nothing here asks for a device; a link is copied to the clipboard, a chart may fill the screen.
_FEATURES = ", ".join(
    (
        *(
            f"{name}=()"
            for name in (
                *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture"),
                *("geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment"),
                *("publickey-credentials-get", "serial", "usb", "xr-spatial-tracking"),
            )
        ),
        "clipboard-write=(self)",
        "fullscreen=(self)",
    )
)


class SecurityHeaders:
    """ASGI middleware that adds the headers to every HTTP response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._ancestors = frame_ancestors()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on and adds the headers to its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_framed = "embed=true" in scope["query_string"].decode("ascii", "replace").split("&")
        ancestors = self._ancestors if is_framed else "'self'"
        host = URL(scope={**scope, "path": "/", "query_string": b""}).netloc

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"
                headers["Permissions-Policy"] = _FEATURES
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
                headers["Content-Security-Policy"] = content_policy(host, ancestors)
            await send(message)

        await self.app(scope, receive, send_with_headers)
