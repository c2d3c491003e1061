"""A reader without a browser: speaks Streamlit's WebSocket and waits for whole runs.

A run through this client costs the server what a reader's costs it, and this machine next
to nothing, so that many readers can be played at once. As the browser does, it keeps large
messages that the server may refer to later, asks a fragment alone to run again, and says
which session it wants to go on with after its connection broke.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.asyncio.client import ClientConnection, connect

Query = Sequence[tuple[str, str]]
RUN_SECONDS = 60.0
# How many runs a message that wasn't referred to is kept, as Streamlit's own client does.
_KEPT_RUNS = 2


class _Counting(ClientConnection):
    """A connection that counts the bytes that came over the wire, framed and compressed."""

    wire = 0

    def data_received(self, data: bytes) -> None:
        self.wire += len(data)
        super().data_received(data)


@dataclass
class Run:
    """What one run of the app's script sent.

    Attributes:
        seconds: From the request to the end of the script.
        first_seconds: From the request to the first element; None if there was none.
        chart_seconds: From the request to the last chart; None if there was none.
        size: Bytes that came.
        wire: Bytes as they came over the wire, which may be compressed.
        sizes: Bytes of the messages by what they hold; what the client had kept counts
            with the few bytes that refer to it.
        kinds: Elements that were drawn, by kind.
        failures: Errors that the page showed, as `type: message`.
        text: Everything that was written as Markdown or heading.
        query: The query string that the app asked the address bar to show; None if it didn't.
    """

    seconds: float = 0.0
    first_seconds: float | None = None
    chart_seconds: float | None = None
    size: int = 0
    wire: int = 0
    sizes: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    query: str | None = None


class StreamClient:
    """One reader's connection; use it with `async with`.

    Attributes:
        widgets: Ids of the widgets by the keys that they were given in the code, as far as
            they were drawn so far.
        options: What those that offer a choice offer, by the same keys.
        session: Name that the server gave the session; "" before the first run.
        answered_by: Headers of the answer to the last connection.
    """

    def __init__(
        self,
        url: str,
        *,
        receive_buffer: int | None = None,
        headers: Mapping[str, str] | None = None,
        is_compressed: bool = False,
    ) -> None:
        """Prepares a reader.

        Args:
            url: Address of the app, such as `http://127.0.0.1:8501`.
            receive_buffer: Messages that are taken from the network before they are asked
                for; a low number makes a slow reader. None for the library's own.
            headers: Headers on top, such as a cookie.
            is_compressed: Whether compression is offered, as browsers do.
        """
        self.url = url.rstrip("/")
        self.widgets: dict[str, str] = {}
        self.options: dict[str, list[str]] = {}
        self.session = ""
        self.answered_by: dict[str, str] = {}
        self._fragments: dict[str, str] = {}
        self._kept: dict[str, tuple[ForwardMsg, int]] = {}
        self._states: dict[str, WidgetState] = {}
        # A page is asked for by its name first and by the hash that the server gave it later:
        # a name means that the reader came anew.
        self._page, self._script, self._query = "", "", ""
        self._options: dict[str, Any] = {
            "additional_headers": dict(headers or {}),
            "compression": "deflate" if is_compressed else None,
        }
        if receive_buffer is not None:
            self._options["max_queue"] = receive_buffer
        self._socket: _Counting | None = None

    async def __aenter__(self) -> Self:
        await self._connect("")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.socket.close()

    async def _connect(self, session: str) -> None:
        parts = urlsplit(self.url)
        scheme = "wss" if parts.scheme == "https" else "ws"
        # The places are: protocol, token against forged requests, session to go on with.
        wanted: Any = ["streamlit", "none", session] if session else ["streamlit"]
        self._socket = await connect(  # type: ignore[assignment]
            f"{scheme}://{parts.netloc}{parts.path}/_stcore/stream",
            subprotocols=wanted,
            create_connection=_Counting,
            max_size=None,
            open_timeout=RUN_SECONDS,
            **self._options,
        )
        answer = self.socket.response
        self.answered_by = dict(answer.headers.raw_items()) if answer else {}

    @property
    def socket(self) -> _Counting:
        """The open connection."""
        if self._socket is None:
            raise RuntimeError("the reader is not connected; use it with `async with`")
        return self._socket

    @property
    def query(self) -> str:
        """Query string as the address bar has it now."""
        return self._query

    def drop(self) -> None:
        """Cuts the connection off as a lost network does: without a word."""
        self.socket.transport.abort()

    async def reconnect(self) -> Run:
        """Connects again after a break, as the browser does: same session, link and choices.

        Raises:
            OSError, websockets.exceptions.WebSocketException: If nobody answers.
            TimeoutError: If the run takes more than `RUN_SECONDS`.
        """
        await self.socket.close()
        await self._connect(self.session)
        return await self.rerun()

    async def open(self, page: str = "", query: Query = ()) -> Run:
        """Opens a page of the app by its link.

        Args:
            page: Path of the page without a slash; "" for the first one.
            query: Keys and values of the link.
        """
        self._page, self._script, self._query = page, "", urlencode(query)
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
            getattr(state, name).SetInParent()
            getattr(state, name).data.extend(content)
        else:
            setattr(state, name, content)
        self._states[state.id] = state
        run = await self.rerun(self._fragments.get(key, ""))
        if name.endswith("trigger_value"):
            del self._states[state.id]
        return run

    async def request(self, fragment: str = "") -> None:
        """Asks for a run and doesn't wait for it.

        Args:
            fragment: Id of the fragment that alone shall run; "" for the whole script.
        """
        message = BackMsg()
        client = message.rerun_script
        client.query_string = self._query
        client.page_name = "" if self._script else self._page
        client.page_script_hash = self._script
        client.fragment_id = fragment
        client.cached_message_hashes.extend(self._kept)
        client.widget_states.CopyFrom(WidgetStates(widgets=list(self._states.values())))
        client.context_info.url = f"{self.url}/{self._page}"
        client.context_info.locale = "en"
        client.context_info.timezone = "UTC"
        client.context_info.color_scheme = "light"
        await self.socket.send(message.SerializeToString())

    async def rerun(self, fragment: str = "") -> Run:
        """Asks for a run and waits for its end.

        Raises:
            TimeoutError: If it takes more than `RUN_SECONDS`.
        """
        run, start, before = Run(), time.perf_counter(), self.socket.wire
        async with asyncio.timeout(RUN_SECONDS):
            await self.request(fragment)
            while not await self._receive(run, start):
                pass
        run.seconds = time.perf_counter() - start
        run.wire = self.socket.wire - before
        return run

    async def _receive(self, run: Run, start: float) -> bool:
        """Takes one message in; True where it ends the run."""
        content = await self.socket.recv()
        size = len(content)
        run.size += size
        message = ForwardMsg()
        message.ParseFromString(content if isinstance(content, bytes) else content.encode())
        if message.WhichOneof("type") == "ref_hash":
            message, _ = self._kept[message.ref_hash]
            self._kept[message.hash] = (message, 0)
        elif message.metadata.cacheable and message.hash:
            self._kept[message.hash] = (message, 0)
        kind = name = message.WhichOneof("type") or ""
        if kind == "delta":
            name = self._note(message.delta, run, time.perf_counter() - start)
        elif kind == "new_session":
            self.session = message.new_session.initialize.session_id or self.session
        elif kind == "navigation":
            self._script = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            run.query = self._query = message.page_info_changed.query_string
        run.sizes[name] += size
        # A run that a newer one took the place of isn't the end.
        is_end = (
            kind == "script_finished"
            and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        )
        if is_end:
            self._kept = {
                key: (kept, age + 1) for key, (kept, age) in self._kept.items() if age < _KEPT_RUNS
            }
        return is_end

    def _note(self, delta: Delta, run: Run, seconds: float) -> str:
        """Takes a change of the page in; gives what it holds."""
        if delta.WhichOneof("type") != "new_element":
            self._note_widget(delta.add_block, delta.fragment_id)
            return "block"
        if run.first_seconds is None:
            run.first_seconds = seconds
        kind = delta.new_element.WhichOneof("type") or "empty"
        run.kinds[kind] += 1
        content = getattr(delta.new_element, kind)
        if kind == "exception":
            run.failures.append(f"{content.type}: {content.message}")
        elif kind in ("markdown", "heading", "alert"):
            run.text.append(content.body)
        elif kind == "plotly_chart":
            run.chart_seconds = seconds
        self._note_widget(content, delta.fragment_id)
        return str(kind)

    def _note_widget(self, content: Any, fragment: str) -> None:
        # An id ends with the key that the code gave: `$$ID-<hash>-<key>`.
        _, _, name = getattr(content, "id", "").removeprefix("$$ID-").partition("-")
        if name and name != "None":
            self.widgets[name] = content.id
            self._fragments[name] = fragment
            offered = getattr(content, "options", ())
            self.options[name] = [str(getattr(each, "content", each)) for each in offered]


async def open_page(url: str, page: str = "", query: Mapping[str, str] | None = None) -> Run:
    """Opens one page as a new reader, and leaves.

    Args:
        url: Address of the app.
        page: Path of the page.
        query: Its query.
    """
    async with StreamClient(url) as client:
        return await client.open(page, list((query or {}).items()))
