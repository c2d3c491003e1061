"""A reader without a browser: speaks Streamlit's WebSocket and waits for whole runs.

A run through this client costs the server what a reader's costs it, and this machine next
to nothing, so that many readers can be played at once.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.asyncio.client import ClientConnection, connect

Query = Sequence[tuple[str, str]]
RUN_SECONDS = 60.0


@dataclass
class Run:
    """What one run of the app's script sent.

    Attributes:
        seconds: From the request to the end of the script.
        first_seconds: From the request to the first element; None if there was none.
        size: Bytes that came.
        kinds: Elements that were drawn, by kind.
        failures: Errors that the page showed, as `type: message`.
        text: Everything that was written as Markdown or heading.
        query: The query string that the app asked the address bar to show; None if it didn't.
    """

    seconds: float = 0.0
    first_seconds: float | None = None
    size: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    query: str | None = None


class StreamClient:
    """One reader's connection; use it with `async with`.

    `widgets` maps the keys that widgets were given in the code to their ids, as far as
    they were drawn so far.
    """

    def __init__(self, url: str, *, receive_buffer: int | None = None) -> None:
        """Prepares a reader.

        Args:
            url: Address of the app, such as `http://127.0.0.1:8501`.
            receive_buffer: Messages that are taken from the network before they are asked
                for; a low number makes a slow reader. None for the library's own.
        """
        self.url = url.rstrip("/")
        self.widgets: dict[str, str] = {}
        self._states: dict[str, WidgetState] = {}
        self._page, self._query = "", ""
        self._options: dict[str, Any] = (
            {} if receive_buffer is None else {"max_queue": receive_buffer}
        )
        self._socket: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        parts = urlsplit(self.url)
        scheme = "wss" if parts.scheme == "https" else "ws"
        self._socket = await connect(
            f"{scheme}://{parts.netloc}{parts.path}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
            compression=None,
            open_timeout=RUN_SECONDS,
            **self._options,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.socket.close()

    @property
    def socket(self) -> ClientConnection:
        """The open connection."""
        if self._socket is None:
            raise RuntimeError("the reader is not connected; use it with `async with`")
        return self._socket

    def drop(self) -> None:
        """Cuts the connection off as a lost network does: without a word."""
        self.socket.transport.abort()

    async def open(self, page: str = "", query: Query = ()) -> Run:
        """Opens a page of the app by its link.

        Args:
            page: Path of the page without a slash; "" for the first one.
            query: Keys and values of the link.
        """
        self._page, self._query = page, urlencode(query)
        self._states.clear()
        return await self.rerun()

    async def choose(self, key: str, **value: Any) -> Run:
        """Sets a widget as a reader does.

        Args:
            key: The widget's key in the code.
            value: The one field of Streamlit's `WidgetState` that holds its value, such as
                `string_value="su-35"`, `string_array_value=["Iran"]`, `trigger_value=True`.

        Raises:
            KeyError: If no widget of that key has been drawn.
        """
        state = WidgetState(id=self.widgets[key])
        ((name, content),) = value.items()
        if name.endswith("_array_value"):
            getattr(state, name).data.extend(content)
        else:
            setattr(state, name, content)
        self._states[state.id] = state
        run = await self.rerun()
        if name == "trigger_value":
            del self._states[state.id]
        return run

    async def request(self) -> None:
        """Asks for a run and doesn't wait for it."""
        message = BackMsg()
        client = message.rerun_script
        client.query_string = self._query
        client.page_name = self._page
        client.widget_states.CopyFrom(WidgetStates(widgets=list(self._states.values())))
        client.context_info.url = f"{self.url}/{self._page}"
        client.context_info.locale = "en"
        client.context_info.timezone = "UTC"
        client.context_info.color_scheme = "light"
        await self.socket.send(message.SerializeToString())

    async def rerun(self) -> Run:
        """Asks for a run and waits for its end.

        Raises:
            TimeoutError: If it takes more than `RUN_SECONDS`.
        """
        run, start = Run(), time.perf_counter()
        async with asyncio.timeout(RUN_SECONDS):
            await self.request()
            while not await self._receive(run, start):
                pass
        run.seconds = time.perf_counter() - start
        return run

    async def _receive(self, run: Run, start: float) -> bool:
        """Takes one message in; True where it ends the run."""
        content = await self.socket.recv()
        run.size += len(content)
        message = ForwardMsg()
        message.ParseFromString(content if isinstance(content, bytes) else content.encode())
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            if run.first_seconds is None:
                run.first_seconds = time.perf_counter() - start
            self._note(message.delta.new_element, run)
        elif kind == "page_info_changed":
            run.query = self._query = message.page_info_changed.query_string
        elif kind == "script_finished":
            # A run that a newer one took the place of isn't the end.
            return message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return False

    def _note(self, element: Any, run: Run) -> None:
        kind = element.WhichOneof("type")
        run.kinds[kind] += 1
        content = getattr(element, kind)
        if kind == "exception":
            run.failures.append(f"{content.type}: {content.message}")
        elif kind in ("markdown", "heading", "alert"):
            run.text.append(content.body)
        # An id ends with the key that the code gave: `$$ID-<hash>-<key>`.
        _, _, name = getattr(content, "id", "").removeprefix("$$ID-").partition("-")
        if name and name != "None":
            self.widgets[name] = content.id


async def open_page(url: str, page: str = "", query: Mapping[str, str] | None = None) -> Run:
    """Opens one page as a new reader, and leaves.

    Args:
        url: Address of the app.
        page: Path of the page.
        query: Its query.
    """
    async with StreamClient(url) as client:
        return await client.open(page, list((query or {}).items()))
