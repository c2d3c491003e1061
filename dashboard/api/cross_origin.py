"""Lets pages of other sites read the API, which holds nothing private and takes no credentials."""

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.api.answers import METHODS

EXPOSED = ("ETag", "Link", "X-Total-Count", "X-Data-Version")
_SECONDS = "86400"


class CrossOrigin:
    """ASGI middleware: headers on every answer, and the answer to `OPTIONS`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on and adds the headers to its answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Access-Control-Allow-Origin"] = "*"
                headers["Access-Control-Expose-Headers"] = ", ".join(EXPOSED)
            await send(message)

        if scope["type"] == "http" and scope["method"] == "OPTIONS":
            headers = {
                "Allow": METHODS,
                "Access-Control-Allow-Methods": METHODS,
                "Access-Control-Allow-Headers": "If-None-Match",
                "Access-Control-Max-Age": _SECONDS,
            }
            await Response(status_code=204, headers=headers)(scope, receive, send_with_headers)
            return
        await self.app(scope, receive, send_with_headers)
